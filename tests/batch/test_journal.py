"""The journal keeps what it said it kept."""

from __future__ import annotations

import sqlite3

import pytest

from workbench.batch.executor import Result
from workbench.batch.journal import Journal, Written
from workbench.errors import InputError


def test_what_was_kept_is_there_after_a_sudden_end(tmp_path):
    journal = Journal(tmp_path / "j.db")
    plan, complete = journal.planned(b"content", b"way")
    journal.plan(plan, 0, [b"k1", b"k2"])
    journal.keep(Result(b"k1", b"draft", b"tally", 3))
    journal.wrote("a\udcff.txt", "es", Written(b"key", b"sha", {"segments": 1}))
    again = Journal(tmp_path / "j.db")  # the first is never closed
    assert not complete and again.planned(b"content", b"way") == (plan, False)
    assert again.drafts(b"k1") == b"draft" and not again.has(b"k2")
    assert again.output("a\udcff.txt", "es") == Written(b"key", b"sha", {"segments": 1})


def test_a_plan_is_done_when_it_is_listed_and_every_result_is_there(tmp_path):
    journal = Journal(tmp_path / "j.db")
    plan, _ = journal.planned(b"c", b"w")
    journal.plan(plan, 0, [b"k1", b"k2", b"k1"])
    journal.keep(Result(b"k1", tally=b"one"))
    journal.complete(plan)
    assert not journal.done(plan)
    journal.keep(Result(b"k2", tally=b"two"))
    assert journal.done(plan)
    assert list(journal.tallies([plan])) == [b"one", b"two", b"one"]


def test_a_full_disk_is_said_and_the_journal_stays_whole(tmp_path):
    journal = Journal(tmp_path / "j.db")
    journal.keep(Result(b"first", b"x" * 1000))
    (pages,) = journal._db.execute("PRAGMA page_count").fetchone()
    journal._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(InputError, match="free some space"):
        for number in range(100):
            journal.keep(Result(b"%d" % number, b"x" * 4000))
    kept = journal._db.execute("SELECT count(*) FROM result").fetchone()[0]
    with sqlite3.connect(tmp_path / "j.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM result").fetchone() == (kept,)
    assert journal.drafts(b"first") == b"x" * 1000
    journal._db.execute("PRAGMA max_page_count = 100000")
    journal.keep(Result(b"after", b"y"))
    assert journal.has(b"after")


def test_a_file_that_is_no_journal_is_named(tmp_path):
    (tmp_path / "j.db").write_bytes(b"not a database, whatever its name says " * 50)
    with pytest.raises(InputError, match="--fresh"):
        Journal(tmp_path / "j.db")


def test_a_journal_of_another_form_begins_anew(tmp_path):
    journal = Journal(tmp_path / "j.db")
    journal.keep(Result(b"k", b"draft"))
    journal._db.execute("PRAGMA user_version = 999")
    journal.close()
    assert not Journal(tmp_path / "j.db").has(b"k")
