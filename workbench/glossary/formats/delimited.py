"""Delimited text: its encoding and delimiter found out, each row with its line, formulas made harmless."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.glossary.formats import encodings, fields
from workbench.glossary.formats.fields import Collector, Place

Rows = Iterator[tuple[int, list[str]]]  # each row with the line where it begins

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# A spreadsheet runs a cell that begins so (OWASP, CSV injection). One quote before makes it a text; a quote that
# stands there already gets another, so that taking one off gives every text back.
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
UNGUARDED_TOLD = "a cell begins like a formula: do not open the file in a spreadsheet"
GUARD_TOLD = "a cell begins like a formula: a quote ' stands before it, and is taken off when the file is read again"


def decoded(collector: Collector) -> str:
    """The text of a file. Another encoding than UTF-8 is guessed only where the guess is told to a person."""
    path, given = collector.path, collector.given
    data = fields.bytes_of(path)
    marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    if given.encoding or marked:
        text = _decode(data, given.encoding or marked, path)
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            if not collector.patient:
                return fields.text_of(path)  # tells line and likely encoding
            guess = encodings.guessed(data, given.languages)
            text = _decode(data, guess, path)
            collector.remark(f"the file is not UTF-8 and was read as {guess}, a guess; say --encoding if it is wrong")
    if not text.strip():
        raise Place(path, 1).error("the file is empty", "write at least one entry")
    return text.removeprefix("\ufeff")


def known(encoding: str, path: Path) -> str:
    """The name of an encoding, when there is one of that name."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise Place(path, 1).error(f"no encoding '{encoding}' is known", "write one like cp1251 or utf-16") from None


def _decode(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(known(encoding, path))
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise Place(path, line).error(f"not {encoding}", "say which encoding it is: --encoding cp1251") from None


def delimiter_of(text: str, collector: Collector) -> str:
    """The one that the first line has most of; told when it is not a comma."""
    first = text.lstrip().splitlines()[0]
    found = collector.given.delimiter or max(DELIMITERS, key=first.count)
    if found != ",":
        collector.remark(f"delimiter: {DELIMITERS.get(found, found)}")
    return found


def rows(collector: Collector, guard: bool = True) -> Rows:
    """Rows that are not empty. In a patient reading a quote that never closes ends them with a refusal.

    `guard`: whether the quote before a formula is taken off.
    """
    text = decoded(collector)
    delimiter = delimiter_of(text, collector)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, [_bare(cell, collector) for cell in row] if guard else row
            line = reader.line_num + 1
    except csv.Error as error:
        with collector.one():
            raise Place(collector.path, line).error(
                f"not valid CSV from here to the end: {error}", "check the quotes in this row"
            ) from None


def header_of(rows: Rows, collector: Collector) -> tuple[int, list[str]]:
    """The first row; (1, []) where a patient reading has refused the whole file."""
    first = next(rows, (1, []))
    if not first[1] and not collector.refusals:
        raise Place(collector.path, 1).error("no row with a text in it", "write at least one entry")
    return first


def _bare(cell: str, collector: Collector) -> str:
    if cell.startswith("'") and GUARDED.match(cell):
        collector.remark("the quote ' that keeps a text from running as a formula was taken off")
        return cell[1:]
    return cell


def guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def delimiter_for(path: Path) -> str:
    return "\t" if path.suffix.lower() in (".tsv", ".tab", ".utf8", ".txt") else ","


def save(path: Path, table: Iterable[list[str]], delimiter: str = "", guard: bool = True) -> tuple[str, ...]:
    """UTF-8; what a person should know of the file.

    `guard`: False for services that read the file themselves and would take the quote for a part of the term.
    """
    formulas = 0

    def lines() -> Iterator[str]:
        nonlocal formulas
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter or delimiter_for(path), lineterminator="\n")
        for row in table:
            formulas += dangers(row)
            writer.writerow([guarded(cell) for cell in row] if guard else row)
            yield out.getvalue()
            out.seek(0)
            out.truncate()

    fields.save(path, lines())
    if not formulas:
        return ()
    return (f"{GUARD_TOLD if guard else UNGUARDED_TOLD} ({formulas} cells)",)


def dangers(row: Iterable[str]) -> int:
    """How many cells a spreadsheet might run as formulas."""
    return sum(bool(FORMULA.match(cell)) for cell in row)
