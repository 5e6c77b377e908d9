"""How places of a source and of its translation are coloured, and what is warned of."""

from __future__ import annotations

import pytest

from workbench.checking.marking import Colour, marks
from workbench.enforcement.demands import Terms
from workbench.glossary.model import Entry, Glossary, Kind, Term
from workbench.spans import Span


def colours(found) -> list[tuple[str, str]]:  # noqa: ANN001 - marks
    return [(mark.text, mark.colour.value) for mark in found]


def test_a_term_waits_until_an_approved_form_stands_there(en_es: Terms) -> None:
    source = "Mirzoyan spoke of the ceasefire."
    empty = marks(source, "", en_es)
    assert colours(empty.source) == [("Mirzoyan", "waiting"), ("ceasefire", "waiting")]
    assert empty.doubtful and not empty.warnings
    half = marks(source, "Mirzoyán habló de", en_es)
    assert colours(half.source) == [("Mirzoyan", "used"), ("ceasefire", "waiting")]
    done = marks(source, "Mirzoyán habló del alto el fuego.", en_es)
    assert colours(done.target) == [("Mirzoyán", "used"), ("alto el fuego", "used")]
    assert [mark.pair for mark in done.target] == [mark.pair for mark in done.source]
    assert done.obeys and not done.doubtful


def test_a_forbidden_and_another_form_are_wrong_and_say_what_to_write(en_es: Terms) -> None:
    found = marks("Mirzoyan spoke of the ceasefire.", "Mirzoyan habló de la tregua.", en_es)
    assert colours(found.target) == [("Mirzoyan", "wrong"), ("tregua", "wrong")]
    assert found.target[0].wanted[0] == "Mirzoyán" and "alto el fuego" in found.target[1].doubt
    assert colours(marks("Nothing.", "La tregua.", en_es).target) == [("tregua", "wrong")]


def test_an_inflected_form_is_used(glossary: Glossary) -> None:
    found = marks("They saw Mirzoyan.", "Они видели Мирзояна.", Terms(glossary, "en", "ru"))
    assert colours(found.target) == [("Мирзояна", "used")]


def test_unlisted_names_are_doubtful_and_a_term_in_their_place_goes_before_them(en_es: Terms) -> None:
    source = "Yesterday Gagik Surenian met Mirzoyan."
    found = marks(source, "", en_es, [Span(10, 24), Span(29, 37)])
    assert colours(found.source) == [("Gagik Surenian", "unknown"), ("Mirzoyan", "waiting")]
    assert found.source[0].doubt == "no glossary lists this name" and found.doubtful
    assert marks("Nothing.", "Nada.", en_es).obeys and not marks("Nothing.", "Nada.", en_es).doubtful


def test_a_name_that_the_glossary_lists_in_other_languages_only_is_doubtful() -> None:
    entry = Entry("garni", Kind.PLACE, (Term("en", "Garni"), Term("hy", "Գառնի")))
    found = marks("We saw Garni.", "Vimos Garni.", Terms(Glossary((entry,)), "en", "es"))
    assert [(m.text, m.colour, m.entry) for m in found.source] == [("Garni", Colour.UNKNOWN, "garni")]
    assert found.doubtful and found.obeys


def test_a_place_that_two_entries_claim_is_doubtful() -> None:
    both = [Entry(f"mirzoyan-{n}", Kind.PERSON, (Term("en", "Mirzoyan"), Term("es", "Mirzoyán"))) for n in (1, 2)]
    found = marks("Mirzoyan came.", "Mirzoyán vino.", Terms(Glossary(tuple(both)), "en", "es"))
    assert found.obeys and found.doubtful
    assert len(found.source[0].others) == 1


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("It costs 1,500.75 in all.", "En total cuesta 1.500,75.", []),
        ("It costs 1,500.75 in all.", "En total cuesta 1.500.", ["'1,500.75' is missing"]),
        ("See https://a.example/x?y=1.", "Vea https://a.example/x?y=1.", []),
        ("Mail a.b@c.example now, {name}, %s, %(n)d.", "Escriba, %s, {name}, %(n)d.", ["'a.b@c.example' is missing"]),
        ("Press <b>OK</b> twice, twice.", "Pulse OK dos veces, dos.", ["'<b>' is missing", "'</b>' is missing"]),
        ("A sentence of some length.", "Una.", ["only 15% of the length of the source"]),
        ("A sentence of some length.", "Una frase " * 7, ["2.7 times as long as the source"]),
        ("A sentence of some length.", "一个有一定长度的句子。", []),
    ],
)
def test_lengths_and_what_must_come_over_as_it_is(source: str, target: str, told: list[str], en_es: Terms) -> None:
    assert [warning.message for warning in marks(source, target, en_es).warnings] == told
