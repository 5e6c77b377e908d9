"""Keys by which spellings of one name find each other: the consonants, coarsely, in every likely reading."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from workbench.names.lexicon import lexicon
from workbench.names.sounds import EVERY, LIKELY, SOUNDS, VOWEL, bits, shown, sounds
from workbench.text import words

# Sounds of one class are not told apart; h is silent, since Armenian, Russian and French lose it.
_CLASSES = {"pb": "p", "fv": "v", "td": "t", "kg": "k", "x": "k", "szSZCJcD": "s", "X": "ks", "m": "m", "n": "n",
            "l": "l", "r": "r", "h": ""}  # fmt: skip
_CLASS = [next((mark for group, mark in _CLASSES.items() if sound in group), "") for sound in SOUNDS]
MOST = 8  # readings of one word
_DOUBLE = re.compile(r"(.)(?=\1)|t(?=s)")  # Mkrtchyan, Mkrchyan


def keys(name: str) -> frozenset[str]:
    """Keys of a name of one or more words: those of each word, and of what the lexicon knows it as.

    A shared key proposes that two spellings may be one name; it decides nothing
    (`comparison.same_name` does).
    """
    return frozenset().union(*(word_keys(word.text) for word in words(name)))


@lru_cache(maxsize=50_000)
def word_keys(word: str) -> frozenset[str]:
    """Keys of one word; none where it has no letter that a table knows."""
    row = sounds(word).row
    if not row:
        return frozenset()
    marks = [_MARKS[sound] for sound in row]
    made = {_squeezed("".join([mark[0] for mark in marks]))}
    doubtful = [i for i, mark in enumerate(marks) if len(mark) > 1]
    if doubtful:
        for choice in islice(product(*[marks[i] for i in doubtful]), MOST):
            for i, mark in zip(doubtful, choice, strict=True):
                marks[i] = (mark,)
            made.add(_squeezed("".join([mark[0] for mark in marks])))
    if "" in made:
        made = (made - {""}) | {"-" + shown(row)}
    return frozenset(made.union(["=" + group for group in lexicon().known(word, row)]))


def _squeezed(marks: str) -> str:
    return _DOUBLE.sub("", marks)


class _Marks(dict[int, tuple[str, ...]]):
    """Classes that a sound may be of, the likely ones first."""

    def __missing__(self, sound: int) -> tuple[str, ...]:
        if sound & bits("I") & EVERY and sound & EVERY & ~VOWEL:
            found = ("", "s", "k") if sound & bits("x") & EVERY else ("", "s")
        else:
            likely = [_CLASS[i] for i in range(len(SOUNDS)) if sound >> LIKELY & 1 << i]
            found = tuple(dict.fromkeys(likely + [_CLASS[i] for i in range(len(SOUNDS)) if sound & 1 << i]))
        self[sound] = found
        return found


_MARKS = _Marks()
