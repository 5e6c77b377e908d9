"""What a sentence demands, and which forms may answer."""

from workbench.enforcement.demands import Terms
from workbench.glossary.model import Entry, Glossary, Kind, Term, Type


def wanted(terms, sentence):
    return [demand.wanted for demand in terms.demands(sentence)]


def test_the_number_of_the_source_chooses_the_number_of_the_target(en_es):
    assert wanted(en_es, "a ceasefire") == [("alto el fuego",)]
    assert wanted(en_es, "two ceasefires") == [("altos el fuego",)]


def test_an_adjective_may_take_any_form(en_es):
    assert set(wanted(en_es, "the Armenian side")[0]) == {"armenio", "armenia", "armenios", "armenias"}


def test_a_short_name_asks_for_the_short_form(en_es):
    assert wanted(en_es, "Ararat Mirzoian and Mirzoian") == [("Ararat Mirzoyán",), ("Mirzoyán",)]


def test_an_abbreviation_may_be_written_out(en_es):
    (demand,) = en_es.demands("a U.S. envoy")
    assert demand.wanted == ("EE. UU.",)
    assert [term.text for term in demand.terms] == ["EE. UU.", "Estados Unidos"]


def test_an_entry_that_the_target_lacks_asks_nothing():
    one = Glossary((Entry("a", Kind.PERSON, (Term("en", "Alpha", type=Type.FULL),)),))
    assert Terms(one, "en", "es").demands("Alpha came") == []


def test_a_russian_name_may_stand_in_any_case(glossary):
    terms = Terms(glossary, "en", "ru")
    assert "Мирзояном" in wanted(terms, "with Mirzoyan")[0]
