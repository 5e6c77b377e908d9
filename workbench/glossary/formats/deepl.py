"""DeepL glossaries: CSV or TSV without a header, source and target, optionally the codes of both languages.

Facts: developers.deepl.com, "Managing glossaries": one pair a line, each source once, base language codes.
Files that its page exports have four columns, or five with a relevance.
"""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats import delimited, pairs
from workbench.glossary.formats.fields import Collector, Given
from workbench.glossary.model import Glossary


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    collector = collector or Collector(Path(path))
    return pairs.read(delimited.rows(collector, guard=False), collector, coded=True)


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    """With language codes, so that the file tells its direction."""
    path = Path(path)
    found, source, target = pairs.to_write(glossary, path, given)
    rows = ([pair.source, pair.target, source, target] for pair in found)
    return delimited.save(path, rows, given.delimiter, guard=False)


def kept(glossary: Glossary, path: Path, given: Given = Given()) -> Glossary:
    return pairs.kept(glossary, *pairs.languages_of(path, given))
