"""The automaton of a large glossary finds what the tree of a small one finds, and is kept on the disk."""

import random

import numpy as np
import pytest

from workbench.glossary import shelf
from workbench.glossary.model import Entry, Glossary, Kind, Term
from workbench.matching import forms, roots
from workbench.matching.automaton import Automaton, written
from workbench.matching.matcher import Matcher
from workbench.morphology import inflection
from workbench.text import Words, key, weak_key
from workbench.workbench import Workbench

LANGUAGES = ("en", "es", "ru", "hy", "az", "ka", "uk", "de", "fr", "zh")
ODD = Glossary(
    (
        Entry("rb", Kind.PERSON, (Term("de", "Foo Nr."), Term("ru", "Салтыков-Щедрин"), Term("uk", "Лесь Курбас"))),
        Entry("ff", Kind.TERM, (Term("en", "cease-fire"), Term("es", "camión"), Term("fr", "château"))),
        Entry("bj", Kind.PLACE, (Term("zh", "北京"), Term("en", "C++"), Term("en", "...")), keep=True),
        Entry("yo", Kind.PERSON, (Term("ru", "Пётр Алёшин", variants=("Петр Олёшин", "Петра")), Term("en", "Ålesund"))),
        Entry("dup", Kind.PERSON, (Term("en", "Cease Fire"), Term("ru", "Алешин", forms=(("gen", "Алешина"),)))),
        Entry("end", Kind.TERM, (Term("ru", "прекращение огня"), Term("es", "voz"), Term("en", "Armenian city"))),
    )
)


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    return tmp_path / "glossaries"


def both(monkeypatch, glossary, language):
    few = Matcher(glossary, language)
    monkeypatch.setattr(roots, "FEW", -1)
    return few, Matcher(glossary, language)


def texts(glossary, language, count, seed=5):
    """Sentences of listed forms in many cases, with endings put on and letters changed, hyphens and noise between."""
    chance = random.Random(seed)
    known = [
        form
        for entry in glossary.entries
        for term in entry.terms
        for form in (*(f.text for f in forms.forms(entry, term)), *term.variants)
        if term.language == language or entry.keep
    ]
    for _ in range(count):
        parts = []
        for form in chance.choices(known, k=5):
            spoilt = chance.choice((str, str, str, str.upper, str.lower, str.title, weak_key))(form)
            spoilt += chance.choice(("", "", "", "", "s", "а", "ին", "dan", "ის", "."))
            cut = chance.randrange(1, len(spoilt) + 1) if chance.random() < 0.1 else 0
            spoilt = spoilt[:cut] + chance.choice("xя-") + spoilt[cut:] if cut else spoilt
            parts.append(spoilt.replace(" ", "-") if chance.random() < 0.1 else spoilt)
        between = (" ", " ", "-", ", ", " of ", " и ", "–", "", " – ", "\n", " \n\n", " «", ". ", "... ", " - « ", "՝ ")
        yield "".join(part.replace(" ", chance.choice(between[-7:])) if chance.random() < 0.1 else part
                      for part in (part + chance.choice(between) for part in parts))  # fmt: skip


def everywhere(matcher, text):
    """What is found when every word is looked at in the whole text, and nothing is remembered."""
    said = Words(text)
    return [
        match
        for start in range(len(said))
        for group in matcher._from(said, start, matcher._roots.at(said, start))
        for match in group
    ]


@pytest.mark.parametrize(
    ("glossary", "language"), [*(("odd", code) for code in LANGUAGES), *(("bundled", code) for code in LANGUAGES[:6])]
)
def test_an_automaton_finds_what_a_tree_finds(monkeypatch, glossary, language):
    glossary = ODD if glossary == "odd" else Workbench().glossary()
    few, many = both(monkeypatch, glossary, language)
    hits = 0
    for text in texts(glossary, language, 60):
        assert many.claims(text) == few.claims(text), text
        assert many.find(text) == few.find(text), text
        assert many.claims(text) == everywhere(many, text) == everywhere(few, text), text
        hits += len(few.claims(text))
    assert hits > 40


@pytest.mark.parametrize("language", ["ru", "uk", "de", "en", "es", "fr"])
def test_every_form_that_a_rule_gives_leads_back_to_its_base(language):
    terms = [
        (e, t) for g in (ODD, Workbench().glossary()) for e in g.entries for t in e.terms if t.language == language
    ]
    words = {word for _, term in terms for word in term.text.split(" ") if word.isalpha()}
    words |= {
        "Толстой",
        "Ильич",
        "Гоголь",
        "Ольга",
        "Мария",
        "Заря",
        "Шевченко",
        "city",
        "box",
        "voz",
        "nación",
        "capitán",
    }
    given = 0
    for word in words:
        made = [f for gender in ("m", "f") for f in inflection.name_forms(word, language, gender)]
        for pos in ("noun", "adjective"):
            made += inflection.term_forms(word, language, pos, "")
        for _, form in made:
            given += 1
            base = weak_key(word)
            assert weak_key(key(form)) == base or base in inflection.bases(weak_key(form), language), (word, form)
    assert given > 10


def test_it_is_built_once_and_then_opened(monkeypatch, cache):
    monkeypatch.setattr(roots, "FEW", -1)
    glossary = Workbench().glossary()
    first = Matcher(glossary, "en").find("In Yerevan, Mirzoyan spoke")
    (folder,) = cache.glob("*/automaton-*-en")
    assert folder.parent.name == shelf.content(glossary.entries)
    monkeypatch.setattr(Automaton, "built", None)
    assert Matcher(glossary, "en").find("In Yerevan, Mirzoyan spoke") == first != []


@pytest.mark.parametrize("harm", ["cut", "gone", "other"])
def test_a_damaged_automaton_is_built_anew(monkeypatch, cache, harm):
    monkeypatch.setattr(roots, "FEW", -1)
    glossary = Workbench().glossary()
    first = Matcher(glossary, "en").find("In Yerevan, Mirzoyan spoke")
    (word,) = cache.glob("*/automaton-*-en/word.npy")
    if harm == "cut":
        word.write_bytes(word.read_bytes()[:-5])
    elif harm == "gone":
        word.unlink()
    else:
        np.save(word, np.zeros(3, np.float64))
    assert Matcher(glossary, "en").find("In Yerevan, Mirzoyan spoke") == first != []
    monkeypatch.setattr(Automaton, "built", None)
    assert Matcher(glossary, "en").find("In Yerevan, Mirzoyan spoke") == first


def test_a_folder_that_cannot_be_written_is_told(monkeypatch, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr(roots, "FEW", -1)
    assert Matcher(ODD, "ru").find("о Петре Алешине")
    assert "the automaton is not kept" in caplog.text


def test_an_automaton_of_nothing_finds_nothing():
    empty = Automaton.built(written((), "en"), "en")
    assert empty.number("x") == -1 and empty.follow(0, 0) == 0 and empty.ends(0) == []
