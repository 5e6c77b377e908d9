"""Characters, words, sentences: the one place that knows Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from workbench.spans import Span

INVISIBLE = "\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c"  # zero-width space, joiner, BOM, soft hyphen, marks
ARMENIAN_MARKS = "՛՜՞"  # stress, exclamation, question: written inside the word
_UNHEARD = frozenset(ARMENIAN_MARKS + INVISIBLE)
_SILENT = re.compile(f"[{ARMENIAN_MARKS}{INVISIBLE}]+")
HYPHENS = "-‐‑‒–—"
_HYPHENED = frozenset(HYPHENS)
APOSTROPHES = "'’‘ʼʹ`´"
_WORD = regex.compile(rf"[\p{{L}}\p{{N}}][\p{{L}}\p{{M}}\p{{N}}{ARMENIAN_MARKS}{INVISIBLE}]*")
_WORD_OR_END = regex.compile(_WORD.pattern + r"|\n")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
QUOTES = '"«»“”„‟‹›'
_GAP = regex.compile(rf"(?![^\n]*\n\s*\n)[\s{HYPHENS}{APOSTROPHES}{QUOTES}{INVISIBLE}·]{{0,4}}")
_DOTTED_GAP = regex.compile(r"\.?\s?")
_NO_LATIN = re.compile("[\u0370-\u1dff]+")  # Greek to Georgian: none is an ASCII letter with a mark
_MARKS_OF_LATIN = regex.compile(r"(?<=[\x00-\x7f])\P{ccc=0}+")
# Letters that NFD does not take apart.
_PLAIN = str.maketrans({"ə": "e", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})


class Word(NamedTuple):
    """A word with its place and its keys; two words with one key are the same word to the matcher."""

    text: str
    span: Span
    key: str  # case, marks of stress and compatibility forms folded
    weak: str  # Latin diacritics folded too


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """Equal for writings of one word: ПАШИНЯН and Пашинян, İlham and ilham, ё and е, և and եւ."""
    return _key(word)


def _key(text: str) -> str:
    if text.isascii():
        return text.lower()
    if not _UNHEARD.isdisjoint(text):
        text = _SILENT.sub("", text)
    text = unicodedata.normalize("NFKC", text.replace("և", "եւ")).replace("İ", "i").casefold()
    # Eastern Armenian spells և both ways when it is not a ligature.
    return unicodedata.normalize("NFC", text.replace("ё", "е").replace("եվ", "եւ").replace("ı", "i"))


@lru_cache(maxsize=50_000)
def weak_key(word: str) -> str:
    """The key without Latin diacritics: Paşinyan is pasinyan. Other scripts keep theirs: мой is not мои."""
    return folded(word)


def folded(text: str) -> str:
    """`weak_key` of a text of any length, which is not remembered. No line break comes or goes."""
    strong = _key(text)
    if strong.isascii() or _NO_LATIN.fullmatch(strong):
        return strong
    plain = _MARKS_OF_LATIN.sub("", unicodedata.normalize("NFD", strong.translate(_PLAIN)))
    return unicodedata.normalize("NFC", plain)


def _unspaced(text: str) -> bool:
    """Whether a script without spaces is in the text; they all lie beyond the first 3,584 characters of Unicode."""
    return not text.isascii() and max(text) >= "\u0e00" and _UNSPACED.search(text) is not None


@lru_cache(maxsize=50_000)
def _cut(chunk: str) -> tuple[str, ...]:
    """The words of what stands between white space."""
    if _unspaced(chunk):
        return tuple(word for _, word in spotted(chunk))
    return tuple(_WORD.findall(chunk))


def spellings(text: str) -> list[str]:
    """Words in order; in scripts without spaces every character is one."""
    return [word for chunk in text.split() for word in _cut(chunk)]


def spotted(text: str) -> list[tuple[int, str]]:
    """Words in order, each with its start."""
    parts = text.split(" ")
    if all(map(str.isalnum, parts)) and not _unspaced(text):  # letters and digits alone: as the pattern would cut them
        at, found = 0, []
        for part in parts:
            found.append((at, part))
            at += len(part) + 1
        return found
    found = [(match.start(), match.group()) for match in _WORD.finditer(text)]
    if not _unspaced(text):
        return found
    return [
        (start + i, piece)
        for start, word in found
        for i, piece in (enumerate(word) if _UNSPACED.search(word) else ((0, word),))
    ]


def spelled(texts: Iterable[str]) -> list[str]:
    """The words of many texts, a line break after each text; scripts without spaces are not yet cut."""
    return _WORD_OR_END.findall("".join(text.replace("\n", " ") + "\n" for text in texts))


def words(text: str) -> list[Word]:
    """Words in order, with their keys."""
    return [word_at(start, word) for start, word in spotted(text)]


def word_at(start: int, word: str) -> Word:
    return Word(word, Span(start, start + len(word)), key(word), weak_key(word))


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words may belong to one term: a space, hyphen, apostrophe or quote
    between, or the dot of an abbreviation (U. S., EE. UU.); never a comma or the end of a sentence."""
    gap = text[left.span.end : right.span.start]
    if _GAP.fullmatch(gap):
        return True
    return len(left.text) <= 3 and _DOTTED_GAP.fullmatch(gap) is not None


class Words:
    """The words of a text; where one stands and its keys are found when it is first asked for."""

    __slots__ = ("text", "spellings", "hyphens", "_spotted", "_made")

    def __init__(self, text: str) -> None:
        self.text, self.spellings = text, spellings(text)
        self.hyphens = any([hyphen in text for hyphen in HYPHENS])
        self._spotted: list[tuple[int, str]] | None = None
        self._made: dict[int, Word] = {}

    @property
    def spotted(self) -> list[tuple[int, str]]:
        if self._spotted is None:
            found, after = [], 0
            for word in self.spellings:  # between two words there is no letter, so that it is the first place that fits
                start = self.text.index(word, after)
                found.append((start, word))
                after = start + len(word)
            self._spotted = found
        return self._spotted

    def __len__(self) -> int:
        return len(self.spellings)

    def __getitem__(self, at: int) -> Word:
        word = self._made.get(at)
        if word is None:
            word = self._made[at] = word_at(*self.spotted[at])
        return word

    @property
    def unspaced(self) -> bool:
        """Whether a script without spaces is among them."""
        return _unspaced(self.text)

    def place(self, at: int) -> Span:
        start, word = self.spotted[at]
        return Span(start, start + len(word))

    def gap(self, at: int) -> str:
        """What stands between a word and the next."""
        start, word = self.spotted[at]
        return self.text[start + len(word) : self.spotted[at + 1][0]]

    def joined(self, at: int) -> bool:
        """Whether a word may belong to one term with the word before it."""
        return self.gap(at - 1) == " " or joined(self.text, self[at - 1], self[at])

    def hyphened(self, at: int) -> bool:
        """Whether nothing but a hyphen stands between a word and the next."""
        return self.hyphens and at + 1 < len(self.spellings) and self.gap(at) in _HYPHENED


class Piece(NamedTuple):
    """A sentence and the white space before it."""

    before: str
    text: str


LONGEST = 700  # code points of a sentence; longer ones are cut at a clause, else at a space


def sentences(text: str, language: str) -> tuple[list[Piece], str]:
    """Sentences with the white space before each, and the white space at the end.

    Joined again they give the text back, byte for byte. A line break always ends a sentence.
    """
    import sentencex

    found: list[Piece] = []
    before = ""
    for line in text.splitlines(keepends=True):
        for sentence in sentencex.segment(language, line) if line.strip() else [line]:
            for part in _shortened(sentence):
                core = part.strip()
                if not core:
                    before += part
                    continue
                at = part.index(core)
                found.append(Piece(before + part[:at], core))
                before = part[at + len(core) :]
    return found, before


def _shortened(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST:
        window = sentence[:LONGEST]
        cut = max(window.rfind(mark) for mark in ("; ", ": ", ", ", "։ ", "، ")) + 2
        if cut < LONGEST // 3:
            cut = window.rfind(" ") + 1
        cut = cut if cut > 1 else LONGEST
        yield sentence[:cut]
        sentence = sentence[cut:]
    yield sentence


class Clean(NamedTuple):
    """A sentence as the model reads it; `places[i]` is where its i-th character stood."""

    text: str
    places: tuple[int, ...]


def clean(sentence: str) -> Clean:
    """Without what no reader sees, which the vocabulary would read as a space inside a name."""
    kept = [(c, i) for i, c in enumerate(sentence) if c not in INVISIBLE]
    return Clean("".join(c for c, _ in kept), (*(i for _, i in kept), len(sentence)))


def cased_like(form: str, example: str) -> str:
    """The form in the case pattern of the example: ALL CAPS or as it is."""
    letters = [c for c in example if c.isalpha()]
    return form.upper() if len(letters) > 3 and all(c.isupper() for c in letters) else form


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
