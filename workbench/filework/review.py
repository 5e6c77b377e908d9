"""A reviewer's XLIFF read back: targets for the document, and the names that were corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from workbench.documents.document import Document, Mark, Segment, Target
from workbench.documents.formats.xliff import V2
from workbench.documents.mixed import Flat, Inline, Role, flattened
from workbench.documents.whole import NOT_XML, whole, xml
from workbench.errors import InputError
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term
from workbench.spans import Span
from workbench.text import Word, weak_key, words

GLS = "{urn:oasis:names:tc:xliff:glossary:2.0}"
LONG = 2  # words that a corrected form may have beyond those of the old one
ALIKE = 0.6  # ratio of equal letters of two spellings of one name


@dataclass(frozen=True, slots=True)
class Unit:
    """`machine`: the translation as it was given to the reviewer. `terms`: (entry id, source, written form)."""

    key: str
    source: str
    target: str
    marks: tuple[Mark, ...]
    machine: str
    terms: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    source_language: str
    target_language: str
    original: str  # the document, as the XLIFF names it
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A name or term that the reviewer writes otherwise. `entry` '' for one that no glossary lists."""

    entry: str
    source: str
    old: str
    new: str
    times: int = 1


def read(path: Path) -> Reviewed:
    """InputError for a file that this program did not write, or with units that lost their names."""
    try:
        with path.open("rb") as file:
            root = xml(whole(file, str(path)), str(path))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    file_ = root.find(f"{{{V2}}}file")
    if root.tag != f"{{{V2}}}xliff" or file_ is None:
        raise InputError(f"{path}: not an XLIFF 2 file as 'workbench translate --bilingual' writes it")
    units = tuple(_unit(element, path) for element in root.iter(f"{{{V2}}}unit"))
    return Reviewed(root.get("srcLang", ""), root.get("trgLang", ""), file_.get("original", ""), units)


def _unit(element: etree._Element, path: Path) -> Unit:
    key = element.get("name")
    source, target = (element.find(f"{{{V2}}}segment/{{{V2}}}{name}") for name in ("source", "target"))
    if key is None or source is None:
        raise InputError(f"{path}:{element.sourceline}: a unit without its name or source; export it unchanged")
    if len(element.findall(f"{{{V2}}}segment")) != 1:
        raise InputError(f"{path}:{element.sourceline}: unit {key} was cut in segments; review it without cutting")
    machine = [n.text or "" for n in element.iter(f"{{{V2}}}note") if n.get("category") == "machine"]
    terms = []
    for entry in element.iter(f"{GLS}glossEntry"):
        term, translation = entry.find(f"{GLS}term"), entry.find(f"{GLS}translation")
        if term is not None and translation is not None:
            terms.append((translation.get("source", ""), term.text or "", translation.text or ""))
    said, marks = _plain(flattened(target, _judge)) if target is not None else ("", ())
    return Unit(key, _plain(flattened(source, _judge))[0], said, marks, "".join(machine), tuple(terms))


def _judge(element: etree._Element) -> Inline:
    name = etree.QName(element).localname
    if name in ("pc", "mrk"):
        return Inline(Role.PAIR)
    return Inline(Role.BREAK if element.get("subType") == "xlf:lb" else Role.POINT)


def _plain(flat: Flat) -> tuple[str, tuple[Mark, ...]]:
    """Without annotations; marks by the ids that they were written with."""
    above = {mark.key: mark.parent for mark in flat.marks}
    kept = {key: element.get("id", "") for key, (element, _) in flat.elements.items() if "mrk" not in str(element.tag)}

    def parent(key: str) -> str:
        while key and key not in kept:
            key = above[key]
        return kept.get(key, "")

    return flat.text, tuple(Mark(kept[m.key], m.span, m.keep, parent(m.parent)) for m in flat.marks if m.key in kept)


def targets(document: Document, reviewed: Mapping[str, Unit], path: Path) -> dict[str, Target]:
    """For the segments of a document. InputError when its text is not the one that was reviewed."""
    made = {}
    for segment in document.segments:
        unit = reviewed.get(segment.key)
        if unit is None or not unit.target:
            continue
        if unit.source != _held(segment):
            raise InputError(
                f"{path}: the document has changed since: segment {segment.key} reads {segment.source[:60]!r}, "
                f"the reviewed one {unit.source[:60]!r}; translate it again"
            )
        known = {mark.key: mark for mark in segment.marks}
        unknown = next((mark.key for mark in unit.marks if mark.key not in known), None)
        if unknown is not None:
            raise InputError(f"{path}: unit {segment.key} has an inline element {unknown!r} that its source lacks")
        marks = tuple(replace(mark, keep=known[mark.key].keep) for mark in unit.marks)
        made[segment.key] = Target(unit.target, marks, origin="review")
    return made


def _held(segment: Segment) -> str:
    """The source as XML could hold it."""
    return NOT_XML.sub("", segment.source).replace("\r\n", "\n").replace("\r", "\n")


# -- corrected names -----------------------------------------------------------------------


def corrections(units: Sequence[Unit]) -> list[Correction]:
    """Names and terms that the reviewer replaced, each with how often, the most frequent first."""
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for unit in units:
        if unit.machine and unit.target and unit.machine != unit.target:
            counted.update(_changes(unit))
    return [Correction(*change, times) for change, times in counted.most_common()]


def _changes(unit: Unit) -> Iterator[tuple[str, str, str, str]]:
    old, new = words(unit.machine), words(unit.target)
    codes = SequenceMatcher(None, [w.text for w in old], [w.text for w in new], autojunk=False).get_opcodes()
    edits = [(a, b, c, d) for tag, a, b, c, d in codes if tag == "replace"]
    taken: list[Span] = []
    for entry, source, form in unit.terms:
        at = unit.machine.find(form) if form else -1
        while at >= 0 and any(Span(at, at + len(form)).overlaps(other) for other in taken):
            at = unit.machine.find(form, at + 1)
        if at < 0:
            continue
        place = Span(at, at + len(form))
        taken.append(place)
        inside = [i for i, word in enumerate(old) if word.span.overlaps(place)]
        said = _replaced(unit.target, new, edits, inside[0], inside[-1] + 1) if inside else ""
        if said and said != form and form[:1].isupper() <= said[:1].isupper():
            yield entry, source, form, said
    for a, b, c, d in edits:
        if b - a == d - c == 1 and not any(old[a].span.overlaps(other) for other in taken):
            yield from _unlisted(unit, old[a].text, new[c].text)


def _replaced(target: str, new: list[Word], edits: list[tuple[int, int, int, int]], first: int, last: int) -> str:
    """What stands for the old words from `first` to before `last`; '' when they stay or it cannot be told."""
    for a, b, c, d in edits:
        if a <= first and last <= b:
            if b - a == d - c:  # word for word
                c, d = c + first - a, c + last - a
            elif (a, b) != (first, last):
                return ""
        elif a < last and first < b:
            c, d = c - max(0, a - first), d + max(0, last - b)  # the words around the change belong to it
        else:
            continue
        if 0 <= c < d <= len(new) and d - c <= last - first + LONG:
            return target[new[c].span.start : new[d - 1].span.end]
    return ""


def _unlisted(unit: Unit, old: str, new: str) -> Iterator[tuple[str, str, str, str]]:
    """A capitalised word exchanged for a like one: a spelling of a name."""
    if not (old[:1].isupper() and new[:1].isupper()) or _ratio(old, new) < ALIKE:
        return
    named = [w.text for w in words(unit.source) if w.text[:1].isupper() and _ratio(w.text, new) >= ALIKE]
    if named:
        yield "", max(named, key=lambda name: _ratio(name, new)), old, new


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, weak_key(one), weak_key(other), autojunk=False).ratio()


def proposals(found: Sequence[Correction], reviewed: Reviewed, glossary: Glossary) -> list[Entry]:
    """New entries for the store, marked as proposed: they change nothing until somebody approves them."""
    made: dict[str, Entry] = {}
    for correction in found:
        known = glossary.by_id.get(correction.entry)
        base = correction.entry or "-".join(w.key for w in words(correction.source))
        id = f"{base}-review-{reviewed.target_language}"
        id = id if id not in made else f"{id}-{len(made) + 1}"
        said = f"a reviewer of {Path(reviewed.original).name} wrote {correction.new} for {correction.old}"
        terms = (
            Term(reviewed.source_language, correction.source),
            Term(reviewed.target_language, correction.new, Status.PREFERRED),
        )
        made[id] = Entry(
            id, known.kind if known else Kind.TERM, terms, known.gender if known else "",
            note=f"{said}, {correction.times} times; concerns {correction.entry or 'a name that no glossary lists'}",
            review=Review.PROPOSED,
        )  # fmt: skip
    return list(made.values())
