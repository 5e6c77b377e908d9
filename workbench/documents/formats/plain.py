"""Plain text: a line is a segment, as it is to the cutter of sentences."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.lines import Text, lines

PART = 2000  # lines read, translated and written at once


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    found = enumerate(lines(file, name, choices.encoding), 1)
    while part := list(itertools.islice(found, PART)):
        segments = []
        for number, (_, line) in part:
            core = line.strip()
            if core:
                segments.append(Segment(str(number), core, context=f"line {number}"))
        yield Document(tuple(segments), (part[0][0] == 1, part))


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    first, part = document.skeleton
    made = []
    text: Text
    for number, (text, line) in part:
        target = targets.get(str(number))
        if target is not None:
            core = line.strip()
            at = line.index(core)
            line = line[:at] + " ".join(target.text.splitlines()) + line[at + len(core) :]
        made.append(text.encode(line))
    bom = part[0][1][0].bom if first else b""
    return bom + b"".join(made)
