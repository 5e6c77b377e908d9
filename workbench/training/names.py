"""Pairs of one name in two languages, as the character model of names reads and writes them."""

from __future__ import annotations

import csv
import json
import lzma
import math
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from unidecode import unidecode

from workbench.errors import InputError
from workbench.training.corpus import Corpus
from workbench.training.pairs import Collection, Pair
from workbench.transliteration.neural import asked, written

LONGEST = 30  # characters of a name token
ALIKE = 0.6  # similarity in Unidecode's letters below which two names of a place are two names
OTHER = 0.3  # similarity of consonants below which the two sides of a pair are two names
BONES = 3  # consonants on each side from which they are compared
TOKENS = {"netranslit": {"katakana": "ja"}, "deepchar": {}}  # folder: file names that are not language codes
PLACES = ("hy", "ka", "az", "ru", "uk", "tr", "el", "fa", "ar", "he", "en")
DEV, TRAIN = "dev", "train"


class Named(NamedTuple):
    """One name in two languages, and how often the pair was seen."""

    source: str
    target: str
    name: str
    other: str
    count: int = 1


def read_tokens(folder: Path, split: str, *groups: str) -> Iterator[Named]:
    """Pairs English-other of `groups`, netranslit and deepchar by default; columns: split, latin, other, count."""
    for group in groups or TOKENS:
        for path in sorted((folder / group).glob("*.tsv.xz")):
            code = path.name.split(".")[0]
            language = TOKENS[group].get(code, code)
            for row in _rows(path):
                if row["split"] == split:
                    yield Named("en", language, row["latin"], row["other"], int(row["count"]))


def read_uk_ru(folder: Path) -> Iterator[Named]:
    """Ukrainian names with their first Russian form."""
    path = folder / "names_translator_uk_ru.tsv.xz"
    if path.exists():
        yield from (Named("uk", "ru", row["uk"], row["ru"]) for row in _rows(path) if row["rank"] == "0")


def read_places(folder: Path) -> Iterator[Named]:
    """Names of one place in pairs of languages, where they are the same name and one word."""
    path = folder / "places.jsonl.xz"
    if not path.exists():
        return
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            names = {k: v[0] for k, v in json.loads(line)["names"].items() if k in PLACES and len(v[0].split()) == 1}
            plain = {k: unidecode(v).casefold() for k, v in names.items()}
            for one in names:
                for other in names:
                    if one < other and SequenceMatcher(None, plain[one], plain[other]).ratio() >= ALIKE:
                        yield Named(one, other, names[one], names[other])


_HUSHED = re.compile("t?sch|tch|[cstz]h|cz|sz|ts")
_NOT_CONSONANTS = re.compile("[^a-z]|[aeiouyh]")
_SOUNDS = str.maketrans("cqxzvfwjd", "kkksbpbgt")
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u200c\u200e\u200f\ufe20\ufe21'’‘ʻʼ`´׳״՚՛΄\".·・-"
_NAME = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])+")
_UNLIKE = frozenset({"zh", "ja", "ko", "el"})  # Unidecode reads these with other consonants: μπ is no mp


def consonants(word: str) -> str:
    """Roughly what is heard of a name without its vowels, in any alphabet: Picard and بيكار both pkr-."""
    hushed = _HUSHED.sub("s", unidecode(word).casefold().replace("ph", "p").replace("th", "t"))
    bones = _NOT_CONSONANTS.sub("", hushed.translate(_SOUNDS))
    return re.sub(r"(.)\1+", r"\1", bones)


def fault(pair: Named) -> str:
    """Why a pair of a list is no name in two languages; '' when it may be one.

    The lists pair words by their place in a label, and so now and then a given name with a family name.
    """
    if not 0 < len(pair.name) <= LONGEST or not 0 < len(pair.other) <= LONGEST:
        return "length"
    if not (_NAME.fullmatch(pair.name) and _NAME.fullmatch(pair.other)):
        return "no name"
    one, other = consonants(pair.name), consonants(pair.other)
    if pair.count == 1 and pair.target not in _UNLIKE and min(len(one), len(other)) >= BONES:
        if SequenceMatcher(None, one, other, autojunk=False).ratio() < OTHER:
            return "two names"
    return ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_names(folder: Path) -> Corpus:
    """Pairs of every source in both directions, by direction (`en-ru`, `ru-en`).

    A pair seen n times stands 1 + ln n times. What any development split holds of a language is
    left out of every source, in both directions: several collections drew from the same names.
    """
    if not (folder / "netranslit").is_dir():
        raise InputError(f"{folder}: no folder netranslit in it; expected the folder of name lists")
    held = {(n.target, written(side, code)) for n in read_tokens(folder, DEV)
            for side, code in ((n.name, "en"), (n.other, n.target))}  # fmt: skip
    pairs: dict[str, list[Pair]] = {}
    dropped: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    rows: Counter[str] = Counter()
    lists = {group: read_tokens(folder, TRAIN, group) for group in TOKENS}
    for origin, reader in {**lists, "names-translator": read_uk_ru(folder), "whosonfirst": read_places(folder)}.items():
        for named in reader:
            source, target, name, other, count = named
            sides = written(name, source), written(other, target)
            if any((code, side) in held for code in {source, target} - {"en"} for side in sides):
                dropped["in a development split"] += 1
                continue
            if why := fault(named):
                dropped[why] += 1
                continue
            rows[origin] += 1
            for s, t, a, b in ((source, target, name, other), (target, source, other, name)):
                if (f"{s}-{t}", written(a, s), written(b, t)) in seen:
                    dropped["repeated"] += 1
                    continue
                seen.add((f"{s}-{t}", written(a, s), written(b, t)))
                pair = Pair(f"{s}-{t}", asked(a, s, t), written(b, t))
                pairs.setdefault(pair.origin, []).extend([pair] * (1 + int(math.log(count))))
    collections = {Collection(origin, *origin.split("-")): found for origin, found in pairs.items()}
    return Corpus(collections, {Collection("names", "mul", "mul"): dropped}, rows)


def held_out(folder: Path, *groups: str) -> dict[str, dict[str, set[str]]]:
    """By direction: each development name of `groups` (as the model reads it) with all forms that any of the lists
    has for it, in either half: a name that two lists have is no worse for being written as the other one does.
    Rows with a `fault` are left out, as they are in training."""
    found: dict[str, dict[str, set[str]]] = {}
    for named in read_tokens(folder, DEV, *groups):
        if fault(named):
            continue
        for direction, name, form in _both_ways(named):
            found.setdefault(direction, {}).setdefault(name, set()).add(form)
    for split in (DEV, TRAIN):
        for named in read_tokens(folder, split):
            for direction, name, form in _both_ways(named):
                golds = found.get(direction, {})
                if name in golds and form not in golds[name] and not fault(named):
                    golds[name].add(form)
    return found


def _both_ways(named: Named) -> Iterator[tuple[str, str, str]]:
    source, target, name, other, _ = named
    for s, t, a, b in ((source, target, name, other), (target, source, other, name)):
        yield f"{s}-{t}", asked(a, s, t), written(b, t)


def tags(corpus: Corpus) -> list[str]:
    """Pieces that are not letters: `>>ru<<` and `<en>` of every language of the corpus."""
    codes = sorted({code for key in corpus.pairs for code in (key.source, key.target)})
    return [*(f">>{code}<<" for code in codes), *(f"<{code}>" for code in codes)]


def alphabet(corpus: Corpus) -> Iterator[str]:
    """The names of a corpus without their tags, for the vocabulary."""
    for pairs in corpus.pairs.values():
        yield from (pair.target for pair in pairs)
