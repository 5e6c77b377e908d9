"""Finding terms: every writing of a name, and no near name."""

import pytest

from workbench.glossary.model import Entry, Glossary, Kind, Term
from workbench.matching.matcher import How, Matcher


def found(glossary, language, text):
    return [(m.text, m.entry.id, m.how.value) for m in Matcher(glossary, language).find(text)]


@pytest.mark.parametrize(
    ("language", "text", "entry", "how"),
    [
        ("en", "Mirzoian", "mirzoyan", "exact"),
        ("en", "MIRZOYAN", "mirzoyan", "exact"),
        ("en", "mirzoyan", "mirzoyan", "exact"),
        ("en", "Mirzojan", "mirzoyan", "variant"),
        ("en", "Mirzoián", "mirzoyan", "folded"),
        ("en", "Ararat\u00a0Mirzoyan", "mirzoyan", "exact"),
        ("en", "Mirzo\u200byan", "mirzoyan", "exact"),
        ("ru", "Мирзояна", "mirzoyan", "inflected"),
        ("ru", "Араратом Мирзояном", "mirzoyan", "inflected"),
        ("ru", "прекращения огня", "ceasefire", "inflected"),
        ("hy", "Միրզոյանին", "mirzoyan", "inflected"),
        ("hy", "Փաշինյա՞նը", "pashinyan", "inflected"),
        ("az", "Paşinyanın", "pashinyan", "inflected"),
        ("az", "Pasinyan", "pashinyan", "folded"),
        ("en", "cease-fire", "ceasefire", "exact"),
        ("en", "Ceasefires", "ceasefire", "inflected"),
        ("en", "Alma Ata Declaration", "declaration", "exact"),
        ("en", "Alma Ata» Declaration", "declaration", "exact"),
        ("en", "Nagorno Karabakh", "karabakh", "exact"),
        ("es", "armenias", "armenian", "inflected"),
    ],
)
def test_a_writing_is_recognised(glossary, language, text, entry, how):
    assert found(glossary, language, text) == [(text, entry, how)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Mirzoev"), ("en", "Pashayan"), ("en", "Mirzakhanyan"), ("en", "Mirzoyants"), ("ru", "Мирзоева"),
     ("ru", "Пашаяна"), ("en", "Alma, Ata"), ("en", "us"), ("en", "Karabakhi"), ("hy", "Միրզաբեկյան")],
)  # fmt: skip
def test_a_near_name_is_not(glossary, language, text):
    assert found(glossary, language, text) == []


def test_the_longest_match_wins_and_nested_ones_are_kept(glossary):
    matcher = Matcher(glossary, "en")
    assert [m.entry.id for m in matcher.find("the Alma-Ata Declaration")] == ["declaration"]
    assert [(a.entry.id, b.entry.id) for a, b in matcher.nested("the Alma-Ata Declaration")] == [
        ("alma-ata", "declaration")
    ]


def test_the_dot_of_an_abbreviation_belongs_to_it_but_not_the_end_of_a_sentence(glossary):
    matcher = Matcher(glossary, "en")
    assert [m.text for m in matcher.find("a U.S. envoy of the U.S.")] == ["U.S.", "U.S"]


def test_capitals_tell_a_country_from_an_adjective(glossary):
    matcher = Matcher(glossary, "es")
    assert [m.entry.id for m in matcher.find("la delegación armenia de Armenia")] == ["armenian", "armenia"]


def test_a_short_common_word_may_begin_a_sentence_and_an_abbreviation_keeps_its_case():
    from workbench.glossary.model import Entry, Glossary, Term

    both = Glossary((Entry("add", terms=(Term("en", "add"),)), Entry("eu", terms=(Term("en", "EU"),))))
    assert [m.entry.id for m in Matcher(both, "en").find("Add it to the EU, eu, Eu and ADD")] == ["add", "eu"]


def test_a_form_in_two_entries_is_reported_as_ambiguous():
    from workbench.glossary.model import Entry, Glossary, Kind, Term

    both = Glossary(
        (Entry("a", Kind.PLACE, (Term("en", "Georgia"),)), Entry("b", Kind.PLACE, (Term("en", "Georgia"),)))
    )
    (match,) = Matcher(both, "en").find("in Georgia")
    assert {match.entry.id, *match.others} == {"a", "b"}


def test_places_are_those_of_the_text(glossary):
    text = "и в 1991 г. Никол, а не ՄԻՐԶՈՅԱՆ İ, Мирзояном — «Paşinyan'dan»"
    for language in ("ru", "hy", "az"):
        for match in Matcher(glossary, language).all(text):
            assert match.span.of(text) == match.text


def test_only_the_written_form_counts_as_written(glossary):
    matcher = Matcher(glossary, "es")
    wanted = glossary["pashinyan"].preferred("es")
    written = {m.text: matcher.writes(m, wanted) for m in matcher.claims("Pashinián, Pashinyan, pashinián, PASHINIÁN")}
    assert written == {"Pashinián": True, "Pashinyan": False, "pashinián": False, "PASHINIÁN": True}


def test_how_is_ordered_by_trust():
    assert list(How) == [How.EXACT, How.INFLECTED, How.VARIANT, How.FOLDED, How.FUZZY]


@pytest.mark.parametrize("size", [1, 2_001])  # one tree, an automaton
def test_a_romanisation_is_no_form_of_its_language(size):
    romanised = Term("hy", "Erevan", tag="hy-Latn-t-hy-m0-bgn")
    others = (Entry(f"e{n}", terms=(Term("hy", f"բառ{n}"),)) for n in range(1, size))
    glossary = Glossary((Entry("yerevan", Kind.PLACE, (romanised, Term("hy", "Երևան"))), *others))
    assert found(glossary, "hy", "Erevan, Երևան") == [("Երևան", "yerevan", "exact")]
