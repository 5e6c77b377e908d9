"""The store when things go wrong: a killed program, a full disk, a damaged file, a server that is not there."""

import os
import sqlite3
import subprocess
import sys
import threading

import pytest
from sqlalchemy import event, text

from workbench.errors import StoreError
from workbench.glossary import lookups, migrations
from workbench.glossary.database import address, default_url
from workbench.glossary.model import Entry, Term
from workbench.glossary.store import Store

LARGE = 3000  # entries of an import
IMPORT = f"""
from workbench.glossary.model import Entry, Term
from workbench.glossary.store import Store

store = Store(sys.argv[1])
stop(store.database.engine, int(sys.argv[2]))
store.put([Entry(f"e{{n}}", terms=(Term("en", f"Name {{n}}"),)) for n in range({LARGE})], "anna", "a large import")
print("done", flush=True)
"""


def entries(count, word="Name"):
    return [Entry(f"e{n}", terms=(Term("en", f"{word} {n}"),)) for n in range(count)]


@pytest.mark.parametrize("statement", [1, 4, 8, 12, 0])
def test_a_killed_import_leaves_a_whole_revision(store, url, killed, statement):
    store.put([Entry("yerevan", terms=(Term("en", "Yerevan"),))], "anna")
    killed(IMPORT, url, statement)
    assert [entry.id for entry in store.glossary().entries] == ["yerevan"]
    assert (store.revision(), store.search("Name")) == (1, [])
    assert store.put(entries(LARGE), "anna") == 2
    assert len(store.glossary()) == LARGE + 1


def test_a_full_disk_is_an_error_and_changes_nothing(tmp_path):
    store = Store(str(tmp_path / "glossary.db"))
    store.put(entries(10), "anna")

    def nearly_full(connection, _):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")

    event.listen(store.database.engine, "connect", nearly_full)
    with pytest.raises(StoreError, match="disk is full; make room"):
        store.put(entries(LARGE, "Other"), "anna")
    assert store.glossary().entries == tuple(entries(10))
    event.remove(store.database.engine, "connect", nearly_full)
    assert store.put(entries(LARGE, "Other"), "anna") == 2


SMALL = f"""
import os, resource, sys
from workbench.errors import StoreError
from workbench.glossary.model import Entry, Term
from workbench.glossary.store import Store

store = Store(sys.argv[1])
largest = max(os.path.getsize(sys.argv[1] + end) for end in ("", "-wal") if os.path.exists(sys.argv[1] + end))
resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 50_000, largest + 50_000))
try:
    store.put([Entry(f"x{{n}}", terms=(Term("en", f"Other {{n}}"),)) for n in range({LARGE})], "anna")
except StoreError as wrong:
    print(wrong)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file sizes here")
def test_a_file_that_may_not_grow_is_an_error_and_no_damage(tmp_path):
    """The system itself refuses to write, in the midst of a change."""
    path = tmp_path / "glossary.db"
    store = Store(str(path))
    store.put(entries(10), "anna")
    made = subprocess.run(
        [sys.executable, "-c", SMALL, str(path)], capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert "nothing of this change was written" in made.stdout, made.stderr
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.glossary().entries == tuple(entries(10))
    assert (store.revision(), store.search("Other")) == (1, [])
    assert store.put(entries(LARGE, "Other"), "anna") == 2


def test_a_file_that_is_no_store_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look at " * 100)
    with pytest.raises(StoreError, match="notes.txt: file is not a database; give the path of a store"):
        Store(str(path))
    assert path.read_text().startswith("not a database")


def test_the_database_of_another_program_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "photos.db") as other:
        other.execute("CREATE TABLE entries (x)")
    with pytest.raises(StoreError, match="of another program"):
        Store(str(tmp_path / "photos.db"))


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="the folder cannot be made"):
        Store(str(tmp_path / "file" / "glossary.db"))
    with pytest.raises(StoreError, match="unable to open"):
        Store(str(tmp_path))


def test_a_store_of_a_newer_version_is_refused(url):
    store = Store(url)
    store.put(entries(1), "anna")
    with store.database.writing() as connection:
        connection.execute(text(f"INSERT INTO workbench_schema VALUES ({len(migrations.STEPS) + 1})"))
    with pytest.raises(StoreError, match="newer version .* update the workbench"):
        Store(url)


def test_an_entry_with_a_field_of_a_newer_version_is_told(store):
    store.put(entries(1), "anna")
    with store.database.writing() as connection:
        connection.execute(text("""UPDATE versions SET body = '{"id":"e0","mood":"x","terms":[]}'"""))
    with pytest.raises(StoreError, match="'mood' of entry .* update the workbench"):
        store.glossary()


def test_a_missing_server_is_told_without_the_password():
    with pytest.raises(StoreError, match="check that the server runs") as caught:
        Store("postgresql://anna:secret@127.0.0.1:1/names")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://[", "sqlite://", ":memory:"])
def test_a_url_that_cannot_be_used_is_told(url):
    with pytest.raises(StoreError):
        Store(url)


def test_postgresql_is_spoken_to_through_psycopg():
    for url in ("postgresql://h/d", "postgres://h/d"):
        assert address(url).drivername == "postgresql+psycopg"


def test_many_may_open_an_empty_store_at_once(url):
    wrong = []

    def open_and_put(n):
        try:
            store = Store(url)
            store.put([Entry(f"e{n}", terms=(Term("en", str(n)),))], "anna")
            store.close()
        except StoreError as error:
            wrong.append(error)

    threads = [threading.Thread(target=open_and_put, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert len(Store(url).glossary()) == 6


def test_readers_go_on_while_somebody_writes(store):
    store.put(entries(3), "anna")
    with store.database.writing() as connection:
        connection.execute(text("UPDATE entries SET retired = 1"))
        assert len(store.glossary()) == 3
        assert len(store.search("Name")) == 3


def test_what_is_written_is_on_the_disk(tmp_path):
    store = Store(str(tmp_path / "glossary.db"))
    with store.database.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
    assert sqlite3.connect(tmp_path / "glossary.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_usual_store_lies_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("WORKBENCH_DB", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_url() == str(tmp_path / "workbench-for-names" / "glossary.db")
    monkeypatch.setenv("WORKBENCH_DB", "x.db")
    assert default_url() == "x.db"


def test_rows_that_the_database_refuses_are_an_error_for_a_person(store):
    store.put(entries(1), "anna")
    twice = ("name 0", 0, 1)
    with pytest.raises(StoreError, match="(?i)unique"), store.database.writing() as connection:
        lookups.fill(connection, lookups.lookups, [twice])
    assert len(store.search("Name")) == 1
