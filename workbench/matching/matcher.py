"""Find the terms of a glossary in a text: one matcher for sources, targets and checks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from workbench.glossary.model import Entry, Glossary, Status, Term
from workbench.matching import forms
from workbench.matching.nearness import Nearness
from workbench.matching.patterns import How, Node, Pattern, following
from workbench.matching.roots import Roots, Voice, roots
from workbench.spans import Span
from workbench.text import Words, key


class Match(NamedTuple):
    """A term at a place. `others`: ids of entries that claim the same place with the same right."""

    span: Span
    text: str
    entry: Entry
    term: Term
    how: How
    label: str = ""  # of the inflected form, '' for the base form
    others: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        return self.entry.kind.named

    def shifted(self, by: int) -> Match:
        """The same, that many characters later."""
        span = Span(self.span.start + by, self.span.end + by)
        return Match(span, self.text, self.entry, self.term, self.how, self.label, self.others)


def disjoint(matches: list[Match]) -> list[Match]:
    """Those that do not overlap: the longest wins, then the leftmost; in text order."""
    chosen: list[Match] = []
    for match in sorted(matches, key=lambda m: (-len(m.span), m.span.start)) if len(matches) > 1 else matches:
        if not any(match.span.overlaps(other.span) for other in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.span)


REMEMBERED = 20_000  # phrases of which the matches are known
CHUNKS = 100_000  # of texts, between white space, of which it is known whether a term may stand there
SHORT = 4  # letters: a name no longer than this must be capitalised in the text
ABBREVIATION = 3  # letters: anything no longer than this must be cased as listed
_AROUND = ".,;:!?…()[]«»„“”\"'։՝"  # words
_STATUS = {status: rank for rank, status in enumerate(Status)}
_TRUST = {how: rank for rank, how in enumerate(How)}


class Matcher:
    """The approved entries of a glossary read for one language. Immutable once built; safe to share between threads."""

    def __init__(self, glossary: Glossary, language: str):
        self.language = language
        self._roots: Roots = roots(glossary, language)
        self._nearness = lru_cache(maxsize=1)(lambda: Nearness(self._roots.fuzzy()))
        self._of_phrase = lru_cache(maxsize=REMEMBERED)(self._phrase)
        self._winners = lru_cache(maxsize=REMEMBERED)(self._won)
        self._quiet: set[str] = set()
        self._inner: set[str] = set()
        self._loud: set[str] = set()

    # -- finding ---------------------------------------------------------------------------

    def all(self, text: str) -> list[Match]:
        """Every match, nested and overlapping ones too, by start, longest first."""
        matches = [group[0] for group in self._groups(text)]
        return matches if len(matches) < 2 else sorted(matches, key=lambda m: (m.span.start, -m.span.end))

    def claims(self, text: str) -> list[Match]:
        """Every match of every entry: several entries may claim one place."""
        return [match for group in self._groups(text) for match in group]

    def find(self, text: str) -> list[Match]:
        """Matches that do not overlap: the longest wins, then the leftmost; in text order."""
        return [
            match.shifted(begin) if begin else match
            for begin, phrase in self._phrases(text)
            for match in self._winners(phrase)
        ]

    def _won(self, phrase: str) -> tuple[Match, ...]:
        return tuple(disjoint([group[0] for group in self._of_phrase(phrase)]))

    def near(self, text: str) -> list[Match]:
        """Spellings near to terms that allow it (`Term.fuzzy`), where nothing else is found. They suggest; nothing
        is ever asked of a translation because of them."""
        found = self._nearness().find(text, (match.span for match in self.all(text)))
        return [Match(n.span, n.span.of(text), n.entry, n.term, How.FUZZY, n.form.label, n.others) for n in found]

    def nested(self, text: str) -> list[tuple[Match, Match]]:
        """(hidden, winner): matches inside or across a longer one, with the one that won."""
        winners = self.find(text)
        return [
            (match, winner)
            for match in self.all(text)
            for winner in winners
            if match.span != winner.span and match.span.overlaps(winner.span)
        ]

    def _groups(self, text: str) -> list[list[Match]]:
        """By place and entry."""
        return [
            [match.shifted(begin) for match in group] if begin else group
            for begin, phrase in self._phrases(text)
            for group in self._of_phrase(phrase)
        ]

    def _phrases(self, text: str) -> list[tuple[int, str]]:
        """The few words around each term, and where they begin; no two overlap. Most texts are told to hold nothing by
        a look into a set for each of their words; of the others only these are taken apart, once for each phrase."""
        chunks, quiet = text.split(), self._quiet
        if quiet.issuperset(chunks):
            return []
        inner, loud = self._inner, self._loud
        phrases: list[tuple[int, str]] = []
        first = last = -2
        for at, chunk in [(at, chunk) for at, chunk in enumerate(chunks) if chunk not in quiet]:
            if chunk not in inner and chunk not in loud and not self._heard(chunk):
                continue
            if at > last + 1:
                opened = at and self._roots.opens(chunks[at - 1], chunk)
                if not opened and chunk in inner:
                    continue
                if last >= 0:
                    phrases.append(_between(text, chunks, first, last))
                first = at - 1 if opened else at
            last = at
        if last >= 0:
            phrases.append(_between(text, chunks, first, last))
        return phrases

    def _heard(self, chunk: str) -> bool:
        """Whether a term may end there with its first word, or go on there; else the chunk is quiet."""
        core = chunk.strip(_AROUND)
        if "İ" not in core:  # of which the small letter is two characters
            core = core.lower()
        known = next((kind for kind in (self._quiet, self._inner, self._loud) if core in kind), None)
        if known is None:
            known = {Voice.QUIET: self._quiet, Voice.INNER: self._inner, Voice.LOUD: self._loud}[
                self._roots.voice(Words(core))
            ]
        if len(known) >= CHUNKS:
            known.clear()
        known.add(core)
        known.add(chunk)
        return known is not self._quiet

    def _phrase(self, text: str) -> tuple[list[Match], ...]:
        found = Words(text)
        return tuple(
            group
            for start in self._roots.starts(found)
            for group in self._from(found, start, self._roots.at(found, start))
        )

    def _from(self, found: Words, start: int, root: Node) -> Iterator[list[Match]]:
        """For each end of the terms that begin at word `start`: a match per entry, best first."""
        ends: dict[int, list[tuple[Pattern, How]]] = {}
        if found.hyphened(start):
            node = root.next.get(found[start].key + found[start + 1].key)
            if node is not None:
                ends[start + 1] = [(p, p.how) for p in node.patterns]
        states: list[tuple[Node, How | None]] = [(root, None)]
        at = start
        while at < len(found) and states and (at == start or found.joined(at)):
            reached: dict[int, tuple[Node, How | None]] = {}
            for node, how in states:
                for k, says in following(found[at], self.language):
                    child = node.next.get(k)
                    if child is not None and id(child) not in reached:
                        reached[id(child)] = (child, _less(how, says))
            states = list(reached.values())
            for node, how in states:
                if node.patterns:
                    ends.setdefault(at, []).extend(
                        (p, how if p.how is How.EXACT and how else p.how) for p in node.patterns
                    )
            at += 1
        for end, patterns in ends.items():
            group = self._ranked(found.text, Span(found[start].span.start, found[end].span.end), patterns)
            if group:
                yield group

    def _ranked(self, text: str, span: Span, patterns: list[tuple[Pattern, How]]) -> list[Match]:
        if len(patterns) == 1:  # nothing to rank
            ((pattern, how),) = patterns
            place = _dotted(text, span, pattern.surface)
            stands = place.of(text)
            if not _case_fits(stands, pattern):
                return []
            return [Match(place, stands, pattern.entry, pattern.term, how, pattern.label)]
        ranked = []
        for pattern, how in patterns:
            place = _dotted(text, span, pattern.surface)
            stands = place.of(text)
            if _case_fits(stands, pattern):
                right = (
                    stands != pattern.surface,
                    _TRUST[how],
                    pattern.entry.kind.named != stands[:1].isupper(),
                    _STATUS[pattern.term.status],
                )
                ranked.append((right, place, pattern, how))
        ranked.sort(key=lambda row: row[0])
        best: dict[str, Match] = {}
        for right, place, pattern, how in ranked:
            if pattern.entry.id not in best:
                equals = {p.entry.id for r, _, p, _ in ranked if r == right} - {pattern.entry.id}
                best[pattern.entry.id] = Match(
                    place, place.of(text), pattern.entry, pattern.term, how, pattern.label, tuple(sorted(equals))
                )
        return list(best.values())

    # -- judging ---------------------------------------------------------------------------

    def writes(self, match: Match, term: Term) -> bool:
        """Whether a match of this matcher stands there as `term` is to be written: the very form
        for a name, any capitals for a common term."""
        if match.entry.keep:
            return match.text == term.text
        if match.term != term:
            return False
        surfaces = frozenset(form.text for form in forms.forms(match.entry, term))
        if match.text in surfaces:
            return True
        if match.named:
            upper = len(match.text) > ABBREVIATION and match.text.isupper()
            return (
                (upper and match.text in {s.upper() for s in surfaces})
                or match.text[:1].lower() + match.text[1:] in surfaces
                or (match.how is How.INFLECTED and any(match.text.startswith(s.rstrip("ի")) for s in surfaces))
            )
        return key(match.text) in {key(s) for s in surfaces} or (match.how is How.INFLECTED and match.label == "?")


def _between(text: str, chunks: list[str], first: int, last: int) -> tuple[int, str]:
    """Where the chunks from one to another begin, and they with the space after them, which tells that a last dot ends
    no text."""
    after = last + 1
    if len(text) == sum(map(len, chunks)) + len(chunks) - 1:  # one space between them, and none at the ends
        begin = sum(map(len, chunks[:first])) + first
        end = begin + sum(map(len, chunks[first:after])) + last - first + (after < len(chunks))
        return begin, text[begin:end]
    parts = text.split(None, after)
    end = len(text) - len(parts[-1]) if len(parts) > after else len(text)
    begin = len(text) - len(text.split(None, first)[-1])
    return begin, text[begin:end]


def _less(one: How | None, other: How | None) -> How | None:
    """The less trusted of two."""
    if one is None or other is None:
        return one or other
    return one if _TRUST[one] >= _TRUST[other] else other


def _dotted(text: str, span: Span, surface: str) -> Span:
    """With the dot of an abbreviation (U.S.), unless that dot ends the text."""
    if surface.endswith(".") and text[span.end : span.end + 1] == "." and span.end + 1 < len(text):
        return Span(span.start, span.end + 1)
    return span


def _case_fits(text: str, pattern: Pattern) -> bool:
    if text == pattern.surface:
        return True
    surface = pattern.surface
    letters = len(surface) if surface.isalpha() else sum(map(str.isalpha, surface))
    if not pattern.term.exact_case and pattern.surface.islower() and text[1:].islower():
        return True  # add, Add: a short common word may begin a sentence
    if pattern.term.exact_case or letters <= ABBREVIATION:
        shouted = letters > ABBREVIATION and text.isupper()
        same = text.rstrip(".").startswith(pattern.surface.rstrip(".")[:letters]) or text == pattern.surface
        return (
            shouted
            or same
            or (pattern.how is not How.EXACT and text[:1] == pattern.surface[:1] and letters > ABBREVIATION)
        )
    if pattern.entry.kind.named and letters <= SHORT and pattern.surface[:1].isupper():
        return text[:1].isupper()
    return True
