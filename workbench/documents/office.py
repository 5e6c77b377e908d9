"""Packages of parts with paragraphs: what Word and PowerPoint files have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from lxml import etree

from workbench.documents import ooxml
from workbench.documents.document import Document, Segment, Target
from workbench.documents.ooxml import Dialect
from workbench.documents.whole import Package, package, whole, xml, xml_bytes
from workbench.errors import InputError


class Kind(NamedTuple):
    """`parts`: names of the parts that people read, in order of reading. `described`: elements with a `descr`."""

    needed: str
    parts: tuple[re.Pattern[str], ...]
    dialect: Dialect
    described: tuple[str, ...]


def parts(file: BinaryIO, name: str, kind: Kind) -> Iterator[Document]:
    held = package(whole(file, name), name)
    if kind.needed not in held.names():
        raise InputError(f"{name}: has no {kind.needed}; it is not the document that its name says")
    segments = []
    for number, part in enumerate(_names(held, kind), 1):
        root = xml(held.read(part), f"{name}: {part}")
        for at, paragraph in enumerate(_paragraphs(root, kind), 1):
            if paragraph.text.strip():
                key = f"{number}.{at}"
                segments.append(Segment(key, paragraph.text, tuple(paragraph.marks), context=part))
        for at, element in enumerate(_described(root, kind), 1):
            segments.append(Segment(f"{number}.alt{at}", element.get("descr", ""), context=f"{part}, description"))
    yield Document(tuple(segments), (held, kind, {s.key: s for s in segments}))


def write(document: Document, targets: Mapping[str, Target]) -> bytes:
    held, kind, segments = document.skeleton
    changed = {
        key: target
        for key, target in targets.items()
        if key in segments and (target.text, target.marks) != (segments[key].source, segments[key].marks)
    }
    new: dict[str, bytes] = {}
    for number, part in enumerate(_names(held, kind), 1):
        if not any(key.split(".")[0] == str(number) for key in changed):
            continue
        data = held.read(part)
        root = xml(data, f"{held.name}: {part}")
        for at, element in enumerate(_described(root, kind), 1):
            if f"{number}.alt{at}" in changed:
                element.set("descr", changed[f"{number}.alt{at}"].text)
        # From the end: the paragraphs of a text box before the one that the box stands in.
        for at, paragraph in reversed(list(enumerate(_paragraphs(root, kind), 1))):
            if f"{number}.{at}" in changed:
                ooxml.write(paragraph, changed[f"{number}.{at}"])
        new[part] = xml_bytes(root, data)
    return held.replaced(new)


def _names(held: Package, kind: Kind) -> list[str]:
    def rank(name: str) -> tuple[int, int, str] | None:
        for i, pattern in enumerate(kind.parts):
            match = pattern.fullmatch(name)
            if match:
                return i, int(match[1] or 0) if match.groups() else 0, name
        return None

    ranked = [(place, name) for name in held.names() if (place := rank(name)) is not None]
    return [name for _, name in sorted(ranked)]


def _paragraphs(root: etree._Element, kind: Kind) -> list[ooxml.Paragraph]:
    return [ooxml.read(element, kind.dialect) for element in root.iter(kind.dialect.name("p"))]


def _described(root: etree._Element, kind: Kind) -> list[etree._Element]:
    return [e for name in kind.described for e in root.iter(name) if any(c.isalpha() for c in e.get("descr", ""))]
