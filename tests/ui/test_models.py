"""The Models tab in a real Chromium, with a hub of its own: pull, progress, the model of a pair."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engines.hub_server import Hub
from engines.toy_models import toy
from ui.test_page import blemishes
from ui.watching import ToyWorkbench, Watched

from workbench.engines import registry

pytestmark = pytest.mark.browser
REPO = "Helsinki-NLP/opus-mt-en-es"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub with a second model from English to Spanish, and an empty cache."""
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "huggingface"))
    server = Hub()
    monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
    published = toy(tmp_path / "published")
    (published / "README.md").write_text("---\nlicense: <img src=x onerror=boom()>\n---\n", encoding="utf-8")
    server.repos[REPO] = published
    yield server
    server.stop()


@pytest.fixture
def models(browser: Any, hub: Hub, serve_page: Any) -> Iterator[Watched]:
    watched = Watched(browser, serve_page(ToyWorkbench()))
    watched.page.get_by_role("tab", name="Models").click()
    watched.page.get_by_role("button", name="Get the model").wait_for()
    yield watched
    watched.context.close()


def test_a_model_is_pulled_and_becomes_the_one_of_its_pair(models: Watched, hub: Hub) -> None:
    page = models.page
    models.press("Get the model")
    page.get_by_role("alert").get_by_text("Write the name of a model first").wait_for()
    page.get_by_label("Name of a model on the hub").fill("no/such-model")
    models.press("Get the model")
    page.get_by_role("alert").get_by_text("no such model").wait_for()
    page.get_by_label("Name of a model on the hub").fill(REPO)
    models.press("Get the model")
    page.get_by_text(f"{REPO} is installed").wait_for()
    row = page.locator(".wb-account tbody tr", has_text=REPO)
    assert "English → Spanish" in row.inner_text() and "pulled" in row.inner_text()
    bundled = page.locator(".wb-account tbody tr", has_text="ntrex BLEU")
    if bundled.count():  # where the bundled models are there
        before = registry.find("en", "es").name
        row.get_by_role("button", name="Use this one").click()
        row.get_by_text("✓").wait_for()
        assert before != registry.find("en", "es").name == REPO
    assert blemishes(page) == []
    models.quiet()


class Pulled(ToyWorkbench):
    """Its pairs are those of the models that were fetched."""

    def pairs(self) -> list[tuple[str, str]]:
        return [(card.source, card.target) for card in registry.cards() if card.origin == "cache"]


def test_a_pulled_model_can_be_chosen_at_once_and_by_whoever_opens_the_page(
    browser: Any, hub: Hub, serve_page: Any
) -> None:
    url = serve_page(Pulled())
    watched, other = Watched(browser, url), Watched(browser, url)
    for one in (watched, other):
        assert one.page.get_by_role("button", name="Translate", exact=True).is_disabled()
    watched.page.get_by_role("tab", name="Models").click()
    watched.page.get_by_label("Name of a model on the hub").fill(REPO)
    watched.press("Get the model")
    watched.page.get_by_text("can be used at once").wait_for()
    other.open()
    for one in (watched, other):
        one.page.get_by_role("tab", name="Translate").click()
        one.choose("To", "Spanish")
        one.translate("Mirzoian lives in Yerevan.")
        assert one.targets() == ["Mirzoyan lives in Ereván."]
        one.quiet()
        one.context.close()


def test_a_choice_is_kept_and_a_model_of_another_pair_is_refused(hub: Hub) -> None:
    from workbench.errors import InputError
    from workbench.workbench import Workbench

    bench = Workbench()
    bench.pull(REPO)
    with pytest.raises(InputError, match="no model"):
        bench.choose_model("en", "fr", REPO)
    bench.choose_model("en", "es", REPO)
    assert bench.default_models()["en", "es"].name == REPO == registry.route("en", "es")[0].name
    shutil.rmtree(registry.pulled_folder() / REPO.replace("/", "--"))
    assert bench.default_models().get(("en", "es")) is None or bench.default_models()["en", "es"].name != REPO
