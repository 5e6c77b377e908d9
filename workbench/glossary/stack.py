"""Several glossaries read as one when they are too large to be copied: of entries with one id one is seen."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from workbench.glossary import shelf
from workbench.glossary.model import Entry, Term, prevails


class Stack(shelf.Lazy):
    """The later part prevails, but a mere proposal hides nothing. Immutable; safe to share between threads."""

    def __init__(self, parts: Sequence[Sequence[Entry]]):
        self._parts = parts
        self._hashes = [_hashes(part) for part in parts]
        seen = _seen(parts, self._hashes)
        self._places = [memoryview(np.flatnonzero(one)) for one in seen]
        self._ranks = [np.cumsum(one) - 1 for one in seen]
        self._seen = seen
        self._starts = [0, *np.cumsum([len(places) for places in self._places]).tolist()]
        self.content, self.fingerprint = (
            hashlib.sha256(" ".join(map(name, parts)).encode()).hexdigest()[:16]
            for name in (shelf.content, shelf.fingerprint)
        )

    def __len__(self) -> int:
        return self._starts[-1]

    def made(self, at: int) -> Entry:
        number = bisect_right(self._starts, at) - 1
        return self._parts[number][self._places[number][at - self._starts[number]]]

    def __iter__(self) -> Iterator[Entry]:
        for part, seen in zip(self._parts, self._seen, strict=True):
            yield from (entry for entry, visible in zip(part, seen, strict=True) if visible)

    def find(self, id: str) -> Entry | None:
        found = None
        for part in self._parts:
            here = part.find(id) if isinstance(part, shelf.Lazy) else next((e for e in part if e.id == id), None)
            if here is not None and prevails(here, found):
                found = here
        return found

    def terms(self, language: str) -> Iterator[tuple[int, int, Entry, Term]]:
        for part, seen, ranks, start in zip(self._parts, self._seen, self._ranks, self._starts, strict=False):
            for place, number, entry, term in shelf.terms(part, language):
                if seen[place]:
                    yield start + int(ranks[place]), number, entry, term

    def hashes(self) -> np.ndarray:
        return np.concatenate([one[seen] for one, seen in zip(self._hashes, self._seen, strict=True)])


def _hashes(part: Sequence[Entry]) -> np.ndarray:
    if isinstance(part, shelf.Lazy):
        return part.hashes()
    return np.fromiter((shelf.hash_of(entry.id) for entry in part), np.uint64, len(part))


def _seen(parts: Sequence[Sequence[Entry]], hashes: list[np.ndarray]) -> list[np.ndarray]:
    """Which entries of each part are seen. Only those whose ids may stand twice are looked at."""
    every = np.concatenate(hashes)
    values, counts = np.unique(every, return_counts=True)
    twice = values[counts > 1]
    seen = [np.ones(len(one), bool) for one in hashes]
    winners: dict[str, tuple[int, int]] = {}
    for number, one in enumerate(hashes):
        for place in np.flatnonzero(np.isin(one, twice)).tolist():
            entry = parts[number][place]
            earlier = winners.get(entry.id)
            if prevails(entry, earlier and parts[earlier[0]][earlier[1]]):
                winners[entry.id] = (number, place)
                hidden = earlier
            else:
                hidden = (number, place)
            if hidden:
                seen[hidden[0]][hidden[1]] = False
    return seen
