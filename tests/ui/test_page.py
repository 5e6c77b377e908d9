"""The page around the editor, in a real Chromium; the real workbench for acceptance."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ui.watching import HOSTILE, Watched

from workbench.words import LANGUAGES, speaking

pytestmark = pytest.mark.browser
MODEL = Path(__file__).parents[2] / "models" / "en-es"
TEXT = "Mirzoian met reporters in Yerevan.\n\nPashinian was not there, said Mirzoian."


def test_a_summary_and_an_account_stand_around_the_editor(watched: Watched) -> None:
    watched.translate(TEXT)
    watched.page.get_by_text("English (detected) → Spanish").wait_for()
    watched.page.get_by_text("terms: 4, entries: 3").wait_for()
    assert watched.page.locator(".wb-account tbody tr").count() == 3
    report = json.loads(watched.download("Download report"))
    assert {term["entry"] for segment in report["segments"] for term in segment["terms"]} == {
        "mirzoyan", "yerevan", "pashinyan",
    }  # fmt: skip
    watched.quiet()


def test_hostile_files_and_errors_stay_text(watched: Watched, tmp_path: Path) -> None:
    watched.page.locator("#wb-text textarea").fill(f"broken {HOSTILE}")
    watched.press("Translate")
    watched.page.get_by_role("alert").get_by_text(HOSTILE).wait_for()
    bad = tmp_path / f"{HOSTILE.replace('/', '')}.txt"
    bad.write_bytes("Ереван".encode("cp1251"))
    watched.page.locator("input[type=file]").first.set_input_files(bad)
    watched.page.get_by_text("not UTF-8 text").wait_for()
    watched.quiet()


def test_an_error_is_one_clear_line(watched: Watched) -> None:
    watched.page.locator("#wb-text textarea").fill("   ")
    watched.press("Translate")
    watched.page.get_by_role("alert").get_by_text("There is no text yet").wait_for()


def test_without_enforcement_no_term_is_marked(watched: Watched) -> None:
    watched.page.get_by_label("Enforce terms").uncheck()
    watched.translate(TEXT)
    assert watched.marks("target") == []
    watched.page.get_by_text("no listed terms").wait_for()


def test_an_uploaded_file_fills_the_box_and_a_wrong_one_is_refused(watched: Watched, tmp_path: Path) -> None:
    good, wrong = tmp_path / "good.md", tmp_path / "wrong.txt"
    good.write_text("\ufeffMirzoian — Միրզոյան", encoding="utf-8")
    wrong.write_bytes(b"\xcc\xe8\xf0\xe7\xee\xff\xed")
    files = watched.page.locator("input[type=file]").first
    files.set_input_files(wrong)
    watched.page.get_by_text("save it as UTF-8").wait_for()
    assert watched.page.locator("#wb-text textarea").input_value() == ""
    files.set_input_files(good)
    watched.expect("document.querySelector('#wb-text textarea').value.startsWith('Mirzoian — Մ')")


def test_the_example_loads_by_click(watched: Watched) -> None:
    watched.press("Try an example")
    watched.expect("document.querySelector('#wb-text textarea').value.includes('Pashinian')")


def test_languages_swap_when_the_other_way_can_be_translated(watched: Watched) -> None:
    watched.page.locator("#wb-text textarea").fill("Some English.")
    watched.press("Swap")
    watched.expect("[...document.querySelectorAll('#wb-bar input')][0].value === 'Spanish'")
    watched.expect("[...document.querySelectorAll('#wb-bar input')][1].value === 'English'")


def test_two_people_get_their_own_results(browser: Any, toy_page: str) -> None:
    one, two = Watched(browser, toy_page), Watched(browser, toy_page)
    one.translate("Mirzoian.")
    two.translate("Pashinian.")
    assert (one.targets(), two.targets()) == (["Mirzoyan."], ["Pashinyan."])
    one.context.close(), two.context.close()


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_page_speaks_the_language_that_the_browser_wishes(browser: Any, toy_page: str, language: str) -> None:
    say = speaking(language)
    watched = Watched(browser, toy_page, locale=language)
    page = watched.page
    assert page.url.endswith(f"/{language}/") and page.evaluate("document.documentElement.lang") == language
    page.locator("#wb-text textarea").fill("Mirzoian lives in Yerevan.")
    watched.press(say("Translate"))
    page.locator(".wb-target .wb-used").first.wait_for()
    assert page.locator(".wb-counts").inner_text().startswith(say("sentences: {count}", count=1))
    page.get_by_role("link", name="English", exact=True).click()
    page.get_by_role("button", name="Translate", exact=True).wait_for()
    assert page.url == f"{toy_page}/?lang=en"
    watched.quiet()
    watched.context.close()


def blemishes(page: Any) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA in what is ours."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    wanted = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = axe.run(page, options=wanted).response["violations"]
    return [f"{v['id']}: {node['html'][:160]} {node['failureSummary'][:300]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_contrast_and_labels_hold_to_wcag_aa(browser: Any, toy_page: str, scheme: str, width: int) -> None:
    watched = Watched(browser, toy_page, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert blemishes(watched.page) == []
    watched.translate(TEXT + "\nThey saw Surenian.")
    watched.line(1).fill("Erivan, sin más.")
    watched.expect("document.querySelectorAll('.wb-target .wb-wrong').length === 1")
    watched.page.locator(".wb-source .wb-mark").first.click()
    watched.page.locator(".wb-card .wb-use").first.wait_for()
    assert blemishes(watched.page) == []
    watched.context.close()


# --- acceptance: the real workbench -----------------------------------------------------


@pytest.fixture(scope="module")
def real_page(serve_page: Callable[[Any], str]) -> str:
    if not (MODEL / "model.safetensors").is_file():
        pytest.skip(f"no bundled model yet: {MODEL}/model.safetensors is missing")
    from workbench.workbench import Workbench

    return serve_page(Workbench())


@pytest.mark.model
def test_the_real_page_translates_marks_and_hands_over(browser: Any, real_page: str, tmp_path: Path) -> None:
    text = (
        "Foreign Minister Mirzoian met Gagik Surenian on Monday.\n\n"
        f"Pashinian was asked about the letter and gave no answer. The file is called {HOSTILE}."
    )
    watched = Watched(browser, real_page, viewport={"width": 1280, "height": 1000})
    watched.choose("To", "Spanish")
    watched.translate(text, patience=180_000)
    target = dict(watched.marks("target"))
    assert target["Mirzoyán"] == target["Pashinián"] == "used"
    watched.page.locator(".wb-source .wb-unknown", has_text="Surenian").click()
    card = watched.page.locator(".wb-card")
    card.locator(".wb-use").first.wait_for()
    card.get_by_label("Another form").fill("Gaguik Surenián")
    card.get_by_role("button", name="Use everywhere", exact=True).last.click()
    watched.told("proposed to the glossary")
    assert "Gaguik Surenián" in watched.targets()[0]
    assert watched.download("Download text").split("\n\n")[0] == watched.targets()[0]
    watched.quiet()
    picture = tmp_path / "page.png"
    watched.page.screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 10_000
    watched.context.close()
