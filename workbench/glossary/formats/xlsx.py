"""Glossaries as XLSX workbooks: the first sheet with a header, wide or long; bombs and absurd sheets are refused.

openpyxl leaves the defence against hostile files to its caller (its documentation, "Security"), so the archive is
looked at before it is opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from workbench.errors import GlossaryError
from workbench.glossary.formats import fields, long, wide
from workbench.glossary.formats.delimited import FORMULA, Rows
from workbench.glossary.formats.fields import Collector, Given, Place
from workbench.glossary.model import Glossary

kept = wide.kept

UNPACKED = 600_000_000  # bytes; a million concepts in ten languages, wide, take some 500 MB
RATIO = 200  # unpacked to packed; sheets of real term bases reach 15
SMALL = 5_000_000  # bytes below which the ratio does not matter
PARTS = 2_000  # files in the archive
WIDEST = 256  # columns
GAP = 10_000  # empty rows in sequence, after which the sheet ends
SHEET_NAME = "glossary"
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and row; of a row, unless the collector is patient."""
    path = Path(path)
    collector = collector or Collector(path)
    _sound(path)
    rows = _rows(path, collector)
    line, header = next(rows, (1, []))
    if not header:
        raise Place(path, 1).error("no sheet with a header", "write one like 'id, kind, en, ru' into the first row")
    while header and not header[-1].strip():
        header.pop()
    if len(header) > WIDEST:
        raise Place(path, line).error(f"{len(header):,} columns", f"leave {WIDEST} or fewer")
    (long if long.is_header(header) else wide).read(header, line, rows, collector)
    return Glossary(tuple(collector.entries), name=path.stem)


def _sound(path: Path) -> None:
    """Raises GlossaryError for an archive that no spreadsheet program would write."""
    place = Place(path, 1)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            packed, unpacked = sum(p.compress_size for p in parts), sum(p.file_size for p in parts)
            if len(parts) > PARTS or unpacked > UNPACKED or (unpacked > SMALL and unpacked > RATIO * max(packed, 1)):
                raise place.error(
                    f"{len(parts):,} parts that unpack to {unpacked:,} bytes: no table, or too large a one",
                    "split it, or save it as CSV",
                )
            for part in parts:
                with archive.open(part) as file:
                    head = file.read(65_536).replace(b"\0", b"")  # also of UTF-16
                if _DECLARES.search(head):
                    raise place.error(f"'{part.filename}' declares XML entities", "save the workbook anew")
    except OSError as error:
        raise place.error(f"cannot be read ({error.strerror})", "check the path and its rights") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as wrong:
        # Damaged; packed in an unknown way; with a password.
        raise place.error(f"not a readable XLSX file ({wrong})", "save it anew, without a password") from None


def _rows(path: Path, collector: Collector) -> Rows:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            yield from _sheet(book, path, collector)
        finally:
            book.close()
    except (InvalidFileException, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, zlib.error) as wrong:
        # openpyxl lets through what its parsers raise: missing parts, numbers that are none, broken XML.
        raise Place(path, 1).error(f"not a readable XLSX file ({wrong})", "save it anew") from None


def _sheet(book: Any, path: Path, collector: Collector) -> Rows:
    sheet = next((sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")), None)
    if sheet is None:
        return
    if len(book.sheetnames) > 1:
        others = ", ".join(name for name in book.sheetnames if name != sheet.title)
        collector.remark(f"only the sheet '{sheet.title}' was read, not {others}")
    sheet.reset_dimensions()  # what the file says of its size may be absurd
    empty = 0
    for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
        last = next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0)
        texts = [_text(value) for value in row[:last]]
        empty = 0 if any(text.strip() for text in texts) else empty + 1
        if empty > GAP:
            collector.remark(f"the sheet was read to line {line - empty}: after it come {GAP:,} empty rows")
            return
        if not empty:
            yield line, texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    return save(Path(path), wide.table(glossary))


def save(path: Path, table: Iterable[list[str]]) -> tuple[str, ...]:
    """Every cell is a text; one that begins like a formula has the mark that a spreadsheet gives a quoted text."""
    import io

    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET_NAME)
    sheet.freeze_panes = "A2"
    formulas = [0]
    try:
        for row in table:
            sheet.append(list(_cells(row, sheet, formulas)))
    except IllegalCharacterError as wrong:
        raise GlossaryError(
            f"{path}: a text has a character that XLSX cannot hold ({wrong}); export another format"
        ) from None
    out = io.BytesIO()
    book.save(out)
    fields.save_bytes(path, out.getvalue())
    told = "a cell begins like a formula: it is marked as a text"
    return (f"{told} ({formulas[0]} cells)",) if formulas[0] else ()


def _cells(row: list[str], sheet: Any, formulas: list[int]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for text in row:
        cell = WriteOnlyCell(sheet, value=text or None)
        if text:
            cell.data_type = "s"
        if FORMULA.match(text):
            cell.quotePrefix = True
            formulas[0] += 1
        yield cell
