"""A form that somebody chose for a name or term: in the glossary's reading, and in every sentence of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.checking.checks import flat
from workbench.enforcement import repair
from workbench.enforcement.demands import Terms
from workbench.enforcement.verification import verify
from workbench.errors import InputError
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term, Type
from workbench.names.comparison import same_name
from workbench.spans import Span
from workbench.text import words
from workbench.transliteration.candidates import unidecoded

MOST = 200  # code points of a name


@dataclass(frozen=True, slots=True)
class Choice:
    """`form` shall stand for `name`. `entry`: the id that the glossary has for it, '' for a name it does not know.

    `spellings`: other forms that may stand in a translation made before. Of a name that no glossary knows also:
    `variants`: how else the source spells it; `short`: spellings of one of its words that stands alone.
    """

    name: str
    form: str
    entry: str = ""
    kind: Kind = Kind.PERSON
    spellings: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its translation; `edited`: a person wrote in it, so that it is never made anew. `names`: places
    of names that no glossary lists, None where nobody has looked for them."""

    source: str
    target: str
    edited: bool = False
    names: tuple[Span, ...] | None = None


def chosen(entry: Entry | None, choice: Choice, source: str, target: str) -> Entry:
    """The entry with the choice as its preferred form, the former one admitted; a new one for an unknown name."""
    name, form = choice.name.strip(), choice.form.strip()
    if not name or not form or max(len(name), len(form)) > MOST:
        raise InputError(f"a name and a form of 1 to {MOST} characters are needed")
    if entry is None:
        return Entry(
            choice.entry or identifier(name),
            choice.kind,
            (*_full(choice, source, target), *_short(choice, source, target)),
        )
    type = next((t.type for t in entry.says(source) if name in (t.text, *t.variants)), Type.FULL)
    if not any(t.type is type for t in entry.says(target)):
        preferred = entry.preferred(target)
        type = preferred.type if preferred else type
    terms = [_ranked(term, target, type, form) for term in entry.terms]
    if not any((t.language, t.type, t.text) == (target, type, form) for t in terms):
        terms.append(Term(target, form, type=type))
    return replace(entry, terms=tuple(terms))


def _full(choice: Choice, source: str, target: str) -> tuple[Term, ...]:
    name, form = choice.name.strip(), choice.form.strip()
    others = tuple(text for text in dict.fromkeys(choice.variants) if text != name)
    spelled = dict.fromkeys((*choice.spellings, name, *others))
    return Term(source, name, variants=others), Term(target, form), *_replaced(target, form, spelled, Type.FULL)


def _short(choice: Choice, source: str, target: str) -> tuple[Term, ...]:
    """The word that stands alone and its part of the form: Hakobyan of Tigran Hakobyan. Nothing where the form has
    more or fewer words than the name."""
    named, formed = words(choice.name), words(choice.form)
    at = next((i for i, word in enumerate(named) for text in choice.short if same_name(word.text, text).same), None)
    if at is None or not 1 < len(named) == len(formed):
        return ()
    spelled = [found[at].text for text in (*choice.spellings, *choice.variants, choice.name)
               if len(found := words(text)) == len(named)]  # fmt: skip
    first, *rest = choice.short
    part = formed[at].text
    return (
        Term(source, first, type=Type.SHORT, variants=tuple(rest)),
        Term(target, part, type=Type.SHORT),
        *_replaced(target, part, dict.fromkeys((*spelled, *choice.short)), Type.SHORT),
    )


def _replaced(target: str, form: str, spelled: Iterable[str], type: Type) -> Iterator[Term]:
    """What may stand in the translation instead, each a term of its own, so that its inflected forms are known."""
    return (Term(target, text, Status.DEPRECATED, type) for text in spelled if text != form)


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
    # What the translation may say instead is a guess, and no knowledge.
    tidy = [term for term in made.terms if there is not None or term.status is not Status.DEPRECATED]
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
