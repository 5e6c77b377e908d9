"""HTML as a run of events with their places in the raw text, whatever the markup is like."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from workbench.spans import Span

ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


class Attribute(NamedTuple):
    """`span`: of the value in the raw text, without its quotes; None when it has no value."""

    name: str
    value: str
    span: Span | None
    quote: str = ""


class Event(NamedTuple):
    """`kind`: start, end, empty (a start tag without content), text, other (comment, declaration)."""

    kind: str
    span: Span
    name: str = ""
    attributes: tuple[Attribute, ...] = ()

    def get(self, name: str) -> str | None:
        return next((a.value for a in self.attributes if a.name == name), None)


def events(raw: str) -> list[Event]:
    """In order; together they cover the text."""
    reader = _Reader(raw)
    reader.feed(raw)
    reader.close()
    starts = [at for _, at, _ in reader.found] + [len(raw)]
    made = []
    if starts and starts[0] > 0:
        made.append(Event("text", Span(0, starts[0])))
    for (kind, at, name), end in zip(reader.found, starts[1:], strict=True):
        span = Span(at, end)
        if kind in ("start", "empty"):
            close = at + len(reader.tags[at])
            span = Span(at, min(close, end))
            made.append(Event(kind, span, name, tuple(_attributes(raw, span))))
            if close < end:
                made.append(Event("text", Span(close, end)))
        elif made and kind == "text" == made[-1].kind:
            made[-1] = Event("text", Span(made[-1].span.start, end))
        else:
            made.append(Event(kind, span, name))
    return made


def _attributes(raw: str, span: Span) -> list[Attribute]:
    head = re.match(r"<[^\s/>]+", span.of(raw))
    found = []
    for match in ATTRIBUTE.finditer(raw, span.start + (head.end() if head else 1), span.end - 1):
        value, quote, place = match[3] or "", "", None
        if match[3]:
            place = Span(*match.span(3))
            if value[0] in "\"'":
                quote, value, place = value[0], value[1:-1], Span(place.start + 1, place.end - 1)
        found.append(Attribute(match[1].lower(), value, place, quote))
    return found


class _Reader(HTMLParser):
    def __init__(self, raw: str):
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, int, str]] = []
        self.tags: dict[int, str] = {}
        self._lines = [0]
        self._lines += [m.end() for m in re.finditer("\n", raw)]
        self._raw = raw

    def _add(self, kind: str, name: str = "") -> int:
        line, column = self.getpos()
        at = self._lines[line - 1] + column
        if not self.found or self.found[-1][1] < at:
            self.found.append((kind, at, name))
        return at

    def handle_starttag(self, tag, attrs):  # noqa: ANN001, ANN201 - as the library has it
        self.tags[self._add("empty" if tag in VOID else "start", tag)] = self.get_starttag_text() or ""

    def handle_startendtag(self, tag, attrs):  # noqa: ANN001, ANN201
        self.tags[self._add("empty", tag)] = self.get_starttag_text() or ""

    def handle_endtag(self, tag):  # noqa: ANN001, ANN201
        self._add("end", tag)

    def handle_data(self, data):  # noqa: ANN001, ANN201
        self._add("text")

    def handle_entityref(self, name):  # noqa: ANN001, ANN201
        self._add("text")

    def handle_charref(self, name):  # noqa: ANN001, ANN201
        self._add("text")

    def handle_comment(self, data):  # noqa: ANN001, ANN201
        self._add("other")

    def handle_decl(self, decl):  # noqa: ANN001, ANN201
        self._add("other")

    def handle_pi(self, data):  # noqa: ANN001, ANN201
        self._add("other")

    def unknown_decl(self, data):  # noqa: ANN001, ANN201
        self._add("other")
