"""Glossaries out of TBX: ours and those of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from workbench.errors import UnknownLanguage
from workbench.glossary.formats import external, fields, tbx_header, xml_tree
from workbench.glossary.formats.fields import Place
from workbench.glossary.formats.tbx_words import (
    ENTRY_HOLDS,
    ENTRY_LABELS,
    LANG,
    READ_GENDERS,
    READ_NUMBERS,
    READ_POS,
    READ_STATUSES,
    READ_TYPES,
    STATUS_CATEGORIES,
    TERM_HOLDS,
    TERM_LABELS,
    UNTRANSLATED,
    label,
    name,
    own_id,
)
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term, Type
from workbench.languages import language as language_of

GROUPS = {"descripGrp", "adminGrp", "termGrp", "termNoteGrp"}
APART = {"langSec", "termSec", "transacGrp"}
LINKS = {"xGraphic", "crossReference"}  # the place they lead to is a part of what they say


def read(path: Path | str, collector: fields.Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of an entry, unless the collector is patient.

    Entities are refused, nothing is fetched.
    A term without status is preferred when no other of its type is; of several preferred ones the first stays so.
    """
    path = Path(path)
    root = _root(path)
    collector = collector or fields.Collector(path)
    concepts = [element for element in root.iter(etree.Element) if name(element) == "conceptEntry"]
    if not concepts:
        raise Place(path, root.sourceline).error("no conceptEntry in the file", "export the term base again")
    for number, concept in enumerate(concepts, 1):
        with collector.one():
            entry, lines = _entry(concept, collector, f"{path.stem}-{number}")
            collector.add(entry, concept.sourceline, lines)
    return replace(tbx_header.read(root, path), entries=tuple(collector.entries))


def _root(path: Path) -> etree._Element:
    root = xml_tree.root_of(path, "mend it, or export the term base again")
    if name(root) not in ("tbx", "martif"):
        raise Place(path, root.sourceline).error(f"not TBX, its root is '{name(root)}'", "export it as TBX-Basic")
    return root


class Fact(NamedTuple):
    """A data category with its text, in whichever style it was written."""

    category: str
    text: str
    place: Place
    target: str


def _facts(element: etree._Element, path: Path) -> Iterator[Fact]:
    """What is said of an element itself, not of the sections within it."""
    for child in element:
        local = name(child)
        if local in APART:
            continue
        if local in GROUPS:
            yield from _facts(child, path)
            continue
        place = Place(path, child.sourceline)
        text = fields.tidy("".join(child.itertext()), place)
        if text or child.get("target"):
            yield Fact(child.get("type") or local, text, place, child.get("target") or "")


@dataclass
class Said:
    """The facts of an element: texts by category, texts of notes by label ('' for plain ones)."""

    texts: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    status: Status | None = None

    @classmethod
    def of(cls, element: etree._Element, path: Path, labels: dict[str, str]) -> Said:
        said = cls()
        for fact in _facts(element, path):
            if fact.category == "note":
                word, text = label(fact.text, labels)
                said.notes["" if word == "note" else word].append(text)
            elif fact.category == "externalCrossReference" and fact.target:
                said.notes["external"].append(" ".join(external.of(fact.target)))
            elif fact.category in STATUS_CATEGORIES:
                said.status = said.status or _status(fact)
            else:
                linked = fact.target and fact.category in LINKS
                said.texts[fact.category].append(f"{fact.text} ({fact.target})".strip() if linked else fact.text)
        return said

    def rest(self, holds: dict[str, int | None], suffix: str = "") -> list[str]:
        """What no field of ours holds, as notes: 'geographicalUsage: Mexico'."""
        left: list[str] = []
        for category, texts in self.texts.items():
            held = holds.get(category, 0)
            left += [f"{category}{suffix}: {text}" for text in texts[len(texts) if held is None else held :]]
        return left

    def text(self, category: str) -> str:
        return next(iter(self.texts[category]), "")

    def word(self, category: str, words: dict[str, str]) -> str:
        """Of a closed list, in our words; '' when it is not in it, and then it stays a note."""
        text = self.text(category)
        word = words.get(text.lower().replace(" ", ""), "")
        if text and not word and text != "other":
            self.notes[""].append(f"{category}: {text}")
        return word

    def note(self, word: str) -> str:
        return next(iter(self.notes[word]), "")

    @property
    def remark(self) -> str:
        return "; ".join(self.notes[""])


def _status(fact: Fact) -> Status:
    word = fact.text.lower().removesuffix("-admn-sts").removesuffix("term").replace(" ", "")
    if word not in READ_STATUSES:
        raise fact.place.error(f"unknown status '{fact.text}'", fields.meant(word, READ_STATUSES))
    return READ_STATUSES[word]


def _entry(concept: etree._Element, collector: fields.Collector, id: str) -> tuple[Entry, list[int]]:
    """The entry and the lines of its terms; `id` for an entry without its own."""
    path = collector.path
    said = Said.of(concept, path, ENTRY_LABELS)
    found: list[_Found] = []
    aside: list[str] = []
    for section in (element for element in concept.iter(etree.Element) if name(element) == "langSec"):
        code = section.get(LANG) or section.get("lang") or ""
        if unknown := _unknown(section, code, collector):
            aside += unknown
            continue
        language, tag = fields.tag_of(code, Place(path, section.sourceline))
        aside += _of_section(Said.of(section, path, {}), said, tag or language)
        found += [
            _term(element, language, tag, collector)
            for element in section.iter(etree.Element)
            if name(element) == "termSec"
        ]
    aside += said.rest(ENTRY_HOLDS)
    _tell(concept, aside, collector)
    ranked = list(_ranked(found))
    entry = Entry(
        fields.tidy(own_id(concept.get("id") or id), Place(path, concept.sourceline)),
        Kind(said.note("kind") or Kind.TERM.value),
        tuple(one.term for one in ranked),
        said.note("gender"),
        bool(said.note("keep")) or said.text(UNTRANSLATED[0]).lower() == UNTRANSLATED[1],
        said.text("subjectField"),
        said.text("definition"),
        "; ".join(filter(None, (said.remark, *aside))),
        tuple(said.texts["source"]),
        tuple((base, key) for base, _, key in (text.partition(" ") for text in said.notes["external"])),
        Review(said.note("review") or Review.APPROVED.value),
    )
    return entry, [one.line for one in ranked]


def _unknown(section: etree._Element, code: str, collector: fields.Collector) -> list[str]:
    """The terms of a language that we do not know, as notes: 'la: terminus'."""
    try:
        language_of(code)
    except UnknownLanguage:
        if not code:
            return []
        collector.remark(f"terms in '{code}', a language that we do not know, are kept in the notes")
        return [
            f"{code}: {fields.tidy(''.join(term.itertext()), Place(collector.path, term.sourceline))}"
            for term in section.iter("{*}term")
        ]
    return []


def _of_section(section: Said, said: Said, locale: str) -> list[str]:
    """What a language says of the concept: its definition and sources join the concept's own, the rest is noted."""
    if not said.text("definition") and section.text("definition"):
        said.texts["definition"].append(section.texts["definition"].pop(0))
    said.texts["source"] += (source for source in section.texts.pop("source", []) if source not in said.texts["source"])
    return [*section.rest({}, f" ({locale})"), *(f"({locale}) {note}" for note in section.notes[""])]


def _tell(concept: etree._Element, aside: list[str], collector: fields.Collector) -> None:
    changes = sum(1 for element in concept.iter(etree.Element) if name(element) == "transacGrp")
    if changes:
        collector.remark(
            "who made or changed an entry, and when, is left out: the store writes its own history", changes
        )
    if aside:
        collector.remark("a category that entries have no field for is kept in the notes", len(aside))


class _Found(NamedTuple):
    term: Term
    line: int
    said: bool  # whether the file gives a status


def _ranked(found: list[_Found]) -> Iterator[_Found]:
    """Each text once and at most one preferred term of a tag and type."""
    taken = {_group(f.term) for f in found if f.said and f.term.status is Status.PREFERRED}
    first: set[tuple[str, Type]] = set()
    texts: set[tuple[str, Type, str]] = set()
    for one in found:
        group = _group(one.term)
        if (*group, one.term.text) in texts:
            continue
        texts.add((*group, one.term.text))
        if one.term.status is Status.PREFERRED:
            if group in first or (not one.said and group in taken):
                one = one._replace(term=replace(one.term, status=Status.ADMITTED))
            else:
                first.add(group)
        yield one


def _group(term: Term) -> tuple[str, Type]:
    return term.locale, term.type


def _term(element: etree._Element, language: str, tag: str, collector: fields.Collector) -> _Found:
    said = Said.of(element, collector.path, TERM_LABELS)
    status = Status.FORBIDDEN if said.note("status") else said.status
    type = said.text("termType")
    if type and READ_TYPES.get(type.lower()) in (None, Type.ABBREVIATION) and type != "abbreviation":
        said.notes[""].append(f"termType: {type}")
    pos = said.note("pos") or said.word("partOfSpeech", READ_POS)
    gender = said.word("grammaticalGender", READ_GENDERS)
    number = said.note("number") or said.word("grammaticalNumber", READ_NUMBERS)
    aside = said.rest(TERM_HOLDS)
    if aside:
        collector.remark("a category that terms have no field for is kept in the notes", len(aside))
    term = Term(
        language,
        said.text("term"),
        status or Status.PREFERRED,
        READ_TYPES.get(type.lower(), Type.FULL),
        tuple(said.notes["variant"]),
        tuple((word.strip(), form) for word, _, form in (text.partition("= ") for text in said.notes["form"])),
        pos,
        gender,
        number,
        bool(said.note("exact case")),
        bool(said.note("invariable")),
        said.text("source"),
        "; ".join(filter(None, (said.remark, *aside))),
        said.note("animacy"),
        bool(said.note("fuzzy")),
        tuple(said.notes["house style"]),
        said.text("context"),
        tag,
    )
    return _Found(term, element.sourceline, status is not None)
