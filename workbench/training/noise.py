"""Lines as careless or other hands write them: capitals, no capitals, no diacritics, other quotes."""

from __future__ import annotations

import random
import unicodedata

import regex

from workbench.training.pairs import Pair

STYLES = (("«", "»"), ("“", "”"))
_QUOTED = regex.compile(r"[\"“”«»]")
TURKIC = frozenset({"az", "tr"})  # i and ı are two letters


def upper(text: str, language: str) -> str:
    """In capitals by the rules of the language."""
    return (text.replace("i", "İ") if language in TURKIC else text).upper()


def lower(text: str, language: str) -> str:
    return (text.replace("I", "ı").replace("İ", "i") if language in TURKIC else text).lower()


def shouted(pair: Pair) -> Pair:
    """Both sides in capitals, as headlines are."""
    return pair._replace(source=upper(pair.source, pair.languages[0]), target=upper(pair.target, pair.languages[1]))


def lowered(pair: Pair) -> Pair:
    """The source without capitals; the target keeps its own, which the model shall bring back."""
    return pair._replace(source=lower(pair.source, pair.languages[0]))


def bare(pair: Pair) -> Pair:
    """The source without diacritics on Latin letters; other scripts keep theirs: мой is not мои."""
    kept: list[str] = []
    for c in unicodedata.normalize("NFD", pair.source):
        if not (unicodedata.combining(c) and kept and kept[-1].isascii()):
            kept.append(c)
    return pair._replace(source=unicodedata.normalize("NFC", "".join(kept)))


def requoted(pair: Pair, rng: random.Random) -> Pair:
    """The pair with its double quotes in another style on both sides, if both sides pair up."""
    sides = []
    opening, closing = rng.choice(STYLES)
    for side in (pair.source, pair.target):
        marks = _QUOTED.findall(side)
        if not marks or len(marks) % 2:
            return pair
        styled = iter((opening, closing) * (len(marks) // 2))
        sides.append(_QUOTED.sub(lambda _, styled=styled: next(styled), side))
    return pair._replace(source=sides[0], target=sides[1])
