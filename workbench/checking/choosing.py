"""A form that somebody chose for a name or term: in the glossary's reading, and in every sentence of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.checking.checks import flat
from workbench.enforcement import repair
from workbench.enforcement.demands import Terms
from workbench.enforcement.verification import verify
from workbench.errors import InputError
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term, Type
from workbench.transliteration.candidates import unidecoded

MOST = 200  # code points of a name


@dataclass(frozen=True, slots=True)
class Choice:
    """`form` shall stand for `name`. `entry`: the id that the glossary has for it, '' for a name it does not know.
    `spellings`: other forms that may stand in a translation made before."""

    name: str
    form: str
    entry: str = ""
    kind: Kind = Kind.PERSON
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its translation; `edited`: a person wrote in it, so that it is never made anew."""

    source: str
    target: str
    edited: bool = False


def chosen(entry: Entry | None, choice: Choice, source: str, target: str) -> Entry:
    """The entry with the choice as its preferred form, the former one admitted; a new one for an unknown name."""
    name, form = choice.name.strip(), choice.form.strip()
    if not name or not form or max(len(name), len(form)) > MOST:
        raise InputError(f"a name and a form of 1 to {MOST} characters are needed")
    if entry is None:
        spelled = tuple(s for s in dict.fromkeys((*choice.spellings, name)) if s != form)
        return Entry(
            choice.entry or identifier(name), choice.kind, (Term(source, name), Term(target, form, variants=spelled))
        )
    type = next((t.type for t in entry.says(source) if name in (t.text, *t.variants)), Type.FULL)
    if not any(t.type is type for t in entry.says(target)):
        preferred = entry.preferred(target)
        type = preferred.type if preferred else type
    terms = [_ranked(term, target, type, form) for term in entry.terms]
    if not any((t.language, t.type, t.text) == (target, type, form) for t in terms):
        terms.append(Term(target, form, type=type))
    return replace(entry, terms=tuple(terms))


def _ranked(term: Term, language: str, type: Type, form: str) -> Term:
    if (term.language, term.type) != (language, type):
        return term
    if term.text == form:
        return replace(term, status=Status.PREFERRED)
    return replace(term, status=Status.ADMITTED) if term.status is Status.PREFERRED else term


def identifier(name: str) -> str:
    """An id for a new entry: Nikol Pashinyan is nikol-pashinyan, in any script."""
    return re.sub(r"[^a-z0-9]+", "-", unidecoded(name).lower()).strip("-") or "name"


def proposal(glossary: Glossary, choice: Choice, source: str, target: str) -> Entry:
    """What is proposed to the glossary; an entry that it has stays as it is beside it."""
    there = glossary.by_id.get(choice.entry)
    made = chosen(there, choice, source, target)
    id = f"{made.id}-proposed" if there else made.id
    number = 2
    while id in glossary.by_id and glossary.by_id[id].approved:
        id, number = f"{made.id}-{number}", number + 1
    tidy = [replace(t, variants=()) if there is None else t for t in made.terms]  # guesses are no knowledge
    return replace(made, id=id, terms=tuple(tidy), review=Review.PROPOSED)


def reading(base: Terms, choices: Sequence[Choice], lines: Iterable[Line]) -> Terms:
    """What the glossary says about these lines, with the choices: small, so that it is made for every request."""
    if not choices:
        return base
    by_id: dict[str, Entry] = {}
    for line in lines:
        for match in (*base.source.claims(line.source), *base.target.claims(line.target)):
            by_id[match.entry.id] = match.entry
    for choice in choices:
        there = by_id.get(choice.entry) or base.glossary.by_id.get(choice.entry)
        entry = chosen(there, choice, base.source_language, base.target_language)
        by_id[entry.id] = entry
    return Terms(Glossary(tuple(by_id.values())), base.source_language, base.target_language)


Again = Callable[[Sequence[str], Terms], Sequence["str | None"]]  # sentences translated anew; None: it cannot be


def applied(lines: Sequence[Line], choice: Choice, terms: Terms, again: Again) -> list[str | None]:
    """The translation of each line with the choice in it, inflected as what it replaces; None where nothing changes.

    A line that nobody edited and that has no form to replace is translated again; an edited one is left alone.
    """
    id = choice.entry or identifier(choice.name)
    made: list[str | None] = []
    absent: list[int] = []
    for number, line in enumerate(lines):
        demands = [demand for demand in terms.demands(line.source) if demand.match.entry.id == id]
        if not demands:
            made.append(None)
            continue
        standing = verify(flat(line.target), demands, terms)
        draft = repair.respelled(flat(line.target), demands, standing.strays, terms.target_language)
        made.append(draft.text if draft.text != line.target else None)
        if not line.edited and verify(draft, demands, terms).missing:
            absent.append(number)
    for number, target in zip(absent, again([lines[i].source for i in absent], terms), strict=True):
        made[number] = target if target != lines[number].target else None
    return made
