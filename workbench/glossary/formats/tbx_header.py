"""What a TBX file says about itself: name, title, licence, house styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from lxml import etree

from workbench.glossary.formats import fields
from workbench.glossary.formats.fields import Place
from workbench.glossary.formats.tbx_words import add, label, name
from workbench.glossary.model import Glossary, Kind, Preference, Style

LABELS = {"name": ".+", "licence": ".+"}
STYLE, RULE, CREDIT = "houseStyle", "houseStyleRule", "credit"  # types of paragraphs
ANY = "any"


def write(root: etree._Element, glossary: Glossary) -> None:
    header = etree.SubElement(root, "tbxHeader")
    file = etree.SubElement(header, "fileDesc")
    if glossary.title or glossary.name:
        title = etree.SubElement(file, "titleStmt")
        add(title, "title", glossary.title)
        if glossary.name:
            add(title, "note", f"name: {glossary.name}")
    if glossary.licence:
        add(etree.SubElement(file, "publicationStmt"), "p", f"licence: {glossary.licence}")
    described = etree.SubElement(file, "sourceDesc")
    add(described, "p", f"Glossary {glossary.name}".strip())
    for source, said_of_it in glossary.sources:
        add(described, "p", f"{source}: {said_of_it}", CREDIT)
    if glossary.styles:
        encoding = etree.SubElement(header, "encodingDesc")
        for style in glossary.styles:
            add(encoding, "p", f"{style.name}: {style.note}", STYLE)
            for rule in style.preferences:
                add(encoding, "p", f"{rule.language} {rule.kind.value if rule.kind else ANY} {rule.pattern}", RULE)


def read(root: etree._Element, path: Path) -> Glossary:
    """A glossary without entries."""
    sources: dict[str, str] = {}
    header = list(takewhile(lambda element: name(element) != "text", root.iter(etree.Element)))
    said = dict.fromkeys(("title", *LABELS), "")
    for element in header:
        text = fields.tidy(element.text or "", Place(path, element.sourceline))
        if name(element) == "title":
            said["title"] = text
        elif element.get("type") == CREDIT:
            source, _, of_it = text.partition(":")
            sources[source.strip()] = of_it.strip()
        elif name(element) in ("note", "p") and element.get("type") is None:
            word, value = label(text, LABELS)
            if word:
                said[word] = value
    return Glossary(
        (),
        tuple(_styles(header, path)),
        name=said["name"] or path.stem,
        title=said["title"],
        licence=said["licence"],
        sources=tuple(sources.items()),
    )


def _styles(header: list[etree._Element], path: Path) -> Iterator[Style]:
    style: Style | None = None
    for element in header:
        place, text = Place(path, element.sourceline), element.text or ""
        if element.get("type") == STYLE:
            if style:
                yield style
            title, _, note = text.partition(":")
            style = Style(title.strip(), note=fields.tidy(note, place))
        elif element.get("type") == RULE and style:
            style = replace(style, preferences=(*style.preferences, _preference(text, place)))
    if style:
        yield style


def _preference(text: str, place: Place) -> Preference:
    parts = text.split(" ", 2)
    if len(parts) < 3:
        raise place.error(f"'{text}' is not a style rule", f"write language, kind or '{ANY}', pattern")
    language, kind, pattern = parts
    try:
        re.compile(pattern)
    except re.error as error:
        raise place.error(f"'{pattern}' is not a regular expression ({error})", "mend it") from None
    kind = fields.one_of(kind, (ANY, *(k.value for k in Kind)), "kind", place)
    return Preference(fields.language_of(language, place), pattern, None if kind == ANY else Kind(kind))
