"""Pointed Hebrew in ALA-LC romanisation: consonants with dagesh, vowel points, vowel letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.spans import Span

DAGESH, SHIN, SIN, SHVA, HOLAM, PATAH = "\u05bc", "\u05c1", "\u05c2", "\u05b0", "\u05b9", "\u05b7"
VOWELS = {"\u05b1": "e", "\u05b2": "a", "\u05b3": "o", "\u05b4": "i", "\u05b5": "e", "\u05b6": "e", PATAH: "a",
          "\u05b8": "a", HOLAM: "o", "\u05ba": "o", "\u05bb": "u", "\u05c7": "o"}  # fmt: skip
CONSONANTS = {"א": "ʼ", "ב": "v", "ג": "g", "ד": "d", "ה": "h", "ו": "ṿ", "ז": "z", "ח": "ḥ", "ט": "ṭ", "י": "y",
              "כ": "kh", "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "ʻ", "פ": "f",
              "ף": "f", "צ": "ts", "ץ": "ts", "ק": "ḳ", "ר": "r", "ש": "sh", "ת": "t"}  # fmt: skip
HARD = {"ב": "b", "כ": "k", "ך": "k", "פ": "p", "ף": "p"}
_LETTER = re.compile(r"(?P<letter>[\u05d0-\u05ea])(?P<points>[\u05b0-\u05bd\u05bf-\u05c2\u05c7]*)|[\s\S]")
Read = tuple[str, str, Span]  # letter, points, place


class Hebrew:
    """As `Table`: `write` and `pieces`."""

    def write(self, text: str) -> str:
        return "".join(output for _, output in self.pieces(text))

    def pieces(self, text: str) -> Iterator[tuple[Span, str]]:
        word: list[Read] = []
        for match in _LETTER.finditer(text):
            if match["letter"]:
                word.append((match["letter"], match["points"], Span(*match.span())))
                continue
            yield from _word(word)
            word = []
            yield Span(*match.span()), match.group()
        yield from _word(word)


def _word(word: list[Read]) -> Iterator[tuple[Span, str]]:
    for i, (_, _, span) in enumerate(word):
        yield span, _written(word, i)


def _written(word: list[Read], i: int) -> str:
    letter, points, _ = word[i]
    last = i == len(word) - 1
    vowel = next((VOWELS[p] for p in points if p in VOWELS), "")
    if letter == "ו" and not _vowels_before(word, i):
        if DAGESH in points and not vowel:
            return "u"
        if vowel == "o":
            return "o"
    if letter == "י" and not points and i and _ends_in(word[i - 1], "ie"):
        return ""  # a vowel letter
    if letter == "א" and (i == 0 or (last and not vowel) or not points):
        return vowel
    if letter == "ה" and last and not points:
        return "h"
    if last and vowel == "a" and PATAH in points and letter in "חע":
        return "a" + CONSONANTS[letter]  # the furtive a
    if i == 0 and letter == "ה" and PATAH in points and len(word) > 2 and DAGESH in word[1][1]:
        return "ha-"
    consonant = "ś" if SIN in points else HARD.get(letter, "") if DAGESH in points else ""
    return (consonant or CONSONANTS[letter]) + (vowel or _shva(word, i))


def _shva(word: list[Read], i: int) -> str:
    """e where the shva is read: at the start of a word, and the second of two."""
    if SHVA not in word[i][1] or i == len(word) - 1:
        return ""
    opens = i == 0 or (i == 1 and _written(word, 0) == "ha-")
    return "e" if opens or SHVA in word[i - 1][1] else ""


def _vowels_before(word: list[Read], i: int) -> bool:
    """Whether the letter before has a vowel of its own, so that ו is a consonant."""
    return i > 0 and any(p in VOWELS for p in word[i - 1][1])


def _ends_in(read: Read, vowels: str) -> bool:
    return any(VOWELS.get(p, "-") in vowels for p in read[1])


TABLE = Hebrew()
