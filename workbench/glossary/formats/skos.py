"""Vocabularies in SKOS, in: Turtle, N-Triples, RDF/XML or JSON-LD.

prefLabel is the preferred term, altLabel is admitted, hiddenLabel (for finding, never for showing) is a variant
(SKOS Reference, section 5).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import UnknownLanguage
from workbench.glossary.formats import cells, delimited, external, fields, xml_tree
from workbench.glossary.formats.fields import Collector, Place, Scope
from workbench.glossary.model import Entry, Glossary, Status, Term, Type
from workbench.languages import language

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SYNTAXES = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".xml": "xml", ".jsonld": "json-ld", ".json": "json-ld"}
MATCHES = ("exactMatch", "closeMatch")
_WORD = re.compile(r"[^\s<>\"'#/:;,()\[\]{}]+")


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of a concept, unless the collector is patient. Nothing is fetched."""
    from rdflib.namespace import RDF, SKOS

    path = Path(path)
    collector = collector or Collector(path)
    text = delimited.decoded(collector)
    graph = _graph(path, text)
    concepts = dict.fromkeys((*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel)))
    if not concepts:
        raise Place(path, 1).error("no skos:Concept in the file", "export the vocabulary as SKOS")
    lines = _lines(text)
    slots = set()
    for concept in concepts:
        line = lines.get(_local(concept), 1)
        with collector.one():
            entry = _entry(graph, concept, Place(path, line), collector)
            slots |= {(term.locale, Type.FULL, s) for term in entry.terms for s in Status if s.approved}
            collector.add(entry, line, [line] * len(entry.terms))
    entry_fields = frozenset({"definition", "note", "external"})
    collector.scope = Scope(entry_fields, frozenset({"status", "type", "variants"}), frozenset(slots))
    return Glossary(tuple(collector.entries), name=path.stem)


def _graph(path: Path, text: str) -> Graph:
    import rdflib
    from rdflib.exceptions import ParserError

    syntax = SYNTAXES.get(path.suffix.lower(), "turtle")
    if syntax == "xml":
        xml_tree.root_of(path)  # refuses entities before another parser sees them
    if syntax == "json-ld":
        _no_address(_json(path, text), path)
    try:
        return rdflib.Graph().parse(data=text, format=syntax)
    except (ParserError, SyntaxError, ValueError, TypeError, LookupError) as wrong:  # each of its parsers has its own
        line = getattr(wrong, "lines", 0) + 1
        said = " ".join(str(wrong).split())[:120]
        raise Place(path, line).error(f"not valid {syntax}: {said}", "mend it, or export it again") from None


def _json(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Place(path, wrong.lineno).error(f"not valid JSON: {wrong.msg}", "mend it") from None
    except RecursionError:
        raise Place(path, 1).error("brackets too deep", "check them") from None


def _no_address(value: Any, path: Path) -> None:
    """A context that is an address would be fetched."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            waiting += here.values()
            contexts = here.get("@context", [])
            contexts = contexts if isinstance(contexts, list) else [contexts]
            if "@import" in here or any(isinstance(context, str) for context in contexts):
                raise Place(path, 1).error("the context is an address, and nothing is fetched", "write the context out")


def _lines(text: str) -> dict[str, int]:
    """The first line of each word: where a concept probably stands."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for word in _WORD.findall(line):
            found.setdefault(word, number)
    return found


def _local(node: Node) -> str:
    return next(iter(reversed(_WORD.findall(str(node)))), "")


def _entry(graph: Graph, concept: Node, place: Place, collector: Collector) -> Entry:
    from rdflib.namespace import RDF, SKOS
    from rdflib.term import Literal, URIRef

    said: defaultdict[str, list[Any]] = defaultdict(list)
    for predicate, value in sorted(graph.predicate_objects(concept)):
        if predicate != RDF.type:
            said[_local(predicate) if predicate in SKOS or isinstance(value, Literal) else ""].append(value)
    notes, definition = [], ""
    for literal in sorted(said.pop("definition", []), key=lambda value: getattr(value, "language", "") != "en"):
        text = cells.tidy(str(literal), place)
        if definition:
            notes.append(f"definition ({getattr(literal, 'language', None) or '?'}): {text}")
        definition = definition or text
    labels = {name: said.pop(name, []) for name in ("prefLabel", "altLabel", "hiddenLabel")}
    ids = [external.of(str(node)) for node in (concept, *(n for name in MATCHES for n in said.pop(name, [])))
           if isinstance(node, URIRef)]  # fmt: skip
    for name, values in said.items():
        texts = [cells.tidy(str(value), place) for value in values if isinstance(value, Literal)]
        notes += [text if name in ("note", "scopeNote") else f"{name}: {text}" for text in texts]
        if links := len(values) - len(texts):
            collector.remark(f"a link '{name or 'of another vocabulary'}' to another concept is left out", links)
    id = _local(concept)
    id = id if id not in collector.lines else cells.slug(id, collector.lines)
    return Entry(
        id, terms=tuple(_terms(labels, place, collector)), definition=definition, note="; ".join(notes),
        external=tuple(dict.fromkeys(ids)),
    )  # fmt: skip


def _terms(labels: dict[str, list[Any]], place: Place, collector: Collector) -> Iterator[Term]:
    terms: list[Term] = []
    for label in _ordered(labels["prefLabel"]):
        terms += _term(label, Status.PREFERRED, place, collector)
    for label in _ordered(labels["altLabel"]):
        found = _term(label, Status.ADMITTED, place, collector)
        terms += [t for t in found if (t.locale, t.text) not in {(o.locale, o.text) for o in terms}]
    for label in _ordered(labels["hiddenLabel"]):
        for hidden in _term(label, Status.ADMITTED, place, collector):
            at = next((i for i, term in enumerate(terms) if term.locale == hidden.locale), None)
            if at is None:
                terms.append(hidden)
            else:
                terms[at] = replace(terms[at], variants=(*terms[at].variants, hidden.text))
    yield from terms


def _ordered(labels: Iterable[Any]) -> list[Any]:
    return sorted(labels, key=lambda label: (getattr(label, "language", None) or "", str(label)))


def _term(label: Any, status: Status, place: Place, collector: Collector) -> list[Term]:
    """One, or none when its language is not known."""
    code = getattr(label, "language", None) or next(iter(collector.given.languages), "")
    try:
        language(code)
    except UnknownLanguage:
        collector.remark(f"a label in '{code}', which we do not know, is left out" if code else
                         "a label without language is left out; say which it is: --from en")  # fmt: skip
        return []
    known, tag = fields.tag_of(code, place)
    return [Term(known, cells.tidy(str(label), place), status, tag=tag)]
