"""Pieces of marked text put together: what Markdown, and tags in messages, cells and subtitles, have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workbench.documents.document import Mark, Target, woven
from workbench.spans import Span

TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w.-]*)(?P<rest>[^<>]*)>|\{\\[^{}]*\}")
BREAKS = {"br"}
DEEP = 50  # pairs within pairs; beyond, they are points


class Item(NamedTuple):
    """`kind`: text, open, close, point, keep, break. `raw`: how it is written; `text`: what is read, or the
    name that ties what opens to what closes."""

    kind: str
    raw: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Visible text and marks of a string; `tags`: by key what opens and closes each."""

    text: str
    marks: tuple[Mark, ...] = ()
    tags: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def written(self, target: Target) -> str:
        """The target with the tags of this string."""
        return woven(target.text, target.marks, str, self.rendered)

    def rendered(self, mark: Mark, inside: str) -> str:
        opens, closes = self.tags[mark.key]
        return opens + ("" if mark.keep else inside) + closes


def tagged(raw: str) -> Tagged:
    """A string with tags such as `<b>`, `</b>`, `<br/>`, `{\\\\an8}`."""
    items, at = [], 0
    for match in TAG.finditer(raw):
        items.append(Item("text", raw[at : match.start()], raw[at : match.start()]))
        at = match.end()
        items.append(tag(match))
    return marked([*items, Item("text", raw[at:], raw[at:])])


def tag(match: re.Match[str]) -> Item:
    name = (match["name"] or "").lower()
    if name in BREAKS:
        return Item("break", match.group())
    if not name or match["rest"].endswith("/"):
        return Item("point", match.group())
    return Item("close" if match["close"] else "open", match.group(), name)


def marked(items: Sequence[Item]) -> Tagged:
    """What opens and closes is a mark over what stands between; without its partner it is a point."""
    partner = _partners(items)
    text = ""
    open_: list[tuple[str, int, int]] = []  # key, start, index into marks
    marks: list[Mark] = []
    tags: dict[str, tuple[str, str]] = {}
    for number, item in enumerate(items):
        if item.kind == "text":
            text += item.text
            continue
        if partner.get(number, number) < number:
            key, start, at = open_.pop()
            tags[key] = (tags[key][0], item.raw)
            marks[at] = Mark(key, Span(start, len(text)), parent=marks[at].parent)
            continue
        key, parent, start = str(len(tags) + 1), open_[-1][0] if open_ else "", len(text)
        tags[key] = (item.raw, "")
        if number in partner:
            open_.append((key, start, len(marks)))
        text += {"keep": item.text, "break": "\n"}.get(item.kind, "")
        marks.append(Mark(key, Span(start, len(text)), item.kind in ("keep", "break"), parent))
    return Tagged(text, tuple(marks), tags)


def _partners(items: Sequence[Item]) -> dict[int, int]:
    """For each item that opens or closes a pair the index of the other one."""
    partner: dict[int, int] = {}
    open_: list[int] = []
    for number, item in enumerate(items):
        if item.kind == "open":
            open_.append(number)
        elif item.kind == "close":
            at = next((i for i in reversed(open_) if items[i].text == item.text), None)
            if at is not None and len(open_) <= DEEP:
                del open_[open_.index(at) :]
                partner[at], partner[number] = number, at
    return partner
