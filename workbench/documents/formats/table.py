"""CSV and TSV: chosen columns of each row; every other cell, and every unchanged row, byte for byte."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.inline import tagged
from workbench.documents.lines import Text, grouped, lines
from workbench.errors import InputError

DELIMITERS = ",;\t|"
ROW = 8_000_000  # characters of one record
PROSE = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")  # two words: what a column of prose has in most cells


class Record(NamedTuple):
    """One row as it stands. `places`: start and end of each cell in `raw`, its quotes included."""

    text: Text
    raw: str
    places: tuple[tuple[int, int], ...]


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    columns: tuple[int, ...] | None = None
    header: list[str] = []
    delimiter = ""
    for group in grouped(_records(file, name, choices)):
        if columns is None:
            delimiter = _delimiter(group[0][1].raw, name)
            group = [(number, _cut(record, delimiter)) for number, record in group]
            rows = [[_cell(record, i)[0] for i in range(len(record.places))] for _, record in group[:200]]
            columns, header = _columns(rows, choices.columns, name)
        else:
            group = [(number, _cut(record, delimiter)) for number, record in group]
        segments = []
        for number, record in group:
            for column in columns if number > bool(header) else ():
                if column < len(record.places):
                    value = tagged(_cell(record, column)[0])
                    if value.text.strip():
                        where = f"row {number}, {header[column] if column < len(header) else f'column {column + 1}'}"
                        segments.append(Segment(f"{number}.{column + 1}", value.text, value.marks, context=where))
        yield Document(tuple(segments), (columns, delimiter, group))


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    columns, delimiter, group = document.skeleton
    made = []
    for number, record in group:
        raw = record.raw
        for column in sorted(columns, reverse=True):
            target = targets.get(f"{number}.{column + 1}")
            if target is not None:
                start, end = record.places[column]
                value, quoted = _cell(record, column)
                new = tagged(value).written(target)
                if new != value:
                    raw = raw[:start] + _quoted(new, quoted, delimiter) + raw[end:]
        made.append((record.text.bom if number == 1 else b"") + record.text.encode(raw))
    return b"".join(made)


def _records(file: BinaryIO, name: str, choices: Choices) -> Iterator[Record]:
    """Lines joined while a quoted cell is open."""
    held: list[str] = []
    text, size, quotes = Text("utf-8"), 0, 0
    for text, line in lines(file, name, choices.encoding):
        held.append(line)
        size, quotes = size + len(line), quotes + line.count('"')
        if quotes % 2 == 0:
            yield Record(text, "".join(held), ())
            held, size, quotes = [], 0, 0
        elif size > ROW:
            raise InputError(f"{name}: a record of more than {ROW // 1_000_000} MB; a quote is left open")
    if held:
        raise InputError(f"{name}: the last record has an open quote; close it")


def _delimiter(first: str, name: str) -> str:
    bare = re.sub(r'"[^"]*"', "", first)
    best = max(DELIMITERS, key=bare.count)
    if bare.count(best):
        return best
    return "\t" if name.lower().endswith((".tsv", ".tab")) else ","


def _cut(record: Record, delimiter: str) -> Record:
    """With the places of its cells."""
    raw, places, at = record.raw.rstrip("\r\n"), [], 0
    while raw:
        start = at
        if raw.startswith('"', at):
            at += 1
            while (at := raw.find('"', at)) >= 0 and raw.startswith('""', at):
                at += 2
            at = len(raw) if at < 0 else at + 1
        end = raw.find(delimiter, at)
        end = len(raw) if end < 0 else end
        places.append((start, end))
        if end == len(raw):
            break
        at = end + 1
        if at == len(raw):
            places.append((at, at))
            break
    return record._replace(places=tuple(places))


def _cell(record: Record, column: int) -> tuple[str, bool]:
    """The value of a cell, and whether it stands in quotes."""
    start, end = record.places[column]
    raw = record.raw[start:end]
    if len(raw) > 1 and raw[0] == raw[-1] == '"':
        return raw[1:-1].replace('""', '"'), True
    return raw, False


def _quoted(value: str, quoted: bool, delimiter: str) -> str:
    if quoted:
        return '"' + value.replace('"', '""') + '"'
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow([value])
    return out.getvalue() if value else value


def _columns(rows: list[list[str]], wanted: tuple[str, ...], name: str) -> tuple[tuple[int, ...], list[str]]:
    """Indices of the columns to translate, and the header ([] when there is none)."""
    first = rows[0] if rows else []
    named = [w for w in wanted if not w.isdigit()]
    missing = [w for w in named if w not in first]
    if missing:
        raise InputError(f"{name}: no column '{missing[0]}' (there are: {', '.join(first)})")
    numbers = [int(w) - 1 for w in wanted if w.isdigit()]
    width = max(map(len, rows), default=0)
    if any(not 0 <= n < width for n in numbers):
        raise InputError(f"{name}: there are columns 1 to {width}; choose among them (--column)")
    body = rows[1:]
    header = first if named or _header(first, body) else []
    if wanted:
        return tuple(sorted({*numbers, *(first.index(w) for w in named)})), header
    cells = body if header else rows
    prose = [i for i in range(width) if sum(len(r) > i and bool(PROSE.search(r[i])) for r in cells) * 2 > len(cells)]
    if not prose and any(map(any, cells)):
        raise InputError(f"{name}: no column of prose was found; choose one: --column NAME (or its number)")
    return tuple(prose), header


def _header(first: list[str], body: list[list[str]]) -> bool:
    """Short different cells without a sentence in them, above rows that have one."""
    return (
        bool(body)
        and all(cell and len(cell) < 40 and len(cell.split()) < 4 for cell in first)
        and len(set(first)) == len(first)
        and any(PROSE.search(cell) and len(cell.split()) > 3 for row in body for cell in row)
    )
