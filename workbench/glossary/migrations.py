"""The tables of the store, step by step: each function takes a database from one version to the next.

A step that has been released is never changed; what comes later is a new step. The SQL is read by SQLite
and PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, text

from workbench.errors import StoreError


def _1_revisions_and_entries(connection: Connection) -> None:
    for statement in (
        # Numbers follow each other in the order of commits: writers wait for one another.
        """CREATE TABLE revisions (
            number INTEGER PRIMARY KEY, made TEXT NOT NULL, author TEXT NOT NULL, why TEXT NOT NULL,
            what TEXT NOT NULL, undoes INTEGER)""",
        # Every state that an entry ever had; the one of a revision holds until the next. Never changed.
        """CREATE TABLE versions (
            entry TEXT NOT NULL, revision INTEGER NOT NULL REFERENCES revisions (number),
            retired INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (entry, revision))""",
        "CREATE INDEX versions_by_revision ON versions (revision)",
        # Which version is the present one; place: the order in which entries came.
        """CREATE TABLE entries (
            id TEXT PRIMARY KEY, place INTEGER NOT NULL, revision INTEGER NOT NULL, retired INTEGER NOT NULL,
            kind TEXT NOT NULL, review TEXT NOT NULL)""",
        # Present spellings, folded for the search.
        """CREATE TABLE spellings (
            entry TEXT NOT NULL REFERENCES entries (id), language TEXT NOT NULL, status TEXT NOT NULL,
            type TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, plain TEXT NOT NULL)""",
        "CREATE INDEX spellings_by_entry ON spellings (entry)",
    ):
        connection.execute(text(statement))


STEPS: tuple[Callable[[Connection], None], ...] = (_1_revisions_and_entries,)


def version(connection: Connection) -> int:
    """0 for an empty database."""
    if not inspect(connection).has_table("workbench_schema"):
        return 0
    return connection.execute(text("SELECT max(version) FROM workbench_schema")).scalar_one() or 0


def migrate(connection: Connection) -> None:
    """Run the steps that are missing, in the caller's transaction; a newer database is refused."""
    done = version(connection)
    if done > len(STEPS):
        raise StoreError(
            f"the store was written by a newer version (schema {done}, this one knows {len(STEPS)}); "
            "update the workbench"
        )
    if done == 0:
        connection.execute(text("CREATE TABLE IF NOT EXISTS workbench_schema (version INTEGER NOT NULL)"))
    for number, step in enumerate(STEPS[done:], done + 1):
        step(connection)
        connection.execute(text("INSERT INTO workbench_schema VALUES (:number)"), {"number": number})
