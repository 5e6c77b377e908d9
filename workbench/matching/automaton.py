"""An automaton over the word keys of a large glossary: flat arrays, built once, opened by memory map.

It finds which terms may begin at a word, never missing one; `matching` then looks at the writings of
those few. So forms that the rules give are not generated for a million terms: an ending of a text's
word is taken off instead (`inflection.bases`). All keys are without Latin diacritics.
"""

from __future__ import annotations

import shutil
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np

from workbench.glossary import shelf
from workbench.glossary.model import Entry, Kind
from workbench.matching import forms
from workbench.matching.patterns import hyphened, lemma_path
from workbench.text import HYPHENS, spelled, spotted, weak_key, words

VERSION = 2  # of the arrays; part of the name of the folder, so that others are built anew
CHUNK = 50_000  # writings cut into words at a time
# Bytes of each number.
ARRAYS = {"hashes": "u8", "word": "u4", "child": "u4", "post": "u4", "entry": "u4", "term": "u2", "fuzzy": "u4"}
_HYPHENED = frozenset(HYPHENS)


class Written(NamedTuple):
    """Where a term stands, and the writings that are listed for it; `common`: has a dictionary form."""

    entry: int
    term: int
    texts: tuple[str, ...]
    common: bool
    fuzzy: bool = False


def written(entries: Sequence[Entry], language: str) -> Iterator[Written]:
    """The terms that a text in the language may hold."""
    for place, number, entry, term in shelf.terms(entries, language):
        texts = (term.text, *(form for _, form in term.forms), *term.variants)
        if not all(part[-1:].isalpha() for part in term.text.split(" ")):  # an ending becomes a word of its own
            texts = (*(form.text for form in forms.forms(entry, term)), *term.variants)
        yield Written(place, number, texts, entry.kind is Kind.TERM and not term.invariable, term.fuzzy)


class Automaton:
    """Immutable; safe to share between threads.

    Nodes are numbered breadth first, so that the children of one are neighbours, by rising word.

    `hashes`: of known words, rising; a word's number is its place here. `word`: by which a node is reached.
    `child`, `post`: where the children of a node and the terms that end there begin, one more than nodes.
    `entry`, `term`: the terms. `fuzzy`: entry and term, in turn, of those that allow near spellings.
    """

    def __init__(self, arrays: dict[str, np.ndarray]):
        self._arrays = arrays
        views = [memoryview(arrays[name]) for name in ARRAYS if name != "fuzzy"]
        self._hashes, self._word, self._child, self._post, self._entry, self._term = views

    def number(self, word: str) -> int:
        """Of a word key; -1 when no term has it."""
        asked = _hash(word)
        at = bisect_left(self._hashes, asked)
        return at if at < len(self._hashes) and self._hashes[at] == asked else -1

    def follow(self, node: int, word: int) -> int:
        """The node that a word leads to; 0, the root, when it leads nowhere."""
        end = self._child[node + 1]
        at = bisect_left(self._word, word, self._child[node], end)
        return at if at < end and self._word[at] == word else 0

    def ends(self, node: int) -> list[tuple[int, int]]:
        """(entry, term) of the terms of which a writing ends here."""
        return [(self._entry[i], self._term[i]) for i in range(self._post[node], self._post[node + 1])]

    def fuzzy(self) -> list[tuple[int, int]]:
        """(entry, term) of the terms that allow near spellings."""
        return [(entry, term) for entry, term in self._arrays["fuzzy"].reshape(-1, 2).tolist()]

    def inner(self) -> bytes:
        """By number, whether a word stands anywhere in a term but first: 1, else 0."""
        seen = np.zeros(len(self._hashes), np.uint8)
        if len(self._child) > 1:
            seen[self._arrays["word"][self._child[1] :]] = 1
        return seen.tobytes()

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in self._arrays.values())

    # -- on the disk -----------------------------------------------------------------------

    def save(self, folder: Path) -> None:
        """All of it or nothing, in the place of what is there; OSError when the folder cannot be written."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, values in self._arrays.items():
                np.save(beside / f"{name}.npy", values, allow_pickle=False)
            beside.rename(folder)
        except OSError:
            shutil.rmtree(beside, ignore_errors=True)
            if not folder.is_dir():  # another program may have built the same meanwhile
                raise

    @classmethod
    def opened(cls, folder: Path) -> Automaton | None:
        """By memory map; None when it is not there or damaged."""
        try:
            found = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in ARRAYS}
        except (OSError, ValueError):
            return None
        nodes, ends = len(found["word"]), len(found["entry"])
        whole = (
            all(found[name].dtype == kind and found[name].ndim == 1 for name, kind in ARRAYS.items())
            and len(found["child"]) == len(found["post"]) == nodes + 1
            and (found["child"][-1], found["post"][-1], len(found["term"])) == (nodes, ends, ends)
        )
        return cls(found) if whole else None

    # -- building --------------------------------------------------------------------------

    @classmethod
    def built(cls, terms: Iterable[Written], language: str) -> Automaton:
        return cls(_arrays(_Paths(language).read(terms)))


class _Paths:
    """Writings as sequences of word numbers, one after the other."""

    def __init__(self, language: str):
        self.language = language
        self.keys: dict[str, int] = {}
        self.words, self.lengths, self.entries, self.terms = array("I"), array("I"), array("I"), array("H")
        self.fuzzy = array("I")
        self._known: dict[str, tuple[int, ...]] = {}

    def read(self, terms: Iterable[Written]) -> _Paths:
        texts: list[str] = []
        extra: list[tuple[Written, list[str]]] = []
        for one in terms:
            for text in one.texts:
                texts.append(text)
                self.entries.append(one.entry)
                self.terms.append(one.term)
                if not _HYPHENED.isdisjoint(text) and hyphened(text, found := words(text)):
                    extra.append((one, ["".join(w.key for w in found)]))
            if one.fuzzy:
                self.fuzzy.extend((one.entry, one.term))
            if one.common and (keys := lemma_path(one.texts[0], self.language)):
                extra.append((one, keys))
            if len(texts) >= CHUNK:
                self._cut(texts)
                texts = []
        self._cut(texts)
        for one, keys in extra:
            self.entries.append(one.entry)
            self.terms.append(one.term)
            self.lengths.append(len(keys))
            self.words.extend(self._number(weak_key(k)) for k in keys)
        return self

    def _cut(self, texts: list[str]) -> None:
        length = 0
        known, numbers = self._known, self.words
        for word in spelled(texts):
            if word == "\n":
                self.lengths.append(length)
                length = 0
                continue
            found = known.get(word)
            if found is None:
                found = known[word] = tuple(self._number(weak_key(piece)) for _, piece in spotted(word))
            numbers.extend(found)
            length += len(found)

    def _number(self, key: str) -> int:
        return self.keys.setdefault(key, len(self.keys))


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _arrays(paths: _Paths) -> dict[str, np.ndarray]:
    """The tree level by level: the nodes of one are the different (parent, word) of all paths that reach it."""
    raw = np.fromiter((_hash(k) for k in paths.keys), np.uint64, len(paths.keys))
    hashes, ranks = np.unique(raw, return_inverse=True)  # two words of one hash are one: a hit too many, none too few
    words = ranks.astype(np.int64)[np.frombuffer(paths.words, np.uint32)] if len(paths.words) else ranks[:0]
    lengths = np.frombuffer(paths.lengths, np.uint32).astype(np.int64) if len(paths.lengths) else ranks[:0]
    starts = np.cumsum(lengths) - lengths
    at = np.zeros(len(lengths), np.int64)  # the node that each path has reached
    reached_by, parents, nodes = [np.zeros(1, np.int64)], [np.zeros(0, np.int64)], 1
    for depth in range(int(lengths.max(initial=0))):
        live = np.flatnonzero(lengths > depth)
        steps, inverse = np.unique(at[live] * len(hashes) + words[starts[live] + depth], return_inverse=True)
        reached_by.append(steps % len(hashes))
        parents.append(steps // len(hashes))
        at[live] = nodes + inverse
        nodes += len(steps)
    child = np.searchsorted(np.concatenate(parents), np.arange(nodes + 1)) + 1
    return {
        "hashes": hashes,
        "word": np.concatenate(reached_by).astype(np.uint32),
        "child": child.astype(np.uint32),
        "fuzzy": np.array(paths.fuzzy, np.uint32),
        **_ended(paths, at, nodes),
    }


def _ended(paths: _Paths, at: np.ndarray, nodes: int) -> dict[str, np.ndarray]:
    """Terms by the node where they end, each once, in the order of the glossary."""
    entries = np.frombuffer(paths.entries, np.uint32) if len(at) else np.zeros(0, np.uint32)
    terms = np.frombuffer(paths.terms, np.uint16) if len(at) else np.zeros(0, np.uint16)
    order = np.lexsort((terms, entries, at))
    at, entries, terms = at[order], entries[order], terms[order]
    new = np.ones(len(at), bool)
    new[1:] = (at[1:] != at[:-1]) | (entries[1:] != entries[:-1]) | (terms[1:] != terms[:-1])
    new &= at > 0  # a writing without any word
    post = np.searchsorted(at[new], np.arange(nodes + 1))
    return {"post": post.astype(np.uint32), "entry": entries[new], "term": terms[new]}
