"""Names exchanged for other names on both sides of a pair, so that a model learns to carry over any name."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import regex

from workbench.errors import InputError
from workbench.languages import NAMES
from workbench.morphology import inflection
from workbench.spans import Span, replace
from workbench.training.pairs import Pair
from workbench.training.streams import format_of, open_text, stem_of

LATIN = frozenset("az ca cs da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl sv tr uz vi".split())
HELD_OUT = frozenset({"dev", "test"})  # rows of a table that are for measuring
ENDINGS = {"hy": ("ում", "ից", "ով", "ին", "ի")}  # that follow any consonant alike
SHORTEST = 3  # letters of a name
MOST = 2  # names exchanged in one line
TRIES = 4  # names drawn until one has the case that is needed
_NAME = regex.compile(r"(?<![\p{L}\p{N}\-'’.])\p{Lu}\p{Ll}+(?![\p{L}\p{N}\-'’])")


class Name(NamedTuple):
    """One name in the languages of a pair, in its base form."""

    source: str
    target: str


class Names:
    """Names for one pair of languages. `known`: target forms by source form, in lower case."""

    def __init__(self, names: Iterable[Name], source: str, target: str):
        self.source, self.target = source, target
        self.listed = sorted(set(names))
        self.known: dict[str, set[str]] = {}
        for name in self.listed:
            self.known.setdefault(name.source.lower(), set()).add(name.target.lower())
        self._same = source in LATIN and target in LATIN

    def __len__(self) -> int:
        return len(self.listed)

    def exchanged(self, pair: Pair, rng: random.Random) -> Pair:
        """The pair with up to MOST of its names exchanged; itself where it has none that can be."""
        there: dict[str, list[Span]] = {}
        for match in _NAME.finditer(pair.target):
            there.setdefault(match.group().lower(), []).append(Span(*match.span()))
        found: list[tuple[Span, Span, str]] = []  # source place, target place, label of the case
        for match in _NAME.finditer(pair.source):
            word = match.group().lower()
            begins = match.start() < 2 and word not in self.known
            if len(word) < SHORTEST or begins or len(regex.findall(rf"\b{word}\b", pair.source.lower())) != 1:
                continue
            place = self._counterpart(word, there)
            if place is not None:
                found.append((Span(*match.span()), *place))
        if not found or not self.listed:
            return pair
        edits: tuple[list[tuple[Span, str]], list[tuple[Span, str]]] = ([], [])
        for here, other, label in rng.sample(found, min(len(found), MOST)):
            drawn = self._drawn(label, rng)
            if drawn is not None:
                edits[0].append((here, drawn.source))
                edits[1].append((other, drawn.target))
        return pair._replace(source=replace(pair.source, edits[0]), target=replace(pair.target, edits[1]))

    def _counterpart(self, word: str, there: dict[str, list[Span]]) -> tuple[Span, str] | None:
        """Where the name stands in the target, and in which case; None when not once."""
        wanted = [(word, "")] if self._same else []
        for base in self.known.get(word, ()):
            wanted += [(base, ""), *((form, label) for label, form in self._forms(base))]
        places = {form: label for form, label in reversed(wanted) if form in there}
        if len(places) != 1:
            return None
        ((form, label),) = places.items()
        return (there[form][0], label) if len(there[form]) == 1 else None

    def _forms(self, base: str) -> Sequence[tuple[str, str]]:
        endings = ENDINGS.get(self.target, ())
        return [(end, base + end) for end in endings] or inflection.name_forms(base, self.target)

    def _drawn(self, label: str, rng: random.Random) -> Name | None:
        for _ in range(TRIES):
            name = rng.choice(self.listed)
            if not label:
                return name
            for other, form in self._forms(name.target.lower()):
                if other == label:
                    return Name(name.source, form.capitalize())
        return None


def read_names(paths: Sequence[Path], source: str, target: str) -> Names:
    """Names of one word from tables: TSV with language codes as columns, or `latin` and `other` (the
    language of `other` is the file's name), or JSONL with `names` {language: [form, …]}.

    A column `latin` serves every language of Latin script. InputError: no names for the pair.
    """
    found: list[Name] = []
    for path in paths:
        rows = _json_rows(path) if format_of(path) in ("jsonl", "json") else _table_rows(path)
        for row in rows:
            here, there = _form(row, source), _form(row, target)
            if here and there and _fits(here, source) and _fits(there, target):
                found.append(Name(here.capitalize(), there.capitalize()))
    if paths and not found:
        raise InputError(f"{', '.join(map(str, paths))}: no names in {source} and {target}")
    return Names(found, source, target)


def _form(row: dict[str, str], language: str) -> str:
    return row.get(language) or (row.get("latin", "") if language in LATIN else "")


def _fits(name: str, language: str) -> bool:
    return len(name) >= SHORTEST and name.isalpha() and (language not in LATIN or name.lower() != name.upper())


def _table_rows(path: Path) -> Iterator[dict[str, str]]:
    lines = open_text(path)
    header = next(lines, "").split("\t")
    named = [stem_of(path) if column == "other" else column for column in header]
    if not any(column in NAMES or column == "latin" for column in named):
        raise InputError(f"{path}: no column of a language (there are: {', '.join(header)})")
    for line in lines:
        row = dict(zip(named, line.split("\t"), strict=False))
        if row.get("split") not in HELD_OUT:
            yield row


def _json_rows(path: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(open_text(path), 1):
        try:
            names = json.loads(line)["names"]
        except (json.JSONDecodeError, KeyError, TypeError) as wrong:
            raise InputError(f"{path}:{number}: expected an object with 'names' ({wrong})") from None
        yield {language: forms[0] for language, forms in names.items() if forms}
