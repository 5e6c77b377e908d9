"""Glossaries as JSON Lines: an entry a line, with the keys that YAML has; a first line may be about the whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from workbench.glossary.formats import delimited, fields, yaml_tree, yaml_writer
from workbench.glossary.formats.fields import Collector, Given, Place
from workbench.glossary.formats.yaml_nodes import DEEPEST, Items, Map, Node, Text
from workbench.glossary.model import Glossary

ABOUT = "glossary"  # the key of the line about the whole


def read(path: Path | str, collector: Collector | None = None) -> Glossary:
    """Raises GlossaryError with file and line; of an entry, unless the collector is patient."""
    path = Path(path)
    collector = collector or Collector(path)
    about = Glossary(name=path.stem)
    for line, text in enumerate(delimited.decoded(collector).split("\n"), 1):
        if not text.strip():
            continue
        place = Place(path, line)
        with collector.one():
            node = node_of(_value(text, place), place)
            if isinstance(node, Map) and set(node.pairs) == {ABOUT}:
                about = yaml_tree.about_of(node.pairs[ABOUT][1], path)
            else:
                collector.add(*yaml_tree.entry_of(node, path, dict(about.sources), about.styles))
    return yaml_tree.filled(about, collector.entries)


def _value(text: str, place: Place) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        raise place.error(f"not valid JSON: {wrong.msg} at character {wrong.pos + 1}", "mend the line") from None
    except RecursionError:
        raise place.error("brackets too deep", "check them") from None


def node_of(value: Any, place: Place, depth: int = 0) -> Node:
    """JSON as the YAML reader knows it, all of it in one line."""
    if depth > DEEPEST:
        raise place.error(f"more than {DEEPEST} levels deep", "check the brackets")
    if isinstance(value, dict):
        pairs = {key: (Text(key, place.line, False), node_of(item, place, depth + 1)) for key, item in value.items()}
        return Map(pairs, place.line)
    if isinstance(value, list):
        return Items([node_of(item, place, depth + 1) for item in value], place.line)
    if isinstance(value, bool):
        return Text("true" if value else "false", place.line, True)
    return Text("" if value is None else str(value), place.line, not isinstance(value, str))


def write(glossary: Glossary, path: Path | str, given: Given = Given()) -> tuple[str, ...]:
    """The same file for the same glossary."""
    fields.save(Path(path), (f"{json.dumps(line, ensure_ascii=False)}\n" for line in _lines(glossary)))
    return ()


def _lines(glossary: Glossary) -> Iterator[Any]:
    if about := _plain(yaml_writer.about_node(glossary)):
        yield {ABOUT: about}
    for entry in glossary.entries:
        yield _plain(yaml_writer.entry_node(entry))


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return node.value == "true" if node.tag.endswith(":bool") else node.value
