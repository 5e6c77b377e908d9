"""HTML as a run of events with their places in the raw text, whatever the markup is like."""

from __future__ import annotations

import re
from typing import NamedTuple

import regex

from workbench.spans import Span

ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
TAG = regex.compile(r"""<(?P<close>/)?(?P<name>[A-Za-z][^\s/>]*+)(?:[^"'>]++|"[^"]*+"|'[^']*+'){0,1000}+>""")
RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())  # no tags in them but their own end
BROKEN = 50  # beginnings of tags without an end; from then on a text holds none
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
    """In order; together they cover the text. What is no whole tag is text, as in a browser."""
    found: list[Event] = []
    text = at = 0
    broken = 0  # tags that never end
    while (at := raw.find("<", at)) >= 0:
        event = _event(raw, at) if broken < BROKEN else None
        if event is None:
            broken += raw[at + 1 : at + 2].isalpha() or raw[at + 1 : at + 2] in ("!", "/", "?")
            at += 1
            continue
        if event.span.start > text:
            found.append(Event("text", Span(text, event.span.start)))
        found.append(event)
        text = at = event.span.end
        if event.kind == "start" and event.name in RAW:
            close = regex.compile(rf"(?i)</{event.name}(?=[\s/>])").search(raw, at)
            at = close.start() if close else len(raw)
    if text < len(raw):
        found.append(Event("text", Span(text, len(raw))))
    return found


def _event(raw: str, at: int) -> Event | None:
    if raw.startswith("<!--", at):
        end = raw.find("-->", at + 4)
        return Event("other", Span(at, end + 3)) if end >= 0 else None
    if raw.startswith(("<!", "<?"), at):
        end = raw.find(">", at)
        return Event("other", Span(at, end + 1)) if end >= 0 else None
    match = TAG.match(raw, at)
    if match is None:
        return None
    span, name = Span(*match.span()), match["name"].lower()
    if match["close"]:
        return Event("end", span, name)
    empty = name in VOID or match.group().endswith("/>")
    return Event("empty" if empty else "start", span, name, tuple(_attributes(raw, span)))


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
