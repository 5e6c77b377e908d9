"""Glossaries as XLSX workbooks, a row per term."""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats import long, xlsx
from workbench.glossary.formats.fields import Given
from workbench.glossary.model import Glossary

kept = long.kept
read = xlsx.read


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    return xlsx.save(Path(path), long.table(glossary))
