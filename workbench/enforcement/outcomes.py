"""What came of a translation: every segment, every term, and how each term came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from workbench.spans import Span


class State(Enum):
    KEPT = "kept"  # the model wrote an accepted form by itself
    REPAIRED = "repaired"  # a rung of the ladder brought it in
    FLAGGED = "flagged"  # a person must look: forced in verbatim, or ambiguous


# In the order they are tried. Respelling exchanges a wrong spelling in its own place.
# Annotation asks a model that was trained to read hints.
RUNGS = ("plain", "respelling", "annotation", "n-best", "stand-in", "prefix", "substitution", "verbatim")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One term found in a source segment and what stands for it in the target.

    Spans are code points within the segment's source and target. `target_span` is None
    only when nothing could be placed.
    """

    entry: str  # id of the concept entry
    source_span: Span
    source_text: str
    target_span: Span | None
    target_text: str
    state: State
    rung: int  # index into RUNGS
    how: str = "exact"  # how the source matched: exact, variant, inflected, folded
    wanted: tuple[str, ...] = ()  # the form to write, then other accepted ones
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence and its translation. `plain`: what the model writes without the glossary; `lost`: addresses,
    placeholders and numbers of the source that should stand in the target and do not."""

    source: str
    target: str
    terms: tuple[Occurrence, ...] = ()
    plain: str = ""
    before: str = ""  # white space and line breaks between the segment before and this one
    lost: tuple[str, ...] = ()

    @property
    def flagged(self) -> bool:
        return bool(self.lost) or any(term.state is State.FLAGGED for term in self.terms)


@dataclass(frozen=True, slots=True)
class Translation:
    """A whole text: segments in order, joined with the source's own white space."""

    source_language: str
    target_language: str
    segments: tuple[Segment, ...]
    after: str = ""  # white space after the last segment
    models: tuple[str, ...] = ()  # one, or the two legs of a pivot
    engine: str = ""
    pivot: str = ""  # language code, '' for a direct model
    glossary: str = ""  # fingerprint
    style: str = ""
    detected: bool = False  # the source language was guessed
    timings: dict[str, float] = field(default_factory=dict)  # seconds by part

    @property
    def text(self) -> str:
        return "".join(s.before + s.target for s in self.segments) + self.after

    @property
    def terms(self) -> Iterator[Occurrence]:
        for segment in self.segments:
            yield from segment.terms

    @property
    def summary(self) -> dict[str, object]:
        """Counts, models, glossary fingerprint and timings: the `summary` of a report."""
        terms = list(self.terms)
        states = Counter(term.state.value for term in terms)
        rungs = Counter(RUNGS[term.rung] for term in terms)
        return {
            "segments": len(self.segments),
            "entries": len({term.entry for term in terms}),
            "terms": len(terms),
            "states": {state.value: states[state.value] for state in State},
            "rungs": {rung: rungs[rung] for rung in RUNGS},
            "lost": sum(len(segment.lost) for segment in self.segments),
            "from": self.source_language,
            "to": self.target_language,
            "detected": self.detected,
            "pivot": self.pivot,
            "models": list(self.models),
            "engine": self.engine,
            "glossary": self.glossary,
            "style": self.style,
            "timings": {part: round(seconds, 4) for part, seconds in self.timings.items()},
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a finished translation.

    `kind`: missing, forbidden, deprecated or inconsistent. `line` counts from 1 over the
    lines of the texts; spans are code points within that line.
    """

    kind: str
    entry: str
    line: int
    source_span: Span | None
    source_text: str
    target_span: Span | None
    target_text: str
    wanted: tuple[str, ...]
    message: str
