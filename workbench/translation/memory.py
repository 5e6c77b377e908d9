"""Translations made before: exact matches and near ones, looked up before the model is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from workbench.documents.formats import tmx
from workbench.spans import replace
from workbench.translation import untouchable

NEAR = 0.75  # likeness from which a near match is offered, where nobody says otherwise
LARGEST = 400_000_000  # bytes of one memory


class Hit(NamedTuple):
    """A translation out of the memory. `likeness` in 0..1; `found`: the source that it was made for."""

    target: str
    likeness: float
    found: str

    @property
    def exact(self) -> bool:
        return self.likeness == 1.0

    @property
    def origin(self) -> str:
        """As `Target.origin` says it. A near match is 99 at most."""
        return "memory 100" if self.exact else f"memory {min(99, int(self.likeness * 100))}"


class Memory:
    """Sources with their last known translation, of one direction. Immutable once built."""

    def __init__(self, pairs: Iterable[tuple[str, str]], threshold: float = NEAR):
        """`threshold`: likeness in 0..1; 1 for exact matches alone."""
        self.threshold = threshold
        self._exact = {_plain(one): (one, other) for one, other in pairs if one.strip() and other.strip()}
        self._sources = sorted(self._exact, key=len)

    def __len__(self) -> int:
        return len(self._exact)

    def find(self, source: str) -> Hit | None:
        """Exact up to white space and Unicode form; else the nearest above the threshold.

        Likeness is one less the share of insertions and deletions (normalised indel). Numbers in
        which alone a near match differs are exchanged. One that lacks what must stand verbatim is none.
        """
        wanted = _plain(source)
        if wanted in self._exact:
            found, target = self._exact[wanted]
            return Hit(target, 1.0, found)
        near = self._near(wanted)
        if near is None:
            return None
        likeness, found, target = near
        target = _renumbered(source, found, target)
        return None if untouchable.lost(source, target) else Hit(target, likeness, found)

    def _near(self, wanted: str) -> tuple[float, str, str] | None:
        if self.threshold >= 1.0 or not self._sources:
            return None
        from bisect import bisect_left, bisect_right

        from rapidfuzz import fuzz, process

        # Of texts whose lengths differ by more no likeness above the threshold is possible.
        share = self.threshold / (2 - self.threshold)
        low = bisect_left(self._sources, int(len(wanted) * share), key=len)
        high = bisect_right(self._sources, int(len(wanted) / share) + 1, key=len)
        best = process.extractOne(wanted, self._sources[low:high], scorer=fuzz.ratio, score_cutoff=self.threshold * 100)
        if best is None:
            return None
        return (best[1] / 100, *self._exact[best[0]])


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _renumbered(source: str, found: str, target: str) -> str:
    """The target with the numbers of the source in the places of those that `found` has, where the two
    sources are alike but for them."""
    new, old = untouchable.numbers(source), untouchable.numbers(found)
    if len(new) != len(old) or replace(source, [(s, "0") for s in new]) != replace(found, [(s, "0") for s in old]):
        return target
    places = untouchable.numbers(target)
    edits = []
    for here, there in zip(new, old, strict=True):
        at = next((p for p in places if p.of(target) == there.of(found)), None)
        if at is None:
            return target
        places.remove(at)
        edits.append((at, here.of(source)))
    return replace(target, edits)


def load(paths: Sequence[str | Path], source: str, target: str, threshold: float = NEAR) -> Memory:
    """From TMX files; of two translations of one source the later one stands."""
    pairs = (pair for path in paths for pair in tmx.pairs(Path(path), source, target))
    return Memory(pairs, threshold)
