"""OmegaT glossaries: tabs between source, target and comment; UTF-8; .txt, .tab or .utf8.

Facts: OmegaT manual, "Glossaries": the first two columns are terms, the third is a comment; '#' begins a remark.
"""

from __future__ import annotations

from pathlib import Path

from workbench.glossary.formats import delimited, fields, pairs
from workbench.glossary.formats.delimited import Rows
from workbench.glossary.formats.fields import Collector, Given
from workbench.glossary.model import Glossary

REMARK = "#"  # begins a line that is no pair


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Quotes stand for themselves, as OmegaT reads them."""
    collector = collector or Collector(Path(path))
    return pairs.read(_rows(collector), collector)


def _rows(collector: Collector) -> Rows:
    for line, text in enumerate(delimited.decoded(collector).splitlines(), 1):
        if text.strip() and not text.startswith(REMARK):
            yield line, text.split("\t")


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    path = Path(path)
    found, _, _ = pairs.to_write(glossary, path, given)
    rows = [pair if pair.note else pair[:2] for pair in found if not pair.source.startswith(REMARK)]
    fields.save(path, "".join("\t".join(row) + "\n" for row in rows))
    formulas = sum(map(delimited.dangers, rows))
    return (f"{delimited.UNGUARDED_TOLD} ({formulas} cells)",) if formulas else ()


def kept(glossary: Glossary, path: Path, given: Given = Given()) -> Glossary:
    whole = pairs.kept(glossary, *pairs.languages_of(path, given), notes=True)
    return Glossary(tuple(entry for entry in whole.entries if not entry.terms[0].text.startswith(REMARK)))
