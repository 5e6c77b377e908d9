"""How a name may sound, in Latin letters whatever its script: for the search, which proposes and never decides."""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from workbench.text import weak_key

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
_UNSPACED = regex.compile(r"\p{Han}|\p{Hiragana}|\p{Katakana}|\p{Thai}|\p{Lao}|\p{Khmer}|\p{Myanmar}")
_READ = re.compile("[a-z0-9]+")
_TWICE = re.compile(r"(.)\1+")
# One letter for writings that change with the scheme: Yerevan, Erewan; Pashinyan, Pashinian; Khachatrian, Xaçatryan.
_ALIKE = (("kh", "x"), ("zh", "j"), ("w", "v"), ("y", "i"), ("ck", "k"), ("q", "k"), ("ph", "f"), ("tz", "ts"))
_VOWELS = frozenset("aeiou")
_CLASSES = str.maketrans({"b": "p", "v": "f", "g": "k", "x": "k", "c": "k", "d": "t", "z": "s", "j": "s", "h": None})


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Its words without case, Latin diacritics and punctuation, a space between: 'Nagorno-Karabakh' is
    'nagorno karabakh'. '' when there is no word in it."""
    folded = weak_key(text)
    if folded.isalpha() and folded.isascii():
        return folded
    return " ".join(part for word in _WORD.findall(folded) for part in (word if _UNSPACED.search(word) else (word,)))


@lru_cache(maxsize=200_000)
def read(text: str) -> str:
    """A plain text in Latin letters, with what differs from scheme to scheme written one way."""
    if not text.isascii():
        text = text.translate(_LATIN).lower()
    return " ".join(map(_read_word, _READ.findall(text.replace("'", "").replace("`", ""))))


@lru_cache(maxsize=200_000)
def _read_word(word: str) -> str:
    for many, one in _ALIKE:
        word = word.replace(many, one)
    return _TWICE.sub(r"\1", word.removeprefix("i") if word[:2] in ("ie", "ia", "iu", "io") else word)


class _Latin(dict[int, str]):
    """What unidecode writes for a character."""

    def __missing__(self, point: int) -> str:
        from unidecode import unidecode

        said = self[point] = unidecode(chr(point))
        return said


_LATIN = _Latin()


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a read word, those that are confused as one: erevan is rfn. '' when fewer than two."""
    consonants = "".join(c for c in word if c not in _VOWELS).translate(_CLASSES)
    short = _TWICE.sub(r"\1", consonants)
    return short if len(short) > 1 else ""
