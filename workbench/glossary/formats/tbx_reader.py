"""Glossaries out of TBX: ours and those of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from workbench.glossary.formats import fields, tbx_header
from workbench.glossary.formats.fields import Place
from workbench.glossary.formats.tbx_words import (
    ADDRESS,
    ADDRESSES,
    ENTRY_LABELS,
    LANG,
    READ_GENDERS,
    READ_NUMBERS,
    READ_POS,
    READ_STATUSES,
    READ_TYPES,
    TERM_LABELS,
    label,
    name,
    own_id,
)
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term, Type

GROUPS = {"descripGrp", "adminGrp", "termGrp", "termNoteGrp"}
APART = {"langSec", "termSec", "transacGrp"}


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
            entry, lines = _entry(concept, path, f"{path.stem}-{number}")
            collector.add(entry, concept.sourceline, lines)
    return replace(tbx_header.read(root, path), entries=tuple(collector.entries))


def _root(path: Path) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    data = fields.bytes_of(path)
    if not data.strip():
        raise Place(path, 1).error("the file is empty", "export the term base again")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Place(path, error.lineno or 1).error(
            f"not valid XML: {error.msg}", "mend it, or export the term base again"
        ) from None
    dtd = root.getroottree().docinfo.internalDTD
    if next(root.iter(etree.Entity), None) is not None or (dtd is not None and any(True for _ in dtd.iterentities())):
        raise Place(path, 1).error("the file declares XML entities", "write their text out")
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
                said.notes["external"].append(" ".join(_external(fact.target)))
            elif fact.category == "administrativeStatus":
                said.status = said.status or _status(fact)
            else:
                said.texts[fact.category].append(fact.text)
        return said

    def text(self, category: str) -> str:
        return next(iter(self.texts[category]), "")

    def word(self, category: str, words: dict[str, str]) -> str:
        """Of a closed list, in our words; '' when it is not in it."""
        return words.get(self.text(category).lower().replace(" ", ""), "")

    def note(self, word: str) -> str:
        return next(iter(self.notes[word]), "")

    @property
    def remark(self) -> str:
        return "; ".join(self.notes[""])


def _external(target: str) -> tuple[str, str]:
    for base, address in ADDRESSES.items():
        if target.startswith(address):
            return base, unquote(target[len(address) :])
    return ADDRESS, target


def _status(fact: Fact) -> Status:
    word = fact.text.lower().removesuffix("-admn-sts").removesuffix("term").replace(" ", "")
    if word not in READ_STATUSES:
        raise fact.place.error(f"unknown status '{fact.text}'", fields.meant(word, READ_STATUSES))
    return READ_STATUSES[word]


def _entry(concept: etree._Element, path: Path, id: str) -> tuple[Entry, list[int]]:
    """The entry and the lines of its terms; `id` for an entry without its own."""
    said = Said.of(concept, path, ENTRY_LABELS)
    definition = said.text("definition")
    found: list[_Found] = []
    for section in concept.iter(etree.Element):
        if name(section) != "langSec":
            continue
        code = section.get(LANG) or section.get("lang") or ""
        language = fields.language_of(code, Place(path, section.sourceline))
        definition = definition or Said.of(section, path, ENTRY_LABELS).text("definition")
        found += [
            _term(element, language, path) for element in section.iter(etree.Element) if name(element) == "termSec"
        ]
    ranked = list(_ranked(found))
    entry = Entry(
        fields.tidy(own_id(concept.get("id") or id), Place(path, concept.sourceline)),
        Kind(said.note("kind") or Kind.TERM.value),
        tuple(term for term, _, _ in ranked),
        said.note("gender"),
        bool(said.note("keep")),
        said.text("subjectField"),
        definition,
        said.remark,
        tuple(said.texts["source"]),
        tuple((base, key) for base, _, key in (text.partition(" ") for text in said.notes["external"])),
        Review(said.note("review") or Review.APPROVED.value),
    )
    return entry, [line for _, line, _ in ranked]


class _Found(NamedTuple):
    term: Term
    line: int
    said: bool  # whether the file gives a status


def _ranked(found: list[_Found]) -> Iterator[_Found]:
    """Each text once and at most one preferred term of a type: en-GB and en-US are both en."""
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
    return term.language, term.type


def _term(element: etree._Element, language: str, path: Path) -> _Found:
    said = Said.of(element, path, TERM_LABELS)
    status = Status.FORBIDDEN if said.note("status") else said.status
    term = Term(
        language,
        said.text("term"),
        status or Status.PREFERRED,
        READ_TYPES.get(said.text("termType").lower(), Type.FULL),
        tuple(said.notes["variant"]),
        tuple((word.strip(), form) for word, _, form in (text.partition("= ") for text in said.notes["form"])),
        said.note("pos") or said.word("partOfSpeech", READ_POS),
        said.word("grammaticalGender", READ_GENDERS),
        said.note("number") or said.word("grammaticalNumber", READ_NUMBERS),
        bool(said.note("exact case")),
        bool(said.note("invariable")),
        said.text("source"),
        said.remark,
        said.note("animacy"),
        bool(said.note("fuzzy")),
        tuple(said.notes["house style"]),
        said.text("context"),
    )
    return _Found(term, element.sourceline, status is not None)
