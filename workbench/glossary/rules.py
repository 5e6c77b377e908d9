"""What every entry must hold to, wherever it comes from: a file, the store, a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.glossary.model import Entry, Status

_SPACE = re.compile(r"[ \t\r\n]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def unprintable(text: str) -> str:
    """The first character that no person could see or mend; '' when there is none."""
    found = _UNPRINTABLE.search(text)
    return found.group() if found else ""


class Fault(NamedTuple):
    """`term`: the number of the term at fault, None for the entry; `first`: of the one it stands against."""

    what: str
    way_out: str
    term: int | None = None
    first: int | None = None


def faults(entry: Entry) -> Iterator[Fault]:
    """In the order of the entry; none for a sound one."""
    if not entry.id:
        yield Fault("an entry without id", "give it an id of its own, like 'id: yerevan'")
    if _SPACE.search(entry.id):
        yield Fault(f"the id '{entry.id}' has a space", "write a hyphen instead")
    if not entry.terms:
        yield Fault(f"'{entry.id}' has no terms", "write at least one, like 'terms: {en: [Yerevan]}'")
    seen: dict[tuple[object, ...], int] = {}
    for number, term in enumerate(entry.terms):
        if not term.text:
            yield Fault(f"a term of '{entry.id}' without text", "write its text or remove it", number)
        locale, type = term.locale, term.type._value_
        first = seen.setdefault((locale, type, term.text), number)
        if first != number:
            yield Fault(f"'{term.text}' stands twice in '{locale}' of '{entry.id}'", "keep one of them", number, first)
        if term.status is not Status.PREFERRED:
            continue
        first = seen.setdefault((locale, type), number)
        if first != number:
            yield Fault(
                f"'{entry.id}' has two preferred {type} terms in '{locale}': "
                f"'{entry.terms[first].text}' and '{term.text}'",
                "mark one of them 'status: admitted', or give it another type",
                number,
                first,
            )
