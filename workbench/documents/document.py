"""Documents as the translator sees them: segments with marks, and a skeleton that only the format knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from workbench.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup over a place of a text: bold, a link, a line break (of length zero), a piece of code.

    `key`: what the format knows it by, unique within its segment. `keep`: the text under it
    stands verbatim in every language; a hard line break is kept and covers a `\\n`. `parent`: key of the mark
    that it stands in. Marks that share a parent are apart and in the order of the text.
    """

    key: str
    span: Span
    keep: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage to translate: a paragraph, a cell, a line, a message; often several sentences.

    `source`: visible text without markup. `key`: unique within its document. `translate` False:
    shown to people, never changed. `target`: the translation that the file already holds, '' for none.
    `width`: code points of the longest line that is wanted in the target, 0 for any.
    """

    key: str
    source: str
    marks: tuple[Mark, ...] = ()
    translate: bool = True
    context: str = ""  # where it stands, for a person
    target: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What shall stand for a segment. Every mark of the segment stands once in `marks`.

    `flagged`: a person should look at it. `origin`: "model", "memory 100", "memory 83", "model and
    memory", "review" (a person's), "none" (nothing to translate in it).
    """

    text: str
    marks: tuple[Mark, ...] = ()
    flagged: bool = False
    origin: str = "model"


@dataclass(frozen=True, slots=True)
class Document:
    """A file, or a part of one that is read, translated and written at once.

    The parts of a file written one behind the other are the file.
    """

    segments: tuple[Segment, ...]
    skeleton: Any = None
    source_language: str = ""  # as the file says it, a BCP 47 tag; '' when it does not
    target_language: str = ""
    terms: tuple[tuple[str, str], ...] = ()  # that the file brings with it, each with its translation


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may say about a file beyond its format.

    `columns`: names or numbers (from 1) of the columns of a table to translate; empty: those that hold prose.
    `fields`: fields of JSON Lines, `a.b` inside objects; empty: text, or else the only text there is.
    `encoding`: of a text; '' for UTF-8, or what a byte order mark says.
    `again`: translate also what the file holds a finished translation of.
    `rules`: ITS rules beside the document, as XML.
    """

    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    encoding: str = ""
    again: bool = False
    rules: bytes = b""


class Format(Protocol):
    """A module of `formats/`. Written with no targets, or with each segment's own text and marks,
    a document is the file it was read from."""

    def parts(self, file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
        """The documents of a file, in order: one, or for formats of lines as many as its length asks
        for, so that memory stays flat. `name`: for messages. InputError: not readable as this format."""

    def write(self, document: Document, targets: Mapping[str, Target], language: str) -> bytes:
        """The bytes of a part; a segment without target stays as it is. `language`: of the targets."""


Render = Callable[[Mark, str], str]


def woven(text: str, marks: Sequence[Mark], escape: Callable[[str], str], render: Render) -> str:
    """A text with its markup as the format writes it. `render`: from a mark and what stands in it, escaped."""
    inside: dict[str, list[Mark]] = {}
    for mark in marks:
        inside.setdefault(mark.parent, []).append(mark)

    def made(parent: str, start: int, end: int) -> str:
        out = []
        for mark in sorted(inside.get(parent, ()), key=lambda m: m.span):
            out += [escape(text[start : mark.span.start]), render(mark, made(mark.key, *mark.span))]
            start = mark.span.end
        return "".join(out) + escape(text[start:end])

    return made("", 0, len(text))


def untouched(segment: Segment) -> Target:
    """The segment as its own translation."""
    return Target(segment.source, segment.marks, origin="none")


def spaced(raw: str, text: str) -> str:
    """The text between the white space that the raw one begins and ends with."""
    core = raw.strip()
    at = raw.index(core)
    return raw[:at] + text.strip() + raw[at + len(core) :]
