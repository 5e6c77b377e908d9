"""SRT and WebVTT: the words of each cue, wrapped anew; times, settings and numbers stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.inline import TAG, Tagged, tagged
from workbench.documents.lines import Text, grouped, lines

LINE = 42  # characters of a line, as broadcasters have it; more where the file itself has more
TIMES = re.compile(r"\s*(?:\d+:)?\d\d?:\d\d[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d\d?:\d\d[.,]\d{1,3}")
SPEECH = re.compile(r"^\s*[-–—]\s*\S")  # one of several speakers, who has a line of his own
UNTRANSLATED = re.compile(r"^(?:\ufeff)?(?:NOTE|STYLE|REGION|WEBVTT)\b")


class Cue(NamedTuple):
    """A block of lines up to the empty ones behind it; `first`, `last`: the lines of its text."""

    text: Text
    lines: tuple[str, ...]
    first: int
    last: int


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    for group in grouped(_cues(file, name, choices)):
        segments = []
        for number, cue in group:
            said, width = _said(cue)
            if said.text.strip():
                when = next((line.strip() for line in cue.lines if TIMES.match(line)), "")
                segments.append(Segment(str(number), said.text, said.marks, context=when, width=width))
        yield Document(tuple(segments), group)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    made = []
    for number, cue in document.skeleton:
        rows = list(cue.lines)
        target = targets.get(str(number))
        said, width = _said(cue)
        if target is not None and target.text != said.text:
            ending = "\r\n" if rows[cue.first].endswith("\r\n") else "\n"
            last = rows[cue.last - 1]
            tail = last[len(last.rstrip("\r\n")) :]
            new = wrapped(said.written(target), width).replace("\n", ending)
            rows[cue.first : cue.last] = [new + tail]
        made.append((cue.text.bom if number == 1 else b"") + cue.text.encode("".join(rows)))
    return b"".join(made)


def _cues(file: BinaryIO, name: str, choices: Choices) -> Iterator[Cue]:
    held: list[str] = []
    text, empty = Text("utf-8"), False
    for text, line in lines(file, name, choices.encoding):
        if empty and line.strip():
            yield _cue(text, held)
            held = []
        held.append(line)
        empty = not line.strip() and any(row.strip() for row in held)
    if held:
        yield _cue(text, held)


def _cue(text: Text, held: list[str]) -> Cue:
    times = next((i for i, line in enumerate(held) if TIMES.match(line)), None)
    if times is None or UNTRANSLATED.match(held[0]) and times > 1:
        return Cue(text, tuple(held), 0, 0)
    last = max(i for i, line in enumerate(held) if line.strip()) + 1
    return Cue(text, tuple(held), times + 1, max(last, times + 1))


def _said(cue: Cue) -> tuple[Tagged, int]:
    """The text of a cue in one line, or a line for each speaker; and how wide its lines may be."""
    rows = [line.strip() for line in cue.lines[cue.first : cue.last]]
    if not rows:
        return Tagged(""), LINE
    width = max([LINE, *(len(TAG.sub("", row)) for row in rows)])
    spoken = sum(bool(SPEECH.match(TAG.sub("", row))) for row in rows)
    return tagged(("\n" if spoken == len(rows) and spoken > 1 else " ").join(rows)), width


def wrapped(text: str, width: int) -> str:
    """Lines of even length, none wider than `width` unless a word is; tags have no width."""
    return "\n".join(_even(row, width) for row in text.split("\n"))


def _even(row: str, width: int) -> str:
    words = re.findall(r"(?:<[^<>]*>|\{\\[^{}]*\}|[^\s<>]|[<>])+", row)
    sizes = [len(TAG.sub("", word)) for word in words]
    total = sum(sizes) + len(sizes) - 1
    if total <= width:
        return row
    wide = width
    count = len(_filled(words, sizes, width))
    for narrow in range(-(-total // count), width):
        if len(_filled(words, sizes, narrow)) == count:
            wide = narrow
            break
    return "\n".join(_filled(words, sizes, wide))


def _filled(words: list[str], sizes: list[int], width: int) -> list[str]:
    made: list[str] = []
    room = -1
    for word, size in zip(words, sizes, strict=True):
        if made and size + 1 <= room:
            made[-1] += " " + word
            room -= size + 1
        else:
            made.append(word)
            room = width - size
    return made
