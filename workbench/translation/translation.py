"""A whole text: cut into sentences, rendered under the glossary, joined in its old layout."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench import text as texts
from workbench.enforcement.demands import Terms
from workbench.enforcement.ladder import Ladder, Rendering
from workbench.enforcement.outcomes import Segment, State
from workbench.engines.engine import Engine, Options
from workbench.translation.agreement import agreed

Progress = Callable[[int, int], None]  # (segments done, segments in all)
BATCH = 256  # sentences decoded and settled together: enough to sort by length, little to lose


class Translator:
    """One pair and one glossary; shared between threads."""

    def __init__(self, engine: Engine, terms: Terms, options: Options, agree: bool = True):
        """`agree` False: names that no glossary lists stay as the model writes them each time."""
        self.engine, self.terms, self.options, self.agree = engine, terms, options, agree

    def segments(
        self, pieces: Sequence[texts.Piece], progress: Progress | None = None, timings: dict[str, float] | None = None
    ) -> list[Segment]:
        """One segment a sentence, in order; a sentence that comes again is translated once."""
        timings = {} if timings is None else timings
        distinct = sorted({piece.text for piece in pieces}, key=lambda text: (len(text), text))
        rendered: dict[str, Rendering] = {}
        for first in range(0, len(distinct), BATCH):
            part = distinct[first : first + BATCH]
            rendered |= zip(part, self._rendered(part, timings), strict=True)
            if progress is not None:
                progress(min(first + BATCH, len(distinct)), len(distinct))
        began = time.perf_counter()
        made = [_segment(piece, rendered[piece.text]) for piece in pieces]
        if self.agree:
            made = agreed(made, self.terms)
        timings["document"] = timings.get("document", 0.0) + time.perf_counter() - began
        return made

    def _rendered(self, sentences: Sequence[str], timings: dict[str, float]) -> list[Rendering]:
        """One a sentence; the seconds of each step are added to `timings`."""
        ladder = Ladder(self.engine, self.options)
        made = ladder.render(sentences, [self.terms] * len(sentences))
        for name, seconds in ladder.timings.items():
            timings[name] = timings.get(name, 0.0) + seconds
        return made


def _segment(piece: texts.Piece, rendering: Rendering) -> Segment:
    return Segment(piece.text, rendering.target, rendering.terms, rendering.plain, piece.before)


def through(first: Sequence[Segment], second: Sequence[Segment], between: Terms) -> list[Segment]:
    """Segments of a pivot: source and terms of the first leg, target of the second.

    A term is accounted for by the occurrence of the same entry in the second leg, in order; one
    that the second leg does not know was lost on the way and is flagged.
    """
    joined = []
    for a, b in zip(first, second, strict=True):
        left = list(b.terms)
        terms = []
        for term in a.terms:
            match = next((other for other in left if other.entry == term.entry), None)
            if match is None:
                terms.append(replace(term, target_span=None, target_text="", state=State.FLAGGED,
                                     note=f"lost on the way through {between.source_language}"))  # fmt: skip
                continue
            left.remove(match)
            worse = max((term, match), key=lambda t: (list(State).index(t.state), t.rung))
            terms.append(replace(match, source_span=term.source_span, source_text=term.source_text, how=term.how,
                                 state=worse.state, rung=worse.rung, note=term.note or match.note))  # fmt: skip
        joined.append(Segment(a.source, b.target, tuple(terms), b.plain, a.before))
    return joined
