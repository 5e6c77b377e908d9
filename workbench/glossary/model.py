"""Concept entries, their terms, house styles: frozen values, read once, then only looked at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

TRANSFORM = "-t-"  # in a tag: what follows was transformed (RFC 6497)


class Status(Enum):
    """Administrative status after ISO 30042 (TBX)."""

    PREFERRED = "preferred"  # the one form of the target; at most one per language tag and type
    ADMITTED = "admitted"  # right too; a house style may prefer it
    DEPRECATED = "deprecated"  # understood in a source, reported in a target
    SUPERSEDED = "superseded"  # was right once, as a former official name; treated as deprecated
    FORBIDDEN = "forbidden"  # an error in a target

    @property
    def approved(self) -> bool:
        return self in (Status.PREFERRED, Status.ADMITTED)


class Review(Enum):
    """Where an entry stands between an idea and the work: only approved entries are matched and enforced."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class Kind(Enum):
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    WORK = "work"
    TERM = "term"

    @property
    def named(self) -> bool:
        return self is not Kind.TERM


class Type(Enum):
    """Term type: a short form in the source asks for the short form of the target."""

    FULL = "full"
    SHORT = "short"  # surname alone, Karabakh for Nagorno-Karabakh
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one language.

    `forms`: inflected forms that rules would not give, as (label, form), label '' when unknown;
    labels join case, number, gender by dots: 'gen', 'pl', 'f.pl', 'gen.pl'.
    `variants`: spellings met in texts, recognised but never written.
    `styles`: names of the house styles that write this form; they choose it before their own rules do.
    """

    language: str
    text: str
    status: Status = Status.PREFERRED
    type: Type = Type.FULL
    variants: tuple[str, ...] = ()
    forms: tuple[tuple[str, str], ...] = ()
    pos: str = ""  # noun, proper noun, adjective, verb, phrase
    gender: str = ""  # m, f, n: grammatical
    number: str = ""  # sg, pl
    exact_case: bool = False  # match only as written: Armenia is not armenia
    invariable: bool = False  # has no other forms
    source: str = ""  # where the form is attested
    note: str = ""
    animacy: str = ""  # animate, inanimate: Russian has видел студента, видел стол
    fuzzy: bool = False  # near spellings may be suggested; they are never enforced
    styles: tuple[str, ...] = ()
    citation: str = ""  # words of the source in which the form stands
    tag: str = ""  # BCP 47, where it says more than the language: en-GB, sr-Latn, hy-Latn-t-hy-m0-bgn

    @property
    def locale(self) -> str:
        """The whole tag."""
        return self.tag or self.language

    @property
    def transformed(self) -> bool:
        """A romanisation or another transform (RFC 6497), not how the language itself writes."""
        return TRANSFORM in self.tag

    def is_of(self, language: str) -> bool:
        """Whether the language itself writes so: a text in it may hold the term. Of a romanisation it does not."""
        return self.language == language and not self.transformed


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept: a person, place, organisation, work or term."""

    id: str
    kind: Kind = Kind.TERM
    terms: tuple[Term, ...] = ()
    gender: str = ""  # of a person: m, f
    keep: bool = False  # do not translate: the source form stands verbatim in every language
    subject: str = ""
    definition: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    external: tuple[tuple[str, str], ...] = ()  # ('wikidata', 'Q123')
    review: Review = Review.APPROVED

    @property
    def approved(self) -> bool:
        return self.review is Review.APPROVED

    def says(self, language: str) -> Iterator[Term]:
        """Terms of a language, preferred first, otherwise in the order of the file."""
        ranks = list(Status)
        yield from sorted((t for t in self.terms if t.language == language), key=lambda t: ranks.index(t.status))

    def preferred(self, language: str, type: Type = Type.FULL) -> Term | None:
        """The form to write: of the asked type, else full, else any approved one; one for all regions before
        that of a region, never a romanisation."""
        said = sorted(
            (t for t in self.says(language) if t.status.approved and not t.transformed),
            key=lambda t: (t.status is not Status.PREFERRED, bool(t.tag)),
        )
        for wanted in dict.fromkeys((type, Type.FULL, *Type)):
            for term in said:
                if term.type is wanted:
                    return term
        return None


@dataclass(frozen=True, slots=True)
class Preference:
    """One rule of a house style: in this language, prefer approved forms that match the pattern."""

    language: str
    pattern: str  # a regular expression, searched in the term
    kind: Kind | None = None  # None: any kind

    def suits(self, entry: Entry, term: Term) -> bool:
        return (
            term.status.approved
            and term.language == self.language
            and self.kind in (None, entry.kind)
            and re.search(self.pattern, term.text) is not None
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A house style: a named profile that picks among approved forms, so that one switch changes a text."""

    name: str
    preferences: tuple[Preference, ...] = ()
    note: str = ""

    def applied(self, entry: Entry) -> Entry:
        """The entry with the style's choice as preferred and the former preferred form admitted.

        A term that names the style is chosen before any that a rule suits.
        """
        terms = list(entry.terms)
        for preference in self.preferences:
            for type in Type:
                group = [i for i, t in enumerate(terms) if t.language == preference.language and t.type is type]
                _choose(terms, group, next((i for i in group if preference.suits(entry, terms[i])), None))
        for chosen, term in enumerate(entry.terms):
            if self.name in term.styles and term.status.approved:
                group = [i for i, t in enumerate(terms) if (t.language, t.type) == (term.language, term.type)]
                _choose(terms, group, chosen)
        return replace(entry, terms=tuple(terms))


def _choose(terms: list[Term], group: list[int], chosen: int | None) -> None:
    """Make one of a group preferred and the other approved ones admitted."""
    for i in group if chosen is not None else ():
        if terms[i].status.approved:
            terms[i] = replace(terms[i], status=Status.PREFERRED if i == chosen else Status.ADMITTED)


@dataclass(frozen=True)
class Glossary:
    """An immutable reading of one or more glossaries. Of a large store the entries are `shelf.Lazy`, no tuple."""

    entries: Sequence[Entry] = ()
    styles: tuple[Style, ...] = ()
    name: str = ""
    title: str = ""
    licence: str = ""
    sources: tuple[tuple[str, str], ...] = ()  # ('un', 'United Nations documents'): what entries cite by name

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        if not isinstance(self.entries, tuple):
            from workbench.glossary import shelf

            return shelf.ById(self.entries)
        return {entry.id: entry for entry in self.entries}

    def __getitem__(self, id: str) -> Entry:
        return self.by_id[id]

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def fingerprint(self) -> str:
        """Of everything that can change a translation, so of approved entries; 16 hex digits."""
        if not isinstance(self.entries, tuple):
            from workbench.glossary import shelf

            return shelf.fingerprint(self.entries)
        approved = tuple(entry for entry in self.entries if entry.approved)
        return hashlib.sha256(repr(approved).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def __hash__(self) -> int:  # of thousands of entries only once
        return hash(self.fingerprint)

    def styled(self, name: str) -> Glossary:
        """With a house style applied; KeyError when there is none of that name."""
        style = {s.name: s for s in self.styles}[name]
        if not isinstance(self.entries, tuple):
            from workbench.glossary import shelf

            return replace(self, entries=shelf.Styled(self.entries, style))
        return replace(self, entries=tuple(style.applied(entry) for entry in self.entries))


def merged(glossaries: Iterable[Glossary]) -> Glossary:
    """Several glossaries as one; for the same id the later one wins, but a mere proposal replaces nothing."""
    glossaries = list(glossaries)
    if len(glossaries) == 1:
        return glossaries[0]
    styles = {style.name: style for glossary in glossaries for style in glossary.styles}
    sources = {name: said for glossary in glossaries for name, said in glossary.sources}
    return Glossary(
        _together([glossary.entries for glossary in glossaries]),
        tuple(styles.values()),
        name="+".join(g.name for g in glossaries if g.name),
        sources=tuple(sources.items()),
    )


def _together(parts: list[Sequence[Entry]]) -> Sequence[Entry]:
    if not all(isinstance(part, tuple) for part in parts):
        from workbench.glossary.stack import Stack

        return Stack(parts)
    entries: dict[str, Entry] = {}
    for entry in (entry for part in parts for entry in part):
        if prevails(entry, entries.get(entry.id)):
            entries[entry.id] = entry
    return tuple(entries.values())


def prevails(entry: Entry, earlier: Entry | None) -> bool:
    """Whether an entry takes the place of one of the same id in a glossary before."""
    return earlier is None or entry.review is not Review.PROPOSED
