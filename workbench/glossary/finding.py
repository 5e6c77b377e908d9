"""The search of the store: any script, without regard to case or Latin diacritics; exact first, then beginnings."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from workbench.glossary import ledger, records
from workbench.glossary.ledger import entries, spellings
from workbench.glossary.model import Kind, Review, Status, Type
from workbench.glossary.revisions import Hit
from workbench.glossary.rules import unprintable
from workbench.text import key, weak_key


@dataclass(frozen=True, slots=True)
class Filter:
    """Of what is searched; None: any. `language`, `status` and `type` are asked of one and the same term."""

    language: str | None = None
    status: Status | None = None
    type: Type | None = None
    kind: Kind | None = None
    review: Review | None = None
    retired: bool = False  # True: only the trash


def search(connection: Connection, text: str, filter: Filter, limit: int, offset: int) -> list[Hit]:
    """`text` '': every entry that the filter lets through, by id."""
    rank, fits = _likeness(text.strip())
    conditions = [fits, entries.c.retired == int(filter.retired), *_conditions(filter)]
    best = sa.func.min(rank)
    asked = (
        sa.select(spellings.c.entry, best)
        .join(entries, entries.c.id == spellings.c.entry)
        .where(*conditions)
        .group_by(spellings.c.entry)
        .order_by(best, spellings.c.entry)
        .limit(limit)
        .offset(offset)
    )
    ids = [row[0] for row in connection.execute(asked)]
    states = ledger.now(connection, ids)
    matched: dict[str, str] = {}
    if text.strip():
        rows = sa.select(spellings.c.entry, spellings.c.text).join(entries, entries.c.id == spellings.c.entry)
        rows = rows.order_by(rank, sa.func.length(spellings.c.text), spellings.c.text)
        for part in ledger.chunks(ids):
            for id, spelling in connection.execute(rows.where(*conditions, spellings.c.entry.in_(part))):
                matched.setdefault(id, spelling)
    return [
        Hit(records.entry_of(states[id].body), states[id].revision, states[id].retired, matched.get(id, ""))
        for id in ids
    ]


def _likeness(text: str) -> tuple[sa.ColumnElement[int], sa.ColumnElement[bool]]:
    """How near a spelling is, 0 the nearest, and whether it is near at all."""
    if not text:
        return sa.literal(0), sa.true()
    if unprintable(text) or not key(text):
        return sa.literal(0), sa.false()
    pairs = [(spellings.c.folded, key(text)), (spellings.c.plain, weak_key(text))]
    rank = sa.case(
        (pairs[0][0] == pairs[0][1], 0),
        (pairs[1][0] == pairs[1][1], 1),
        (sa.or_(*(column.startswith(folded, autoescape=True) for column, folded in pairs)), 2),
        else_=3,
    )
    return rank, sa.or_(*(column.contains(folded, autoescape=True) for column, folded in pairs))


def _conditions(filter: Filter) -> list[sa.ColumnElement[bool]]:
    asked = [
        (spellings.c.language, filter.language),
        (spellings.c.status, filter.status),
        (spellings.c.type, filter.type),
        (entries.c.kind, filter.kind),
        (entries.c.review, filter.review),
    ]
    return [column == (value if isinstance(value, str) else value.value) for column, value in asked if value]
