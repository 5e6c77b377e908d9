"""Toy models for every test, and a cache that is none of the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.toy_models import opus_toy, toy
from workbench.engines import registry


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One cache for all tests, that is none of the user's; no engine stays loaded between tests."""
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("WORKBENCH_CACHE", str(folder))
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    monkeypatch.setattr(registry, "_loaded", {})
    return folder


@pytest.fixture(scope="session")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toy(tmp_path_factory.mktemp("models") / "opus-mt-en-fr")


@pytest.fixture(scope="session")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return opus_toy(tmp_path_factory.mktemp("models") / "opus-mt-en-itc")
