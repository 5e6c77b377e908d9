"""A translation under way: text, where its words come from, and edits that keep both true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy

from workbench import spans
from workbench.engines.engine import Hypothesis
from workbench.engines.piece import Piece
from workbench.spans import Edit, Span
from workbench.text import words


@dataclass(frozen=True, slots=True)
class Draft:
    """A target text with its alignment to the source sentence it was decoded from.

    `places`: spans of the target words when decoded, carried through every edit.
    `mass`: float32 (target words, source code points + 1), attention of a word spread over the
    characters of each source piece; the last column is the end of the sentence.
    """

    text: str
    score: float
    places: tuple[Span, ...]
    mass: numpy.ndarray
    pieces: tuple[Piece, ...]  # as decoded; empty once edited

    def edited(self, edits: Sequence[Edit]) -> Draft:
        if not edits:
            return self
        carried = tuple(spans.carry(place, edits) for place in self.places)
        return replace(self, text=spans.replace(self.text, edits), places=carried, pieces=())

    def drawn_from(self, source: Span) -> numpy.ndarray:
        """For each target word the share of its attention on a source span, in 0..1."""
        return self.mass[:, source.start : source.end].sum(axis=1)

    def share(self, source: Span, target: Span) -> float:
        """The part of all attention on a source span that comes from a target span, in 0..1."""
        drawn = self.drawn_from(source)
        inside = sum(weight for weight, place in zip(drawn, self.places, strict=True) if place.overlaps(target))
        return float(inside / (drawn.sum() + 1e-9))


def draft(sentence: str, source_pieces: Sequence[Piece], hypothesis: Hypothesis) -> Draft:
    """A draft from an engine's hypothesis; without attention every word comes from everywhere."""
    places = tuple(word.span for word in words(hypothesis.text))
    mass = numpy.zeros((len(places), len(sentence) + 1), dtype=numpy.float32)
    attention = hypothesis.attention
    if attention is None:
        mass += 1.0 / mass.shape[1]
        return Draft(hypothesis.text, hypothesis.score, places, mass, hypothesis.pieces)
    spread = numpy.zeros(
        (attention.shape[1], mass.shape[1]), dtype=numpy.float32
    )  # (source pieces + 1, characters + 1)
    for row, piece in enumerate(source_pieces[: attention.shape[1] - 1]):
        if piece.end > piece.start:
            spread[row, piece.start : piece.end] = 1.0 / (piece.end - piece.start)
    spread[-1, -1] = 1.0
    by_piece = attention @ spread
    for row, place in enumerate(places):
        inside = [i for i, piece in enumerate(hypothesis.pieces) if piece.start < place.end and place.start < piece.end]
        if inside:
            mass[row] = by_piece[inside].mean(axis=0)
    return Draft(hypothesis.text, hypothesis.score, places, mass, hypothesis.pieces)
