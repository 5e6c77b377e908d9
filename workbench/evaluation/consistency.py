"""Whether the same thing is called the same throughout a document (formula 6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

Named = tuple[str, str]  # entry (or source term) and the target lemma it got


@dataclass(frozen=True, slots=True)
class Consistency:
    """Shares from 0 to 1, None where no entry comes twice in a document.

    `micro`: Σ_w max_v c_w(v) / Σ_w k_w. `macro`: mean_w max_v c_w(v) / k_w.
    `ltcr`: Σ_w Σ_v C(c_w(v), 2) / Σ_w C(k_w, 2). `unity`: share of w with one lemma only.
    """

    micro: float | None = None
    macro: float | None = None
    ltcr: float | None = None
    unity: float | None = None
    entries: int = 0  # w: entries that come twice or more, counted per document


def consistency(documents: Iterable[Iterable[Named]]) -> Consistency:
    """Over all documents; an entry counts in each document that has it k_w ≥ 2 times."""
    counted = [counts for document in documents for counts in _by_entry(document) if counts.total() >= 2]
    if not counted:
        return Consistency()
    most = [max(counts.values()) for counts in counted]
    times = [counts.total() for counts in counted]
    agreeing = sum(comb(count, 2) for counts in counted for count in counts.values())
    return Consistency(
        micro=sum(most) / sum(times),
        macro=sum(m / k for m, k in zip(most, times, strict=True)) / len(counted),
        ltcr=agreeing / sum(comb(k, 2) for k in times),
        unity=sum(len(counts) == 1 for counts in counted) / len(counted),
        entries=len(counted),
    )


def _by_entry(document: Iterable[Named]) -> list[Counter[str]]:
    lemmas: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry, lemma in document:
        lemmas[entry][lemma] += 1
    return list(lemmas.values())
