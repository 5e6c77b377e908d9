"""An edited translation in the formats of others, read back by our readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.documents.document import Choices
from workbench.enforcement.demands import Terms
from workbench.errors import InputError
from workbench.filework import single
from workbench.filework.exporting import Piece, export
from workbench.glossary.model import Glossary

DRAFT = (
    Piece("", "Mirzoian agreed.", "Mirzoyán acordó."),
    Piece(" ", "A ceasefire <b> & \x01.", "Un alto el fuego <b> & \x01."),
    Piece("\n\n", "It holds.", "Se mantiene."),
)
LINES = ["Mirzoyán acordó. Un alto el fuego <b> & \x01.", "Se mantiene."]


def read(tmp_path: Path, data: bytes, format: str) -> list[tuple[str, str]]:
    path = tmp_path / f"a.{format}"
    path.write_bytes(data)
    kind = single.kind_of_file(path)
    return [(s.source, s.target) for d in single.parts(path, kind, Choices(again=True)) for s in d.segments]


def test_documents_hold_the_lines_of_the_translation(tmp_path: Path, en_es: Terms) -> None:
    assert [s for s, _ in read(tmp_path, export(DRAFT, "docx", en_es), "docx")] == [
        line.replace("\x01", "") for line in LINES
    ]
    page = export(DRAFT, "html", en_es).decode()
    assert "<p>Mirzoyán acordó. Un alto el fuego &lt;b&gt; &amp; \x01.</p>\n<p>Se mantiene.</p>" in page


@pytest.mark.parametrize("format", ["xlf", "tmx"])
def test_bilingual_files_hold_sentence_beside_sentence(tmp_path: Path, en_es: Terms, format: str) -> None:
    data = export(DRAFT, format, en_es)
    assert b"mirzoyan" in data and b"ceasefire" in data
    assert read(tmp_path, data, format) == [
        (piece.source.replace("\x01", ""), piece.target.replace("\x01", "")) for piece in DRAFT
    ]


def test_right_to_left_is_told(glossary: Glossary) -> None:
    import io
    import zipfile

    terms = Terms(glossary, "en", "ar")
    assert 'dir="rtl"' in export(DRAFT, "html", terms).decode()
    package = zipfile.ZipFile(io.BytesIO(export(DRAFT, "docx", terms)))
    assert b"<w:bidi/>" in package.read("word/document.xml")


def test_an_unknown_format_is_told(en_es: Terms) -> None:
    with pytest.raises(InputError, match="known: html, docx, xlf, tmx"):
        export(DRAFT, "pdf", en_es)
