"""Entries by a spelling: the nearest first, in any script."""

from __future__ import annotations

from workbench.glossary.lookup import spelled
from workbench.glossary.model import Entry, Glossary, Term

GLOSSARY = Glossary(
    (
        Entry("long", terms=(Term("en", "New Yerevan"),)),
        Entry("begins", terms=(Term("en", "Yerevan Press"),)),
        Entry(
            "yerevan", terms=(Term("en", "Yerevan"), Term("ru", "Ереван"), Term("es", "Ereván", variants=("Erevan",)))
        ),
    )
)


def ids(text: str, language: str | None = None, limit: int = 20) -> list[str]:
    return [entry.id for entry in spelled(GLOSSARY, text, language, limit)]


def test_the_same_comes_before_what_begins_so_and_what_holds_it() -> None:
    assert ids("yerevan") == ["yerevan", "begins", "long"]
    assert ids("yerevan", limit=1) == ["yerevan"]


def test_any_script_without_case_or_marks_and_variants_too() -> None:
    assert ids("ЕРЕВАН") == ids("EREVÁN", "es") == ids("erevan", "es") == ["yerevan"]
    assert ids("Ереван", "en") == [] and ids("nowhere") == []


def test_nothing_asked_gives_all_in_their_order() -> None:
    assert ids("") == ["long", "begins", "yerevan"]
