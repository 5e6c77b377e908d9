"""Glossaries as a table: a row per concept, a column per language, optionally id, kind, subject, definition, note.

A cell may hold several terms with a bar between: the first is preferred, the others are admitted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from workbench import languages
from workbench.errors import UnknownLanguage
from workbench.glossary.formats import fields
from workbench.glossary.formats.fields import Place
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term

COLUMNS = ("id", "kind", "subject", "definition", "note")
DELIMITERS = ",;\t"
BAR = "|"


def read(path: Path | str, collector: fields.Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of a row, unless the collector is patient. Rows without id are
    named after the file and their line."""
    path = Path(path)
    rows = _rows(path)
    header_line, header = next(rows)
    columns = _columns(header, Place(path, header_line))
    collector = collector or fields.Collector(path)
    for line, row in rows:
        with collector.one():
            cells = _cells(row, columns, Place(path, line))
            if any(cells.values()):
                terms = tuple(_terms(cells))
                collector.add(_entry(cells, terms, Place(path, line)), line, [line] * len(terms))
    return Glossary(tuple(collector.entries), name=path.stem)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line where it begins."""
    text = fields.text_of(path)
    first = text.lstrip().splitlines()[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise Place(path, line).error(f"not valid CSV: {error}", "check the quotes in this row") from None


def _cells(row: list[str], columns: list[str], place: Place) -> dict[str, str]:
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        raise place.error(
            f"{len(row)} cells under {len(columns)} columns", "put quotes around a text that has a comma in it"
        )
    return {column: fields.tidy(cell, place) for column, cell in zip(columns, row, strict=False)}


def _columns(header: list[str], place: Place) -> list[str]:
    columns: list[str] = []
    for cell in header:
        name = cell.strip().lower()
        if name not in COLUMNS:
            try:
                name = languages.language(name)
            except UnknownLanguage:
                raise place.error(f"unknown column '{cell.strip()}'", _columns_known(name)) from None
        if name in columns:
            raise place.error(f"the column '{name}' stands twice", "join the two")
        columns.append(name)
    if not set(columns) - set(COLUMNS):
        raise place.error("no column for a language", "begin the file with a row of codes, like 'id,en,ru,hy'")
    return columns


def _columns_known(name: str) -> str:
    return fields.meant(name, COLUMNS) if len(name) > 3 else "known: language codes and " + ", ".join(COLUMNS)


def _entry(cells: dict[str, str], terms: tuple[Term, ...], place: Place) -> Entry:
    kind = cells.get("kind") or Kind.TERM.value
    return Entry(
        cells.get("id") or f"{place.path.stem}-{place.line}".replace(" ", "-"),
        Kind(fields.one_of(kind, [k.value for k in Kind], "kind", place)),
        terms,
        subject=cells.get("subject", ""),
        definition=cells.get("definition", ""),
        note=cells.get("note", ""),
    )


def _terms(cells: dict[str, str]) -> Iterator[Term]:
    for language, cell in cells.items():
        if language in COLUMNS:
            continue
        texts = [text for part in cell.split(BAR) if (text := part.strip())]
        for number, text in enumerate(texts):
            yield Term(language, text, Status.ADMITTED if number else Status.PREFERRED)
