"""OpenDocument text and presentations: paragraphs and headings, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lxml import etree

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.mixed import Flat, Inline, Role, filled, flattened
from workbench.documents.whole import package, whole, xml, xml_bytes
from workbench.errors import InputError

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
PARTS = ("content.xml", "styles.xml")
PAIRS = frozenset("span a meta meta-field ruby ruby-base".split())
POINTS = frozenset(
    "note bookmark bookmark-start bookmark-end reference-mark reference-mark-start reference-mark-end change "
    "change-start change-end soft-page-break annotation annotation-end toc-mark toc-mark-start toc-mark-end "
    "alphabetical-index-mark alphabetical-index-mark-start alphabetical-index-mark-end ruby-text".split()
)


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    held = package(whole(file, name), name)
    if "content.xml" not in held.names():
        raise InputError(f"{name}: has no content.xml; it is not an OpenDocument file")
    segments = []
    for number, part in enumerate(PARTS, 1):
        root = xml(held.read(part), f"{name}: {part}") if part in held.names() else None
        for at, (_, flat) in enumerate(_paragraphs(root), 1):
            if flat.text.strip():
                segments.append(Segment(f"{number}.{at}", flat.text, flat.marks, context=part))
    yield Document(tuple(segments), (held, {s.key: s for s in segments}))


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    held, segments = document.skeleton
    changed = {
        key: target
        for key, target in targets.items()
        if key in segments and (target.text, target.marks) != (segments[key].source, segments[key].marks)
    }
    new: dict[str, bytes] = {}
    for number, part in enumerate(PARTS, 1):
        if not any(key.split(".")[0] == str(number) for key in changed):
            continue
        data = held.read(part)
        root = xml(data, f"{held.name}: {part}")
        # From the end: what stands in a note before the paragraph that the note stands in.
        for at, (element, flat) in reversed(list(enumerate(_paragraphs(root), 1))):
            target = changed.get(f"{number}.{at}")
            if target is not None:
                filled(element, target.text, target.marks, flat)
        new[part] = xml_bytes(root, data)
    return held.replaced(new)


def _paragraphs(root: etree._Element | None) -> list[tuple[etree._Element, Flat]]:
    if root is None:
        return []
    return [(element, flattened(element, _judge)) for element in root.iter(f"{{{TEXT}}}p", f"{{{TEXT}}}h")]


def _judge(element: etree._Element) -> Inline:
    name = etree.QName(element)
    if name.namespace != TEXT or name.localname in POINTS:
        return Inline(Role.POINT)
    if name.localname in PAIRS:
        return Inline(Role.PAIR)
    if name.localname in ("tab", "line-break"):
        return Inline(Role.BREAK)
    if name.localname == "s":
        count = element.get(f"{{{TEXT}}}c", "1")
        return Inline(Role.KEEP, text=" " * min(int(count) if count.isdigit() else 1, 1000))
    return Inline(Role.KEEP)
