"""The mends of the lint that change no meaning: writing, spaces, look-alike letters, variants said twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from workbench.glossary import rules
from workbench.glossary.lookalikes import mended as in_one_script
from workbench.glossary.lookalikes import mixture
from workbench.glossary.model import Entry, Term

SAFE = ("untidy", "mixed script", "variant twice")  # rules of the lint that are mended here
_WRITTEN = ("text", "variants", "forms")


def mended(entry: Entry) -> Entry:
    """As it should be written; the same entry when it is sound, or when a mend would break another rule."""
    better = _tidied(entry)
    terms = []
    for term in better.terms:
        term = replace(term, **{name: _mapped(getattr(term, name), one_script) for name in _WRITTEN})
        terms.append(replace(term, variants=tuple(_once(term))))
    better = replace(better, id=entry.id, terms=tuple(terms))
    return entry if better == entry or any(rules.faults(better)) else better


def tidy(text: str) -> str:
    """NFC, trimmed, spaces single."""
    return " ".join(part for part in unicodedata.normalize("NFC", text).split(" ") if part)


def one_script(text: str) -> str:
    """With each word in one script, where the letters have a counterpart there."""
    return " ".join((in_one_script(word) or word) if mixture(word) else word for word in text.split(" "))


def _once(term: Term) -> Iterator[str]:
    for variant in dict.fromkeys(term.variants):
        if variant != term.text:
            yield variant


def _tidied(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _tidied(getattr(value, field.name)) for field in fields(value)})
    return _mapped(value, tidy)


def _mapped(value: Any, change: Any) -> Any:
    """Every text in a value, at any depth of its tuples."""
    if isinstance(value, tuple):
        return tuple(_tidied(item) if is_dataclass(item) else _mapped(item, change) for item in value)
    return change(value) if isinstance(value, str) and not isinstance(value, Enum) else value
