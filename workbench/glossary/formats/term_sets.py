"""Equivalent term sets: a column a language, one term a cell, as Google and Amazon take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from workbench.errors import GlossaryError
from workbench.glossary.formats import cells, delimited, wide
from workbench.glossary.formats.fields import Collector
from workbench.glossary.model import Entry, Glossary, Term


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of a row, unless the collector is patient. A bar is a bar here."""
    collector = collector or Collector(Path(path))
    rows = delimited.rows(collector, guard=False)
    line, header = delimited.header_of(rows, collector)
    if header:
        wide.read(header, line, rows, collector, sets=True)
    return Glossary(tuple(collector.entries), name=collector.path.stem)


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


def to_write(glossary: Glossary, columns: list[str], path: Path) -> list[tuple[Entry, list[str]]]:
    """Rows. Raises GlossaryError when there is none."""
    found = list(rows(glossary, columns))
    if not found:
        raise GlossaryError(f"{path}: no approved entry has forms in two of {', '.join(columns) or 'no languages'}")
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
