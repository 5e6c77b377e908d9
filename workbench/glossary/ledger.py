"""The SQL of the store: versions are only added, and the present ones are pointed to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from workbench.glossary import lookups, records
from workbench.glossary.model import Entry
from workbench.glossary.revisions import Revision

ABOUT = ""  # the id under which a glossary's description of itself is kept
MANY = 500  # ids in one statement; SQLite and PostgreSQL both have a limit


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns))


revisions = _table("revisions", "number", "made", "author", "why", "what", "undoes")
versions = _table("versions", "entry", "revision", "retired", "body", "over_revision", "heir")
entries = _table("entries", "id", "place", "revision", "retired", "kind", "review", "over_revision")
_STATE = (
    versions.c.entry, versions.c.retired, versions.c.body, versions.c.revision, versions.c.over_revision,
    versions.c.heir,
)  # fmt: skip


class State(NamedTuple):
    """What an entry is, or shall be."""

    id: str
    retired: bool
    body: str
    revision: int = 0  # where it became so
    over: int = 0  # where the approved version began that stays in use meanwhile; 0: there is none
    heir: str = ""  # the entry into which it was merged

    def same(self, other: State | None) -> bool:
        return other is not None and self._replace(revision=0) == other._replace(revision=0)


def last(connection: Connection) -> int:
    """The number of the last revision; 0 in an empty store."""
    return connection.execute(sa.select(sa.func.max(revisions.c.number))).scalar_one() or 0


def fact(connection: Connection, name: str) -> str:
    """What the store knows of itself."""
    facts = _table("facts", "name", "value")
    return str(connection.execute(sa.select(facts.c.value).where(facts.c.name == name)).scalar_one())


def now(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, State]:
    """Present states by id, in the order in which entries came; None: of all entries."""
    asked = (
        sa.select(*_STATE)
        .select_from(entries)
        .join(versions, sa.and_(versions.c.entry == entries.c.id, versions.c.revision == entries.c.revision))
        .order_by(entries.c.place)
    )
    return _states(connection, asked, entries.c.id, ids)


def then(connection: Connection, revision: int, ids: Iterable[str] | None = None) -> dict[str, State]:
    """States as they were after a revision; entries that came later are not in it."""
    latest = (
        sa.select(versions.c.entry, sa.func.max(versions.c.revision).label("revision"))
        .where(versions.c.revision <= revision)
        .group_by(versions.c.entry)
        .subquery()
    )
    asked = (
        sa.select(*_STATE)
        .join(latest, sa.and_(versions.c.entry == latest.c.entry, versions.c.revision == latest.c.revision))
        .join(entries, entries.c.id == versions.c.entry)
        .order_by(entries.c.place)
    )
    return _states(connection, asked, versions.c.entry, ids)


def _states(
    connection: Connection, asked: sa.Select, id: sa.ColumnElement, ids: Iterable[str] | None
) -> dict[str, State]:
    found: dict[str, State] = {}
    for part in [None] if ids is None else chunks(ids):
        for row in connection.execute(asked if part is None else asked.where(id.in_(part))):
            found[row[0]] = _state(row)
    return found


def _state(row: sa.Row) -> State:
    return State(row[0], bool(row[1]), *row[2:])


def in_use(connection: Connection, states: dict[str, State]) -> dict[str, State]:
    """The same states, but of a version that waits for approval the approved one under it."""
    waiting = {id: state.over for id, state in states.items() if state.over and not state.retired}
    found = dict(states)
    for part in chunks(waiting):
        asked = sa.select(*_STATE).where(
            versions.c.entry.in_(part), versions.c.revision.in_({waiting[id] for id in part})
        )
        for state in map(_state, connection.execute(asked)):
            if waiting[state.id] == state.revision:
                found[state.id] = state
    return found


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while part := list(islice(left, MANY)):
        yield part


def of_revision(connection: Connection, number: int) -> dict[str, State]:
    """What a revision made of the entries that it changed."""
    return {row[0]: _state(row) for row in connection.execute(sa.select(*_STATE).where(versions.c.revision == number))}


def states_of(connection: Connection, id: str) -> list[State]:
    """Every state of one entry, oldest first."""
    asked = sa.select(*_STATE).where(versions.c.entry == id).order_by(versions.c.revision)
    return [_state(row) for row in connection.execute(asked)]


def before(connection: Connection, revision: int, ids: Iterable[str]) -> dict[str, State]:
    """States just before a revision."""
    return then(connection, revision - 1, ids)


def log(
    connection: Connection, where: sa.ColumnElement[bool] | None = None, limit: int | None = None
) -> list[Revision]:
    """Revisions with the number of entries that each changed, latest first."""
    sizes = sa.select(sa.func.count()).where(versions.c.revision == revisions.c.number).scalar_subquery()
    asked = sa.select(*revisions.c, sizes).order_by(revisions.c.number.desc()).limit(limit)
    asked = asked if where is None else asked.where(where)
    return [
        Revision(row[0], datetime.fromisoformat(row[1]), row[2], row[3], row[4], row[5], row[6])
        for row in connection.execute(asked)
    ]


def moment(at: datetime) -> str:
    """As it is stored: UTC, of one length, so that texts sort as times do."""
    return at.astimezone(timezone.utc).isoformat(timespec="microseconds")


def append(
    connection: Connection,
    states: list[State],
    author: str,
    why: str,
    what: str,
    undoes: int | None = None,
    known: Mapping[str, Entry] = MappingProxyType({}),
) -> int:
    """Write the states as one revision; its number. `known`: entries by body, which then need not be read."""
    row = connection.execute(
        sa.select(revisions.c.number, revisions.c.made).order_by(revisions.c.number.desc()).limit(1)
    ).first()
    number, made = (row[0] + 1, max(row[1], moment(datetime.now(timezone.utc)))) if row else (1, moment(_utc()))
    connection.execute(
        sa.insert(revisions),
        {"number": number, "made": made, "author": author, "why": why, "what": what, "undoes": undoes},
    )
    lookups.fill(connection, versions, ((s.id, number, int(s.retired), s.body, s.over, s.heir) for s in states))
    _point(connection, [state._replace(revision=number) for state in states], known)
    return number


def _utc() -> datetime:
    return datetime.now(timezone.utc)


def _point(connection: Connection, states: list[State], known: Mapping[str, Entry]) -> None:
    """Make these versions the present ones."""
    places: dict[str, int] = {}
    for part in chunks(state.id for state in states):
        for id, place in connection.execute(sa.select(entries.c.id, entries.c.place).where(entries.c.id.in_(part))):
            places[id] = place
    place = (connection.execute(sa.select(sa.func.max(entries.c.place))).scalar_one() or 0) + 1
    added, changed, spoken = [], [], []
    used = in_use(connection, {state.id: state for state in states})
    for state in states:
        entry = None if state.id == ABOUT else known.get(state.body) or records.entry_of(state.body)
        row = {
            "revision": state.revision,
            "retired": int(state.retired),
            "kind": entry.kind.value if entry else "",
            "review": entry.review.value if entry else "",
            "over_revision": state.over,
        }
        here = places.get(state.id, place + len(added))
        if state.id in places:
            changed.append({"which": state.id, **row})
        else:
            added.append((state.id, here, *row.values()))
        if entry:
            below = used[state.id]
            spoken.append((here, [entry] if below is state else [records.entry_of(below.body), entry]))
    lookups.fill(connection, entries, added)
    if changed:
        values = {name: sa.bindparam(name) for name in row}
        connection.execute(sa.update(entries).where(entries.c.id == sa.bindparam("which")).values(values), changed)
    lookups.forget(connection, list(places.values()))
    lookups.learn(connection, spoken)
