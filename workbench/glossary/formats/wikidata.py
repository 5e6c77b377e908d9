"""Wikidata entities as JSON, in: what wbgetentities and Special:EntityData give, or a list of entities.

A label is the preferred term of its language, aliases are its variants: Wikidata collects them for finding, and
many are no form to write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from workbench.errors import UnknownLanguage
from workbench.fileformats import read_toml
from workbench.glossary.formats import cells, delimited, fields
from workbench.glossary.formats.fields import Collector, Place, Scope
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term, Type
from workbench.languages import language

INSTANCE_OF, SEX, PLACE = "P31", "P21", "P625"  # the last has coordinates
SCRIPTS = {"sr-el": "sr-Latn", "sr-ec": "sr-Cyrl"}  # codes of Wikidata that are no language tags
_ID = re.compile(r'"id"\s*:\s*"(Q\d+)"|"(Q\d+)"\s*:\s*\{')


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of an entity, unless the collector is patient."""
    path = Path(path)
    collector = collector or Collector(path)
    text = delimited.decoded(collector)
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for found in _ID.finditer(line):
            lines.setdefault(found.group(1) or found.group(2), number)
    slots = set()
    for id, entity in _entities(text, path):
        place = Place(path, lines.get(id, 1))
        with collector.one():
            entry = _entry(id, entity, place, collector)
            slots |= {(term.locale, Type.FULL, s) for term in entry.terms for s in Status if s.approved}
            collector.add(entry, place.line, [place.line] * len(entry.terms))
    entry_fields = frozenset({"kind", "gender", "definition", "external"})
    collector.scope = Scope(entry_fields, frozenset({"status", "type", "variants"}), frozenset(slots))
    return Glossary(tuple(collector.entries), name=path.stem)


def _entities(text: str, path: Path) -> Iterator[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Place(path, wrong.lineno).error(f"not valid JSON: {wrong.msg}", "download the entities again") from None
    except RecursionError:
        raise Place(path, 1).error("brackets too deep", "check them") from None
    if isinstance(whole, dict) and isinstance(whole.get("entities"), dict):
        yield from whole["entities"].items()
        return
    for entity in whole if isinstance(whole, list) else [whole]:
        if not isinstance(entity, dict) or "id" not in entity:
            raise Place(path, 1).error("no Wikidata entities", "give what wbgetentities answers, with 'entities'")
        yield str(entity["id"]), entity


def _entry(id: str, entity: Any, place: Place, collector: Collector) -> Entry:
    if not isinstance(entity, dict) or "missing" in entity:
        raise place.error(f"there is no entity {id}", "check its number")
    terms = tuple(_terms(entity, place, collector))
    if not terms:
        raise place.error(f"{id} has no label in a language that we know", "leave it out")
    kind, gender = _kind(entity)
    if entity.get("sitelinks") or set(entity.get("claims") or ()) - {INSTANCE_OF, SEX, PLACE}:
        collector.remark("claims and links of an entity are left out")
    return Entry(
        id, kind, terms, gender, definition=_definition(entity, place, collector), external=(("wikidata", id),)
    )  # fmt: skip


def _values(entity: dict[str, Any], part: str) -> Iterator[tuple[str, list[str]]]:
    """Texts by language code; of labels and descriptions one each, of aliases many. PHP writes an empty map as []."""
    found = entity.get(part) or {}
    for code, value in found.items() if isinstance(found, dict) else ():
        several = value if isinstance(value, list) else [value]
        yield code, [str(one["value"]) for one in several if isinstance(one, dict) and one.get("value")]


def _terms(entity: dict[str, Any], place: Place, collector: Collector) -> Iterator[Term]:
    labels, aliases = dict(_values(entity, "labels")), dict(_values(entity, "aliases"))
    for code in dict.fromkeys((*labels, *aliases)):
        texts = [cells.tidy(text, place) for text in (*labels.get(code, ()), *aliases.get(code, ()))]
        if not texts:
            continue
        try:
            language(code)
        except UnknownLanguage:
            collector.remark(f"names in '{code}', which we do not know, are left out", len(texts))
            continue
        known, tag = fields.tag_of(SCRIPTS.get(code, code), place)
        if tag and set(texts) <= set(labels.get(known, ())):
            continue  # a region that says what the language says
        status = Status.PREFERRED if labels.get(code) else Status.ADMITTED
        term = Term(known, texts[0], status, tag=tag)
        yield replace(term, variants=tuple(dict.fromkeys(text for text in texts[1:] if text != texts[0])))


def _definition(entity: dict[str, Any], place: Place, collector: Collector) -> str:
    """The English description, else the first."""
    said = {code: texts[0] for code, texts in _values(entity, "descriptions") if texts}
    if len(said) > 1:
        collector.remark("descriptions in more than one language: one is kept", len(said) - 1)
    return cells.tidy(said.get("en") or next(iter(said.values()), ""), place)


def _kind(entity: dict[str, Any]) -> tuple[Kind, str]:
    table = _table()
    classes = _claimed(entity, INSTANCE_OF)
    found = next((table["kinds"][number] for number in classes if number in table["kinds"]), "")
    if not found and _claims(entity, PLACE):
        found = Kind.PLACE.value
    kind = Kind(found or Kind.TERM.value)
    sex = next((table["genders"][n] for n in _claimed(entity, SEX) if n in table["genders"]), "")
    return kind, sex if kind is Kind.PERSON else ""


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    """Item numbers with our words."""
    return read_toml(resources.files(__package__) / "wikidata_classes.toml")


def _claims(entity: dict[str, Any], property: str) -> list[Any]:
    claims = entity.get("claims")
    found = claims.get(property) if isinstance(claims, dict) else None
    return found if isinstance(found, list) else []


def _claimed(entity: dict[str, Any], property: str) -> list[str]:
    """Item numbers."""
    numbers = []
    for claim in _claims(entity, property):
        value = claim
        for step in ("mainsnak", "datavalue", "value", "id"):
            value = value.get(step) if isinstance(value, dict) else None
        numbers.append(str(value or ""))
    return numbers
