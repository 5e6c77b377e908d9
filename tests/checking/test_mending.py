"""Findings put right in their place."""

from __future__ import annotations

import pytest

from workbench.checking.checks import check
from workbench.checking.mending import mended
from workbench.enforcement.demands import Terms
from workbench.errors import InputError
from workbench.glossary.model import Glossary


@pytest.mark.parametrize(
    ("source", "target", "good"),
    [
        ("So Mirzoian agreed.", "Pues Mirzoian acordó.", "Pues Mirzoyán acordó."),
        ("A ceasefire holds.", "La tregua se mantiene.", "El alto el fuego se mantiene."),
        ("Nothing here.", "Una tregua.", "Un alto el fuego."),
        ("Pashinian came.", "Pashinyan vino.", "Pashinián vino."),
    ],
)
def test_the_wanted_form_stands_with_its_article(en_es: Terms, source: str, target: str, good: str) -> None:
    (finding,) = check(source, target, en_es)
    assert mended(source, target, finding, en_es) == good
    assert check(source, good, en_es) == []


def test_a_form_takes_the_case_of_what_it_replaces(glossary: Glossary) -> None:
    terms = Terms(glossary, "az", "ru")
    (finding,) = check("Paşinyan", "Они видели Paşinyan.", terms)
    assert mended("Paşinyan", "Они видели Paşinyan.", finding, terms) == "Они видели Пашинян."


def test_the_second_of_two_approved_forms_becomes_the_first(en_es: Terms) -> None:
    source, target = "Mirzoyan came.\nMirzoyan left.", "Mirzoyán vino.\nMirzoyan se fue."
    finding = next(f for f in check(source, target, en_es) if f.line == 2)
    assert mended("Mirzoyan left.", "Mirzoyan se fue.", finding, en_es) == "Mirzoyán se fue."


def test_what_is_missing_or_has_moved_is_refused(en_es: Terms) -> None:
    (missing,) = check("Mirzoian agreed.", "El ministro acordó.", en_es)
    with pytest.raises(InputError, match="nothing in the line"):
        mended("Mirzoian agreed.", "El ministro acordó.", missing, en_es)
    (stray,) = check("Nothing here.", "Una tregua.", en_es)
    with pytest.raises(InputError, match="changed since"):
        mended("Nothing here.", "Otra cosa.", stray, en_es)
