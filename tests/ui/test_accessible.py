"""Every tab held against WCAG 2.2 A and AA by axe-core: light and dark, wide and on a phone, empty and at work."""

from __future__ import annotations

from typing import Any

import pytest
from ui.test_page import blemishes
from ui.watching import Watched, open_tab

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_every_tab_holds_to_wcag_aa(browser: Any, toy_page: str, scheme: str, width: int) -> None:
    watched = Watched(browser, toy_page, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = watched.page
    found = {}
    for tab in ("Documents", "Names", "Glossary", "Check", "Models"):
        open_tab(page, tab)
        watched.settle()
        if tab == "Names":
            page.get_by_label("A name").fill("Միրզոյան")
            page.locator(".wb-kin").wait_for()
        if tab == "Check":
            page.get_by_label("Source", exact=True).fill("Mirzoian lives in Yerevan.")
            page.get_by_label("Translation, line by line").fill("Mirzoyan vive en Erivan.")
            watched.press("Check the translation")
            page.locator(".wb-findings").first.wait_for()
        found[tab] = blemishes(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
    assert found == {tab: [] for tab in found}
    watched.quiet()
    watched.context.close()
