"""Word: paragraphs of the text, tables, text boxes, headers, footers and notes, with their runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from workbench.documents import office
from workbench.documents.document import Choices, Document, Target
from workbench.documents.ooxml import WORD

KIND = office.Kind(
    "word/document.xml",
    tuple(re.compile(rf"word/{name}(\d*)\.xml") for name in ("document", "header", "footer", "footnotes", "endnotes")),
    WORD,
    ("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr",),
)


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    return office.parts(file, name, KIND)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    return office.write(document, targets)
