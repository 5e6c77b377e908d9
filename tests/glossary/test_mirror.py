"""A folder of YAML files beside the store: both ways, conflicts told, and nothing written twice."""

import json
from dataclasses import replace

import pytest

from workbench.errors import Forbidden, GlossaryError
from workbench.glossary import mirror, reading
from workbench.glossary.desk import Desk
from workbench.glossary.formats import yaml_tree
from workbench.glossary.model import Entry, Kind, Term
from workbench.glossary.people import Identity, Role
from workbench.glossary.revisions import Conflict
from workbench.glossary.store import Store

YEREVAN = Entry("yerevan", Kind.PLACE, (Term("en", "Yerevan"),))
GYUMRI = Entry("gyumri", Kind.PLACE, (Term("en", "Gyumri"),))
TERM = Entry("treaty", Kind.TERM, (Term("en", "treaty"),))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "glossary"


@pytest.fixture
def desk(store):
    return Desk(store, Identity("anna", Role.ADMIN))


@pytest.fixture
def pulled(store, folder, full):
    """A store with two places, a term and a description, and the folder of it."""
    about = yaml_tree.read(full)
    store.put([YEREVAN, GYUMRI, TERM], "anna", about=about)
    mirror.pull(store, folder)
    return folder


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def entries(folder):
    return {e.id: e for path in sorted(folder.glob("*.yaml")) for e in reading.load(path).entries}


def stamps(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_an_empty_folder_gets_a_file_for_each_kind(store, pulled, desk, full):
    assert sorted(path.name for path in pulled.iterdir()) == [
        ".workbench-sync.json", "glossary.yaml", "place.yaml", "term.yaml"
    ]  # fmt: skip
    assert entries(pulled) == store.glossary().by_id
    assert reading.load(pulled / "glossary.yaml").styles == yaml_tree.read(full).styles
    before = stamps(pulled)
    assert mirror.pull(store, pulled) == mirror.push(desk, pulled) == mirror.Outcome((), (), 1)
    assert (stamps(pulled), store.revision()) == (before, 1)


def test_files_become_a_store_and_another_folder_of_it_is_the_same(store, desk, folder, full, tmp_path):
    folder.mkdir()
    (folder / "mine.yaml").write_bytes(full.read_bytes())
    assert len(mirror.push(desk, folder).written) == 2
    assert mirror.push(desk, folder).written == ()
    assert store.glossary().entries == yaml_tree.read(full).entries
    assert store.log()[0].size >= 2
    mirror.pull(store, tmp_path / "other")
    assert entries(tmp_path / "other") == store.glossary().by_id


def test_changes_of_both_sides_meet(store, desk, pulled):
    store.put([replace(YEREVAN, note="of the store")], "bob")
    store.retire("gyumri", "bob")
    edit(pulled, "term.yaml", "- treaty\n", "- treaty\n    es:\n    - tratado\n")
    with pytest.raises(GlossaryError, match="of 'yerevan' and 1 more; first: workbench glossary pull"):
        mirror.push(desk, pulled)
    before = stamps(pulled)
    assert mirror.pull(store, pulled, dry_run=True) == mirror.Outcome(("yerevan",), ("gyumri",), 3)
    assert stamps(pulled) == before
    mirror.pull(store, pulled)
    assert stamps(pulled)["term.yaml"] == before["term.yaml"]
    assert mirror.push(desk, pulled, "translated") == mirror.Outcome(("treaty",), (), 4)
    assert entries(pulled) == store.glossary().by_id
    assert [term.text for term in store.glossary()["treaty"].terms] == ["treaty", "tratado"]
    assert (store.log(1)[0].author, store.log(1)[0].why) == ("anna", "translated")


def test_an_entry_removed_from_the_files_goes_into_the_trash_with_the_same_revision(store, desk, pulled):
    place = reading.load(pulled / "place.yaml")
    reading.save(replace(place, entries=(replace(YEREVAN, note="x"),)), pulled / "place.yaml")
    assert mirror.push(desk, pulled) == mirror.Outcome(("yerevan",), ("gyumri",), 2)
    assert store.get("gyumri").retired
    store.undo(2, "anna")
    mirror.pull(store, pulled)
    assert entries(pulled) == {"yerevan": YEREVAN, "gyumri": GYUMRI, "treaty": TERM}


@pytest.mark.parametrize(
    ("choice", "note", "subject"), [("mine", "files", ""), ("theirs", "store", "cities"), ("merge", None, None)]
)
def test_a_conflict_is_told_with_three_versions_and_chosen(store, desk, pulled, choice, note, subject):
    store.put([replace(YEREVAN, note="store", subject="cities")], "bob")
    place = reading.load(pulled / "place.yaml")
    reading.save(replace(place, entries=(replace(YEREVAN, note="files"), GYUMRI)), pulled / "place.yaml")
    before = stamps(pulled)
    with pytest.raises(Conflict, match="'yerevan': changed in the store and in the files") as caught:
        mirror.pull(store, pulled)
    (clash,) = caught.value.clashes
    assert (clash.base, clash.theirs.note, clash.yours.note) == (YEREVAN, "store", "files")
    if choice == "merge":
        with pytest.raises(Conflict):
            mirror.pull(store, pulled, "merge")
        assert stamps(pulled) == before
        store.put([replace(YEREVAN, subject="cities")], "bob")
        mirror.pull(store, pulled, "merge")
        note, subject = "files", "cities"
    else:
        mirror.pull(store, pulled, choice)
    mirror.push(desk, pulled)
    here = store.get("yerevan").entry
    assert (here.note, here.subject) == (note, subject)
    assert entries(pulled)["yerevan"] == here


def test_a_proposal_in_the_files_takes_nothing_out_of_use(store, pulled):
    bob = Desk(store, Identity("bob", Role.TRANSLATOR))
    place = reading.load(pulled / "place.yaml")
    reading.save(replace(place, entries=(replace(YEREVAN, note="x"), GYUMRI)), pulled / "place.yaml")
    assert mirror.push(bob, pulled).revision == mirror.push(bob, pulled).revision == 2
    assert (store.glossary()["yerevan"], store.get("yerevan").proposal.note) == (YEREVAN, "x")
    reading.save(replace(place, entries=(GYUMRI,)), pulled / "place.yaml")
    with pytest.raises(Forbidden, match="may not remove"):
        mirror.push(bob, pulled)


def test_the_folder_of_another_store_is_refused(pulled, tmp_path):
    with pytest.raises(GlossaryError, match="the files are of another store"):
        mirror.pull(Store(str(tmp_path / "other.db")), pulled)
    (pulled / mirror.MEMORY).write_text("{}")
    with pytest.raises(GlossaryError, match="remove it, and pull anew"):
        mirror.pull(Store(str(tmp_path / "other.db")), pulled)


def test_an_id_in_two_files_is_told(store, pulled):
    (pulled / "more.yaml").write_text("entries:\n  - {id: yerevan, terms: {en: [Y]}}\n")
    with pytest.raises(GlossaryError, match="'yerevan' stands in more.yaml too"):
        mirror.pull(store, pulled)


def test_what_somebody_else_wrote_in_between_is_still_pulled(store, desk, pulled, monkeypatch):
    place = reading.load(pulled / "place.yaml")
    reading.save(replace(place, entries=(replace(YEREVAN, note="x"), GYUMRI)), pulled / "place.yaml")
    put = desk.put

    def late(*arguments):
        store.put([replace(GYUMRI, note="meanwhile")], "bob")
        return put(*arguments)

    monkeypatch.setattr(desk, "put", late)
    mirror.push(desk, pulled)
    assert json.loads((pulled / mirror.MEMORY).read_text())["revision"] == 1
    mirror.pull(store, pulled)
    assert entries(pulled)["gyumri"].note == "meanwhile"
    assert entries(pulled) == store.glossary().by_id
