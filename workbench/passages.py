"""Segments of documents, translated: cut into sentences, rendered under the glossary, joined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench import text as texts
from workbench.documents.document import Segment, Target, untouched
from workbench.outcomes import Segment as Sentence
from workbench.translation import Progress, Translator, through


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment with its target. `sentences`: what the model made; empty where it was not asked."""

    segment: Segment
    target: Target
    sentences: tuple[Sentence, ...] = ()
    after: str = ""  # white space behind the last sentence


class Passages:
    """Translates segments one way: one translator, or the two legs of a pivot."""

    def __init__(self, legs: Sequence[Translator]):
        self.legs = tuple(legs)
        self.timings: dict[str, float] = {}

    def translate(self, segments: Sequence[Segment], progress: Progress | None = None) -> list[Passage]:
        """One passage a segment, in order. Segments that are not for translation stay as they are."""
        cut = [self._cut(segment) for segment in segments]
        flat = [piece for pieces, _ in cut for piece in pieces]
        made = iter(self._sentences(flat, progress)) if flat else iter(())
        passages = []
        for segment, (pieces, after) in zip(segments, cut, strict=True):
            sentences = tuple(next(made) for _ in pieces)
            if not sentences:
                passages.append(Passage(segment, untouched(segment)))
                continue
            text = "".join(s.before + s.target for s in sentences) + after
            target = Target(text, segment.marks, any(s.flagged for s in sentences))
            passages.append(Passage(segment, target, sentences, after))
        return passages

    def _cut(self, segment: Segment) -> tuple[list[texts.Piece], str]:
        if not segment.translate or not any(c.isalpha() for c in segment.source):
            return [], ""
        return texts.sentences(segment.source, self.legs[0].engine.source)

    def _sentences(self, pieces: list[texts.Piece], progress: Progress | None) -> list[Sentence]:
        made: list[Sentence] | None = None
        for leg in self.legs:
            if made is not None:
                pieces = [texts.Piece(s.before, s.target) for s in made]
            next_ = leg.segments(pieces, progress, self.timings)
            made = next_ if made is None else through(made, next_, self.legs[0].terms)
        return made or []
