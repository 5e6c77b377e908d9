"""Scores in a card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.errors import InputError
from workbench.evaluation.benchmark import evaluate
from workbench.evaluation.cards import record
from workbench.evaluation.testset import Row, Testset
from workbench.fileformats import read_toml

TESTSET = Testset("news dev", "en", "es", (Row("1", "A cat.", "Un gato."), Row("2", "A dog.", "Un perro.")))


@pytest.fixture
def report(by_heart):
    return evaluate(by_heart({"A cat.": "Un gato.", "A dog.": "El perro."}), TESTSET)


def test_scores_are_written_and_replaced(tmp_path, report):
    card = tmp_path / "card.toml"
    card.write_text('name = "m"\n\n[scores]\nold_bleu = 1.0\n\n[sha256]\n"a" = "b"\n', encoding="utf-8")
    record(report, tmp_path)
    record(replace(report, rows=3), tmp_path)
    read = read_toml(card)
    assert (read["name"], read["sha256"], read["scores"]["old_bleu"]) == ("m", {"a": "b"}, 1.0)
    assert read["scores"]["news_dev_lines"] == 3
    assert read["scores"]["news_dev_chrf"] == round(report.plain.chrf.value, 2)
    assert "version" in read["scores"]["news_dev_chrf_signature"]


def test_a_folder_without_a_card_is_refused(tmp_path, report):
    with pytest.raises(InputError, match=r"card\.toml"):
        record(report, tmp_path)
