"""A benchmark from test set to table."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from workbench.enforcement.outcomes import Segment
from workbench.errors import InputError
from workbench.evaluation.benchmark import Run, evaluate, inflected, report, row_glossary
from workbench.evaluation.metrics import Rate
from workbench.evaluation.testset import Row, Testset
from workbench.evaluation.versus import versus
from workbench.glossary.model import Glossary, Kind, Status

ROWS = (
    Row("r1", "The rule applies.", "Se aplica la regla.", (("rule", ("regla",)),)),
    Row("r2", "The partners agree.", "Los socios están de acuerdo.", (("partner", ("socio", "aliado")),)),
    Row("r3", "Nothing here.", "Aquí nada."),
)
TESTSET = Testset("tiny", "en", "es", ROWS)
KNOWN = {
    "The rule applies.": "Se aplica la norma.",
    "The partners agree.": "El socio está de acuerdo.",
    "Nothing here.": "Aquí nada.",
}


def test_plain_and_enforced_stand_side_by_side(by_heart) -> None:
    translator = by_heart(KNOWN)
    found = evaluate(translator, TESTSET)
    assert translator.calls == [(2, False), (2, True), (3, False), (3, True)]  # warm-up, then all rows
    assert (found.rows, found.rows_with_terms, found.terms, found.achievable) == (3, 2, 2, 1)
    assert found.plain.terms.folded == Rate(1, 2)
    assert found.enforced.terms.folded == Rate(2, 2)
    assert found.plain.terms.on_achievable == Rate(0, 1)
    assert found.enforced.terms.on_achievable == Rate(1, 1)
    assert found.oracle.folded == Rate(1, 2)
    assert found.oracle.substring == Rate(2, 2)
    assert found.of_oracle == 2
    assert found.rungs.counts == (1, 0, 0, 0, 0, 0, 1, 0)
    assert found.unhit_changed == Rate(0, 1)
    assert found.overhead == 1.5
    assert found.enforced.rows_per_second == 1


def test_with_inflection_the_reference_reaches_its_forms(by_heart) -> None:
    found = evaluate(by_heart(KNOWN), TESTSET, forms=lambda form: [form + "s"])
    assert found.oracle.inflected == Rate(2, 2)
    assert found.of_oracle == 1


def test_table_and_json_hold_every_figure(by_heart) -> None:
    found = evaluate(by_heart(KNOWN), TESTSET, resamples=20)
    table = found.as_table()
    for word in ("BLEU", "chrF++ outside terms", "terms, case-folded", "100.0 (2/2)", "substituted, verbatim  1 of 2"):
        assert word in table
    assert found.enforced.chrf.signature in table
    values = json.loads(found.as_json())
    assert values["enforced"]["terms"]["folded"] == {"hits": 2, "total": 2, "share": 1.0}
    assert values["rungs"]["forced"] == 1
    assert values["overhead"] == 1.5
    assert {c["name"] for c in values["comparisons"]} == {"BLEU", "chrF", "chrF++"}
    assert values["plain"]["bleu"]["low"] is not None


def test_a_set_without_terms_gives_a_report_too() -> None:
    rows = (Row("1", "a", "b"),)
    run = Run((Segment("a", "b"),), 0.0)
    found = report("x", Testset("t", "en", "es", rows), run, run)
    assert found.of_oracle is None and found.overhead is None
    assert "term success / oracle  –" in found.as_table()
    assert json.loads(found.as_json())["enforced"]["rows_per_second"] is None


def test_a_translator_that_loses_a_row_is_refused() -> None:
    class Lossy:
        name = "lossy"

        def translate_rows(self, sources: Sequence[str], glossaries: Sequence[Glossary] | None) -> Run:
            return Run((), 1.0)

    with pytest.raises(InputError, match="lossy: 0 translations for 3 rows"):
        evaluate(Lossy(), TESTSET)


def test_a_row_brings_its_own_glossary() -> None:
    glossary = row_glossary(ROWS[1], "en", "es")
    (entry,) = glossary.entries
    assert (entry.id, entry.kind) == ("r2:1", Kind.TERM)
    preferred = entry.preferred("es")
    assert preferred is not None and preferred.text == "socio"
    assert [(t.text, t.status) for t in entry.says("es")][1] == ("aliado", Status.ADMITTED)
    assert [t.text for t in entry.says("en")] == ["partner"]


def test_a_name_without_source_form_cannot_be_enforced() -> None:
    assert len(row_glossary(Row("1", "Who?", "¿Quién?", (("", ("Casa Blanca",)),)), "en", "es")) == 0


def test_the_workbench_says_which_forms_it_accepts() -> None:
    assert "socio" in set(inflected("es")("socio"))


def test_two_systems_are_compared_on_the_same_rows(by_heart) -> None:
    better = {**KNOWN, "The rule applies.": "Se aplica la regla."}
    ours = by_heart(better)
    ours.name = "better"
    made = versus(ours, by_heart(KNOWN), TESTSET, resamples=50)
    assert [c.name for c in made.comparisons] == ["BLEU", "chrF", "chrF++"]
    assert all(c.difference > 0 and 0 <= c.p <= 1 for c in made.comparisons)
    assert "better (ours) against by heart (other)" in made.as_table()
    values = json.loads(made.as_json())
    assert values["ours"]["system"] == "better" and values["comparisons"][1]["difference"] > 0
