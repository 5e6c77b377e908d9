"""The formats of glossaries, and which one a file is written in: by its suffix, where that is not enough by its
first bytes.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from workbench.errors import GlossaryError
from workbench.glossary.formats import delimited, fields, long, pairs, wide
from workbench.glossary.formats.fields import Collector, Given, Place

HEAD = 65_536  # bytes that are looked at
TABLES = (".csv", ".tsv", ".txt", ".tab", ".utf8")


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    title: str
    module: str
    suffixes: tuple[str, ...]
    writes: bool = True
    paired: bool = False  # holds one source and one target language

    @property
    def reader(self) -> ModuleType:
        """With `read`, `write` where it writes, and `kept` where it does not hold everything."""
        return import_module(f"{__package__}.{self.module}")


FORMATS = {
    format.name: format
    for format in (
        Format("yaml", "YAML, as people write it by hand", "yaml_tree", (".yaml", ".yml")),
        Format("tbx", "TBX-Basic, ISO 30042:2019, style DCA", "tbx", (".tbx",)),
        Format("tbx-dct", "TBX-Basic, ISO 30042:2019, style DCT", "tbx_dct", ()),
        Format("csv", "a table with a column a language", "csv_table", (".csv", ".tsv")),
        Format("csv-long", "a table with a row a term", "csv_long", ()),
        Format("jsonl", "JSON Lines, an entry a line", "json_lines", (".jsonl", ".ndjson")),
        Format("xlsx", "a workbook with a column a language", "xlsx", (".xlsx",)),
        Format("xlsx-long", "a workbook with a row a term", "xlsx_long", ()),
        Format("deepl", "a DeepL glossary", "deepl", (), paired=True),
        Format("omegat", "an OmegaT glossary", "omegat", (".utf8", ".tab", ".txt"), paired=True),
        Format("google", "a Google glossary: pairs, or term sets", "google", ()),
        Format("amazon", "an Amazon terminology", "amazon", ()),
        Format("tmx", "TMX 1.4, as Google and Amazon take it too", "tmx", (".tmx",)),
        Format("skos", "SKOS", "skos", (".ttl", ".nt", ".rdf", ".jsonld"), writes=False),
        Format("wikidata", "entities of Wikidata as JSON", "wikidata", (), writes=False),
    )
}
READ_SUFFIXES = tuple(dict.fromkeys(s for f in FORMATS.values() for s in f.suffixes)) + (".json", ".xml")


def named(name: str) -> Format:
    if name not in FORMATS:
        raise GlossaryError(f"no format '{name}'; {fields.meant(name, FORMATS)}")
    return FORMATS[name]


def of_suffix(path: Path) -> Format | None:
    return next((format for format in FORMATS.values() if path.suffix.lower() in format.suffixes), None)


def to_write(path: Path, name: str = "") -> Format:
    """As named, else by suffix. Raises GlossaryError."""
    format = named(name) if name else of_suffix(path)
    if format is None or not format.writes:
        known = ", ".join(f.name for f in FORMATS.values() if f.writes)
        raise GlossaryError(f"{path}: cannot be written as '{name or path.suffix}' (known: {known})")
    return format


def detected(path: Path, given: Given = Given()) -> Format:
    """The format of a file that is there. Raises GlossaryError."""
    suffix = path.suffix.lower()
    if suffix not in READ_SUFFIXES:
        raise GlossaryError(f"{path}: no format for '{suffix}' (known: {', '.join(READ_SUFFIXES)})")
    head = _head(path)
    if head.startswith(b"PK\x03\x04"):
        return FORMATS["xlsx"]
    if suffix == ".xml":
        return _xml(head, path)
    if suffix == ".json":
        return FORMATS["skos" if re.search(rb'"@(context|graph|id)"', head) else "wikidata"]
    if suffix in TABLES:
        return _table(path, head, given)
    return of_suffix(path) or FORMATS["yaml"]


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError:
        raise GlossaryError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror}); check the path and its rights") from None


def _xml(head: bytes, path: Path) -> Format:
    for pattern, name in ((rb"<(tbx|martif)[\s>]", "tbx"), (rb"<tmx[\s>]", "tmx"), (rb"<(\w+:)?RDF[\s>]", "skos")):
        if re.search(pattern, head):
            return FORMATS[name]
    raise Place(path, 1).error("XML, but neither TBX nor TMX nor RDF", "export the term base as TBX")


def _table(path: Path, head: bytes, given: Given) -> Format:
    """By the first row: a header of a long or a wide table, else pairs."""
    default = of_suffix(path) or FORMATS["csv"]
    first = _first_row(path, head, given)
    if long.is_header(first):
        return FORMATS["csv-long"]
    place = Place(path, 1)
    headed = [wide.terms_column(cell.strip(), place) for cell in first]
    known = [cell.strip().lower() in wide.NAMES for cell in first]
    if any(headed) and (all(h or k for h, k in zip(headed, known, strict=True)) or sum(map(bool, headed)) > 1):
        return FORMATS["csv"] if len(first) != 4 or not pairs.is_code(first[3]) or headed[0] else FORMATS["deepl"]
    if any(known) and any(headed):
        return FORMATS["csv"]
    if default.paired:
        return default
    listed = len(first) in (2, 3) or (len(first) in (4, 5) and all(map(pairs.is_code, first[2:4])))
    return FORMATS["deepl"] if listed and not any(known) else FORMATS["csv"]


def _first_row(path: Path, head: bytes, given: Given) -> list[str]:
    """Of what may be cut in the midst of a letter; [] for an empty file."""
    collector = Collector(path, patient=True, given=given)
    marked = next((name for mark, name in delimited.MARKS.items() if head.startswith(mark)), "")
    encoding = delimited.known(given.encoding, path) if given.encoding else marked or "utf-8"
    text = head.decode(encoding, errors="replace").lstrip()
    line = next(iter(text.splitlines()), "").removeprefix("\ufeff")
    return next(csv.reader(io.StringIO(line), delimiter=delimited.delimiter_of(line, collector)), []) if line else []
