"""The page in a real Chromium: with a toy workbench for its logic, with the real one for acceptance."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=boom()>${boom()}{{value}}"
MODEL = Path(__file__).parents[2] / "models" / "en-es"
TEXT = (
    "Mirzoian met reporters in Yerevan.\n\nPashinian was not there, said Mirzoian.\nNothing listed stands in this line."
)


class Watched:
    """A browser page, every request it makes, and what went wrong in it."""

    def __init__(self, browser: Any, url: str, **options: Any):
        self.context = browser.new_context(accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.hosts: set[str | None] = set()
        self.alarms: list[str] = []
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))
        self.page.on("dialog", self.dialog)
        self.page.on("pageerror", lambda error: self.alarms.append(str(error)))
        self.page.add_init_script("window.boomed = 0; window.boom = () => { window.boomed += 1; }")
        self.page.goto(url)
        self.page.get_by_role("button", name="Translate", exact=True).wait_for()

    def dialog(self, dialog: Any) -> None:
        self.alarms.append(dialog.message)
        dialog.dismiss()

    def translate(self, text: str, patience: float = 20_000) -> None:
        self.page.get_by_label("Text", exact=True).fill(text)
        self.press("Translate")
        self.page.locator(".wb-segments").wait_for(timeout=patience)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def marks(self, side: str) -> list[tuple[str, str]]:
        """Word and background colour of every marked term of a side."""
        found = self.page.locator(f".wb-{side} .wb-mark")
        return [tuple(pair) for pair in found.evaluate_all(  # type: ignore[misc]
            "all => all.map(m => [m.textContent, getComputedStyle(m).backgroundColor])"
        )]  # fmt: skip

    def download(self, name: str) -> str:
        with self.page.expect_download() as waiting:
            self.press(name)
        path = waiting.value.path()
        return Path(path).read_bytes().decode("utf-8")

    def quiet(self) -> None:
        """No dialog, no script of the text, no error, no host but this one."""
        assert self.alarms == []
        assert self.page.evaluate("window.boomed") == 0
        assert self.hosts - {"127.0.0.1", "localhost", None, ""} == set()


@pytest.fixture
def watched(browser: Any, toy_page: str) -> Iterator[Watched]:
    page = Watched(browser, toy_page)
    yield page
    page.context.close()


def test_a_text_comes_back_with_its_terms_in_one_colour_on_both_sides(watched: Watched) -> None:
    watched.translate(TEXT)
    source, target = watched.marks("source"), watched.marks("target")
    assert [word for word, _ in source] == ["Mirzoian", "Yerevan", "Pashinian", "Mirzoian"]
    assert [word for word, _ in target] == ["Mirzoyan", "Ereván", "Pashinyan", "Mirzoyan"]
    assert [colour for _, colour in source] == [colour for _, colour in target]
    assert len({colour for _, colour in source}) == 3
    assert watched.page.locator(".wb-account tbody tr").count() == 3
    watched.page.get_by_text("1 kept").first.wait_for()
    watched.page.get_by_text("English (detected) → Spanish").wait_for()
    watched.quiet()


def test_a_card_shows_on_hover_and_on_focus_and_stays_when_pressed(watched: Watched) -> None:
    watched.translate(TEXT)
    page = watched.page
    mark = page.locator(".wb-target .wb-mark", has_text="Ereván")
    card = mark.locator("xpath=following-sibling::*")
    assert not card.is_visible()
    mark.hover()
    card.wait_for()
    assert "yerevan" in card.inner_text() and "verbatim" in card.inner_text() and "Flagged" in card.inner_text()
    page.mouse.move(5, 5)
    card.wait_for(state="hidden")
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card.wait_for()
    page.keyboard.press("Enter")
    assert mark.get_attribute("aria-expanded") == "true"
    page.locator("h1").click()
    card.wait_for(state="hidden")
    assert mark.get_attribute("aria-expanded") == "false"
    mark.click()
    page.mouse.move(5, 5)
    assert card.is_visible()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    mark.click()
    mark.click()
    card.wait_for(state="hidden")


def test_a_hovered_term_lights_its_twin(watched: Watched) -> None:
    watched.translate(TEXT)
    watched.page.locator(".wb-target .wb-mark").first.hover()
    lit = watched.page.locator(".wb-mark.wb-lit")
    assert lit.all_inner_texts() == ["Mirzoian", "Mirzoyan"]


@pytest.mark.parametrize("width", [1280, 400])
def test_cards_stay_inside_the_window(browser: Any, toy_page: str, width: int) -> None:
    watched = Watched(browser, toy_page, viewport={"width": width, "height": 800})
    watched.translate("So far away, at the very end of a long line of words there stands Mirzoian")
    for mark in watched.page.locator(".wb-mark").all():
        mark.hover()
        box = watched.page.locator(".wb-term:hover .wb-card").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    watched.context.close()


def test_hostile_text_stays_text(watched: Watched, tmp_path: Path) -> None:
    watched.translate(f"Before {HOSTILE} after.")
    assert HOSTILE in watched.page.locator(".wb-source").inner_text()
    assert watched.marks("target")[0][0] == HOSTILE
    watched.page.locator(".wb-target .wb-mark").hover()
    assert HOSTILE in watched.page.locator(".wb-target .wb-card").inner_text()
    watched.page.get_by_label("Text", exact=True).fill(f"broken {HOSTILE}")
    watched.press("Translate")
    watched.page.get_by_role("alert").get_by_text(HOSTILE).wait_for()
    assert watched.page.locator("img[src='x']").count() == 0
    bad = tmp_path / f"{HOSTILE.replace('/', '')}.txt"
    bad.write_bytes("Ереван".encode("cp1251"))
    watched.page.locator("input[type=file]").set_input_files(bad)
    watched.page.get_by_text("not UTF-8 text").wait_for()
    assert watched.page.locator("img[src='x']").count() == 0
    watched.quiet()


def test_what_is_downloaded_is_what_is_shown(watched: Watched) -> None:
    watched.translate(TEXT)
    expected = TEXT.replace("Mirzoian", "Mirzoyan").replace("Yerevan", "Ereván").replace("Pashinian", "Pashinyan")
    assert watched.download("Download translation") == expected
    report = json.loads(watched.download("Download report"))
    assert "Mirzoyan" in json.dumps(report, ensure_ascii=False)


def test_an_error_is_one_clear_line_and_takes_the_old_result_away(watched: Watched) -> None:
    watched.translate(TEXT)
    watched.page.get_by_label("Text", exact=True).fill("   ")
    watched.press("Translate")
    watched.page.get_by_role("alert").get_by_text("There is no text yet").wait_for()
    watched.page.locator(".wb-segments").wait_for(state="detached")
    watched.page.get_by_role("button", name="Download report").wait_for(state="hidden")


def test_without_enforcement_nothing_is_marked(watched: Watched) -> None:
    watched.page.get_by_label("Enforce terms").uncheck()
    watched.translate(TEXT)
    assert watched.marks("target") == []
    watched.page.get_by_text("no listed terms").wait_for()


def test_an_uploaded_file_fills_the_box_and_a_wrong_one_is_refused(watched: Watched, tmp_path: Path) -> None:
    good, wrong = tmp_path / "good.md", tmp_path / "wrong.txt"
    good.write_text("\ufeffMirzoian — Միրզոյան", encoding="utf-8")
    wrong.write_bytes(b"\xcc\xe8\xf0\xe7\xee\xff\xed")
    box = watched.page.get_by_label("Text", exact=True)
    watched.page.locator("input[type=file]").set_input_files(wrong)
    watched.page.get_by_text("save it as UTF-8").wait_for()
    assert box.input_value() == ""
    watched.page.locator("input[type=file]").set_input_files(good)
    watched.page.wait_for_function("document.querySelector('#wb-text textarea').value.startsWith('Mirzoian — Մ')")


def test_the_example_loads_by_click(watched: Watched) -> None:
    watched.press("Try an example")
    watched.page.wait_for_function("document.querySelector('#wb-text textarea').value.includes('Pashinian')")
    watched.press("Translate")
    watched.page.locator(".wb-segments").wait_for()
    assert len(watched.marks("target")) == 4


def test_the_copy_button_copies_the_whole_text(browser: Any, toy_page: str) -> None:
    watched = Watched(browser, toy_page, permissions=["clipboard-read", "clipboard-write"])
    watched.translate("Mirzoian.\n\nNo one.")
    watched.press("Copy translation")
    watched.page.get_by_role("button", name="Copied").wait_for()
    assert watched.page.evaluate("navigator.clipboard.readText()") == "Mirzoyan.\n\nNo one."
    watched.context.close()


def test_languages_swap_when_the_other_way_can_be_translated(watched: Watched) -> None:
    page = watched.page
    page.get_by_label("Text", exact=True).fill("Some English.")
    watched.press("Swap")
    page.wait_for_function("[...document.querySelectorAll('#wb-bar input')][0].value === 'Spanish'")
    page.wait_for_function("[...document.querySelectorAll('#wb-bar input')][1].value === 'English'")


def test_a_chosen_language_gives_the_cells_their_direction(watched: Watched) -> None:
    watched.choose("To", "Arabic")
    watched.translate("Nothing listed.")
    assert watched.page.locator(".wb-target").first.get_attribute("dir") == "rtl"


def test_a_new_source_language_brings_a_target_that_can_be_reached(watched: Watched) -> None:
    watched.choose("From", "Spanish")
    watched.page.wait_for_function("[...document.querySelectorAll('#wb-bar input')][1].value === 'English'")
    watched.translate(TEXT)
    watched.page.get_by_text("Spanish → English").wait_for()
    assert watched.page.get_by_text("not in the list").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_people_get_their_own_results(browser: Any, toy_page: str, scheme: str) -> None:
    one = Watched(browser, toy_page, color_scheme=scheme)
    two = Watched(browser, toy_page, color_scheme=scheme)
    one.translate("Mirzoian.")
    two.translate("Pashinian.")
    assert [word for word, _ in one.marks("target")] == ["Mirzoyan"]
    assert [word for word, _ in two.marks("target")] == ["Pashinyan"]
    one.context.close(), two.context.close()


# --- acceptance: the real workbench -----------------------------------------------------


@pytest.fixture(scope="module")
def real_page(serve_page: Callable[[Any], str]) -> str:
    if not (MODEL / "model.safetensors").is_file():
        pytest.skip(f"no bundled model yet: {MODEL}/model.safetensors is missing")
    from workbench.workbench import Workbench

    return serve_page(Workbench())


@pytest.mark.model
def test_the_real_page_translates_marks_and_hands_over(browser: Any, real_page: str, tmp_path: Path) -> None:
    from workbench.workbench import Workbench

    text = (
        "Foreign Minister Mirzoian met journalists on Monday.\n\n"
        f"Pashinian was asked about the letter and gave no answer. The file is called {HOSTILE}."
    )
    watched = Watched(browser, real_page, viewport={"width": 1280, "height": 1000})
    page = watched.page
    if not page.get_by_label("To", exact=True).input_value().startswith("Spanish"):
        watched.choose("To", "Spanish")
    watched.translate(text, patience=180_000)

    terms = Workbench().glossary().by_id
    source, target = watched.marks("source"), watched.marks("target")
    for name in ("Mirzoian", "Pashinian"):
        mark = page.locator(".wb-source .wb-mark", has_text=re.compile(f"{name}$")).first
        pair = mark.get_attribute("data-pair")
        twin = page.locator(f".wb-target .wb-mark[data-pair='{pair}']")
        twin.hover()
        card = twin.locator("xpath=following-sibling::*")
        card.wait_for()
        told, id = card.inner_text(), card.locator(".wb-id").inner_text()
        assert id in terms and "Rung" in told
        forms = {form for term in terms[id].says("es") if term.status.approved
                 for form in (term.text, *(form for _, form in term.forms))}  # fmt: skip
        assert twin.inner_text() in forms
        assert dict(source)[mark.inner_text()] == dict(target)[twin.inner_text()]

    shown = page.locator(".wb-whole").evaluate("whole => whole.textContent")
    assert watched.download("Download translation") == shown
    assert json.loads(watched.download("Download report"))
    assert "\n\n" in shown
    assert HOSTILE in page.locator(".wb-source").last.inner_text()
    watched.quiet()
    picture = tmp_path / "page.png"
    page.screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 10_000
    watched.context.close()
