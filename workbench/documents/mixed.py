"""Mixed content of XML: an element with text and inline elements as a text with marks, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from lxml import etree

from workbench.documents.document import Mark
from workbench.documents.whole import NOT_XML
from workbench.spans import Span


class Role(Enum):
    """What an inline element is to the text around it."""

    PAIR = "pair"  # over its text
    POINT = "point"  # without text of its own, whatever is in it
    KEEP = "keep"  # over text that stands verbatim
    BREAK = "break"  # a line break
    OPEN = "open"  # begins what the CLOSE of the same id among its siblings ends
    CLOSE = "close"


class Inline(NamedTuple):
    """`id`: what ties OPEN and CLOSE; `text` of what stands for itself, as a space or a tab."""

    role: Role
    id: str = ""
    text: str = ""


Judge = Callable[[etree._Element], Inline]


@dataclass(frozen=True, slots=True)
class Flat:
    """`elements`: by key of a mark its element, and the one that closes it."""

    text: str
    marks: tuple[Mark, ...] = ()
    elements: Mapping[str, tuple[etree._Element, etree._Element | None]] = field(default_factory=dict)


def flattened(element: etree._Element, judge: Judge) -> Flat:
    """The content of an element. Comments and processing instructions are points."""
    out = _Out(judge)
    out.content(element, "")
    return Flat(out.text, tuple(out.marks), out.elements)


class _Out:
    def __init__(self, judge: Judge):
        self.judge, self.text = judge, ""
        self.marks: list[Mark] = []
        self.elements: dict[str, tuple[etree._Element, etree._Element | None]] = {}

    def content(self, element: etree._Element, parent: str) -> None:
        self.text += element.text or ""
        children = list(element)
        said = [self.judge(c) if isinstance(c.tag, str) else Inline(Role.POINT) for c in children]
        ends = _ends(said)
        open_: list[tuple[int, str, int, int, str]] = []  # index, key, start, place among marks, parent
        for i, (child, inline) in enumerate(zip(children, said, strict=True)):
            inside = open_[-1][1] if open_ else parent
            if i in ends.values():
                index, key, start, at, above = open_.pop()
                self.marks[at] = Mark(key, Span(start, len(self.text)), parent=above)
                self.elements[key] = (children[index], child)
            elif i in ends:
                key = self._key(child)
                open_.append((i, key, len(self.text), len(self.marks), inside))
                self.marks.append(Mark(key, Span(0, 0)))
            else:
                self._one(child, inline, inside)
            self.text += child.tail or ""

    def _key(self, element: etree._Element) -> str:
        key = str(len(self.elements) + 1)
        self.elements[key] = (element, None)
        return key

    def _one(self, child: etree._Element, inline: Inline, parent: str) -> None:
        key, start, at = self._key(child), len(self.text), len(self.marks)
        self.marks.append(Mark(key, Span(start, start), parent=parent))
        if inline.role is Role.PAIR:
            self.content(child, key)
        elif inline.role is Role.KEEP:
            self.text += inline.text or "".join(child.itertext())
        elif inline.role is Role.BREAK:
            self.text += "\n"
        keep = inline.role in (Role.KEEP, Role.BREAK)
        self.marks[at] = Mark(key, Span(start, len(self.text)), keep, parent)


def _ends(said: list[Inline]) -> dict[int, int]:
    """For each OPEN that nests the index of its CLOSE."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for i, inline in enumerate(said):
        if inline.role is Role.OPEN:
            open_.append(i)
        elif inline.role is Role.CLOSE and any(said[k].id == inline.id for k in open_):
            while said[open_[-1]].id != inline.id:
                open_.pop()
            ends[open_.pop()] = i
    return ends


def filled(element: etree._Element, text: str, marks: tuple[Mark, ...], flat: Flat) -> None:
    """Replace the content of an element: the text, and copies of the elements of `flat` where the marks say."""
    for child in list(element):
        element.remove(child)
    element.text = None
    inside: dict[str, list[Mark]] = {}
    for mark in marks:
        inside.setdefault(mark.parent, []).append(mark)
    _fill(element, text, "", Span(0, len(text)), inside, flat)


def _fill(
    element: etree._Element,
    text: str,
    parent: str,
    room: Span,
    inside: dict[str, list[Mark]],
    flat: Flat,
) -> None:
    at = room.start
    for mark in sorted(inside.get(parent, ()), key=lambda m: m.span):
        say(element, text[at : mark.span.start])
        at = mark.span.end
        original, closing = flat.elements[mark.key]
        if closing is not None:
            _add(element, original, True)
            _fill(element, text, mark.key, mark.span, inside, flat)
            _add(element, closing, True)
        elif mark.keep or (not len(mark.span) and mark.key not in inside and not (original.text or len(original))):
            _add(element, original, True)
        elif isinstance(original.tag, str) and (len(mark.span) or mark.key in inside or _paired(flat, mark.key)):
            copy = _add(element, original, False)
            _fill(copy, text, mark.key, mark.span, inside, flat)
        else:
            _add(element, original, True)
    say(element, text[at : room.end])


def _paired(flat: Flat, key: str) -> bool:
    """Whether the mark was over text, so that what stands in the element is not its own."""
    return any(mark.key == key and len(mark.span) for mark in flat.marks)


def _add(element: etree._Element, original: etree._Element, deep: bool) -> etree._Element:
    copy = deepcopy(original)
    copy.tail = None
    if not deep:
        for child in list(copy):
            copy.remove(child)
        copy.text = None
    element.append(copy)
    return copy


def say(element: etree._Element, text: str) -> None:
    """Text at the end of an element's content. What XML cannot hold is left out."""
    text = NOT_XML.sub("", text)
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
