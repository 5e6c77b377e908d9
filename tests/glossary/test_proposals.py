"""A proposal waits beside what is approved, which stays in use until somebody decides; on SQLite and PostgreSQL."""

from dataclasses import replace

import pytest

from workbench.errors import StoreError
from workbench.glossary import importing
from workbench.glossary.finding import Filter
from workbench.glossary.importing import Verdict
from workbench.glossary.model import Entry, Kind, Review, Term
from workbench.matching.matcher import Matcher

APPROVED = Entry("yerevan", Kind.PLACE, (Term("en", "Yerevan"), Term("ru", "Ереван")))
PROPOSED = replace(APPROVED, terms=(Term("en", "Erevan"), Term("ru", "Ереван")), review=Review.PROPOSED)


@pytest.fixture
def waiting(store):
    """Approved at revision 1, with a proposal over it at revision 2."""
    store.put([APPROVED], "anna")
    assert store.put([PROPOSED], "bob", base=1) == 2
    return store


def test_what_is_approved_stays_in_use(waiting):
    assert waiting.glossary().entries == (APPROVED,)
    assert waiting.glossary().fingerprint == waiting.glossary(1).fingerprint
    assert len(Matcher(waiting.glossary(), "en").find("In Yerevan")) == 1
    here = waiting.get("yerevan")
    assert (here.entry, here.proposal) == (APPROVED, PROPOSED)
    assert waiting.put([PROPOSED], "bob") == 2


def test_a_proposal_on_a_proposal_still_leaves_it_in_use(waiting):
    waiting.put([replace(PROPOSED, note="better")], "carl")
    assert waiting.glossary().entries == (APPROVED,)
    assert waiting.get("yerevan").proposal.note == "better"


def test_an_approved_proposal_replaces_it(waiting):
    assert waiting.review("yerevan", Review.APPROVED, "anna") == 3
    assert waiting.glossary().entries == (replace(PROPOSED, review=Review.APPROVED),)
    assert waiting.get("yerevan").proposal is None
    assert waiting.glossary(2).entries == (APPROVED,)
    waiting.undo(3, "anna")
    assert (waiting.glossary().entries, waiting.get("yerevan").proposal) == ((APPROVED,), PROPOSED)


def test_a_rejected_proposal_leaves_it_and_rejecting_twice_changes_nothing(waiting):
    assert waiting.review("yerevan", Review.REJECTED, "anna") == 3
    assert waiting.review("yerevan", Review.REJECTED, "anna") == 3
    assert waiting.glossary().entries == (APPROVED,)
    assert waiting.search("", Filter(review=Review.PROPOSED)) == []
    assert [change.entry.review.value for change in waiting.history("yerevan")] == ["approved", "proposed", "rejected"]


def test_an_approved_entry_that_is_rejected_is_no_longer_used(store):
    store.put([APPROVED], "anna")
    store.review("yerevan", Review.REJECTED, "anna")
    assert not store.glossary()["yerevan"].approved
    store.put([PROPOSED], "bob")
    assert store.glossary().entries == (PROPOSED,)


def test_proposing_again_takes_nothing_out_of_use(store):
    store.put([APPROVED], "anna")
    assert store.review("yerevan", Review.PROPOSED, "bob") == 2
    assert store.review("yerevan", Review.PROPOSED, "bob") == 2
    assert store.glossary().entries == (APPROVED,)
    assert len(store.search("", Filter(review=Review.PROPOSED))) == 1


def test_both_versions_are_found_and_both_are_told(waiting):
    (hit,) = waiting.search("Erevan")
    assert (hit.entry, hit.proposal, hit.matched) == (APPROVED, PROPOSED, "Erevan")
    assert waiting.search("Yerevan")[0].matched == "Yerevan"
    for review in (Review.PROPOSED, Review.APPROVED):
        assert [hit.entry.id for hit in waiting.search("", Filter(review=review))] == ["yerevan"]
    waiting.review("yerevan", Review.APPROVED, "anna")
    assert waiting.search("", Filter(review=Review.PROPOSED)) == []


def test_a_change_by_an_editor_passes_the_proposal_by_and_keeps_it_in_the_history(waiting):
    waiting.put([replace(APPROVED, note="x")], "anna", base=2)
    assert (waiting.get("yerevan").proposal, waiting.glossary()["yerevan"].note) == (None, "x")
    assert waiting.history("yerevan")[1].entry == PROPOSED


def test_a_retired_entry_has_nothing_in_use(waiting):
    waiting.retire("yerevan", "anna")
    assert waiting.glossary().entries == ()
    waiting.restore("yerevan", "anna")
    assert waiting.glossary().entries == (APPROVED,)


def test_entries_with_a_proposal_are_not_joined_before_it_is_decided(waiting):
    waiting.put([Entry("erevan", Kind.PLACE, (Term("en", "Erivan"),))], "anna")
    with pytest.raises(StoreError, match="a proposal waits on 'yerevan'; approve or reject it first"):
        waiting.merge("erevan", "yerevan", "anna")


def test_an_import_over_a_proposal_that_waits_says_so(waiting):
    row = importing.preview(waiting, [replace(APPROVED, note="capital")]).rows[0]
    assert (row.verdict, row.reason) == (Verdict.CHANGED, importing.WAITS)
    waiting.review("yerevan", Review.REJECTED, "anna")
    assert importing.preview(waiting, [replace(APPROVED, note="capital")]).rows[0].reason == ""
