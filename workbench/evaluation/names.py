"""How often a way of writing names gives an attested form first, or among its first n.

Systems that are compared: the names model by its letters alone, weighed with known names ("neural"), and
with the pairs of the training lists before it ("with lists": these hold some of the development names, in
other spellings); "if known": the weighed forms, on the names alone of which a wanted form is among the known
names at all; the rules (conventions and standards), Unidecode, and ICU where its extra is installed.
Each writes the same development names.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from workbench.transliteration import icu_door
from workbench.transliteration.candidates import LATIN_TARGETS, candidates, unidecoded
from workbench.transliteration.known import UNVOCALISED
from workbench.transliteration.neural import NameModel, written

DEPTHS = (1, 2, 3, 10)
RULES = ("official", "convention", "standard")
_ASKED = re.compile(r">>(\w+)<<<(\w+)>(.+)")
Write = Callable[[Sequence[str]], list[list[str]]]  # forms of each name, best first


class Exactness(NamedTuple):
    """Shares of names with an attested form among the first 1, 2, 3 and 10; `speed` in names a second."""

    names: int
    hits: tuple[float, ...]
    speed: float


def exactness(write: Write, golds: Mapping[str, Set[str]], most: int = 1000) -> Exactness:
    """`golds`: each name with all its attested forms, compared as they stand; at most `most`
    names, the same ones each time."""
    names = sampled(golds, most)
    if not names:
        raise ValueError("no names to measure on")
    began = time.perf_counter()
    made = write(names)
    seconds = time.perf_counter() - began
    return Exactness(len(names), shares(names, made, golds), len(names) / max(seconds, 1e-9))


def sampled(golds: Mapping[str, Set[str]], most: int) -> list[str]:
    """At most `most` names, the same ones each time."""
    names = sorted(golds)
    return random.Random(0).sample(names, most) if len(names) > most else names


def shares(names: Sequence[str], made: Sequence[Sequence[str]], golds: Mapping[str, Set[str]]) -> tuple[float, ...]:
    """Of names, how many have an attested form among their first forms, at each of DEPTHS."""
    return tuple(
        sum(not golds[name].isdisjoint(forms[:depth]) for name, forms in zip(names, made, strict=True)) / len(names)
        for depth in DEPTHS
    )


class Row(NamedTuple):
    """One system on the names of one list in one direction."""

    list: str
    direction: str
    system: str
    exactness: Exactness


def compared(folder: Path, model: NameModel, most: int = 1000, pairs: Collection[str] = ()) -> Iterator[Row]:
    """Every list and direction of the development halves in `folder`, or those of `pairs` ('ar-en'), each by every
    system that writes it."""
    from workbench.training.names import TOKENS, held_out

    for group in TOKENS:
        for direction, golds in held_out(folder, group).items():
            if pairs and direction not in pairs:
                continue
            source, target = direction.split("-")
            for name, write in systems(model, source, target).items():
                made: dict[str, list[str]] = {}
                found = exactness(_noted(write, made), golds, most)
                yield Row(group, direction, name, found)
                if name == "neural" and source in UNVOCALISED and model.known:
                    listed = model.known.of(target)
                    some = {name: golds[name] for name in made if any(form in listed for form in golds[name])}
                    if some:
                        hits = exactness(_recalled(made), some, most)
                        yield Row(group, direction, "if known", hits._replace(speed=found.speed))


def _noted(write: Write, made: dict[str, list[str]]) -> Write:
    """The same, and each name with its forms goes into `made`."""

    def noted(names: Sequence[str]) -> list[list[str]]:
        forms = write(names)
        made.update(zip(names, forms, strict=True))
        return forms

    return noted


def _recalled(made: Mapping[str, list[str]]) -> Write:
    return lambda names: [made[name] for name in names]


def systems(model: NameModel, source: str, target: str) -> dict[str, Write]:
    """Ways of writing a name that the model was asked for as `>>ru<<<en>anthony`."""

    def plain(made: Callable[[str], list[str]]) -> Write:
        return lambda names: [
            [written(form, target) for form in made(found[3])] if (found := _ASKED.fullmatch(name)) else []
            for name in names
        ]

    def by(asked: NameModel) -> Write:
        def neural(names: Sequence[str]) -> list[list[str]]:
            bare = [found[3] if (found := _ASKED.fullmatch(name)) else "" for name in names]
            made = asked.forms(bare, source, target, DEPTHS[-1])
            return [[written(form.text, target) for form in forms] for forms in made]

        return neural

    def ruled(name: str) -> list[str]:
        return [c.form for c in candidates(name, source, target, n=DEPTHS[-1]) if c.how in RULES]

    found: dict[str, Write] = {"letters": by(NameModel(model.engine))}
    if model.known and model.known.of(target):
        found["neural"] = by(NameModel(model.engine, model.known))
    if model.seen and model.seen.of(source, target):
        found["with lists"] = by(model)
    found["rules"] = plain(ruled)
    if target in LATIN_TARGETS:
        found["unidecode"] = plain(lambda name: [unidecoded(name)])
        if icu_door.latin("я"):
            found["icu"] = plain(lambda name: [icu_door.latin(name)])
    return found
