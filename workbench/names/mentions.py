"""Where names stand in texts: by capitals and what surrounds them; without capitals by what is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from workbench.fileformats import read_toml
from workbench.names.lexicon import lexicon
from workbench.spans import Span
from workbench.text import Word, words

CASELESS = frozenset({"ar", "fa", "he", "hi", "ja", "ka", "ko", "zh"})
NOUNS = frozenset({"de"})  # every noun has a capital there
LETTERS = 3  # a shorter word is no name by itself
SURNAMES = frozenset({"yan", "yants", "ov", "ova", "shvili", "dze", "zade"})  # endings that are proof enough
_ENDS = re.compile(r"[.!?…։:]['»”\")\]]*\s+['«“„\"(\[—–-]*\s*$|^\s*['«“„\"(\[—–•*#>\d.)-]*\s*$|\n\s*['«“„\"(—–-]*\s*$")
_INITIAL = re.compile(r"(?:^|[^\w])\w\. ?$")
_BETWEEN = re.compile(r"[ \t\u00a0]+|[-‐‑]|\. ?")

Known = Callable[[str], Sequence[Span]]
Bases = Callable[[str, str], Iterable[str]]  # (word, language) → what it may be a form of


def _no_bases(word: str, language: str) -> Iterable[str]:
    return ()


class Mention(NamedTuple):
    """A name in a text. `initial`: it opens a sentence."""

    text: str
    span: Span
    number: int  # of the text
    initial: bool


@dataclass(frozen=True, slots=True)
class Common:
    """Capitalised words of a language that begin no name."""

    words: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    determiners: frozenset[str]
    endings: tuple[str, ...]


@cache
def common(language: str) -> Common:
    """From common.toml; empty for a language that it lacks."""
    data = read_toml(resources.files(__package__) / "common.toml").get(language, {})

    def read(*fields: str) -> frozenset[str]:
        return frozenset(word for field in fields for word in data.get(field, "").split())

    return Common(read("words", "calendar", "peoples"), read("titles"), read("particles"), read("determiners"),
                  tuple(read("endings")))  # fmt: skip


def mentions(
    texts: Sequence[str], language: str, known: Known, heard: Known | None = None, bases: Bases = _no_bases
) -> list[Mention]:
    """Names in the texts of one language, in order, outside what `known` explains.

    A capital inside a sentence makes a name, unless the word also comes in lower case; at the
    start of a sentence the other texts, the lexicon or an ending of surnames must bear it out.
    Scripts without capitals: words that the lexicon knows, that end as surnames, or that `heard`
    tells to be names (of other files). `bases` gives what an inflected word may be a form of.
    """

    def proven(word: str) -> bool:
        return is_known(word) or any(is_known(base) for base in bases(word, language))

    found = [_Text(text, words(text), known(text)) for text in texts]
    if language in CASELESS:
        return [m for number, one in enumerate(found) for m in _caseless(number, one, heard, proven)]
    statistics = _Statistics(found, common(language), language, proven)
    return [m for number, one in enumerate(found) for m in _cased(number, one, statistics)]


class _Text(NamedTuple):
    text: str
    words: list[Word]
    known: Sequence[Span]

    def free(self, word: Word) -> bool:
        return not any(span.overlaps(word.span) for span in self.known)


def opens(text: str, at: int) -> bool:
    """Whether a sentence or a quotation begins at a place."""
    before = text[max(0, at - 12) : at]
    return not at or (_ENDS.search(before) is not None and not _INITIAL.search(before))


class _Statistics:
    """How the words of all texts are written."""

    def __init__(self, texts: Sequence[_Text], listed: Common, language: str, proven: Callable[[str], bool]):
        self.common, self.language, self.proven = listed, language, proven
        self.inside: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        self.determined: set[str] = set()
        for one in texts:
            before = ""
            shouted = one.text.isupper()
            for word in one.words:
                if not word.text[:1].isupper():
                    self.lower[word.key] += 1
                elif not shouted and not opens(one.text, word.span.start):
                    self.inside[word.key] += 1
                    if before in listed.determiners:
                        self.determined.add(word.key)
                before = word.key

    def name(self, word: Word, initial: bool) -> bool:
        """Whether a capitalised word is one of a name."""
        key = word.key
        if key in self.common.words or key in self.common.titles or (len(word.text) < 2):
            return False
        if self.lower[key] > self.inside[key] // 4:
            return False
        proven = self.proven(word.text)
        if self.language in NOUNS:
            return proven or (
                self.inside[key] > 0 and key not in self.determined and not key.endswith(self.common.endings)
            )
        return proven or self.inside[key] > 0 or not initial


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Whether the lexicon has the word, or it ends as surnames of the region do."""
    known = lexicon().known(word)
    return bool(known) or surname(word)


def surname(word: str) -> bool:
    """Whether a word ends as surnames do: -yan, -ov, -shvili …; at least three sounds before.

    Not -ian in Latin letters, with which Italian ends too.
    """
    return not word.endswith(("ian", "ians")) and lexicon().ending(word) in SURNAMES


def _cased(number: int, one: _Text, statistics: _Statistics) -> Iterator[Mention]:
    """Runs of capitalised words; initials and particles inside, titles before left out."""
    run: list[Word] = []
    pending: list[Word] = []
    last: Word | None = None
    beside = False
    for word in one.words:
        joined = last is not None and _BETWEEN.fullmatch(one.text[last.span.end : word.span.start]) is not None
        dot = last is not None and "." in one.text[last.span.end : word.span.start]
        if run and (not joined or (dot and len(last.text) > 1)):
            yield from _mention(number, one, run)
            run, pending = [], []
        last = word
        if not one.free(word):
            yield from _mention(number, one, run)
            run, pending, beside = [], [], True
            continue
        beside = beside and joined and not run and not statistics.proven(word.text)
        if beside and word.text[:1].isupper():
            continue  # the rest of a longer name that begins with a known one
        capital = word.text[:1].isupper()
        initial = opens(one.text, word.span.start)
        if capital and (statistics.name(word, initial) or (_is_initial(word, one.text) and not initial)):
            run += [*pending, word]
            pending = []
        elif run and word.key in statistics.common.particles:
            pending.append(word)
        elif capital and initial and not run and _before_a_name(one, word, statistics):
            run = [word]
        else:
            yield from _mention(number, one, run)
            run, pending = [], []
    yield from _mention(number, one, run)


def _is_initial(word: Word, text: str) -> bool:
    return len(word.text) == 1 and text[word.span.end : word.span.end + 1] == "."


def _before_a_name(one: _Text, word: Word, statistics: _Statistics) -> bool:
    """Nikol at the start of a sentence, before Pashinyan: no word of the language, never in lower case."""
    if word.key in statistics.common.words or word.key in statistics.common.titles or statistics.lower[word.key]:
        return False
    at = one.words.index(word)
    after = one.words[at + 1] if at + 1 < len(one.words) else None
    return (
        after is not None
        and one.text[word.span.end : after.span.start] == " "
        and after.text[:1].isupper()
        and statistics.name(after, False)
        and bool(statistics.common.words)
        and surname(after.text)
    )


def _mention(number: int, one: _Text, run: list[Word]) -> Iterator[Mention]:
    while run and len(run[-1].text) == 1:  # an initial belongs to what follows
        run = run[:-1]
    if not run:
        return
    span = Span(run[0].span.start, run[-1].span.end)
    text = span.of(one.text)
    letters = [c for c in text if c.isalpha()]
    if len(letters) < LETTERS or (len(letters) < 6 and all(c.isupper() for c in letters)):
        return  # an abbreviation
    yield Mention(text, span, number, opens(one.text, span.start))


def _caseless(number: int, one: _Text, heard: Known | None, proven: Callable[[str], bool]) -> Iterator[Mention]:
    """Words that are names by what is known, joined to runs that end with a surname."""
    places = [*(heard(one.text) if heard else ())]
    run: list[Word] = []
    for word in one.words:
        fits = one.free(word) and len(word.text) >= LETTERS and (
            proven(word.text) or any(span.overlaps(word.span) for span in places)
        )  # fmt: skip
        if run and (
            not fits or surname(run[-1].text) or not _BETWEEN.fullmatch(one.text[run[-1].span.end : word.span.start])
        ):
            yield from _mention(number, one, run)
            run = []
        if fits:
            run.append(word)
    yield from _mention(number, one, run)
