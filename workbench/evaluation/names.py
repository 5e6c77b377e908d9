"""How often a way of writing names gives an attested form first, or among its first n."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple

DEPTHS = (1, 2, 3, 10)
Write = Callable[[Sequence[str]], list[list[str]]]  # forms of each name, best first


class Exactness(NamedTuple):
    """Shares of names with an attested form among the first 1, 2, 3 and 10; `speed` in names a second."""

    names: int
    hits: tuple[float, ...]
    speed: float


def exactness(write: Write, golds: Mapping[str, Set[str]], most: int = 1000) -> Exactness:
    """`golds`: each name with all its attested forms, compared as they stand; at most `most`
    names, the same ones each time."""
    names = sorted(golds)
    if len(names) > most:
        names = random.Random(0).sample(names, most)
    if not names:
        raise ValueError("no names to measure on")
    began = time.perf_counter()
    made = write(names)
    seconds = time.perf_counter() - began
    hits = tuple(
        sum(not golds[name].isdisjoint(forms[:depth]) for name, forms in zip(names, made, strict=True)) / len(names)
        for depth in DEPTHS
    )
    return Exactness(len(names), hits, len(names) / max(seconds, 1e-9))
