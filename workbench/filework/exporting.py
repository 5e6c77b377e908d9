"""An edited translation as a file for other programs: HTML, DOCX, XLIFF, TMX."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from workbench import languages
from workbench.documents.document import Segment, Target
from workbench.documents.whole import NOT_XML
from workbench.enforcement.demands import Terms
from workbench.errors import InputError
from workbench.filework import bilingual
from workbench.translation.passages import Passage, accounted

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)


class Piece(NamedTuple):
    """A sentence, its translation, and the white space between the sentence before and this one."""

    before: str
    source: str
    target: str


Draft = Sequence[Piece]


def export(draft: Draft, format: str, terms: Terms) -> bytes:
    """`format`: html, docx, xlf or tmx."""
    writers = {"html": _html, "docx": _docx, "xlf": _bilingual, "tmx": _bilingual}
    if format not in writers:
        raise InputError(f"no format '{format}' to export to (known: {', '.join(writers)})")
    return writers[format](draft, format, terms)


def paragraphs(draft: Draft) -> Iterator[str]:
    """The translation line by line; sentences of one line stand together."""
    line = ""
    for number, piece in enumerate(draft):
        if number and "\n" in piece.before:
            yield line
            line = ""
        elif number:
            line += piece.before
        line += piece.target
    yield line


def _html(draft: Draft, format: str, terms: Terms) -> bytes:
    language = terms.target_language
    direction = "rtl" if language in languages.RIGHT_TO_LEFT else "ltr"
    body = "\n".join(f"<p>{escape(line)}</p>" for line in paragraphs(draft))
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8">'
        f"<title>{escape(languages.name(language))}</title></head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _docx(draft: Draft, format: str, terms: Terms) -> bytes:
    rtl = terms.target_language in languages.RIGHT_TO_LEFT
    frame, run = ("<w:pPr><w:bidi/></w:pPr>", "<w:rtl/>") if rtl else ("", "")
    run = f'<w:rPr>{run}<w:lang w:val="{terms.target_language}" w:bidi="{terms.target_language}"/></w:rPr>'
    body = "".join(
        f'<w:p>{frame}<w:r>{run}<w:t xml:space="preserve">{escape(NOT_XML.sub("", line))}</w:t></w:r></w:p>'
        for line in paragraphs(draft)
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", f'{HEAD}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return made.getvalue()


def _bilingual(draft: Draft, format: str, terms: Terms) -> bytes:
    made = io.BytesIO()
    write, close = bilingual.writer(
        Path(f"translation.{format}"), made, "translation.txt", terms.source_language, terms.target_language
    )
    write(_passage(number, piece, terms) for number, piece in enumerate(draft, 1))
    close()
    return made.getvalue()


def _passage(number: int, piece: Piece, terms: Terms) -> Passage:
    sentence = accounted(piece.source, piece.target, terms)
    target = Target(piece.target, flagged=sentence.flagged, origin="review")
    return Passage(Segment(str(number), piece.source), target, (sentence,), ("review",))
