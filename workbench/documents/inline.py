"""Markup inside strings that are no documents themselves: `<b>`, `</b>`, `<br/>`, `{\\i1}` in messages,
cells and subtitles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.documents.document import Mark, Target, woven
from workbench.spans import Span

TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w.-]*)(?P<rest>[^<>]*)>|\{\\[^{}]*\}")
BREAKS = {"br"}
DEEP = 50  # tags within tags; beyond, they are text


@dataclass(frozen=True, slots=True)
class Tagged:
    """Visible text and marks of a string; `tags`: by key what opens and closes each."""

    text: str
    marks: tuple[Mark, ...] = ()
    tags: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def written(self, target: Target) -> str:
        """The target with the tags of this string."""
        text, marks = target.text, target.marks
        return woven(text, marks, str, self._rendered)

    def _rendered(self, mark: Mark, inside: str) -> str:
        opens, closes = self.tags[mark.key]
        return opens + ("" if mark.keep else inside) + closes


def tagged(raw: str, prefix: str = "") -> Tagged:
    """Pairs of tags are marks over their text, `<br>` is a line break, a tag without partner a mark
    without width. `prefix`: of the keys."""
    found = list(TAG.finditer(raw))
    if not found:
        return Tagged(raw)
    partner = _partners(found)
    text, at = "", 0
    open_: list[tuple[str, int, int, str]] = []  # key, start, index into marks, raw tag
    marks: list[Mark] = []
    tags: dict[str, tuple[str, str]] = {}
    for number, match in enumerate(found):
        text += raw[at : match.start()]
        at = match.end()
        parent = open_[-1][0] if open_ else ""
        key = f"{prefix}{len(tags) + 1}"
        if partner.get(number, -1) > number:
            open_.append((key, len(text), len(marks), match.group()))
            tags[key] = (match.group(), "")
            marks.append(Mark(key, Span(0, 0), parent=parent))
        elif number in partner:
            key, start, index, opens = open_.pop()
            tags[key] = (opens, match.group())
            marks[index] = Mark(key, Span(start, len(text)), parent=marks[index].parent)
        elif (match["name"] or "").lower() in BREAKS:
            tags[key] = (match.group(), "")
            marks.append(Mark(key, Span(len(text), len(text) + 1), True, parent))
            text += "\n"
        else:
            tags[key] = (match.group(), "")
            marks.append(Mark(key, Span(len(text), len(text)), parent=parent))
    return Tagged(text + raw[at:], tuple(marks), tags)


def _partners(found: list[re.Match[str]]) -> dict[int, int]:
    """For each tag that has one the index of the tag that it forms a pair with."""
    partner: dict[int, int] = {}
    open_: list[int] = []
    for number, match in enumerate(found):
        if match["name"] is None or (match["rest"] or "").endswith("/") or match["name"].lower() in BREAKS:
            continue
        if not match["close"]:
            open_.append(number)
            continue
        at = next((i for i in reversed(open_) if found[i]["name"] == match["name"]), None)
        if at is not None and len(open_) <= DEEP:
            del open_[open_.index(at) :]
            partner[at], partner[number] = number, at
    return partner
