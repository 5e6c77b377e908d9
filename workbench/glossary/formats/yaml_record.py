"""A mapping of a YAML file, asked field by field; every complaint names its line."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TypeVar

from workbench.glossary.formats import fields
from workbench.glossary.formats.fields import Place
from workbench.glossary.formats.yaml_nodes import Items, Map, Node, Text

YES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
NOTHING = ("", "~")  # 'null' is a text: a term may be the German Null

Word = TypeVar("Word", bound=Enum)


class Record:
    """A mapping with keys of a closed list; `what` names it in complaints."""

    def __init__(self, node: Node, what: str, known: tuple[str, ...], path: Path) -> None:
        if not isinstance(node, Map):
            raise Place(path, node.line).error(
                f"{what} is not a mapping", f"write 'key: value' with {', '.join(known)}"
            )
        self.node, self.what, self.path = node, what, path
        for name, (key, _) in node.pairs.items():
            if name not in known:
                raise Place(path, key.line).error(f"unknown key '{name}' in {what}", fields.meant(name, known))

    @property
    def place(self) -> Place:
        return Place(self.path, self.node.line)

    def at(self, key: str) -> Place:
        """Where the value of a key stands; without it, where the mapping begins."""
        return Place(self.path, self.node.pairs[key][1].line) if key in self.node.pairs else self.place

    def get(self, key: str) -> Node | None:
        pair = self.node.pairs.get(key)
        if pair is None or (isinstance(pair[1], Text) and pair[1].plain and pair[1].value in NOTHING):
            return None
        return pair[1]

    def required(self, key: str) -> Node:
        node = self.get(key)
        if node is None:
            raise self.place.error(f"{self.what} has no '{key}'", f"add '{key}:'")
        return node

    def text(self, key: str) -> str:
        node = self.get(key)
        return "" if node is None else text_of(node, f"'{key}'", self.path)

    def texts(self, key: str) -> tuple[str, ...]:
        node = self.get(key)
        if node is None:
            return ()
        texts = []
        for item in items_of(node, f"'{key}'", self.path):
            texts.append(text_of(item, f"'{key}'", self.path))
            if not texts[-1]:
                raise Place(self.path, item.line).error(f"an empty text in '{key}'", "write it or remove it")
        return tuple(texts)

    def flag(self, key: str) -> bool:
        node = self.get(key)
        if node is None:
            return False
        if not isinstance(node, Text) or not node.plain or node.value.lower() not in YES:
            raise self.at(key).error(f"'{key}' is neither true nor false", f"write '{key}: true' or leave it out")
        return YES[node.value.lower()]

    def word(self, key: str, known: tuple[str, ...]) -> str:
        text = self.text(key)
        return fields.one_of(text, known, key, self.at(key)) if text else ""

    def enum(self, key: str, default: Word) -> Word:
        text = self.text(key)
        if not text:
            return default
        words = [member.value for member in type(default)]
        return type(default)(fields.one_of(text, words, key, self.at(key)))


def text_of(node: Node, what: str, path: Path) -> str:
    place = Place(path, node.line)
    if not isinstance(node, Text):
        raise place.error(f"{what} is not a text", "write one text; in quotes when it has brackets or colons")
    return fields.tidy(node.value, place)


def items_of(node: Node, what: str, path: Path) -> list[Node]:
    """A list; one value alone is a list of one."""
    if isinstance(node, Items):
        return node.items
    if isinstance(node, Map) and what == "'entries'":
        raise Place(path, node.line).error(f"{what} is not a list", "begin each of them with '- '")
    return [node]


def named_texts(record: Record, key: str) -> dict[str, str]:
    node = record.get(key)
    if node is None:
        return {}
    if not isinstance(node, Map):
        raise record.at(key).error(f"'{key}' is not a mapping", f"write '{key}: {{name: value}}'")
    named = {}
    for name, (at, value) in node.pairs.items():
        place = Place(record.path, at.line)
        if not fields.LABEL.fullmatch(name):
            raise place.error(f"'{name}' in '{key}' is not a name", "write one without spaces, like wikidata")
        named[name] = text = text_of(value, f"'{name}'", record.path)
        if not text:
            raise place.error(f"'{name}' in '{key}' has no value", "write one or remove it")
    return named
