"""Plain text: a line is a segment, as it is to the cutter of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from workbench.documents.document import Choices, Document, Segment, Target, spaced
from workbench.documents.lines import grouped, lines


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    for group in grouped(lines(file, name, choices.encoding)):
        segments = [
            Segment(str(number), line.strip(), context=f"line {number}") for number, (_, line) in group if line.strip()
        ]
        yield Document(tuple(segments), group)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    made = []
    for number, (text, line) in document.skeleton:
        target = targets.get(str(number))
        if target is not None:
            line = spaced(line, re.sub(r"[\r\n]+", " ", target.text))
        made.append((text.bom if number == 1 else b"") + text.encode(line))
    return b"".join(made)
