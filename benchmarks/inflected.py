"""Case forms of personal names in Russian and Ukrainian: ours beside pytrovich, pymorphy3 and shevchenko.

    python -m benchmarks.inflected [--failures]

The forms of inflected.tsv follow the rules of reference grammars (Zaliznyak's dictionary; Правопис 2019) and
were written for this comparison: surnames and given names of the region among them, a man's and a woman's.
Several right forms are apart by |; ё and е are one. pytrovich and shevchenko need `pip install pytrovich
shevchenko`; one that is not installed is left out. A method that has no form for a name leaves it as it is.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from workbench.morphology.inflection import name_forms

CASES = ("gen", "dat", "acc", "ins", "prep")


class Row(NamedTuple):
    """`part`: surname or given. `forms`: for each of CASES the right ones."""

    language: str
    part: str
    gender: str
    base: str
    forms: tuple[frozenset[str], ...]


Inflect = Callable[[Row, str], str]


def read() -> list[Row]:
    with Path(__file__).with_name("inflected.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Row(r["language"], r["part"], r["gender"], r["base"],
                tuple(frozenset(map(folded, r[case].split("|"))) for case in CASES))
            for r in csv.DictReader(file, delimiter="\t")
        ]  # fmt: skip


def folded(form: str) -> str:
    return form.replace("ё", "е")


def ours(row: Row, case: str) -> str:
    return dict(name_forms(row.base, row.language, row.gender)).get(case, row.base)


def methods() -> Iterable[tuple[str, str, Inflect]]:
    """Language, name of the method, the method."""
    yield "ru", "ours", ours
    yield "uk", "ours", ours
    yield "ru", "pymorphy3", pymorphy()
    try:
        yield "ru", "pytrovich", pytrovich()
    except ImportError:
        print("pytrovich left out: pip install pytrovich", file=sys.stderr)
    try:
        yield "uk", "shevchenko", shevchenko()
    except ImportError:
        print("shevchenko left out: pip install shevchenko", file=sys.stderr)


def pymorphy() -> Inflect:
    import pymorphy3

    analyzer = pymorphy3.MorphAnalyzer(lang="ru")
    labels = dict(zip(CASES, ("gent", "datv", "accs", "ablt", "loct"), strict=True))

    def inflect(row: Row, case: str) -> str:
        sex, kind = {"m": "masc", "f": "femn"}[row.gender], {"surname": "Surn", "given": "Name"}[row.part]
        parses = analyzer.parse(row.base)
        parse = max(parses, key=lambda p: (kind in p.tag, sex in p.tag, "nomn" in p.tag, "sing" in p.tag))
        made = parse.inflect({labels[case], "sing"})
        return made.word.title() if made else row.base

    return inflect


def pytrovich() -> Inflect:
    from pytrovich.enums import Case, Gender, NamePart
    from pytrovich.maker import PetrovichDeclinationMaker

    maker = PetrovichDeclinationMaker()
    order = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)
    labels = dict(zip(CASES, order, strict=True))

    def inflect(row: Row, case: str) -> str:
        part = NamePart.LASTNAME if row.part == "surname" else NamePart.FIRSTNAME
        return maker.make(part, Gender.MALE if row.gender == "m" else Gender.FEMALE, labels[case], row.base)

    return inflect


def shevchenko() -> Inflect:
    import shevchenko as door

    labels = dict(zip(CASES, ("genitive", "dative", "accusative", "ablative", "locative"), strict=True))

    def inflect(row: Row, case: str) -> str:
        part = "familyName" if row.part == "surname" else "givenName"
        gender = door.GrammaticalGender("masculine" if row.gender == "m" else "feminine")
        return getattr(door, f"in_{labels[case]}")({"gender": gender, part: row.base})[part]

    return inflect


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="print each wrong form")
    asked = parser.parse_args()
    rows = read()
    for language, name, inflect in methods():
        said = [(row, case, inflect(row, case), right)
                for row in rows if row.language == language
                for case, right in zip(CASES, row.forms, strict=True)]  # fmt: skip
        wrong = [one for one in said if folded(one[2]) not in one[3]]
        whole = len({row for row, _, _, _ in said}) - len({row for row, _, _, _ in wrong})
        count = len({row for row, _, _, _ in said})
        print(f"{language} {name:<11} forms {len(said) - len(wrong)} of {len(said)}, whole names {whole} of {count}")
        for row, case, made, right in wrong if asked.failures else ():
            print(f"    {row.base} ({row.part}, {row.gender}) {case}: {made}, right {' or '.join(sorted(right))}")


if __name__ == "__main__":
    main()
