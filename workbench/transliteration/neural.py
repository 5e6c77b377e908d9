"""Names written by a trained model, letter by letter: n best forms with their probabilities.

The model reads `>>ru<<<en>anthony` and writes `энтони`: words in lower case, Hangul as single
letters. Capitals, words and hyphens are kept outside it.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from workbench.engines.engine import Hypothesis, Options
from workbench.transliteration.casing import lower, title, upper
from workbench.transliteration.known import UNVOCALISED, KnownNames, SeenNames, Written, weighed, weights, with_seen

BEAM = 10  # hypotheses of a word that are followed
WIDE = 20  # where they are weighed with known names
WEIGHED_BACK = 8  # forms of a word whose way back is asked for
WEIGHED_ALIKE = 30  # known names that the search did not find and that are weighed too, where vowels are unwritten
LONGEST = 40  # letters of a word; a longer one is no name
_WORD = re.compile(r"[^\s\-‐–]+")
_TAG = re.compile(r">>(\w+)<<")
Chance = tuple[str, float]  # a word as the model writes it, with its probability


class Form(NamedTuple):
    """A written name; `probability` that the model gives it among all it could write, or, weighed with known names,
    that it is the right one. `seen`: the lists give every word of it for that of the name."""

    text: str
    probability: float
    seen: bool = False


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

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]: ...


class NameModel:
    """An engine of characters, asked for names.

    `known`: names of a language that its forms are weighed with; `seen`: names that the lists give in
    both languages, whose attested forms come before its own.
    """

    def __init__(self, engine: Letters, known: KnownNames | None = None, seen: SeenNames | None = None):
        self.engine, self.known, self.seen = engine, known, seen
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
        listed = self.known.of(target) if self.known else {}
        beam = max(n, WIDE if listed else BEAM)
        options = Options(beam=beam, nbest=beam, attention=False, max_pieces=2 * LONGEST)
        made = self.engine.decode([asked(word, source, target) for word in words], options)
        plain = [chances_of(found) for found in made]
        if listed:
            plain = self._weighed(words, plain, listed, source, target, max(n, WEIGHED_BACK))
        pairs = self.seen.of(source, target) if self.seen else {}
        known: dict[str, list[Form]] = {}
        for word, chances in zip(words, plain, strict=True):
            attested = pairs.get(written(word, source), {})
            known[word] = [
                Form(_cased(unicodedata.normalize("NFC", text), word, source, target), chance, text in attested)
                for text, chance in with_seen(chances, attested)[:n]
            ]
        return [_whole(name, known, n) if name in readable else [] for name in names]

    def _weighed(
        self, words: Sequence[str], made: Sequence[Sequence[Chance]], listed: Mapping[str, int],
        source: str, target: str, most: int,
    ) -> list[list[Chance]]:  # fmt: skip
        """The same forms by the chance to be right."""
        by = weights(source, target)
        written_forms = self.spellings(words, made, listed, source, target, most)
        return [weighed(forms, listed, by) for forms in written_forms]

    def spellings(
        self, words: Sequence[str], made: Sequence[Sequence[Chance]], listed: Mapping[str, int],
        source: str, target: str, most: int,
    ) -> list[list[Written]]:  # fmt: skip
        """The forms of each word that are worth weighing, with both ways: the head of a first order by the list
        alone; where vowels are unwritten all of them, and known names of the same consonants."""
        logs = [{text: math.log(chance) for text, chance in found} for found in made]
        if source in UNVOCALISED and self.known:
            heads = self._with_alike(words, logs, source, target)
        else:
            by = weights(source, target)
            heads = [
                [text for text, _ in weighed([Written(*one) for one in there.items()], listed, by)[:most]]
                for there in logs
            ]
        flat = [(asked(text, target, source), written(word, source))
                for word, head in zip(words, heads, strict=True) for text in head]  # fmt: skip
        scores = iter(self.engine.score([a for a, _ in flat], [b for _, b in flat]))
        return [
            [Written(text, there[text], next(scores) * (len(written(word, source)) + 1)) for text in head]
            for word, head, there in zip(words, heads, logs, strict=True)
        ]

    def _with_alike(
        self, words: Sequence[str], logs: Sequence[dict[str, float]], source: str, target: str
    ) -> list[list[str]]:
        """All forms of each word, with the likeliest known names of its consonants, which `logs` then holds too."""
        assert self.known is not None
        alike = [[name for name in self.known.alike(written(word, source), target) if name not in there]
                 for word, there in zip(words, logs, strict=True)]  # fmt: skip
        flat = [(asked(word, source, target), name) for word, names in zip(words, alike, strict=True) for name in names]
        scores = iter(self.engine.score([a for a, _ in flat], [b for _, b in flat]) if flat else ())
        for names, there in zip(alike, logs, strict=True):
            scored = sorted(((next(scores) * (len(name) + 1), name) for name in names), reverse=True)
            there.update((name, log) for log, name in scored[:WEIGHED_ALIKE])
        return [list(there) for there in logs]


def chances_of(found: Sequence[Hypothesis]) -> list[Chance]:
    """Different texts with their probabilities, the most probable first."""
    best: dict[str, float] = {}
    for one in found:
        if one.text:
            best[one.text] = best.get(one.text, 0.0) + math.exp(one.score * (len(one.pieces) + 1))
    return sorted(((text, chance) for text, chance in best.items() if chance), key=lambda pair: -pair[1])


def _cased(form: str, word: str, source: str, target: str) -> str:
    """Capitals as in the word; a script without capitals gives a name its first one."""
    if len(word) > 1 and word == upper(word, source) != lower(word, source):
        return upper(form, target)
    lowered = word == lower(word, source) != upper(word, source)
    return form if lowered else title(form, target)


def _whole(name: str, known: dict[str, list[Form]], n: int) -> list[Form]:
    """Forms of the words put together where the words stood, the most probable combinations."""
    combined = [Form("", 1.0, True)]
    end = 0
    for word in _WORD.finditer(name):
        between = name[end : word.start()]
        end = word.end()
        combined = heapq.nlargest(
            n,
            (
                Form(head.text + between + tail.text, head.probability * tail.probability, head.seen and tail.seen)
                for head in combined
                for tail in known[word.group()]
            ),
            key=lambda form: form.probability,
        )
    return [form._replace(text=form.text + name[end:]) for form in combined]
