"""Hangul in the Revised Romanization of 2000: syllables are read with their neighbours (독립 is dongnip)."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.spans import Span

FIRST = 0xAC00
LAST = 0xD7A3
INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
VOWELS = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
          "eu", "ui", "i"]  # fmt: skip
# Finals as (what stays in the syllable, what moves to a following vowel), in the order of Unicode.
FINALS = [("", ""), ("", "g"), ("", "kk"), ("k", "s"), ("", "n"), ("n", "j"), ("n", "h"), ("", "d"), ("", "r"),
          ("l", "g"), ("l", "m"), ("l", "b"), ("l", "s"), ("l", "t"), ("l", "p"), ("l", "h"), ("", "m"), ("", "b"),
          ("p", "s"), ("", "s"), ("", "ss"), ("ng", ""), ("", "j"), ("", "ch"), ("", "k"), ("", "t"), ("", "p"),
          ("", "h")]  # fmt: skip
# The same finals before a consonant or at the end: one of seven sounds.
CLOSED = ["", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
          "ng", "t", "t", "k", "t", "p", "t"]  # fmt: skip
NASAL = {"k": "ng", "t": "n", "p": "m"}  # before n and m
H_FINALS = {6: "n", 15: "l", 27: ""}  # ㄶ ㅀ ㅎ: their h joins the next consonant
STRONG = {"g": "k", "d": "t", "j": "ch"}


class Hangul:
    """As `Table`: `write` and `pieces`."""

    def write(self, text: str) -> str:
        return "".join(output for _, output in self.pieces(text))

    def pieces(self, text: str) -> Iterator[tuple[Span, str]]:
        onset = None  # what the syllable before left for this one
        for i, c in enumerate(text):
            if not FIRST <= ord(c) <= LAST:
                yield Span(i, i + 1), c
                onset = None
                continue
            initial, vowel, final = parts(c)
            begin = INITIALS[initial] if onset is None else onset
            after = parts(text[i + 1]) if i + 1 < len(text) and FIRST <= ord(text[i + 1]) <= LAST else None
            end, onset = junction(final, after)
            yield Span(i, i + 1), begin + VOWELS[vowel] + end


def parts(syllable: str) -> tuple[int, int, int]:
    """Numbers of the initial, the vowel and the final."""
    code = ord(syllable) - FIRST
    return code // 588, code % 588 // 28, code % 28


def junction(final: int, after: tuple[int, int, int] | None) -> tuple[str, str | None]:
    """How a final is written before the next syllable, and the onset of that one (None: its own)."""
    if after is None:
        return CLOSED[final], None
    start, closed = INITIALS[after[0]], CLOSED[final]
    if start == "":
        stays, moves = FINALS[final]
        if final in (7, 25, 13) and after[1] == 20:  # 해돋이 haedoji, 같이 gachi
            moves = "j" if final == 7 else "ch"
        if moves == "h":
            moves = ""  # 좋아 joa
            return stays if stays != "l" else "", "r" if stays == "l" else moves
        return stays, moves
    if final in H_FINALS and start in STRONG:
        return H_FINALS[final], STRONG[start]
    if start in ("n", "m") and closed in NASAL:
        return NASAL[closed], None
    if start == "r":
        if closed in ("n", "l"):
            return "l", "l"
        if closed in NASAL:
            return NASAL[closed], "n"
        return closed, "n" if closed in ("m", "ng") else None
    if start == "n" and closed == "l":
        return "l", "l"
    return closed, None


TABLE = Hangul()
