"""Case forms of names where one ending serves several declensions."""

from __future__ import annotations

import pytest

from workbench.morphology.bases import bases
from workbench.morphology.inflection import name_forms


@pytest.mark.parametrize(
    ("language", "base", "case", "form"),
    [
        ("ru", "Георгий", "gen", "Георгия"),
        ("ru", "Юрий", "prep", "Юрии"),
        ("ru", "Чёрный", "ins", "Чёрным"),
        ("ru", "Трубецкой", "ins", "Трубецким"),
        ("ru", "Цой", "gen", "Цоя"),
        ("ru", "Ирина", "gen", "Ирины"),
        ("ru", "Путина", "gen", "Путиной"),
        ("ru", "Украина", "gen", "Украины"),
        ("ru", "Константин", "ins", "Константином"),
        ("ru", "Эльчин", "ins", "Эльчином"),
        ("ru", "Киев", "ins", "Киевом"),
        ("ru", "Казань", "gen", "Казани"),
        ("ru", "Туркменец", "gen", "Туркменца"),
        ("ru", "Коломоец", "gen", "Коломойца"),
        ("ru", "Стрелец", "ins", "Стрельцем"),
        ("ru", "Кузнец", "gen", "Кузнеца"),
        ("ru", "Швец", "gen", "Швеца"),
        ("ru", "Заяц", "gen", "Зайца"),
        ("ru", "Павел", "gen", "Павла"),
        ("ru", "Лев", "ins", "Львом"),
        ("ru", "Пётр", "dat", "Петру"),
        ("ru", "Наташа", "ins", "Наташей"),
        ("ru", "Святая", "dat", "Святой"),
        ("uk", "Шевченко", "gen", "Шевченка"),
        ("uk", "Ольга", "dat", "Ользі"),
        ("uk", "Ігор", "gen", "Ігоря"),
        ("uk", "Мельник", "prep", "Мельнику"),
        ("uk", "Іванова", "dat", "Івановій"),
        ("uk", "Україна", "gen", "України"),
        ("uk", "Київ", "gen", "Києва"),
        ("uk", "Харків", "prep", "Харкові"),
        ("uk", "Чорний", "gen", "Чорного"),
        ("uk", "Петриковець", "gen", "Петриковця"),
        ("uk", "Коломоєць", "ins", "Коломойцем"),
    ],
)
def test_a_name_takes_the_ending_of_its_own_declension(language, base, case, form):
    assert dict(name_forms(base, language))[case] == form


@pytest.mark.parametrize(
    ("language", "base", "forms"),
    [
        ("ru", "Оравец", ("Оравеца", "Оравецу", "Оравецем", "Оравеце", "Оравца", "Оравцем")),
        ("ru", "Коломоец", ("Коломойца", "Коломойцем")),
        ("ru", "Стрелец", ("Стрельца", "Стрельцем", "Стрельцом")),
        ("ru", "Швец", ("Швеца",)),
        ("ru", "Павел", ("Павла", "Павле")),
        ("ru", "Лев", ("Льва", "Львом")),
        ("uk", "Коломоєць", ("Коломойця", "Коломойцем")),
        ("uk", "Оравець", ("Оравеця", "Оравця", "Оравецем")),
    ],
)
def test_a_form_leads_back_to_its_name_whether_its_vowel_is_fleeting_or_not(language, base, forms):
    assert {form for form in forms if base not in bases(form, language)} == set()


def test_no_base_ends_as_no_word_does():
    assert not any(
        base.endswith(("цй", "ць", "ьец")) for form in ("Оравецем", "Стрельца") for base in bases(form, "ru")
    )


def test_a_name_may_keep_the_vowel_that_others_lose():
    assert dict(name_forms("Оравец", "ru", kept=True))["dat"] == "Оравецу"
    assert dict(name_forms("Оравец", "ru"))["dat"] == "Оравцу"


@pytest.mark.parametrize(
    ("language", "base", "gender"),
    [("ru", "Черных", "m"), ("ru", "Пашинян", "f"), ("ru", "Саакашвили", "m"), ("ru", "Шевченко", "m"),
     ("uk", "Шевченко", "f"), ("uk", "Мельник", "f"), ("uk", "Монако", "m")],
)  # fmt: skip
def test_names_that_do_not_inflect_have_no_forms(language, base, gender):
    assert name_forms(base, language, gender) == ()
