"""Long tables: a row per term; what is said of a concept stands in each of its rows, or in the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from workbench.glossary.formats import cells, fields, wide
from workbench.glossary.formats.delimited import Rows
from workbench.glossary.formats.fields import Collector, Given, Place, Scope
from workbench.glossary.model import Glossary, Status, Term, Type

# Columns as we head them, with the field that each fills; a term's own note, source and gender have the plain
# names, a concept's are headed as such.
ENTRY = {
    "concept_id": "id", "kind": "kind", "concept_gender": "gender", "keep": "keep", "subject": "subject",
    "definition": "definition", "concept_note": "note", "concept_sources": "sources", "external": "external",
    "review": "review",
}  # fmt: skip
TERM = (
    "lang", "term", "status", "type", "pos", "gender", "number", "animacy", "variants", "forms", "exact_case",
    "invariable", "fuzzy", "styles", "source", "citation", "note",
)  # fmt: skip
ALIASES = {
    "id": "concept_id", "concept": "concept_id", "language": "lang", "locale": "lang", "text": "term",
    "form_kind": "type", "term_type": "type", "domain": "subject", "part_of_speech": "pos",
    "administrative_status": "status",
}  # fmt: skip


def is_header(header: list[str]) -> bool:
    names = {_name(cell) for cell in header}
    return {"lang", "term"} <= names


def _name(cell: str) -> str:
    name = cell.strip().lower().replace(" ", "_")
    return ALIASES.get(name, name)


def read(header: list[str], line: int, rows: Rows, collector: Collector) -> None:
    """Entries into the collector; rows of one concept need not stand together."""
    place = Place(collector.path, line)
    names = [_name(cell) for cell in header]
    for name in names:
        if name and names.count(name) > 1:
            raise place.error(f"the column '{name}' stands twice", "join the two")
        if name not in ENTRY and name not in TERM:
            collector.remark(f"the column '{name}' is none of ours and is kept in the notes of the terms")
    own = {*ENTRY, *TERM}
    said = frozenset(ENTRY[name] for name in names if name in ENTRY and name != "concept_id")
    terms = frozenset(name for name in names if name in TERM) | ({"note"} if set(names) - own else frozenset())
    collector.scope = Scope(said, frozenset({"status", "type"} | terms), None)
    concepts: dict[str, _Concept] = {}
    for line, row in rows:
        with collector.one():
            place = Place(collector.path, line)
            told = {name: cells.tidy(cell, place) for name, cell in zip(names, row, strict=False)}
            id = told.get("concept_id") or cells.slug(told.get("term", ""), ())
            concept = concepts.setdefault(id, _Concept(id, line))
            with _spoiling(concept):
                concept.take(told, place)
    for concept in concepts.values():
        with collector.one():
            concept.into(collector)


class _spoiling:
    """A wrong row makes its whole concept wrong: half of one is not taken."""

    def __init__(self, concept: _Concept) -> None:
        self.concept = concept

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, *rest: object) -> None:
        self.concept.spoilt = self.concept.spoilt or kind is not None


class _Concept:
    """Rows of one concept, as they come."""

    def __init__(self, id: str, line: int) -> None:
        self.id, self.line = id, line
        self.said: dict[str, str] = {"id": id}
        self.terms: list[Term] = []
        self.lines: list[int] = []
        self.spoilt = False

    def take(self, told: dict[str, str], place: Place) -> None:
        for name, field in ENTRY.items():
            cell = told.get(name, "")
            if field == "id" or not cell:
                continue
            if self.said.setdefault(field, cell) != cell:
                raise place.error(
                    f"'{self.id}' has another {field} in line {self.line}", "write it once, or the same in all its rows"
                )
        self.terms.append(_term(told, place, self.terms))
        self.lines.append(place.line)

    def into(self, collector: Collector) -> None:
        if not self.spoilt:
            place = Place(collector.path, self.line)
            collector.add(wide.entry_of(self.said, self.terms, place), self.line, self.lines)


def _term(told: dict[str, str], place: Place, before: list[Term]) -> Term:
    def word(name: str, known: list[str] | tuple[str, ...]) -> str:
        return fields.one_of(told[name].lower(), known, name, place) if told.get(name) else ""

    language, tag = fields.tag_of(told.get("lang", ""), place)
    type = Type(word("type", [t.value for t in Type]) or Type.FULL.value)
    taken = any((t.locale, t.type, t.status) == (tag or language, type, Status.PREFERRED) for t in before)
    status = word("status", [s.value for s in Status]) or (Status.ADMITTED if taken else Status.PREFERRED).value
    others = [f"{name}: {cell}" for name, cell in told.items() if cell and name not in ENTRY and name not in TERM]
    term = Term(language, told.get("term", ""), Status(status), type, tag=tag)
    return replace(
        term,
        variants=tuple(cells.items(told.get("variants", ""))),
        forms=cells.pairs(told.get("forms", "")),
        pos=word("pos", fields.POS), gender=word("gender", fields.TERM_GENDERS), number=word("number", fields.NUMBERS),
        animacy=word("animacy", fields.ANIMACIES), styles=tuple(cells.items(told.get("styles", ""))),
        source=told.get("source", ""), citation=told.get("citation", ""),
        note="; ".join(filter(None, (told.get("note", ""), *others))),
        **{name: cells.flag(told.get(name, ""), name, place) for name in ("exact_case", "invariable", "fuzzy")},
    )  # fmt: skip


def table(glossary: Glossary) -> Iterator[list[str]]:
    """Header and rows; all columns of terms, and those of concepts that some entry needs."""
    used = {name for entry in glossary.entries for name, cell in wide.cells_of(entry).items() if cell}
    heads = [head for head, field in ENTRY.items() if field in used]
    yield [*heads, *TERM]
    for entry in glossary.entries:
        said = wide.cells_of(entry)
        for term in entry.terms:
            yield [*(said[ENTRY[head]] for head in heads), *_cells(term)]


def _cells(term: Term) -> list[str]:
    told = {
        "lang": term.locale, "term": term.text, "status": term.status.value, "type": term.type.value,
        "variants": cells.joined(term.variants), "forms": cells.paired(term.forms), "styles": cells.joined(term.styles),
    }  # fmt: skip
    plain = {name: value for name in TERM if name not in told for value in (getattr(term, name),)}
    told |= {name: ("yes" if value else "") if isinstance(value, bool) else value for name, value in plain.items()}
    return [told[name] for name in TERM]


def kept(glossary: Glossary, path: Path, given: Given = Given()) -> Glossary:
    """All but what the glossary says of itself."""
    return Glossary(glossary.entries)
