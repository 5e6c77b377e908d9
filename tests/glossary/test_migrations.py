"""Old stores are brought up to date, all the way or not at all; on SQLite and PostgreSQL."""

import sqlite3

import pytest
import sqlalchemy as sa
from sqlalchemy import text

from workbench.glossary import migrations
from workbench.glossary.database import Database, address
from workbench.glossary.finding import Filter
from workbench.glossary.model import Entry, Kind, Review, Term
from workbench.glossary.store import Store

# What version 1 wrote for two entries, one in the trash, one changed once.
VERSION_1 = (
    "INSERT INTO revisions VALUES (1, '2026-01-02T03:04:05.000006+00:00', 'anna', 'first', 'import', NULL)",
    "INSERT INTO revisions VALUES (2, '2026-02-03T04:05:06.000007+00:00', 'bob', '', 'put', NULL)",
    """INSERT INTO versions VALUES ('', 1, 0, '{"name":"old"}')""",
    """INSERT INTO versions VALUES ('yerevan', 1, 0,
        '{"id":"yerevan","kind":"place","terms":[{"language":"hy","text":"Երևան"}]}')""",
    """INSERT INTO versions VALUES ('yerevan', 2, 0,
        '{"id":"yerevan","kind":"place","terms":[{"language":"hy","text":"Երևան"}],"review":"proposed"}')""",
    """INSERT INTO versions VALUES ('gone', 1, 1, '{"id":"gone","terms":[{"language":"en","text":"Gone"}]}')""",
    "INSERT INTO entries VALUES ('', 1, 1, 0, '', '')",
    "INSERT INTO entries VALUES ('yerevan', 2, 2, 0, 'place', 'proposed')",
    "INSERT INTO entries VALUES ('gone', 3, 1, 1, 'term', 'approved')",
    "INSERT INTO spellings VALUES ('yerevan', 'hy', 'preferred', 'full', 'Երևան', 'երեւան', 'երեւան')",
    "INSERT INTO spellings VALUES ('gone', 'en', 'preferred', 'full', 'Gone', 'gone', 'gone')",
)
YEREVAN = Entry("yerevan", Kind.PLACE, (Term("hy", "Երևան"),), review=Review.PROPOSED)
UPGRADE = """
from sqlalchemy import Engine
from workbench.glossary.store import Store

stop(Engine, int(sys.argv[2]))
Store(sys.argv[1])
print("done", flush=True)
"""


@pytest.fixture
def old(url, monkeypatch):
    """The URL of a store of version 1."""
    with monkeypatch.context() as then:
        then.setattr(migrations, "STEPS", migrations.STEPS[:1])
        database = Database(url)
    with database.writing() as connection:
        for statement in VERSION_1:
            connection.exec_driver_sql(statement)
    database.close()
    return url


def tables(url):
    engine = sa.create_engine(address(url))
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names())
        version = connection.execute(text("SELECT max(version) FROM workbench_schema")).scalar_one()
        rows = connection.execute(text("SELECT count(*) FROM versions")).scalar_one()
    engine.dispose()
    return version, "spellings" in names, "lookups" in names, "people" in names, rows


def upgraded(url):
    store = Store(url)
    assert tables(url) == (len(migrations.STEPS), False, True, True, 4)
    assert store.glossary().entries == (YEREVAN,)
    assert store.glossary().name == "old"
    assert [(r.number, r.author) for r in store.log()] == [(2, "bob"), (1, "anna")]
    assert [hit.matched for hit in store.search("erevan", Filter(language="hy"))] == ["Երևան"]
    assert [hit.entry.id for hit in store.search("gone", Filter(retired=True))] == ["gone"]
    assert store.review("yerevan", Review.APPROVED, "anna") == 3
    store.undo(3, "anna")
    assert store.glossary().entries == (YEREVAN,)
    store.close()


def test_a_store_of_the_first_version_is_brought_up_to_date(old):
    assert tables(old) == (1, True, False, False, 4)
    upgraded(old)


def test_steps_run_once_and_in_order(url):
    for _ in range(2):
        Store(url).close()
    with Store(url).database.reading() as connection:
        numbers = connection.execute(text("SELECT version FROM workbench_schema ORDER BY version")).scalars().all()
    assert numbers == list(range(1, len(migrations.STEPS) + 1))


@pytest.mark.parametrize("statement", [5, 12, 25, 0])
def test_a_killed_migration_leaves_the_old_store(old, killed, statement):
    killed(UPGRADE, old, statement)
    assert tables(old) == (1, True, False, False, 4)
    upgraded(old)


def test_a_failed_step_takes_the_ones_before_it_back(old, monkeypatch):
    def broken(connection):
        connection.execute(text("CREATE TABLE half (x INTEGER)"))
        raise RuntimeError("a mistake in a step")

    with monkeypatch.context() as then:
        then.setattr(migrations, "STEPS", (*migrations.STEPS, broken))
        with pytest.raises(RuntimeError):
            Store(old)
    assert tables(old) == (1, True, False, False, 4)
    upgraded(old)


def test_words_of_an_older_index_are_found_by_their_parts_and_later_ones_too(tmp_path, monkeypatch):
    """Of version 4, which numbered words as SQLite pleased and kept their parts by triggers."""
    path = str(tmp_path / "a.db")
    with monkeypatch.context() as then:
        then.setattr(migrations, "STEPS", migrations.STEPS[:4])
        database = Database(path)
    with database.writing() as connection:
        for statement in (
            *(statement for statement in VERSION_1 if "spellings" not in statement and "versions" not in statement),
            """INSERT INTO versions VALUES ('yerevan', 2, 0,
                '{"id":"yerevan","kind":"place","terms":[{"language":"hy","text":"Երևան"}]}', 0, '')""",
            "CREATE VIRTUAL TABLE parts USING fts5(word, content='words', content_rowid='rowid', tokenize='trigram')",
            "CREATE TRIGGER words_added AFTER INSERT ON words BEGIN "
            "INSERT INTO parts (rowid, word) VALUES (new.rowid, new.word); END",
            "INSERT INTO words VALUES ('երեւան')",
        ):
            columns = "(id, place, revision, retired, kind, review)"
            connection.exec_driver_sql(statement.replace("INTO entries VALUES", f"INTO entries {columns} VALUES"))
    database.close()
    store = Store(path)
    store.put([Entry("sevan", Kind.PLACE, (Term("en", "Lake Sevanavank"),))], "anna")
    assert [hit.entry.id for hit in store.search("րևա")] == ["yerevan"]
    assert [hit.entry.id for hit in store.search("anavan")] == ["sevan"]
    with store.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).scalar_one() == 0
        connection.exec_driver_sql("INSERT INTO parts (parts) VALUES ('integrity-check')")


def test_a_packed_file_keeps_the_numbers_of_its_words(tmp_path):
    """VACUUM numbers the rows of a table anew that has no number of its own."""
    path = str(tmp_path / "a.db")
    Store(path).put([YEREVAN, Entry("sevan", Kind.PLACE, (Term("en", "Lake Sevanavank"),))], "anna")
    connection = sqlite3.connect(path)
    number, word = connection.execute("SELECT id, word FROM words ORDER BY id LIMIT 1").fetchone()
    connection.execute("INSERT INTO parts (parts, rowid, word) VALUES ('delete', ?, ?)", (number, word))
    connection.execute("DELETE FROM words WHERE id = ?", (number,))
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    assert [hit.entry.id for hit in Store(path).search("anavan")] == ["sevan"]
