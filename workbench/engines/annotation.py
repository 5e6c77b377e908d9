"""Target forms beside the terms of a source, as a model reads them that was trained to obey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, TypeVar

import numpy

from workbench.engines.piece import Piece
from workbench.errors import InputError
from workbench.spans import Span

P = TypeVar("P", str, int)


@dataclass(frozen=True, slots=True)
class Annotation:
    """The pieces that mark a hint: `begin` term `middle` target form `end`.

    Bytes from F8 on occur in no UTF-8 text, so that no text can hold these pieces, and every
    vocabulary with byte fallback has them. `masked`: the piece `mask` stands in the place of the term.
    """

    begin: str = "<0xF8>"
    middle: str = "<0xF9>"
    end: str = "<0xFA>"
    mask: str = "<0xFB>"
    masked: bool = False

    @property
    def pieces(self) -> tuple[str, str, str, str]:
        return self.begin, self.middle, self.end, self.mask

    def as_table(self) -> dict[str, Any]:
        return asdict(self)


def from_card(told: Any, where: str) -> Annotation | None:
    """The table `annotation` of a card; None where it has none. Raises InputError."""
    if told is None:
        return None
    try:
        return Annotation(**told)
    except TypeError:
        known = ", ".join(Annotation.__slots__)
        raise InputError(f"{where}: 'annotation' is not understood (it may have: {known})") from None


class Hint(NamedTuple):
    """What a place of the source shall come out as; the span counts code points."""

    span: Span
    text: str


class Place(NamedTuple):
    """A hint in pieces: it belongs to the source pieces `first` to `last` - 1."""

    first: int
    last: int
    hint: Sequence[Any]  # pieces or their ids
    masked: bool


class Marked(NamedTuple):
    """`pieces` to read. `plain[i]`: the piece of the plain source that piece i stands for in an
    alignment, None for markers and for hints beside their term; `owner[i]`: its hint, -1 outside."""

    pieces: list[Any]
    plain: list[int | None]
    owner: list[int]


def marked(pieces: Sequence[P], asked: Sequence[Place], markers: Sequence[P]) -> Marked:
    """`asked` in order, without overlaps; `markers`: begin, middle, end, mask."""
    begin, middle, end, mask = markers
    made: list[P] = []
    plain: list[int | None] = []
    owner: list[int] = []
    at = 0
    for number, place in enumerate(asked):
        inside = range(place.first, place.last)
        width, hint = len(inside), len(place.hint)
        held = [inside[i * width // hint] if place.masked else None for i in range(hint)]
        term = [mask] if place.masked else pieces[place.first : place.last]
        made += [*pieces[at : place.first], begin, *term, middle, *place.hint, end]
        plain += [*range(at, place.first), None, *([None] if place.masked else inside), None, *held, None]
        owner += [-1] * (place.first - at)
        owner += [number] * (len(made) - len(owner))
        at = place.last
    rest = range(at, len(pieces))
    return Marked([*made, *pieces[at:]], [*plain, *rest], [*owner, *(-1 for _ in rest)])


def annotated(
    pieces: Sequence[Piece], hints: Sequence[Hint], annotation: Annotation, encode: Callable[[str], Sequence[str]]
) -> tuple[list[str], numpy.ndarray]:
    """The pieces to read, and float32 (pieces to read + 1, pieces + 1): attention over the former and
    `</s>`, times this, is attention over the latter and `</s>`.

    What falls on markers and hints is spread over the pieces of their term. A hint that covers no
    piece, or one of another hint, is left out.
    """
    asked = _places(pieces, hints, encode, annotation.masked)
    made = marked([piece.text for piece in pieces], asked, annotation.pieces)
    fold = numpy.zeros((len(made.pieces) + 1, len(pieces) + 1), dtype=numpy.float32)
    fold[-1, -1] = 1.0
    for row, (plain, owner) in enumerate(zip(made.plain, made.owner, strict=True)):
        if plain is not None:
            fold[row, plain] = 1.0
        else:
            fold[row, asked[owner].first : asked[owner].last] = 1.0 / (asked[owner].last - asked[owner].first)
    return made.pieces, fold


def _places(
    pieces: Sequence[Piece], hints: Sequence[Hint], encode: Callable[[str], Sequence[str]], masked: bool
) -> list[Place]:
    found: list[Place] = []
    for hint in sorted(hints):
        inside = [i for i, p in enumerate(pieces) if p.start < hint.span.end and hint.span.start < p.end]
        written = encode(hint.text)
        if inside and written and (not found or inside[0] >= found[-1].last):
            found.append(Place(inside[0], inside[-1] + 1, written, masked))
    return found
