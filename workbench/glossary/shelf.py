"""Entries of a large glossary, kept in a file and made when one is looked at.

A million entries take gigabytes as values; here they take the memory of those that are in use. The file
lies in the cache folder under the hash of what it holds, is never changed, and is opened by memory map.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

import numpy as np

from workbench import cachefolder
from workbench.glossary import records
from workbench.glossary.model import Entry, Review, Style, Term

LARGE = 20_000  # entries above which a glossary is shelved
KEPT = 3  # glossaries in the cache folder; the longest unused one goes first
REMEMBERED = 10_000  # entries
VERSION = 1  # of the files, part of the folder's name
_FINGERPRINT = "fingerprint"
_TEXTS, _STARTS, _HASHES, _ORDER = "entries.jsonl", "starts.npy", "hashes.npy", "order.npy"


class Lazy(Sequence[Entry]):
    """Entries that are made when asked for.

    `content`: a hash of all of them, in order; two are equal when theirs is.
    `fingerprint`: of the approved ones alone, as that of a glossary.
    """

    content: str
    fingerprint: str

    def made(self, at: int) -> Entry:
        raise NotImplementedError

    def find(self, id: str) -> Entry | None:
        raise NotImplementedError

    def terms(self, language: str) -> Iterator[tuple[int, int, Entry, Term]]:
        raise NotImplementedError

    def hashes(self) -> np.ndarray:
        """Of the ids, in the order of the entries."""
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(at, slice):
            return tuple(self.made(i) for i in range(*at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self.made(at % len(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)


class Shelf(Lazy):
    """One file of entries. Immutable; safe to share between threads."""

    def __init__(self, folder: Path):
        """OSError or ValueError when the folder does not hold a whole shelf."""
        self.content = folder.parent.name
        self.fingerprint = (folder / _FINGERPRINT).read_text()
        self._starts = memoryview(np.load(folder / _STARTS, allow_pickle=False, mmap_mode="r"))
        self._hashes = memoryview(np.load(folder / _HASHES, allow_pickle=False, mmap_mode="r"))
        self._order = memoryview(np.load(folder / _ORDER, allow_pickle=False, mmap_mode="r"))
        with (folder / _TEXTS).open("rb") as file:
            self._texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if not len(self._hashes) == len(self._order) == len(self) or self._starts[-1] != len(self._texts):
            raise ValueError(f"{folder}: the files do not fit each other")
        self.made = lru_cache(maxsize=REMEMBERED)(self._made)  # type: ignore[method-assign]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _text(self, at: int) -> str:
        return self._texts[self._starts[at] : self._starts[at + 1]].decode("utf-8")

    def _made(self, at: int) -> Entry:
        return records.entry_of(self._text(at))

    def __iter__(self) -> Iterator[Entry]:
        return (self._made(at) for at in range(len(self)))  # all of them would drive out those in use

    def find(self, id: str) -> Entry | None:
        asked = hash_of(id)
        at = bisect_left(self._hashes, asked)
        while at < len(self) and self._hashes[at] == asked:
            entry = self.made(self._order[at])
            if entry.id == id:
                return entry
            at += 1
        return None

    def hashes(self) -> np.ndarray:
        found = np.empty(len(self), np.uint64)
        found[np.asarray(self._order)] = np.asarray(self._hashes)
        return found

    def terms(self, language: str) -> Iterator[tuple[int, int, Entry, Term]]:
        """Without making the terms of other languages; each entry holds the one term alone."""
        for at in range(len(self)):
            yield from ((at, *found) for found in records.terms_of(self._text(at), language))


class Styled(Lazy):
    """Entries with a house style applied to each that is looked at."""

    def __init__(self, base: Lazy, style: Style):
        self.base, self._style = base, style
        self.content, self.fingerprint = (
            hashlib.sha256(f"{name} {style!r}".encode()).hexdigest()[:16] for name in (base.content, base.fingerprint)
        )

    def __len__(self) -> int:
        return len(self.base)

    def made(self, at: int) -> Entry:
        return self._style.applied(self.base.made(at))

    def __iter__(self) -> Iterator[Entry]:
        return (self._style.applied(entry) for entry in self.base)

    def find(self, id: str) -> Entry | None:
        entry = self.base.find(id)
        return entry and self._style.applied(entry)

    def hashes(self) -> np.ndarray:
        return self.base.hashes()

    def terms(self, language: str) -> Iterator[tuple[int, int, Entry, Term]]:
        """As they were: a style changes no writing."""
        return self.base.terms(language)


class ById(Mapping[str, Entry]):
    def __init__(self, entries: Lazy):
        self._entries = entries

    def __getitem__(self, id: str) -> Entry:
        entry = self._entries.find(id)
        if entry is None:
            raise KeyError(id)
        return entry

    def __iter__(self) -> Iterator[str]:
        return (entry.id for entry in self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def terms(entries: Sequence[Entry], language: str) -> Iterator[tuple[int, int, Entry, Term]]:
    """Place of the entry, number of the term, and both, of what a text in the language may hold."""
    if isinstance(entries, Lazy):
        yield from entries.terms(language)
        return
    for place, entry in enumerate(entries):
        for number, term in enumerate(entry.terms if entry.approved else ()):
            if term.is_of(language) or entry.keep:
                yield place, number, entry, term


def fingerprint(entries: Iterable[Entry]) -> str:
    """Of the approved ones, as a shelf of the same entries has it."""
    return entries.fingerprint if isinstance(entries, Lazy) else _digest(e for e in entries if e.approved)


def content(entries: Iterable[Entry]) -> str:
    """Of all of them, as a shelf has it."""
    return entries.content if isinstance(entries, Lazy) else _digest(entries)


def _digest(entries: Iterable[Entry]) -> str:
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(_line(records.entry_text(entry)))
    return digest.hexdigest()[:16]


def _line(text: str) -> bytes:
    return text.encode("utf-8") + b"\n"


def folder(content: str) -> Path:
    """What is kept of the entries of which this is the hash."""
    return cachefolder.folder() / "glossaries" / content


def opened(content: str) -> Shelf | None:
    """None when it is not there or damaged."""
    try:
        shelf = Shelf(folder(content) / f"entries-{VERSION}")
        folder(content).touch()  # it was used now
    except (OSError, ValueError):
        return None
    return shelf


def shelved(texts: Iterable[str]) -> Shelf:
    """Entries as `records.entry_text` writes them, one at a time; OSError when there is no room or no right."""
    parent = cachefolder.folder() / "glossaries"
    parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".entries-", dir=parent))
    try:
        target = folder(_write(beside, texts)) / f"entries-{VERSION}"
        target.parent.mkdir(exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    tidy(parent)
    return Shelf(target)


def _write(beside: Path, texts: Iterable[str]) -> str:
    """The hash of the content."""
    content, approved = hashlib.sha256(), hashlib.sha256()
    starts, hashes = [0], []
    with (beside / _TEXTS).open("wb") as file:
        for text in texts:
            line, record = _line(text), json.loads(text)
            content.update(line)
            if record.get("review", Review.APPROVED.value) == Review.APPROVED.value:
                approved.update(line)
            starts.append(starts[-1] + file.write(line))
            hashes.append(hash_of(record["id"]))
    (beside / _FINGERPRINT).write_text(approved.hexdigest()[:16])
    found = np.array(hashes, np.uint64)
    order = np.argsort(found, kind="stable")
    np.save(beside / _STARTS, np.array(starts, np.uint64))
    np.save(beside / _HASHES, found[order])
    np.save(beside / _ORDER, order.astype(np.uint32))
    return content.hexdigest()[:16]


def hash_of(id: str) -> int:
    """64 bits."""
    return int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def tidy(parent: Path) -> None:
    """Remove the glossaries that were used longest ago, all but `KEPT`."""
    kept = sorted((path for path in parent.iterdir() if path.is_dir() and not path.name.startswith(".")), key=_used)
    for path in kept[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)  # one that is open elsewhere may have to stay


def _used(path: Path) -> int:
    return path.stat().st_mtime_ns
