"""Articles and contractions around a repaired place."""

import pytest

from workbench.morphology.grammar import Agreement, article_before, contracted


@pytest.mark.parametrize(
    ("left", "form", "gender", "number", "language", "expected"),
    [
        ("acordaron la ", "alto el fuego", "m", "sg", "es", "acordaron el "),
        ("fin de la ", "alto el fuego", "m", "sg", "es", "fin de el "),
        ("fin del ", "tregua", "f", "sg", "es", "fin de la "),
        ("La ", "alto el fuego", "m", "sg", "es", "El "),
        ("unas ", "acuerdo de paz", "m", "sg", "es", "un "),
        ("el ", "Estados Unidos", "m", "pl", "es", "los "),
        ("a ", "Azerbaijani", "", "", "en", "an "),
        ("an ", "joint statement", "", "", "en", "a "),
        ("de la ", "Parlement", "m", "sg", "fr", "de le "),
    ],
)
def test_the_article_agrees(left, form, gender, number, language, expected):
    cut, article = article_before(left, form, Agreement(gender, number), language)
    assert left[: len(left) - cut] + article == expected


@pytest.mark.parametrize(
    ("left", "form", "gender", "language"),
    [("el ", "alto el fuego", "m", "es"), ("con ", "alto el fuego", "m", "es"), ("la ", "x", "", "es"),
     ("el ", "agua", "f", "es"), ("a ", "union", "", "en"), ("pa", "agreement", "", "en")],
)  # fmt: skip
def test_an_article_that_agrees_or_is_not_there_stays(left, form, gender, language):
    assert article_before(left, form, Agreement(gender, "sg"), language) is None


def test_contractions():
    assert contracted("fin de el alto el fuego", "es", 7) == "fin del alto el fuego"
    assert contracted("vino a el Parlamento", "es", 7) == "vino al Parlamento"
    assert contracted("de El Salvador", "es", 3) == "de El Salvador"
    assert contracted("le vote de le Parlement", "fr", 11) == "le vote du Parlement"
