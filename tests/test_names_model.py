"""The bundled names model, as a person asks it; no table stands in for it here."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from workbench import bundled
from workbench.fileformats import read_toml
from workbench.workbench import Workbench

MODEL = bundled.folder("models") / "names"
MOST = 20_000_000  # bytes of the whole folder

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not (MODEL / "model.safetensors").exists(), reason="no names model in this checkout"),
]


@pytest.fixture(scope="module")
def model():
    return Workbench().namer()


def test_it_is_small_and_its_card_says_what_it_is():
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= MOST
    card = read_toml(MODEL / "card.toml")
    assert card["task"] == "names" and card["licence"] and card["weaknesses"] and card["training"]["target_tokens"]
    assert {data["name"] for data in card["data"]} >= {"netranslit", "deepchar"}
    assert {"model.safetensors", "known.en.tsv.xz"} <= card["sha256"].keys()


@pytest.mark.parametrize(
    ("name", "source", "target", "wanted"),
    [
        ("Джейхун", "ru", "en", {"Jeyhun", "Ceyhun", "Jeihun", "Jeyhoun"}),
        ("Энтони", "ru", "en", {"Anthony", "Antony"}),
        ("Anthony", "en", "ru", {"Энтони", "Антони"}),
        ("Stevenson", "en", "hy", {"Սթիվենսոն", "Ստիվենսոն"}),
        ("محمد", "ar", "en", {"Muhammad", "Mohammed", "Mohammad", "Mohamed"}),
        ("אברהם", "he", "en", {"Abraham", "Avraham"}),
        ("کریمی", "fa", "en", {"Karimi"}),
    ],
)
def test_a_usual_form_is_among_the_first_five(model, name, source, target, wanted):
    (found,) = model.forms([name], source, target, 5)
    assert wanted & {form.text for form in found}, found
    chances = [form.probability for form in found]
    assert chances == sorted(chances, reverse=True) and 0 < sum(chances) <= 1


def test_all_the_ways_of_the_lists_are_read(model):
    assert {"ar", "az", "el", "en", "fa", "he", "hy", "ja", "ka", "ko", "ru", "tr", "uk", "zh"} <= model.languages


def test_the_command_shows_it_with_its_probability():
    told = subprocess.run(
        [sys.executable, "-m", "workbench", "transliterate", "ستيفنسون", "--from", "ar", "--to", "en", "--json"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    neural = [c for row in json.loads(told) for c in row["candidates"] if c["how"] == "neural"]
    assert neural and neural[0]["tag"] == "en-t-ar-t0-und" and "probability 0." in neural[0]["reason"]
