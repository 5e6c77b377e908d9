"""JSON Lines: chosen fields of each object; every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring
from typing import BinaryIO

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.inline import tagged
from workbench.documents.lines import grouped, lines
from workbench.errors import InputError
from workbench.spans import Span, replace

USUAL = ("text", "content", "body", "sentence", "source", "message", "value")
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
DEEP = 50  # objects within objects that fields may name


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    fields = choices.fields
    for group in grouped(lines(file, name, choices.encoding)):
        segments, rows = [], []
        for number, (text, line) in group:
            strings = _strings(line, f"{name}:{number}")
            fields = fields or _usual(strings, name)
            chosen = [row for row in strings if row[0] in fields]
            rows.append((number, text, line, chosen))
            for path, _, value in chosen:
                said = tagged(value)
                if said.text.strip():
                    segments.append(
                        Segment(f"{number}.{path}", said.text, said.marks, context=f"line {number}, {path}")
                    )
        yield Document(tuple(segments), rows)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    made = []
    for number, text, line, chosen in document.skeleton:
        edits = []
        for path, span, value in chosen:
            target = targets.get(f"{number}.{path}")
            if target is not None:
                new = tagged(value).written(target)
                if new != value:
                    edits.append((span, json.dumps(new, ensure_ascii=r"\u" in line)))
        made.append((text.bom if number == 1 else b"") + text.encode(replace(line, edits)))
    return b"".join(made)


def _usual(strings: list[tuple[str, Span, str]], name: str) -> tuple[str, ...]:
    paths = [path for path, _, _ in strings]
    for path in USUAL:
        if path in paths:
            return (path,)
    if len(paths) == 1:
        return (paths[0],)
    if not paths:
        return ()
    raise InputError(f"{name}: which field? There are {', '.join(paths[:12])}; choose: --field NAME")


def _strings(line: str, where: str) -> list[tuple[str, Span, str]]:
    """Path, place with its quotes, and value of every text of an object."""
    if not line.strip():
        return []
    try:
        json.loads(line)
        found: list[tuple[str, Span, str]] = []
        _object(line, _SPACE.match(line).end(), "", found, 0)  # type: ignore[union-attr]
        return found
    except (ValueError, RecursionError) as wrong:
        said = getattr(wrong, "msg", "nested too deeply")
        raise InputError(f"{where}: not JSON: {said}; each line holds one object") from None


def _object(line: str, at: int, path: str, found: list[tuple[str, Span, str]], depth: int) -> int:
    """Reads one object of a line known to be JSON; the end of it. Other values are passed over."""
    if line[at] != "{" or depth > DEEP:
        return _DECODER.raw_decode(line, at)[1]
    at = _after(line, at + 1)
    while line[at] != "}":
        key, at = scanstring(line, at + 1, True)
        at = _after(line, _after(line, at) + 1)
        name = f"{path}.{key}" if path else key
        if line[at] == '"':
            value, end = scanstring(line, at + 1, True)
            found.append((name, Span(at, end), value))
            at = end
        else:
            at = _object(line, at, name, found, depth + 1)
        at = _after(line, at)
        if line[at] == ",":
            at = _after(line, at + 1)
    return at + 1


def _after(line: str, at: int) -> int:
    return _SPACE.match(line, at).end()  # type: ignore[union-attr]
