"""Figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.enforcement.outcomes import Occurrence, State
from workbench.errors import InputError
from workbench.evaluation.metrics import (
    Compare,
    Rate,
    achievable,
    bleu,
    chrf,
    chrf_plus,
    compare,
    consistency,
    exactness,
    m_eta,
    outside_terms,
    over_application,
    rung_profile,
    term_overlap,
    term_success,
    unhit_changed,
    with_comet,
)
from workbench.evaluation.testset import Row, read_testset
from workbench.spans import Span

UNION = Row(
    "1",
    "The Union is the European Union.",
    "La Unión es la Unión Europea.",
    (("Union", ("Unión",)), ("European Union", ("Unión Europea",))),
)


def inflected(form: str) -> list[str]:
    return {"правило": ["правила", "правилу"]}.get(form, [])


RULES = Row("2", "Follow the rules.", "Следуйте правилам.", (("rule", ("правило",)),))


def test_success_gives_each_term_a_place_of_its_own() -> None:
    assert term_success(["La Unión es la Unión Europea."], [UNION]) == Rate(2, 2)
    assert term_success(["Es la Unión Europea."], [UNION]) == Rate(1, 2)
    assert term_overlap(["Es la Unión Europea."], [UNION]) == Rate(2, 2)


def test_the_oracle_is_the_reference_measured() -> None:
    rows = [UNION, RULES]
    assert term_success([row.reference for row in rows], rows) == Rate(2, 3)


def test_inflected_forms_count_when_somebody_knows_them() -> None:
    output = ["Нет правила."]
    assert term_success(output, [RULES]).share == 0
    assert term_success(output, [RULES], forms=inflected).share == 1


def test_case_counts_when_asked() -> None:
    assert term_success(["la unión, la UNIÓN EUROPEA"], [UNION]) == Rate(2, 2)
    assert term_success(["la unión, la UNIÓN EUROPEA"], [UNION], Compare.EXACT) == Rate(0, 2)


def test_a_term_is_achievable_when_its_own_word_is_in_the_source() -> None:
    assert achievable(UNION) == UNION.terms
    assert achievable(RULES) == ()
    assert achievable(RULES, lambda term: [term + "s"]) == RULES.terms
    twice = Row("3", "Approval in progress", "Autorización", (("approval", ("x",)), ("Approval", ("x",))))
    assert len(achievable(twice)) == 1
    nested = Row("4", "The European Union.", "", UNION.terms)
    assert achievable(nested) == UNION.terms[1:]


def test_nothing_of_nothing_has_no_share() -> None:
    assert term_success(["x"], [Row("1", "x", "x")]) == Rate(0, 0)
    assert Rate(0, 0).share is None


def test_what_stays_must_stay_by_the_code_point() -> None:
    row = Row("1", "30 GB of RAM", "30 GB de RAM", (("30 GB", ("30 GB",)), ("RAM", ("RAM", "memoria"))))
    assert exactness(["30 GB de RAM"], [row]) == Rate(2, 2)
    assert exactness(["30\u00a0GB de memoria"], [row]) == Rate(0, 2)


def test_a_term_written_more_often_than_asked_is_over_applied() -> None:
    rows = [RULES, UNION]
    assert over_application(["правило", "Unión, Unión Europea"], rows) == 0
    assert over_application(["правило и правило", "Unión Europea"], rows) == 500


def test_a_name_counts_in_any_case_and_any_accepted_form() -> None:
    rows = [Row("1", "s", "r", (("", ("Casa Blanca", "la Blanca")),)), Row("2", "s", "r")]
    assert m_eta(["en la casa blanca", "Casa"], rows) == Rate(1, 1)
    assert with_comet(90, 60) == pytest.approx(72)
    assert with_comet(0, 0) == 0


def test_the_rest_of_the_sentence_is_scored_without_its_terms() -> None:
    row = Row("1", "The rule applies here", "la regla vale aquí", (("rule", ("regla", "norma")),))
    assert outside_terms(["la norma vale aquí"], [row]).value == pytest.approx(100)
    assert outside_terms(["la ley vale aquí"], [row]).value < 100


def test_unhit_sentences_must_not_change() -> None:
    assert unhit_changed(["a", "b!", "c!"], ["a", "b", "c"], [False, False, True]) == Rate(1, 2)


def test_the_rung_profile_counts_the_last_two_apart() -> None:
    place = Span(0, 1)
    terms = [Occurrence("e", place, "a", place, "b", State.KEPT, rung) for rung in (0, 0, 5, 6, 7)]
    profile = rung_profile(terms)
    assert profile.counts == (2, 0, 0, 0, 0, 1, 1, 1)
    assert (profile.forced, profile.total, profile.shares["plain"]) == (2, 5, 0.4)
    assert rung_profile([]).shares["verbatim"] == 0


def test_consistency_counts_entries_that_come_twice_in_a_document() -> None:
    documents = [
        [("a", "x"), ("a", "x"), ("a", "y"), ("b", "z"), ("b", "z"), ("c", "w")],
        [("c", "w")],  # once here, once there: nothing to agree on
    ]
    figures = consistency(documents)
    assert figures.micro == pytest.approx(4 / 5)
    assert figures.macro == pytest.approx((2 / 3 + 1) / 2)
    assert figures.ltcr == pytest.approx((1 + 1) / (3 + 1))
    assert (figures.unity, figures.entries) == (0.5, 2)
    assert consistency([]).micro is None


def test_scores_bear_their_signatures() -> None:
    outputs, references = ["a small house", "the end"], [("a small house",), ("the end", "an end")]
    score = chrf(outputs, references)
    assert score.value == pytest.approx(100)
    assert "nc:6|nw:0" in score.signature and "nrefs:var" in score.signature
    assert "nw:2" in chrf_plus(outputs, references).signature
    assert "tok:13a" in bleu(outputs, references).signature
    assert "tok:zh" in bleu(["你好"], [("你好",)], "zh").signature


def test_the_bootstrap_bounds_the_score() -> None:
    outputs, references = [f"word {i} here" for i in range(20)], [(f"word {i} there",) for i in range(20)]
    score = chrf(outputs, references, resamples=50)
    assert score.low is not None and score.high is not None
    assert score.low <= score.value <= score.high
    assert "bs:50" in score.signature


def test_a_better_system_is_told_from_its_equal() -> None:
    references = [(f"the number is {i} today",) for i in range(30)]
    right, wrong = [r for (r,) in references], [f"number be {i}" for i in range(30)]
    better = {c.name: c for c in compare(right, wrong, references, resamples=200)}
    assert set(better) == {"BLEU", "chrF", "chrF++"}
    assert better["chrF"].difference > 0 and better["chrF"].p < 0.05
    assert all(c.difference == 0 and c.p == 1 for c in compare(right, right, references, resamples=200))


def test_texts_and_references_must_pair_up() -> None:
    with pytest.raises(InputError, match="1 translations for 2 references"):
        bleu(["a"], [("a",), ("b",)])
    with pytest.raises(InputError, match="no translations"):
        chrf([], [])


@pytest.mark.parametrize(("target", "anywhere", "whole"), [("es", 97.7, 83.1), ("ru", 96.2, 63.1), ("de", 99.6, 57.6)])
def test_the_references_of_wmt25_reach_the_known_figures(
    data: Path, target: str, anywhere: float, whole: float
) -> None:
    testset = read_testset(data / f"testsets/wmt25_terminology/en-{target}.jsonl", "en", target)
    references = [row.reference for row in testset.rows]
    assert share(term_overlap(references, testset.rows, Compare.SUBSTRING)) == anywhere
    assert share(term_overlap(references, testset.rows)) == whole


@pytest.mark.parametrize(
    ("name", "source", "target"),
    [("ntrex.tsv", "hy", "en"), ("flores_dev.tsv", "en", "az"), ("ea_mt_validation/en-tr.jsonl", "en", "tr"),
     ("wmt21_terminology_dev.en-fr.tsv", "fr", "en")],
)  # fmt: skip
def test_every_layout_of_the_data_is_read(data: Path, name: str, source: str, target: str) -> None:
    assert len(read_testset(data / "testsets" / name, source, target)) > 300


def share(rate: Rate) -> float:
    assert rate.share is not None
    return round(100 * rate.share, 1)
