"""Takes the pictures of the page for the README: `python docs/make_screenshot.py [folder]`.

Needs a model for English to Spanish, Playwright, and a Chromium on the path.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from workbench.api.settings import settings_for
from workbench.glossary.desk import Desk
from workbench.glossary.model import Entry, Kind, Status, Term
from workbench.glossary.people import Identity, Role
from workbench.serving.server import Server
from workbench.workbench import Workbench

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 300_000  # milliseconds; the first translation loads the model
ARTICLE = (
    "Foreign Minister Ararat Mirzoian met the composer Gagik Surenian in Yerevan on Monday. "
    "Prime Minister Nikol Pashinian was not there.\n\n"
    "Asked about the concert, Surenyan said only that the work was going well."
)


def translating(page: Any) -> None:
    page.locator("#wb-text textarea").fill(ARTICLE)
    page.get_by_role("button", name="Translate", exact=True).click()
    page.locator(".wb-lines .wb-target .wb-used").first.wait_for(timeout=PATIENCE)
    page.locator(".wb-lines .wb-source .wb-unknown").first.click()
    page.locator(".wb-card .wb-use").first.wait_for()


def naming(page: Any) -> None:
    page.get_by_role("tab", name="Names").click()
    page.get_by_label("A name").fill("Հովհաննիսյան")
    page.locator(".wb-kin .wb-node").nth(3).wait_for()
    page.locator(".wb-kin").scroll_into_view_if_needed()


def reviewing(page: Any) -> None:
    page.get_by_role("tab", name="Glossary").click()
    page.get_by_role("button", name="To review").click()
    page.get_by_role("button", name="tigran-hakobyan", exact=True).click()
    page.locator(".wb-history li").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


PICTURES: dict[str, tuple[Callable[[Any], None], int]] = {
    "page": (translating, 860), "names": (naming, 980), "glossary": (reviewing, 860),
}  # fmt: skip


def proposals(bench: Workbench, db: str) -> None:
    """A store with something to review."""
    editor, translator = Identity("eva", Role.EDITOR), Identity("anna", Role.TRANSLATOR)
    hakobyan = Entry(
        "tigran-hakobyan", Kind.PERSON,
        (Term("en", "Tigran Hakobyan"), Term("hy", "Տիգրան Հակոբյան"), Term("ru", "Тигран Акопян")),
    )  # fmt: skip
    changed = (*hakobyan.terms, Term("es", "Tigran Hakobyán"), Term("en", "Tigran Akopian", Status.DEPRECATED))
    byurakan = Entry("byurakan", Kind.PLACE, (Term("en", "Byurakan"), Term("hy", "Բյուրական"), Term("es", "Biurakán")))
    Desk(bench.store(db), editor).put([hakobyan], "house list of June")
    new = Entry(hakobyan.id, hakobyan.kind, changed, gender="m", note="The composer, not the minister.")
    Desk(bench.store(db), translator).put([new, byurakan], "in the article on the concert")


def take(url: str, folder: Path) -> None:
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        sys.exit(f"no browser on the path (looked for {', '.join(BROWSERS)})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for name, (show, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": 1280, "height": height}, locale="en-US")
            page.set_default_timeout(PATIENCE)
            page.goto(url)
            page.locator("#wb-text textarea").wait_for()
            show(page)
            page.wait_for_timeout(500)  # toasts and transitions
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with tempfile.TemporaryDirectory() as temporary:
        bench, store = Workbench(), f"{temporary}/glossary.db"
        proposals(bench, store)
        served = Server(bench, port=0, settings=settings_for("127.0.0.1", db=store)).start()
        served.pages.begin().result()
        take(served.url, out)
        served.close()
    print(*(out / f"{name}.png" for name in PICTURES))
