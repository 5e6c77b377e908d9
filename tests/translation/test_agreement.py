"""Unlisted names get one form: collected, decided with a reason, applied in the case that stood there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import Segment, State
from workbench.glossary.model import Glossary
from workbench.translation.agreement import agreed, apply, collect, inflected
from workbench.translation.deciding import Decision, decide, merged


@pytest.fixture
def pair(glossary):
    return lambda source, target: Terms(glossary, source, target)


def segments(*rows: tuple[str, str]) -> list[Segment]:
    return [Segment(source, target) for source, target in rows]


RU = segments(
    ("So Hakobyan came.", "Пришёл Акопян."),
    ("Then Hakobyan spoke.", "Говорили с Хакобяном."),
    ("We saw Hakobian.", "Мы видели Акопяна."),
)


def test_two_spellings_of_the_source_get_one_form_inflected_as_it_stood(pair):
    terms = pair("en", "ru")
    made = apply(RU, decide(collect(RU, terms), terms), terms)
    assert [s.target for s in made] == ["Пришёл Акопян.", "Говорили с Акопяном.", "Мы видели Акопяна."]
    (occurrence,) = made[1].terms
    assert occurrence.entry == "document:Hakobyan" and occurrence.state is State.REPAIRED
    assert occurrence.target_span.of(made[1].target) == occurrence.target_text == "Акопяном"
    assert "2 of 3" in occurrence.note


def test_a_decision_can_be_edited_before_it_is_applied(pair):
    terms = pair("en", "ru")
    decisions = [replace(d, form="Хакобян", reason="our desk writes it so") for d in decide(collect(RU, terms), terms)]
    made = apply(RU, decisions, terms)
    assert [s.target for s in made] == ["Пришёл Хакобян.", "Говорили с Хакобяном.", "Мы видели Хакобяна."]
    assert "our desk" in made[0].terms[0].note


def test_documents_are_decided_together(pair):
    terms = pair("en", "es")
    one = segments(("So Voskanyan came.", "Vino Voskanian."), ("Now Voskanyan left.", "Voskanian se fue."))
    two = segments(*[("See, Voskanyan spoke.", "Habló Voskanyan.")] * 3)
    whole = merged([collect(one, terms), collect(two, terms)])
    assert whole[0].mentions == 5 and dict(whole[0].renderings) == {"Voskanyan": 3, "Voskanian": 2}
    decisions = decide(whole, terms)
    assert [s.target for s in apply(one, decisions, terms)] == ["Vino Voskanyan.", "Voskanyan se fue."]
    assert apply(two, decisions, terms) == two


def test_a_garbled_name_gets_the_form_of_the_convention(pair):
    terms = pair("en", "es")
    rows = segments(("So Voskanyan came.", "Vino Voskaknan."))
    (decision,) = decide(collect(rows, terms), terms)
    assert decision.form == "Voskanián" and "garbles" in decision.reason and "convention" in decision.reason
    assert agreed(rows, terms)[0].target == "Vino Voskanián."


def test_exonyms_and_translated_words_are_left_alone(pair):
    rows = segments(
        ("In Prague, Prague is far.", "En Praga, Praga está lejos."),
        ("So Warsaw and Warsaw.", "Así Varsovia y Varsovia."),
        ("The Green Bank, a Green Bank.", "El Banco Verde, un Banco Verde."),
    )
    assert agreed(rows, pair("en", "es")) == rows


def test_near_names_in_one_sentence_keep_their_own_forms(pair):
    rows = segments(
        ("So Karapetov met Karapetova.", "Karapetov conoció a Karapetova."),
        ("Then Karapetova met Karapetov.", "Karapetova conoció a Karapetov."),
    )
    assert agreed(rows, pair("en", "es")) == rows


@pytest.mark.parametrize(
    ("stood", "base", "form", "language", "made"),
    [
        ("Хакобяном", "Хакобян", "Акопян", "ru", "Акопяном"),
        ("ХАКОБЯНА", "Хакобян", "Акопян", "ru", "АКОПЯНА"),
        ("Хакобяном", "Хакобян", "Акопян", "uk", "Акопяном"),
        ("Шевченком", "Шевченко", "Шевчук", "uk", "Шевчуком"),
        ("Oskanyanı", "Oskanyan", "Voskanyan", "az", "Voskanyanı"),
        ("Ակոբյանի", "Ակոբյան", "Հակոբյան", "hy", "Հակոբյանի"),
        ("ოსკანიანმა", "ოსკანიანი", "ვოსკანიანი", "ka", "ვოსკანიანმა"),
        ("Voskanian", "Voskanian", "Voskanyan", "es", "Voskanyan"),
    ],
)
def test_a_form_takes_the_case_of_what_stood_there(stood, base, form, language, made):
    assert inflected(stood, base, form, language) == made


def test_without_a_glossary_and_without_names_nothing_changes(pair):
    assert agreed(RU, Terms(Glossary(), "en", "ru")) == RU
    assert collect([], pair("en", "es")) == [] and apply(RU, [], pair("en", "ru")) == RU
    assert decide(collect(segments(("", "")), pair("en", "es")), pair("en", "es")) == []
    unknown = Decision("Nobody", "Nadie", "")
    assert apply(RU, [unknown], pair("en", "ru")) == RU
