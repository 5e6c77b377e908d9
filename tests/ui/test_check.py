"""The Check tab in a real Chromium: findings in place, mended by a press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ui.test_page import blemishes
from ui.watching import HOSTILE, Watched

pytestmark = pytest.mark.browser
SOURCE = "Mirzoian lives in Yerevan.\nThey saw Pashinian near Boomtown."
TARGET = f"Mirzoian vive en Erivan.\nVieron {HOSTILE}."


@pytest.fixture
def checking(watched: Watched) -> Iterator[Watched]:
    watched.page.get_by_role("tab", name="Check").click()
    watched.page.get_by_role("button", name="Check the translation").wait_for()
    yield watched


def translation(watched: Watched) -> str:
    return str(watched.page.get_by_label("Translation, line by line").input_value())


def test_findings_stand_in_their_places_and_a_press_mends_them(checking: Watched) -> None:
    page = checking.page
    checking.press("Check the translation")
    page.get_by_role("alert").get_by_text("Write or upload a source").wait_for()
    page.get_by_label("Source", exact=True).fill(SOURCE)
    page.get_by_label("Translation, line by line").fill(TARGET)
    checking.press("Check the translation")
    page.get_by_text("findings: 4").wait_for()
    marks = page.locator(".wb-sides td:last-child .wb-mark").all_inner_texts()
    assert marks == ["Mirzoian", "Erivan"]
    assert HOSTILE in page.locator(".wb-sides").inner_text()
    assert blemishes(page) == []
    page.get_by_role("button", name="Fix: forbidden: Erivan").click()
    page.get_by_text("findings: 3").wait_for()
    assert translation(checking) == TARGET.replace("Erivan", "Ereván")
    page.get_by_role("button", name="Translate this line anew").first.click()
    page.get_by_text("findings: 2").wait_for()
    assert translation(checking).splitlines()[1].startswith("They saw Pashinyan near <img")
    checking.press("Fix all")
    page.get_by_text("findings: 1").wait_for()
    assert translation(checking).splitlines()[0] == "Mirzoyan vive en Ereván."
    checking.press("Undo")
    page.get_by_text("findings: 2").wait_for()
    assert translation(checking).splitlines()[0] == "Mirzoian vive en Ereván."
    checking.quiet()


def test_a_bilingual_file_fills_both_sides(checking: Watched, tmp_path: Path) -> None:
    name = tmp_path / "<img src=x onerror=boom()>.xlf"
    name.write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" '
        'target-language="es" datatype="plaintext"><body><trans-unit id="1"><source>Yerevan was quiet.</source>'
        "<target>Erivan estaba tranquila.</target></trans-unit></body></file></xliff>",
        encoding="utf-8",
    )
    upload = checking.page.locator("input[type=file]:not([multiple])")
    with checking.page.expect_file_chooser() as chooser:
        checking.press("Upload the source")
    chooser.value.set_files(name)
    checking.expect("[...document.querySelectorAll('.wb-plain textarea')].every(box => box.value.includes('.'))")
    assert upload.count() >= 2 and translation(checking) == "Erivan estaba tranquila."
    with checking.page.expect_file_chooser() as chooser:
        checking.press("Upload the translation")
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK no")
    chooser.value.set_files(bad)
    checking.page.get_by_text("bad.docx").wait_for()
    checking.quiet()
