"""How a name may sound, in Latin letters whatever its script: for the search, which proposes and never decides."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

from workbench.text import folded

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
_UNSPACED = regex.compile(r"\p{Han}|\p{Hiragana}|\p{Katakana}|\p{Thai}|\p{Lao}|\p{Khmer}|\p{Myanmar}")
_SIMPLE = re.compile(r"[^\W_]+(?: [^\W_]+)*")  # letters and digits with single spaces between
_UNSPACED_FROM = "\u0e00"  # Thai; below it every script has spaces
_UNREAD = re.compile(r"[^a-z0-9\n]+")
_TWICE = tuple((2 * c, c) for c in string.ascii_lowercase + string.digits)
_GLIDES = tuple((f"{before}i{vowel}", before + vowel) for before in " \n" for vowel in "eaou")
# One letter for writings that change with the scheme: Yerevan, Erewan; Pashinyan, Pashinian; Khachatrian, Xaçatryan.
_ALIKE = (("kh", "x"), ("zh", "j"), ("w", "v"), ("y", "i"), ("ck", "k"), ("q", "k"), ("ph", "f"), ("tz", "ts"))
_CLASSES = str.maketrans(
    {"b": "p", "v": "f", "g": "k", "x": "k", "c": "k", "d": "t", "z": "s", "j": "s", **dict.fromkeys("haeiou")}
)


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Its words without case, Latin diacritics and punctuation, a space between: 'Nagorno-Karabakh' is
    'nagorno karabakh'. '' when there is no word in it."""
    return _apart(folded(text))


def plains(texts: Sequence[str]) -> list[str]:
    """`plain` of each, for many in a fraction of the time."""
    return _each(texts, lambda whole: [_apart(line) for line in folded(whole).split("\n")], plain)


def _apart(text: str) -> str:
    if _SIMPLE.fullmatch(text) and (text.isascii() or max(text) < _UNSPACED_FROM):
        return text
    return " ".join(part for word in _WORD.findall(text) for part in (word if _UNSPACED.search(word) else (word,)))


@lru_cache(maxsize=200_000)
def read(text: str) -> str:
    """A plain text in Latin letters, with what differs from scheme to scheme written one way."""
    return _read(text)[0]


def reads(texts: Sequence[str]) -> list[str]:
    """`read` of each, for many in a fraction of the time."""
    return _each(texts, _read, read)


def _read(text: str) -> list[str]:
    """Of each line."""
    if not text.isascii():
        text = text.translate(_LATIN).lower()
    text = _UNREAD.sub(" ", text.replace("'", "").replace("`", ""))
    for many, one in _ALIKE:
        text = text.replace(many, one)
    text = "\n" + text
    for glide, vowel in _GLIDES:
        text = text.replace(glide, vowel)
    return [line.strip() for line in _once(text[1:]).split("\n")]


def _once(text: str) -> str:
    """Without the repetitions of letters."""
    for twice, once in _TWICE:
        while twice in text:
            text = text.replace(twice, once)
    return text


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a read word, those that are confused as one: erevan is rfn. '' when fewer than two."""
    return _bones(word)[0]


def skeletons(words: Sequence[str]) -> list[str]:
    """`skeleton` of each, for many in a fraction of the time."""
    return _each(words, _bones, skeleton)


def _bones(text: str) -> list[str]:
    """Of each line."""
    return [bones if len(bones) > 1 else "" for bones in _once(text.translate(_CLASSES)).split("\n")]


def _each(texts: Sequence[str], whole: Callable[[str], list[str]], one: Callable[[str], str]) -> list[str]:
    """All as the lines of one text, so that the work is done in a few passes over it."""
    lines = "\n".join(texts)
    if lines.count("\n") >= len(texts):
        lines = "\n".join(text.replace("\n", " ") for text in texts)
    made = whole(lines) if texts else []
    return made if len(made) == len(texts) else [one(text) for text in texts]


class _Latin(dict[int, str]):
    """What unidecode writes for a character."""

    def __missing__(self, point: int) -> str:
        from unidecode import unidecode

        said = self[point] = unidecode(chr(point)).replace("\n", " ")
        return said


_LATIN = _Latin({ord("\n"): "\n"})
