"""Glossaries as CSV or TSV: wide, a row per concept; on the way in long tables too."""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats import delimited, long, wide
from workbench.glossary.formats.delimited import Rows
from workbench.glossary.formats.fields import Collector, Given
from workbench.glossary.model import Glossary

kept = wide.kept


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of a row, unless the collector is patient. A row without id gets
    one from its first term."""
    collector = collector or Collector(Path(path))
    return read_rows(delimited.rows(collector), collector)


def read_rows(rows: Rows, collector: Collector) -> Glossary:
    """The first row is the header."""
    line, header = delimited.header_of(rows, collector)
    if header:
        (long if long.is_header(header) else wide).read(header, line, rows, collector)
    return Glossary(tuple(collector.entries), name=collector.path.stem)


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    return delimited.save(Path(path), wide.table(glossary), given.delimiter)
