"""Glossaries into YAML: short terms on a line of their own, the rest as {text: ...}."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from workbench.glossary.formats import fields
from workbench.glossary.formats.fields import Given
from workbench.glossary.model import Entry, Glossary, Review, Status, Style, Term, Type


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    """A file that `read` gives back as it was."""
    node = about_node(glossary)
    node.value.append((_scalar("entries"), _list(entry_node(entry) for entry in glossary.entries)))
    fields.save(Path(path), _text(node))
    return ()


def entry_text(entry: Entry) -> str:
    """As it stands in a file."""
    return _text(_list([entry_node(entry)]))


def _text(node: yaml.Node) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.serialize(node, Dumper=dumper, allow_unicode=True, width=120)
    return text


def about_node(glossary: Glossary) -> yaml.MappingNode:
    """All but the entries."""
    top: dict[str, object] = {"name": glossary.name, "title": glossary.title, "licence": glossary.licence}
    top["sources"] = dict(glossary.sources)
    top["styles"] = [_style_tree(style) for style in glossary.styles]
    return _map({key: value for key, value in top.items() if value})


def _style_tree(style: Style) -> dict[str, object]:
    rules = [
        _map({"language": p.language, "kind": p.kind.value if p.kind else "", "prefer": p.pattern}, flow=True)
        for p in style.preferences
    ]
    return {"name": style.name, "note": style.note, "rules": rules}


def entry_node(entry: Entry) -> yaml.MappingNode:
    terms: dict[str, list[object]] = {}
    for term in entry.terms:
        terms.setdefault(term.locale, []).append(_term_node(term))
    return _map(
        {
            "id": entry.id,
            "kind": entry.kind.value,
            "gender": entry.gender,
            "keep": entry.keep,
            "subject": entry.subject,
            "definition": entry.definition,
            "note": entry.note,
            "sources": _list(entry.sources, flow=True) if entry.sources else "",
            "external": _external_node(entry.external) if entry.external else "",
            "review": "" if entry.review is Review.APPROVED else entry.review.value,
            "terms": terms,
        }
    )


def _term_node(term: Term) -> yaml.Node:
    if term == Term(term.language, term.text, tag=term.tag):
        return _scalar(term.text)
    return _map(
        {
            "text": term.text,
            "type": "" if term.type is Type.FULL else term.type.value,
            "status": "" if term.status is Status.PREFERRED else term.status.value,
            "variants": _list(term.variants, flow=True) if term.variants else "",
            "forms": _forms_node(term.forms) if term.forms else "",
            "pos": term.pos,
            "gender": term.gender,
            "number": term.number,
            "exact_case": term.exact_case,
            "invariable": term.invariable,
            "animacy": term.animacy,
            "fuzzy": term.fuzzy,
            "styles": _list(term.styles, flow=True) if term.styles else "",
            "source": term.source,
            "citation": term.citation,
            "note": term.note,
        },
        flow=True,
    )


def _forms_node(forms: tuple[tuple[str, str], ...]) -> yaml.Node:
    labels = [label for label, _ in forms]
    if all(labels) and len(set(labels)) == len(labels):
        return _map(dict(forms), flow=True)
    return _list([_map({label: form}, flow=True) if label else form for label, form in forms], flow=True)


def _external_node(external: tuple[tuple[str, str], ...]) -> yaml.Node:
    """`{wikidata: Q1, address: [a, b]}`."""
    ids: dict[str, list[str]] = {}
    for collection, id in external:
        ids.setdefault(collection, []).append(id)
    return _map(
        {name: found[0] if len(found) == 1 else _list(found, flow=True) for name, found in ids.items()}, flow=True
    )


def _scalar(value: object) -> yaml.ScalarNode:
    if isinstance(value, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", "true" if value else "false")
    return yaml.ScalarNode("tag:yaml.org,2002:str", str(value))


def _node(value: object) -> yaml.Node:
    if isinstance(value, yaml.Node):
        return value
    if isinstance(value, dict):
        return _map(value)
    return _list(value) if isinstance(value, list) else _scalar(value)


def _map(values: dict[str, object], flow: bool = False) -> yaml.MappingNode:
    """Without what is empty or false."""
    pairs = [(_scalar(key), _node(value)) for key, value in values.items() if value]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow)


def _list(values: Iterable[object], flow: bool = False) -> yaml.SequenceNode:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(value) for value in values], flow_style=flow)
