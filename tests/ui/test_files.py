"""What the page reads and hands over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.shelf import Shelf
from workbench.ui.files import MOST_BYTES, read_text


def test_utf8_is_read_with_or_without_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.MD"
    for start in ("", "\ufeff"):
        path.write_text(start + "Միրզոյան", encoding="utf-8")
        assert read_text(path) == "Միրզոյան"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"x", "only .txt and .md"),
        ("a.txt", "Мирзоян".encode("cp1251"), "UTF-8"),
        ("a.txt", "Mirzoyan".encode("utf-16"), "UTF-8"),
        ("a.txt", b"a\0b", "zero bytes"),
        ("a.txt", b"a" * (MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_another_file_is_refused_with_a_reason(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read_text(path)


def test_reports_stand_apart_and_go_when_old() -> None:
    shelf = Shelf(kept=-1)
    first = shelf.put("translation.es", {"x": 1})
    assert first.name == "translation.es.report.json" and first.exists()
    second = shelf.put("translation.es", {"x": "é"})
    assert not first.exists()
    assert json.loads(second.read_text(encoding="utf-8")) == {"x": "é"}
