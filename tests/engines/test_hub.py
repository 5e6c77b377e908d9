"""A model is pulled by name, whole or not at all, and stays usable without its hub."""

from __future__ import annotations

import errno
import shutil

import pytest

from tests.engines.hub_server import Hub
from tests.engines.toy_models import reweighted
from workbench.engines import cache, registry
from workbench.engines.engine import Options
from workbench.errors import InputError, MissingModel

REPO = "Helsinki-NLP/opus-mt-en-fr"


@pytest.fixture
def hub(joint, tmp_path, monkeypatch):
    """A hub with the toy under an OPUS-MT name, and an empty cache."""
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "huggingface"))
    published = shutil.copytree(joint, tmp_path / "published")
    (published / "README.md").write_text("---\nlanguage:\n- en\n- fr\nlicense: apache-2.0\n---\n# A toy\n")
    (published / "tf_model.h5").write_bytes(b"not wanted")
    server = Hub()
    server.repos[REPO] = published
    yield server
    server.stop()


@pytest.fixture
def impatient(monkeypatch):
    """No pause between the attempts of huggingface_hub."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def test_a_pulled_model_is_listed_found_and_translates(hub, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    card = registry.pull(REPO)
    assert (card.name, card.source, card.target, card.licence) == (REPO, "en", "fr", "apache-2.0")
    assert (card.origin, card.size) == ("cache", (hub.repos[REPO] / "model.safetensors").stat().st_size)
    assert not any(path.endswith("tf_model.h5") for path in hub.asked)
    assert sorted(path.name for path in registry.pulled_folder().iterdir() if path.is_dir()) == [card.path.name]
    assert ("en", "fr") in registry.pairs()
    assert registry.find("en", "fr", REPO) == card
    assert registry.load(card).decode(["The river."], Options(max_pieces=9))[0][0].pieces


def test_progress_is_told_file_by_file(hub):
    told = []
    registry.pull(REPO, hub.endpoint, lambda *step: told.append(step))
    size = (hub.repos[REPO] / "model.safetensors").stat().st_size
    assert ("model.safetensors", size, size) in told
    assert {name for name, _, _ in told} >= {"config.json", "vocab.json", "source.spm"}


def test_a_model_that_is_there_is_not_fetched_again_until_it_changes(hub):
    card = registry.pull(REPO, hub.endpoint)
    hub.asked.clear()
    registry.pull(REPO, hub.endpoint)
    assert not any("/resolve/" in path for path in hub.asked)
    reweighted(hub.repos[REPO], end=2.0)
    assert registry.pull(REPO, hub.endpoint).sha256 != card.sha256


def test_a_cached_model_needs_no_hub(hub, caplog):
    card = registry.pull(REPO, hub.endpoint)
    hub.stop()
    assert registry.pull(REPO, hub.endpoint) == card
    assert "does not answer" in caplog.text
    assert registry.find("en", "fr", REPO) == card
    with pytest.raises(MissingModel, match=r"opus-mt-en-de: .*does not answer"):
        registry.pull("Helsinki-NLP/opus-mt-en-de", hub.endpoint)


def test_an_unknown_model_is_told_in_one_line(hub):
    with pytest.raises(MissingModel, match="opus-mt-en-xx: no such model at http"):
        registry.pull("Helsinki-NLP/opus-mt-en-xx", hub.endpoint)
    for name in ("opus-mt-en-fr", "../../etc/passwd", "a/b/c", "https://huggingface.co/a/b", "a--b/c..d"):
        with pytest.raises(InputError, match="not a model name"):
            registry.pull(name, hub.endpoint)
    assert not list(registry.cards())[len(bundled_cards()) :]


def bundled_cards():
    return [card for card in registry.cards() if card.origin == "bundled"]


def test_a_cut_transfer_leaves_no_model_and_goes_on_later(hub, impatient):
    hub.cut = "model.safetensors"
    with pytest.raises(MissingModel, match="pull it again|does not answer"):
        registry.pull(REPO, hub.endpoint)
    assert all(card.name != REPO for card in registry.cards())
    hub.cut = None
    hub.asked.clear()
    assert registry.pull(REPO, hub.endpoint).name == REPO
    assert not any(path.endswith("vocab.json") for path in hub.asked)


def test_weights_with_another_hash_are_refused(hub):
    hub.lie = "model.safetensors"
    with pytest.raises(MissingModel, match=r"model\.safetensors came damaged"):
        registry.pull(REPO, hub.endpoint)
    assert all(card.name != REPO for card in registry.cards())
    hub.lie = None
    assert registry.pull(REPO, hub.endpoint).name == REPO


def test_a_repository_of_another_kind_is_refused_before_its_weights(hub):
    (hub.repos[REPO] / "source.spm").unlink()
    with pytest.raises(InputError, match=r"not a MarianMT model \(no source\.spm\)"):
        registry.pull(REPO, hub.endpoint)
    assert not any("/resolve/" in path for path in hub.asked)


def test_a_full_disk_says_where_and_leaves_nothing(hub, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(cache, "sha256", full)
    with pytest.raises(InputError, match="no space left .* WORKBENCH_CACHE"):
        registry.pull(REPO, hub.endpoint)
    assert not [path for path in registry.pulled_folder().iterdir() if path.is_dir()]


def test_weights_that_changed_since_the_pull_do_not_load(hub):
    card = registry.pull(REPO, hub.endpoint)
    with (card.path / "model.safetensors").open("ab") as weights:
        weights.write(b"x")
    with pytest.raises(MissingModel, match="damaged"):
        registry.load(card)
