"""Dates keep their months in every language."""

from __future__ import annotations

import pytest

from workbench.documents.document import Segment
from workbench.enforcement.demands import Terms
from workbench.engines import registry
from workbench.engines.engine import Options
from workbench.glossary.model import Glossary
from workbench.translation.dates import Date, abridged, dates, unmatched, written
from workbench.translation.passages import Passages
from workbench.translation.translation import Translator

FOUND = [
    ("en", "On November 9, 2020 and 3rd of March 1992.", ["2020-11-9", "1992-3-3"]),
    ("en", "From 5 to 7 October 2023, on May 12 and in Sept. 2021", ["2023-10-7", "0-5-12", "2021-9-0"]),
    ("en", "In May 5 people came, in March 20, he may 5, May 12–14, 10:30 May", []),
    ("es", "el 9 de noviembre del 2020, 1 mayo, Noviembre 2020", ["2020-11-9", "0-5-1", "2020-11-0"]),
    ("ru", "9 ноября 2020 года", ["2020-11-9"]),
    ("de", "am 9. November 2020", ["2020-11-9"]),
    ("hu", "2020. november 9.", ["2020-11-9"]),
    ("zh", "2020年11月9日", []),
    ("xx", "9 November 2020", []),
]
WRITTEN = [
    ("es", "9 de noviembre de 2020"), ("fr", "9 novembre 2020"), ("de", "9. November 2020"),
    ("ru", "9 ноября 2020"), ("en", "November 9, 2020"), ("hu", "2020. november 9."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "keys"), FOUND)
def test_dates_are_found_in_the_orders_of_the_world(language, text, keys):
    assert [date.key for date in dates(text, language)] == keys


@pytest.mark.parametrize(("language", "text"), WRITTEN)
def test_a_date_is_written_as_the_language_writes_it_and_read_again(language, text):
    date = Date.of((0, 1), "2020-11-9")
    assert written(date, language)[0] == text
    assert [found.key for found in dates(text, language)] == [date.key]


@pytest.mark.parametrize(
    ("language", "text", "lacking"),
    [
        ("es", "12 de mayo 2021", True), ("es", "12 mayo 2021", True), ("es", "12 de mayo de 2021", False),
        ("es", "12 de mayo del 2021", False), ("es", "el 12 de mayo de 2021", False), ("en", "12 May 2021", False),
        ("ru", "12 мая 2021", False), ("de", "12 Mai 2021", False),
    ],
)  # fmt: skip
def test_little_words_belong_to_a_date(language, text, lacking):
    assert abridged(text, Date.of((0, 1), "2021-5-12"), language) is lacking


def test_a_month_that_changes_with_its_neighbours_is_not_written_without_them():
    assert written(Date.of((0, 1), "2020-11-0"), "es") == ("noviembre de 2020",)
    assert written(Date.of((0, 1), "2020-11-0"), "ru") == ()


@pytest.mark.parametrize(
    ("language", "target", "told"),
    [
        ("es", "El acuerdo, 9 2020 en Madrid", ["9 November 2020"]),
        ("es", "El 9 y el 10 de noviembre", []),
        ("es", "El 9/11/2020", []),
        ("ru", "в ноябре", []),
        ("ru", "9 2020", ["9 November 2020"]),
        ("zh", "2020", []),
    ],
)
def test_a_month_that_is_missing_is_told(language, target, told):
    assert list(unmatched("The deal of 9 November 2020", target, "en", language)) == told


@pytest.mark.model
@pytest.mark.parametrize(
    ("source", "target", "text", "wanted"),
    [
        ("en", "es", "The agreement was signed on 9 November 2020 in Moscow.", "9 de noviembre de 2020"),
        ("en", "es", "Pashinyan visited Yerevan on 12 May 2021.", "12 de mayo de 2021"),
        ("en", "es", "He was born on July 4, 1976 and died on 2 August 2019.", "4 de julio de 1976"),
        ("es", "en", "El acuerdo se firmó el 9 de noviembre de 2020 en Moscú.", "November"),
    ],
)
def test_a_real_model_keeps_the_month_of_a_date(source, target, text, wanted):
    engine = registry.load(registry.route(source, target)[0], "ct2")
    legs = [Translator(engine, Terms(Glossary(), source, target), Options(beam=4))]
    (made,) = Passages(legs).translate([Segment("1", text)])
    assert wanted in made.target.text
    assert made.lost == ()
    assert [d.key for d in dates(made.target.text, target)] == [d.key for d in dates(text, source)]
