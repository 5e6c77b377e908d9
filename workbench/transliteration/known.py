"""Names that are known to exist in a language, and how a model's forms of a name are weighed with them.

A model of letters writes what a name may look like; which of the possible spellings is a name at
all (Stevenson, not Stifnsun) is a fact of the language, and stands in a list. Forms are weighed by
a log-linear model: the model's probability of the form, its probability of the name given the
form, and whether and how often the form is known.
"""

from __future__ import annotations

import lzma
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PREFIX, SUFFIX = "known.", ".tsv.xz"
SEEN = "seen."  # lists of names in Latin letters and another language
UNVOCALISED = frozenset({"ar", "fa", "he"})  # languages that leave vowels unwritten
ALIKE = 150  # known names with the consonants of a name that are looked at, the most frequent ones
BELIEF = 3.0  # what the model's chances count; a form seen n times counts 1 + ln n


class Weights(NamedTuple):
    """Of a form beside its own log-probability: `back` times the log-probability of the way back, `known` for a name
    of the list, `often` times the logarithm of its count. `none`: the weight that the right form is none of them.
    `there`: of that own log-probability."""

    back: float
    known: float
    often: float
    none: float
    there: float = 1.0


# Fitted on development names that no figure is measured on: `python -m benchmarks.known_names`.
ENGLISH = Weights(back=0.15, known=3.25, often=0.3, none=-0.2)
OTHERS = Weights(back=0.15, known=1.75, often=0.45, none=-2.35)
# Where the source has no vowels, the way back tells more than the way there, and the list more than both.
UNWRITTEN = Weights(back=0.5, known=4.95, often=0.2, none=1.15, there=0.3)


def weights(source: str, target: str) -> Weights:
    """English has the longest list by far, so that a name outside it is the less likely one."""
    if target != "en":
        return OTHERS
    return UNWRITTEN if source in UNVOCALISED else ENGLISH


class Written(NamedTuple):
    """A form as the model writes it (lower case), with the log-probabilities of both ways."""

    text: str
    there: float
    back: float = 0.0


def weighed(forms: Sequence[Written], known: Mapping[str, int], by: Weights) -> list[tuple[str, float]]:
    """Forms with the chance that each is the right one, the best first; the chances sum to less than 1."""
    if not forms:
        return []
    scores = [
        by.there * form.there
        + by.back * form.back
        + (by.known + by.often * math.log(known[form.text]) if form.text in known else 0.0)
        for form in forms
    ]
    top = max(scores)
    total = sum(math.exp(score - top) for score in scores) + math.exp(min(by.none - top, 700.0))
    chances = [(form.text, math.exp(score - top) / total) for form, score in zip(forms, scores, strict=True)]
    return sorted(chances, key=lambda one: -one[1])


def with_seen(chances: Sequence[tuple[str, float]], seen: Mapping[str, int]) -> list[tuple[str, float]]:
    """Chances of a name that the lists give in both languages, its attested forms and the model's taken together:
    lists lack forms, and hold wrong ones, so that a form seen once gives way to what the model is sure of."""
    if not seen:
        return list(chances)
    counted = {form: 1 + math.log(count) for form, count in seen.items()}
    total = sum(counted.values()) + BELIEF
    mixed = {form: count / total for form, count in counted.items()}
    for text, chance in chances:
        mixed[text] = mixed.get(text, 0.0) + chance * BELIEF / total
    return sorted(mixed.items(), key=lambda one: -one[1])


class SeenNames:
    """Pairs of the lists, English and one other language, that lie beside a model; read when first asked for."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._pairs: dict[tuple[str, str], dict[str, dict[str, int]]] = {}

    def of(self, source: str, target: str) -> Mapping[str, Mapping[str, int]]:
        """Each name of the source, as the model reads it, with its attested forms and how often each was seen."""
        if (source, target) not in self._pairs:
            self._pairs[source, target] = self._read(source, target)
        return self._pairs[source, target]

    def _read(self, source: str, target: str) -> dict[str, dict[str, int]]:
        other = target if source == "en" else source
        path = seen_path(self._folder, other)
        found: dict[str, dict[str, int]] = {}
        if "en" not in (source, target) or not path.is_file():
            return found
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                there, latin, count = line.rstrip("\n").split("\t")
                name, form = (latin, there) if source == "en" else (there, latin)
                forms = found.setdefault(name, {})
                forms[form] = forms.get(form, 0) + int(count or 1)
        return found


class KnownNames:
    """The lists that lie beside a model, each read when it is first asked for.

    `keys`: what names of one sound have in common (`workbench.names.keys.word_keys`); without it no name is alike.
    """

    def __init__(self, folder: Path, keys: Callable[[str], Iterable[str]] | None = None):
        self._paths = {
            path.name.removeprefix(PREFIX).removesuffix(SUFFIX): path for path in folder.glob(f"{PREFIX}*{SUFFIX}")
        }
        self._lists: dict[str, dict[str, int]] = {}
        self._keys = keys
        self._alike: dict[str, Alike] = {}

    def __bool__(self) -> bool:
        return bool(self._paths)

    def of(self, language: str) -> Mapping[str, int]:
        """Names of a language, as the model writes them, with their counts from 1; empty where there is no list."""
        if language not in self._lists:
            path = self._paths.get(language)
            self._lists[language] = _read(path) if path else {}
        return self._lists[language]

    def alike(self, name: str, language: str) -> list[str]:
        """Names of a language with the consonants of a name, the most frequent first, at most ALIKE."""
        if self._keys is None:
            return []
        if language not in self._alike:
            self._alike[language] = Alike(self.of(language), self._keys)
        counts = self.of(language)
        return sorted(self._alike[language].of(name), key=lambda one: (-counts[one], one))[:ALIKE]


class Alike:
    """Names by their keys. Keys take long to make for a whole list: names are first sorted by their l, m, n and r,
    which every spelling in Latin letters shows, and get their keys when a name with the same ones is asked for."""

    def __init__(self, names: Iterable[str], keys: Callable[[str], Iterable[str]]):
        self._keys = keys
        self._sorted: dict[str, list[str]] = {}
        self._keyed: dict[str, dict[str, list[str]]] = {}
        for name in names:
            self._sorted.setdefault(_liquids(name) if name.isascii() else MARKED, []).append(name)

    def of(self, name: str) -> set[str]:
        found: set[str] = set()
        for key in self._keys(name):
            for part in (_liquids(key), MARKED):
                if part not in self._keyed:
                    self._keyed[part] = self._index(part)
                found.update(self._keyed[part].get(key, ()))
        return found

    def _index(self, part: str) -> dict[str, list[str]]:
        made: dict[str, list[str]] = {}
        for name in self._sorted.get(part, ()):
            for key in self._keys(name):
                made.setdefault(key, []).append(name)
        return made


MARKED = "-"  # where names with other letters than a to z stand: ł, ř, ñ
_OTHER_LETTERS = re.compile("[^lmnr]+")
_REPEATED = re.compile(r"(.)\1+")


def _liquids(word: str) -> str:
    return _REPEATED.sub(r"\1", _OTHER_LETTERS.sub("", word))


def _read(path: Path) -> dict[str, int]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").partition("\t") for line in lines)
        return {name: int(count or 1) for name, _, count in rows}


def write(names: Iterable[tuple[str, int]], path: Path) -> None:
    """One name a line in the order of letters, with its count where it is above 1."""
    with lzma.open(path, "wt", encoding="utf-8", newline="\n", preset=9) as file:
        for name, count in sorted(names):
            file.write(f"{name}\t{count}\n" if count > 1 else f"{name}\n")


def write_seen(pairs: Mapping[tuple[str, str], int], path: Path) -> None:
    """One pair (the other language, Latin) a line in the order of letters, with its count where it is above 1."""
    with lzma.open(path, "wt", encoding="utf-8", newline="\n", preset=9) as file:
        for (there, latin), count in sorted(pairs.items()):
            file.write(f"{there}\t{latin}\t{count if count > 1 else ''}\n")


def seen_path(folder: Path, language: str) -> Path:
    return folder / f"{SEEN}{language}{SUFFIX}"


def path_of(folder: Path, language: str) -> Path:
    return folder / f"{PREFIX}{language}{SUFFIX}"
