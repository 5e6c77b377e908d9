"""Batches of encoded pairs in an order that a seed fixes, so that a run resumes where it stopped."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch

from workbench.training.annotate import Line
from workbench.training.augment import Augmenter
from workbench.training.corpus import ANY, Corpus
from workbench.training.pairs import Collection, Pair
from workbench.training.recipe import Recipe, Stage

ENDS = frozenset(".!?…։")
LONG = 160  # letters of a source that is not made longer by joining
POOL = 100  # batches sorted by length together: little padding, yet mixed lengths over time


class Batch(NamedTuple):
    """Padded ids. `source`, `mask`, `inputs`, `labels`: (pairs, pieces); labels are -100 at padding.
    `keys`: what the aligner reads in the place of `source`."""

    source: torch.Tensor
    mask: torch.Tensor
    inputs: torch.Tensor
    labels: torch.Tensor
    keys: torch.Tensor
    tokens: int  # target tokens without padding, </s> included


def shares(corpus: Corpus, stage: Stage, temperature: float) -> dict[Collection, float]:
    """How often each line of a collection is seen per epoch: as the stage says, evened out between
    the language pairs. A pair with the share p of all lines gets p^(1/temperature), normalised."""
    given = {key: stage.sources.get(key.origin, stage.sources.get(ANY, 0.0)) for key in corpus.pairs}
    if temperature == 1:
        return {key: share for key, share in given.items() if share}
    lines: dict[tuple[str, str], float] = {}
    for key, share in given.items():
        lines[key.source, key.target] = lines.get((key.source, key.target), 0.0) + share * len(corpus.pairs[key])
    total = sum(lines.values())
    even = {pair: (count / total) ** (1 / temperature) for pair, count in lines.items() if count}
    factor = {pair: total * even[pair] / sum(even.values()) / lines[pair] for pair in even}
    return {key: share * factor.get((key.source, key.target), 1.0) for key, share in given.items() if share}


def _lines(corpus: Corpus, stage: Stage, recipe: Recipe, rng: random.Random) -> list[tuple[Collection, int]]:
    """(collection, index) of one epoch, each collection as often as the stage says."""
    lines: list[tuple[Collection, int]] = []
    for key, share in shares(corpus, stage, recipe.temperature).items():
        indices = list(range(len(corpus.pairs[key])))
        lines += [(key, i) for _ in range(int(share)) for i in indices]
        lines += [(key, i) for i in rng.sample(indices, round((share - int(share)) * len(indices)))]
    rng.shuffle(lines)
    return lines


def _joined(group: Sequence[Pair], index: int, share: float, rng: random.Random) -> Pair:
    """The pair, with others of its collection behind it as long as it is short and `share` has it; sentences only."""
    pair = group[index]
    while share and len(pair.source) < LONG and _sentence(pair) and rng.random() < share:
        other = rng.choice(group)
        if not _sentence(other):
            break
        pair = pair._replace(source=f"{pair.source} {other.source}", target=f"{pair.target} {other.target}")
    return pair


def _sentence(pair: Pair) -> bool:
    return pair.source[-1:] in ENDS and pair.target[-1:] in ENDS


def _padded(rows: list[list[int]], fill: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


def batches(
    corpus: Corpus, stage: Stage, recipe: Recipe, augmenter: Augmenter, end: int, pad: int, epoch: int
) -> Iterator[Batch]:
    """One epoch; the same recipe, stage and epoch give the same batches in the same order."""
    rng = random.Random(f"{recipe.seed}/{stage.name}/{epoch}")
    pool: list[Line] = []
    size = 0
    for key, index in _lines(corpus, stage, recipe, rng):
        line = augmenter(_joined(corpus.pairs[key], index, recipe.augment.join, rng), rng)
        if not 0 < max(len(line.source), len(line.target)) < recipe.max_pieces:
            continue
        pool.append(Line([*line.source, end], [*line.target, end], [*line.keys, end]))
        size += len(line.target) + 1
        if size >= POOL * recipe.batch_tokens:
            yield from _cut(pool, recipe.batch_tokens, pad, rng)
            pool, size = [], 0
    if pool:
        yield from _cut(pool, recipe.batch_tokens, pad, rng)


def _cut(pool: list[Line], limit: int, pad: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of at most `limit` padded target tokens, in random order."""
    pool.sort(key=lambda line: (len(line.target), len(line.source)))
    groups: list[list[Line]] = [[]]
    for line in pool:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(line.target), len(line.source)) > limit:
            groups.append([])
        groups[-1].append(line)
    rng.shuffle(groups)
    for group in groups:
        source = _padded([line.source for line in group], pad)
        yield Batch(
            source=source,
            mask=(source != pad).long(),
            inputs=_padded([[pad, *line.target[:-1]] for line in group], pad),
            labels=_padded([line.target for line in group], -100),
            keys=_padded([line.keys for line in group], pad),
            tokens=sum(len(line.target) for line in group),
        )
