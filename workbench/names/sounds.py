"""A name as a row of sounds, each with what else it may be: what spellings of one name share."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from workbench.fileformats import read_toml

SOUNDS = "pbtdkgfvszmnlrhxSZCJcDXaeouEIj"  # the order of the bits of a sound
LIKELY = len(SOUNDS)
EVERY = (1 << LIKELY) - 1
VOWELS = frozenset("aeouEIj")
ABJADS = frozenset({"hebrew", "arabic"})
_BIT = {sound: 1 << place for place, sound in enumerate(SOUNDS)}
VOWEL = sum(_BIT[sound] for sound in VOWELS)
GLIDE = _BIT["I"]
SOFT = _BIT["j"]
H = _BIT["h"]
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ`´ʻʿʾ‛ʺ″ʽ՛՜՞ՙ·\u00ad\u200b\u200c\u200d\u200e\u200f\u0640"))
# Letters that a case fold or a decomposition would lose.
_FIXED = str.maketrans({"İ": "i", "I": "i", "\u0307": None})
_SCRIPT = re.compile("([\u0370-\u03ff\u1f00-\u1fff])|([\u0400-\u052f])|([\u0531-\u058f\ufb13-\ufb17])|"
                     "([\u0590-\u05ff])|([\u0600-\u06ff])|([\u10a0-\u10ff\u1c90-\u1cbf])")  # fmt: skip
_SCRIPTS = ("greek", "cyrillic", "armenian", "hebrew", "arabic", "georgian")


def bits(sounds: str) -> int:
    """A set of alternatives as a number; the likely ones, before the stroke, once more in the bits above LIKELY."""
    likely, _, less = sounds.partition("/")
    sure = sum(_BIT[sound] for sound in set(likely))
    return sure << LIKELY | sure | sum(_BIT[sound] for sound in set(less))


# Tables that change some letters of a script's own, and what a word must show to be read by them.
_TRADITIONS = {
    "western-armenian": ("armenian", re.compile("յան$|եան$|եանց$|[ից]ան$")),
    "german": ("latin", re.compile("sch|^(?!.*(?:sz|cz|ł|rz|ż)).*w|j(?=[aeou])")),
}
_ALONE, _SOFT = bits("I"), bits("jI")  # a glide, and one that may be no more than a soft consonant before it


class _Likeliest(dict[int, str]):
    """The letter of the likeliest alternative of a sound."""

    def __missing__(self, sound: int) -> str:
        likely = sound >> LIKELY
        self[sound] = letter = SOUNDS[(likely & -likely).bit_length() - 1]
        return letter


_LETTER = _Likeliest()


def shown(row: tuple[int, ...]) -> str:
    """The row as letters, for people and for look-up: the likeliest alternative of each sound."""
    return "".join([_LETTER[sound] for sound in row])


class Sounds(NamedTuple):
    """`row`: a set of alternatives for each sound, as bits. `script`: the writing it was read from."""

    row: tuple[int, ...]
    script: str


class _Letters(NamedTuple):
    pattern: re.Pattern[str]
    plain: dict[str, tuple[int, ...]]
    conditional: tuple[tuple[int, ...], ...]


@cache
def _tables() -> dict[str, _Letters]:
    data = read_toml(resources.files(__package__) / "letters.toml")
    return {
        name: _letters(data[_TRADITIONS[name][0]] | table if name in _TRADITIONS else table)
        for name, table in data.items()
    }


def _letters(table: dict[str, str]) -> _Letters:
    plain, patterns, conditional = {}, [], []
    for key, value in table.items():
        row = tuple(bits(sound) for sound in value.split())
        stem, _, follow = key.strip("^$").partition("(")
        if stem != key:
            ahead = f"(?=[{follow[:-1]}])" if follow else "$" if key.endswith("$") else ""
            patterns.append((len(stem), 0, f"{'^' if key[0] == '^' else ''}{stem}{ahead}", row))
        else:
            plain[key] = row
            patterns.append((len(key), 1, key, None))
    patterns.sort(key=lambda one: (-one[0], one[1]))
    parts = []
    for _, _, pattern, row in patterns:
        parts.append(pattern if row is None else f"{pattern}()")
        if row is not None:
            conditional.append(row)
    return _Letters(re.compile("|".join(parts)), plain, tuple(conditional))


def script_of(word: str) -> str:
    """The writing of a word by its first letter that is not Latin; 'latin' when there is none."""
    found = _SCRIPT.search(word)
    return _SCRIPTS[found.lastindex - 1] if found and found.lastindex else "latin"


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Lower case without apostrophes and stress; Latin letters that the table lacks lose their marks."""
    word = unicodedata.normalize("NFC", word.translate(_FIXED)).lower().translate(_APOSTROPHES)
    if word.isascii():
        return word
    script = script_of(word)
    known = _tables()[script].plain
    out = []
    for c in word:
        if c in known:
            out.append(c)
        else:
            out.extend(d for d in unicodedata.normalize("NFD", c) if not unicodedata.combining(d) or d in known)
    return unicodedata.normalize("NFC", "".join(out))


def traditions(word: str) -> list[str]:
    """Tables of `letters.toml` by which a word may be read beside that of its script."""
    word = folded(word)
    script = "latin" if word.isascii() else script_of(word)
    return [name for name, (of, hint) in _TRADITIONS.items() if of == script and hint.search(word)]


def sounds(word: str, tradition: str = "") -> Sounds:
    """The sounds of one word, doubled letters and runs of i and y as one; letters of no table are skipped.

    `tradition`: one of `traditions(word)`, the table to read by.
    """
    word = folded(word)
    script = "latin" if word.isascii() else script_of(word)
    table = _tables()[tradition or script]
    plain, conditional = table.plain, table.conditional
    row: list[int] = []
    last = 0
    for match in table.pattern.finditer(word):
        at = match.lastindex
        for sound in plain[match.group()] if at is None else conditional[at - 1]:
            if sound == _ALONE or sound == _SOFT:
                if last == _ALONE or last == _SOFT:
                    continue
                if not last or last & VOWEL:
                    sound = _ALONE
            elif sound == last and not sound & VOWEL:
                continue  # doubled
            row.append(sound)
            last = sound
    return Sounds(tuple(row), script)
