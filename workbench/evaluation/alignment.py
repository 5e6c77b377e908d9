"""Alignment error: where a model looks when it writes a given translation, against links made by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from workbench.enforcement.draft import draft
from workbench.engines.engine import Engine, Options
from workbench.errors import InputError
from workbench.text import words

OURS = "alignment.en-es.jsonl"  # a hundred news-like sentences, sure links only, made by hand for this project


@dataclass(frozen=True, slots=True)
class Aligned:
    """A pair with its sure links: (source word, target word), counted from 0, marks are no words."""

    source: str
    target: str
    links: frozenset[tuple[int, int]]

    @property
    def flipped(self) -> Aligned:
        return Aligned(self.target, self.source, frozenset((j, i) for i, j in self.links))


@dataclass(frozen=True, slots=True)
class Alignment:
    """`error`: 1 − 2 |A ∩ S| / (|A| + |S|), which is AER where every link is sure (Och & Ney 2003)."""

    error: float
    precision: float
    recall: float
    sentences: int


def read_aligned(path: Path | None, source: str, target: str) -> list[Aligned]:
    """JSONL of `source`, `target` and `links`; None: ours, English-Spanish, either way round.

    InputError: a file that is not so, or ours asked for another pair.
    """
    if path is None:
        if {source, target} != {"en", "es"}:
            raise InputError(f"no aligned sentences of {source}-{target} here; name a file with --alignments")
        text = resources.files("workbench.evaluation").joinpath("data", OURS).read_text(encoding="utf-8")
        rows = [_row(OURS, i, line) for i, line in enumerate(text.splitlines(), 1)]
        return [row.flipped for row in rows] if source == "es" else rows
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    return [_row(str(path), i, line) for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]


def _row(name: str, number: int, line: str) -> Aligned:
    try:
        row: dict[str, Any] = json.loads(line)
        made = Aligned(row["source"], row["target"], frozenset((int(i), int(j)) for i, j in row["links"]))
    except (ValueError, KeyError, TypeError) as wrong:
        raise InputError(f"{name}:{number}: expected source, target and links [[i, j], …] ({wrong})") from None
    counts = len(words(made.source)), len(words(made.target))
    if any(i >= counts[0] or j >= counts[1] for i, j in made.links):
        raise InputError(f"{name}:{number}: a link beyond the last of {counts[0]} and {counts[1]} words")
    return made


def alignment(engine: Engine, rows: Sequence[Aligned]) -> Alignment:
    """The engine writes each given translation; every word of it is linked to the source word that
    draws most of its attention, unless the end of the sentence draws more."""
    sentences = [row.source for row in rows]
    prefixes = [list(engine.target_pieces(row.target)) for row in rows]
    longest = max(map(len, prefixes)) + 2
    decoded = engine.decode(sentences, Options(beam=1, attention=True, max_pieces=longest), prefixes)
    met = made = sure = 0
    for row, hypotheses in zip(rows, decoded, strict=True):
        found = links(engine, row, hypotheses[0])
        met += len(found & row.links)
        made += len(found)
        sure += len(row.links)
    return Alignment(1 - 2 * met / max(1, made + sure), met / max(1, made), met / max(1, sure), len(rows))


def links(engine: Engine, row: Aligned, hypothesis: Any) -> frozenset[tuple[int, int]]:
    """Word links of one forced translation, by its attention."""
    there = draft(row.source, engine.pieces(row.source), hypothesis)
    here = [word.span for word in words(row.source)]
    wanted = words(row.target)
    found = set()
    for j, place in enumerate(there.places[: len(wanted)]):
        if place.of(there.text) != wanted[j].text:
            break  # the vocabulary cannot write this word as it stands
        drawn = [there.mass[j, span.start : span.end].sum() for span in here]
        best = max(range(len(here)), key=lambda i: drawn[i])
        if drawn[best] > there.mass[j, -1]:
            found.add((best, j))
    return frozenset(found)
