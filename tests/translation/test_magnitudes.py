"""Numbers before words of scale mean the same on both sides, or are told."""

from __future__ import annotations

import pytest

from workbench.translation.magnitudes import magnitudes, unmatched


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It earned $2.5 billion.", "Ganó 2.500 millones de dólares."),
        ("It earned $2.5 billion.", "Ganó 2,5 mil millones de dólares."),
        ("It earned $2.5 billion.", "Он заработал 2,5 млрд долларов."),
        ("Some 3 million people", "Unos 3 millones de personas"),
        ("Some 3 million people", "Около 3 миллионов человек"),
        ("Some 120,000 million", "120 mil millones"),
        ("40 thousand", "40.000"),
        ("2,5 Milliarden Euro", "2.5 billion euros"),
        ("a 2-million-dollar house", "una casa de 2 millones"),
        ("We met 5 minutes ago.", "Nos vimos hace 5 minutos."),
    ],
)
def test_what_means_the_same_is_not_told(source, target):
    assert unmatched(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("It earned $2.5 billion.", "Ganó $2 mil millones.", ["2.5 billion"]),
        ("Some 3 million people", "Unas personas", ["3 million"]),
        ("3 million and 3 million", "3 millones", ["3 million"]),
        ("7 million", "7 mil", ["7 million"]),
    ],
)
def test_another_magnitude_is_told(source, target, told):
    assert unmatched(source, target) == told


def test_words_that_only_begin_like_scale_are_none():
    assert magnitudes("5 minutes, 6 miles, 3 millennia, 2 bins") == []
