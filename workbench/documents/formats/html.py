"""HTML and XHTML: runs of text between block tags, and attributes that people read.

Every byte outside them stays. Not touched: script, style, pre, code and their like, what has
translate="no", class notranslate, or another language; ITS 2.0 rules are honoured.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from workbench import languages
from workbench.documents import its
from workbench.documents.document import Choices, Document, Mark, Segment, Target, woven
from workbench.documents.lines import Text
from workbench.documents.slots import Raw, Slot, Slots, rewritten
from workbench.documents.tags import Attribute, Event, events
from workbench.documents.whole import text_of, whole
from workbench.errors import InputError
from workbench.spans import Span

INLINE = frozenset(
    "a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark nobr q "
    "ruby s samp select small span strike strong sub sup time tt u var wbr".split()
)
KEPT = frozenset("code kbd samp var tt".split())  # within a text they stand as they are
CLOSED = frozenset("script style pre textarea svg math template iframe object canvas audio video select".split())
READ = frozenset("title alt placeholder aria-label aria-description aria-placeholder label summary".split())
METAS = frozenset("description keywords author og:title og:description twitter:title twitter:description".split())
BUTTONS = frozenset("submit button reset".split())
SPACE = re.compile(r"[ \t\r\n\f]+")
CHARSET = re.compile(rb"""(?i)<meta[^>]+charset\s*=\s*["']?([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""")
NOWHERE = Span(0, 0)
DEEP = 250  # open elements; beyond, nobody wrote the page


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    data = whole(file, name)
    said = CHARSET.search(data[:4096])
    encoding = choices.encoding or (next(filter(None, said.groups())).decode("ascii") if said else "")
    text, raw = text_of(data, name, "cp1252" if encoding.lower() in ("iso-8859-1", "latin1") else encoding)
    found = events(raw)
    reader = Reader(raw, found, its.rules(raw, found, choices.rules, name), name)
    reader.read()
    root = next((e for e in found if e.name == "html" and e.kind == "start"), None)
    language = (root.get("lang") or root.get("xml:lang") or "") if root else ""
    slots = Slots(text, raw, tuple(reader.slots))
    yield Document(tuple(reader.segments), (slots, root), language)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    slots, root = document.skeleton
    changed = any(slot.key in targets and targets[slot.key].origin != "none" for slot in slots.slots)
    more = list(_language(slots.raw, root, language)) if root and changed else []
    made = rewritten(slots, targets, more)
    return slots.text.bom + _encoded(slots.text, made)


def _encoded(text: Text, made: str) -> bytes:
    """A character that the encoding lacks is written as a reference, as HTML allows."""
    return made.encode(text.encoding, "surrogatepass" if text.encoding.startswith("utf") else "xmlcharrefreplace")


def _language(raw: str, root: Event, language: str) -> Iterator[tuple[Span, str]]:
    """The language of the page, and its direction where that must change."""
    for attribute in root.attributes:
        if attribute.name in ("lang", "xml:lang") and attribute.span is not None:
            yield attribute.span, language
    rtl = language in languages.RIGHT_TO_LEFT
    there = next((a for a in root.attributes if a.name == "dir" and a.span is not None), None)
    if there is not None and there.span is not None and (there.value == "rtl") != rtl:
        yield there.span, "rtl" if rtl else "ltr"
    elif there is None and rtl:
        at = root.span.start + len("<html")
        yield Span(at, at), ' dir="rtl"'


class Reader:
    """Walks over the events once; `segments` and `slots` in the order of the page."""

    def __init__(self, raw: str, found: Sequence[Event], rules: its.Rules, name: str, prefix: str = ""):
        self.raw, self.events, self.rules, self.name, self.prefix = raw, found, rules, name, prefix
        self.segments: list[Segment] = []
        self.slots: list[Slot] = []
        self.open: list[tuple[str, bool, bool]] = []  # name, translated, closed to reading
        self.run: list[int] = []
        self.language = ""
        self.inherited = _inherited(self) if found else []

    def read(self) -> None:
        for number, event in enumerate(self.events):
            if event.kind in ("start", "empty"):
                self._start(number, event)
            elif event.kind == "end":
                self._end(number, event)
            elif not (self.open and self.open[-1][2]):
                self.run.append(number)
        self._flush()

    def _translated(self, number: int, event: Event) -> bool:
        """Inherited, unless the element, a rule, its class or its language says otherwise."""
        said = event.get("translate") if event.get("translate") is not None else event.get("its:translate")
        above = self.open[-1][1] if self.open else True
        if said is not None:
            return said.lower() != "no"
        if number in self.rules.elements:
            return self.rules.elements[number]
        if "notranslate" in (event.get("class") or "").split():
            return False
        tag = event.get("lang") or event.get("xml:lang")
        if event.name == "html" and tag:
            self.language = tag.split("-")[0].lower()
        elif tag and self.language and tag.split("-")[0].lower() != self.language:
            return False
        return above

    def _start(self, number: int, event: Event) -> None:
        closed = bool(self.open) and self.open[-1][2]
        translated = self._translated(number, event)
        inline = self.rules.within.get(number, event.name in INLINE) and event.name not in CLOSED
        if not closed:
            if inline:
                self.run.append(number)
            else:
                self._flush()
            if translated:
                self._attributes(number, event)
        if event.kind == "start":
            if len(self.open) >= DEEP:
                raise InputError(f"{self.name}: more than {DEEP} elements within each other; the page is not read")
            self.open.append((event.name, translated, closed or event.name in CLOSED))

    def _end(self, number: int, event: Event) -> None:
        at = next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i][0] == event.name), None)
        was_closed = bool(self.open) and self.open[-1][2]
        if at is not None and (not was_closed or self.open[at][2]):
            del self.open[at:]
        if was_closed and self.open and self.open[-1][2]:
            return
        if event.name in INLINE and event.name not in CLOSED and not was_closed:
            self.run.append(number)
        else:
            self._flush()

    # -- attributes ------------------------------------------------------------------------

    def _attributes(self, number: int, event: Event) -> None:
        for attribute in event.attributes:
            if attribute.span is None or not attribute.value.strip():
                continue
            ruled = self.rules.attributes.get((number, attribute.name))
            usual = attribute.name in READ or self._value(event, attribute)
            if ruled if ruled is not None else usual:
                value = html.unescape(attribute.value)
                self._slot(Segment(self._key(), value, context=f"{event.name} {attribute.name}"), attribute.span,
                           lambda target, _, a=attribute: _quoted(target.text, a))  # fmt: skip

    def _value(self, event: Event, attribute: Attribute) -> bool:
        if attribute.name == "content" and event.name == "meta":
            return (event.get("name") or event.get("property") or "").lower() in METAS
        return attribute.name == "value" and event.name == "input" and (event.get("type") or "").lower() in BUTTONS

    def _key(self) -> str:
        return f"{self.prefix}{len(self.segments) + 1}"

    def _slot(self, segment: Segment, span: Span, write) -> None:  # noqa: ANN001 - as Slot has it
        def written(target: Target, raw: Raw) -> str:
            same = target.text == segment.source and target.marks == segment.marks
            return raw(span) if same else write(target, raw)

        self.segments.append(segment)
        self.slots.append(Slot(segment.key, span, written))

    # -- runs ------------------------------------------------------------------------------

    def _flush(self) -> None:
        run, self.run = self.run, []
        for piece in _balanced(self.events, run):
            self._segment(piece)

    def _segment(self, run: list[int]) -> None:
        """A run of text and inline tags as a segment, without the white space and the tags around it."""
        if not any(self.events[i].kind == "text" and self.events[i].span.of(self.raw).strip() for i in run):
            return
        while run and not self._weighs(run[0]):
            run = run[1:]
        while run and not self._weighs(run[-1]):
            run = run[:-1]
        text = Inside(self.raw, self.events, run, self.rules)
        if not any(c.isalpha() for c in text.text) or not text.spoken:
            return
        first, last = self.events[run[0]].span.start, self.events[run[-1]].span.end
        head, tail = self.raw[first:last], self.raw[first:last]
        span = Span(first + len(head) - len(head.lstrip()), last - (len(tail) - len(tail.rstrip())))
        if self.inherited[run[0]]:
            self._slot(Segment(self._key(), text.text, tuple(text.marks)), span, text.written)

    def _weighs(self, number: int) -> bool:
        event = self.events[number]
        return event.kind in ("start", "end", "empty") or (
            event.kind == "text" and bool(event.span.of(self.raw).strip())
        )


def _inherited(reader: Reader) -> list[bool]:
    """For each event whether the element around it is for translation."""
    walker = Reader(reader.raw, (), reader.rules, reader.name)
    states = []
    for number, event in enumerate(reader.events):
        states.append(walker.open[-1][1] if walker.open else True)
        if event.kind in ("start", "empty"):
            translated = walker._translated(number, event)
            if event.kind == "start":
                walker.open.append((event.name, translated, False))
        elif event.kind == "end":
            at = next((i for i in range(len(walker.open) - 1, -1, -1) if walker.open[i][0] == event.name), None)
            if at is not None:
                del walker.open[at:]
    return states


def _balanced(found: Sequence[Event], run: list[int]) -> list[list[int]]:
    """The run cut at inline tags whose partner is outside of it."""
    partner = pairs(found, run)
    pieces: list[list[int]] = [[]]
    for number in run:
        event = found[number]
        if event.kind in ("start", "end") and number not in partner:
            pieces.append([])
        else:
            pieces[-1].append(number)
    return [piece for piece in pieces if piece]


def pairs(found: Sequence[Event], run: Sequence[int]) -> dict[int, int]:
    """Start and end tags that belong together, each to the other."""
    partner: dict[int, int] = {}
    open_: list[int] = []
    for number in run:
        event = found[number]
        if event.kind == "start":
            open_.append(number)
        elif event.kind == "end" and any(found[i].name == event.name for i in open_):
            while found[open_[-1]].name != event.name:
                open_.pop()
            at = open_.pop()
            partner[at], partner[number] = number, at
    return partner


class Inside:
    """The text of a run with its marks, white space collapsed as a browser does."""

    def __init__(self, raw: str, found: Sequence[Event], run: Sequence[int], rules: its.Rules):
        self.raw, self.text, self.spoken = raw, "", False
        self.marks: list[Mark] = []
        self.tags: dict[str, tuple[Span, Span]] = {}
        self._read(found, run, rules)
        self._trim()

    def _read(self, found: Sequence[Event], run: Sequence[int], rules: its.Rules) -> None:
        partner = pairs(found, run)
        open_: list[tuple[str, int, int]] = []  # key, index into marks, start
        until = -1
        for number in run:
            event = found[number]
            if event.span.start < until:
                continue
            parent = open_[-1][0] if open_ else ""
            key = str(len(self.tags) + 1)
            if event.kind == "text":
                self._say(event.span.of(self.raw))
            elif event.kind == "end":
                key, at, start = open_.pop()
                self.tags[key] = (self.tags[key][0], event.span)
                self.marks[at] = Mark(key, Span(start, len(self.text)), parent=self.marks[at].parent)
            elif event.kind == "start" and (event.name in KEPT or self._no(number, event, rules)):
                until = found[partner[number]].span.end
                start = len(self.text)
                self._say(re.sub(r"<[^>]*>", "", self.raw[event.span.end : found[partner[number]].span.start]), False)
                self.tags[key] = (Span(event.span.start, until), NOWHERE)
                self.marks.append(Mark(key, Span(start, len(self.text)), True, parent))
            elif event.kind == "start":
                self.tags[key] = (event.span, NOWHERE)
                open_.append((key, len(self.marks), len(self.text)))
                self.marks.append(Mark(key, Span(0, 0), parent=parent))
            else:
                self.tags[key] = (event.span, NOWHERE)
                start = len(self.text)
                if event.name == "br":
                    self.text = self.text.rstrip(" ")
                    start = len(self.text)
                    self.text += "\n"
                self.marks.append(Mark(key, Span(start, len(self.text)), event.name == "br", parent))

    def _no(self, number: int, event: Event, rules: its.Rules) -> bool:
        said = event.get("translate") if event.get("translate") is not None else event.get("its:translate")
        if said is not None:
            return said.lower() == "no"
        if number in rules.elements:
            return not rules.elements[number]
        return "notranslate" in (event.get("class") or "").split()

    def _say(self, raw: str, spoken: bool = True) -> None:
        said = SPACE.sub(" ", html.unescape(raw))
        if self.text.endswith((" ", "\n")) or not self.text:
            said = said.lstrip(" ")
        self.text += said
        self.spoken = self.spoken or (spoken and any(c.isalpha() for c in said))

    def _trim(self) -> None:
        """Without white space at the end."""
        size = len(self.text.rstrip(" "))
        self.text = self.text[:size]
        self.marks = [
            Mark(m.key, Span(min(m.span.start, size), min(m.span.end, size)), m.keep, m.parent) for m in self.marks
        ]

    def written(self, target: Target, raw: Raw) -> str:
        def rendered(mark: Mark, inside: str) -> str:
            opens, closes = self.tags[mark.key]
            return raw(opens) + ("" if mark.keep else inside) + raw(closes)

        return woven(target.text, target.marks, escaped, rendered)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def _quoted(text: str, attribute: Attribute) -> str:
    """For the quotes that the attribute has; one without any gets them."""
    value = " ".join(text.split("\n")).replace("&", "&amp;").replace("<", "&lt;")
    if attribute.quote == "'":
        return value.replace("'", "&#39;")
    value = value.replace('"', "&quot;")
    return value if attribute.quote else f'"{value}"'
