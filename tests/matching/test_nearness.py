"""Near spellings are suggested, and never asked for."""

import pytest

from workbench.checking.checks import check
from workbench.enforcement.demands import Terms
from workbench.glossary.model import Entry, Glossary, Kind, Term
from workbench.matching import roots
from workbench.matching.matcher import How, Matcher
from workbench.workbench import Workbench

GLOSSARY = Glossary(
    (
        Entry("mirzoyan", Kind.PERSON, (Term("en", "Mirzoyan", fuzzy=True), Term("es", "Mirzoyán"))),
        Entry("ararat", Kind.PERSON, (Term("en", "Ararat Mirzoyan", fuzzy=True), Term("ru", "Мирзоян", fuzzy=True))),
        Entry("strict", Kind.PERSON, (Term("en", "Pashinyan"), Term("es", "Pashinián"))),
        Entry("armistice", Kind.TERM, (Term("en", "armistice", fuzzy=True),)),
        Entry("ani", Kind.PLACE, (Term("en", "Ani", fuzzy=True),)),
    )
)


@pytest.fixture(params=["tree", "automaton"])
def matcher(request, monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    if request.param == "automaton":
        monkeypatch.setattr(roots, "FEW", -1)
    return lambda language: Matcher(GLOSSARY, language)


@pytest.mark.parametrize(
    ("language", "text", "entry"),
    [
        ("en", "Mirzojan", "mirzoyan"),
        ("en", "Mirzoyann", "mirzoyan"),
        ("en", "Mirzayan", "mirzoyan"),
        ("en", "Ararat Mirzoian", "ararat"),
        ("en", "the armistise of", "armistice"),
        ("ru", "с Мирзояаном", "ararat"),
    ],
)
def test_a_near_spelling_is_suggested(matcher, language, text, entry):
    near = matcher(language).near(text)
    assert [(m.entry.id, m.how) for m in near] == [(entry, How.FUZZY)]
    assert near[0].span.of(text) == near[0].text
    assert matcher(language).find(text) == matcher(language).claims(text) == []


@pytest.mark.parametrize("text", ["Mirzoyan", "Mirzoev", "mirzojan", "Mirzakhanyan", "Pashinjan", "Ana", "Marzo", ""])
def test_what_is_found_or_far_or_not_allowed_is_not_suggested(matcher, text):
    assert matcher("en").near(text) == []


def test_two_entries_that_are_as_near_are_both_told():
    both = Glossary(tuple(Entry(id, Kind.PLACE, (Term("en", "Georgia", fuzzy=True),)) for id in ("a", "b")))
    (match,) = Matcher(both, "en").near("in Georgya")
    assert {match.entry.id, *match.others} == {"a", "b"}


def test_a_near_spelling_asks_nothing_and_is_shown(tmp_path):
    terms = Terms(GLOSSARY, "en", "es")
    assert terms.demands("Mirzojan came") == []
    assert check("Mirzojan came", "Vino otra persona", terms) == []
    path = tmp_path / "g.yaml"
    path.write_text("name: g\nentries:\n- {id: a, kind: person, terms: {en: [{text: Mirzoyan, fuzzy: true}]}}\n")
    shown = Workbench().show("Mirzojan and Mirzoyan", "en", [path])
    assert [(m.text, m.how) for m in shown] == [("Mirzojan", How.FUZZY), ("Mirzoyan", How.EXACT)]
