"""Two entries made one and one made two: nothing that was said is lost, and one undo takes it back."""

from dataclasses import replace

import pytest

from workbench.errors import InputError, StoreError
from workbench.glossary import rules
from workbench.glossary.joining import merged, split
from workbench.glossary.model import Entry, Kind, Review, Status, Term, Type
from workbench.glossary.revisions import Conflict

ONE = Entry(
    "mirzoyan", Kind.PERSON,
    (
        Term("en", "Ararat Mirzoyan", variants=("Mirzojan", "Ararat Mirzoian")),
        Term("en", "A. Mirzoyan", Status.FORBIDDEN),
        Term("ru", "Арарат Мирзоян"),
    ),
    definition="A minister", note="n", sources=("un",), external=(("wikidata", "Q1"),),
)  # fmt: skip
OTHER = Entry(
    "mirzoian", Kind.PERSON,
    (
        Term("en", "Ararat Mirzoian"),
        Term("en", "A. Mirzoyan", Status.ADMITTED),
        Term("ru", "Арарат Мирзоян", variants=("Мирзоян А.",), forms=(("gen", "Арарата Мирзояна"),), gender="m"),
        Term("hy", "Արարատ Միրզոյան"),
        Term("en", "Mirzoian", type=Type.SHORT),
    ),
    gender="m", definition="Armenian politician", note="m", sources=("bbc", "un"),
)  # fmt: skip


def test_all_that_both_say_is_kept_and_the_first_is_right():
    whole = merged(ONE, OTHER)
    assert list(rules.faults(whole)) == []
    assert [(t.language, t.text, t.status.value) for t in whole.terms] == [
        ("en", "Ararat Mirzoyan", "preferred"),
        ("en", "A. Mirzoyan", "forbidden"),
        ("en", "Ararat Mirzoian", "admitted"),
        ("en", "Mirzoian", "preferred"),
        ("ru", "Арарат Мирзоян", "preferred"),
        ("hy", "Արարատ Միրզոյան", "preferred"),
    ]
    assert whole.terms[0].variants == ("Mirzojan",)  # the other variant is a term now
    russian = whole.terms[4]
    assert (russian.variants, russian.forms, russian.gender) == (
        ("Мирзоян А.",), (("gen", "Арарата Мирзояна"),), "m"
    )  # fmt: skip
    assert (whole.id, whole.gender, whole.definition) == ("mirzoyan", "m", "A minister")
    assert (whole.note, whole.sources) == ("n; m; Armenian politician", ("un", "bbc"))


def test_what_one_forbids_the_other_does_not_bring_back():
    with_wrong = replace(ONE, terms=(Term("en", "Ararat Mirzoyan"),))
    forbidding = replace(OTHER, terms=(Term("en", "ararat mirzoyan", Status.FORBIDDEN),))
    assert merged(with_wrong, forbidding).terms == with_wrong.terms


def test_an_approved_entry_stays_approved():
    proposal = replace(OTHER, review=Review.PROPOSED)
    assert merged(ONE, proposal).approved and merged(proposal, ONE).approved


def test_a_split_leaves_both_with_a_preferred_form():
    entry = Entry(
        "georgia", Kind.PLACE, (Term("en", "Georgia"), Term("en", "Peach State", Status.ADMITTED), Term("ru", "Грузия"))
    )
    rest, new = split(entry, "georgia-us", {entry.terms[1]}, {entry.terms[0]})
    assert [(t.text, t.status.value) for t in rest.terms] == [("Georgia", "preferred"), ("Грузия", "preferred")]
    assert [(t.text, t.status.value) for t in new.terms] == [("Georgia", "preferred"), ("Peach State", "admitted")]
    alone = split(entry, "peach", {entry.terms[1]})[1]
    assert alone.terms == (Term("en", "Peach State"),)
    with pytest.raises(InputError, match="'georgia' would have no term"):
        split(entry, "x", set(entry.terms))


def test_a_merge_is_one_change_and_the_old_id_still_leads_there(store):
    store.put([ONE, OTHER], "anna")
    assert store.merge("mirzoyan", "mirzoian", "bob", "one person") == 2
    assert [entry.id for entry in store.glossary().entries] == ["mirzoyan"]
    assert store.resolve("mirzoian") == "mirzoyan"
    assert store.get("mirzoian").entry == merged(ONE, OTHER)
    assert store.find(["mirzoian"])["mirzoian"].heir == "mirzoyan"
    assert store.merge("mirzoyan", "mirzoian", "bob") == 2
    assert store.log(1)[0].what == "merge" and store.log(1)[0].size == 2
    assert store.history("mirzoian")[-1].heir == "mirzoyan"
    assert [hit.matched for hit in store.search("Միրզոյան")] == ["Արարատ Միրզոյան"]


def test_a_chain_of_merges_leads_to_its_end(store):
    store.put([ONE, OTHER, Entry("m", Kind.PERSON, (Term("en", "M"),))], "anna")
    store.merge("mirzoian", "m", "bob")
    store.merge("mirzoyan", "mirzoian", "bob")
    assert store.resolve("m") == "mirzoyan" == store.get("m").entry.id


def test_undo_takes_both_back_and_restore_ends_the_alias(store):
    store.put([ONE, OTHER], "anna")
    store.merge("mirzoyan", "mirzoian", "bob")
    store.undo(2, "anna")
    assert store.glossary().entries == (ONE, OTHER)
    assert store.resolve("mirzoian") == "mirzoian"
    store.undo(3, "anna")
    assert store.resolve("mirzoian") == "mirzoyan"
    store.restore("mirzoian", "anna")
    assert (store.resolve("mirzoian"), store.get("mirzoian").entry) == ("mirzoian", OTHER)


def test_a_merge_on_an_old_revision_or_with_what_is_not_there_is_refused(store):
    store.put([ONE, OTHER], "anna")
    store.put([replace(OTHER, note="later")], "carl")
    with pytest.raises(Conflict):
        store.merge("mirzoyan", "mirzoian", "bob", base=1)
    with pytest.raises(StoreError, match="no entry 'nobody'"):
        store.merge("mirzoyan", "nobody", "bob")
    with pytest.raises(StoreError, match="with itself"):
        store.merge("mirzoyan", "mirzoyan", "bob")
    store.retire("mirzoian", "bob")
    with pytest.raises(StoreError, match="'mirzoian' is in the trash"):
        store.merge("mirzoyan", "mirzoian", "bob")


def test_a_split_is_one_change(store):
    store.put([OTHER], "anna")
    rest, new = split(OTHER, "mirzoian-2", {OTHER.terms[3]})
    assert store.split("mirzoian", new, rest, "bob") == 2
    assert store.split("mirzoian", new, rest, "bob") == 2
    assert store.glossary().entries == (rest, new)
    store.put([ONE], "anna")
    with pytest.raises(StoreError, match="there is an entry 'mirzoyan' already"):
        store.split("mirzoian", replace(new, id="mirzoyan"), rest, "bob")
    store.undo(2, "anna")
    assert store.glossary()["mirzoian"] == OTHER and "mirzoian-2" not in store.glossary().by_id


def test_a_spelling_of_another_region_is_another_term():
    british = Entry("a", terms=(Term("en", "gaol", tag="en-GB"), Term("en", "jail", Status.FORBIDDEN, tag="en-GB")))
    american = Entry("b", terms=(Term("en", "jail", tag="en-US"), Term("en", "gaol", Status.FORBIDDEN, tag="en-US")))
    assert merged(british, american).terms == (*british.terms, *american.terms)
