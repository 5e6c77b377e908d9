"""Glossaries into TBX-Basic, DCA style; the same file for the same glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from workbench.errors import GlossaryError
from workbench.glossary.formats import external, fields, tbx_header
from workbench.glossary.formats.fields import Given
from workbench.glossary.formats.tbx_words import (
    ENTRY_LABELS,
    GENDERS,
    LANG,
    MODULES,
    NAMESPACE,
    OF_MIN,
    POS,
    STATUSES,
    TERM_LABELS,
    TYPES,
    YES,
    add,
    label,
    xml_id,
)
from workbench.glossary.model import Entry, Glossary, Review, Status, Term

INDENT = "  "
ENTRY_LEVEL = 3  # below tbx, text and body
SPLIT = "\ufdd0"  # where the entries stand


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    """Style DCA. Terms stand by language, in the order of the entry."""
    fields.save(Path(path), _parts(glossary, Path(path), "dca"))
    return ()


def tagged(glossary: Glossary, path: Path | str) -> None:
    """Style DCT: the categories are elements, each in the namespace of its module. The basic module 1.2 has no element
    for an external cross-reference, so that in this style each is a note."""
    fields.save(Path(path), _parts(glossary, Path(path), "dct"))


def _parts(glossary: Glossary, path: Path, style: str) -> Iterator[str]:
    """The file entry by entry, so that a million of them are never one tree."""
    if not glossary.entries:
        raise GlossaryError(f"{path}: TBX holds at least one entry; add one to the glossary first")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    root = _root(style)
    tbx_header.write(root, glossary)
    etree.SubElement(etree.SubElement(root, "text"), "body").text = SPLIT
    etree.indent(root)
    head, _, tail = etree.tostring(root, encoding="unicode").rpartition(SPLIT)
    yield head
    for entry in glossary.entries:
        if not entry.terms:
            raise GlossaryError(f"{path}: '{entry.id}' has no terms; add one to the glossary first")
        holder = _root(style)
        concept = _entry(holder, entry)
        if style == "dct":
            _tag(concept)
        etree.indent(concept, level=ENTRY_LEVEL)
        concept.tail = None
        text = etree.tostring(holder, encoding="unicode")
        yield f"\n{INDENT * ENTRY_LEVEL}{text[text.index('>') + 1 : text.rindex('<')]}"
    yield f"\n{INDENT * (ENTRY_LEVEL - 1)}{tail}\n"


def _root(style: str) -> etree._Element:
    namespaces = {None: NAMESPACE, **(MODULES if style == "dct" else {})}
    return etree.Element("tbx", {"type": "TBX-Basic", "style": style, LANG: "en"}, nsmap=namespaces)


def _tag(concept: etree._Element) -> None:
    for element in concept.iter("xref"):
        element.tag, element.text = "note", f"external: {element.text}"
        element.attrib.clear()
    for element in concept.iter("descrip", "admin", "termNote"):
        category = element.attrib.pop("type")
        module = "min" if category in OF_MIN else "basic"
        element.tag = f"{{{MODULES[module]}}}{category}"


def _entry(body: etree._Element, entry: Entry) -> etree._Element:
    concept = etree.SubElement(body, "conceptEntry", {"id": xml_id(entry.id)})
    if entry.subject:
        add(concept, "descrip", entry.subject, "subjectField")
    if entry.definition:
        add(concept, "descrip", entry.definition, "definition")
    for source in entry.sources:
        add(concept, "admin", source, "source")
    for base, key in entry.external:
        _external(concept, base, key)
    labelled = [
        ("kind", entry.kind.value),
        ("gender", entry.gender),
        ("keep", YES if entry.keep else ""),
        ("review", "" if entry.review is Review.APPROVED else entry.review.value),
    ]
    _notes(concept, labelled, entry.note, ENTRY_LABELS)
    for tag in dict.fromkeys(term.locale for term in entry.terms):
        section = etree.SubElement(concept, "langSec", {LANG: tag})
        for term in entry.terms:
            if term.locale == tag:
                _term(section, term)
    return concept


def _external(concept: etree._Element, base: str, key: str) -> None:
    if target := external.address(base, key):
        add(concept, "xref", f"{base} {key}", "externalCrossReference").set("target", target)
    else:
        add(concept, "note", f"external: {base} {key}")


def _term(section: etree._Element, term: Term) -> None:
    element = etree.SubElement(section, "termSec")
    add(element, "term", term.text)
    add(element, "termNote", STATUSES[term.status], "administrativeStatus")
    add(element, "termNote", TYPES[term.type], "termType")
    if term.pos:
        add(element, "termNote", POS.get(term.pos, "other"), "partOfSpeech")
    if term.gender:
        add(element, "termNote", GENDERS[term.gender], "grammaticalGender")
    if term.citation:
        add(element, "descrip", term.citation, "context")
    if term.source:
        add(element, "admin", term.source, "source")
    labelled = [
        ("status", "forbidden" if term.status is Status.FORBIDDEN else ""),
        ("pos", "" if POS.get(term.pos) == term.pos else term.pos),
        ("number", term.number),
        ("exact case", YES if term.exact_case else ""),
        ("invariable", YES if term.invariable else ""),
        ("animacy", term.animacy),
        ("fuzzy", YES if term.fuzzy else ""),
        *(("house style", style) for style in term.styles),
        *(("variant", variant) for variant in term.variants),
        *(("form", f"{said} = {form}".lstrip()) for said, form in term.forms),
    ]
    _notes(element, labelled, term.note, TERM_LABELS)


def _notes(parent: etree._Element, labelled: Iterable[tuple[str, str]], note: str, labels: dict[str, str]) -> None:
    for word, text in labelled:
        if text:
            add(parent, "note", f"{word}: {text}")
    if note:
        # A note that would be read as a label gets one of its own.
        add(parent, "note", f"note: {note}" if label(note, labels)[0] else note)
