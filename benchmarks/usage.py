"""Names as other languages are attested to write them, and how often our candidates say the same.

    python -m benchmarks.usage [--part develop|score] [--listed] [--write docs/names/attested.tsv] [--failures]

Reads places of $WORKBENCH_DATA/names (Who's On First and EveryPolitician, labels of mixed quality).
The split is by a hash of the id, made before anything was looked at: rules were written and mended
on the part `develop` alone. A cell counts when our comparison finds the attested form to be the
same name: translations and other names are left out and counted. Apostrophes and the geresh count as
one sign.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import lzma
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from workbench.names.comparison import same_name
from workbench.names.usage import usual
from workbench.transliteration.candidates import candidates

HOMES = {"Armenia": "hy", "Azerbaijan": "az", "Georgia": "ka", "Ukraine": "uk", "Turkey": "tr", "AM": "hy",
         "AZ": "az", "GE": "ka", "UA": "uk", "TR": "tr"}  # fmt: skip
TARGETS = "en fr es de it pt nl pl tr az ru uk ka el ar fa he hy".split()
DEPTHS = {"first": 1, "first three": 3, "first five": 5}
LEAST = 8  # target languages that a place must be attested in; persons may have fewer
LISTED = 100  # names of one language in the published list
HEADER = """# Names as they are attested in other languages: labels of Who's On First (whosonfirst.org, CC0, CC BY) and
# EveryPolitician (labels of Wikidata, CC0), as found, none added. Several forms of a cell are apart by |.
# `part`: by a hash of the id; rules were written on `develop`. Made by benchmarks/usage.py.
"""


class Name(NamedTuple):
    """`forms`: by language, as attested."""

    id: str
    source: str
    home: str
    text: str
    part: str
    forms: dict[str, list[str]]


def part(id: str) -> str:
    return ("develop", "score")[int(hashlib.sha256(id.encode()).hexdigest(), 16) % 2]


def read(folder: Path) -> Iterator[Name]:
    """Names with their home language, each id and each spelling once."""
    seen: set[str] = set()
    for file in ("entities", "places"):
        with lzma.open(folder / f"{file}.jsonl.xz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                home = next((HOMES[c] for c in row["country"] if c in HOMES), None)
                names = row["names"]
                if home not in names or row["id"] in seen:
                    continue
                text = ordered(names[home][0], home)
                forms = {t: [ordered(f, t) for f in names[t]] for t in TARGETS if t in names and t != home}
                if (len(forms) >= LEAST or row["type"] == ["PER"] or row["type"] == "PER") and text not in seen:
                    seen |= {row["id"], text}
                    yield Name(row["id"], ",".join(row["src"]), home, text, part(row["id"]), forms)


PATRONYMIC = re.compile("(?:[оеєий]вич|ич|[оеєї]вна|івна)$")


def ordered(name: str, language: str) -> str:
    """Given name first, without the patronymic, where Slavic labels have the family name first."""
    if language not in ("ru", "uk"):
        return name
    family, comma, rest = name.partition(", ")
    if comma:
        return f"{rest.split(' ')[0]} {family}"
    parts = name.split(" ")
    return f"{parts[1]} {parts[0]}" if len(parts) == 3 and PATRONYMIC.search(parts[2]) else name


def folded(form: str) -> str:
    """Signs that stand for one another: apostrophes, the geresh, signs of softness."""
    return form.translate(_SIGNS)


_SIGNS = dict.fromkeys(map(ord, "’ʼʹ׳‘ʻ`´"), "'")


def score(names: list[Name], failures: bool) -> None:
    counts: collections.Counter[tuple[str, str, str]] = collections.Counter()
    for name in names:
        for target, forms in name.forms.items():
            at = (name.home, target)
            if not any(same_name(name.text, form).same for form in forms):
                counts[(*at, "other")] += 1
                continue
            made = [folded(c.form) for c in candidates(name.text, name.home, target, n=5, usual=usual)]
            meant = {folded(form) for form in forms}
            counts[(*at, "all")] += 1
            for kind, most in DEPTHS.items():
                counts[(*at, kind)] += bool(set(made[:most]) & meant)
            if failures and not set(made) & meant:
                print(f"{name.home} → {target}: {name.text}: {', '.join(made)}; attested {', '.join(forms)}")
    for home in ("hy", "az", "ka", "uk", "tr"):
        cells = [
            f"{t} {'/'.join(rate(counts, home, t, kind) for kind in DEPTHS)} of {counts[home, t, 'all']}"
            for t in TARGETS
            if counts[home, t, "all"]
        ]
        print(f"{home}: {'; '.join(cells)}")
    for home in ("hy", "az", "ka", "uk", "tr", None):
        some = {k: sum(v for (h, _, kind), v in counts.items() if kind == k and home in (h, None))
                for k in ("all", "other", *DEPTHS)}  # fmt: skip
        rates = ", ".join(f"{kind} {some[kind] / some['all']:.1%}" for kind in DEPTHS)
        print(f"{home or 'all'}: {some['all']} cells, {rates}; {some['other']} other names or translations")

    def of(target: str, kind: str) -> int:
        return sum(v for (_, t, k), v in counts.items() if (t, k) == (target, kind))

    made = [
        (t, [100 * of(t, kind) / of(t, "all") for kind in ("first", "first five")]) for t in TARGETS if of(t, "all")
    ]
    made.sort(key=lambda row: -row[1][1])
    print("by target, first and one of five: " + ", ".join(f"{t} {first:.0f} {five:.0f}" for t, (first, five) in made))


def rate(counts: collections.Counter[tuple[str, str, str]], home: str, target: str, kind: str) -> str:
    return f"{100 * counts[home, target, kind] / counts[home, target, 'all']:.0f}"


def write(names: list[Name], path: Path) -> None:
    """The published list: of each home language the names attested in most target languages."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\t".join(["home", "name", "part", "source", "id", *TARGETS]) + "\n")
        for n in listed(names):
            cells = ["|".join(n.forms.get(target, ())) for target in TARGETS]
            file.write("\t".join([n.home, n.text, n.part, n.source, n.id, *cells]) + "\n")


def listed(names: list[Name]) -> list[Name]:
    """Those of the published list."""
    found = []
    for home in ("hy", "az", "ka", "uk", "tr"):
        ours = [n for n in names if n.home == home]
        found += sorted(ours, key=lambda n: (-len(n.forms), n.id))[:LISTED]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=["develop", "score"], default="develop")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the list, both parts")
    parser.add_argument("--listed", action="store_true", help="only names of the published list")
    parser.add_argument("--failures", action="store_true")
    asked = parser.parse_args()
    folder = Path(os.environ.get("WORKBENCH_DATA", "")) / "names"
    if not folder.is_dir():
        sys.exit("set WORKBENCH_DATA to the folder that holds names/")
    names = list(read(folder))
    if asked.write:
        write(names, asked.write)
    if asked.listed:
        names = listed(names)
    score([name for name in names if name.part == asked.part], asked.failures)


if __name__ == "__main__":
    main()
