"""The store: revisions, conflicts, trash, undo, the past; on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from workbench.errors import StoreError
from workbench.glossary import reading
from workbench.glossary.finding import Filter
from workbench.glossary.formats import yaml_tree
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Style, Term, Type
from workbench.glossary.revisions import Conflict
from workbench.glossary.store import Store

YEREVAN = Entry("yerevan", Kind.PLACE, (Term("en", "Yerevan"), Term("ru", "Ереван"), Term("hy", "Երևան")))
GYUMRI = Entry("gyumri", Kind.PLACE, (Term("en", "Gyumri"), Term("en", "Leninakan", Status.SUPERSEDED)))
MINE = replace(YEREVAN, note="mine")
THEIRS = replace(YEREVAN, note="theirs")


@pytest.fixture
def filled(store):
    """With two entries, at revision 1."""
    store.put([YEREVAN, GYUMRI], "anna", "first")
    return store


def ids(store, at=None):
    return [entry.id for entry in store.glossary(at).entries]


def test_what_is_put_is_read_back_with_every_field(store, full):
    glossary = yaml_tree.read(full)
    assert store.put(glossary.entries, "anna", about=glossary) == 1
    assert store.glossary() == glossary
    assert Store(str(store.database.url.render_as_string(hide_password=False))).glossary() == glossary


def test_the_bundled_glossary_comes_back_in_its_order(store):
    glossary = reading.load("south-caucasus")
    store.put(glossary.entries, "anna", about=glossary)
    assert store.glossary() == glossary
    assert store.glossary().fingerprint == glossary.fingerprint


def test_an_empty_store_is_an_empty_glossary(store):
    assert (store.revision(), store.glossary(), store.log(), store.search("x")) == (0, Glossary(), [], [])


def test_a_change_says_who_when_and_why(filled):
    before = datetime.now(timezone.utc) - timedelta(minutes=1)
    filled.put([MINE], " bob ", "a\nnote")
    (revision, _) = filled.log()
    assert (revision.number, revision.author, revision.why, revision.what) == (2, "bob", "a note", "put")
    assert (revision.size, revision.undoes) == (1, None)
    assert before < revision.at < before + timedelta(minutes=2)


def test_putting_the_same_again_makes_no_revision(filled):
    assert filled.put([YEREVAN, GYUMRI], "bob") == 1
    assert len(filled.log()) == 1


def test_one_bad_entry_keeps_all_others_out(filled):
    for bad in (
        Entry("x"),
        Entry("", terms=(Term("en", "A"),)),
        Entry("x", terms=(Term("en", "A"), Term("en", "B"))),
        Entry("x", terms=(Term("en", "A\x00"),)),
        Entry("x", terms=(Term("en", "A\udce9"),)),
        GYUMRI,
    ):
        with pytest.raises(StoreError):
            filled.put([Entry("new", terms=(Term("en", "New"),)), GYUMRI, bad], "bob")
    with pytest.raises(StoreError, match="author"):
        filled.put([MINE], " ")
    assert (filled.revision(), ids(filled)) == (1, ["yerevan", "gyumri"])


# -- several editors ---------------------------------------------------------------------------


def test_a_change_on_an_old_revision_is_a_conflict_with_three_versions(filled):
    filled.put([THEIRS], "bob", base=1)
    with pytest.raises(Conflict, match="'yerevan': changed meanwhile; nothing was written") as caught:
        filled.put([MINE, replace(GYUMRI, note="x")], "anna", base=1)
    assert (caught.value.base, caught.value.theirs, caught.value.yours) == (YEREVAN, THEIRS, MINE)
    assert [clash.id for clash in caught.value.clashes] == ["yerevan"]
    assert filled.glossary()["yerevan"] == THEIRS
    assert filled.glossary()["gyumri"] == GYUMRI
    assert filled.put([MINE], "anna", base=2) == 3


def test_the_same_change_by_two_people_is_no_conflict(filled):
    assert filled.put([MINE], "bob", base=1) == filled.put([MINE], "anna", base=1) == 2


def test_changes_of_different_entries_do_not_disturb_each_other(filled):
    filled.put([MINE], "bob", base=1)
    assert filled.put([replace(GYUMRI, note="x")], "anna", base=1) == 3


def test_an_entry_added_or_retired_meanwhile_is_a_conflict(filled):
    new = Entry("new", terms=(Term("en", "New"),))
    filled.put([new], "bob")
    filled.retire("gyumri", "bob")
    with pytest.raises(Conflict) as caught:
        filled.put([replace(new, note="x"), replace(GYUMRI, note="x")], "anna", base=1)
    added, gone = caught.value.clashes
    assert (added.base, added.theirs) == (None, new)
    assert (gone.base, gone.theirs) == (GYUMRI, None)


def test_a_revision_that_is_not_there_is_no_base(filled):
    with pytest.raises(StoreError, match="no revision 9; the last one is 1"):
        filled.put([MINE], "anna", base=9)


def test_of_many_editors_at_once_one_wins_each_round(filled):
    """Counting in a note: each thread reads, adds one with its name, and tries again after a conflict."""
    rounds, threads = 5, 4

    def count(name):
        for _ in range(rounds):
            while True:
                here = filled.get("yerevan")
                note = f"{int(here.entry.note.split()[0]) + 1 if here.entry.note else 1} {name}"
                try:
                    filled.put([replace(here.entry, note=note)], "anna", base=here.revision)
                    break
                except Conflict:
                    continue

    workers = [threading.Thread(target=count, args=(n,)) for n in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert filled.get("yerevan").entry.note.split()[0] == str(rounds * threads)
    assert [r.number for r in filled.log(None)] == list(range(rounds * threads + 1, 0, -1))


# -- trash, review, undo -----------------------------------------------------------------------


def test_a_retired_entry_is_in_the_trash_and_comes_back_as_it_was(filled):
    assert filled.retire("yerevan", "bob", "not needed") == 2
    assert ids(filled) == ["gyumri"]
    assert filled.get("yerevan").retired
    assert [hit.entry.id for hit in filled.search("", Filter(retired=True))] == ["yerevan"]
    assert filled.search("Ереван") == []
    assert filled.retire("yerevan", "bob") == 2
    assert filled.restore("yerevan", "bob") == 3
    assert filled.glossary().entries == (YEREVAN, GYUMRI)


def test_an_unknown_entry_is_told_with_the_nearest(filled):
    for ask in (filled.get, filled.history, lambda id: filled.retire(id, "a"), lambda id: filled.diff(id, 0)):
        with pytest.raises(StoreError, match="no entry 'yerevn'; did you mean 'yerevan'"):
            ask("yerevn")
    with pytest.raises(StoreError, match="did you mean"):
        filled.retire(["gyumri", "yerevn"], "a")
    assert ids(filled) == ["yerevan", "gyumri"]


def test_review_is_a_change_like_any_other(filled):
    assert filled.review(["yerevan", "gyumri"], Review.PROPOSED, "bob") == 2
    assert filled.review("yerevan", Review.APPROVED, "anna") == 3
    assert [hit.entry.id for hit in filled.search("", Filter(review=Review.PROPOSED))] == ["gyumri"]
    assert filled.review("yerevan", Review.APPROVED, "anna") == 3


def test_undo_takes_back_a_change_and_can_itself_be_undone(filled):
    filled.put([MINE], "bob")
    assert filled.undo(2, "anna") == 3
    assert filled.glossary()["yerevan"] == YEREVAN
    assert (filled.log(1)[0].what, filled.log(1)[0].undoes) == ("undo", 2)
    assert filled.undo(2, "anna") == 3
    filled.undo(3, "bob")
    assert filled.glossary()["yerevan"] == MINE


def test_undo_takes_back_a_whole_import(filled):
    before = filled.glossary()
    glossary = reading.load("south-caucasus")
    done = filled.put(
        [replace(GYUMRI, note="x"), *(e for e in glossary.entries if e.id != "gyumri")], "bob", about=glossary
    )
    assert len(filled.glossary()) > 390
    filled.undo(done, "anna")
    assert filled.glossary() == before
    assert ids(filled, done)[2:] == [entry.id for entry in glossary.entries if entry.id not in ("yerevan", "gyumri")]
    assert filled.glossary(done)["gyumri"].note == "x"


def test_undo_is_refused_when_the_entry_was_changed_later(filled):
    filled.put([MINE, replace(GYUMRI, note="x")], "bob")
    filled.put([THEIRS], "carl")
    with pytest.raises(Conflict, match="changed again after that revision") as caught:
        filled.undo(2, "anna")
    assert (caught.value.base, caught.value.theirs, caught.value.yours) == (MINE, THEIRS, YEREVAN)
    assert filled.revision() == 3
    filled.undo(3, "anna")  # the later change taken back no longer stands in the way
    filled.undo(2, "anna")
    assert filled.glossary().entries == (YEREVAN, GYUMRI)


def test_undo_of_an_unknown_revision_is_told(filled):
    with pytest.raises(StoreError, match="no revision 7"):
        filled.undo(7, "anna")


# -- the past ----------------------------------------------------------------------------------


def test_the_past_is_read_by_revision_and_by_time(filled):
    filled.put([MINE], "bob")
    filled.retire("gyumri", "bob")
    assert [filled.glossary(n).entries for n in range(4)] == [(), (YEREVAN, GYUMRI), (MINE, GYUMRI), (MINE,)]
    made = {revision.number: revision.at for revision in filled.log()}
    assert filled.glossary(made[2]) == filled.glossary(2)
    assert filled.glossary(made[1].astimezone(timezone(timedelta(hours=4)))) == filled.glossary(1)
    assert filled.glossary(made[1] - timedelta(days=1)) == Glossary()
    with pytest.raises(StoreError, match="no revision 4"):
        filled.glossary(4)


def test_a_snapshot_stays_as_it_is_and_its_fingerprint_tells_a_change(filled):
    before = filled.glossary()
    assert filled.glossary() is before
    filled.put([MINE], "bob")
    assert before["yerevan"] == YEREVAN
    assert filled.glossary().fingerprint != before.fingerprint == filled.glossary(1).fingerprint


def test_history_tells_every_state(filled):
    filled.put([MINE], "bob", "why not")
    filled.retire("yerevan", "carl")
    told = [(c.revision.number, c.revision.author, c.entry.note, c.retired) for c in filled.history("yerevan")]
    assert told == [(1, "anna", "", False), (2, "bob", "mine", False), (3, "carl", "mine", True)]


def test_a_difference_names_the_field(filled):
    changed = replace(
        YEREVAN,
        note="capital",
        terms=(Term("en", "Yerevan", note="n"), Term("hy", "Երևան"), Term("es", "Ereván")),
    )
    filled.put([changed], "bob")
    told = [(d.place, d.before, d.after) for d in filled.diff("yerevan", 1)]
    assert told == [
        ("note", "", "capital"),
        ("en Yerevan: note", "", "n"),
        ("ru Ереван", "preferred", ""),
        ("es Ereván", "", "preferred"),
    ]
    assert filled.diff("yerevan", 2, 2) == ()
    assert filled.diff("yerevan", 0, 1)[0].after == "yerevan"


def test_styles_and_credits_have_a_history_too(filled):
    about = Glossary(name="g", styles=(Style("ian"),), sources=(("un", "UN"),))
    filled.put([], "bob", about=about)
    assert (filled.glossary().styles, filled.glossary().sources) == (about.styles, about.sources)
    filled.undo(2, "anna")
    assert filled.glossary() == filled.glossary(1)


# -- search ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("YEREVAN", "Yerevan"),
        ("ерев", "Ереван"),
        ("еван", "Ереван"),
        ("Երեւան", "Երևան"),
        ("ereван", "Երևան"),
        ("%", None),
        ("_", None),
        ("\x00", None),
        ("\udce9", None),
        ("՞", None),
        ("lenin", "Leninakan"),
    ],
)
def test_a_spelling_is_found_in_any_script(filled, asked, found):
    assert [hit.matched for hit in filled.search(asked)] == ([found] if found else [])


def test_diacritics_may_be_left_out_and_the_nearest_comes_first(store):
    texts = ["Xəzər dənizi", "Böyük Xəzər", "Xəzər"]
    store.put([Entry(f"e{n}", terms=(Term("az", text),)) for n, text in enumerate(texts)], "anna")
    assert [hit.matched for hit in store.search("xezer")] == ["Xəzər", "Xəzər dənizi", "Böyük Xəzər"]
    assert [hit.matched for hit in store.search("xəzər", limit=1, offset=1)] == ["Xəzər dənizi"]


def test_filters_are_asked_of_one_term(filled):
    superseded = Filter(language="en", status=Status.SUPERSEDED, type=Type.FULL)
    assert [hit.entry.id for hit in filled.search("", superseded)] == ["gyumri"]
    assert filled.search("gyumri", superseded) == []
    assert [hit.entry.id for hit in filled.search("", Filter(language="ru", kind=Kind.PLACE))] == ["yerevan"]
    assert filled.search("", Filter(kind=Kind.PERSON)) == []


def test_a_changed_spelling_is_no_longer_found(filled):
    filled.put([replace(GYUMRI, terms=(Term("en", "Gyumri"),))], "bob")
    assert filled.search("Leninakan") == []
    assert len(filled.search("gyumri")) == 1
