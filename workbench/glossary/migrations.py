"""The tables of the store, step by step: each function takes a database from one version to the next.

A step that has been released is never changed; what comes later is a new step. Only the keys of the search, which are
derived, are filled by the last step that makes a table of theirs. The SQL is read by SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import uuid
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


def _2_proposals_beside_what_is_in_use(connection: Connection) -> None:
    for statement in (
        # over: the revision of the approved version that stays in use while this one is not approved; 0: none.
        # heir: the entry into which this one was merged.
        "ALTER TABLE versions ADD COLUMN over_revision INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE versions ADD COLUMN heir TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE entries ADD COLUMN over_revision INTEGER NOT NULL DEFAULT 0",
        "CREATE UNIQUE INDEX entries_by_place ON entries (place)",
        "CREATE INDEX entries_by_review ON entries (review, id)",
        "CREATE INDEX entries_by_kind ON entries (kind, id)",
        # What a store knows of itself; 'id' tells two stores apart.
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ):
        connection.execute(text(statement))
    connection.execute(text("INSERT INTO facts VALUES ('id', :id)"), {"id": uuid.uuid4().hex})


def _3_people(connection: Connection) -> None:
    for statement in (
        # password: of argon2; '' while none is set.
        """CREATE TABLE people (
            name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, added TEXT NOT NULL)""",
        # secret: SHA-256 of a random key, in hexadecimal.
        """CREATE TABLE api_keys (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (name), secret TEXT NOT NULL,
            added TEXT NOT NULL)""",
    ):
        connection.execute(text(statement))


def _4_keys_of_the_search(connection: Connection) -> None:
    """Their tables; the last step fills them."""
    binary = 'COLLATE "C"' if connection.dialect.name == "postgresql" else ""  # so that beginnings are ranges
    rowless = "" if binary else "WITHOUT ROWID"
    for statement in (
        "DROP TABLE spellings",
        # Every key by which an entry is found; way: how the key comes from what the entry says.
        f"""CREATE TABLE lookups (
            key TEXT {binary} NOT NULL, way INTEGER NOT NULL, place INTEGER NOT NULL,
            PRIMARY KEY (key, way, place)) {rowless}""",
        "CREATE INDEX lookups_by_place ON lookups (place)",
        # What the terms of an entry are, for filters.
        f"""CREATE TABLE facets (
            place INTEGER NOT NULL, language TEXT NOT NULL, status TEXT NOT NULL, type TEXT NOT NULL,
            PRIMARY KEY (place, language, status, type)) {rowless}""",
        "CREATE INDEX facets_by_status ON facets (status, language, type)",
        "CREATE INDEX facets_by_language ON facets (language, status, type)",
        # Every word that was ever a key, for words that are spelled wrongly or known in part.
        f"CREATE TABLE words (word TEXT {binary} PRIMARY KEY)",
    ):
        connection.execute(text(statement))


def _5_parts_of_words_without_triggers(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    for statement in (
        "DROP TRIGGER IF EXISTS words_added",
        "DROP TRIGGER IF EXISTS words_removed",
        "DROP TABLE IF EXISTS parts",
    ):
        connection.execute(text(statement))


def _6_words_by_their_consonants(connection: Connection) -> None:
    from workbench.glossary import lookups  # which reads the tables made here

    server = connection.dialect.name == "postgresql"
    # The index of parts refers to words by their number, which has to stay when SQLite packs the file (VACUUM).
    number, binary = ("", 'COLLATE "C"') if server else ("id INTEGER PRIMARY KEY,", "")
    for statement in (
        *(() if server else ("DROP TABLE IF EXISTS parts",)),
        "DROP TABLE words",
        # Every word that was ever a key; bones: its consonants, if it is in Latin letters.
        f"CREATE TABLE words ({number} word TEXT {binary} NOT NULL UNIQUE, bones TEXT {binary} NOT NULL)",
        "CREATE INDEX words_by_bones ON words (bones, word) WHERE bones <> ''",
    ):
        connection.execute(text(statement))
    lookups.index_parts_of_words(connection)
    lookups.rebuild(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (
    _1_revisions_and_entries,
    _2_proposals_beside_what_is_in_use,
    _3_people,
    _4_keys_of_the_search,
    _5_parts_of_words_without_triggers,
    _6_words_by_their_consonants,
)


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
