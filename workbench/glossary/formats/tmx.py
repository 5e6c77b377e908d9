"""Glossaries as TMX 1.4b: a unit per concept, the form to write in each language; Google and Amazon take it too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from workbench.glossary.formats import cells, fields, term_sets, xml_tree
from workbench.glossary.formats.fields import Collector, Given, Place, Scope
from workbench.glossary.model import Entry, Glossary, Status, Term

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CODES = {"bpt", "ept", "ph", "it", "ut"}  # inline elements that hold markup, not text


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of a unit, unless the collector is patient."""
    path = Path(path)
    collector = collector or Collector(path)
    root = xml_tree.root_of(path)
    if etree.QName(root).localname != "tmx":
        raise Place(path, root.sourceline).error(f"not TMX, its root is '{etree.QName(root).localname}'", "export it")
    for unit in root.iter("{*}tu"):
        with collector.one():
            entry, lines = _entry(unit, collector)
            collector.add(entry, unit.sourceline, lines)
    collector.scope = Scope(frozenset({"note"}), frozenset({"status", "type"}), frozenset(), True)
    return Glossary(tuple(collector.entries), name=path.stem)


def _entry(unit: etree._Element, collector: Collector) -> tuple[Entry, list[int]]:
    terms: list[Term] = []
    lines: list[int] = []
    notes: list[str] = []
    for child in unit:
        local, place = etree.QName(child).localname, Place(collector.path, child.sourceline)
        if local == "tuv":
            language, tag = fields.tag_of(child.get(LANG) or child.get("lang") or "", place)
            term = Term(language, cells.tidy("".join(_texts(child.find("{*}seg"))), place), tag=tag)
            if term in terms:
                continue
            if any(t.locale == term.locale for t in terms):
                term = replace(term, status=Status.ADMITTED)
            terms.append(term)
            lines.append(place.line)
        elif local in ("note", "prop") and (text := cells.tidy("".join(child.itertext()), place)):
            notes.append(f"{child.get('type')}: {text}" if child.get("type") else text)
    id = (unit.get("tuid") or "").strip().replace(" ", "-") or cells.slug(
        terms[0].text if terms else "", collector.lines
    )
    return Entry(id, terms=tuple(terms), note="; ".join(notes)), lines


def _texts(element: etree._Element | None) -> Iterator[str]:
    if element is None:
        return
    yield element.text or ""
    for child in element:
        if etree.QName(child).localname not in CODES:
            yield from _texts(child)
        yield child.tail or ""


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    """`given.languages`: which, the source first; none: all, and no source."""
    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": "workbench-for-names", "creationtoolversion": "1", "segtype": "phrase", "o-tmf": "glossary",
        "adminlang": "en", "srclang": given.languages[0] if given.languages else "*all*", "datatype": "plaintext",
    }  # fmt: skip
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    columns = _columns(glossary, given)
    for entry, texts in term_sets.to_write(glossary, columns, Path(path)):
        unit = etree.SubElement(body, "tu", tuid=entry.id)
        if entry.note:
            etree.SubElement(unit, "note").text = entry.note
        for locale, text in zip(columns, texts, strict=True):
            if text:
                etree.SubElement(etree.SubElement(unit, "tuv", {LANG: locale}), "seg").text = text
    etree.indent(root)
    fields.save(Path(path), f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n')
    return ()


def _columns(glossary: Glossary, given: Given) -> list[str]:
    return list(given.languages) or term_sets.locales(glossary)


def kept(glossary: Glossary, path: Path, given: Given = Given()) -> Glossary:
    columns = _columns(glossary, given)
    plain = term_sets.kept(glossary, columns).entries
    whole = (entry for entry, _ in term_sets.rows(glossary, columns))
    return Glossary(tuple(replace(e, id=w.id, note=w.note) for e, w in zip(plain, whole, strict=True)))
