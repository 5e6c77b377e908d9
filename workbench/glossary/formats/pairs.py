"""Lists of pairs: a text of one language and the text to write for it in another, as machine translation
services and OmegaT take them. A pair has no id, no status and no inflection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from workbench.errors import GlossaryError, UnknownLanguage
from workbench.glossary.formats import cells, fields
from workbench.glossary.formats.delimited import Rows
from workbench.glossary.formats.fields import Collector, Given, Place, Scope
from workbench.glossary.model import Entry, Glossary, Status, Term
from workbench.languages import language

_IN_NAME = re.compile(r"(?:^|[._ -])([A-Za-z]{2})[_-]([A-Za-z]{2})(?=$|[._ -])")


class Pair(NamedTuple):
    source: str
    target: str
    note: str = ""


def languages_of(path: Path, given: Given, collector: Collector | None = None) -> tuple[str, str]:
    """Source and target: as given, else as in the name of the file: 'towns.en-es.csv'."""
    if len(given.languages) == 2:
        return given.languages[0], given.languages[1]
    for found in _IN_NAME.finditer(path.stem):
        try:
            named = language(found.group(1)), language(found.group(2))
        except UnknownLanguage:
            continue
        if collector:
            collector.remark(f"from {named[0]} to {named[1]}, as the name of the file says")
        return named
    raise Place(path, 1).error(
        "a list of pairs does not say its languages",
        "say them: --from en --to es, or name the file like towns.en-es.csv",
    )


def is_code(cell: str) -> bool:
    """A language code, so no term."""
    try:
        return bool(language(cell)) and len(cell.strip()) <= 5
    except UnknownLanguage:
        return False


def read(rows: Rows, collector: Collector, coded: bool = False) -> Glossary:
    """Rows of source, target and, if there is one, a note. Rows with the same source make one entry.

    `coded`: the third and fourth cell of a row may name its languages, as DeepL exports them.
    """
    entries: dict[tuple[str, str, str], _Grown] = {}
    ids: set[str] = set()
    named: tuple[str, str] | None = None
    for line, row in rows:
        own = coded and len(row) >= 4 and is_code(row[2]) and is_code(row[3])
        if not own and named is None:
            named = languages_of(collector.path, collector.given, collector)
        with collector.one():
            place = Place(collector.path, line)
            row = [cells.tidy(cell, place) for cell in row]
            codes = (row[2], row[3]) if own or named is None else named
            if len(row) < 2 or not row[0] or not row[1]:
                raise place.error("a row without source and target", "write both, or remove the row")
            source, target = fields.tag_of(codes[0], place), fields.tag_of(codes[1], place)
            grown = entries.get((row[0], *codes))
            if grown is None:
                id = cells.slug(row[0], ids)
                ids.add(id)
                grown = entries[(row[0], *codes)] = _Grown(id, line, [Term(source[0], row[0], tag=source[1])])
            grown.add(Term(target[0], row[1], tag=target[1]), [cell for cell in row[4 if own else 2 :] if cell])
    collector.scope = Scope(frozenset({"note"}), frozenset({"status", "type"}), frozenset(), True)
    for grown in entries.values():
        with collector.one():
            entry = Entry(grown.id, terms=tuple(grown.terms), note="; ".join(grown.notes))
            collector.add(entry, grown.line, [grown.line] * len(grown.terms))
    return Glossary(tuple(collector.entries), name=collector.path.stem)


class _Grown:
    """An entry that later rows add to: the first target is preferred, the others are admitted."""

    def __init__(self, id: str, line: int, terms: list[Term]) -> None:
        self.id, self.line, self.terms, self.notes = id, line, terms, []

    def add(self, target: Term, notes: list[str]) -> None:
        if target.text not in [term.text for term in self.terms[1:]]:
            status = Status.ADMITTED if len(self.terms) > 1 else Status.PREFERRED
            self.terms.append(Term(target.language, target.text, status, tag=target.tag))
        self.notes += [note for note in notes if note not in self.notes]


def to_write(glossary: Glossary, path: Path, given: Given) -> tuple[list[Pair], str, str]:
    """Pairs, source, target. Raises GlossaryError when there is none."""
    source, target = languages_of(path, given)
    found = list(pairs(glossary, source, target))
    if not found:
        raise GlossaryError(f"{path}: no approved entry has a form in '{source}' and in '{target}'; choose others")
    return found, source, target


def pairs(glossary: Glossary, source: str, target: str) -> Iterator[Pair]:
    """Approved source forms, each once, with the form to write: the first entry that has one wins."""
    seen = set()
    for entry in glossary.entries if source != target else ():
        for term in entry.says(source) if entry.approved else ():
            wanted = entry.preferred(target, term.type)
            text = term.text if entry.keep else wanted.text if wanted else ""
            if text and term.status.approved and not term.transformed and term.text not in seen:
                seen.add(term.text)
                yield Pair(term.text, text, entry.note)


def kept(glossary: Glossary, source: str, target: str, notes: bool = False) -> Glossary:
    """What a list of pairs gives back."""
    entries, ids = [], set()
    for pair in pairs(glossary, source, target):
        id = cells.slug(pair.source, ids)
        ids.add(id)
        entries.append(Entry(id, terms=(Term(source, pair.source), Term(target, pair.target)), note=pair.note * notes))
    return Glossary(tuple(entries))
