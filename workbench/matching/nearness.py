"""Near spellings of the terms that allow it (`Term.fuzzy`): what a text may mean, to be looked at by a person.

A spelling is near when it has the same consonants as a form of the term, or all but one, and the
Jaro-Winkler similarity of both is at least `NEAR`. Similarity alone would take Mirzoev for Mirzoyan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from workbench.glossary.model import Entry, Term
from workbench.matching import forms
from workbench.spans import Span
from workbench.text import Words, weak_key, words

NEAR = 0.92  # from 0 to 1, the same
LEAST = 4  # letters of a term that may have near spellings
_VOWELS = frozenset("aeiouyjаеиоуыэюяйіїєաեէըիոօւյაეიოუ")


class Near(NamedTuple):
    """A place, the term that it may mean, how like it is to `form`, and other entries that it is as like to."""

    span: Span
    entry: Entry
    term: Term
    form: forms.Written
    likeness: float
    others: tuple[str, ...]


class Nearness:
    """Immutable; safe to share between threads. Its size grows with the number of terms that allow near spellings."""

    def __init__(self, terms: Iterable[tuple[Entry, Term]]):
        self._terms: dict[str, list[tuple[Entry, Term]]] = {}
        self._lengths: set[int] = set()
        for entry, term in terms:
            found = [word.weak for word in words(term.text)]
            if sum(map(len, found)) >= LEAST:
                self._lengths.add(len(found))
                for bones in _thinned("".join(found)):
                    self._terms.setdefault(bones, []).append((entry, term))

    def find(self, text: str, known: Iterable[Span]) -> Iterator[Near]:
        """In the order of the text, longer before shorter; nothing within or across the places that are known."""
        if not self._terms:
            return
        said, taken = Words(text), list(known)
        for start in range(len(said)):
            for length in sorted(self._lengths, reverse=True):
                end = start + length
                if end > len(said) or not all(said.joined(at) for at in range(start + 1, end)):
                    continue
                span = Span(said[start].span.start, said[end - 1].span.end)
                near = None if any(span.overlaps(one) for one in taken) else self._nearest(said, start, end, span)
                if near is not None:
                    taken.append(span)
                    yield near

    def _nearest(self, said: Words, start: int, end: int, span: Span) -> Near | None:
        spelled = " ".join(said[at].weak for at in range(start, end))
        candidates = {
            (entry.id, term): (entry, term)
            for bones in _thinned(spelled.replace(" ", ""))
            for entry, term in self._terms.get(bones, ())
            if not entry.kind.named or said[start].text[:1].isupper()
        }
        rated = []
        for entry, term in candidates.values():
            likeness, form = max(
                ((_likeness(spelled, form.text), form) for form in forms.forms(entry, term)), key=lambda pair: pair[0]
            )
            if likeness >= NEAR:
                rated.append((likeness, entry, term, form))
        if not rated:
            return None
        likeness, entry, term, form = max(rated, key=lambda row: row[0])
        others = {other.id for score, other, _, _ in rated if score == likeness} - {entry.id}
        return Near(span, entry, term, form, likeness, tuple(sorted(others)))


def _likeness(spelled: str, form: str) -> float:
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(spelled, " ".join(weak_key(word.text) for word in words(form)))


def _thinned(word: str) -> set[str]:
    """The consonants, each run once; and those with one left out."""
    bones = "".join(c for c, before in zip(word, " " + word, strict=False) if c != before and c not in _VOWELS) or word
    return {bones, *(bones[:at] + bones[at + 1 :] for at in range(len(bones) if len(bones) > 2 else 0))}
