"""What differs between two versions of an entry, field by field, in words that a person knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from workbench.glossary.model import Entry, Term

ENTRY_FIELDS = tuple(f.name for f in fields(Entry) if f.name not in ("id", "terms"))
TERM_FIELDS = tuple(f.name for f in fields(Term) if f.name not in ("language", "tag", "text", "type"))


@dataclass(frozen=True, slots=True)
class Difference:
    """`place`: 'note', 'en Yerevan' or 'en Yerevan: status'. `before`, `after`: '' where it is not there."""

    place: str
    before: str
    after: str


def difference(before: Entry | None, after: Entry | None) -> tuple[Difference, ...]:
    """None: the entry was not there, or in the trash. Empty for equal entries."""
    return tuple(_differences(before or Entry(""), after or Entry("")))


def _differences(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.id != after.id:
        yield Difference("entry", before.id, after.id)
    for name in ENTRY_FIELDS:
        yield from _field(name, getattr(before, name), getattr(after, name))
    old, new = _terms(before), _terms(after)
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        place = f"{key[0]} {key[2]}" + ("" if key[1] == "full" else f" ({key[1]})")
        if one is None or other is None:
            yield Difference(place, one.status.value if one else "", other.status.value if other else "")
        for name in TERM_FIELDS if one and other else ():
            yield from _field(f"{place}: {name}", getattr(one, name), getattr(other, name))
    shared = [key for key in old if key in new]
    if shared != [key for key in new if key in old]:
        yield Difference("order", ", ".join(key[2] for key in old), ", ".join(key[2] for key in new))


def identity(term: Term) -> tuple[str, str, str]:
    """What makes it the same term in two versions of an entry."""
    return term.locale, term.type.value, term.text


def _terms(entry: Entry) -> dict[tuple[str, str, str], Term]:
    return {identity(term): term for term in entry.terms}


def _field(place: str, before: Any, after: Any) -> Iterator[Difference]:
    if before != after:
        yield Difference(place, shown(before), shown(after))


def shown(value: Any) -> str:
    """A field as a person reads it."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(" ".join(part for part in item if part) if isinstance(item, tuple) else item for item in value)
    return str(value)
