"""A browser, and the page on a free port."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ui.watching import STORES, ToyWorkbench, Watched

from workbench.api.settings import settings_for
from workbench.workbench import Workbench

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.skip(f"no browser on the path (looked for {', '.join(BROWSERS)})")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Workbench], str]]:
    """Opens the page for a workbench on a free port and gives its address; closed at the end."""
    from workbench.serving.server import Server

    servers = []

    def serve(workbench: Workbench) -> str:
        db = tmp_path_factory.mktemp("store") / "glossary.db"
        servers.append(Server(workbench, port=0, settings=settings_for("127.0.0.1", db=str(db))).start())
        servers[-1].pages.begin().result(120)
        STORES[servers[-1].url] = str(db)
        return str(servers[-1].url)

    yield serve
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def toy_page(serve_page: Callable[[Workbench], str]) -> str:
    """Address of the page with the toy workbench."""
    return serve_page(ToyWorkbench())


@pytest.fixture
def watched(browser: Any, toy_page: str) -> Iterator[Watched]:
    page = Watched(browser, toy_page)
    yield page
    page.context.close()
