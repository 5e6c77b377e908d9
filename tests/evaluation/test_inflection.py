"""The form in which a term came out."""

import csv

import pytest

from workbench.errors import InputError
from workbench.evaluation.benchmark import inflected
from workbench.evaluation.inflection import form_accuracy, inflection_precision, lemma_of, write_samples
from workbench.evaluation.success import Rate, interval
from workbench.evaluation.testset import Row

ROWS = [
    Row("1", "The treaty", "El tratado", (("treaty", ("tratado",)),)),
    Row("2", "Two treaties", "Dos tratados", (("treaties", ("tratado",)),)),
    Row("3", "A treaty", "Un pacto", (("treaty", ("tratado",)),)),
    Row("4", "The treaty", "El tratado", (("treaty", ("tratado",)),)),
]
OUTPUTS = ["El tratado", "Dos tratado", "Un tratado", "El acuerdo"]
SPANISH = inflected("es")


def test_a_form_counts_where_the_reference_attests_one():
    form, inflection = form_accuracy(OUTPUTS, ROWS, SPANISH)
    assert form == Rate(1, 3)  # the third has no form in the reference
    assert inflection == Rate(1, 2)  # the fourth did not come out at all


def test_consistency_counts_lemmas_and_a_missing_term_is_one_of_its_own():
    assert lemma_of("Dos tratados", ROWS[1], SPANISH) == [("treaties", "tratado")]
    (missing,) = lemma_of("El acuerdo", ROWS[3], SPANISH)
    assert missing[0] == "treaty" and missing[1] not in ("tratado", "acuerdo")


def test_samples_come_back_labelled(tmp_path):
    path = tmp_path / "samples.tsv"
    assert write_samples(path, OUTPUTS, ROWS, SPANISH) == 4
    with pytest.raises(InputError, match="samples.tsv:2: label ''"):
        inflection_precision(path)
    rows = list(csv.reader(path.open(encoding="utf-8"), delimiter="\t"))
    for row in rows[1:]:
        row[0] = {"1": "Correct", "2": "wrong inflection", "3": "correct", "4": "wrong lexeme"}[row[1]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)
    assert inflection_precision(path) == Rate(2, 3)


def test_an_interval_holds_the_share():
    low, high = interval(OUTPUTS, ROWS, SPANISH, 200)
    assert 0 <= low <= 0.75 <= high <= 1
    assert interval(OUTPUTS, ROWS, SPANISH, 0) is None
