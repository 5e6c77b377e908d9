"""Wide tables: a row per concept, a column per language tag, and columns for what is said of the concept.

A column of terms is headed by a tag, with a status and a type where they are not preferred and full: 'ru',
'en:deprecated', 'en:short'. A cell of a column without status holds the preferred term and then, after bars,
admitted ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from workbench.errors import GlossaryError
from workbench.glossary.formats import cells, fields
from workbench.glossary.formats.delimited import Rows
from workbench.glossary.formats.fields import Collector, Given, Place, Scope
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term, Type

FIELDS = ("id", "kind", "gender", "keep", "subject", "definition", "note", "sources", "external", "review")
NAMES = dict.fromkeys(FIELDS) | {
    "concept_id": "id", "domain": "subject", "subject field": "subject", "description": "definition",
    "notes": "note", "pos": "pos", "part of speech": "pos",
}  # fmt: skip
NAMES = {name: field or name for name, field in NAMES.items()}
SET_NAMES = {name: NAMES[name] for name in ("pos", "description")}  # of term sets: there "id" is Indonesian
LIKE_TAG = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8})*")
APPROVED = (Status.PREFERRED, Status.ADMITTED)


class Use(Enum):
    FIELD = "field"
    TERMS = "terms"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Column:
    use: Use
    name: str  # of a field, or as the header has it
    language: str = ""
    tag: str = ""
    status: Status | None = None  # None: preferred, then admitted
    type: Type = Type.FULL

    @property
    def slots(self) -> set[tuple[str, Type, Status]]:
        locale = self.tag or self.language
        return {(locale, self.type, status) for status in ((self.status,) if self.status else APPROVED)}


def read(header: list[str], line: int, rows: Rows, collector: Collector, sets: bool = False) -> None:
    """Entries into the collector. `sets`: term sets, where a cell is one term and few columns are known."""
    columns = _columns(header, Place(collector.path, line), collector, SET_NAMES if sets else NAMES)
    said = {column.name for column in columns if column.use is Use.FIELD}
    noted = {"note"} if any(column.use is Use.NOTE for column in columns) else set()
    slots = {slot for column in columns if column.use is Use.TERMS for slot in column.slots if "id" in said}
    collector.scope = Scope(
        frozenset((said | noted) - {"id", "pos"}),
        frozenset({"status", "type"} | said & {"pos"}),
        frozenset(slots),
        "note" not in said,
    )
    for line, row in rows:
        with collector.one():
            _row(row, columns, Place(collector.path, line), collector, not sets)


def _columns(header: list[str], place: Place, collector: Collector, names: dict[str, str]) -> list[Column]:
    columns: list[Column] = []
    for cell in header:
        column = _column(cell.strip(), place, collector, names)
        if column in columns and column.name:
            raise place.error(f"the column '{cell.strip()}' stands twice", "join the two")
        columns.append(column)
    if not any(column.use is Use.TERMS for column in columns):
        raise place.error("no column for a language", "begin the file with a row of codes, like 'id,en,ru,hy'")
    return columns


def _column(name: str, place: Place, collector: Collector, names: dict[str, str]) -> Column:
    if name.lower() in names:
        return Column(Use.FIELD, names[name.lower()])
    if found := terms_column(name, place):
        return found
    if not name:
        return Column(Use.NOTE, name)
    near = fields.meant(name, names)
    if near.startswith("did you") and not LIKE_TAG.fullmatch(name) and not collector.patient:
        raise place.error(f"unknown column '{name}'", near)
    collector.remark(f"the column '{name}' is neither a language that we know nor one of ours and is kept in the notes")
    return Column(Use.NOTE, name)


def terms_column(name: str, place: Place) -> Column | None:
    """'en:short:deprecated'; None for what is not headed by a language."""
    code, *words = name.split(":")
    statuses, types = {s.value: s for s in Status}, {t.value: t for t in Type}
    if not LIKE_TAG.fullmatch(code.strip()) or any(word not in statuses and word not in types for word in words):
        return None
    try:
        language, tag = fields.tag_of(code, place)
    except GlossaryError:
        return None
    status = next((statuses[word] for word in words if word in statuses), None)
    type = next((types[word] for word in words if word in types), Type.FULL)
    return Column(Use.TERMS, name, language, tag, status, type)


def _row(row: list[str], columns: list[Column], place: Place, collector: Collector, barred: bool) -> None:
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        raise place.error(
            f"{len(row)} cells under {len(columns)} columns", "put quotes around a text that has a comma in it"
        )
    said: dict[str, str] = {}
    notes: list[str] = []
    terms: list[Term] = []
    for column, raw in zip(columns, row, strict=False):
        cell = cells.tidy(raw, place)
        if column.use is Use.FIELD:
            said[column.name] = cell
        elif column.use is Use.TERMS:
            terms += _terms(cells.items(cell) if barred else [cell] * bool(cell), column)
        elif cell:
            notes.append(f"{column.name}: {cell}" if column.name else cell)
    if pos := said.pop("pos", ""):
        pos = fields.one_of(pos.lower(), fields.POS, "part of speech", place)
        terms = [replace(term, pos=pos) for term in terms]
    entry = entry_of(said, terms, place)
    if not entry.id and terms:
        entry = replace(entry, id=cells.slug(terms[0].text, collector.lines))
    if notes:
        entry = replace(entry, note="; ".join(filter(None, (entry.note, *notes))))
    collector.add(entry, place.line, [place.line] * len(terms))


def _terms(texts: list[str], column: Column) -> Iterator[Term]:
    for number, text in enumerate(texts):
        status = column.status or (Status.ADMITTED if number else Status.PREFERRED)
        yield Term(column.language, text, status, column.type, tag=column.tag)


def entry_of(said: dict[str, str], terms: list[Term], place: Place) -> Entry:
    """`said`: cells by name of field."""

    def word(name: str, known: list[str] | tuple[str, ...], default: str = "") -> str:
        return fields.one_of(said[name].lower(), known, name, place) if said.get(name) else default

    return Entry(
        said.get("id", "").replace(" ", "-"),
        Kind(word("kind", [k.value for k in Kind], Kind.TERM.value)),
        tuple(terms),
        word("gender", fields.ENTRY_GENDERS),
        cells.flag(said.get("keep", ""), "keep", place),
        said.get("subject", ""),
        said.get("definition", ""),
        said.get("note", ""),
        tuple(cells.items(said.get("sources", ""))),
        cells.pairs(said.get("external", "")),
        Review(word("review", [r.value for r in Review], Review.APPROVED.value)),
    )


def cells_of(entry: Entry) -> dict[str, str]:
    """By name of field, '' where nothing is said."""
    return {
        "id": entry.id, "kind": entry.kind.value, "gender": entry.gender, "keep": "yes" if entry.keep else "",
        "subject": entry.subject, "definition": entry.definition, "note": entry.note,
        "sources": cells.joined(entry.sources), "external": cells.paired(entry.external),
        "review": "" if entry.review is Review.APPROVED else entry.review.value,
    }  # fmt: skip


def table(glossary: Glossary) -> Iterator[list[str]]:
    """Header and rows; only columns that some entry needs."""
    used = {name for entry in glossary.entries for name, cell in cells_of(entry).items() if cell}
    names = [name for name in FIELDS if name in used]
    heads = _heads(glossary)
    yield [*names, *heads]
    for entry in glossary.entries:
        said, columns = cells_of(entry), _by_head(entry)
        yield [*(said[name] for name in names), *(cells.joined(t.text for t in columns.get(h, ())) for h in heads)]


def _heads(glossary: Glossary) -> list[str]:
    """Languages by how many entries have them, within one the plain column first."""
    order: dict[str, int] = {}
    heads: dict[str, str] = {}
    for entry in glossary.entries:
        for head, terms in _by_head(entry).items():
            heads[head] = terms[0].locale
            order[terms[0].locale] = order.get(terms[0].locale, 0) - 1
    return sorted(heads, key=lambda head: (order[heads[head]], heads[head], head.count(":"), head))


def _by_head(entry: Entry) -> dict[str, list[Term]]:
    columns: dict[str, list[Term]] = {}
    for term in sorted(entry.terms, key=lambda t: t.status is not Status.PREFERRED):
        group = term.locale if term.type is Type.FULL else f"{term.locale}:{term.type.value}"
        bare = term.locale not in NAMES  # a column 'id' is not Indonesian
        if term.status is Status.PREFERRED:
            head = group if bare else f"{group}:preferred"
        elif term.status is Status.ADMITTED and bare and group in columns:
            head = group
        else:
            head = f"{group}:{term.status.value}"
        columns.setdefault(head, []).append(term)
    return columns


def kept(glossary: Glossary, path: Path, given: Given = Given()) -> Glossary:
    """What the table gives back: of a term its text, tag, status and type; ordered as the columns are."""
    heads = _heads(glossary)
    entries = []
    for entry in glossary.entries:
        columns = _by_head(entry)
        terms = [Term(t.language, t.text, t.status, t.type, tag=t.tag) for head in heads for t in columns.get(head, ())]
        entries.append(replace(entry, terms=tuple(terms)))
    return Glossary(tuple(entries))
