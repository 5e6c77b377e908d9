"""An entry of the store under an entry of a file that cannot speak of everything."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from workbench.glossary.formats.fields import EVERYTHING, Scope
from workbench.glossary.model import Entry, Term

Key = tuple[str, object, str]


def overlaid(standing: Entry, entry: Entry, scope: Scope) -> Entry:
    """The file's entry with all that its format has no place for taken from the store.

    A table without a column for inflected forms does not remove them, and one without Russian does not remove
    the Russian terms.
    """
    if scope == EVERYTHING:
        return entry
    silent = {} if scope.entry is None else _others(standing, {"id", "terms", *scope.entry})
    return replace(entry, terms=tuple(_terms(standing, entry, scope)), **silent)


def _terms(standing: Entry, entry: Entry, scope: Scope) -> list[Term]:
    """In the order of the store, new ones at the end of their language; all the file's own order where it is whole."""
    new = {_key(term): term for term in entry.terms}
    there = {_key(term): term for term in standing.terms}
    said = {key: _term(there[key], term, scope) if key in there else term for key, term in new.items()}
    if scope.slots is None:
        return list(said.values())
    kept = []
    for key, term in there.items():
        if key in said:
            kept.append(said[key])
        elif (term.locale, term.type, term.status) not in scope.slots:
            kept.append(term)
    return [*kept, *(term for key, term in said.items() if key not in there)]


def _key(term: Term) -> Key:
    return term.locale, term.type, term.text


def _term(standing: Term, term: Term, scope: Scope) -> Term:
    silent = {} if scope.term is None else _others(standing, {"language", "tag", "text", *scope.term})
    return replace(term, **silent)


def _others(value: Entry | Term, named: set[str]) -> dict[str, Any]:
    """Fields by name, without the named ones."""
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name not in named}
