"""Which source piece does a target piece come from: IBM Model 1 with a diagonal prior, on pieces.

The table is small enough to be dense (vocabulary squared), so soft alignments of a batch are
a look-up and need no aligned corpus on disk. Model: Brown et al. 1993; the prior towards the
diagonal: Dyer et al. 2013 (fast_align), with a fixed tension.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy
import torch

TENSION = 4.0
ITERATIONS = 5
CHUNK = 400  # pairs of similar length handled together
SURE = 0.25  # lexical mass of a target piece below which its alignment teaches nothing
LONGEST = 60  # pieces of a side that the estimate uses

Ids = Sequence[int]


@lru_cache(maxsize=4096)
def diagonal(rows: int, columns: int) -> numpy.ndarray:
    """(target, source) weights, 1 on the diagonal."""
    j = (numpy.arange(rows) + 0.5)[:, None] / rows
    i = (numpy.arange(columns) + 0.5)[None, :] / columns
    return numpy.exp(-TENSION * numpy.abs(i - j)).astype(numpy.float32)


def _chunks(pairs: Sequence[tuple[Ids, Ids]]) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
    """Pairs of equal lengths stacked: (n, source), (n, target)."""
    by_shape: dict[tuple[int, int], list[tuple[Ids, Ids]]] = {}
    for source, target in pairs:
        if 0 < len(source) <= LONGEST and 0 < len(target) <= LONGEST:
            by_shape.setdefault((len(source), len(target)), []).append((source, target))
    stacks = []
    for group in by_shape.values():
        for first in range(0, len(group), CHUNK):
            part = group[first : first + CHUNK]
            stacks.append((numpy.array([s for s, _ in part]), numpy.array([t for _, t in part])))
    return stacks


def _estimate(stacks: list[tuple[numpy.ndarray, numpy.ndarray]], size: int, forward: bool) -> numpy.ndarray:
    """t(target piece | source piece), or the reverse table transposed, as float32 (source, target)."""
    table = numpy.full((size, size), 1.0 / size, dtype=numpy.float32)
    for _ in range(ITERATIONS):
        counts = numpy.zeros(size * size, dtype=numpy.float32)
        for source, target in stacks:
            given, made = (source, target) if forward else (target, source)
            cells = given[:, None, :] * size + made[:, :, None]  # (n, made, given)
            chance = table.reshape(-1)[cells] * diagonal(made.shape[1], given.shape[1])
            chance /= chance.sum(-1, keepdims=True) + 1e-30
            where, index = numpy.unique(cells, return_inverse=True)
            counts[where] += numpy.bincount(index.reshape(-1), chance.reshape(-1)).astype(numpy.float32)
        table = counts.reshape(size, size)
        table /= table.sum(1, keepdims=True) + 1e-30
    return table if forward else table.T


class Aligner:
    """Soft alignments for batches, learnt once from encoded pairs (without </s>)."""

    def __init__(self, pairs: Sequence[tuple[Ids, Ids]], size: int):
        stacks = _chunks(pairs)
        both = _estimate(stacks, size, True) * _estimate(stacks, size, False)
        self.table = torch.from_numpy(numpy.sqrt(both)).half()

    def to(self, device: torch.device) -> None:
        """Move the table there once, rather than at every batch."""
        self.table = self.table.to(device)

    def __call__(self, source: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """For ids (n, source) and labels (n, target, padding < 0): the chances over source
        positions, float32 (n, target, source), and which target positions are sure, (n, target)."""
        lexical = self.table.to(source.device)[source[:, None, :], target.clamp(min=0)[:, :, None]].float()
        sure = (lexical.amax(-1) > SURE) & (target >= 0)
        mass = lexical * torch.from_numpy(diagonal(target.shape[1], source.shape[1])).to(source.device)
        return mass / (mass.sum(-1, keepdim=True) + 1e-9), sure
