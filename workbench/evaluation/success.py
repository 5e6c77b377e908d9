"""How the listed terms came out: term success, exactness, names, and the harm around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy

from workbench.enforcement.outcomes import RUNGS, Occurrence
from workbench.evaluation.places import Compare, Forms, assign, places, readable, without
from workbench.evaluation.quality import References, Score, chrf_plus
from workbench.evaluation.testset import Listed, Row
from workbench.spans import Span


class Rate(NamedTuple):
    """Hits out of a total; `share` is None out of nothing."""

    hits: int
    total: int

    @property
    def share(self) -> float | None:
        return self.hits / self.total if self.total else None

    def __add__(self, other: Rate) -> Rate:  # type: ignore[override]
        return Rate(self.hits + other.hits, self.total + other.total)


def accepted(term: Listed, forms: Forms | None = None) -> tuple[str, ...]:
    """F_t: the forms listed and, where `forms` can tell, the inflected forms of each."""
    _, listed = term
    return tuple(dict.fromkeys((*listed, *(f for form in listed for f in (forms(form) if forms else ())))))


def settled(
    output: str, terms: Sequence[Listed], compare: Compare = Compare.FOLDED, forms: Forms | None = None
) -> tuple[Span | None, ...]:
    """Formula 1 for one sentence: a span of its own for as many terms as can have one.

    T_s holds each listed term once, however often the source has it: a test set lists a
    term per row, and a translation may well say the second one with a pronoun. Spans count
    in `readable(output, compare)`.
    """
    return assign([places(output, accepted(term, forms), compare) for term in terms])


def term_success(
    outputs: Sequence[str], rows: Sequence[Row], compare: Compare = Compare.FOLDED, forms: Forms | None = None
) -> Rate:
    """Formula 1, TSR = Σ M_s / Σ |T_s|: exclusive, by maximum matching.

    Without `forms` TSR_surface; with them the lemma-like rate. The references as outputs
    give TSR_oracle.
    """
    hits = sum(_placed(settled(o, row.terms, compare, forms)) for o, row in zip(outputs, rows, strict=True))
    return Rate(hits, sum(len(row.terms) for row in rows))


def interval(
    outputs: Sequence[str], rows: Sequence[Row], forms: Forms | None, resamples: int
) -> tuple[float, float] | None:
    """95 % of the bootstrap over rows of term success, as shares; None without terms or resamples."""
    counts = numpy.array(
        [(_placed(settled(o, row.terms, forms=forms)), len(row.terms)) for o, row in zip(outputs, rows, strict=True)]
    )
    if resamples < 2 or not counts.size or not counts[:, 1].sum():
        return None
    drawn = numpy.random.default_rng(0).integers(0, len(rows), (resamples, len(rows)))
    sums = counts[drawn].sum(axis=1)
    low, high = numpy.quantile(sums[:, 0] / numpy.maximum(sums[:, 1], 1), (0.025, 0.975))
    return float(low), float(high)


def term_overlap(
    outputs: Sequence[str], rows: Sequence[Row], compare: Compare = Compare.FOLDED, forms: Forms | None = None
) -> Rate:
    """Formula 1, TSR_overlap: one span may serve several terms. With SUBSTRING the usual public count."""
    found = [
        bool(places(output, accepted(term, forms), compare))
        for output, row in zip(outputs, rows, strict=True)
        for term in row.terms
    ]
    return Rate(sum(found), len(found))


def _placed(spans: Iterable[Span | None]) -> int:
    return sum(span is not None for span in spans)


def achievable(row: Row, forms: Forms | None = None) -> tuple[Listed, ...]:
    """The terms whose source term stands in the source, token-anchored and case-folded.

    Each needs a source place of its own, longer terms first: of 'Approval' and 'approval',
    both listed for one word, one is achievable. A matcher of written forms can find these;
    'rule' in 'rules' needs one that inflects, which `forms` (of the source language) stands for.
    """
    spans = [places(row.source, (term, *(forms(term) if forms else ())) if term else ()) for term, _ in row.terms]
    kept: list[int] = []
    for i in sorted(range(len(spans)), key=lambda i: -len(row.terms[i][0])):
        if None not in assign([spans[k] for k in (*kept, i)]):
            kept.append(i)
    return tuple(row.terms[i] for i in sorted(kept))


def exactness(outputs: Sequence[str], rows: Sequence[Row]) -> Rate:
    """Formula 2, VE: terms that stay as they are (target form = source term), code point by code point."""
    rate = Rate(0, 0)
    for output, row in zip(outputs, rows, strict=True):
        kept = [(term, (term,)) for term, forms in row.terms if term in forms]
        rate += Rate(_placed(settled(output, kept, Compare.VERBATIM)), len(kept))
    return rate


def over_application(outputs: Sequence[str], rows: Sequence[Row], forms: Forms | None = None) -> float:
    """Formula 7, per 1,000 sentences: Σ max(0, count_out(t) − count_src(t)).

    A listed term is granted one place even where the source has it inflected. The rate of
    the references is the natural level: a target form may be a common word.
    """
    excess = 0
    for output, row in zip(outputs, rows, strict=True):
        for term in row.terms:
            out = _count(output, accepted(term, forms))
            excess += max(0, out - max(1, _count(row.source, [term[0]])))
    return 1000 * excess / len(rows) if rows else 0.0


def _count(text: str, forms: Iterable[str]) -> int:
    """Disjoint places, taken by their ends."""
    count = end = 0
    for span in sorted(places(text, forms), key=lambda s: s.end):
        if span.start >= end:
            count, end = count + 1, span.end
    return count


def m_eta(outputs: Sequence[str], rows: Sequence[Row]) -> Rate:
    """Formula 9: rows whose case-folded output holds an accepted mention, anywhere in it.

    EA-MT has one name a row; of several terms each must be there. Rows without terms are left out.
    """
    named = [
        all(any(form.casefold() in output.casefold() for form in forms) for _, forms in row.terms)
        for output, row in zip(outputs, rows, strict=True)
        if row.terms
    ]
    return Rate(sum(named), len(named))


def with_comet(comet: float, names: float) -> float:
    """Formula 9: harmonic mean of COMET × 100 and M-ETA, both 0 to 100."""
    return 2 * comet * names / (comet + names) if comet + names else 0.0


def outside_terms(outputs: Sequence[str], rows: Sequence[Row], forms: Forms | None = None, resamples: int = 0) -> Score:
    """Formula 8b: chrF++ with the spans of settled terms deleted from hypothesis and references.

    Ours minus plain says what enforcing did to the rest of the sentence. A wrong variant in
    the plain text is no accepted form and stays, so the difference flatters ours a little.
    """
    bare = [_bare(output, row, forms) for output, row in zip(outputs, rows, strict=True)]
    references: References = [[_bare(reference, row, forms) for reference in row.references] for row in rows]
    return chrf_plus(bare, references, resamples)


def _bare(text: str, row: Row, forms: Forms | None) -> str:
    return without(readable(text), settled(text, row.terms, forms=forms))


def unhit_changed(outputs: Sequence[str], plain: Sequence[str], hit: Sequence[bool]) -> Rate:
    """Formula 8a: sentences without a hit whose text is not the plain one, byte by byte; must be 0."""
    pairs = [ours != before for ours, before, had in zip(outputs, plain, hit, strict=True) if not had]
    return Rate(sum(pairs), len(pairs))


@dataclass(frozen=True, slots=True)
class RungProfile:
    """Formula 10: occurrences settled by rung 0 … 5, in the order of RUNGS."""

    counts: tuple[int, ...] = (0,) * len(RUNGS)

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def forced(self) -> int:
        """Substituted or inserted verbatim: the last two rungs, where the damage sits."""
        return sum(self.counts[-2:])

    @property
    def shares(self) -> dict[str, float]:
        return {rung: count / self.total if self.total else 0.0 for rung, count in zip(RUNGS, self.counts, strict=True)}


def rung_profile(occurrences: Iterable[Occurrence]) -> RungProfile:
    counts = Counter(occurrence.rung for occurrence in occurrences)
    return RungProfile(tuple(counts[rung] for rung in range(len(RUNGS))))
