"""Glossaries in YAML: the format that people write by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from workbench.glossary.formats import fields
from workbench.glossary.formats.fields import Place
from workbench.glossary.formats.yaml_nodes import Map, Node, Text, tree
from workbench.glossary.formats.yaml_record import Record, items_of, named_texts, text_of
from workbench.glossary.formats.yaml_writer import write
from workbench.glossary.model import Entry, Glossary, Kind, Preference, Review, Status, Style, Term, Type

__all__ = ["read", "write"]

TOP = ("name", "title", "licence", "sources", "styles", "entries")
STYLE = ("name", "note", "rules")
RULE = ("language", "kind", "prefer")
Read = tuple[Entry, int, list[int]]
ENTRY = (
    "id", "kind", "gender", "keep", "subject", "definition", "note", "sources", "external", "review",
    "terms",
)  # fmt: skip
TERM = (
    "text", "type", "status", "variants", "forms", "pos", "gender", "number", "exact_case", "invariable",
    "animacy", "fuzzy", "styles", "source", "citation", "note",
)  # fmt: skip


def read(path: Path | str, collector: fields.Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line for whatever is wrong; of an entry, unless the collector is patient."""
    path = Path(path)
    root = tree(fields.text_of(path), path)
    top = Record(root, "the file", TOP, path)
    about = about_of(root, path)
    sources = dict(about.sources)
    collector = collector or fields.Collector(path)
    for node in items_of(top.required("entries"), "'entries'", path):
        with collector.one():
            collector.add(*entry_of(node, path, sources, about.styles))
    return filled(about, collector.entries)


def about_of(node: Node, path: Path) -> Glossary:
    """What the file says of itself; a glossary without entries."""
    top = Record(node, "the file", TOP, path)
    return Glossary(
        (),
        tuple(_styles(top, path)),
        name=top.text("name") or path.stem,
        title=top.text("title"),
        licence=top.text("licence"),
        sources=tuple(named_texts(top, "sources").items()),
    )


def filled(about: Glossary, entries: Iterable[Entry]) -> Glossary:
    return replace(about, entries=tuple(entries))


def _styles(top: Record, path: Path) -> Iterator[Style]:
    lines: dict[str, int] = {}
    node = top.get("styles")
    for item in items_of(node, "'styles'", path) if node else ():
        record = Record(item, "a style", STYLE, path)
        record.required("name")
        name = record.text("name")
        if ":" in name:
            raise record.at("name").error(f"the style '{name}' has a colon in its name", "leave it out")
        if name in lines:
            raise record.at("name").error(
                f"the style '{name}' stands twice, first in line {lines[name]}", "give each its own name"
            )
        lines[name] = record.at("name").line
        rules = record.get("rules")
        preferences = [_preference(rule, path) for rule in (items_of(rules, "'rules'", path) if rules else ())]
        yield Style(name, tuple(preferences), record.text("note"))


def _preference(node: Node, path: Path) -> Preference:
    record = Record(node, "a rule", RULE, path)
    language, prefer = record.required("language"), record.required("prefer")
    if not isinstance(prefer, Text):
        raise record.at("prefer").error("'prefer' is not a text", "put the pattern in single quotes")
    pattern = fields.printable(unicodedata.normalize("NFC", prefer.value), record.at("prefer"))
    try:
        re.compile(pattern)
    except re.error as error:
        raise record.at("prefer").error(
            f"'{pattern}' is not a regular expression ({error})", "mend it; put a backslash before ( [ . * + ?"
        ) from None
    return Preference(
        fields.language_of(text_of(language, "'language'", path), record.at("language")),
        pattern,
        record.enum("kind", Kind.TERM) if record.get("kind") else None,
    )


def entry_of(node: Node, path: Path, sources: dict[str, str], styles: tuple[Style, ...]) -> Read:
    """The entry, the line of its id, the lines of its terms."""
    record = Record(node, "an entry", ENTRY, path)
    used = record.texts("sources")
    for source in used:
        if sources and source not in sources:
            raise record.at("sources").error(f"unknown source '{source}'", fields.meant(source, sources))
    terms, lines = _terms(record, path)
    known = [style.name for style in styles]
    for term, line in zip(terms, lines, strict=True):
        for style in term.styles:
            if known and style not in known:
                raise Place(path, line).error(f"unknown style '{style}'", fields.meant(style, known))
    entry = Entry(
        record.text("id"),
        record.enum("kind", Kind.TERM),
        tuple(terms),
        record.word("gender", fields.ENTRY_GENDERS),
        record.flag("keep"),
        record.text("subject"),
        record.text("definition"),
        record.text("note"),
        used,
        tuple(_external(record)),
        record.enum("review", Review.APPROVED),
    )
    return entry, record.at("id").line, lines


def _terms(entry: Record, path: Path) -> tuple[list[Term], list[int]]:
    node = entry.get("terms")
    terms: list[Term] = []
    lines: list[int] = []
    if node is None:
        return terms, lines
    if not isinstance(node, Map):
        raise entry.at("terms").error("'terms' is not a mapping", "write 'terms: {en: [...], ru: [...]}'")
    for code, (key, values) in node.pairs.items():
        language, tag = fields.tag_of(code, Place(path, key.line))
        for value in items_of(values, f"'{code}'", path):
            terms.append(replace(_term(value, language, path), tag=tag))
            lines.append(value.line)
    return terms, lines


def _term(node: Node, language: str, path: Path) -> Term:
    if isinstance(node, Text):
        return Term(language, fields.tidy(node.value, Place(path, node.line)))
    record = Record(node, "a term", TERM, path)
    record.required("text")
    return Term(
        language,
        record.text("text"),
        record.enum("status", Status.PREFERRED),
        record.enum("type", Type.FULL),
        record.texts("variants"),
        tuple(_forms(record)),
        record.word("pos", fields.POS),
        record.word("gender", fields.TERM_GENDERS),
        record.word("number", fields.NUMBERS),
        record.flag("exact_case"),
        record.flag("invariable"),
        record.text("source"),
        record.text("note"),
        record.word("animacy", fields.ANIMACIES),
        record.flag("fuzzy"),
        record.texts("styles"),
        record.text("citation"),
    )


def _external(record: Record) -> Iterator[tuple[str, str]]:
    """`{wikidata: Q1, address: [a, b]}`."""
    node = record.get("external")
    if node is not None and not isinstance(node, Map):
        raise record.at("external").error("'external' is not a mapping", "write 'external: {name: value}'")
    for name, (key, values) in node.pairs.items() if node else ():
        place = Place(record.path, key.line)
        if not fields.LABEL.fullmatch(name):
            raise place.error(f"'{name}' in 'external' is not a name", "write one without spaces, like wikidata")
        for value in items_of(values, f"'{name}'", record.path):
            if not (id := text_of(value, f"'{name}'", record.path)):
                raise place.error(f"'{name}' in 'external' has no value", "write one or remove it")
            yield name, id


def _forms(record: Record) -> Iterator[tuple[str, str]]:
    """`{gen: x}`, `[x, y]` without labels, or a mixture: `[x, {gen: y}]`."""
    node = record.get("forms")
    for item in items_of(node, "'forms'", record.path) if node else ():
        if not isinstance(item, Map):
            yield "", _form(item, record)
            continue
        for label, (key, values) in item.pairs.items():
            if label and not fields.LABEL.fullmatch(label):
                raise Place(record.path, key.line).error(f"'{label}' is not a label", "write one like gen or f.pl")
            for value in items_of(values, "'forms'", record.path):
                yield label, _form(value, record)


def _form(node: Node, record: Record) -> str:
    form = text_of(node, "a form", record.path)
    if not form:
        raise Place(record.path, node.line).error("an empty form", "write it or remove it")
    return form
