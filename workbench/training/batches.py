"""Batches of encoded pairs in an order that a seed fixes, so that a run resumes where it stopped."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

import sentencepiece
import torch

from workbench.training.corpus import Corpus, requoted
from workbench.training.recipe import Recipe, Stage

POOL = 100  # batches sorted by length together: little padding, yet mixed lengths over time


class Batch(NamedTuple):
    """Padded ids. `source`, `mask`, `inputs`, `labels`: (pairs, pieces); labels are -100 at padding."""

    source: torch.Tensor
    mask: torch.Tensor
    inputs: torch.Tensor
    labels: torch.Tensor
    tokens: int  # target tokens without padding, </s> included


def _lines(corpus: Corpus, stage: Stage, rng: random.Random) -> list[tuple[str, int]]:
    """(origin, index) of one epoch, each origin as often as the stage says."""
    lines: list[tuple[str, int]] = []
    for origin, share in stage.sources.items():
        indices = list(range(len(corpus.pairs[origin])))
        lines += [(origin, i) for _ in range(int(share)) for i in indices]
        lines += [(origin, i) for i in rng.sample(indices, round((share - int(share)) * len(indices)))]
    rng.shuffle(lines)
    return lines


def _padded(rows: list[list[int]], fill: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


def batches(
    corpus: Corpus,
    stage: Stage,
    recipe: Recipe,
    pieces: sentencepiece.SentencePieceProcessor,
    pad: int,
    epoch: int,
) -> Iterator[Batch]:
    """One epoch; the same recipe, stage and epoch give the same batches in the same order."""
    rng = random.Random(f"{recipe.seed}/{stage.name}/{epoch}")
    end = pieces.eos_id()
    pool: list[tuple[list[int], list[int]]] = []
    size = 0
    for origin, index in _lines(corpus, stage, rng):
        pair = corpus.pairs[origin][index]
        if rng.random() < recipe.quote_noise:
            pair = requoted(pair, rng)
        source, target = pieces.encode(pair.source), pieces.encode(pair.target)
        if not 0 < max(len(source), len(target)) < recipe.max_pieces:
            continue
        pool.append(([*source, end], [*target, end]))
        size += len(target) + 1
        if size >= POOL * recipe.batch_tokens:
            yield from _cut(pool, recipe.batch_tokens, pad, rng)
            pool, size = [], 0
    if pool:
        yield from _cut(pool, recipe.batch_tokens, pad, rng)


def _cut(pool: list[tuple[list[int], list[int]]], limit: int, pad: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of at most `limit` padded target tokens, in random order."""
    pool.sort(key=lambda pair: (len(pair[1]), len(pair[0])))
    groups: list[list[tuple[list[int], list[int]]]] = [[]]
    for pair in pool:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(pair[1]), len(pair[0])) > limit:
            groups.append([])
        groups[-1].append(pair)
    rng.shuffle(groups)
    for group in groups:
        source = _padded([s for s, _ in group], pad)
        yield Batch(
            source=source,
            mask=(source != pad).long(),
            inputs=_padded([[pad, *t[:-1]] for _, t in group], pad),
            labels=_padded([t for _, t in group], -100),
            tokens=sum(len(t) for _, t in group),
        )
