"""TMX 1.4: units that lack the target language; and the pairs of a memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.mixed import Inline, Role, filled, flattened
from workbench.documents.whole import whole, xml, xml_bytes
from workbench.errors import InputError

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    data = whole(file, name)
    root = xml(data, name)
    if etree.QName(root).localname != "tmx":
        raise InputError(f"{name}: not TMX, its root is '{etree.QName(root).localname}'")
    header = root.find("header")
    language = "" if header is None else header.get("srclang", "")
    language = "" if language == "*all*" else language
    if not language:
        first = next(root.iter("tuv"), None)
        language = "" if first is None else _language(first)
    segments, units = [], []
    for number, unit in enumerate(root.iter("tu"), 1):
        said = {_base(_language(v)): v for v in reversed(unit.findall("tuv"))}
        source = said.get(_base(unit.get("srclang") or language))
        seg = None if source is None else source.find("seg")
        if seg is None:
            continue
        flat = flattened(seg, _judge)
        others = [v for key, v in said.items() if v is not source]
        held = (
            flattened(others[0].find("seg"), _judge).text
            if len(others) == 1 and others[0].find("seg") is not None
            else ""
        )
        units.append((str(number), unit, source, flat, frozenset(said)))
        segments.append(
            Segment(str(number), flat.text, flat.marks, bool(flat.text.strip()), unit.get("tuid", ""), held)
        )
    yield Document(tuple(segments), (data, root, units, choices.again), language)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    """Units that have the language already keep what they have, unless `again` was chosen."""
    data, root, units, again = document.skeleton
    todo = [
        row
        for row in units
        if row[0] in targets and targets[row[0]].origin != "none" and (again or language not in row[4])
    ]
    if not todo:
        return data
    twin = deepcopy(root)
    where = {element: copy for element, copy in zip(root.iter(), twin.iter(), strict=True)}
    for key, unit, source, flat, _ in todo:
        here = where[unit]
        for old in [v for v in here.findall("tuv") if _base(_language(v)) == language]:
            here.remove(old)
        made = etree.SubElement(here, "tuv")
        made.set(LANG, language)
        made.tail = source.tail if source.tail and source.getnext() is None else unit.text
        filled(etree.SubElement(made, "seg"), targets[key].text, targets[key].marks, flat)
    return xml_bytes(twin, data)


def _judge(element: etree._Element) -> Inline:
    name = etree.QName(element).localname
    if name in ("bpt", "ept"):
        return Inline(Role.OPEN if name == "bpt" else Role.CLOSE, element.get("i", ""))
    return Inline(Role.PAIR if name == "hi" else Role.POINT)


def _language(variant: etree._Element) -> str:
    return variant.get(LANG) or variant.get("lang") or ""


def _base(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def pairs(path: Path, source: str, target: str) -> Iterator[tuple[str, str]]:
    """Plain texts of the units that have both languages (base codes), read as a stream."""
    try:
        walk = etree.iterparse(str(path), tag="tu", resolve_entities=False, no_network=True, load_dtd=False)
        for _, unit in walk:
            said: dict[str, str] = {}
            for variant in unit.findall("tuv"):
                seg = variant.find("seg")
                if seg is not None:
                    said.setdefault(_base(_language(variant)), flattened(seg, _judge).text)
            if source in said and target in said:
                yield said[source], said[target]
            unit.clear()
            while unit.getprevious() is not None:
                del unit.getparent()[0]
    except etree.XMLSyntaxError as wrong:
        raise InputError(f"{path}:{wrong.lineno or 1}: not readable as TMX: {wrong.msg}") from None
    except OSError as wrong:
        raise InputError(f"{path}: {wrong.strerror or wrong}") from None
