"""Entries and their states: who counts in the work, which form a house style takes."""

from dataclasses import replace

import pytest

from workbench.checking.checks import check
from workbench.enforcement.demands import Terms
from workbench.glossary import rules
from workbench.glossary.model import Entry, Glossary, Kind, Preference, Review, Status, Style, Term, merged
from workbench.matching.matcher import Matcher

YEREVAN = Entry("yerevan", Kind.PLACE, (Term("en", "Yerevan"), Term("es", "Ereván")))


def with_review(review):
    return Glossary((replace(YEREVAN, review=review),))


def test_only_approved_entries_are_matched():
    found = {review: len(Matcher(with_review(review), "en").find("In Yerevan.")) for review in Review}
    assert found == {Review.PROPOSED: 0, Review.APPROVED: 1, Review.REJECTED: 0}


def test_a_proposal_leaves_the_fingerprint_as_it_was():
    assert with_review(Review.PROPOSED).fingerprint == Glossary().fingerprint
    assert with_review(Review.APPROVED).fingerprint != Glossary().fingerprint


def test_a_superseded_form_is_understood_in_a_source_and_reported_in_a_target():
    entry = Entry(
        "gyumri",
        Kind.PLACE,
        (
            Term("en", "Gyumri"),
            Term("en", "Leninakan", Status.SUPERSEDED),
            Term("es", "Gyumri"),
            Term("es", "Leninakán", Status.SUPERSEDED),
        ),
    )
    terms = Terms(Glossary((entry,)), "en", "es")
    assert terms.demands("In Leninakan.")[0].wanted[0] == "Gyumri"
    assert [f.kind for f in check("In Leninakan.", "En Leninakán.", terms)] == ["deprecated"]


def test_a_term_that_names_the_style_is_chosen_before_a_rule():
    terms = (
        Term("en", "Petrosyan"),
        Term("en", "Petrossian", Status.ADMITTED, styles=("wire",)),
        Term("en", "Petrosian", Status.ADMITTED),
        Term("en", "Petrozian", Status.FORBIDDEN, styles=("wire",)),
    )
    style = Style("wire", (Preference("en", "osian$"),))
    applied = style.applied(Entry("p", Kind.PERSON, terms))
    assert [t.status.value for t in applied.terms] == ["admitted", "preferred", "admitted", "forbidden"]
    assert Style("other").applied(Entry("p", Kind.PERSON, terms)).terms == terms


@pytest.mark.parametrize(("review", "found"), [(Review.PROPOSED, 1), (Review.APPROVED, 1), (Review.REJECTED, 0)])
def test_a_proposal_does_not_hide_what_is_approved_elsewhere(review, found):
    whole = merged([Glossary((YEREVAN,)), with_review(review)])
    assert len(Matcher(whole, "en").find("In Yerevan.")) == found


def test_merged_glossaries_keep_the_credits_of_all():
    one, two = Glossary((YEREVAN,), sources=(("un", "UN"),)), Glossary(sources=(("gov", "sites"),))
    assert merged([one, two]).sources == (("un", "UN"), ("gov", "sites"))


def test_the_form_to_write_is_one_for_all_regions_before_that_of_one_and_never_a_romanisation():
    british, anywhere = Term("en", "colour", tag="en-GB"), Term("en", "color")
    latin, armenian = Term("hy", "Erevan", tag="hy-Latn-t-hy-m0-bgn"), Term("hy", "Երևան", Status.ADMITTED)
    entry = Entry("a", terms=(british, anywhere, latin, armenian))
    assert entry.preferred("en") is anywhere
    assert Entry("a", terms=(british,)).preferred("en") is british
    assert entry.preferred("hy") is armenian
    assert Entry("a", terms=(latin,)).preferred("hy") is None
    assert list(rules.faults(entry)) == []
