"""Markdown: headings, paragraphs, list items and cells of tables. Code, the targets of links, front
matter, definitions and blocks of HTML stay; so does every byte outside the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from workbench.documents import commonmark
from workbench.documents.document import Choices, Document, Mark, Segment, Target, woven
from workbench.documents.inline import Tagged
from workbench.documents.lines import Text
from workbench.documents.slots import Raw, Slot, Slots, rewritten
from workbench.documents.whole import text_of, whole
from workbench.errors import InputError
from workbench.spans import Span

FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)", re.S | re.M)
SPECIAL = re.compile(r"([\\`*_\[\]<>~&])")
BLOCK = re.compile(r"(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|#{1,6}(?:\s|$)|>|={3,}|-{3,}|```|~~~|:?-+\|))")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]")
TAGS = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "s"}


class Place(NamedTuple):
    """Where the content of an inline token stands: for each of its lines the start in the raw text."""

    content: str
    starts: tuple[int, ...]

    @property
    def span(self) -> Span:
        return Span(self.starts[0], self.starts[-1] + len(self.content.split("\n")[-1]))


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    text, raw = text_of(whole(file, name), name, choices.encoding)
    front = FRONT.match(raw)
    body = re.sub(r"[^\r\n]", " ", front.group()) + raw[front.end() :] if front else raw
    segments: list[Segment] = []
    slots: list[Slot] = []
    env: dict = {}
    for place, children, cell in _inlines(body, name, env):
        said = commonmark.read(place.content, children)
        key = str(len(segments) + 1)
        whole_raw = place.span.of(raw)
        if any(c.isalpha() for c in said.text):
            segments.append(Segment(key, said.text, said.marks))
            slots.append(Slot(key, place.span, _Writer(said, place.span, raw, cell, env)))
        for at, match in enumerate(IMAGE.finditer(whole_raw), 1):
            if any(c.isalpha() for c in match[1]):
                span = Span(*match.span(1)).shift(place.span.start)
                said = ESCAPE.sub(r"\1", match[1])
                segments.append(Segment(f"{key}.alt{at}", said, context="description of a picture"))
                slots.append(Slot(f"{key}.alt{at}", span, _Plain(said, match[1])))
    yield Document(tuple(segments), Slots(text, raw, tuple(slots)))


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    held: Slots = document.skeleton
    text: Text = held.text
    return text.bom + text.encode(rewritten(held, targets))


def _inlines(body: str, name: str, env: dict) -> Iterator[tuple[Place, list, bool]]:
    """Places of inline contents in order, their tokens, and whether each is a cell of a table."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", body)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    try:
        tokens = commonmark.parser().parse(body, env)
    except RecursionError:
        raise InputError(f"{name}: nested too deeply to be Markdown") from None
    cursor: dict[int, int] = {}
    row, cell = 0, False
    for token in tokens:
        if token.type == "tr_open" and token.map:
            row = token.map[0]
        cell = token.type in ("th_open", "td_open") if token.type != "inline" else cell
        if token.type == "inline" and token.content.strip():
            first = row if cell else (token.map or [0])[0]
            place = _find(token.content, first, lines, starts, cursor)
            if place is not None:
                yield place, token.children or [], cell


def _find(content: str, first: int, lines: list[str], starts: list[int], cursor: dict[int, int]) -> Place | None:
    """None where the raw line differs from what the parser made of it (tabs as indentation, escaped bars)."""
    found = []
    for offset, piece in enumerate(content.split("\n")):
        number = first + offset
        if number >= len(lines):
            return None
        at = lines[number].find(piece, cursor.get(number, 0))
        if at < 0:
            return None
        cursor[number] = at + len(piece)
        found.append(starts[number] + at)
    return Place(content, tuple(found))


class _Plain(NamedTuple):
    """Writes a text without marks."""

    said: str
    raw: str

    def __call__(self, target: Target, raw: Raw) -> str:
        return self.raw if target.text == self.said else _escaped(target.text)


class _Writer:
    """Writes a target as Markdown that reads as it should: plainly, else escaped, else with tags."""

    def __init__(self, said: Tagged, span: Span, raw: str, cell: bool, env: dict):
        self.said, self.span, self.raw, self.cell, self.env = said, span, span.of(raw), cell, env

    def __call__(self, target: Target, raw: Raw) -> str:
        whole_raw = raw(self.span)
        if target.text == self.said.text and target.marks == self.said.marks:
            return whole_raw
        marks = self._seen(target.marks)
        wanted = Tagged(target.text, marks)
        for escape, rendered in ((str, self._plain), (_escaped, self._plain), (_escaped, self._tagged)):
            made = woven(target.text, marks, escape, rendered)
            if commonmark.alike(commonmark.inline(made, self.env), wanted):
                break
        pictures = [match.group() for match in IMAGE.finditer(whole_raw)]
        for old, new in zip(IMAGE.findall(self.raw), pictures, strict=False):
            made = made.replace(f"![{old}]", new, 1)
        if self.cell:
            return re.sub(r"(?<!\\)\|", r"\\|", made)
        return _guarded(made) if not BLOCK.match(self.raw) else made

    def _seen(self, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """Without emphasis on nothing, which Markdown would show as asterisks."""
        full = {mark.parent for mark in marks}
        return tuple(m for m in marks if m.span or m.key in full or self.said.tags[m.key][0] not in TAGS)

    def _plain(self, mark: Mark, inside: str) -> str:
        return self.said.rendered(mark, inside)

    def _tagged(self, mark: Mark, inside: str) -> str:
        name = TAGS.get(self.said.tags[mark.key][0])
        return f"<{name}>{inside}</{name}>" if name and inside else self.said.rendered(mark, inside)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def _guarded(made: str) -> str:
    """A text that would begin a list, a heading or a quotation does not."""
    match = BLOCK.match(made)
    if match is None:
        return made
    return made[: match.end()] + "\\" + made[match.end() :]
