"""Places of a text file that are written anew, so that every byte outside them stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from workbench.documents.document import Target
from workbench.documents.lines import Text
from workbench.spans import Span, replace

Raw = Callable[[Span], str]


class Slot(NamedTuple):
    """Where a segment stands in the raw text. `write` gives what shall stand there; its second argument
    tells how a piece of raw text reads with the slots inside it written (the alt of a picture in a line)."""

    key: str
    span: Span
    write: Callable[[Target, Raw], str]


class Slots(NamedTuple):
    """The skeleton of a document that is edited in place."""

    text: Text
    raw: str
    slots: tuple[Slot, ...]


def rewritten(held: Slots, targets: Mapping[str, Target], more: Sequence[tuple[Span, str]] = ()) -> str:
    """The raw text with the targets in their slots. `more`: edits that the format makes besides."""
    ordered = sorted((slot for slot in held.slots if slot.key in targets), key=lambda s: (s.span.start, -s.span.end))
    edits: list[tuple[Span, str]] = [*more]
    at = 0
    while at < len(ordered):
        outer = ordered[at]
        end = at + 1
        while end < len(ordered) and ordered[end].span.start < outer.span.end:
            end += 1
        inner = [
            (slot.span, slot.write(targets[slot.key], lambda span: span.of(held.raw))) for slot in ordered[at + 1 : end]
        ]

        def raw(span: Span, inner: list[tuple[Span, str]] = inner) -> str:
            moved = [(place.shift(-span.start), new) for place, new in inner if span.holds(place)]
            return replace(span.of(held.raw), moved)

        edits.append((outer.span, outer.write(targets[outer.key], raw)))
        at = end
    return replace(held.raw, edits)
