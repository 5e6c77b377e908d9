"""The subset of YAML that a glossary needs, each value with its line: maps, lists and texts.

Anchors, tags and a second document are refused, so a small file cannot grow into a large tree.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from workbench.glossary.formats.fields import Place

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Text(NamedTuple):
    value: str
    line: int
    plain: bool  # without quotes


class Items(NamedTuple):
    items: list[Node]
    line: int


class Map(NamedTuple):
    pairs: dict[str, tuple[Text, Node]]
    line: int


Node = Text | Items | Map


def tree(text: str, path: Path) -> Node:
    """The one document of a file."""
    bad = _UNREADABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise Place(path, line).error(f"character U+{ord(bad.group()):04X} in the file", "remove it")
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        way_out = _way_out(error.problem or "", text.splitlines()[line - 1 : line])
        raise Place(path, line).error(f"not valid YAML: {error.problem}", way_out) from None
    except yaml.YAMLError as error:
        raise Place(path, 1).error(f"not valid YAML: {error}", "save it as plain UTF-8 text") from None
    if builder.root is None:
        raise Place(path, 1).error("the file is empty", "write at least one entry")
    return builder.root


def _way_out(problem: str, lines: list[str]) -> str:
    """`lines`: the one where the problem was seen; none past the end of the file."""
    if any(line.lstrip(" ").startswith("\t") for line in lines):
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that has a colon in it, or check the indentation"
    return "check quotes, brackets and indentation here and in the line before"


class _Builder:
    """Events in, nodes out, without recursion."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root: Node | None = None
        self._open: list[Map | Items] = []
        self._keys: list[Text | None] = []  # for each open node the key that waits for its value
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._plain_only(event)
            self._put(Text(event.value, event.start_mark.line + 1, event.implicit[0]))
        elif kind is yaml.MappingStartEvent:
            self._plain_only(event)
            self._enter(Map({}, event.start_mark.line + 1))
        elif kind is yaml.SequenceStartEvent:
            self._plain_only(event)
            self._enter(Items([], event.start_mark.line + 1))
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif kind is yaml.AliasEvent:
            raise self._place(event).error(f"the alias '*{event.anchor}'", "write the value out")
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise self._place(event).error("a second YAML document", "keep one, without a second '---'")

    def _place(self, event: yaml.Event) -> Place:
        return Place(self.path, event.start_mark.line + 1)

    def _plain_only(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            raise self._place(event).error(
                f"the anchor '&{event.anchor}'", "write values out, or put the text in quotes"
            )
        if event.tag is not None:
            raise self._place(event).error(f"the tag '{event.tag}'", "remove it, or put the text in quotes")

    def _enter(self, node: Map | Items) -> None:
        place = Place(self.path, node.line)
        if len(self._open) == DEEPEST:
            raise place.error(f"more than {DEEPEST} levels deep", "check the brackets")
        self._put(node)
        self._open.append(node)
        self._keys.append(None)

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is not None:
            parent.pairs[key.value] = (key, node)
            self._keys[-1] = None
            return
        place = Place(self.path, node.line)
        if not isinstance(node, Text):
            raise place.error("a key that is not a text", "write 'key: value'")
        if node.value in parent.pairs:
            first = parent.pairs[node.value][0].line
            raise place.error(f"the key '{node.value}' stands twice, first in line {first}", "join the two")
        self._keys[-1] = node
