"""How near an entry is to what was asked: the judgement of the search, made on the entry itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from workbench.glossary.lookups import spellings, texts
from workbench.glossary.model import Entry, Term
from workbench.glossary.sounds import plain, plains, read, reads, skeleton
from workbench.text import APOSTROPHES

ALIKE = 60  # of 100: readings with the same consonants that are less alike are other names
ALIKE_RANK = 6  # from here on it is a guess
EXCERPT = 80  # characters of a text that are shown
_APOSTROPHES = frozenset(APOSTROPHES)
_WITHOUT = str.maketrans("", "", APOSTROPHES)


@dataclass(frozen=True)
class Asked:
    """`loose`: parts and misspellings of words count too."""

    plain: str
    loose: bool = False

    @classmethod
    def of(cls, text: str) -> Asked:
        return cls(plain(text))

    @cached_property
    def read(self) -> str:
        return read(self.plain)

    @property
    def readable(self) -> bool:
        """Whether the reading says enough to be looked for: of 'zzzz' it does not."""
        return len(self.read) > 1 and 2 * len(self.read) > len(self.plain)

    @cached_property
    def words(self) -> list[str]:
        return self.plain.split()

    @property
    def loosely(self) -> Asked:
        return replace(self, loose=True)


class Near(NamedTuple):
    """0 is the nearest; among equals the shorter text."""

    rank: int
    length: int
    text: str


def nearest(asked: Asked, entry: Entry, passes: Callable[[Term], bool]) -> Near | None:
    """The spelling of a term that passes, the id, or else the text that matches."""
    written = dict.fromkeys(text for term in entry.terms if passes(term) for text in spellings(term))
    every = all(passes(term) for term in entry.terms)
    return _spelled(asked, [*written, *((entry.id,) if every else ())]) or _in_texts(asked, entry, list(written))


def _spelled(asked: Asked, texts: list[str]) -> Near | None:
    """The nearest by what it is asked for least: most are found before anything has to be read in Latin letters."""
    wholes = plains(texts)
    found = [
        Near(rank, len(text), text)
        for text, whole in zip(texts, wholes, strict=True)
        if (rank := _written(asked.plain, text, whole)) is not None
    ]
    if found:
        return min(found)
    said = reads(wholes)
    for rank, fits in _READINGS:
        if fitting := [
            Near(rank, len(text), text)
            for text, whole, heard in zip(texts, wholes, said, strict=True)
            if fits(asked, whole, heard)
        ]:
            return min(fitting)
    return None


def _written(asked: str, text: str, whole: str) -> int | None:
    """As the first stages of the search; also without the apostrophes."""
    ranks = [_begun(asked, whole)]
    if not _APOSTROPHES.isdisjoint(text):
        ranks.append(_begun(asked, plain(text.translate(_WITHOUT))))
    return min((rank for rank in ranks if rank is not None), default=None)


def _begun(asked: str, whole: str) -> int | None:
    if whole.startswith(asked):
        return int(len(whole) > len(asked))
    return 2 if f" {asked}" in f" {whole}" else None


def _reads_so(asked: Asked, _: str, said: str) -> bool:
    return asked.readable and f" {asked.read}" in f" {said}"


def _has_all(asked: Asked, whole: str, said: str) -> bool:
    known = f" {whole} {said}"
    return all(f" {part}" in known for part in asked.words)


def _sounds_alike(asked: Asked, _: str, said: str) -> bool:
    """Each word has one with its consonants, and is not too far from it."""
    others = said.split()
    return bool(asked.read) and all(
        any(skeleton(word) and skeleton(word) == skeleton(other) and ratio(word, other) >= ALIKE for other in others)
        for word in asked.read.split()
    )


def _has_parts(asked: Asked, whole: str, said: str) -> bool:
    known = (*whole.split(), *said.split())
    return asked.loose and all(any(_loosely(part, word) for word in known) for part in asked.words)


_READINGS = ((3, _reads_so), (4, _has_all), (ALIKE_RANK, _sounds_alike), (7, _has_parts))


def _in_texts(asked: Asked, entry: Entry, written: list[str]) -> Near | None:
    """Every word somewhere in the entry; the text with the most of them."""
    said = {text: plain(text).split() for text in texts(entry) if text}
    spelled = [word for text in written for word in (*plain(text).split(), *read(plain(text)).split())]
    everything = [*spelled, *(word for held in said.values() for word in held)]
    fits = _loosely if asked.loose else lambda part, word: word.startswith(part)
    if not all(any(fits(part, word) for word in everything) for part in asked.words):
        return None
    best = max(said, key=lambda text: sum(any(fits(part, w) for w in said[text]) for part in asked.words), default="")
    return Near(8 if asked.loose else 5, len(best), best[:EXCERPT])


def _loosely(part: str, word: str) -> bool:
    return part in word or OSA.distance(part, word, score_cutoff=errors(part)) <= errors(part)


def errors(word: str) -> int:
    """That a misspelled word of this length may have."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def pieces(word: str, count: int) -> list[str]:
    """The word in so many parts of about one length, the first the longest."""
    size, more = divmod(len(word), count)
    made, at = [], 0
    for number in range(count):
        end = at + size + (number < more)
        made.append(word[at:end])
        at = end
    return made


def near(word: str, candidates: Iterable[str], errors: int) -> dict[str, int]:
    """Candidates within so many errors, each with its number."""
    found = process.extract(word, list(candidates), scorer=OSA.distance, score_cutoff=errors, limit=None)
    return {text: int(distance) for text, distance, _ in found}


def alike(word: str, candidates: Iterable[str], limit: int) -> list[str]:
    """Those of the candidates, which have the consonants of the read word, that are not too far from it."""
    found = process.extract(word, list(candidates), scorer=ratio, score_cutoff=ALIKE, limit=limit)
    return [text for text, _, _ in found]
