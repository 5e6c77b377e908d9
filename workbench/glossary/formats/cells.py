"""What stands in one cell of a table: lists, pairs, yes and no, words of a closed list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.glossary.formats import fields
from workbench.glossary.formats.fields import Place
from workbench.text import key

BAR = "|"
LONGEST = 10_000  # characters of a cell; the longest definition met in a real term base has 2,300
YES = {"yes": True, "true": True, "1": True, "x": True, "no": False, "false": False, "0": False, "": False}
_BAR = re.compile(r"(?<!\\)\|")
_NOT_IN_SLUG = re.compile(r"[\W_]+")


def tidy(cell: str, place: Place) -> str:
    if len(cell) > LONGEST:
        raise place.error(f"a cell of {len(cell):,} characters", f"shorten it to {LONGEST:,}")
    return fields.tidy(cell, place)


def items(cell: str) -> list[str]:
    r"""'a|b' → a, b; a bar within a text is written \|."""
    return [text for part in _BAR.split(cell) if (text := part.replace(r"\|", BAR).strip())]


def joined(texts: Iterable[str]) -> str:
    return BAR.join(text.replace(BAR, r"\|") for text in texts)


def pairs(cell: str) -> tuple[tuple[str, str], ...]:
    """'gen=Мирзояна|Мирзояну' → (gen, Мирзояна), ('', Мирзояну). A text with a sign '=' has one before it."""
    found = (item.partition("=") for item in items(cell))
    return tuple((head.strip(), tail.strip()) if sign else ("", head) for head, sign, tail in found)


def paired(values: Iterable[tuple[str, str]]) -> str:
    return joined(f"{head}={tail}" if head or "=" in tail else tail for head, tail in values)


def flag(cell: str, what: str, place: Place) -> bool:
    if cell.lower() not in YES:
        raise place.error(f"'{cell}' under '{what}' is neither yes nor no", "write yes, or leave it empty")
    return YES[cell.lower()]


def slug(text: str, taken: Iterable[str]) -> str:
    """An id for an entry without one: the same for the same text, whatever line it stands in."""
    base = _NOT_IN_SLUG.sub("-", key(text)).strip("-") or "entry"
    id, number = base, 1
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id
