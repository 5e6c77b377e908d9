"""How well spellings of one name are told from near names, beside older methods.

    python -m benchmarks.names [--failures] [--speed]

Reads $WORKBENCH_DATA/translit/name_variant_pairs_from_rigour.tsv: pairs of words with the label that
one data set gives them; labels that were read and found wrong stand in variant_labels.tsv.
Jaro-Winkler needs `pip install rapidfuzz`, Daitch-Mokotoff `pip install abydos`; a method that is not
installed is left out. Both read Unidecode's ASCII. The threshold of Jaro-Winkler is the lowest with
P ≥ .95 on these very pairs; that of our comparison stands in the code.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from workbench.names.comparison import Kind, Verdict, compare_words, same_name
from workbench.names.keys import keys, word_keys
from workbench.names.sounds import sounds

LABELS = Path(__file__).with_name("variant_labels.tsv")
Same = Callable[[str, str], bool]


class Pair(NamedTuple):
    """`label`: as the data has it."""

    one: str
    other: str
    label: bool
    verdict: Verdict

    @property
    def gender(self) -> bool:
        """A man's and a woman's form, which the data calls one name or two without a rule."""
        return self.verdict.kind is Kind.GENDER

    def doubtful(self, labels: Mapping[frozenset[str], str]) -> bool:
        """Labelled as two names though a reader cannot tell them apart: see variant_labels.tsv."""
        return not self.label and frozenset((self.one, self.other)) in labels


def read(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Pair(r["a"], r["b"], r["is_variant"] == "1", same_name(r["a"], r["b"])) for r in rows]


def read_labels(path: Path = LABELS) -> dict[frozenset[str], str]:
    """Pairs whose label is not counted, with the reason."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {frozenset((row["one"], row["other"])): row["why"] for row in rows}


def methods(pairs: list[Pair]) -> dict[str, Same]:
    from unidecode import unidecode

    made: dict[str, Same] = {
        "our comparison": lambda a, b: same_name(a, b).same,
        "our keys alone (they propose)": lambda a, b: bool(keys(a) & keys(b)),
        "equal in ASCII": lambda a, b: unidecode(a).lower() == unidecode(b).lower(),
    }
    try:
        from rapidfuzz.distance import JaroWinkler

        likeness = [(JaroWinkler.similarity(unidecode(p.one), unidecode(p.other)), p.label) for p in pairs]
        limit = next(t / 100 for t in range(50, 101) if precision(likeness, t / 100) >= 0.95)
        made[f"Jaro-Winkler ≥ {limit}"] = lambda a, b: JaroWinkler.similarity(unidecode(a), unidecode(b)) >= limit
    except ImportError:
        print("Jaro-Winkler left out: pip install rapidfuzz", file=sys.stderr)
    try:
        from abydos.phonetic import DaitchMokotoff

        coder = DaitchMokotoff()
        made["Daitch-Mokotoff"] = lambda a, b: bool(coder.encode(unidecode(a)) & coder.encode(unidecode(b)))
    except ImportError:
        print("Daitch-Mokotoff left out: pip install abydos", file=sys.stderr)
    return made


def precision(likeness: list[tuple[float, bool]], limit: float) -> float:
    said = [label for value, label in likeness if value >= limit]
    return sum(said) / max(1, len(said))


def scored(same: Same, pairs: list[Pair]) -> str:
    said = [(same(p.one, p.other), p.label) for p in pairs]
    right = sum(a and b for a, b in said)
    return f"P {right / max(1, sum(a for a, _ in said)):.3f}  R {right / sum(b for _, b in said):.3f}"


def speed(pairs: list[Pair]) -> None:
    """Every word once, nothing from a cache; processor time of one core."""
    names = sorted({word for p in pairs for word in (p.one, p.other)})
    for label, work in (
        ("keys, names/s", lambda: [word_keys.__wrapped__(n) for n in names]),
        ("sounds, names/s", lambda: [sounds(n) for n in names]),
        ("comparison, pairs/s", lambda: [compare_words.__wrapped__(p.one, p.other) for p in pairs]),
    ):
        began = time.process_time()
        count = len(work())
        print(f"{count / (time.process_time() - began):>12,.0f}  {label}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="print each pair that our comparison gets wrong")
    parser.add_argument("--speed", action="store_true")
    asked = parser.parse_args()
    path = Path(os.environ.get("WORKBENCH_DATA", "")) / "translit" / "name_variant_pairs_from_rigour.tsv"
    if not path.is_file():
        sys.exit("set WORKBENCH_DATA to the folder that holds translit/")
    if asked.speed:
        from workbench.names.lexicon import lexicon

        lexicon()
        word_keys("Pashinyan")
    pairs = read(path)
    labels = read_labels()
    clean = [p for p in pairs if not p.gender and not p.doubtful(labels)]
    ungendered = [p for p in pairs if not p.gender]
    gender = [p.label for p in pairs if p.gender]
    print(f"{len(pairs)} pairs; {len(gender)} of a man's and a woman's form, {sum(gender)} labelled as one name; "
          f"{sum(p.doubtful(labels) for p in pairs)} labelled as two without a difference")  # fmt: skip
    print("columns: all pairs; without those of a man's and a woman's form; and without those of variant_labels.tsv")
    for name, same in methods(pairs).items():
        rows = "   ".join(scored(same, some) for some in (pairs, ungendered, clean))
        print(f"{name:<32} {rows}")
    if asked.failures:
        for p in pairs:
            if p.verdict.same != p.label and not p.gender:
                why = labels.get(frozenset((p.one, p.other)))
                print(f"{'missed' if p.label else 'merged'}: {p.one}, {p.other}: {p.verdict.reason}"
                      f"{f' — the label is doubtful: {why}' if why else ''}")  # fmt: skip
    if asked.speed:
        speed(pairs)


if __name__ == "__main__":
    main()
