"""Parallel text in the formats that people have it in: TSV, TMX, XLIFF, JSONL, packed or not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from workbench.errors import InputError
from workbench.languages import NAMES
from workbench.training.pairs import Pair
from workbench.training.streams import format_of, open_bytes, open_text, stem_of

Languages = tuple[str, str]
Texts = Mapping[str, str]  # by language code

OURS = ("tier", "source", "english", "other")
MACHINE = "C"  # the tier of machine-translated or unmarked text, never taken
_STEM = re.compile(r"(?:.*[._-])?([a-z]{2})[-_]([a-z]{2})")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_parallel(path: Path, wanted: Sequence[Languages]) -> Iterator[Pair]:
    """Pairs of the wanted languages, in the order of the file, as they stand in it.

    The origin is what the file says of a line, else the file's name without suffixes. Languages come
    from columns, attributes or keys; where a file only has first and second, from its name
    (`en-es.tsv`), else they are those wanted. InputError: unknown format, broken file.
    """
    readers: dict[str, Callable[[Path, Sequence[Languages]], Iterator[tuple[str, Texts]]]] = {
        "tsv": _tsv, "txt": _tsv, "tmx": _tmx, "xliff": _xliff, "xlf": _xliff, "jsonl": _jsonl,
    }  # fmt: skip
    if format_of(path) not in readers:
        raise InputError(
            f"{path}: no parallel format '{format_of(path)}' (known: {', '.join(readers)}, each also .xz or .gz)"
        )
    for origin, texts in readers[format_of(path)](path, wanted):
        for source, target in wanted:
            if source in texts and target in texts:
                yield Pair(origin, texts[source], texts[target], (source, target))


def _named(path: Path, wanted: Sequence[Languages]) -> Languages:
    """First and second language of a file that does not name them."""
    found = _STEM.fullmatch(stem_of(path))
    if found and set(found.groups()) <= NAMES.keys():
        return found[1], found[2]
    if len({frozenset(pair) for pair in wanted}) == 1:
        return wanted[0]
    raise InputError(f"{path}: its languages are not told; name it like {wanted[0][0]}-{wanted[0][1]}{path.suffix}")


def _base(code: str) -> str:
    return code.replace("_", "-").split("-")[0].lower()


# -- tables -----------------------------------------------------------------------------


def _tsv(path: Path, wanted: Sequence[Languages]) -> Iterator[tuple[str, Texts]]:
    """With our header; with a header of language codes (and perhaps `origin`); or two columns without one."""
    lines = open_text(path)
    first = next(lines, "").split("\t")
    if tuple(first) == OURS:
        yield from _ours(path, lines, wanted)
        return
    codes = [_base(cell) if _base(cell) in NAMES else "" for cell in first]
    if sum(map(bool, codes)) >= 2:
        origin = first.index("origin") if "origin" in first else None
        for number, line in enumerate(lines, 2):
            cells = _cells(path, number, line, len(first))
            texts = {code: cell for code, cell in zip(codes, cells, strict=True) if code}
            yield (stem_of(path) if origin is None else cells[origin]), texts
        return
    if len(first) != 2:
        raise InputError(
            f"{path}: expected the columns {', '.join(OURS)}, a header of language codes, or two columns; found {first}"
        )
    names = _named(path, wanted)
    yield stem_of(path), dict(zip(names, first, strict=True))
    for number, line in enumerate(lines, 2):
        yield stem_of(path), dict(zip(names, _cells(path, number, line, 2), strict=True))


def _ours(path: Path, lines: Iterator[str], wanted: Sequence[Languages]) -> Iterator[tuple[str, Texts]]:
    other = next((code for code in _named(path, wanted) if code != "en"), "")
    for number, line in enumerate(lines, 2):
        tier, origin, english, text = _cells(path, number, line, 4)
        if tier != MACHINE:
            yield ("wmt" if origin.startswith("wmt-") else origin), {"en": english, other: text}


def _cells(path: Path, number: int, line: str, count: int) -> list[str]:
    cells = line.split("\t")
    if len(cells) != count:
        raise InputError(f"{path}:{number}: expected {count} cells, found {len(cells)}")
    return cells


# -- XML --------------------------------------------------------------------------------


def _elements(path: Path, names: Sequence[str]) -> Iterator[tuple[str, str, Any]]:
    """(event, local name, element) of the named elements; what was read is let go."""
    with open_bytes(path) as data:
        try:
            for event, element in etree.iterparse(
                data, ("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
            ):
                name = etree.QName(element).localname if isinstance(element.tag, str) else ""
                if name in names:
                    yield event, name, element
                    if event == "end":
                        element.clear()
                        while element.getprevious() is not None:
                            del element.getparent()[0]
        except etree.XMLSyntaxError as wrong:
            raise InputError(f"{path}: not readable as XML: {wrong}") from None


def _tmx(path: Path, wanted: Sequence[Languages]) -> Iterator[tuple[str, Texts]]:
    for event, _, unit in _elements(path, ["tu"]):
        if event == "end":
            texts: dict[str, str] = {}
            for variant in unit.iterfind("{*}tuv"):
                segment = variant.find("{*}seg")
                if segment is not None:
                    texts.setdefault(_base(variant.get(_LANG) or variant.get("lang") or ""), _text(segment))
            yield stem_of(path), texts


def _xliff(path: Path, wanted: Sequence[Languages]) -> Iterator[tuple[str, Texts]]:
    """XLIFF 1.2 (`trans-unit` in `file`) and 2 (`segment` in `xliff`)."""
    source = target = ""
    for event, name, element in _elements(path, ["xliff", "file", "trans-unit", "segment"]):
        if event == "start":
            source = _base(element.get("source-language") or element.get("srcLang") or source)
            target = _base(element.get("target-language") or element.get("trgLang") or target)
        elif name in ("trans-unit", "segment"):
            here, there = element.find("{*}source"), element.find("{*}target")
            if here is not None and there is not None:
                yield stem_of(path), {source: _text(here), target: _text(there)}


def _text(element: Any) -> str:
    """Text without markup; what stands for markup (`ph`, `bpt`, `ept`, `it`) is left out."""
    parts = [element.text or ""]
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else "ph"
        parts += ["" if name in ("ph", "bpt", "ept", "it", "ut") else _text(child), child.tail or ""]
    return "".join(parts)


# -- JSON -------------------------------------------------------------------------------


def _jsonl(path: Path, wanted: Sequence[Languages]) -> Iterator[tuple[str, Texts]]:
    """Objects of language codes, `translation` with such an object, or `source` and `target`."""
    for number, line in enumerate(open_text(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as wrong:
            raise InputError(f"{path}:{number}: not JSON ({wrong.msg})") from None
        if not isinstance(row, dict):
            raise InputError(f"{path}:{number}: a row must be a JSON object")
        held = row.get("translation") if isinstance(row.get("translation"), dict) else row
        texts = {_base(key): value for key, value in held.items() if _base(key) in NAMES and isinstance(value, str)}
        if len(texts) < 2 and {"source", "target"} <= row.keys():
            texts = dict(zip(_named(path, wanted), (str(row["source"]), str(row["target"])), strict=True))
        if len(texts) < 2:
            raise InputError(f"{path}:{number}: expected two language codes, 'translation', or 'source' and 'target'")
        yield str(row.get("origin") or stem_of(path)), texts
