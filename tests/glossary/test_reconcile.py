"""Three versions of an entry: what one side changed is taken, what both changed is told."""

from dataclasses import replace

import pytest

from workbench.glossary.model import Entry, Kind, Status, Term
from workbench.glossary.reconcile import reconcile

EN, RU = Term("en", "Yerevan", variants=("Erevan",)), Term("ru", "Ереван")
BASE = Entry("yerevan", Kind.PLACE, (EN, RU), note="n", sources=("un",))


def test_changes_of_different_fields_are_joined():
    theirs = replace(BASE, note="theirs", terms=(replace(EN, variants=("Erevan", "Jerevan")), RU))
    mine = replace(BASE, subject="cities", terms=(replace(EN, variants=(), gender="f"), RU, Term("es", "Ereván")))
    made = reconcile(BASE, theirs, mine)
    assert made.contests == ()
    assert made.entry == replace(
        BASE, note="theirs", subject="cities",
        terms=(replace(EN, variants=("Jerevan",), gender="f"), RU, Term("es", "Ereván")),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("theirs", "mine", "place"),
    [
        (replace(BASE, note="a"), replace(BASE, note="b"), "note"),
        (
            replace(BASE, terms=(replace(EN, note="a"), RU)),
            replace(BASE, terms=(replace(EN, note="b"), RU)),
            "en Yerevan: note",
        ),
        (replace(BASE, terms=(RU,)), replace(BASE, terms=(replace(EN, note="b"), RU)), "en Yerevan"),
        (None, replace(BASE, note="b"), "entry"),
        (replace(BASE, note="b"), None, "entry"),
    ],
)
def test_what_both_changed_is_contested_and_theirs_stays(theirs, mine, place):
    made = reconcile(BASE, theirs, mine)
    assert ([contest.place for contest in made.contests], made.entry) == ([place], theirs)


def test_two_preferred_forms_are_contested_though_the_terms_differ():
    admitted = replace(EN, status=Status.ADMITTED)
    theirs = replace(BASE, terms=(admitted, RU, Term("en", "Erevan")))
    mine = replace(BASE, terms=(admitted, RU, Term("en", "Jerevan")))
    (contest,) = reconcile(BASE, theirs, mine).contests
    assert "two preferred" in contest.place


@pytest.mark.parametrize("one", [BASE, None])
def test_when_one_side_changed_nothing_the_other_counts(one):
    changed = replace(BASE, note="x")
    assert reconcile(one, one, changed).entry == reconcile(one, changed, one).entry == changed
    assert reconcile(one, changed, changed) == reconcile(one, changed, one)
    assert reconcile(BASE, None, BASE).entry is None


def test_an_entry_that_both_added_is_joined_where_they_agree():
    made = reconcile(None, BASE, replace(BASE, terms=(EN, RU, Term("es", "Ereván"))))
    assert made.contests == () and len(made.entry.terms) == 3
