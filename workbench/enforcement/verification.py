"""Does a target text hold every demanded term, each in a place of its own?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.enforcement.demands import Demand, Terms
from workbench.enforcement.draft import Draft
from workbench.matching.matcher import Match
from workbench.spans import Span

SEARCH = 20_000  # steps of the exact search for disjoint places; beyond, the best found so far


@dataclass(frozen=True, slots=True)
class Standing:
    """`places[i]`: where demand i stands, None where it is missing. `strays`: writings of demanded
    entries that may not stand there: another spelling, a deprecated or forbidden term."""

    places: tuple[Span | None, ...]
    strays: tuple[Match, ...] = ()

    @property
    def met(self) -> int:
        return sum(place is not None for place in self.places)

    @property
    def good(self) -> bool:
        return self.met == len(self.places) and not self.strays

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(i for i, place in enumerate(self.places) if place is None)


def verify(draft: Draft, demands: Sequence[Demand], terms: Terms) -> Standing:
    """Give every demand an accepted form of its own: as many as can be, then the best aligned."""
    claims = terms.target.claims(draft.text)
    options = [_options(draft, demand, claims, terms) for demand in demands]
    places = _assign(options)
    taken = [place for place in places if place is not None]
    accepted = {place for option in options for place, _ in option}
    asked = {demand.match.entry.id for demand in demands}
    strays = _strays(claims, asked, taken, accepted)
    if len(taken) < len(demands):
        copied = terms.source.claims(draft.text)
        lacking = {
            d.match.entry.id for d, place in zip(demands, places, strict=True) if place is None and d.match.named
        }
        strays += _strays(copied, lacking, taken + [s.span for s in strays], accepted)
    return Standing(tuple(places), tuple(strays))


def _options(draft: Draft, demand: Demand, claims: list[Match], terms: Terms) -> list[tuple[Span, float]]:
    """Places where an accepted form stands, with the share of attention that ties each to the source."""
    found = []
    for claim in claims:
        if claim.entry.id == demand.match.entry.id and any(terms.target.writes(claim, term) for term in demand.terms):
            found.append((claim.span, draft.share(demand.span, claim.span)))
    return sorted(found, key=lambda option: -option[1])


def _strays(claims: list[Match], asked: set[str], taken: list[Span], accepted: set[Span]) -> list[Match]:
    """The longest first, none inside a place that is taken or accepted."""
    strays: list[Match] = []
    for claim in sorted(claims, key=lambda c: -len(c.span)):
        if claim.entry.id in asked and not any(
            claim.span.overlaps(other) for other in (*taken, *accepted, *(s.span for s in strays))
        ):
            strays.append(claim)
    return strays


def _assign(options: list[list[tuple[Span, float]]]) -> list[Span | None]:
    """Disjoint places for as many demands as possible; ties by the sum of attention."""
    best: list[Span | None] = [None] * len(options)
    best_value = (-1, -1.0)
    chosen: list[Span | None] = [None] * len(options)
    order = sorted(range(len(options)), key=lambda i: len(options[i]))
    budget = SEARCH

    def search(depth: int, met: int, weight: float) -> None:
        nonlocal best, best_value, budget
        budget -= 1
        if (met, weight) > best_value:
            best, best_value = chosen.copy(), (met, weight)
        if depth == len(order) or budget < 0 or met + len(order) - depth < best_value[0]:
            return
        i = order[depth]
        for span, share in options[i]:
            if not any(other is not None and other.overlaps(span) for other in chosen):
                chosen[i] = span
                search(depth + 1, met + 1, weight + share)
                chosen[i] = None
        search(depth + 1, met, weight)

    search(0, 0, 0.0)
    return best
