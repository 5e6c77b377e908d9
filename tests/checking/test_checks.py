"""Checking a finished translation."""

import pytest

from workbench.checking.checks import check
from workbench.errors import InputError


def kinds(source, target, terms):
    return [(f.kind, f.entry, f.line, f.target_text) for f in check(source, target, terms)]


def test_a_right_translation_has_no_findings(en_es):
    assert kinds("Mirzoian agreed a ceasefire.", "Mirzoyán acordó un alto el fuego.", en_es) == []


def test_missing_forbidden_and_other_spellings(en_es):
    source = "Mirzoian agreed.\n\nA ceasefire.\nPashinian came.\n"
    target = "El ministro acordó.\n\nUna tregua.\nPashinyan vino.\n"
    assert kinds(source, target, en_es) == [
        ("missing", "mirzoyan", 1, ""),
        ("forbidden", "ceasefire", 3, "tregua"),
        ("inconsistent", "pashinyan", 4, "Pashinyan"),
    ]


def test_a_forbidden_term_is_found_without_its_source(en_es):
    assert kinds("Nothing here.", "Una tregua.", en_es) == [("forbidden", "ceasefire", 1, "tregua")]


def test_two_approved_forms_in_one_text_are_inconsistent(en_es):
    found = kinds("Mirzoyan came.\nMirzoyan left.", "Mirzoyán vino.\nMirzoyan se fue.", en_es)
    assert ("inconsistent", "mirzoyan", 2, "Mirzoyan") in found


def test_spans_are_places_in_the_line(en_es):
    (finding,) = check("So Mirzoian agreed.", "Pues Mirzoian acordó.", en_es)
    assert finding.source_span.of("So Mirzoian agreed.") == "Mirzoian"
    assert finding.target_span.of("Pues Mirzoian acordó.") == "Mirzoian"
    assert finding.wanted[0] == "Mirzoyán"


def test_texts_of_different_length_are_refused(en_es):
    with pytest.raises(InputError, match="2 lines"):
        check("One.\nTwo.", "Uno.", en_es)
