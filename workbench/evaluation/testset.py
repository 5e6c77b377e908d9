"""Test sets: sentences with references and the terms that a right translation must hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.errors import InputError
from workbench.languages import NAMES

MODES = ("proper", "random", "none")  # which terms of a row are given; WMT25's names

_PAIR = re.compile(r"(?:.*[._])?([a-z]{2,3})-([a-z]{2,3})")  # at the end of a file's name

Listed = tuple[str, tuple[str, ...]]  # source term and accepted target forms, the one to write first


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a test set.

    `terms`: a source term is '' where the set names only what the target must hold (EA-MT).
    `document`: '' where the set knows none.
    """

    id: str
    source: str
    reference: str
    terms: tuple[Listed, ...] = ()
    document: str = ""
    alternatives: tuple[str, ...] = ()  # further references

    @property
    def references(self) -> tuple[str, ...]:
        return (self.reference, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Testset:
    """Rows of one direction, in the order of the file."""

    __test__ = False  # no test case of pytest's

    name: str
    source: str
    target: str
    rows: tuple[Row, ...]
    mode: str = "proper"

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def sources(self) -> list[str]:
        return [row.source for row in self.rows]

    @property
    def references(self) -> list[tuple[str, ...]]:
        """All references, row by row."""
        return [row.references for row in self.rows]

    def first(self, count: int) -> Testset:
        """The first rows only: for a quick look."""
        return replace(self, rows=self.rows[:count])


def read_testset(path: str | Path, source: str, target: str, mode: str = "proper") -> Testset:
    """A test set out of a `.tsv` or `.jsonl` file, read in the direction asked for.

    TSV: a header of language codes or English names; `id`, `line` or `seg`, `doc` and `terms`
    (JSON, [[source term, [form, ..]], ..]) are read where present.
    JSONL: rows of `source`, `reference` and the terms under `proper` and `random` (or
    `terms`), or rows of `source` and `targets` with `translation` and `mention` (EA-MT).
    `mode` 'none' leaves the terms out. Raises InputError with file and line.
    """
    path = Path(path)
    if mode not in MODES:
        raise InputError(f"no mode '{mode}' (known: {', '.join(MODES)})")
    readers = {".tsv": _tsv_rows, ".jsonl": _json_rows}
    if path.suffix not in readers:
        raise InputError(f"{path}: no test set format '{path.suffix}' (known: {', '.join(readers)})")
    rows = tuple(readers[path.suffix](path, _lines(path), source, target, mode))
    if not rows:
        raise InputError(f"{path}: no rows; a test set needs one at least")
    # 'en-es' alone would not say which set it is.
    name = f"{path.absolute().parent.name}/{path.stem}" if _PAIR.fullmatch(path.stem) else path.stem
    return Testset(name, source, target, rows, mode)


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: not UTF-8 (byte {data[error.start]:#04x}); save the file as UTF-8") from error
    # Not splitlines(): U+2028 and U+0085 may stand inside a sentence.
    return [line.removesuffix("\r") for line in text.split("\n")]


# -- TSV ----------------------------------------------------------------------------


def _tsv_rows(path: Path, lines: list[str], source: str, target: str, mode: str) -> Iterator[Row]:
    header = lines[0].split("\t")
    if repeated := {name for name in header if header.count(name) > 1}:
        raise InputError(f"{path}:1: column named twice: {', '.join(sorted(repeated))}")
    wanted = _column(path, header, source), _column(path, header, target)
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            raise InputError(f"{path}:{number}: {len(cells)} cells, but the header has {len(header)}")
        row = dict(zip(header, cells, strict=True))
        for column in wanted:
            if not row[column].strip():
                raise InputError(f"{path}:{number}: column '{column}' is empty")
        yield Row(
            id=next((row[name] for name in ("id", "line", "seg") if row.get(name)), str(number)),
            source=row[wanted[0]],
            reference=row[wanted[1]],
            terms=_tsv_terms(path, number, row, wanted) if mode != "none" else (),
            document=row.get("doc", ""),
        )


def _column(path: Path, header: list[str], language: str) -> str:
    """The header's word for a language: its code or its English name."""
    for name in header:
        if name and name.lower() in (language.lower(), NAMES.get(language, "").lower()):
            return name
    raise InputError(f"{path}:1: no column '{language}' (there are: {', '.join(header)})")


def _tsv_terms(path: Path, number: int, row: dict[str, str], wanted: tuple[str, str]) -> tuple[Listed, ...]:
    if not row.get("terms", "").strip():
        return ()
    where = f"{path}:{number}"
    columns = list(row)
    swapped = columns.index(wanted[0]) > columns.index(wanted[1])  # terms follow the order of the columns
    return _oriented(_listed(where, "terms", _parsed(where, row["terms"])), swapped, row[wanted[0]])


# -- JSONL --------------------------------------------------------------------------


def _json_rows(path: Path, lines: list[str], source: str, target: str, mode: str) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        record = _parsed(where, line)
        if not isinstance(record, dict):
            raise InputError(f"{where}: a row must be a JSON object")
        swapped = _swapped(path, where, record, source, target)
        read = _names_row if "targets" in record else _terms_row
        yield read(where, number, record, swapped, mode)


def _parsed(where: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON ({error.msg} at column {error.colno})") from error


def _swapped(path: Path, where: str, record: dict[str, Any], source: str, target: str) -> bool:
    """True when the file runs the other way; the pair stands in the row or in the file's name.

    A file that says neither is taken to run the way asked for.
    """
    named = _PAIR.fullmatch(path.stem)
    held = (record.get("source_locale"), record.get("target_locale"))
    if None in held and named and set(named.groups()) <= NAMES.keys():
        held = named.groups()
    if None in held or held == (source, target):
        return False
    if held == (target, source):
        return True
    raise InputError(f"{where}: holds {held[0]}-{held[1]}, not {source}-{target}")


def _terms_row(where: str, number: int, record: dict[str, Any], swapped: bool, mode: str) -> Row:
    """WMT25 terminology: source, reference and terms by mode."""
    texts = _text(where, record, "source"), _text(where, record, "reference")
    source, reference = reversed(texts) if swapped else texts
    key = mode if mode in record or "terms" not in record else "terms"
    if mode != "none" and key not in record:
        raise InputError(f"{where}: no '{mode}' terms (there are: {', '.join(record)}); mode 'none' reads without")
    listed = () if mode == "none" else _oriented(_listed(where, key, record[key]), swapped, source)
    return Row(_id(record, number), source, reference, listed, str(record.get("document", "")))


def _names_row(where: str, number: int, record: dict[str, Any], swapped: bool, mode: str) -> Row:
    """EA-MT: several translations, each with the name as it stands in it.

    The other way round the first translation is the source, and nothing says what the
    name should be: no terms.
    """
    source = _text(where, record, "source")
    targets = record["targets"]
    if not isinstance(targets, list) or not targets or not all(isinstance(t, dict) for t in targets):
        raise InputError(f"{where}: 'targets' must be a list of {{translation, mention}}")
    translations = [_text(where, t, "translation") for t in targets]
    mentions = tuple(dict.fromkeys(_text(where, t, "mention") for t in targets))
    if swapped:
        return Row(_id(record, number), translations[0], source)
    return Row(
        _id(record, number),
        source,
        translations[0],
        () if mode == "none" else (("", mentions),),
        alternatives=tuple(translations[1:]),
    )


def _id(record: dict[str, Any], number: int) -> str:
    return str(record.get("id", number))


def _text(where: str, record: dict[str, Any], key: str) -> str:
    if key not in record:
        raise InputError(f"{where}: no '{key}' (there are: {', '.join(record)})")
    if not isinstance(record[key], str) or not record[key].strip():
        raise InputError(f"{where}: '{key}' must be a text that is not empty")
    return record[key]


# -- terms --------------------------------------------------------------------------


def _listed(where: str, key: str, terms: Any) -> list[Listed]:
    """Terms as {source: form or [form, ..]} or [[source, form or [form, ..]], ..]."""
    pairs = terms.items() if isinstance(terms, dict) else terms
    if not isinstance(pairs, Iterable) or isinstance(pairs, str):
        raise InputError(f"{where}: '{key}' must map source terms to target forms")
    listed = []
    for pair in pairs:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise InputError(f"{where}: '{key}' must map source terms to target forms")
        term, forms = pair[0], [pair[1]] if isinstance(pair[1], str) else pair[1]
        texts = [term, *forms] if isinstance(forms, list) else []
        if len(texts) < 2 or not all(isinstance(text, str) and text.strip() for text in texts):
            raise InputError(f"{where}: '{key}' has a term without a target form, or an empty one")
        listed.append((term, tuple(dict.fromkeys(forms))))
    return listed


def _oriented(listed: list[Listed], swapped: bool, source: str) -> tuple[Listed, ...]:
    """The terms in the direction asked for; swapped, the form met in the source is the source term."""
    if not swapped:
        return tuple(listed)
    turned: dict[str, tuple[str, ...]] = {}
    for term, forms in listed:
        met = next((form for form in forms if form.casefold() in source.casefold()), forms[0])
        turned[met] = tuple(dict.fromkeys((*turned.get(met, ()), term)))
    return tuple(turned.items())
