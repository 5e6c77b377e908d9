"""The texts of the page in the reader's language: gettext catalogues, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import polib

FOLDER = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "es": "Español", "ru": "Русский", "hy": "Հայերեն"}  # English needs no catalogue
Say = Callable[..., str]


def speaking(language: str) -> Say:
    """A function that gives a text in this language, English where the catalogue lacks it.

    `say("{count} sentences", count=3)` fills in names; values are not escaped.
    """
    texts = _catalogue(language)

    def say(text: str, **values: object) -> str:
        said = texts.get(text, text)
        return said.format(**values) if values else said

    return say


@lru_cache(maxsize=8)
def _catalogue(language: str) -> dict[str, str]:
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr and not entry.fuzzy}


def likeliest(accepted: str) -> str:
    """The first of our languages that a browser accepts (its Accept-Language), else English."""
    ranked = []
    for number, part in enumerate(accepted.split(",")):
        tag, _, weight = part.partition(";")
        code = tag.strip().lower().split("-")[0]
        try:
            share = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if code in LANGUAGES and share > 0:
            ranked.append((-share, number, code))
    return min(ranked)[2] if ranked else "en"
