"""Vocalised Arabic script in ALA-LC romanisation: letters are read with the vowel signs that stand on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.spans import Span

FATHA, DAMMA, KASRA, SUKUN, SHADDA, SMALL_ALIF = "\u064e", "\u064f", "\u0650", "\u0652", "\u0651", "\u0670"
VOWELS = {FATHA: "a", DAMMA: "u", KASRA: "i", SUKUN: ""}
TANWIN = {"\u064b": "an", "\u064c": "un", "\u064d": "in"}
SIGNS = frozenset({*VOWELS, *TANWIN, SHADDA, SMALL_ALIF})
CONSONANTS = dict(zip(
    "ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي".split(),
    "b t th j ḥ kh d dh r z s sh ṣ ḍ ṭ ẓ ʻ gh f q k l m n h w y".split(), strict=True,
))  # fmt: skip
HAMZAS = {"أ": "a", "إ": "i", "ؤ": "", "ئ": "", "ء": ""}
HAMZA = "ʼ"
LONG = {("a", "ا"): "ā", ("i", "ي"): "ī", ("u", "و"): "ū", ("a", "ى"): "á", ("i", "ی"): "ī"}
_LETTER = re.compile(rf"(?P<letter>[\u0621-\u064a\u066e-\u06d3])(?P<signs>[{''.join(SIGNS)}]*)|[\s\S]")
# What opens the second word of a construct, before which ة is read t.
_CONSTRUCT = re.compile(r"\s+(?:ال|إبن|ابن)")


class Letter(NamedTuple):
    """A letter with its signs; `vowel` is None where no sign says whether there is one."""

    text: str
    span: Span
    vowel: str | None
    double: bool
    ending: str  # an, un, in


class Arabic:
    """As `Table`: `write` and `pieces`."""

    def __init__(self, more: dict[str, str]):
        self.letters = {**CONSONANTS, **more}

    def write(self, text: str) -> str:
        return "".join(output for _, output in self.pieces(text))

    def pieces(self, text: str) -> Iterator[tuple[Span, str]]:
        word: list[Letter] = []
        for match in _LETTER.finditer(text):
            if match["letter"]:
                word.append(_letter(match))
                continue
            yield from self._word(word, text)
            word = []
            yield Span(*match.span()), match.group()
        yield from self._word(word, text)

    def _word(self, word: list[Letter], text: str) -> Iterator[tuple[Span, str]]:
        if not word:
            return
        if "".join(letter.text for letter in word) == "الله":
            yield Span(word[0].span.start, word[-1].span.end), "allāh"
            return
        start = 0
        if len(word) > 3 and word[0].text == "ا" and word[1].text == "ل" and not word[1].vowel:
            yield Span(word[0].span.start, word[1].span.end), "al-"
            start = 2
        skip = False
        for i in range(start, len(word)):
            if skip:
                yield word[i].span, ""
                skip = False
                continue
            after = word[i + 1] if i + 1 < len(word) else None
            written, skip = self._written(word, i, start, after, text)
            yield word[i].span, written

    def _written(self, word: list[Letter], i: int, start: int, after: Letter | None, text: str) -> tuple[str, bool]:
        """What a letter writes, and whether the next one is its long vowel."""
        letter = word[i]
        if letter.text == "ة":
            construct = start == 0 and _CONSTRUCT.match(text, letter.span.end)
            written = "at" if construct or letter.ending else "ah"
            return written.removeprefix("a" if _voweled(word, i) else "") + letter.ending, False
        if letter.text == "آ":
            return ("ā" if i == start else f"{HAMZA}ā"), False
        if letter.text in "اٱىی" and letter.text not in self.letters and letter.vowel is None:
            return self._alif(word, i, start), False
        consonant, inherent = self._consonant(letter, i, start)
        if letter.double and i > start:
            if letter.text in "يیو" and i and word[i - 1].vowel in ("i", "u") and _same(letter.text, word[i - 1].vowel):
                return self._geminate(letter, word, i, after)
            consonant += consonant
        vowel = letter.vowel if letter.vowel is not None else inherent
        if vowel and after is not None and after.vowel in (None, "") and not after.double:
            long = LONG.get((vowel, after.text))
            if long:
                return consonant + long, True
        return consonant + (vowel or "") + letter.ending, False

    def _geminate(self, letter: Letter, word: list[Letter], i: int, after: Letter | None) -> tuple[str, bool]:
        """After i and u: iyy is written īy, and ī at the end; uww is ūw. The vowel stands there already."""
        long = "\u0304"
        glide = self.letters[letter.text] if after is not None or letter.vowel or letter.text == "و" else ""
        if after is not None and letter.vowel and (made := LONG.get((letter.vowel, after.text))) and not after.vowel:
            return long + glide + made, True
        return long + glide + (letter.vowel or "") + letter.ending, False

    def _consonant(self, letter: Letter, i: int, start: int) -> tuple[str, str | None]:
        if letter.text in HAMZAS or letter.text in "اٱ":
            inherent = HAMZAS.get(letter.text) or None
            if i == start:
                return "", inherent
            return ("" if letter.text in "اٱ" else HAMZA), inherent if letter.vowel is None else None
        if letter.text == "و" and letter.vowel == "":
            return "w", None  # Persian too: Firdawsī
        return self.letters.get(letter.text, letter.text), None

    def _alif(self, word: list[Letter], i: int, start: int) -> str:
        """A bare alif: silent at the start and after ū, otherwise ā; bare alif maqsura á."""
        if i == start:
            return "a" if i + 1 < len(word) and word[i + 1].vowel else ""
        if word[i].text in "ىی":
            return "" if word[i - 1].ending else "á"
        silent = (word[i - 1].text == "و" and i == len(word) - 1) or word[i - 1].ending
        return "" if silent else "ā"


def _voweled(word: list[Letter], i: int) -> bool:
    """Whether the a before ة is written already: after fatha or a long vowel."""
    return i > 0 and (word[i - 1].vowel == "a" or word[i - 1].text in "اآ")


def _same(letter: str, vowel: str | None) -> bool:
    return (letter in "يی" and vowel == "i") or (letter == "و" and vowel == "u")


def _letter(match: re.Match[str]) -> Letter:
    signs = match["signs"]
    vowel = next((VOWELS[s] for s in signs if s in VOWELS), None)
    ending = next((TANWIN[s] for s in signs if s in TANWIN), "")
    if SMALL_ALIF in signs:
        vowel, ending = "", "ā"
    return Letter(match["letter"], Span(*match.span()), vowel, SHADDA in signs, ending)


TABLE = Arabic({})
