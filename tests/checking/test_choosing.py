"""A chosen form in the glossary's reading and in every line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from workbench.checking.choosing import Choice, Line, applied, chosen, identifier, proposal, reading
from workbench.enforcement.demands import Terms
from workbench.errors import InputError
from workbench.glossary.model import Glossary, Review, Status, Type


def again(sentences: Sequence[str], terms: Terms) -> list[str]:
    return [f"anew: {sentence}" for sentence in sentences]


def test_another_form_is_preferred_and_the_former_one_admitted(glossary: Glossary) -> None:
    entry = chosen(glossary["mirzoyan"], Choice("Mirzoian", "Mirzoyan", "mirzoyan"), "en", "es")
    short = [(t.text, t.status) for t in entry.says("es") if t.type is Type.SHORT]
    assert short == [("Mirzoyan", Status.PREFERRED), ("Mirzoyán", Status.ADMITTED)]
    assert [t for t in entry.says("es") if t.type is Type.FULL] == [
        t for t in glossary["mirzoyan"].says("es") if t.type is Type.FULL
    ]


def test_a_choice_goes_everywhere_inflected_as_what_it_replaces(glossary: Glossary) -> None:
    lines = [Line("They saw Mirzoyan.", "Они видели Мирзояна."), Line("No name.", "Без имени.")]
    choice = Choice("Mirzoyan", "Мирзоев", "mirzoyan")
    terms = reading(Terms(glossary, "en", "ru"), [choice], lines)
    assert applied(lines, choice, terms, again) == ["Они видели Мирзоева.", None]


def test_an_article_agrees_with_the_form_that_comes(en_es: Terms) -> None:
    lines = [Line("The ceasefire holds.", "La tregua se mantiene.")]
    choice = Choice("ceasefire", "cese al fuego", "ceasefire")
    assert applied(lines, choice, reading(en_es, [choice], lines), again) == ["El cese al fuego se mantiene."]


def test_a_new_name_replaces_guesses_and_the_source_spelling(en_es: Terms) -> None:
    lines = [Line("Surenian came.", "Surenian vino."), Line("I saw Surenian.", "Vi a Surenyan.")]
    choice = Choice("Surenian", "Surenián", spellings=("Surenyan",))
    terms = reading(en_es, [choice], lines)
    assert applied(lines, choice, terms, again) == ["Surenián vino.", "Vi a Surenián."]


def test_a_line_without_the_name_is_made_anew_unless_somebody_edited_it(en_es: Terms) -> None:
    lines = [Line("Surenian came.", "Él vino."), Line("Surenian left.", "Se fue.", edited=True)]
    choice = Choice("Surenian", "Surenián")
    assert applied(lines, choice, reading(en_es, [choice], lines), again) == ["anew: Surenian came.", None]


def test_a_full_name_takes_its_other_spellings_and_its_surname_along(glossary: Glossary) -> None:
    lines = [
        Line("They saw Gagik Surenian.", "Они видели Гагика Суреняна."),
        Line("Surenyan left.", "Surenyan ушёл."),
        Line("No word to Surenian.", "Ни слова Суреняну.", edited=True),
    ]
    choice = Choice("Gagik Surenian", "Гагик Суренянц", spellings=("Гагик Суренян",), short=("Surenian", "Surenyan"))
    terms = reading(Terms(glossary, "en", "ru"), [choice], lines)
    assert applied(lines, choice, terms, again) == [
        "Они видели Гагика Суренянца.", "Суренянц ушёл.", "Ни слова Суренянцу.",
    ]  # fmt: skip
    longer = Choice("Gagik Surenian", "Гагик С. Суренянц", short=("Surenian",))
    assert {term.type for term in chosen(None, longer, "en", "ru").terms} == {Type.FULL}


def test_a_proposal_stands_beside_what_is_approved(glossary: Glossary) -> None:
    other = proposal(glossary, Choice("Mirzoyan", "Mirzoyan", "mirzoyan"), "en", "es")
    assert (other.id, other.review) == ("mirzoyan-proposed", Review.PROPOSED)
    new = proposal(glossary, Choice("Գագիկ Սուրենյան", "Gagik Surenyan", spellings=("Kakig",)), "hy", "en")
    assert new.id == "gagik-surenyan" and not any(term.variants for term in new.terms)
    taken = proposal(glossary, Choice("Karabakh", "Carabaj"), "en", "es")
    assert taken.id == "karabakh-2"


@pytest.mark.parametrize(("name", "form"), [("", "x"), ("x", "  "), ("x" * 201, "x")])
def test_a_choice_needs_a_name_and_a_form(name: str, form: str) -> None:
    with pytest.raises(InputError, match="1 to 200 characters"):
        chosen(None, Choice(name, form), "en", "es")
    assert identifier("«»") == "name"
