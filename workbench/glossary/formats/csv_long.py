"""Glossaries as long CSV or TSV: a row per term, with all that is said of it."""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats import csv_table, delimited, long
from workbench.glossary.formats.fields import Given
from workbench.glossary.model import Glossary

kept = long.kept
read = csv_table.read


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    return delimited.save(Path(path), long.table(glossary), given.delimiter)
