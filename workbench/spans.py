"""Places in text, the ties between two texts, and edits that keep places true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def __len__(self) -> int:  # a NamedTuple would say 2
        return self.end - self.start


class Link(NamedTuple):
    """A tie between a place of the source and one of the target; weight in (0, 1]."""

    source: Span
    target: Span
    weight: float = 1.0


Edit = tuple[Span, str]  # edits of one text never overlap


def replace(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits; the spans are those of the unedited text."""
    made, at = [], 0
    for span, new in sorted(edits):
        made += [text[at : span.start], new]
        at = span.end
    return "".join(made) + text[at:]


def carry(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a span lies after the edits; one that an edit touches grows or shrinks with it."""
    start, end = span
    for place, new in sorted(edits, reverse=True):
        grown = len(new) - len(place)
        if place.end <= start and place != span:
            start, end = start + grown, end + grown
        elif place.start < end:
            start, end = min(start, place.start), max(end, place.end) + grown
    return Span(start, end)
