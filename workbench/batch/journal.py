"""What a job has done so far, in a SQLite file that survives any end of the program."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.batch.executor import Result
from workbench.errors import InputError

FORM = 3  # of these tables and of what is packed in them; a journal of another form begins anew
_FULL = ("full", "disk i/o", "readonly")

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE result (
    key BLOB PRIMARY KEY, drafts BLOB NOT NULL, tally BLOB NOT NULL, sentences INTEGER NOT NULL,
    seconds REAL NOT NULL, timings TEXT NOT NULL, worker TEXT NOT NULL, made REAL NOT NULL);
CREATE TABLE plan (
    id INTEGER PRIMARY KEY, content BLOB NOT NULL, way BLOB NOT NULL, complete INTEGER NOT NULL DEFAULT 0,
    UNIQUE (content, way));
CREATE TABLE shard (
    plan INTEGER NOT NULL, number INTEGER NOT NULL, key BLOB NOT NULL, PRIMARY KEY (plan, number)) WITHOUT ROWID;
CREATE TABLE language (content BLOB NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (content, kind));
CREATE TABLE output (
    name BLOB NOT NULL, target TEXT NOT NULL, key BLOB NOT NULL, sha BLOB NOT NULL, account TEXT NOT NULL,
    PRIMARY KEY (name, target));
"""


@dataclass(frozen=True, slots=True)
class Written:
    """An output that stands. `key`: of all that it was made from; `sha`: of its bytes."""

    key: bytes
    sha: bytes
    account: dict[str, Any]


class Journal:
    """One writer, one process. Each `keep` is on the disk when it returns.

    Raises InputError where the file cannot be written; what was kept before stays whole.
    """

    def __init__(self, path: Path):
        self.path = path
        with self._told():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA temp_store = FILE")
            if self._db.execute("PRAGMA user_version").fetchone()[0] != FORM:
                self._begin_anew()

    def _begin_anew(self) -> None:
        with self._all_or_none():
            for (table,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                self._db.execute(f'DROP TABLE "{table}"')
            for statement in filter(str.strip, _TABLES.split(";")):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {FORM}")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as wrong:
            said = str(wrong)
            way_out = "free some space and run the same command again; nothing that was kept is lost"
            if not any(word in said.lower() for word in _FULL):
                way_out = "begin anew with --fresh"
            raise InputError(f"{self.path}: the journal cannot be used ({said}); {way_out}") from wrong

    @contextlib.contextmanager
    def _all_or_none(self) -> Iterator[sqlite3.Connection]:
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                # SQLite itself has undone what a full disk kept it from writing.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self._db.close()

    # -- facts of the job ------------------------------------------------------------------

    def fixed(self, key: str, value: str) -> str:
        """The value under a key: the one given when there is none yet, which then stays."""
        with self._all_or_none() as db:
            db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value))
            return db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0]

    def language(self, content: bytes, kind: str) -> str | None:
        row = self._db.execute("SELECT code FROM language WHERE content = ? AND kind = ?", (content, kind)).fetchone()
        return row and row[0]

    def learn(self, content: bytes, kind: str, code: str) -> None:
        with self._all_or_none() as db:
            db.execute("INSERT OR REPLACE INTO language VALUES (?, ?, ?)", (content, kind, code))

    # -- shards ----------------------------------------------------------------------------

    def planned(self, content: bytes, way: bytes) -> tuple[int, bool]:
        """The plan of a content on its way, and whether all its shards are listed."""
        with self._all_or_none() as db:
            db.execute("INSERT OR IGNORE INTO plan (content, way) VALUES (?, ?)", (content, way))
            row = db.execute("SELECT id, complete FROM plan WHERE content = ? AND way = ?", (content, way)).fetchone()
        return row[0], bool(row[1])

    def plan(self, plan: int, first: int, keys: Sequence[bytes]) -> None:
        """Shards `first`, `first` + 1, … of a plan."""
        with self._all_or_none() as db:
            rows = ((plan, number, key) for number, key in enumerate(keys, first))
            db.executemany("INSERT OR REPLACE INTO shard VALUES (?, ?, ?)", rows)

    def complete(self, plan: int) -> None:
        with self._all_or_none() as db:
            db.execute("UPDATE plan SET complete = 1 WHERE id = ?", (plan,))

    def done(self, plan: int) -> bool:
        """Whether a plan is listed to its end and has every result."""
        lacking = """SELECT 1 FROM shard LEFT JOIN result USING (key) WHERE plan = ? AND result.key IS NULL LIMIT 1"""
        whole = self._db.execute("SELECT complete FROM plan WHERE id = ?", (plan,)).fetchone()
        return bool(whole and whole[0]) and self._db.execute(lacking, (plan,)).fetchone() is None

    def keys(self, plan: int) -> Iterator[bytes]:
        for (key,) in self._db.execute("SELECT key FROM shard WHERE plan = ? ORDER BY number", (plan,)):
            yield key

    # -- results ---------------------------------------------------------------------------

    def has(self, key: bytes) -> bool:
        return self._db.execute("SELECT 1 FROM result WHERE key = ?", (key,)).fetchone() is not None

    def keep(self, result: Result) -> None:
        row = (result.key, result.drafts, result.tally, result.sentences, result.seconds)
        with self._all_or_none() as db:
            db.execute(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, json.dumps(result.timings), result.worker, time.time()),
            )

    def drafts(self, key: bytes) -> bytes | None:
        row = self._db.execute("SELECT drafts FROM result WHERE key = ?", (key,)).fetchone()
        return row and row[0]

    def tallies(self, plans: Iterable[int]) -> Iterator[bytes]:
        """Of every shard, one that comes twice twice."""
        for plan in plans:
            query = "SELECT tally FROM shard JOIN result USING (key) WHERE plan = ? ORDER BY number"
            for (tally,) in self._db.execute(query, (plan,)):
                yield tally

    # -- outputs ---------------------------------------------------------------------------

    def output(self, name: str, target: str) -> Written | None:
        query = "SELECT key, sha, account FROM output WHERE name = ? AND target = ?"
        row = self._db.execute(query, (os.fsencode(name), target)).fetchone()
        return row and Written(row[0], row[1], json.loads(row[2]))

    def wrote(self, name: str, target: str, written: Written) -> None:
        account = json.dumps(written.account, ensure_ascii=True)
        with self._all_or_none() as db:
            db.execute(
                "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?)",
                (os.fsencode(name), target, written.key, written.sha, account),
            )

    # -- what it took ----------------------------------------------------------------------

    def pace(self, buckets: int) -> list[tuple[float, int]]:
        """(seconds since the first result, sentences) of equal stretches of time."""
        low, high = self._db.execute("SELECT min(made), max(made) FROM result").fetchone()
        if low is None or high <= low:
            return []
        width = (high - low) / buckets
        query = "SELECT CAST((made - ?) / ? AS INTEGER) AS bucket, sum(sentences) FROM result GROUP BY bucket"
        counts = dict(self._db.execute(query, (low, width * 1.000001)))
        return [((i + 1) * width, counts.get(i, 0)) for i in range(buckets)]
