"""XLIFF 1.2 and 2.x: units without a finished translation, their inline elements and states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import BinaryIO, NamedTuple

from lxml import etree

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.mixed import Flat, Inline, Role, filled, flattened
from workbench.documents.whole import whole, xml, xml_bytes
from workbench.errors import InputError

V1 = "urn:oasis:names:tc:xliff:document:1.2"
V2 = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "{urn:oasis:names:tc:xliff:glossary:2.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
# States from which a translation is still to be made; a missing one counts by whether there is text.
OPEN_STATES = {"new", "needs-translation", "initial"}
DONE, DOUBTFUL = "translated", "needs-review-translation"  # XLIFF 2 says the latter by a sub-state
CHECK = "workbench:check"


class Unit(NamedTuple):
    """One source with the element that holds it (a trans-unit, a segment) and what was read of it."""

    key: str
    holder: etree._Element
    source: etree._Element
    flat: Flat
    mid: str = ""  # of a segment marked within an XLIFF 1.2 source


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    data = whole(file, name)
    root = xml(data, name)
    space = etree.QName(root).namespace or ""
    if etree.QName(root).localname != "xliff" or space not in (V1, V2):
        version = root.get("version", "?")
        raise InputError(f"{name}: XLIFF {version} is not read (1.2 and 2.x are); export it anew")
    units = list(_units_1(root) if space == V1 else _units_2(root))
    segments = [_segment(unit, space, choices.again) for unit in units]
    first = root if space == V2 else next(root.iter(f"{{{V1}}}file"), root)
    source, target = ("srcLang", "trgLang") if space == V2 else ("source-language", "target-language")
    skeleton = (data, root, space, units)
    yield Document(tuple(segments), skeleton, first.get(source, ""), first.get(target, ""), _terms(root))


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    data, root, space, units = document.skeleton
    changed = [unit for unit in units if unit.key in targets and targets[unit.key].origin != "none"]
    if not changed:
        return data
    twin = deepcopy(root)
    where = {element: copy for element, copy in zip(root.iter(), twin.iter(), strict=True)}
    for unit in changed:
        _put(where[unit.holder], where[unit.source], unit, targets[unit.key], space)
    _say_language(twin, space, language)
    return xml_bytes(twin, data)


def _terms(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """Of the glossary module, which stands in units and files."""
    found = []
    for entry in root.iter(f"{GLOSSARY}glossEntry"):
        term, translation = entry.findtext(f"{GLOSSARY}term", ""), entry.findtext(f"{GLOSSARY}translation", "")
        if term.strip() and translation.strip():
            found.append((term.strip(), translation.strip()))
    return tuple(dict.fromkeys(found))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _no(element: etree._Element) -> bool:
    """Whether the nearest `translate` says no."""
    here: etree._Element | None = element
    while here is not None:
        if here.get("translate") in ("yes", "no"):
            return here.get("translate") == "no"
        here = here.getparent()
    return False


def _units_1(root: etree._Element) -> Iterator[Unit]:
    for number, holder in enumerate(root.iter(f"{{{V1}}}trans-unit"), 1):
        source = holder.find(f"{{{V1}}}source")
        cut = holder.find(f"{{{V1}}}seg-source")
        pieces = [] if cut is None else [m for m in cut.iter(f"{{{V1}}}mrk") if m.get("mtype") == "seg"]
        for piece in pieces:
            yield Unit(f"{number}.{piece.get('mid')}", holder, piece, flattened(piece, _judge), piece.get("mid", ""))
        if source is not None and not pieces:
            yield Unit(str(number), holder, source, flattened(source, _judge))


def _units_2(root: etree._Element) -> Iterator[Unit]:
    number = 0
    for unit in root.iter(f"{{{V2}}}unit"):
        for holder in unit.findall(f"{{{V2}}}segment"):
            source = holder.find(f"{{{V2}}}source")
            if source is not None:
                number += 1
                yield Unit(str(number), holder, source, flattened(source, _judge))


POINTS = {"x", "ph", "it", "cp", "bin-unit", "sub"}
OPENS = {"bx": ("rid", "id"), "bpt": ("rid", "id"), "sc": ("id",), "sm": ("id",)}
CLOSES = {"ex": ("rid", "id"), "ept": ("rid", "id"), "ec": ("startRef",), "em": ("startRef",)}


def _judge(element: etree._Element) -> Inline:
    name = _name(element)
    if name in OPENS or name in CLOSES:
        role = Role.OPEN if name in OPENS else Role.CLOSE
        ids = (element.get(key) for key in (OPENS.get(name) or CLOSES[name]))
        return Inline(role, next((f"{id}" for id in ids if id), ""))
    if name == "mrk" and (element.get("translate") == "no" or element.get("mtype") == "protected"):
        return Inline(Role.KEEP)
    return Inline(Role.POINT if name in POINTS else Role.PAIR)


def _target(unit: Unit, space: str) -> etree._Element | None:
    held = unit.holder.find(f"{{{space}}}target")
    if held is None or not unit.mid:
        return held
    return next((m for m in held.iter(f"{{{V1}}}mrk") if m.get("mid") == unit.mid), None)


def _segment(unit: Unit, space: str, again: bool) -> Segment:
    target = _target(unit, space)
    text = flattened(target, _judge).text if target is not None else ""
    whole_ = unit.holder.find(f"{{{space}}}target")
    state = unit.holder.get("state", "") if space == V2 else ("" if whole_ is None else whole_.get("state", ""))
    done = unit.holder.get("approved") == "yes" or (bool(text.strip()) and state not in OPEN_STATES)
    todo = bool(unit.flat.text.strip()) and not _no(unit.holder) and (again or not done)
    notes = [n.text or "" for n in (unit.holder if space == V1 else unit.holder.getparent()).iter(f"{{{space}}}note")]
    return Segment(unit.key, unit.flat.text, unit.flat.marks, todo, "; ".join(notes)[:300], text)


def _put(holder: etree._Element, source: etree._Element, unit: Unit, target: Target, space: str) -> None:
    held = holder.find(f"{{{space}}}target")
    if held is None:
        held = etree.Element(f"{{{space}}}target")
        last = [e for e in holder if _name(e) in ("source", "seg-source")][-1]
        held.tail, last.tail = last.tail, last.tail
        holder.insert(holder.index(last) + 1, held)
    into = held
    if unit.mid:
        into = next((m for m in held.iter(f"{{{V1}}}mrk") if m.get("mid") == unit.mid), None)
        if into is None:
            into = etree.SubElement(held, f"{{{V1}}}mrk", mtype="seg", mid=unit.mid)
            into.tail = source.tail
    filled(into, target.text, target.marks, unit.flat)
    for key, value in source.attrib.items():
        if key == f"{XML}space":
            into.set(key, value)
    if space == V2:
        holder.set("state", DONE)
        holder.attrib.pop("subState", None)
        if target.flagged:
            holder.set("subState", CHECK)
    elif held is into or held.get("state") != DOUBTFUL:
        held.set("state", DOUBTFUL if target.flagged else DONE)


def _say_language(root: etree._Element, space: str, language: str) -> None:
    """InputError when the file is for another language."""
    places = [root] if space == V2 else list(root.iter(f"{{{V1}}}file"))
    attribute = "trgLang" if space == V2 else "target-language"
    for place in places:
        said = place.get(attribute, "")
        if said and said.replace("_", "-").split("-")[0].lower() != language:
            raise InputError(f"the XLIFF is for '{said}', not '{language}'; translate it to {said}")
        if not said:
            place.set(attribute, language)
