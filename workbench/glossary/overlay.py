"""An entry of the store under an entry of a file that cannot speak of everything."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from workbench.glossary.formats.fields import EVERYTHING, Scope
from workbench.glossary.model import Entry, Status, Term, Type

Key = tuple[str, object, str]


def overlaid(standing: Entry, entry: Entry, scope: Scope) -> Entry:
    """The file's entry with all that its format has no place for taken from the store.

    A table without a column for inflected forms does not remove them, and one without Russian does not remove
    the Russian terms.
    """
    if scope == EVERYTHING:
        return entry
    silent = {} if scope.entry is None else _others(standing, {"id", "terms", *_told(entry, scope)})
    if scope.joins_note:
        silent["note"] = _joined(standing.note, entry.note)
    return replace(entry, terms=tuple(_terms(standing, entry, scope)), **silent)


def _told(entry: Entry, scope: Scope) -> set[str]:
    """Fields that the file decides; one that only adds decides nothing by an empty cell."""
    names = scope.entry or frozenset()
    return {name for name in names if scope.slots != frozenset() or getattr(entry, name)}


def _joined(standing: str, new: str) -> str:
    """Both notes; of two that are labelled alike ('Ticket: T-1') the new one."""
    parts = [part for part in new.split("; ") if part]
    labels = tuple(part.partition(": ")[0] + ": " for part in parts if ": " in part)
    kept = [old for old in standing.split("; ") if old and old not in parts and not (labels and old.startswith(labels))]
    return "; ".join((*kept, *parts)) if set(parts) - set(standing.split("; ")) else standing


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
    whole = [*kept, *(term for key, term in said.items() if key not in there)]
    chosen = {(t.locale, t.type): t.text for t in said.values() if t.status is Status.PREFERRED}
    return [_yielding(term, chosen) for term in whole]


def _yielding(term: Term, chosen: dict[tuple[str, Type], str]) -> Term:
    """A preferred term of the store beside another one of the file is admitted."""
    rival = chosen.get((term.locale, term.type), term.text) != term.text
    return replace(term, status=Status.ADMITTED) if rival and term.status is Status.PREFERRED else term


def _key(term: Term) -> Key:
    return term.locale, term.type, term.text


def _term(standing: Term, term: Term, scope: Scope) -> Term:
    silent = {} if scope.term is None else _others(standing, {"language", "tag", "text", *scope.term})
    return replace(term, **silent)


def _others(value: Entry | Term, named: set[str]) -> dict[str, Any]:
    """Fields by name, without the named ones."""
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name not in named}
