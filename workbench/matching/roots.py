"""Which terms may begin at a word of a text: all of a small glossary, or the few that an automaton finds."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from workbench.glossary import shelf
from workbench.glossary.model import Entry, Glossary, Term
from workbench.matching.automaton import VERSION, Automaton, written
from workbench.matching.patterns import Node, following, tree
from workbench.morphology import inflection
from workbench.text import Words, key, weak_key

FEW = 2_000  # entries of which one tree holds every writing; it is built in the time that an automaton is opened
REMEMBERED = 200_000  # words of texts of which it is known what they lead to

log = logging.getLogger(__name__)


class Roots(Protocol):
    """Safe to share between threads."""

    def starts(self, words: Words) -> Iterable[int]:
        """Words at which a term may begin, and perhaps some at which none does."""

    def reach(self, words: Words, start: int) -> int | None:
        """The last word to which terms that begin at a word may reach, less than `start` when there are none; None when
        it is not known."""

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

    def reach(self, words: Words, start: int) -> int | None:
        return None

    def at(self, words: Words, start: int) -> Node:
        return self._root

    def fuzzy(self) -> Iterable[tuple[Entry, Term]]:
        return self._fuzzy


class Many:
    """An automaton that names the terms, and a tree of the writings of those alone, made when they are met."""

    def __init__(self, entries: Sequence[Entry], automaton: Automaton, language: str):
        self._entries, self._automaton, self._language = entries, automaton, language
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._is_inner = automaton.inner()
        self._inner: dict[str, tuple[int, ...]] = {}
        self._begun: dict[str, tuple[bool, tuple[int, ...]]] = {}
        self._tree = lru_cache(maxsize=5_000)(self._grown)

    def starts(self, words: Words) -> Iterable[int]:
        """Each word costs a look into a dictionary; one that begins longer terms only, a look for the next word."""
        begun, inner, follow = self._begun, self._inner, self._automaton.follow
        spellings, found = words.spellings, []
        for at, spelling in enumerate(spellings):
            known = begun.get(spelling)
            ends, nodes = self._begins(spelling) if known is None else known
            if not nodes:
                continue
            if not ends:
                after = spellings[at + 1] if at + 1 < len(spellings) else ""
                numbers = inner.get(after)
                for number in self._goes_on(after) if numbers is None else numbers:
                    if any(follow(node, number) for node in nodes):
                        break
                else:
                    continue
            found.append(at)
        if words.hyphens:
            found = sorted({*found, *(at for at in range(len(spellings)) if words.hyphened(at))})
        return found

    def _goes_on(self, spelling: str) -> tuple[int, ...]:
        """Numbers of the words that it may be a form of, where a term has them after its first."""
        if len(self._inner) >= REMEMBERED:
            self._inner.clear()
        found = self._inner[spelling] = tuple(n for n in self._of(spelling) if self._is_inner[n])
        return found

    def _begins(self, spelling: str) -> tuple[bool, tuple[int, ...]]:
        """Whether a term may end with this its first word, and the nodes to go on from."""
        if len(self._begun) >= REMEMBERED:
            self._begun.clear()
        reached, ended = self._ends([0], self._of(spelling))
        found = self._begun[spelling] = bool(ended), tuple(reached)
        return found

    def reach(self, words: Words, start: int) -> int | None:
        if words.unspaced:
            return None  # there words are cut by what stands around them
        found, last = self._found(words, start)
        return last if found else -1

    def at(self, words: Words, start: int) -> Node:
        return self._tree(tuple(sorted(self._found(words, start)[0])))

    def fuzzy(self) -> Iterable[tuple[Entry, Term]]:
        return self._terms(self._automaton.fuzzy())

    def _found(self, words: Words, start: int) -> tuple[set[tuple[int, int]], int]:
        """Places of terms that may begin here, and the last word of the longest."""
        found: set[tuple[int, int]] = set()
        last = start
        if words.hyphened(start):
            found.update(self._ends([0], self._of(words[start].key + words[start + 1].key))[1])
            last = start + bool(found)
        states, at = [0], start
        while states and at < len(words) and (at == start or words.joined(at)):
            states, ended = self._ends(states, self._of(words.spellings[at]))
            if ended:
                found.update(ended)
                last = max(last, at)
            at += 1
        return found, last

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
