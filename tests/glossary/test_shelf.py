"""Large glossaries: entries that are made when looked at are the entries that were put."""

from dataclasses import replace

import pytest

from workbench.enforcement.demands import Terms
from workbench.glossary import model, shelf, snapshot
from workbench.glossary.model import Entry, Glossary, Review, Status, Term
from workbench.glossary.records import entry_text
from workbench.glossary.store import Store
from workbench.matching.matcher import Matcher
from workbench.workbench import Workbench

BUNDLED = Workbench().glossary().entries
YEREVAN = Entry("yerevan", terms=(Term("en", "Yerevan"), Term("es", "Ereván")))


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "glossaries"


@pytest.fixture
def large(monkeypatch):
    """Every store is large."""
    monkeypatch.setattr(shelf, "LARGE", 0)


def test_what_is_shelved_comes_back_lazily(large):
    shelved = shelf.shelved(map(entry_text, BUNDLED))
    assert tuple(shelved) == BUNDLED and len(shelved) == len(BUNDLED)
    assert shelved[3] == BUNDLED[3] and shelved[-1] == BUNDLED[-1] and shelved[2:4] == BUNDLED[2:4]
    glossary = Glossary(shelved)
    assert glossary[BUNDLED[7].id] == BUNDLED[7] and "nobody" not in glossary.by_id
    assert shelved.content == shelf.content(BUNDLED) and glossary.fingerprint == shelf.fingerprint(BUNDLED)
    assert shelf.opened(shelved.content) == shelved
    for language in ("en", "hy"):
        terms = [(at, n, e.id, t) for at, n, e, t in shelf.terms(shelved, language)]
        assert terms == [(at, n, e.id, t) for at, n, e, t in shelf.terms(BUNDLED, language)] != []
    with pytest.raises(IndexError):
        shelved[len(BUNDLED)]


def test_a_proposal_changes_the_content_but_not_the_fingerprint():
    proposed = replace(YEREVAN, id="new", review=Review.PROPOSED)
    one, two = (shelf.shelved(map(entry_text, entries)) for entries in ((YEREVAN,), (proposed, YEREVAN)))
    assert (one.fingerprint == two.fingerprint, one.content == two.content) == (True, False)
    assert [m.entry for m in Matcher(Glossary(two), "en").find("In Yerevan")] == [YEREVAN]
    assert [m.entry for m in Matcher(Glossary(one), "en").find("In Yerevan")] == [YEREVAN]


def test_a_large_store_is_read_lazily_and_as_it_was(large, store):
    store.put(BUNDLED, "anna", about=Glossary(name="many", styles=(model.Style("wire"),)))
    store.put([replace(YEREVAN, id="yerevan-2")], "bob")
    store.retire(BUNDLED[0].id, "bob")
    now, then = store.glossary(), store.glossary(1)
    assert isinstance(now.entries, shelf.Shelf)
    assert [e.id for e in now.entries] == [*(e.id for e in BUNDLED[1:]), "yerevan-2"]
    assert tuple(then.entries) == BUNDLED and (then.name, then.styles) == ("many", (model.Style("wire"),))
    assert now.fingerprint != then.fingerprint == store.glossary(1).fingerprint
    assert store.glossary() is now


def test_a_snapshot_is_taken_once_for_all_programs(large, url, monkeypatch):
    Store(url).put(BUNDLED, "anna")
    first = Store(url).glossary()
    monkeypatch.setattr(shelf, "shelved", None)
    assert Store(url).glossary() == first


@pytest.mark.parametrize("file", ["entries.jsonl", "order.npy", "fingerprint", "starts.npy"])
def test_a_damaged_shelf_is_made_anew(large, tmp_path, cache, file):
    store = Store(str(tmp_path / "glossary.db"))
    store.put(BUNDLED, "anna")
    entries = tuple(store.glossary().entries)
    (damaged,) = cache.glob(f"*/entries-*/{file}")
    damaged.unlink() if file == "fingerprint" else damaged.write_bytes(damaged.read_bytes()[:-9])
    assert tuple(Store(str(tmp_path / "glossary.db")).glossary().entries) == entries == BUNDLED


def test_a_cache_folder_that_cannot_be_written_is_told(large, tmp_path, monkeypatch):
    from workbench.errors import StoreError

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "file"))
    store = Store(str(tmp_path / "glossary.db"))
    store.put(BUNDLED, "anna")
    with pytest.raises(StoreError, match="needs room there .* WORKBENCH_CACHE"):
        store.glossary()


def test_old_snapshots_leave_the_cache_folder(large, tmp_path, cache):
    store = Store(str(tmp_path / "glossary.db"))
    for number in range(shelf.KEPT + 2):
        store.put([replace(YEREVAN, note=str(number))], "anna")
        store.glossary()
    assert len(list(cache.iterdir())) == shelf.KEPT
    assert store.glossary(1).entries[0].note == "0"


def test_a_style_is_applied_to_what_is_looked_at(large):
    glossary = Workbench().glossary()
    lazy = replace(glossary, entries=shelf.shelved(map(entry_text, BUNDLED)))
    for style in glossary.styles:
        styled, wanted = lazy.styled(style.name), glossary.styled(style.name)
        assert tuple(styled.entries) == tuple(wanted.entries) and styled[BUNDLED[5].id] == wanted[BUNDLED[5].id]
        assert styled.fingerprint != lazy.fingerprint
    assert len(glossary.styles) > 0


def test_terms_of_a_lazy_glossary_ask_what_those_of_a_plain_one_ask(monkeypatch):
    from workbench.matching import roots

    glossary = Workbench().glossary()
    plain = Terms(glossary, "en", "ru")
    monkeypatch.setattr(roots, "FEW", 0)
    lazy = Terms(replace(glossary, entries=shelf.shelved(map(entry_text, BUNDLED))), "en", "ru")
    text = "In Yerevan, Nikol Pashinyan and Ilham Aliyev spoke of Nagorno-Karabakh and the European Union."
    assert lazy.demands(text) == plain.demands(text) != []


def test_parts_that_are_stacked_are_as_if_merged():
    proposed = replace(YEREVAN, review=Review.PROPOSED, note="later")
    other = replace(YEREVAN, id=BUNDLED[4].id, note="mine")
    small = Glossary((other, proposed, replace(YEREVAN, id="extra")))
    first = Glossary((YEREVAN, *BUNDLED))
    wanted = model.merged([first, small])
    stacked = model.merged([Glossary(shelf.shelved(map(entry_text, first.entries))), small])
    assert {e.id: e for e in stacked.entries} == {e.id: e for e in wanted.entries}
    assert len(stacked) == len(wanted) == len(list(stacked.entries))
    assert [stacked.entries[i] for i in range(len(stacked))] == list(stacked.entries)
    assert (stacked[BUNDLED[4].id], stacked["yerevan"]) == (other, YEREVAN)
    again = model.merged([small, stacked])
    assert again[BUNDLED[4].id] == other and len(again) == len(wanted)
    text = "Yerevan, Nikol Pashinyan, Ilham Aliyev"
    assert [m.text for m in Matcher(stacked, "en").find(text)] == [m.text for m in Matcher(wanted, "en").find(text)]


def test_the_workbench_works_with_a_large_store(large, tmp_path):
    bench, db = Workbench(), str(tmp_path / "glossary.db")
    bench.store(db).put([YEREVAN], "anna")
    assert [m.entry for m in bench.show("In Yerevan", "en", [db])] == [YEREVAN]
    changed = replace(YEREVAN, terms=(Term("en", "Erivan"), Term("en", "Yerevan", Status.DEPRECATED)))
    bench.store(db).put([changed], "anna")
    assert [m.entry for m in bench.show("In Erivan", "en", [db])] == [changed]
    assert len(bench.glossary(["south-caucasus", db])) > len(BUNDLED) - 1
    with bench.store(db).database.reading() as connection:
        assert snapshot.large(connection)
