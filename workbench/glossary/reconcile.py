"""Three versions of an entry made one: what only one side changed is taken, what both changed is contested."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from workbench.glossary import rules
from workbench.glossary.difference import identity, shown
from workbench.glossary.model import Entry, Term

_LISTS = ("variants", "forms", "styles", "sources", "external")  # joined item by item
_NAMES = frozenset(("id", "terms", "language", "text", "type"))


@dataclass(frozen=True, slots=True)
class Contest:
    """What a person must choose; '' where it is not said."""

    place: str  # 'note', 'en Yerevan', 'en Yerevan: status'
    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`entry`: with theirs wherever it is contested; None when it is gone."""

    entry: Entry | None
    contests: tuple[Contest, ...] = ()


def reconcile(base: Entry | None, theirs: Entry | None, mine: Entry | None) -> Reconciled:
    """None: there is none, or no longer."""
    if theirs == mine or mine == base:
        return Reconciled(theirs)
    if theirs == base:
        return Reconciled(mine)
    if theirs is None or mine is None:
        said = ["there" if entry else "removed" for entry in (base, theirs, mine)]
        return Reconciled(theirs, (Contest("entry", *said),))
    contests: list[Contest] = []
    began = base or Entry(theirs.id)
    made = _fields(began, theirs, mine, "", contests)
    whole = replace(made, terms=_terms(began, theirs, mine, contests))
    if not contests:
        contests = [Contest(fault.what, "", "", "") for fault in rules.faults(whole)]
    return Reconciled(theirs if contests else whole, tuple(contests))


def _terms(base: Entry, theirs: Entry, mine: Entry, contests: list[Contest]) -> tuple[Term, ...]:
    """In the order of theirs, what is only mine at the end."""
    was, here, ours = ({identity(term): term for term in entry.terms} for entry in (base, theirs, mine))
    made = []
    for name in dict.fromkeys((*here, *ours)):
        old, their, my = was.get(name), here.get(name), ours.get(name)
        place = f"{name[0]} {name[2]}"
        if their and my:
            began = old or replace(Term(their.language, their.text, tag=their.tag), type=their.type)
            made.append(_fields(began, their, my, f"{place}: ", contests))
        elif old is None:
            made.append(their or my)
        elif (their or my) != old:
            said = ["there" if term else "removed" for term in (old, their, my)]
            contests.append(Contest(place, *said))
    return tuple(term for term in made if term)


def _fields(base: Any, theirs: Any, mine: Any, place: str, contests: list[Contest]) -> Any:
    changed = {}
    for field in fields(base):
        name = field.name
        old, their, my = (getattr(version, name) for version in (base, theirs, mine))
        if name in _NAMES or my in (old, their):
            continue
        if their == old:
            changed[name] = my
        elif name in _LISTS:
            changed[name] = tuple(x for x in dict.fromkeys((*their, *my)) if x not in old or (x in their and x in my))
        else:
            contests.append(Contest(place + name, shown(old), shown(their), shown(my)))
    return replace(theirs, **changed)
