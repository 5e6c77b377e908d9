"""Tables: a row per concept, a column per language."""

import pytest

from workbench.errors import GlossaryError
from workbench.glossary.formats import csv_table
from workbench.glossary.model import Entry, Kind, Status, Term


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_wide_table_is_read(delimiter, write):
    text = 'id,kind,EN,es\nyerevan,place,Yerevan,"Ereván|Yereván"\n\ngyumri,,Gyumri,\n'.replace(",", delimiter)
    glossary = csv_table.read(write(text, "towns.csv"))
    assert glossary.name == "towns"
    assert glossary.entries == (
        Entry(
            "yerevan",
            Kind.PLACE,
            (Term("en", "Yerevan"), Term("es", "Ereván"), Term("es", "Yereván", Status.ADMITTED)),
        ),
        Entry("gyumri", Kind.TERM, (Term("en", "Gyumri"),)),
    )


def test_rows_without_id_are_named_after_their_first_term_wherever_they_stand(write):
    glossary = csv_table.read(write('en,ru\n"a\nb",б\nСтéпан,в\nA-B,г\n', "my terms.csv"))
    assert [entry.id for entry in glossary.entries] == ["a-b", "стéпан", "a-b-2"]
    assert glossary.entries[0].terms[0].text == "a b"


WRONG = {
    "an unknown column": ("id,en,knid\n", 1, "did you mean 'kind'?"),
    "an unknown language": ("id,xx\n", 1, "no column for a language"),
    "no language": ("id,kind\n", 1, "no column for a language"),
    "a column twice": ("en,en\n", 1, "the column 'en' stands twice"),
    "the same id": ("id,en\na,A\na,B\n", 3, "first in line 2"),
    "no terms": ("id,en\na,\n", 2, "has no terms"),
    "an unknown kind": ("kind,en\nhuman,A\n", 2, "unknown kind 'human'"),
    "the same term twice": ("en\nA|A\n", 2, "stands twice"),
    "too many cells": ("id,en\na,A,B\n", 2, "3 cells under 2 columns"),
    "an open quote": ('id,en\na,"A\n', 2, "not valid CSV"),
    "an empty file": ("", 1, "empty"),
    "a file in cp1251": ("en,ru\nA,Мирзоян\n".encode("cp1251"), 2, "cp1251"),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_mistake_is_told_with_its_line(case, write):
    text, line, says = WRONG[case]
    path = write(text, "a.csv")
    with pytest.raises(GlossaryError) as error:
        csv_table.read(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert says in str(error.value)
