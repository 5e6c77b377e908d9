"""The Documents tab in a real Chromium: files in, progress, side by side, downloads, report; hostile names."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from ui.test_page import blemishes
from ui.watching import HOSTILE, ToyWorkbench, Watched

pytestmark = pytest.mark.browser
NAME = "<img src=x onerror=boom()>.txt"


class Gated(ToyWorkbench):
    """Decodes a text with the word SLOW when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Event()

    def _engines(self, *way: Any) -> list[Any]:
        engines = super()._engines(*way)

        def wait(sentences: Any) -> None:
            if any("SLOW" in sentence for sentence in sentences):
                assert self.gate.wait(60)

        engines[0]._engine.gate = wait
        return engines


@pytest.fixture(scope="module")
def gated() -> Gated:
    return Gated()


@pytest.fixture
def visitor(browser: Any, serve_page: Any, gated: Gated, request: Any) -> Iterator[Watched]:
    if not hasattr(gated, "url"):
        gated.url = serve_page(gated)
    gated.gate.clear()
    watched = Watched(browser, gated.url)
    watched.page.get_by_role("tab", name="Documents").click()
    watched.page.get_by_role("button", name="Translate files").wait_for()
    yield watched
    watched.context.close()


def bring(watched: Watched, *files: Path) -> None:
    watched.page.locator("input[type=file][multiple]").set_input_files(list(files))
    watched.page.locator("ul.wb-chosen li").nth(len(files) - 1).wait_for()


def saved(watched: Watched, press: Any) -> Path:
    with watched.page.expect_download() as waiting:
        press()
    return Path(waiting.value.path())


def test_files_come_back_translated_with_their_report(visitor: Watched, tmp_path: Path) -> None:
    odd, page = tmp_path / NAME, tmp_path / "page.html"
    odd.write_text(f"Mirzoian is in Boomtown, not {HOSTILE}.\nThey saw Yerevan.", encoding="utf-8")
    page.write_text("<p>Mirzoian saw <b>Yerevan</b>.</p>", encoding="utf-8")
    bring(visitor, odd, page)
    visitor.press("Translate files")
    visitor.page.get_by_text("2 of 2 translated").wait_for()
    sides = visitor.page.locator(".wb-sides")
    sides.get_by_text("They saw Ereván.").wait_for()
    assert HOSTILE in sides.inner_text()
    frame = visitor.page.frame_locator(".wb-report iframe")
    frame.get_by_text("One entity, one form").wait_for()
    assert frame.locator("svg").count() >= 2
    archive = saved(visitor, lambda: visitor.press("Download all (zip)"))
    names = zipfile.ZipFile(archive).namelist()
    assert "page.es.html" in names and "report/report.html" in names and not any("<" in name for name in names)
    assert zipfile.ZipFile(archive).read("page.es.html") == "<p>Mirzoyan saw <b>Ereván</b>.</p>".encode()
    one = saved(visitor, lambda: visitor.page.locator("a[download='page.es.html']").first.click())
    assert one.read_text(encoding="utf-8") == "<p>Mirzoyan saw <b>Ereván</b>.</p>"
    assert blemishes(visitor.page) == []
    visitor.quiet()


def test_one_watches_the_progress_and_stops_and_finished_files_stay(
    visitor: Watched, gated: Gated, tmp_path: Path
) -> None:
    first, slow, third = tmp_path / "first.txt", tmp_path / "slow.txt", tmp_path / "third.txt"
    first.write_text("Yerevan", encoding="utf-8")
    slow.write_text("\n".join(f"SLOW line {n}" for n in range(200)), encoding="utf-8")
    third.write_text("Yerevan", encoding="utf-8")
    bring(visitor, first, slow, third)
    visitor.press("Translate files")
    visitor.page.get_by_text("file 2 of 3").wait_for()
    assert blemishes(visitor.page) == []
    visitor.press("Stop")
    visitor.page.get_by_text("Stopping…").wait_for()
    gated.gate.set()
    visitor.page.get_by_text("1 of 3 translated").wait_for()
    assert visitor.page.locator(".wb-account .wb-fault", has_text="stopped").count() == 2


def test_what_cannot_be_read_is_told_by_its_name_alone(visitor: Watched, tmp_path: Path) -> None:
    visitor.press("Translate files")
    visitor.page.get_by_role("alert").get_by_text("There is no file yet").wait_for()
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK no zip")
    bring(visitor, bad)
    visitor.press("Translate files")
    visitor.page.get_by_text("0 of 1 translated").wait_for()
    told = visitor.page.locator(".wb-account .wb-fault").inner_text()
    assert told.startswith("bad.docx: ") and "/tmp" not in told


def test_no_path_of_a_client_is_opened(gated: Gated, visitor: Watched) -> None:
    """A plain request to the handler, as a page would send it, with a file that nobody uploaded."""
    config = visitor.page.request.get(f"{gated.url}/config").json()
    number = next(d["id"] for d in config["dependencies"] if len(d["outputs"]) == 4 and len(d["inputs"]) == 6)
    file = {"path": "/etc/passwd", "orig_name": "a.txt", "meta": {"_type": "gradio.FileData"}}
    sent = {"data": [[file], "detect", ["es"], [], "", False], "fn_index": number, "session_hash": "someone"}
    asked = visitor.page.request.post(f"{gated.url}/gradio_api/queue/join", data=sent)
    answer = visitor.page.request.get(f"{gated.url}/gradio_api/queue/data?session_hash=someone").text()
    assert asked.status == 200 and "root:" not in answer and '"success":false' in answer.replace(" ", "")
