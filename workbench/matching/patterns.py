"""The writings by which a term is recognised, as paths of word keys; and the tree that such paths make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from workbench.glossary.model import Entry, Kind, Term
from workbench.matching import forms
from workbench.morphology import inflection
from workbench.text import HYPHENS, Word, words


class How(Enum):
    """How a writing was recognised, in order of trust."""

    EXACT = "exact"
    INFLECTED = "inflected"
    VARIANT = "variant"
    FOLDED = "folded"  # without its diacritics
    FUZZY = "fuzzy"  # near to a term that allows it; a suggestion, never enforced


class Pattern(NamedTuple):
    """What stands at the end of a path of word keys."""

    entry: Entry
    term: Term
    how: How
    surface: str
    label: str = ""


@dataclass(slots=True)
class Node:
    next: dict[str, Node] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)

    def add(self, keys: list[str], pattern: Pattern) -> None:
        """Below this node; the same writing of the same term stands once at the end of a path."""
        if not keys:
            return
        node = self
        for k in keys:
            node = node.next.setdefault(k, Node())
        if not node.patterns or all(
            (p.entry.id, p.term) != (pattern.entry.id, pattern.term) or p.surface != pattern.surface
            for p in node.patterns
        ):
            node.patterns.append(pattern)


Path = tuple[list[str], Pattern]


def tree(terms: Iterable[tuple[Entry, Term]], language: str) -> Node:
    """Every writing of the terms, as a text in the language would have them."""
    root = Node()
    for entry, term in terms:
        for keys, pattern in paths(entry, term, language):
            root.add(keys, pattern)
    return root


def paths(entry: Entry, term: Term, language: str) -> Iterator[Path]:
    """All forms of the term and its variants, with and without diacritics; the dictionary form of common terms."""
    for form in forms.forms(entry, term):
        yield from _writings(Pattern(entry, term, How.INFLECTED if form.label else How.EXACT, form.text, form.label))
    for variant in term.variants:
        yield from _writings(Pattern(entry, term, How.VARIANT, variant))
    if entry.kind is Kind.TERM and not term.invariable:
        keys = lemma_path(term.text, language)
        if keys:
            yield keys, Pattern(entry, term, How.INFLECTED, term.text, "?")


def lemma_path(text: str, language: str) -> list[str]:
    """The first dictionary form of every word; nothing when one has none."""
    found = [inflection.lemmas(w.key, language)[:1] for w in words(text)]
    return [lemma[0] for lemma in found] if found and all(found) else []


def _writings(pattern: Pattern) -> Iterator[Path]:
    found = words(pattern.surface)
    strong, weak = [w.key for w in found], [w.weak for w in found]
    yield strong, pattern
    if weak != strong:
        yield weak, Pattern(pattern.entry, pattern.term, How.FOLDED, pattern.surface, pattern.label)
    if hyphened(pattern.surface, found):
        yield ["".join(w.key for w in found)], pattern


def hyphened(surface: str, found: list[Word]) -> bool:
    """Two words with a hyphen between: met as one word too."""
    return len(found) == 2 and surface[found[0].span.end : found[1].span.start] in set(HYPHENS)


def following(word: Word, language: str) -> Iterator[tuple[str, How | None]]:
    """Keys to follow in a tree from a word of a text, and what following one says; None: nothing new."""
    yield word.key, None
    if word.weak != word.key:
        yield word.weak, How.FOLDED
    for stem in inflection.stems(word.key, language):
        yield stem, How.INFLECTED
    for lemma in inflection.lemmas(word.key, language):
        if lemma != word.key:
            yield lemma, How.INFLECTED
