"""Which terms may begin at a word of a text: all of a small glossary, or the few that an automaton finds."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from typing import Protocol

from workbench.glossary import shelf
from workbench.glossary.model import Entry, Glossary, Term
from workbench.matching.automaton import VERSION, Automaton, written
from workbench.matching.patterns import Node, following, tree
from workbench.morphology import inflection
from workbench.text import Words, key, spellings, weak_key, word_at

FEW = 2_000  # entries of which one tree holds every writing; it is built in the time that an automaton is opened
REMEMBERED = 200_000  # words of texts of which it is known what they lead to

log = logging.getLogger(__name__)


class Voice(Enum):
    """What a few words have to do with terms."""

    QUIET = "quiet"  # a term may begin with the last of them, and go on; else nothing
    INNER = "inner"  # a term that began before may go on
    LOUD = "loud"  # a term may begin and end


class Roots(Protocol):
    """Safe to share between threads."""

    def voice(self, words: Words) -> Voice:
        """What stands between white space; louder than it is, at times, never quieter."""

    def opens(self, before: str, after: str) -> bool:
        """Whether a term may begin with the last word before white space and go on with the first one after it, or
        farther on if there is none."""

    def starts(self, words: Words) -> Iterable[int]:
        """Words at which a term may begin, and perhaps some at which none does."""

    def at(self, words: Words, start: int) -> Node:
        """A tree with every term that begins at a word, and perhaps with others."""

    def fuzzy(self) -> Iterable[tuple[Entry, Term]]:
        """Terms that allow near spellings."""


def roots(glossary: Glossary, language: str) -> Roots:
    if len(glossary) <= FEW:
        terms = [(e, t) for e in glossary.entries if e.approved for t in e.terms if t.is_of(language) or e.keep]
        return Few(terms, language)
    return Many(glossary.entries, automaton(glossary.entries, language), language)


class Few:
    """One tree with every writing of every term."""

    def __init__(self, terms: list[tuple[Entry, Term]], language: str):
        self._root, self._language = tree(terms, language), language
        self._fuzzy = [(entry, term) for entry, term in terms if term.fuzzy]
        self._begins: dict[str, bool] = {}
        self._inner = _inner(self._root)
        self._keys = lru_cache(maxsize=REMEMBERED // 4)(self._read)

    def voice(self, words: Words) -> Voice:
        inner = not words
        for at in range(len(words)):
            for k in self._keys(words.spellings[at]):
                if (node := self._root.next.get(k)) and node.patterns:
                    return Voice.LOUD
                inner = inner or k in self._inner
            if words.hyphened(at) and words[at].key + words[at + 1].key in self._root.next:
                return Voice.LOUD
        return _voice(words, inner)

    def opens(self, before: str, after: str) -> bool:
        first, second = spellings(before)[-1:], spellings(after)[:1]
        nodes = [node for k in self._keys(first[0]) if (node := self._root.next.get(k))] if first else []
        if not second:
            return bool(nodes)
        return any(k in node.next for k in self._keys(second[0]) for node in nodes)

    def _read(self, spelling: str) -> tuple[str, ...]:
        return tuple(k for k, _ in following(word_at(0, spelling), self._language))

    def starts(self, words: Words) -> Iterable[int]:
        begins = self._begins
        return [
            at
            for at, spelling in enumerate(words.spellings)
            if begins.get(spelling, True) and self._starts(words, at, spelling) or words.hyphened(at)
        ]

    def _starts(self, words: Words, at: int, spelling: str) -> bool:
        begins = self._begins.get(spelling)
        if begins is None:
            if len(self._begins) >= REMEMBERED:
                self._begins.clear()
            begins = any(k in self._root.next for k, _ in following(words[at], self._language))
            self._begins[spelling] = begins
        return begins

    def at(self, words: Words, start: int) -> Node:
        return self._root

    def fuzzy(self) -> Iterable[tuple[Entry, Term]]:
        return self._fuzzy


def _voice(words: Words, inner: bool) -> Voice:
    """Of words none of which is a term by itself. Several may be one together; none at all lie in the midst of one."""
    if not inner:
        return Voice.QUIET
    return Voice.INNER if len(words) < 2 else Voice.LOUD


def _inner(root: Node) -> frozenset[str]:
    """Keys of words that stand in a term but not first."""
    found: set[str] = set()
    left = list(root.next.values())
    while left:
        node = left.pop()
        found.update(node.next)
        left += node.next.values()
    return frozenset(found)


class Many:
    """An automaton that names the terms, and a tree of the writings of those alone, made when they are met."""

    def __init__(self, entries: Sequence[Entry], automaton: Automaton, language: str):
        self._entries, self._automaton, self._language = entries, automaton, language
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._is_inner = automaton.inner()
        self._inner: dict[str, tuple[int, ...]] = {}
        self._begun: dict[str, tuple[bool, tuple[int, ...]]] = {}
        self._opening = lru_cache(maxsize=REMEMBERED)(self._nodes)
        self._continuing = lru_cache(maxsize=REMEMBERED)(self._inner_numbers)
        self._tree = lru_cache(maxsize=5_000)(self._grown)

    def voice(self, words: Words) -> Voice:
        inner = not words
        for at, spelling in enumerate(words.spellings):
            if self._begins(spelling)[0]:
                return Voice.LOUD
            inner = inner or bool(self._goes_on(spelling))
            if words.hyphened(at) and self._ends([0], self._of(words[at].key + words[at + 1].key))[1]:
                return Voice.LOUD
        return _voice(words, inner)

    def opens(self, before: str, after: str) -> bool:
        numbers = self._continuing(after)
        if numbers is None:
            return bool(self._opening(before))
        nodes, follow = self._opening(before) if numbers else (), self._automaton.follow
        return any(follow(node, number) for number in numbers for node in nodes)

    def _nodes(self, chunk: str) -> tuple[int, ...]:
        """That the last word of what stands between white space leads to."""
        return self._begins(spelled[-1])[1] if (spelled := spellings(chunk)) else ()

    def _inner_numbers(self, chunk: str) -> tuple[int, ...] | None:
        """Of the first word; None when there is none."""
        return self._goes_on(spelled[0]) if (spelled := spellings(chunk)) else None

    def starts(self, words: Words) -> Iterable[int]:
        """Each word costs a look into a dictionary; one that begins longer terms only, a look for the next word."""
        spelled, found, follow = words.spellings, [], self._automaton.follow
        for at, spelling in enumerate(spelled):
            ends, nodes = self._begins(spelling)
            after = () if ends or not nodes or at + 1 == len(spelled) else self._goes_on(spelled[at + 1])
            if ends or any(follow(node, number) for number in after for node in nodes) or words.hyphened(at):
                found.append(at)
        return found

    def _goes_on(self, spelling: str) -> tuple[int, ...]:
        """Numbers of the words that it may be a form of, where a term has them after its first."""
        if (known := self._inner.get(spelling)) is not None:
            return known
        if len(self._inner) >= REMEMBERED:
            self._inner.clear()
        found = self._inner[spelling] = tuple(n for n in self._of(spelling) if self._is_inner[n])
        return found

    def _begins(self, spelling: str) -> tuple[bool, tuple[int, ...]]:
        """Whether a term may end with this its first word, and the nodes to go on from."""
        if (known := self._begun.get(spelling)) is not None:
            return known
        if len(self._begun) >= REMEMBERED:
            self._begun.clear()
        reached, ended = self._ends([0], self._of(spelling))
        found = self._begun[spelling] = bool(ended), tuple(reached)
        return found

    def at(self, words: Words, start: int) -> Node:
        return self._tree(tuple(sorted(self._found(words, start))))

    def fuzzy(self) -> Iterable[tuple[Entry, Term]]:
        return self._terms(self._automaton.fuzzy())

    def _found(self, words: Words, start: int) -> set[tuple[int, int]]:
        """Places of terms that may begin here."""
        found: set[tuple[int, int]] = set()
        if words.hyphened(start):
            found.update(self._ends([0], self._of(words[start].key + words[start + 1].key))[1])
        states, at = [0], start
        while states and at < len(words) and (at == start or words.joined(at)):
            states, ended = self._ends(states, self._of(words.spellings[at]))
            found.update(ended)
            at += 1
        return found

    def _ends(self, states: list[int], numbers: tuple[int, ...]) -> tuple[list[int], list[tuple[int, int]]]:
        """The nodes that words lead to, and the terms that end there."""
        reached = [node for state in states for number in numbers if (node := self._automaton.follow(state, number))]
        return reached, [term for node in reached for term in self._automaton.ends(node)]

    def _of(self, spelling: str) -> tuple[int, ...]:
        """Numbers of all known words that a word of a text may be a form of."""
        numbers = self._numbers.get(spelling)
        if numbers is None:
            if len(self._numbers) >= REMEMBERED:
                self._numbers.clear()
            known = (self._automaton.number(k) for k in _readings(spelling, self._language))
            numbers = self._numbers[spelling] = tuple(dict.fromkeys(number for number in known if number >= 0))
        return numbers

    def _grown(self, terms: tuple[tuple[int, int], ...]) -> Node:
        return tree(self._terms(terms), self._language)

    def _terms(self, places: Iterable[tuple[int, int]]) -> Iterable[tuple[Entry, Term]]:
        for place, number in places:
            entry = self._entries[place]
            yield entry, entry.terms[number]


def _readings(spelling: str, language: str) -> dict[str, None]:
    """Keys without diacritics: of the word, without an ending, and of its dictionary forms."""
    strong = key(spelling)
    read = (strong, *inflection.stems(strong, language), *inflection.lemmas(strong, language))
    found = dict.fromkeys(weak_key(k) for k in read)
    return {**found, **dict.fromkeys(base for k in found for base in inflection.bases(k, language))}


# -- automata that are kept --------------------------------------------------------------------


def automaton(entries: Sequence[Entry], language: str) -> Automaton:
    """The one of these very entries, from the cache folder, else built and left there."""
    while isinstance(entries, shelf.Styled):  # a style changes no writing
        entries = entries.base
    folder = shelf.folder(shelf.content(entries)) / f"automaton-{VERSION}-{language}"
    found = Automaton.opened(folder)
    if found is not None:
        return found
    built = Automaton.built(written(entries, language), language)
    try:
        built.save(folder)
        shelf.tidy(folder.parent.parent)
    except OSError as wrong:
        log.warning("%s: the automaton is not kept (%s); it is built again next time", folder, wrong.strerror)
    return built
