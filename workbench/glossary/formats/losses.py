"""What an export leaves out, counted: an editor decides whether the format is the right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from workbench.glossary.model import Entry, Glossary, Term

Facts = tuple[tuple[str, ...], Any, tuple[Any, ...]]  # names of fields, their values in one go, their defaults


def _facts_of(cls: type, left_out: tuple[str, ...]) -> Facts:
    known = [field for field in fields(cls) if field.name not in left_out]
    names = tuple(field.name for field in known)
    return names, attrgetter(*names), tuple(field.default for field in known)


ENTRY = _facts_of(Entry, ("id", "terms"))
TERM = _facts_of(Term, ("language", "text", "tag", "status", "type"))
ABOUT = ("title", "licence", "sources", "styles")


def losses(whole: Glossary, kept: Glossary) -> tuple[str, ...]:
    """`kept`: the glossary as the file gives it back. 'variants of terms: 12 of 80', in the order of the glossary."""
    if kept is whole:
        return ()
    there, left = Counter(_facts(whole)), Counter(_facts(kept))
    return tuple(f"{what}: {count - left[what]:,} of {count:,}" for what, count in there.items() if count > left[what])


def _facts(glossary: Glossary) -> Iterator[str]:
    for entry in glossary.entries:
        yield "entries"
        yield from _said(entry, ENTRY, "")
        for term in entry.terms:
            yield f"terms in {term.locale}"
            yield f"{term.status.value} {term.type.value} terms"
            yield from _said(term, TERM, " of terms")
    for name in ABOUT:
        if getattr(glossary, name):
            yield f"the glossary's {name}"


def _said(value: Entry | Term, facts: Facts, suffix: str) -> Iterator[str]:
    names, get, defaults = facts
    found = get(value)
    if found != defaults:
        yield from (name + suffix for name, one, default in zip(names, found, defaults, strict=True) if one != default)
