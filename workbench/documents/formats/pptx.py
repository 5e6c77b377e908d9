"""PowerPoint: paragraphs of slides, their tables and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from workbench.documents import office
from workbench.documents.document import Choices, Document, Target
from workbench.documents.ooxml import DRAWING

KIND = office.Kind(
    "ppt/presentation.xml",
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml")),
    DRAWING,
    ("{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr",),
)


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    return office.parts(file, name, KIND)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    return office.write(document, targets)
