"""The keys of the search: by which an entry is found. Derived from the entries, so it may be made anew at any time.

Keys of all ways lie in one ordered table, so that a search is a few ranges of it whatever its size; the same on
SQLite and PostgreSQL. What sounds alike, is misspelled or known in part is looked up among the distinct words, by their
consonants, their beginnings and the trigrams of the database.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from itertools import islice
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from workbench.glossary import records
from workbench.glossary.model import Entry, Term
from workbench.glossary.sounds import plains, reads, skeletons
from workbench.text import APOSTROPHES

LONGEST = 100  # characters of a key
MANY = 500  # places in one statement
SORTED = 50_000  # entries of which the keys are sorted together: the more, the fewer pages are written twice
ROWS = 20_000  # in one round of an import
_APOSTROPHES = frozenset(APOSTROPHES)
_WITHOUT = str.maketrans("", "", APOSTROPHES)


class Way(IntEnum):
    """How a key comes from what an entry says, the nearest first."""

    WHOLE = 0  # a spelling
    LATER = 1  # a spelling from a later word on: karabakh of Nagorno-Karabakh
    READ = 2  # the same of its reading in Latin letters
    TEXT = 3  # a word of another field: definition, note, source


lookups = sa.table("lookups", sa.column("key"), sa.column("way"), sa.column("place"))
facets = sa.table("facets", *(sa.column(name) for name in ("place", "language", "status", "type")))
words = sa.table("words", sa.column("word"), sa.column("bones"))


def spellings(term: Term) -> Iterator[str]:
    """Every writing of a term that is looked for, its text first."""
    yield from dict.fromkeys((term.text, *term.variants, *(form for _, form in term.forms)))


def texts(entry: Entry) -> Iterator[str]:
    """What an entry says beside its spellings."""
    yield from (entry.subject, entry.definition, entry.note, *entry.sources)
    yield from (part for pair in entry.external for part in pair)
    for term in entry.terms:
        if term.source or term.note or term.citation:
            yield from (term.source, term.note, term.citation)


def keys(said: Sequence[tuple[int, Sequence[Entry]]]) -> tuple[list[tuple[str, int, int]], set[str]]:
    """Rows of `lookups` for entries by place, and the words in them; two versions of an entry where one waits for
    approval over the other. Of inflected forms only what is written: they read as their term does."""
    spoken = [(place, _spoken(versions)) for place, versions in said]
    every = list(dict.fromkeys(text for _, parts in spoken for part in parts for text in part))
    shown = dict(zip(every, plains(every), strict=True))
    named = list(dict.fromkeys(shown[text] for _, parts in spoken for text in parts[0]))
    heard = dict(zip(named, reads(named), strict=True))
    after: dict[str, list[str]] = {}  # from a later word on
    for text in (*shown.values(), *heard.values()):
        if " " in text and text not in after:
            after[text] = tails(text)[1:]
    rows: list[tuple[str, int, int]] = []
    for place, (spelled, inflected, told) in spoken:
        wholes = {shown[text] for text in spelled}
        written = wholes.union([shown[text] for text in inflected])
        later = {tail for whole in written if whole in after for tail in after[whole]} - written
        said_ = {heard[whole] for whole in wholes}
        said_.update([tail for text in tuple(said_) if text in after for tail in after[text]])
        said_ -= written
        said_ -= later
        words_ = {word for text in told for word in shown[text].split()} - written - later - said_
        for way, found in enumerate((written, later, said_, words_)):
            found.discard("")
            if max(map(len, found), default=0) > LONGEST:
                found = {key[:LONGEST] for key in found}
            rows += [(key, way, place) for key in found]
    known = {shown[text] for _, parts in spoken for text in parts[1]}.union(named, heard.values())
    return rows, {word for word in set(" ".join(known).split()) if 2 < len(word) <= LONGEST}


def _spoken(versions: Sequence[Entry]) -> tuple[list[str], list[str], list[str]]:
    """Spellings, inflected forms, other texts."""
    spelled = [text for entry in versions for term in entry.terms for text in (term.text, *term.variants)]
    if not _APOSTROPHES.isdisjoint("".join(spelled)):
        spelled += [text.translate(_WITHOUT) for text in spelled if not _APOSTROPHES.isdisjoint(text)]
    spelled += [entry.id for entry in versions]
    inflected = [form for entry in versions for term in entry.terms for _, form in term.forms]
    return spelled, inflected, [text for entry in versions for text in texts(entry) if text]


def tails(text: str) -> list[str]:
    """The text from each of its words on; between two of them there is one space."""
    found = [text]
    while (at := text.find(" ")) >= 0:
        text = text[at + 1 :]
        found.append(text)
    return found


def learn(connection: Connection, said: Iterable[tuple[int, Sequence[Entry]]]) -> None:
    """Keys of entries by place."""
    left = iter(said)
    while part := list(islice(left, SORTED)):
        with _without_collector():
            rows, known = keys(part)
            rows.sort(key=itemgetter(0))  # neighbours in the table are written together
            fill(connection, lookups, rows)
            del rows
            fill(connection, facets, (row for place, versions in part for row in _facets(place, versions)))
            _add_words(connection, sorted(known))


@contextmanager
def _without_collector() -> Iterator[None]:
    """The rows of an import hold no circles, and looking for some among millions takes an eighth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _facets(place: int, versions: Sequence[Entry]) -> list[tuple[int, str, str, str]]:
    return sorted({(place, t.language, t.status._value_, t.type._value_) for entry in versions for t in entry.terms})


def _add_words(connection: Connection, known: list[str]) -> None:
    """Each with its consonants, if it is in Latin letters, as all readings are."""
    if not known:
        return
    bones = [found if word.isascii() else "" for word, found in zip(known, skeletons(known), strict=True)]
    if connection.dialect.name != "sqlite":
        insert = (
            "INSERT INTO words (word, bones) SELECT unnest(CAST(:words AS text[])), unnest(CAST(:bones AS text[])) "
            "ON CONFLICT DO NOTHING"
        )
        connection.execute(sa.text(insert), {"words": known, "bones": bones})
        return
    last = connection.execute(sa.text("SELECT max(id) FROM words")).scalar_one() or 0
    insert = "INSERT INTO words (word, bones) VALUES (?, ?) ON CONFLICT DO NOTHING"
    connection.exec_driver_sql(insert, list(zip(known, bones, strict=True)))
    if _has_parts(connection):  # all of them at once: a trigger takes six times as long
        added = "INSERT INTO parts (rowid, word) SELECT id, word FROM words WHERE id > :last"
        connection.execute(sa.text(added), {"last": last})


def _has_parts(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite" and sa.inspect(connection).has_table("parts")


def forget(connection: Connection, places: Sequence[int]) -> None:
    for at in range(0, len(places), MANY):
        part = places[at : at + MANY]
        connection.execute(sa.delete(lookups).where(lookups.c.place.in_(part)))
        connection.execute(sa.delete(facets).where(facets.c.place.in_(part)))


def fill(connection: Connection, table: sa.TableClause, rows: Iterable[tuple[Any, ...]]) -> None:
    """Many rows, some thousands at a time, so that an import needs no room for all of them, by the shortest way
    that the database has. A row holds a value for each column of the table, in its order."""
    left = iter(rows)
    columns = ", ".join(column.name for column in table.columns)
    while values := list(islice(left, ROWS)):
        if connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(values[0]))
            connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", values)
            continue
        statement = f"COPY {table.name} ({columns}) FROM STDIN"
        try:
            with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
                for row in values:
                    copy.write_row(row)
        except connection.dialect.dbapi.Error as wrong:  # as SQLAlchemy tells those of its own statements
            raise DBAPIError(statement, None, wrong) from wrong


def rebuild(connection: Connection) -> None:
    """All keys anew, from the present versions."""
    for table in (lookups, facets, words):
        connection.execute(sa.delete(table))
    if _has_parts(connection):
        connection.execute(sa.text("INSERT INTO parts (parts) VALUES ('delete-all')"))
    present = sa.text(
        "SELECT e.place, v.body, u.body FROM entries e JOIN versions v ON v.entry = e.id AND v.revision = e.revision "
        "LEFT JOIN versions u ON u.entry = e.id AND u.revision = v.over_revision WHERE e.id <> '' ORDER BY e.place"
    )
    learn(
        connection,
        ((place, [records.entry_of(body) for body in (below, body) if body is not None])
         for place, body, below in connection.execute(present)),
    )  # fmt: skip


def index_parts_of_words(connection: Connection) -> None:
    """So that LIKE '%part%' over the words needs no scan; where the database cannot, it scans."""
    if connection.dialect.name == "postgresql":
        statements = (
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "CREATE INDEX words_by_parts ON words USING gin (word gin_trgm_ops)",
        )
    else:
        statements = (
            "CREATE VIRTUAL TABLE parts USING fts5(word, content='words', content_rowid='id', tokenize='trigram', "
            "detail='none', columnsize=0)",  # LIKE asks only which words have all the trigrams
            "INSERT INTO parts (rowid, word) SELECT id, word FROM words",
        )
    for statement in statements:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(statement)
        except DBAPIError:  # no such extension, or no right to it
            return


def with_part(connection: Connection, part: str, limit: int) -> list[str]:
    """Words that hold a part."""
    table = "words"
    if len(part) > 2 and _has_parts(connection):
        table = "parts"
    pattern = "%" + part.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    escape = "" if table == "parts" else r" ESCAPE '\'"  # letters and digits alone need none, and the index has none
    asked = sa.text(f"SELECT word FROM {table} WHERE word LIKE :pattern{escape} LIMIT :limit")
    return list(connection.execute(asked, {"pattern": pattern, "limit": limit}).scalars())
