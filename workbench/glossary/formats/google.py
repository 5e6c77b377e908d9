"""Google Cloud Translation glossaries: pairs without a header, or equivalent term sets with one.

Facts: cloud.google.com, GlossaryInputConfig (unidirectional: two columns, no header) and "Custom glossary format"
(term sets: a column a locale, optionally 'pos' and 'description').
"""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats import deepl, delimited, pairs, term_sets
from workbench.glossary.formats.fields import Collector, Given
from workbench.glossary.model import Glossary


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """A first row of two codes is a header."""
    collector = collector or Collector(Path(path))
    first_look = Collector(collector.path, collector.patient, collector.given)
    _, first = delimited.header_of(delimited.rows(first_look), first_look)
    return (term_sets if any(map(pairs.is_code, first)) else deepl).read(path, collector)


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    """Unidirectional when source and target are given, else term sets."""
    path = Path(path)
    if given.languages:
        rows = ([pair.source, pair.target] for pair in pairs.to_write(glossary, path, given)[0])
        return delimited.save(path, rows, given.delimiter, guard=False)
    columns = term_sets.locales(glossary)
    sets = ([*texts, entry.definition] for entry, texts in term_sets.to_write(glossary, columns, path))
    return delimited.save(path, ([*columns, "description"], *sets), given.delimiter, guard=False)


def kept(glossary: Glossary, path: Path, given: Given = Given()) -> Glossary:
    if given.languages:
        return pairs.kept(glossary, *pairs.languages_of(path, given))
    return term_sets.kept(glossary, term_sets.locales(glossary), definitions=True)
