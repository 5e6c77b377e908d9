"""Equivalent term sets: a column a language, one term a cell, as Google and Amazon take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbench.glossary.formats import cells
from workbench.glossary.model import Entry, Glossary, Term


def locales(glossary: Glossary, first: tuple[str, ...] = ()) -> list[str]:
    """Of preferred full terms: the given ones, then the others, the most frequent before."""
    counted = Counter(term.locale for entry in _approved(glossary) for term in said(entry).values())
    return [*first, *(locale for locale, _ in counted.most_common() if locale not in first)]


def said(entry: Entry) -> dict[str, Term]:
    """The full form to write, by tag."""
    found: dict[str, Term] = {}
    for term in entry.terms:
        wanted = entry.preferred(term.language)
        if wanted and wanted.locale == term.locale:
            found.setdefault(term.locale, wanted)
    return found


def rows(glossary: Glossary, columns: list[str]) -> Iterator[tuple[Entry, list[str]]]:
    """Entries with a term in two of the columns, or more: others teach no translation."""
    for entry in _approved(glossary):
        terms = said(entry)
        texts = [terms[column].text if column in terms else "" for column in columns]
        if sum(map(bool, texts)) > 1:
            yield entry, texts


def kept(glossary: Glossary, columns: list[str], definitions: bool = False) -> Glossary:
    entries, ids = [], set()
    for entry, _ in rows(glossary, columns):
        terms = said(entry)
        chosen = [terms[column] for column in columns if column in terms]
        id = cells.slug(chosen[0].text, ids)
        ids.add(id)
        plain = tuple(Term(term.language, term.text, tag=term.tag) for term in chosen)
        entries.append(Entry(id, terms=plain, definition=entry.definition * definitions))
    return Glossary(tuple(entries))


def _approved(glossary: Glossary) -> Iterator[Entry]:
    return (entry for entry in glossary.entries if entry.approved)
