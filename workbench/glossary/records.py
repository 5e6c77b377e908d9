"""Entries as JSON, for the store: only what differs from the defaults, so fields may be added later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from workbench.errors import StoreError
from workbench.glossary.model import TRANSFORM, Entry, Glossary, Kind, Preference, Review, Status, Style, Term, Type

CLASSES = (Entry, Term, Glossary, Style, Preference)
_DEFAULTS = {cls: {field.name: field.default for field in fields(cls)} for cls in CLASSES}
_FACTS = {cls: (tuple(known), attrgetter(*known), tuple(known.values())) for cls, known in _DEFAULTS.items()}
_WORDS = {"kind": Kind, "review": Review, "status": Status, "type": Type}
_ENUMS = frozenset(_WORDS.values())
_PARTS = {"terms": Term, "styles": Style, "preferences": Preference}


def entry_text(entry: Entry) -> str:
    """The same text for equal entries, whenever they are written."""
    return _text(_record(entry))


def entry_of(text: str) -> Entry:
    return _value(Entry, json.loads(text))


def terms_of(text: str, language: str) -> Iterator[tuple[int, Entry, Term]]:
    """Number and value of each term that a text in the language may hold, without making the others; the entry
    comes without terms. Nothing of an entry that is not approved, and no romanisation."""
    record = json.loads(text)
    if record.get("review", Review.APPROVED.value) != Review.APPROVED.value:
        return
    keep = record.get("keep", False)
    wanted = [(n, term) for n, term in enumerate(record.get("terms", ())) if keep or _is_of(term, language)]
    if wanted:
        entry = Entry(record["id"], Kind(record.get("kind", Kind.TERM.value)), (), record.get("gender", ""), keep)
        for number, term in wanted:
            yield number, entry, _value(Term, term)


def _is_of(term: dict[str, Any], language: str) -> bool:
    return term["language"] == language and TRANSFORM not in term.get("tag", "")


def about_text(glossary: Glossary) -> str:
    """What a glossary says of itself: name, title, licence, credits, styles; not its entries."""
    return _text({name: value for name, value in _record(glossary).items() if name != "entries"})


def about_of(text: str) -> Glossary:
    """A glossary without entries."""
    return _value(Glossary, json.loads(text))


def texts(value: Any) -> Iterator[str]:
    """Every text in an entry or a glossary, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif type(value) in _DEFAULTS:
        for name in _DEFAULTS[type(value)]:
            yield from texts(getattr(value, name))


def _text(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _record(value: Any) -> dict[str, Any]:
    names, get, defaults = _FACTS[type(value)]
    said = zip(names, get(value), defaults, strict=True)
    return {name: what if type(what) is str else _plain(what) for name, what, default in said if what != default}


def _plain(value: Any) -> Any:
    cls = type(value)
    if cls in _FACTS:
        return _record(value)
    if isinstance(value, tuple):
        return [item if type(item) is str else _plain(item) for item in value]
    return value._value_ if cls in _ENUMS else value  # `value` itself is looked up by a slow way


def _value(cls: Any, record: dict[str, Any]) -> Any:
    unknown = set(record) - set(_DEFAULTS[cls])
    if unknown:
        raise StoreError(
            f"the store has a field '{min(unknown)}' of {cls.__name__.lower()} that this version does not know; "
            "update the workbench"
        )
    return cls(**{name: _made(cls, name, value) for name, value in record.items()})


def _made(cls: Any, name: str, value: Any) -> Any:
    if name in _WORDS:
        return None if value is None else _WORDS[name](value)
    if name in _PARTS and not (cls is Term and name == "styles"):  # a term names its styles only
        return tuple(_value(_PARTS[name], item) for item in value)
    return _tuples(value)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
