"""Fit how known names weigh beside the names model: `Weights` of workbench/transliteration/known.py.

    python -m benchmarks.known_names models/names [--names 400]

Reads the folder $WORKBENCH_DATA/names. Development names that `workbench evaluate names` samples are left
out, and half of the others is kept to show what the fit is worth. Weights are those under which the
attested forms are most likely, "none of them" included.
"""

from __future__ import annotations

import argparse
import math
import os
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from workbench.transliteration.known import KnownNames, Weights, Written, weighed

WAYS = {
    "unvocalised to English": ("netranslit ar-en", "netranslit he-en", "deepchar fa-en"),
    "to English": ("netranslit ru-en", "deepchar hy-en", "deepchar el-en"),
    "from English": ("netranslit en-ru", "deepchar en-hy", "deepchar en-fa", "netranslit en-ar"),
}
SAMPLES = (500, 1000)  # of `workbench evaluate names`, which no weight may see
STARTS = {"unvocalised to English": Weights(0.5, 4.5, 0.3, 1.0, 0.3)}
STEPS = (1.0, 0.5, 0.25, 0.1)


class Asked(NamedTuple):
    """A name's forms as the model has them, the right ones, and the list of the target language."""

    forms: Sequence[Written]
    golds: frozenset[str]
    known: Mapping[str, int]


def likelihood(rows: Sequence[Asked], by: Weights) -> float:
    """Mean logarithm of the chance that is given to the attested forms, or to none where none was written."""
    total = 0.0
    for row in rows:
        chances = weighed(row.forms, row.known, by)
        right = sum(chance for text, chance in chances if text in row.golds)
        total += math.log(max(right or 1 - sum(chance for _, chance in chances), 1e-9))
    return total / len(rows)


def first(rows: Sequence[Asked], by: Weights) -> float:
    return sum(bool(found := weighed(r.forms, r.known, by)) and found[0][0] in r.golds for r in rows) / len(rows)


def fitted(rows: Sequence[Asked], by: Weights) -> Weights:
    """One weight moved at a time, in smaller and smaller steps, while the likelihood rises."""
    best = likelihood(rows, by)
    for step in STEPS:
        moved = True
        while moved:
            moved = False
            for name in by._fields[: None if by.there != 1.0 else -1]:
                for change in (step, -step):
                    other = by._replace(**{name: round(getattr(by, name) + change, 2)})
                    if (found := likelihood(rows, other)) > best + 1e-5:
                        by, best, moved = other, found, True
    return by


def asked(model: Path, folder: Path, way: str, count: int) -> list[Asked]:
    """Forms of `count` development names of one list and direction, as beam search finds them."""
    from workbench.engines import registry
    from workbench.engines.engine import Options
    from workbench.names.keys import word_keys
    from workbench.training.names import held_out
    from workbench.transliteration import neural

    known = KnownNames(model, word_keys)
    names_model = neural.NameModel(registry.load(registry.read(model, "folder")), known)
    group, direction = way.split()
    source, target = direction.split("-")
    golds = held_out(folder, group)[direction]
    names = sorted(golds)
    spent = {name for size in SAMPLES for name in random.Random(0).sample(names, min(size, len(names)))}
    names = random.Random(7).sample([name for name in names if name not in spent], count)
    bare = [name.rpartition(">")[2] for name in names]
    listed = known.of(target)
    options = Options(beam=neural.WIDE, nbest=neural.WIDE, attention=False, max_pieces=2 * neural.LONGEST)
    made = [neural.chances_of(found) for found in names_model.engine.decode(names, options)]
    forms = names_model.spellings(bare, made, listed, source, target, neural.WIDE)
    return [Asked(found, frozenset(golds[name]), listed) for name, found in zip(names, forms, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--names", type=int, default=400, help="of each list and direction")
    asked_for = parser.parse_args()
    folder = Path(os.environ["WORKBENCH_DATA"]) / "names"
    for group, ways in WAYS.items():
        rows = [row for way in ways for row in asked(asked_for.model, folder, way, asked_for.names)]
        by = fitted(rows[::2], STARTS.get(group, Weights(0.5, 3.0, 0.3, -2.0)))
        plain = Weights(0.0, 0.0, 0.0, by.none)
        print(f"{group}: {by}; first right, on the other half: {first(rows[1::2], plain):.3f} alone, "
              f"{first(rows[1::2], by):.3f} weighed")  # fmt: skip


if __name__ == "__main__":
    main()
