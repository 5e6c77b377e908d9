"""Entries that may be one concept: their names read alike, or one who knows names says that they are the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from workbench.glossary.model import Entry, Kind, Type
from workbench.glossary.sounds import plain, read
from workbench.text import key

SAYING = 4  # letters from which a reading says something
WORDS = 4  # of a name that are listened to
HEARD = (Kind.PERSON, Kind.PLACE)
CROWD = 30  # names with one key: beyond, the key is that of a common name, and says nothing


class Hearing(NamedTuple):
    """What knows names. `keys`: those of one name share some with its other spellings; `same`: it decides."""

    keys: Callable[[str], frozenset[str]]
    same: Callable[[str, str], bool]


class Pair(NamedTuple):
    """`first`: the one that stands earlier; `text`: a name of `other`, `rival`: the name of `first` that it is like."""

    first: Entry
    other: Entry
    text: str
    rival: str


Names = dict[str, list[tuple[str, str]]]  # of an entry: language, name


def pairs(entries: Iterable[Entry], hearing: Hearing | None = None) -> Iterator[Pair]:
    """Entries of one kind whose names are written otherwise, maybe in another script; each pair once."""
    named = [entry for entry in entries if entry.kind.named]
    names: Names = {
        entry.id: [(t.language, t.text) for t in entry.terms if t.status.approved and t.type is Type.FULL]
        for entry in named
    }
    spelled = {id: {(language, key(text)) for language, text in said} for id, said in names.items()}
    told: set[tuple[str, str]] = set()
    for pair in (*_read_alike(named, names), *(_heard(named, names, hearing) if hearing else ())):
        ids = pair.first.id, pair.other.id
        if ids not in told and not spelled[ids[0]] & spelled[ids[1]]:  # one spelling is another rule's
            told.add(ids)
            yield pair


def _read_alike(entries: list[Entry], names: Names) -> Iterator[Pair]:
    owners: dict[tuple[Kind, str], dict[str, tuple[Entry, str]]] = defaultdict(dict)
    for entry in entries:
        for _, text in names[entry.id]:
            reading = " ".join(sorted(read(plain(text)).split()))
            if len(reading) >= SAYING:
                owners[entry.kind, reading].setdefault(entry.id, (entry, text))
    for alike in owners.values():
        (first, rival), *others = alike.values()
        for other, text in others:
            yield Pair(first, other, text, rival)


def _heard(entries: list[Entry], names: Names, hearing: Hearing) -> Iterator[Pair]:
    """People and places whose names share their keys; no language that both entries have may tell them apart."""
    owners: dict[tuple[Kind, str], list[tuple[Entry, str]]] = defaultdict(list)
    for entry in entries:
        for text in dict.fromkeys(text for _, text in names[entry.id]):
            for mark in _marks(text, hearing) if entry.kind in HEARD else ():
                owners[entry.kind, mark].append((entry, text))
    seen: set[tuple[str, str, str, str]] = set()
    for alike in owners.values():
        if len({entry.id for entry, _ in alike}) > CROWD:
            continue
        for (first, rival), (other, text) in combinations(alike, 2):
            asked = (first.id, rival, other.id, text)
            if first.id == other.id or asked in seen:
                continue
            seen.add(asked)
            if hearing.same(rival, text) and not _apart(names[first.id], names[other.id], hearing):
                yield Pair(first, other, text, rival)


def _marks(text: str, hearing: Hearing) -> set[str]:
    """Of a name of one word its keys; of a longer one those of two of its words together."""
    words = [hearing.keys(word) for word in plain(text).split()[:WORDS]]
    if len(words) < 2:
        return set().union(*words)
    return {" ".join(sorted((a, b))) for one, other in combinations(words, 2) for a in one for b in other}


def _apart(mine: list[tuple[str, str]], theirs: list[tuple[str, str]], hearing: Hearing) -> bool:
    shared = {language for language, _ in mine} & {language for language, _ in theirs}
    return any(
        not any(hearing.same(a, b) for one, a in mine for other, b in theirs if one == other == language)
        for language in shared
    )
