"""Two entries of one concept made one, and one of two concepts made two: on the values, for the store to write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from workbench.errors import InputError
from workbench.glossary.difference import identity
from workbench.glossary.model import Entry, Review, Status, Term
from workbench.text import key

ENTRY_TEXTS = ("gender", "subject", "definition")
TERM_TEXTS = ("pos", "gender", "number", "animacy", "source", "citation")


def merged(one: Entry, other: Entry) -> Entry:
    """`one` with all that `other` says beside: where they contradict each other, `one` is right.

    A preferred term of `other` is admitted where `one` prefers another; what differs in its definition and note
    goes into the note.
    """
    said = {name: getattr(one, name) or getattr(other, name) for name in ENTRY_TEXTS}
    notes = (one.note, other.note, *([other.definition] if one.definition else []))
    approved = one.approved or other.approved
    return replace(
        one,
        **said,
        note=_sentence(part for part in notes if part != one.definition),
        sources=_united(one.sources, other.sources),
        external=_united(one.external, other.external),
        review=Review.APPROVED if approved else one.review,
        terms=_tidied(_terms(one.terms, other.terms)),
    )


def _terms(mine: tuple[Term, ...], others: tuple[Term, ...]) -> list[Term]:
    """By language in the order of `mine`, the added ones at the end of each."""
    theirs = {identity(term): term for term in others}
    made = [_one(term, theirs.pop(identity(term))) if identity(term) in theirs else term for term in mine]
    spelled = {(term.locale, key(term.text)) for term in mine}
    preferred = {(term.locale, term.type) for term in made if term.status is Status.PREFERRED}
    for term in theirs.values():
        if (term.locale, key(term.text)) in spelled and not term.status.approved:
            continue  # `one` knows the form, and knows better whether it is right
        if term.status is Status.PREFERRED and (term.locale, term.type) in preferred:
            term = replace(term, status=Status.ADMITTED)
        made.append(term)
    order = list(dict.fromkeys(term.language for term in made))
    return sorted(made, key=lambda term: order.index(term.language))


def _one(term: Term, other: Term) -> Term:
    return replace(
        term,
        variants=_united(term.variants, other.variants),
        forms=_united(term.forms, other.forms),
        styles=_united(term.styles, other.styles),
        note=_sentence((term.note, other.note)),
        **{name: getattr(term, name) or getattr(other, name) for name in TERM_TEXTS},
    )


def _tidied(terms: list[Term]) -> tuple[Term, ...]:
    """A spelling that is a term is no variant of another one."""
    said = {(term.locale, key(term.text)) for term in terms}
    return tuple(
        replace(term, variants=tuple(v for v in term.variants if (term.locale, key(v)) not in said)) for term in terms
    )


def _united(one: tuple, other: tuple) -> tuple:
    return tuple(dict.fromkeys((*one, *other)))


def _sentence(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))


def split(entry: Entry, new: str, moved: Collection[Term], copied: Collection[Term] = ()) -> tuple[Entry, Entry]:
    """What stays under the old id, and an entry `new` with the terms that are moved or copied.

    The first approved term becomes preferred where the preferred one has gone. Definition, notes and external ids
    stay: they speak of the concept that keeps the id.
    """
    rest = [term for term in entry.terms if term not in moved]
    taken = [term for term in entry.terms if term in moved or term in copied]
    for terms, id in ((rest, entry.id), (taken, new)):
        if not terms:
            raise InputError(f"'{id}' would have no term; move other terms, or keep one with --copy")
    return (
        replace(entry, terms=tuple(_led(rest))),
        Entry(new, entry.kind, tuple(_led(taken)), gender=entry.gender, subject=entry.subject, review=entry.review),
    )


def _led(terms: list[Term]) -> Iterator[Term]:
    led = {(term.locale, term.type) for term in terms if term.status is Status.PREFERRED}
    for term in terms:
        place = (term.locale, term.type)
        if term.status is Status.ADMITTED and place not in led:
            led.add(place)
            term = replace(term, status=Status.PREFERRED)
        yield term
