"""Checks of a glossary itself: each rule finds its defect, says how to mend it, and stays silent otherwise."""

import unicodedata
from dataclasses import replace

import pytest

from workbench.glossary import reading
from workbench.glossary.duplicates import Hearing
from workbench.glossary.lint import lint
from workbench.glossary.lookalikes import mended, mixture
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term, Type
from workbench.names.comparison import same_name
from workbench.names.keys import keys


def entry(id, *terms, **more):
    return Entry(id, Kind.PERSON, terms, **more)


def told(*entries, languages=()):
    return [(f.rule, f.entry, f.text, f.others) for f in lint(Glossary(entries), languages)]


def test_a_sound_glossary_has_no_findings():
    aliyev = entry("aliyev", Term("en", "Aliyev", variants=("Aliev",)), Term("ru", "Алиев"))
    short = entry("mirzoyan", Term("en", "Ararat Mirzoyan"), Term("en", "Mirzoyan", type=Type.SHORT))
    assert told(aliyev, short) == []


def test_a_form_in_two_entries_is_told_once_of_the_later_one():
    assert told(entry("a", Term("en", "Aliyev")), entry("b", Term("en", "ALIYEV"))) == [
        ("two entries", "b", "ALIYEV", ("a",))
    ]
    assert told(entry("a", Term("en", "A", variants=("X",))), entry("b", Term("en", "B", variants=("X",)))) == [
        ("two entries", "b", "X", ("a",))
    ]
    other_language = told(entry("a", Term("en", "Aliyev")), entry("b", Term("es", "Aliyev")))
    assert [rule for rule, *_ in other_language] == ["near duplicate"]


def test_capitals_keep_apart_what_asks_for_them():
    march = entry("march", Term("en", "March", exact_case=True))
    assert told(march, entry("walk", Term("en", "march"))) == []
    assert len(told(march, entry("walk", Term("en", "March")))) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_a_variant_that_is_the_name_of_another_should_go(order):
    pair = [entry("a", Term("en", "Aliyev", variants=("Aliev",))), entry("b", Term("en", "Aliev"))]
    assert told(*pair[::order]) == [("variant of another", "a", "Aliev", ("b",))]


def test_two_preferred_terms_of_a_type_are_told():
    two = entry("a", Term("en", "A"), Term("en", "B"), Term("en", "C", type=Type.SHORT), Term("es", "A"))
    (finding,) = lint(Glossary((two,)), ())
    assert (finding.rule, finding.text, finding.mend) == ("two preferred", "B", "mark one of them 'status: admitted'")


def test_what_is_forbidden_and_right_at_once_is_told():
    both = entry("a", Term("en", "Aliyev"), Term("en", "aliyev", Status.FORBIDDEN, type=Type.SHORT))
    assert told(both) == [("contradiction", "a", "aliyev", ())]


def test_letters_of_another_script_are_told_and_mended():
    (finding,) = lint(Glossary((entry("a", Term("en", "Ilham Аlіyev")),)), ())
    assert finding.rule == "mixed script"
    assert "cyrillic capital letter a" in finding.what
    assert finding.mend == "write 'Ilham Aliyev'"


@pytest.mark.parametrize(
    ("word", "strange", "better"),
    [
        ("Аlіyev", "Аі", "Aliyev"),
        ("Пaшинян", "a", "Пашинян"),
        ("Мирзоян", "", "Мирзоян"),
        ("IT-компания", "", "IT-компания"),
        ("Əliyev", "", "Əliyev"),
        ("Փաշինյան", "", "Փաշինյան"),
        ("Filipжn", "ж", ""),
        ("2020-ի", "", "2020-ի"),
    ],
)
def test_a_word_has_one_script(word, strange, better):
    assert (mixture(word), mended(word)) == (strange, better)


def test_untidy_texts_are_told():
    decomposed = unicodedata.normalize("NFD", "Pashinián")
    sloppy = entry("a", Term("es", decomposed), Term("en", " A"), note="two  spaces")
    assert [(f.what, f.mend) for f in lint(Glossary((sloppy,)), ())] == [
        ("not in NFC", "write 'Pashinián'"),
        ("a space too many", "write 'A'"),
        ("a space too many", "write 'two spaces'"),
    ]


def test_a_language_that_most_entries_have_is_missed_in_the_others():
    full = [entry(f"e{n}", Term("en", f"A{n}"), Term("ru", f"Б{n}")) for n in range(4)]
    poor = entry("poor", Term("en", "P"), Term("ru", "П", Status.FORBIDDEN))
    poorer = entry("poorer", Term("en", "R"))
    kept = entry("kept", Term("en", "K"), keep=True)
    findings = lint(Glossary((*full, poor, poorer, kept)))
    assert [(f.rule, f.entry, f.language) for f in findings] == []
    assert [(f.entry, f.language) for f in lint(Glossary((*full, poor)))] == [("poor", "ru")]
    assert [(f.entry, f.language) for f in lint(Glossary((poorer, kept)), ["en", "hy"])] == [("poorer", "hy")]


def test_regions_of_a_language_have_each_their_own_preferred_term_and_a_romanisation_is_nothing_to_write():
    colour = entry("a", Term("en", "Colour", tag="en-GB"), Term("en", "Color", tag="en-US"))
    assert told(colour, languages=["en"]) == []
    at_odds = entry("a", Term("en", "Gaol", tag="en-GB"), Term("en", "Gaol", Status.FORBIDDEN, tag="en-US"))
    assert told(at_odds) == []
    both = entry("a", Term("en", "Colour", tag="en-GB"), Term("en", "Color", tag="en-GB"))
    assert [rule for rule, *_ in told(both)] == ["two preferred"]
    romanised = entry("a", Term("hy", "Erevan", tag="hy-Latn-t-hy-m0-bgn"))
    assert [rule for rule, *_ in told(romanised, languages=["hy"])] == ["missing language"]


HEARING = Hearing(keys, lambda one, other: same_name(one, other).same)


def test_spellings_that_only_one_who_knows_names_hears_alike_are_near_duplicates():
    def near(*entries):
        return [(f.entry, f.text, f.others) for f in lint(Glossary(entries), (), HEARING)]

    hakobyan, akopyan = entry("a", Term("en", "Arman Hakobyan")), entry("b", Term("ru", "Арман Акопян"))
    assert lint(Glossary((hakobyan, akopyan)), ()) == []
    assert near(hakobyan, akopyan) == [("b", "Арман Акопян", ("a",))]
    assert near(hakobyan, replace(akopyan, kind=Kind.PLACE)) == []
    assert near(entry("a", Term("en", "Ilham Aliyev")), entry("b", Term("ru", "Ильхам Алиева"))) == []
    apart = replace(akopyan, terms=(*akopyan.terms, Term("en", "Arman Petrosyan")))
    assert near(hakobyan, apart) == []  # a language that both have tells them apart


def test_rejected_entries_are_left_out():
    assert told(entry("a", Term("en", "A")), entry("b", Term("en", "A"), review=Review.REJECTED)) == []
    assert len(told(entry("a", Term("en", "A")), entry("b", Term("en", "A"), review=Review.PROPOSED))) == 1


def test_an_unknown_style_of_a_term_is_told():
    assert told(entry("a", Term("en", "A", styles=("ian",)))) == [("unknown style", "a", "A", ())]


def test_the_bundled_glossary_lacks_nothing_but_some_languages():
    glossary = reading.load("south-caucasus")
    findings = lint(glossary)
    assert {finding.rule for finding in findings} <= {"missing language"}
    for finding in findings:
        assert glossary[finding.entry].preferred(finding.language) is None
    assert lint(glossary, ["en", "ru"]) == []
