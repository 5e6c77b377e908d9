"""Parallel text: read, cleaned, without repetitions, with a count of what was left out and why."""

from __future__ import annotations

import lzma
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from workbench.errors import InputError


class Pair(NamedTuple):
    """One aligned segment and the name of the collection it comes from."""

    origin: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Clean pairs by origin, and how many lines each rule took away."""

    pairs: dict[str, list[Pair]]
    dropped: Counter[str]

    def __len__(self) -> int:
        return sum(map(len, self.pairs.values()))


LONGEST = 600  # code points of a side; longer lines are tables or lists
RATIO = 2.2  # of lengths, for sides of 20 code points and more
LETTERS = 0.6  # share of letters and spaces: less is code or a table
_CODE = re.compile(r"(::|->|==|[{}<>\\|]|__|\(\)|\w\.\w+\(|[a-z][A-Z]\w*[a-z][A-Z]|[$%@#]\w)")
_QUOTED = re.compile(r"[\"“”«»]")


def open_text(path: Path) -> Iterator[str]:
    """Lines of a plain or .xz text file, without their ends."""
    if not path.exists():
        raise InputError(f"{path}: no such data file")
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\r\n")


def _digits(text: str) -> Counter[str]:
    """Digits as a bag: 1,000 and 1 000 agree, 1990 and nineties do not."""
    return Counter(c for c in text if c.isdigit())


def fault(pair: Pair) -> str | None:
    """Why a pair is not fit for training, or None."""
    a, b = pair.source, pair.target
    if not a or not b:
        return "empty side"
    if max(len(a), len(b)) > LONGEST:
        return "too long"
    if a == b:
        return "identical sides"
    if max(len(a), len(b)) >= 20 and max(len(a), len(b)) > RATIO * min(len(a), len(b)):
        return "length ratio"
    if _digits(a) != _digits(b):
        return "digits differ"
    if _CODE.search(a) or _CODE.search(b):
        return "code"
    if min(sum(c.isalpha() or c == " " for c in s) / len(s) for s in (a, b)) < LETTERS:
        return "few letters"
    return None


def read_corpus(path: Path, flip: bool, wanted: frozenset[str]) -> Corpus:
    """Pairs of the `wanted` origins from a TSV with columns tier, source, english, other.

    `flip` makes the column `other` the source. An origin `wmt` takes every `wmt-*`.
    Tier C (machine-translated or unmarked) is never taken.
    """
    lines = open_text(path)
    header = next(lines, "").split("\t")
    if header != ["tier", "source", "english", "other"]:
        raise InputError(f"{path}: expected the columns tier, source, english, other; found {header}")
    pairs: dict[str, list[Pair]] = {}
    dropped: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != 4:
            raise InputError(f"{path}:{number}: expected 4 cells, found {len(cells)}")
        tier, origin, english, other = cells
        origin = "wmt" if origin.startswith("wmt-") else origin
        if tier == "C" or origin not in wanted:
            continue
        english, other = (" ".join(unicodedata.normalize("NFC", side).split()) for side in (english, other))
        pair = Pair(origin, other, english) if flip else Pair(origin, english, other)
        key = (pair.source.casefold(), pair.target.casefold())
        why = "repeated" if key in seen else fault(pair)
        if why:
            dropped[f"{origin}: {why}"] += 1
            continue
        seen.add(key)
        pairs.setdefault(origin, []).append(pair)
    missing = wanted - pairs.keys()
    if missing:
        raise InputError(f"{path}: no usable lines of {', '.join(sorted(missing))}")
    return Corpus(pairs, dropped)


STYLES = (("«", "»"), ("“", "”"))


def requoted(pair: Pair, rng: random.Random) -> Pair:
    """The pair with its double quotes in another style on both sides, if both sides pair up."""
    sides = []
    opening, closing = rng.choice(STYLES)
    for side in (pair.source, pair.target):
        marks = _QUOTED.findall(side)
        if not marks or len(marks) % 2:
            return pair
        styled = iter((opening, closing) * (len(marks) // 2))
        sides.append(_QUOTED.sub(lambda _, styled=styled: next(styled), side))
    return pair._replace(source=sides[0], target=sides[1])
