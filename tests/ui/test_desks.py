"""The Names and Glossary tabs in a real Chromium, as translator and as editor, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ui.test_page import blemishes
from ui.watching import HOSTILE, ToyWorkbench, Watched, open_tab

from workbench.api.settings import settings_for
from workbench.api.staff import Staff
from workbench.glossary.desk import Desk
from workbench.glossary.model import Entry, Kind, Review, Status, Term
from workbench.glossary.people import Identity, Role
from workbench.glossary.store import Store

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
EVIL = "<img/src=x/onerror=boom()>${boom()}{{value}}"  # an id has no space


@pytest.fixture(scope="module")
def desk_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    from workbench.serving.server import Server

    db = str(tmp_path_factory.mktemp("store") / "glossary.db")
    store = Store(db)
    desk = Desk(store, Identity("olga", Role.ADMIN))
    for name, role in (("olga", Role.ADMIN), ("eva", Role.EDITOR), ("anna", Role.TRANSLATOR),
                       ("boris", Role.READER)):  # fmt: skip
        desk.add_person(name, role)
        desk.set_password(name, PASSWORD)
    store.put(
        [
            Entry("byurakan", Kind.PLACE, (Term("en", "Byurakan"), Term("hy", "Բյուրական"), Term("ar", "بيوراكان"))),
            Entry(
                "georgia",
                Kind.PLACE,
                (Term("en", "Georgia"), Term("ru", "Грузия"), Term("ru", "Джорджия", Status.ADMITTED)),
            ),
            Entry("akopyan", Kind.PERSON, (Term("en", "Akopyan"), Term("ru", "Акопян"))),
            Entry("akopian", Kind.PERSON, (Term("en", "Akopian"), Term("es", "Akopián")), note="two  spaces"),
            Entry(EVIL, Kind.PLACE, (Term("en", HOSTILE), Term("es", HOSTILE, Status.PREFERRED)), note=HOSTILE),
        ],
        "olga",
        HOSTILE,
    )
    server = Server(ToyWorkbench(), port=0, settings=settings_for("127.0.0.1", db=db), people=Staff(store)).start()
    server.pages.begin().result(120)
    yield server.url, store
    server.close()


class Colleague(Watched):
    """Somebody signed in, at a tab."""

    def __init__(self, browser: Any, url: str, name: str, tab: str, **options: Any):
        self.name, self.tab = name, tab
        super().__init__(browser, url, **options)

    def open(self, path: str = "") -> None:
        self.page.goto(self.url + path)
        self.page.locator("[name=name]").fill(self.name)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("form button").click()
        open_tab(self.page, self.tab)

    def told(self, words: str) -> None:
        self.page.locator(".wb-desk .wb-told", has_text=words).first.wait_for()

    def close(self) -> None:
        self.quiet()
        self.context.close()


def test_a_translator_proposes_an_editor_approves_and_takes_back(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    anna = Colleague(browser, url, "anna", "Glossary")
    page = anna.page
    page.get_by_role("button", name="Add an entry").click()
    assert page.get_by_role("button", name="Save", exact=True).count() == 0, "a translator proposes"
    page.get_by_label("Id", exact=True).fill("garni")
    page.locator(".wb-entry").get_by_label("Kind").select_option("place")
    page.get_by_label("Form", exact=True).fill("Garni")
    page.get_by_role("button", name="Add a form").click()
    page.get_by_label("Language", exact=True).last.select_option("hy")
    page.get_by_label("Form", exact=True).last.fill("Գառնի")
    page.get_by_role("button", name="Propose", exact=True).click()
    anna.told("Proposed to the glossary: garni")
    assert store.get("garni").entry.review is Review.PROPOSED
    page.get_by_role("button", name="To review").click()
    page.get_by_role("button", name="Approve: garni").wait_for()
    assert page.get_by_role("button", name="Approve: garni").is_disabled()
    anna.close()

    eva = Colleague(browser, url, "eva", "Glossary")
    page = eva.page
    page.get_by_role("button", name="To review").click()
    page.get_by_role("button", name="Approve: garni").wait_for()
    assert page.locator(".wb-changes ins", has_text="preferred").count() == 2
    page.get_by_role("button", name="Approve: garni").click()
    eva.told("Approved: garni")
    page.get_by_text("Nothing waits for review.").wait_for()
    assert store.get("garni").entry.approved and store.log(1)[0].author == "eva"
    page.locator(".wb-told").get_by_role("button", name="Undo").click()
    eva.told("Taken back.")
    assert store.get("garni").entry.review is Review.PROPOSED
    eva.close()


def test_search_finds_every_script_and_cells_are_edited(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    eva = Colleague(browser, url, "eva", "Glossary")
    page = eva.page
    search = page.get_by_label("Search in any script")
    for typed in ("Բյուր", "byur", "Бюрак", "بيور"):
        search.fill(typed)
        eva.settle()
        eva.expect("document.querySelectorAll('#wb-glossary .wb-list tbody th').length === 1")
        page.get_by_role("button", name="byurakan", exact=True).wait_for()
    page.get_by_role("button", name="byurakan, English: Byurakan").click()
    field = page.get_by_label("byurakan, English")
    field.fill("Byurakan ")
    field.press("Escape")
    page.get_by_role("button", name="byurakan, English: Byurakan").click()
    field.fill("Burakan")
    field.press("Enter")
    eva.told("Saved: byurakan")
    assert store.get("byurakan").entry.preferred("en").text == "Burakan"
    history = page.locator(".wb-history li").first
    history.locator("ins", has_text="preferred").wait_for()
    assert history.locator("del").count() == 1
    history.get_by_role("button").click()
    eva.told("Taken back.")
    assert store.get("byurakan").entry.preferred("en").text == "Byurakan"
    page.get_by_label("Choose: byurakan").check()
    page.get_by_role("button", name="Remove the chosen").click()
    eva.told("In the trash: byurakan")
    assert store.get("byurakan").retired
    page.get_by_role("button", name="Trash").click()
    page.get_by_label("Choose: byurakan").check()
    page.get_by_role("button", name="Restore the chosen").click()
    eva.told("Restored: byurakan")
    assert not store.get("byurakan").retired
    eva.close()


def test_a_form_tells_what_is_wrong_while_one_types(browser: Any, desk_page: tuple[str, Store]) -> None:
    eva = Colleague(browser, desk_page[0], "eva", "Glossary")
    eva.page.get_by_role("button", name="byurakan", exact=True).click()
    eva.page.get_by_role("button", name="Add a form").click()
    eva.page.get_by_label("Language", exact=True).last.select_option("en")
    eva.page.get_by_label("Form", exact=True).last.fill("Byurakan")
    eva.page.locator(".wb-notes li", has_text="stands twice").wait_for()
    eva.expect("document.querySelectorAll('.wb-faulty').length === 1")
    eva.page.get_by_role("button", name="Save", exact=True).click()
    eva.told("stands twice")
    eva.close()


def test_two_who_edit_one_entry_get_a_dialogue(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    eva, olga = (Colleague(browser, url, name, "Glossary") for name in ("eva", "olga"))
    for one in (eva, olga):
        one.page.get_by_role("button", name="akopyan", exact=True).click()
        one.page.get_by_label("Definition").wait_for()
    olga.page.get_by_label("Note", exact=True).last.fill("a composer")
    olga.press("Save")
    olga.told("Saved: akopyan")
    eva.page.get_by_label("Note", exact=True).last.fill("a painter")
    eva.press("Save")
    dialog = eva.page.get_by_role("dialog", name="Somebody changed this entry meanwhile")
    dialog.wait_for()
    assert "a composer" in dialog.inner_text() and "a painter" in dialog.inner_text()
    assert dialog.get_by_role("button", name="Join both").is_disabled()
    assert blemishes(eva.page) == []
    dialog.get_by_role("button", name="Keep mine").click()
    eva.told("Saved: akopyan")
    assert store.get("akopyan").entry.note == "a painter"
    olga.page.get_by_label("Definition").fill("a family")
    olga.press("Save")
    olga.page.get_by_role("button", name="Join both").click()
    olga.page.locator(".wb-history ins", has_text="a family").wait_for()
    joined = store.get("akopyan").entry
    assert (joined.note, joined.definition) == ("a painter", "a family")
    eva.close(), olga.close()


def test_findings_are_mended_by_one_press_and_duplicates_merged(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    eva = Colleague(browser, url, "eva", "Glossary")
    eva.page.get_by_role("button", name="Findings", exact=True).click()
    eva.page.get_by_role("button", name="Mend: akopian").click()
    eva.told("Mended: akopian")
    assert store.get("akopian").entry.note == "two spaces"
    eva.page.get_by_role("button", name="Compare: akopyan, akopian").click()
    eva.page.get_by_role("heading", name="Side by side").wait_for()
    eva.page.locator(".wb-side ins", has_text="preferred").first.wait_for()
    eva.page.get_by_role("button", name="Merge them").click()
    eva.told("Merged into akopyan")
    assert {"Akopyan", "Akopian", "Акопян", "Akopián"} == {t.text for t in store.get("akopian").entry.terms}
    eva.close()


def test_an_entry_is_split_and_what_wrote_nothing_is_not_taken_back(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    eva = Colleague(browser, url, "eva", "Glossary")
    page = eva.page
    page.get_by_role("button", name="georgia", exact=True).click()
    page.get_by_role("button", name="Split into two").click()
    page.get_by_label("Id of the new entry").fill("georgia-state")
    page.get_by_label("English: Georgia", exact=True).select_option("stands in both")
    page.get_by_label("Russian: Джорджия", exact=True).select_option("goes")
    page.get_by_role("button", name="Split them").click()
    eva.told("Split: georgia, georgia-state")
    assert [t.text for t in store.get("georgia").entry.terms] == ["Georgia", "Грузия"]
    assert store.get("georgia-state").entry.preferred("ru").text == "Джорджия"
    page.locator(".wb-told").get_by_role("button", name="Undo").click()
    eva.told("Taken back.")
    assert [t.text for t in store.get("georgia").entry.terms] == ["Georgia", "Грузия", "Джорджия"]
    olga = Desk(store, Identity("olga", Role.ADMIN))
    page.get_by_role("button", name="georgia", exact=True).click()
    page.get_by_label("Definition").fill("a country")
    olga.put([replace(store.get("georgia").entry, definition="a country")])
    page.get_by_role("button", name="Save", exact=True).click()
    eva.told("Nothing was changed.")
    assert page.locator(".wb-told").get_by_role("button", name="Undo").count() == 0
    eva.close()


def test_a_reader_is_offered_nothing_that_a_reader_may_not_do(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    before = store.revision()
    boris = Colleague(browser, url, "boris", "Glossary")
    page = boris.page
    page.get_by_role("button", name="byurakan", exact=True).click()
    page.locator(".wb-history li").first.wait_for()
    changing = (
        "Add an entry",
        "Remove the chosen",
        "Propose",
        "Remove the entry",
        "Merge with another",
        "Split into two",
    )
    for name in changing:
        assert page.get_by_role("button", name=name, exact=True).is_disabled(), name
    assert page.get_by_role("button", name="Split into two").is_disabled()
    assert page.get_by_role("button", name="Save", exact=True).count() == 0
    assert page.locator("#wb-glossary .wb-history button:enabled").count() == 0
    page.get_by_role("button", name="Findings", exact=True).click()
    page.get_by_role("button", name="Mend all that is safe").wait_for()
    assert page.get_by_role("button", name="Mend all that is safe").is_disabled()
    page.get_by_role("button", name="Import and export").click()
    assert page.get_by_label("Import a file").is_disabled() and page.get_by_role("link", name="Export").is_visible()
    open_tab(page, "Names")
    page.get_by_label("A name").fill("Սուրենյան")
    page.get_by_role("row", name="French").get_by_text("Sourenian").wait_for()
    assert page.get_by_role("button", name="Adopt the chosen forms").is_disabled()
    assert page.get_by_role("button", name="Adopt this form").count() == 0
    open_tab(page, "Models")
    page.get_by_role("button", name="Show what is installed").wait_for()
    boris.expect(
        "![...document.querySelectorAll('button')].some(b => b.innerText === 'Get the model' && b.offsetParent)"
    )
    assert page.locator("[data-use]").count() == 0
    for path, body in (
        ("names/adopt", {"q": "Surenian", "source": "en", "forms": [{"language": "es", "form": "Surenián"}]}),
        ("desk/put", {"entry": {"id": "x", "terms": [{"language": "en", "text": "X"}]}}),
        ("desk/split", {"id": "byurakan", "new": "y", "moved": [0], "base": store.get("byurakan").revision}),
        ("desk/merge", {"keep": "akopyan", "away": "byurakan"}),
        ("desk/undo", {"revision": 1}),
        ("desk/import", {"bundled": "caucasus", "write": True}),
        ("desk/do", {"ids": ["byurakan"], "deed": "remove"}),
    ):
        assert page.request.post(f"{url}/{path}", data=body, headers={"Origin": url}).status == 403, path
    assert store.revision() == before
    boris.close()


def test_findings_speak_the_language_of_the_page(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    store.put([Entry("ani", Kind.PLACE, (Term("en", "Ani  Old", variants=("Ruins", "Ruins")),))], "olga")
    eva = Colleague(browser, url, "eva", "Глоссарий", locale="ru")
    eva.page.get_by_role("button", name="Замечания", exact=True).click()
    row = eva.page.locator("#wb-glossary tbody tr", has_text="ani")
    row.get_by_text("лишний пробел").first.wait_for()
    said = " ".join(row.all_inner_texts())
    for words in ("неряшливо", "который уже указан", "уберите вариант", "вариант дважды"):
        assert words in said, said
    assert store.get("ani").entry.terms
    store.retire(["ani"], "olga")
    eva.close()


def test_a_file_is_looked_at_then_brought_in_and_comes_out_again(
    browser: Any, desk_page: tuple[str, Store], tmp_path: Path
) -> None:
    url, store = desk_page
    table = tmp_path / "mine.csv"
    table.write_text("id,kind,en,es\nsevan,place,Sevan,Seván\nbyurakan,place,Byuragan,Biurakán\n", encoding="utf-8")
    eva = Colleague(browser, url, "eva", "Glossary")
    page = eva.page
    page.get_by_role("button", name="Import and export").click()
    page.get_by_label("Import a file").set_input_files(table)
    page.get_by_role("heading", name="What the import would do").wait_for()
    assert store.find(["sevan"]) == {}
    page.get_by_text("new: 1").first.wait_for()
    page.locator(".wb-side").get_by_role("button", name="Import", exact=True).click()
    eva.told("Imported")
    assert store.get("sevan").entry.preferred("es").text == "Seván"
    page.get_by_role("button", name="Import and export").click()
    page.get_by_label("Format", exact=True).select_option("csv")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Export").click()
    assert "Seván" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    eva.close()


def test_hostile_entries_stay_text_in_every_view(browser: Any, desk_page: tuple[str, Store]) -> None:
    eva = Colleague(browser, desk_page[0], "eva", "Glossary")
    eva.page.get_by_label("Search in any script").fill("boom")
    eva.page.get_by_role("button", name=EVIL, exact=True).click()
    eva.page.locator(".wb-history li").first.wait_for()
    assert eva.page.get_by_label("Form", exact=True).first.input_value() == HOSTILE
    eva.page.get_by_label("Note", exact=True).last.fill(f"{HOSTILE}  again")
    eva.press("Save")
    eva.told(f"Saved: {EVIL}")
    eva.page.get_by_role("button", name="Findings", exact=True).click()
    eva.page.locator("#wb-glossary tbody tr", has_text="a space too many").get_by_role(
        "button", name=EVIL, exact=True
    ).wait_for()
    eva.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
def test_the_tabs_hold_to_wcag_aa(browser: Any, desk_page: tuple[str, Store], scheme: str, width: int) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    eva = Colleague(browser, desk_page[0], "eva", "Glossary", **look)
    eva.page.get_by_role("button", name="byurakan", exact=True).click()
    eva.page.locator(".wb-history li").first.wait_for()
    assert blemishes(eva.page) == []
    for view in ("To review", "Findings", "Import and export"):
        eva.page.get_by_role("button", name=view, exact=True).click()
        eva.settle()
        assert blemishes(eva.page) == [], view
    open_tab(eva.page, "Names")
    eva.page.get_by_label("A name").fill("Միրզոյան")
    eva.page.locator(".wb-kin").wait_for()
    assert blemishes(eva.page) == []
    eva.close()


# --- names --------------------------------------------------------------------------------


def test_a_name_stands_in_all_languages_with_its_kin_and_is_adopted(browser: Any, desk_page: tuple[str, Store]) -> None:
    url, store = desk_page
    anna = Colleague(browser, url, "anna", "Names")
    page = anna.page
    page.get_by_label("A name").press_sequentially("Սուրենյան")
    row = page.get_by_role("row", name="French")
    row.get_by_text("Sourenian").wait_for()
    assert page.get_by_label("Language of the name").input_value() == "hy", "the letters tell the language"
    assert page.get_by_role("row", name="Russian").get_by_text("Суренян").count()
    assert page.locator(".wb-kin .wb-node").count() > 3
    page.get_by_role("button", name="Adopt the chosen forms").click()
    anna.told("Proposed to the glossary: surenyan")
    made = store.get("surenyan").entry
    assert made.review is Review.PROPOSED and made.preferred("fr").text == "Sourenian" and made.preferred("fr").note
    page.get_by_label("A name").fill(HOSTILE)
    page.get_by_role("heading", name=HOSTILE).wait_for()
    page.get_by_label("All languages").check()
    page.get_by_role("row", name="Vietnamese").wait_for()
    anna.close()


def test_names_in_a_document_are_found_drawn_and_adopted(
    browser: Any, desk_page: tuple[str, Store], tmp_path: Path
) -> None:
    url, store = desk_page
    news = tmp_path / f"{EVIL.replace('/', '')}.html"
    news.write_text(
        "<p>They saw Gagik Zakarian there. Zakarian smiled, and Gagik Zakaryan left with his friends.</p>"
        "<p>&lt;img src=x onerror=boom()&gt; said Tigran Onerror.</p>",
        encoding="utf-8",
    )
    anna = Colleague(browser, url, "anna", "Names")
    page = anna.page
    page.get_by_label("Find names in a document").set_input_files(news)
    anna.told("Names that the glossary does not know:")
    section = page.locator(".wb-found", has_text="Gagik Zakarian")
    section.get_by_text("Forms and spellings").click()
    section.locator(".wb-kin").wait_for()
    assert section.locator(".wb-kin .wb-node", has_text="Gagik Zakaryan").count() == 1
    section.get_by_role("button", name="Adopt: Gagik Zakarian").click()
    anna.told("Proposed to the glossary: gagik-zakarian")
    made = store.get("gagik-zakarian").entry
    assert made.review is Review.PROPOSED and made.preferred("ru").text == "Гагик Закарян"
    anna.close()
