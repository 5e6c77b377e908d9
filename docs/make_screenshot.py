"""Takes the picture of the page for the README: `python docs/make_screenshot.py [out.png]`.

Needs a model for English to Spanish, Playwright, and a Chromium on the path.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from workbench.api.settings import settings_for
from workbench.serving.server import Server
from workbench.workbench import Workbench

OUT = Path(__file__).with_name("page.png")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 300_000  # milliseconds; the first translation loads the model


def take(url: str, out: Path, scheme: str = "light") -> None:
    browser_path = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if browser_path is None:
        sys.exit(f"no browser on the path (looked for {', '.join(BROWSERS)})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(url)
        page.get_by_role("button", name="Try an example").click()
        page.wait_for_function("document.querySelector('#wb-text textarea').value.length > 0")
        page.get_by_role("button", name="Translate", exact=True).click()
        page.locator(".wb-lines .wb-target .wb-used").first.wait_for(timeout=PATIENCE)
        page.get_by_label("Sentence 3").fill("Preguntado por la fecha, Mirzoian dijo que el trabajo iba bien.")
        page.locator(".wb-lines .wb-target .wb-wrong").wait_for()
        page.locator(".wb-lines .wb-source .wb-mark", has_text="Yerevan").hover()
        page.wait_for_timeout(300)  # toasts and transitions
        page.screenshot(path=out, full_page=True)
        browser.close()


if __name__ == "__main__":
    served = Server(Workbench(), port=0, settings=settings_for("127.0.0.1")).start()
    served.pages.begin().result()
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    take(served.url, out)
    served.close()
    print(out)
