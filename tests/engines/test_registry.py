"""Which model is taken for a pair, and what is said when there is none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workbench import bundled
from workbench.engines import cache, hub, registry
from workbench.errors import InputError, MissingModel


@pytest.fixture
def places(tmp_path, monkeypatch):
    """An installed workbench without models, and an empty cache."""
    monkeypatch.setattr(bundled, "PACKAGE", tmp_path / "site" / "workbench")
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "site" / "workbench" / "_bundled" / "models", tmp_path / "cache" / "models"


def put(folder, name, card="", **files):
    """A folder that looks like a model; nothing here reads its weights."""
    (folder / name).mkdir(parents=True)
    (folder / name / "model.safetensors").write_bytes(b"12345")
    for file, text in {"card.toml": card, "tokenizer_config.json": "{}", **files}.items():
        (folder / name / file.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder / name


def card(source, target, more=""):
    return f'name = "{source}-{target}"\nsource = "{source}"\ntarget = "{target}"\nlicence = "CC-BY-4.0"\n{more}'


def pulled(folder, name):
    path = put(folder, name.replace("/", "--"))
    (path / "card.toml").unlink()
    (path / hub.RECORD).write_text(f'name = "{name}"\nrevision = "abc"\n[sha256]\n')


def test_bundled_models_come_before_pulled_ones(places):
    ours, theirs = places
    pulled(theirs, "Helsinki-NLP/opus-mt-en-es")
    assert registry.find("en", "es").origin == "cache"
    put(ours, "en-es", card("en", "es", "[scores]\nntrex = 31.5\n"))
    found = registry.find("en", "es")
    assert (found.origin, found.name, found.licence, found.size) == ("bundled", "en-es", "CC-BY-4.0", 5)
    assert found.score == {"ntrex": 31.5}
    assert registry.find("en", "es", "Helsinki-NLP/opus-mt-en-es").origin == "cache"
    assert registry.pairs() == [("en", "es")]


def test_a_folder_on_the_command_line_comes_first(places, tmp_path):
    put(places[0], "en-es", card("en", "es"))
    mine = put(tmp_path, "mine", card("en", "es"))
    assert registry.find("en", "es", mine).origin == "folder"
    with pytest.raises(InputError, match="en-es translates en to es, not en to fr"):
        registry.find("en", "fr", str(mine))
    with pytest.raises(MissingModel, match="no such folder"):
        registry.find("en", "es", tmp_path / "nowhere")
    with pytest.raises(MissingModel, match="workbench models pull some/model"):
        registry.find("en", "es", "some/model")


def test_a_route_prefers_one_model_then_english(places):
    for pair in (("es", "fr"), ("fr", "ru"), ("es", "en"), ("en", "ru")):
        put(places[0], "-".join(pair), card(*pair))
    assert [c.name for c in registry.route("es", "fr")] == ["es-fr"]
    assert [c.name for c in registry.route("es", "ru")] == ["es-en", "en-ru"]
    assert ("es", "ru") in registry.reachable()
    assert ("es", "ru") not in registry.pairs()
    (places[0] / "en-ru" / "model.safetensors").unlink()
    assert [c.name for c in registry.route("es", "ru")] == ["es-fr", "fr-ru"]


def test_a_missing_model_says_how_to_get_it(places):
    with pytest.raises(MissingModel, match=r"here: none.*workbench models pull Helsinki-NLP/opus-mt-en-fr$"):
        registry.route("en", "fr")
    put(places[0], "en-ru", card("en", "ru"))
    with pytest.raises(MissingModel, match=r"through English: workbench models pull Helsinki-NLP/opus-mt-hy-en$"):
        registry.route("hy", "ru")
    with pytest.raises(MissingModel, match="pull Helsinki-NLP/opus-mt-tc-big-en-tr"):
        registry.find("en", "tr")


@pytest.mark.parametrize(
    ("name", "files", "expected"),
    [
        ("opus-mt-en-es", {}, ("en", "es")),
        ("opus-mt-tc-big-en-pt", {}, ("en", "pt")),
        ("opus-mt_tiny_eng-spa", {}, ("en", "es")),
        ("opus-mt-en-ROMANCE", {}, ("", "")),
        ("plain", {}, ("", "")),
        ("plain", {"tokenizer_config__json": '{"source_lang": "eng", "target_lang": "hye"}'}, ("en", "hy")),
        ("plain", {"README__md": "---\nlanguage:\n- en\n- uk\nlicense: cc-by-4.0\n---\ntext"}, ("en", "uk")),
    ],
)
def test_the_pair_of_a_plain_opus_folder(places, tmp_path, name, files, expected):
    path = put(tmp_path / "elsewhere", name, **files)
    found = registry.read(path, "folder")
    assert (found.source, found.target) == expected
    assert found.licence == ("cc-by-4.0" if "README__md" in files else None)


def test_a_model_whose_files_tell_no_pair_takes_the_one_asked_for(places, tmp_path):
    path = put(tmp_path, "opus-mt-en-ROMANCE")
    assert registry.find("en", "it", path).target == "it"


def test_a_broken_card_names_the_file(places):
    put(places[0], "en-es", 'name = "en-es')
    with pytest.raises(InputError, match=r"card\.toml"):
        registry.cards()


def test_half_pulled_and_foreign_folders_are_no_models(places):
    put(places[1], ".part-Helsinki-NLP--opus-mt-en-es")
    put(places[1], "opus-mt-en-es")
    (places[1] / "notes.txt").write_text("")
    (places[0] / "recipes").mkdir(parents=True)
    assert registry.cards() == []


def test_an_unknown_backend_and_a_damaged_file(places):
    path = put(places[0], "en-es", card("en", "es", f'[sha256]\n"model.safetensors" = "{"0" * 64}"\n'))
    found = registry.read(path, "bundled")
    with pytest.raises(InputError, match="known: ct2, torch"):
        registry.load(found, "onnx")
    with pytest.raises(MissingModel, match="damaged"):
        registry.load(found)


def test_an_engine_is_loaded_once(joint):
    found = registry.find("en", "fr", joint)
    assert registry.load(found) is registry.load(found)
    assert registry.load(found, "torch") is not registry.load(found)
    assert registry.load(found).name == found.name


def test_listing_models_loads_no_heavy_library():
    heavy = "{'torch', 'transformers', 'ctranslate2', 'huggingface_hub'}"
    code = f"import sys, workbench.engines.registry as r; r.cards(); print({heavy} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


def test_the_cache_lies_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.delenv("WORKBENCH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "workbench-for-names"
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "own"))
    assert cache.folder() == tmp_path / "own"


def test_bundled_files_are_found_installed_or_in_a_checkout(monkeypatch, tmp_path):
    package = tmp_path / "workbench"
    monkeypatch.setattr(bundled, "PACKAGE", package)
    assert bundled.folder("models") == package / "_bundled" / "models"
    (tmp_path / "models").mkdir()  # of another program in site-packages
    assert bundled.folder("models") == package / "_bundled" / "models"
    (tmp_path / "pyproject.toml").touch()
    assert bundled.folder("models") == tmp_path / "models"


def test_a_model_of_several_pairs_serves_each(places):
    put(places[0], "many", 'name = "many"\npairs = ["en-fr", "en-ru"]\n')
    assert registry.pairs() == [("en", "fr"), ("en", "ru")]
    assert registry.find("en", "ru", "many").target == "ru"
    put(places[0], "odd", 'name = "odd"\npairs = ["en-xx"]\n')
    with pytest.raises(InputError, match="'pairs' must list pairs"):
        registry.pairs()
