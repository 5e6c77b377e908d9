"""Letters of one script that look like letters of another: А for A, о for o."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Cyrillic, Greek and Armenian letters with the Latin ones that they are mistaken for.
CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХЬаеіјорсухѕһԛԝәӘү", "ABESIJKMHOPCTYXbaeijopcyxshqwəƏy", strict=True))
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινκ", "ABEZHIKMNOPTYXoivk", strict=True))
ARMENIAN = dict(zip("ՍՕօհոսԼՏ", "UOohnuLS", strict=True))
TO_LATIN = {**CYRILLIC, **GREEK, **ARMENIAN}
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC")
_FROM_LATIN = {
    "CYRILLIC": {latin: other for other, latin in CYRILLIC.items()},
    "GREEK": {latin: other for other, latin in GREEK.items()},
    "ARMENIAN": {latin: other for other, latin in ARMENIAN.items()},
}


@lru_cache(maxsize=10_000)
def script(letter: str) -> str:
    """'' for a digit, a mark, a hyphen, or a script in which nothing is mistaken for another."""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first if letter.isalpha() and first in SCRIPTS else ""


def mixture(word: str) -> str:
    """The letters of a word that belong to another script than the rest of it; '' when there are none.

    A part between hyphens or apostrophes may have a script of its own: IT-компания.
    """
    strange = ""
    for part in _parts(word):
        scripts = [script(c) for c in part if script(c)]
        if len(set(scripts)) > 1:
            main = _main(part)
            strange += "".join(c for c in part if script(c) not in ("", main))
    return strange


def mended(word: str) -> str:
    """The word in the script of most of its letters; '' when a letter has no counterpart there."""
    for part in _parts(word):
        main = _main(part)
        new = "".join(c if script(c) in ("", main) else _in_script(c, main) for c in part)
        if len(new) != len(part):
            return ""
        word = word.replace(part, new)
    return word


def _parts(word: str) -> list[str]:
    return "".join(c if c.isalpha() or unicodedata.combining(c) else " " for c in word).split()


def _main(part: str) -> str:
    """The script of letters that cannot be mistaken, else of most."""
    scripts = [script(c) for c in part if script(c)]
    sure = [script(c) for c in part if script(c) and c not in TO_LATIN and c not in TO_LATIN.values()]
    return max(sure or scripts, key=(sure or scripts).count, default="")


def _in_script(letter: str, main: str) -> str:
    latin = TO_LATIN.get(letter, letter)
    return latin if main == "LATIN" and script(latin) == "LATIN" else _FROM_LATIN.get(main, {}).get(latin, "")
