"""What a change makes of the state of an entry, and whether it may be written at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from workbench.errors import StoreError
from workbench.glossary import records, rules
from workbench.glossary.ledger import ABOUT, State
from workbench.glossary.model import Entry, Glossary, Review

# In JSON: an escaped character, or one that cannot be seen; only then is it worth to look at every text.
_DOUBTFUL = re.compile(r"\\[bfnrtu]|[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def author_of(author: str) -> str:
    if not author.strip() or rules.unprintable(author):
        raise StoreError("a change needs an author; say who makes it, on one line")
    return author.strip()


def reason(why: str) -> str:
    """On one line, as a log shows it."""
    why = " ".join(why.split())
    if bad := rules.unprintable(why):
        raise StoreError(f"the reason holds the character U+{ord(bad):04X}; remove it")
    return why


def names(ids: str | Iterable[str]) -> list[str]:
    names = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
    if ABOUT in names:
        raise StoreError("an empty id; name the entry")
    return names


def checked(entry: Entry) -> str:
    """The entry as it is stored."""
    for fault in rules.faults(entry):
        raise StoreError(f"{fault.what}; {fault.way_out}")
    text = records.entry_text(entry)
    if _DOUBTFUL.search(text):
        printable(entry, f"'{entry.id}'")
    return text


def printable(value: Entry | Glossary, name: str) -> None:
    for text in records.texts(value):
        if bad := rules.unprintable(text):
            raise StoreError(f"{name} holds the character U+{ord(bad):04X} in {text[:60]!a}; remove it")


def moved(state: State, retired: bool) -> State:
    return state if state.retired == retired else state._replace(retired=retired, heir="")


def below(present: State | None) -> int:
    """The revision of the approved version that a proposal leaves in use."""
    if present is None or present.retired:
        return 0
    return present.over or (present.revision if records.entry_of(present.body).approved else 0)


def judged(present: State, review: Review) -> State:
    entry = records.entry_of(present.body)
    under = {Review.APPROVED: 0, Review.PROPOSED: below(present)}.get(review, present.over)
    return present._replace(body=records.entry_text(replace(entry, review=review)), over=under)


def settled(state: State) -> Entry:
    """The entry, when it is neither in the trash nor waits for a decision."""
    entry = records.entry_of(state.body)
    if state.retired:
        heir = f", merged into '{state.heir}'" if state.heir else ""
        raise StoreError(f"'{state.id}' is in the trash{heir}; restore it first, or name another entry")
    if state.over and entry.review is Review.PROPOSED:
        raise StoreError(f"a proposal waits on '{state.id}'; approve or reject it first")
    return entry


def entry(state: State | None) -> Entry | None:
    return None if state is None or state.retired else records.entry_of(state.body)


def value(state: State | None) -> Entry | Glossary | None:
    if state is not None and state.id == ABOUT:
        return None if state.retired else records.about_of(state.body)
    return entry(state)
