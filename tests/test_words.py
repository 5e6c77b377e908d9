"""Catalogues of the interface: complete, with the same places to fill in, and nothing that is no longer said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest

from workbench import languages
from workbench.glossary import rules
from workbench.glossary.lint import lint
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term
from workbench.ui import editing
from workbench.ui.tabs import glossary, names
from workbench.words import FOLDER, LANGUAGES, likeliest, speaking

ROOT = FOLDER.parent
UI = ROOT / "ui"
DESKS = (names, glossary)
WORDS = {*editing.WORDS, *(word for tab in DESKS for word in (tab.TITLE, *tab.WORDS)), *languages.NAMES.values()}
MODULES = [*UI.rglob("*.py"), ROOT / "serving" / "pages.py", ROOT / "api" / "routes" / "sign_in.py"]


def said() -> set[str]:
    """Every text that the page may show."""
    found = {*editing.WORDS, *languages.NAMES.values()}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_catalogue_is_complete_and_holds_nothing_else(language: str) -> None:
    catalogue = {entry.msgid: entry.msgstr for entry in polib.pofile(str(FOLDER / f"{language}.po"))}
    assert all(catalogue.values())
    assert catalogue.keys() >= WORDS
    assert catalogue.keys() <= said()
    for path in MODULES:
        for call in re.findall(r"\bsay\(\s*\"((?:[^\"\\]|\\.)*)\"", path.read_text(encoding="utf-8")):
            assert call in catalogue, f"{path.name}: {call}"
    for text, translated in catalogue.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", translated)), text


def test_every_word_of_the_scripts_is_handed_to_them() -> None:
    for name in ("editor.js", "editor_marks.js", "editor_cards.js"):
        script = Path(UI / name).read_text(encoding="utf-8")
        for call in re.findall(r"\bsay\(\"((?:[^\"\\]|\\.)*)\"", script):
            assert call in editing.WORDS, f"{name}: {call}"
    for tab in DESKS:
        for name in ("pieces.js", *tab.SCRIPTS):
            script = Path(UI / name).read_text(encoding="utf-8")
            for call in re.findall(r"\b(?:say|button|labelled)\(\s*\"((?:[^\"\\]|\\.)*)\"", script):
                assert call in tab.WORDS, f"{name}: {call}"


def test_what_the_checks_of_a_glossary_say_is_in_the_catalogues() -> None:
    """Their texts come with values in them; the page looks for the text that each was made of."""
    entries = (
        Entry("a b", Kind.PLACE, (Term("en", ""), Term("en", "Ani"), Term("en", "Ani"))),
        Entry("none", Kind.PLACE, ()),
        Entry("", Kind.PLACE, (Term("en", "Garni"), Term("en", "Garny"))),
        Entry("c", Kind.PLACE, (
            Term("en", "Аni  x", variants=("Q", "Q", "Ω" "a")), Term("en", "Ani", styles=("none",)),
            Term("en", "Ani", Status.FORBIDDEN), Term("es", "cafe\u0301"),
        )),
        Entry("d", Kind.PLACE, (Term("en", "Ani", variants=("Q",)), Term("hy", "Անի"), Term("es", "Q"))),
        Entry("e", Kind.PLACE, (Term("en", "Q"),)),
        Entry("f", Kind.PERSON, (Term("en", "Akopyan"), Term("es", "Akopián"))),
        Entry("g", Kind.PERSON, (Term("en", "Akopian"), Term("es", "Akopyan"))),
    )  # fmt: skip
    found = lint(Glossary(entries), ["en", "es"])
    said = {text for one in found for text in (one.rule, one.what, one.mend)}
    said |= {text for entry in entries for fault in rules.faults(entry) for text in (fault.what, fault.way_out)}
    assert len({one.rule for one in found}) >= 8
    patterns = [re.sub(r"\\\{\w+\\\}", "(.*?)", re.escape(word)) for word in glossary.WORDS]
    assert [text for text in said if not any(re.fullmatch(pattern, text, re.DOTALL) for pattern in patterns)] == []


def test_the_browsers_wish_is_heard() -> None:
    assert likeliest("hy,en;q=0.8") == "hy"
    assert likeliest("de-DE,ru-RU;q=0.4,es;q=0.9") == "es"
    assert likeliest("de, es;q=0") == likeliest("") == likeliest(";;q=x") == "en"
    assert speaking("xx")("Translate") == "Translate"
