"""Amazon Translate custom terminologies: CSV or TSV, a header of language codes, the source language first.

Facts: docs.aws.amazon.com, "Creating a custom terminology". Whether the file works in one direction or in all is
said when it is uploaded, not in the file.
"""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats import delimited, term_sets
from workbench.glossary.formats.fields import Given
from workbench.glossary.model import Glossary

read = term_sets.read


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    """`given.languages`: the columns, source first; none: all."""
    columns = _columns(glossary, given)
    rows = (texts for _, texts in term_sets.to_write(glossary, columns, Path(path)))
    return delimited.save(Path(path), (columns, *rows), given.delimiter, guard=False)


def _columns(glossary: Glossary, given: Given) -> list[str]:
    return list(given.languages) or term_sets.locales(glossary)


def kept(glossary: Glossary, path: Path, given: Given = Given()) -> Glossary:
    return term_sets.kept(glossary, _columns(glossary, given))
