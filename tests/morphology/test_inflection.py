"""Case forms of names where one ending serves several declensions."""

from __future__ import annotations

import pytest

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
    ],
)
def test_a_name_takes_the_ending_of_its_own_declension(language, base, case, form):
    assert dict(name_forms(base, language))[case] == form


@pytest.mark.parametrize(
    ("language", "base", "gender"),
    [("ru", "Черных", "m"), ("ru", "Пашинян", "f"), ("ru", "Саакашвили", "m"), ("ru", "Шевченко", "m"),
     ("uk", "Шевченко", "f"), ("uk", "Мельник", "f"), ("uk", "Монако", "m")],
)  # fmt: skip
def test_names_that_do_not_inflect_have_no_forms(language, base, gender):
    assert name_forms(base, language, gender) == ()
