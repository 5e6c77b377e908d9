"""Terms of a training pair with their target base form beside them, so that a model learns to obey."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from workbench.enforcement.demands import Terms
from workbench.engines.annotation import Annotation, Place, marked
from workbench.errors import InputError
from workbench.training.lemmas import lemma
from workbench.training.links import Linker, Side, Term
from workbench.training.pairs import Pair

MOST = 4  # terms of a line; one more is half as likely as one less
NAMED = 3.0  # how much likelier a name is taken than another term
LISTED = 6.0  # the same for a term of a glossary


class Line(NamedTuple):
    """A pair in ids without `</s>`. `keys`: for each source piece the id that the aligner shall read
    in its place; `<pad>` for markers and hints, which nothing is aligned to."""

    source: list[int]
    target: list[int]
    keys: list[int]


class _Chosen(NamedTuple):
    source: tuple[int, int]  # words
    hint: str


class Annotator:
    """`masked`: share of annotated lines in which the hint takes the place of its term."""

    def __init__(
        self,
        linker: Linker,
        grammar: dict[str, frozenset[str]],
        ids: dict[str, int],
        pad: int,
        masked: float,
        glossaries: dict[tuple[str, str], Terms] | None = None,
    ):
        missing = [piece for piece in Annotation().pieces if piece not in ids]
        if missing:
            raise InputError(
                f"the vocabulary has no {missing[0]}, which marks a hint; it needs byte fallback (or annotate = 0)"
            )
        self._markers = [ids[piece] for piece in Annotation().pieces]
        self._linker, self._grammar, self._pad, self._masked = linker, grammar, pad, masked
        self._glossaries = glossaries or {}

    def __call__(self, pair: Pair, source: list[int], target: list[int], rng: random.Random) -> Line:
        """The line with hints beside one to MOST of its terms; without any where it has none."""
        here, there = self._linker.side(source), self._linker.side(target)
        terms = self._linker.terms(here, there, self._grammar[pair.languages[0]])
        listed = self._listed(pair, here)
        masked = rng.random() < self._masked
        places = []
        for chosen in self._chosen(here, there, terms, listed, pair, rng):
            first, last = here.pieces(*chosen.source)
            hint = self._linker.encoded(chosen.hint)
            if hint:
                places.append(Place(first, last, hint, masked))
        made = marked(source, places, self._markers)
        return Line(made.pieces, target, [self._pad if i is None else source[i] for i in made.plain])

    def _chosen(
        self, here: Side, there: Side, terms: list[Term], listed: list[_Chosen], pair: Pair, rng: random.Random
    ) -> list[_Chosen]:
        """Terms drawn by weight without overlaps, in the order of the source."""
        offers = [(LISTED, one) for one in listed]
        for term in terms:
            words = there.words[term.target[0] : term.target[1]]
            capital = here.words[term.source[0]][:1].isupper()
            named = term.source[0] > 0 and capital and words[0][:1].isupper()
            if term.target[0] == 0 and not capital:
                words = [words[0].lower(), *words[1:]]
            offers.append((NAMED if named else 1.0, _Chosen(term.source, "\t".join(words))))
        count = 1
        while count < MOST and rng.random() < 0.5:
            count += 1
        taken: list[_Chosen] = []
        while offers and len(taken) < count:
            (index,) = rng.choices(range(len(offers)), [weight for weight, _ in offers])
            one = offers.pop(index)[1]
            if all(one.source[1] <= other.source[0] or other.source[1] <= one.source[0] for other in taken):
                taken.append(one)
        return [_Chosen(one.source, _hint(one, listed, pair.languages[1])) for one in sorted(taken)]

    def _listed(self, pair: Pair, here: Side) -> list[_Chosen]:
        """Terms of the run's glossaries that stand on both sides."""
        terms = self._glossaries.get(pair.languages)
        if terms is None:
            return []
        demands = terms.demands(pair.source)
        claimed = {claim.entry.id for claim in terms.target.claims(pair.target)} if demands else set()
        found = []
        for demand in demands:
            words = here.covering(demand.match.text)
            if demand.match.entry.id in claimed and words is not None:
                found.append(_Chosen(words, demand.terms[0].text))
        return found


def _hint(one: _Chosen, listed: Sequence[_Chosen], language: str) -> str:
    return one.hint if one in listed else lemma(one.hint.split("\t"), language)
