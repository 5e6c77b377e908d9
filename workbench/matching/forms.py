"""What a term may look like: the one answer for finding, writing, checking and counting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workbench.glossary.model import Entry, Kind, Term, Type
from workbench.morphology import inflection

MANY = 60  # forms of one term at most: a guard against long names in many cases


class Written(NamedTuple):
    """One form of a term. `label` '' is the base form; `given`: an editor listed it."""

    label: str
    text: str
    given: bool


def forms(entry: Entry, term: Term) -> Iterator[Written]:
    """The base form, then listed forms, then what the language's rules give; no text twice."""
    seen = {term.text}
    yield Written("", term.text, True)
    for label, text in term.forms:
        if text not in seen:
            seen.add(text)
            yield Written(label, text, True)
    if term.invariable or entry.keep:
        return
    for label, text in _by_rule(entry, term):
        if text not in seen and len(seen) < MANY:
            seen.add(text)
            yield Written(label, text, False)


def _by_rule(entry: Entry, term: Term) -> Iterator[tuple[str, str]]:
    listed = {label for label, _ in term.forms}
    if entry.kind is Kind.TERM:
        for label, text in inflection.term_forms(term.text, term.language, term.pos, term.number):
            if label not in listed:
                yield label, text
    elif entry.kind is Kind.PERSON and term.type.value != "abbreviation":
        yield from _name_forms(term, entry.gender)
    elif entry.kind is Kind.PLACE and " " not in term.text:
        yield from (f for f in inflection.name_forms(term.text, term.language) if f[0] not in listed)


def _name_forms(term: Term, gender: str) -> Iterator[tuple[str, str]]:
    """All words in one case: Арарата Мирзояна, not Арарата Мирзоян; in German only the last."""
    parts = term.text.split(" ")
    if term.language == "de":
        for label, last in inflection.name_forms(parts[-1], "de", gender):
            yield label, " ".join([*parts[:-1], last])
        return
    tables = [dict(inflection.name_forms(part, term.language, gender)) for part in parts]
    for label in dict.fromkeys(label for table in tables for label in table):
        yield label, " ".join(table.get(label, part) for table, part in zip(tables, parts, strict=True))


def targets(entry: Entry, language: str, type: Type, source_text: str = "") -> tuple[Term, ...]:
    """Terms that may stand for an occurrence: the preferred one of its type first; for an
    abbreviation the preferred full form too."""
    if entry.keep:
        return (Term(language, source_text, exact_case=True, invariable=True),)
    wanted = [entry.preferred(language, type)]
    if type is Type.ABBREVIATION:
        wanted.append(entry.preferred(language, Type.FULL))
    return tuple(dict.fromkeys(term for term in wanted if term is not None))
