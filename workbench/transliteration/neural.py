"""Names written by a trained model, letter by letter: n best forms with their probabilities.

The model reads `>>ru<<<en>anthony` and writes `энтони`: words in lower case, Hangul as single
letters. Capitals, words and hyphens are kept outside it.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from workbench.engines.engine import Hypothesis, Options
from workbench.transliteration.casing import lower, title, upper

BEAM = 10  # hypotheses of a word that are followed
LONGEST = 40  # letters of a word; a longer one is no name
_WORD = re.compile(r"[^\s\-‐–]+")
_TAG = re.compile(r">>(\w+)<<")


class Form(NamedTuple):
    """A written name; `probability` that the model gives it among all it could write."""

    text: str
    probability: float


def written(word: str, language: str) -> str:
    """A word as the model writes it: lower case, NFC, Hangul as its letters."""
    return unicodedata.normalize("NFD" if language == "ko" else "NFC", lower(word, language))


def asked(word: str, source: str, target: str) -> str:
    """What the model reads."""
    return f">>{target}<<<{source}>{written(word, source)}"


class Letters(Protocol):
    """What an engine of characters can do; `alphabet` holds its letters and tags."""

    name: str
    alphabet: Collection[str]

    def decode(self, sentences: Sequence[str], options: Options) -> list[list[Hypothesis]]: ...


class NameModel:
    """An engine of characters, asked for names."""

    def __init__(self, engine: Letters):
        self.engine = engine
        self._pieces = frozenset(engine.alphabet)

    @cached_property
    def languages(self) -> frozenset[str]:
        return frozenset(found[1] for piece in self._pieces if (found := _TAG.fullmatch(piece)))

    def reads(self, name: str, source: str, target: str) -> bool:
        """Whether both languages and every letter of the name are known to it."""
        return (
            source != target
            and {source, target} <= self.languages
            and any(c.isalpha() for c in name)
            and all(
                len(word) <= LONGEST and self._pieces.issuperset(written(word, source)) for word in _WORD.findall(name)
            )
        )

    def forms(self, names: Sequence[str], source: str, target: str, n: int = 5) -> list[list[Form]]:
        """At most `n` forms a name, the most probable first; none for a name that it cannot read."""
        readable = [name for name in names if self.reads(name, source, target)]
        words = list(dict.fromkeys(word for name in readable for word in _WORD.findall(name)))
        options = Options(beam=max(n, BEAM), nbest=n, attention=False, max_pieces=2 * LONGEST)
        made = self.engine.decode([asked(word, source, target) for word in words], options)
        known: dict[str, list[Form]] = {}
        for word, found in zip(words, made, strict=True):
            best: dict[str, float] = {}
            for one in found:
                text = _cased(unicodedata.normalize("NFC", one.text), word, source, target)
                best[text] = best.get(text, 0.0) + math.exp(one.score * (len(one.pieces) + 1))
            known[word] = [Form(*pair) for pair in sorted(best.items(), key=lambda pair: -pair[1]) if pair[0]]
        return [_whole(name, known, n) if name in readable else [] for name in names]


def _cased(form: str, word: str, source: str, target: str) -> str:
    """Capitals as in the word; a script without capitals gives a name its first one."""
    if len(word) > 1 and word == upper(word, source) != lower(word, source):
        return upper(form, target)
    lowered = word == lower(word, source) != upper(word, source)
    return form if lowered else title(form, target)


def _whole(name: str, known: dict[str, list[Form]], n: int) -> list[Form]:
    """Forms of the words put together where the words stood, the most probable combinations."""
    combined = [Form("", 1.0)]
    end = 0
    for word in _WORD.finditer(name):
        between = name[end : word.start()]
        end = word.end()
        combined = heapq.nlargest(
            n,
            (
                Form(head.text + between + tail.text, head.probability * tail.probability)
                for head in combined
                for tail in known[word.group()]
            ),
            key=lambda form: form.probability,
        )
    return [form._replace(text=form.text + name[end:]) for form in combined]
