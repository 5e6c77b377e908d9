"""Signing in, in the browser: nothing is shown before, drafts are one's own, roles hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ui.watching import ToyWorkbench, Watched

from workbench.api.people import Person
from workbench.api.settings import settings_for

pytestmark = pytest.mark.browser
ROLES = {"anna": "translator", "boris": "reader"}


class Staff:
    """People as a glossary store would know them."""

    def signed_in(self, name: str, password: str) -> Person | None:
        return Person(name, ROLES[name]) if name in ROLES and password == "correct horse" else None

    def with_key(self, key: str) -> Person | None:
        return None

    def present(self, name: str) -> Person | None:
        return Person(name, ROLES[name]) if name in ROLES else None


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from workbench.serving.server import Server

    db = tmp_path_factory.mktemp("store") / "glossary.db"
    server = Server(ToyWorkbench(), port=0, settings=settings_for("127.0.0.1", db=str(db)), people=Staff()).start()
    server.pages.begin().result(120)
    yield server.url
    server.close()


class Visitor(Watched):
    def __init__(self, browser: Any, url: str):
        self.name = ""
        super().__init__(browser, url)

    def open(self, path: str = "") -> None:
        self.page.goto(self.url + path)

    def sign_in(self, name: str, password: str = "correct horse") -> None:
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")


def test_nothing_is_shown_before_and_drafts_are_ones_own(browser: Any, guarded: str) -> None:
    visitor = Visitor(browser, guarded)
    assert visitor.page.url == f"{guarded}/login"
    assert visitor.page.request.get(f"{guarded}/gradio_api/info").status == 403
    assert visitor.page.request.get(f"{guarded}/config").status == 403
    visitor.sign_in("anna", "wrong")
    visitor.page.get_by_role("alert").get_by_text("The name or the password is wrong.").wait_for()
    visitor.sign_in("anna")
    visitor.page.locator("#wb-text textarea").wait_for()
    visitor.translate("Mirzoian came.")
    assert visitor.page.evaluate("document.cookie") == "", "no script reads who it is"
    visitor.press("Sign out")
    visitor.sign_in("boris")
    visitor.page.locator(".wb-me", has_text="boris").wait_for()
    assert visitor.page.locator(".wb-line").count() == 0
    visitor.translate("Surenian came.")
    visitor.press("Sign out")
    visitor.sign_in("anna")
    visitor.told("The draft of your last visit is back.")
    assert visitor.targets() == ["Mirzoyan came."]
    visitor.quiet()
    visitor.context.close()


def test_a_reader_sees_forms_with_reasons_and_chooses_none(browser: Any, guarded: str) -> None:
    visitor = Visitor(browser, guarded)
    visitor.sign_in("boris")
    visitor.page.locator("#wb-text textarea").wait_for()
    visitor.translate("They saw Surenian.")
    visitor.page.locator(".wb-source .wb-unknown").click()
    card = visitor.page.locator(".wb-card")
    card.locator(".wb-why").first.wait_for()
    assert card.locator(".wb-candidates b").first.inner_text() == "Surenián"
    assert card.get_by_role("button").all_inner_texts() == ["×"] and card.get_by_label("Another form").count() == 0
    choice = {"source": "en", "target": "es", "lines": [], "choice": {"name": "Surenian", "form": "Surenián"}}
    refused = visitor.page.request.post(f"{guarded}/editor/choose", data=choice, headers={"Origin": guarded})
    assert refused.status == 403 and "may not propose" in refused.json()["error"]
    visitor.line(1).fill("Vieron a Surenián.")
    assert visitor.targets() == ["Vieron a Surenián."]
    visitor.quiet()
    visitor.context.close()
