"""The segment editor in a real Chromium: marks while one types, choices, keys, drafts."""

from __future__ import annotations

from typing import Any

import pytest
from ui.watching import HOSTILE, STORES, Watched

from workbench.glossary.model import Review
from workbench.glossary.store import Store

pytestmark = pytest.mark.browser
TEXT = (
    "Mirzoian met reporters in Yerevan.\n\nPashinian was not there, said Mirzoian.\nNothing listed stands in this line."
)


def test_both_columns_are_marked_and_nothing_is_doubtful(watched: Watched) -> None:
    watched.translate(TEXT)
    assert watched.marks("source") == [
        ("Mirzoian", "used"), ("Yerevan", "used"), ("Pashinian", "used"), ("Mirzoian", "used"),
    ]  # fmt: skip
    assert watched.marks("target") == [
        ("Mirzoyan", "used"), ("Ereván", "used"), ("Pashinyan", "used"), ("Mirzoyan", "used"),
    ]  # fmt: skip
    assert watched.page.locator(".wb-counts").inner_text() == "sentences: 3 · doubtful: 0 · accepted: 0 · edited: 0"
    assert watched.page.locator(".wb-line").nth(1).get_attribute("class") == "wb-line wb-paragraph"
    watched.quiet()


def test_a_term_is_amber_until_it_is_written_and_red_in_a_wrong_form(watched: Watched) -> None:
    watched.translate("Mirzoian lives in Yerevan.")
    line = watched.line(1)
    line.fill("Vive en")
    watched.expect("document.querySelectorAll('.wb-source .wb-waiting').length === 2")
    line.press_sequentially(" Ereván")
    watched.expect("document.querySelectorAll('.wb-source .wb-used').length === 1")
    assert watched.marks("target") == [("Ereván", "used")]
    line.fill("Mirzoyan vive en Erivan")
    watched.expect("document.querySelectorAll('.wb-target .wb-wrong').length === 1")
    assert watched.marks("target") == [("Mirzoyan", "used"), ("Erivan", "wrong")]
    assert watched.page.locator(".wb-counts").inner_text() == "sentences: 1 · doubtful: 1 · accepted: 0 · edited: 1"
    watched.quiet()


def test_a_card_tells_of_the_entry_on_hover_and_focus_on_both_sides(watched: Watched) -> None:
    watched.translate(TEXT)
    page, card = watched.page, watched.page.locator(".wb-card")
    assert not card.is_visible()
    page.locator(".wb-source .wb-mark").first.hover()
    card.wait_for()
    told = card.inner_text()
    for words in ("mirzoyan", "person", "preferred", "Mirzoyán", "admitted", "Foreign minister since 2021."):
        assert words in told
    page.mouse.move(5, 5)
    card.wait_for(state="hidden")
    box = page.locator(".wb-target .wb-mark").nth(1).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card.wait_for()
    assert "yerevan" in card.inner_text() and "Erivan forbidden" in card.inner_text()
    page.locator(".wb-source .wb-mark").nth(2).focus()
    assert "pashinyan" in card.inner_text()


def test_a_chosen_form_goes_everywhere_and_is_proposed(watched: Watched) -> None:
    watched.translate("Surenian met Mirzoian.\nWe saw Surenian there.\nMirzoian smiled.")
    page = watched.page
    page.locator(".wb-source .wb-unknown", has_text="Surenian").first.click()
    card = page.locator(".wb-card")
    card.locator(".wb-use").first.wait_for()
    assert card.locator(".wb-why").first.inner_text()
    card.get_by_label("Another form").fill("Surenián")
    card.get_by_role("button", name="Use everywhere", exact=True).last.click()
    watched.told("proposed to the glossary")
    assert watched.targets() == ["Surenián met Mirzoyan.", "We saw Surenián there.", "Mirzoyan smiled."]
    assert ("Surenián", "used") in watched.marks("target")
    proposed = Store(STORES[watched.url]).get("surenian").entry
    assert proposed.review is Review.PROPOSED
    assert [(term.language, term.text) for term in proposed.terms] == [("en", "Surenian"), ("es", "Surenián")]
    page.get_by_role("button", name="Undo").click()
    watched.expect("document.querySelector('.wb-area').value === 'Surenian met Mirzoyan.'")
    watched.quiet()


def test_a_doubtful_name_is_chosen_by_keys_once_for_all_its_spellings_and_cases(browser: Any, toy_page: str) -> None:
    watched = Watched(browser, toy_page)
    page, card = watched.page, watched.page.locator(".wb-card")
    watched.choose("To", "Russian")
    watched.translate("A plain line.\nThey saw Gagik Surenian.\nSurenyan left.\nOn Monday Mirzoian smiled.")
    assert [pair for pair in watched.marks("source") if pair[1] == "unknown"] == [
        ("Gagik Surenian", "unknown"), ("Surenyan", "unknown"),
    ]  # fmt: skip
    assert page.locator(".wb-counts").inner_text() == "sentences: 4 · doubtful: 2 · accepted: 0 · edited: 0"
    page.locator(".wb-source .wb-unknown").last.focus()
    assert "Part of\nGagik Surenian" in card.inner_text() and "times: 1" in card.inner_text()
    watched.line(2).fill("Они видели Гагика Суреняна.")
    watched.settle()
    page.keyboard.press("Alt+p")
    card.locator(".wb-use").first.wait_for()
    forms = card.locator(".wb-use").all_inner_texts()
    assert forms[0] == "Гагик Суренян" and all(card.locator(".wb-why").all_inner_texts())
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.innerText") == forms[1 % len(forms)]
    card.get_by_label("Another form").fill("Гагик Суренянц")
    page.keyboard.press("Enter")
    watched.told("proposed to the glossary")
    assert watched.targets()[1:3] == ["Они видели Гагика Суренянца.", "Суренянц left."]
    assert page.evaluate("document.activeElement.ariaLabel") == "Sentence 2"
    assert "doubtful: 0" in page.locator(".wb-counts").inner_text()
    proposed = Store(STORES[watched.url]).get("gagik-surenian").entry
    assert {(t.language, t.text, t.type.value) for t in proposed.terms} == {
        ("en", "Gagik Surenian", "full"), ("ru", "Гагик Суренянц", "full"),
        ("en", "Surenyan", "short"), ("ru", "Суренянц", "short"),
    }  # fmt: skip
    watched.open()
    watched.told("The draft of your last visit is back.")
    watched.expect("document.querySelectorAll('.wb-target .wb-used').length === 3")
    watched.quiet()
    watched.context.close()


def test_another_form_of_an_entry_is_inflected_where_it_replaces_one(browser: Any, toy_page: str) -> None:
    watched = Watched(browser, toy_page)
    watched.choose("To", "Russian")
    watched.translate("Mirzoian came.\nThey saw Mirzoian.")
    watched.line(2).fill("Они видели Мирзояна.")
    watched.expect("document.querySelectorAll('.wb-target .wb-used').length === 2")
    watched.page.locator(".wb-source .wb-mark").first.click()
    card = watched.page.locator(".wb-card")
    card.get_by_label("Another form").fill("Мирзоев")
    card.get_by_role("button", name="Use everywhere", exact=True).last.click()
    watched.told("proposed to the glossary")
    assert watched.targets() == ["Мирзоев came.", "Они видели Мирзоева."]
    watched.context.close()


def test_a_draft_is_there_after_a_reload_and_gone_when_discarded(watched: Watched) -> None:
    watched.translate(TEXT)
    watched.line(2).fill("Pashinyan no estaba, dijo Mirzoyan.")
    watched.settle()
    watched.open()
    watched.told("The draft of your last visit is back.")
    assert watched.targets()[1] == "Pashinyan no estaba, dijo Mirzoyan."
    watched.expect("document.querySelectorAll('.wb-target .wb-used').length === 4")
    assert "edited: 1" in watched.page.locator(".wb-counts").inner_text()
    watched.press("Discard")
    watched.open()
    assert watched.page.locator(".wb-line").count() == 0
    watched.quiet()


def test_the_keyboard_alone_is_enough(watched: Watched) -> None:
    watched.translate("Mirzoian came.\nA plain line.\nYerevan was quiet.")
    page = watched.page
    for number, text in ((1, "Vino."), (3, "Estaba tranquila.")):
        watched.line(number).fill(text)
    watched.expect("document.querySelectorAll('.wb-doubtful').length === 2")
    watched.line(1).focus()
    page.keyboard.press("Alt+j")
    assert page.evaluate("document.activeElement.ariaLabel") == "Sentence 3"
    page.keyboard.press("Alt+k")
    assert page.evaluate("document.activeElement.ariaLabel") == "Sentence 1"
    page.keyboard.press("Control+Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "Sentence 3"
    assert "doubtful: 1 · accepted: 1" in page.locator(".wb-counts").inner_text()
    page.keyboard.press("Alt+p")
    page.locator(".wb-card .wb-use").first.wait_for()
    page.keyboard.press("Escape")
    page.locator(".wb-card").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.ariaLabel") == "Sentence 3"
    page.keyboard.type(" Fin")
    page.keyboard.press("Control+z")
    assert watched.targets()[2] == "Estaba tranquila."


def test_a_press_inserts_the_form_in_the_place_of_the_wrong_one(watched: Watched) -> None:
    watched.translate("Yerevan was quiet.")
    watched.line(1).fill("En Erivan todo estaba tranquilo.")
    watched.expect("document.querySelectorAll('.wb-target .wb-wrong').length === 1")
    watched.page.locator(".wb-source .wb-mark").click()
    watched.page.locator(".wb-card").get_by_role("button", name="Insert Ereván").click()
    assert watched.targets() == ["En Ereván todo estaba tranquilo."]
    watched.expect("document.querySelectorAll('.wb-target .wb-used').length === 1")


def test_the_filter_shows_doubtful_lines_alone(watched: Watched) -> None:
    watched.translate("Mirzoian came.\nA plain line.\nYerevan was quiet.")
    watched.line(3).fill("Nada.")
    watched.expect("document.querySelectorAll('.wb-doubtful').length === 1")
    watched.page.get_by_label("Show", exact=True).select_option("doubtful")
    assert [line.get_attribute("id") for line in watched.page.locator(".wb-line:visible").all()] == ["wb-line-2"]
    watched.page.get_by_label("Show", exact=True).select_option("all")
    assert watched.page.locator(".wb-line:visible").count() == 3


def test_lengths_and_untouchables_are_watched(watched: Watched) -> None:
    watched.translate("See https://desk.example/a and pay 1,500 to {name} before noon.")
    watched.line(1).fill("Vea.")
    watched.expect("document.querySelectorAll('.wb-notes li').length === 4")
    notes = watched.page.locator(".wb-notes").inner_text()
    for words in ("of the length of the source", "'https://desk.example/a' is missing", "'1,500'", "'{name}'"):
        assert words in notes
    watched.line(1).fill("Vea https://desk.example/a y pague 1.500 a {name} antes del mediodía.")
    watched.expect("document.querySelectorAll('.wb-notes li').length === 0")


def test_what_is_downloaded_and_copied_is_what_was_edited(browser: Any, toy_page: str) -> None:
    watched = Watched(browser, toy_page, permissions=["clipboard-read", "clipboard-write"])
    watched.translate(TEXT)
    watched.line(3).fill("Aquí no hay nada.")
    expected = "Mirzoyan met reporters in Ereván.\n\nPashinyan was not there, said Mirzoyan.\nAquí no hay nada."
    assert watched.download("Download text") == expected
    watched.press("Copy")
    watched.page.get_by_role("button", name="Copied").wait_for()
    assert watched.page.evaluate("navigator.clipboard.readText()") == expected
    watched.context.close()


def test_an_edited_draft_is_downloaded_as_a_document(watched: Watched) -> None:
    docx = pytest.importorskip("docx")
    watched.translate(TEXT)
    watched.line(3).fill(f"Aquí no hay {HOSTILE}.")
    made = {}
    for name in ("DOCX", "XLIFF"):
        with watched.page.expect_download() as waiting:
            watched.page.get_by_label("Download as…").select_option(label=name)
        made[name] = waiting.value.path()
    paragraphs = [p.text for p in docx.Document(made["DOCX"]).paragraphs]
    assert paragraphs[-1] == f"Aquí no hay {HOSTILE}." and "Mirzoyan met reporters in Ereván." in paragraphs
    assert 'source="yerevan"' in made["XLIFF"].read_text(encoding="utf-8")
    watched.quiet()


def test_hostile_text_stays_text_wherever_it_stands(watched: Watched) -> None:
    watched.translate(f"Boomtown is near {HOSTILE} and Boomtown.")
    assert HOSTILE in watched.page.locator(".wb-lines .wb-source").inner_text()
    watched.page.locator(".wb-source .wb-mark", has_text="Boomtown").first.click()
    card = watched.page.locator(".wb-card")
    card.locator(".wb-use").first.wait_for()
    assert card.inner_text().count(HOSTILE) >= 3  # the form, the note, the button
    card.get_by_role("button", name="Insert").first.click()
    watched.line(1).fill(f"{HOSTILE} {HOSTILE}")
    watched.settle()
    watched.open()
    watched.told("The draft of your last visit is back.")
    assert watched.targets() == [f"{HOSTILE} {HOSTILE}"]
    watched.quiet()


def test_right_to_left_text_stands_right_to_left(watched: Watched) -> None:
    watched.choose("To", "Arabic")
    watched.translate("Mirzoian is in Yerevan.")
    area = watched.line(1)
    assert area.get_attribute("dir") == "rtl" and area.get_attribute("lang") == "ar"
    assert ("يريفان", "used") in watched.marks("target")
    mark = watched.page.locator(".wb-back .wb-mark").first.bounding_box()
    box = area.bounding_box()
    assert mark["x"] + mark["width"] / 2 > box["x"] + box["width"] / 2


@pytest.mark.parametrize("width", [1280, 400])
def test_marks_lie_behind_their_words_and_cards_inside_the_window(browser: Any, toy_page: str, width: int) -> None:
    watched = Watched(browser, toy_page, viewport={"width": width, "height": 800})
    watched.translate(
        "So far away, at the very end of a long line of words, longer than any phone is wide, stands Mirzoian"
    )
    back, area = watched.page.locator(".wb-back").bounding_box(), watched.page.locator(".wb-area").bounding_box()
    assert abs(back["width"] - area["width"]) <= 1 and abs(back["height"] - area["height"]) <= 1
    assert watched.page.evaluate("(a => a.scrollHeight - a.clientHeight)(document.querySelector('.wb-area'))") <= 1
    watched.page.locator(".wb-source .wb-mark").last.click()
    watched.page.locator(".wb-card .wb-use").first.wait_for()
    box = watched.page.locator(".wb-card").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    watched.context.close()
