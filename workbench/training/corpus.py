"""Parallel text: cleaned, without repetitions, with a count of what was left out and why."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import InputError
from workbench.training.pairs import Collection, Pair
from workbench.training.parallel import Languages, read_parallel

LONGEST = 600  # code points of a side; longer lines are tables or lists
RATIO = 2.2  # of lengths, for sides of 20 code points and more
LETTERS = 0.6  # share of letters and spaces: less is code or a table
ANY = "*"  # of a stage's sources: every collection that it does not name
_CODE = re.compile(r"(::|->|==|[{}<>\\|]|__|\(\)|\w\.\w+\(|[a-z][A-Z]\w*[a-z][A-Z]|[$%@#]\w)")
_DRESS = re.compile(r"[\W_]+")  # what two writings of one sentence may differ in
READ, KEPT = "read", "kept"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Clean pairs by collection; `counts`: lines read, kept, and dropped by reason. `lists`: rows of the lists
    that the pairs were drawn from, where a collection is no list of its own."""

    pairs: dict[Collection, list[Pair]]
    counts: dict[Collection, Counter[str]] = field(default_factory=dict)
    lists: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return sum(map(len, self.pairs.values()))

    @property
    def dropped(self) -> Counter[str]:
        """Over all collections, by reason."""
        total: Counter[str] = Counter()
        for counts in self.counts.values():
            total.update({why: count for why, count in counts.items() if why not in (READ, KEPT)})
        return total

    @property
    def fingerprint(self) -> str:
        """Of every line in its order."""
        digest = hashlib.blake2b(digest_size=8)
        for key, pairs in self.pairs.items():
            digest.update("\t".join(key).encode())
            for pair in pairs:
                digest.update(f"{pair.source}\t{pair.target}\n".encode())
        return digest.hexdigest()

    def as_table(self) -> str:
        """One collection a line: read, kept, and what each rule took away."""
        reasons = sorted(self.dropped, key=lambda why: -self.dropped[why])
        rows = [["", READ, KEPT, *reasons]]
        for key, counts in [*self.counts.items(), ("all", sum(self.counts.values(), Counter()))]:
            name = key if isinstance(key, str) else f"{key.source}-{key.target} {key.origin}"
            rows.append([name, *(f"{counts[column]:,}" for column in rows[0][1:])])
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        return "\n".join(
            "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
            for row in rows
        )


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


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


class _Seen:
    """Pairs met before, by 64-bit hashes: as they are, and without case, marks and spaces."""

    def __init__(self) -> None:
        self._exact: set[int] = set()
        self._near: set[int] = set()

    def __call__(self, pair: Pair) -> str | None:
        """Why the pair is a repetition, or None; it counts as met from now on."""
        exact = hash((pair.languages, pair.source, pair.target))
        near = hash((pair.languages, *(_DRESS.sub("", side.casefold()) for side in (pair.source, pair.target))))
        why = "repeated" if exact in self._exact else "near-repeated" if near in self._near else None
        self._exact.add(exact)
        self._near.add(near)
        return why


def read_corpus(paths: Iterable[Path], pairs: Sequence[Languages], wanted: frozenset[str]) -> Corpus:
    """Clean pairs of the `wanted` origins (`*`: all) in the languages asked for, out of all the files.

    InputError: a file that cannot be read, an origin or a language pair without a usable line.
    """
    paths = list(paths)
    found: dict[Collection, list[Pair]] = {}
    counts: dict[Collection, Counter[str]] = {}
    seen = _Seen()
    for path in paths:
        for raw in read_parallel(path, pairs):
            if raw.origin not in wanted and ANY not in wanted:
                continue
            pair = raw._replace(source=_tidy(raw.source), target=_tidy(raw.target))
            key = Collection(pair.origin, *pair.languages)
            count = counts.setdefault(key, Counter())
            count[READ] += 1
            why = fault(pair) or seen(pair)
            count[why or KEPT] += 1
            if why is None:
                found.setdefault(key, []).append(pair)
    where = ", ".join(map(str, paths))
    missing = wanted - {key.origin for key in found} - {ANY}
    if missing:
        raise InputError(f"{where}: no usable lines of {', '.join(sorted(missing))}")
    lacking = set(pairs) - {(key.source, key.target) for key in found}
    if lacking:
        raise InputError(f"{where}: no usable lines of {', '.join('-'.join(pair) for pair in sorted(lacking))}")
    return Corpus(found, counts)
