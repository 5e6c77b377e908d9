"""The search of the store: over every field, in any script, also of what is spelled wrongly or known in part.

The nearest comes first: a whole spelling, the beginning of one, of a later word of it, of its reading in Latin
letters; all the words in any order and any field; what sounds alike. Parts of words and misspellings are looked
for only when nothing of that is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from workbench.glossary import ledger, likeness, records
from workbench.glossary.ledger import entries
from workbench.glossary.likeness import Asked
from workbench.glossary.lookups import Way, facets, lookups, with_part, words
from workbench.glossary.model import Entry, Kind, Review, Status, Term, Type
from workbench.glossary.revisions import Hit
from workbench.glossary.rules import unprintable
from workbench.glossary.sounds import skeleton

LAST = "\U0010ffff"  # no key goes on with it
NEXT = "!"  # before it, a space: a key that is a word or goes on after it lies between the word and the word with this
FEW = 10_000  # entries that a filter looks through one by one; keys that one stage reads
JUDGED = 400  # entries that one stage looks at, or four for each that is wanted
AT_ONCE = 50  # of them together
CANDIDATES = 2_000  # words that are held against a misspelled one
RANGE = 20_000  # words with the same beginning of which the length is looked at
MANY = 1_000  # keys from which a word is a common one
NEAR = 12  # words that are tried for one


@dataclass(frozen=True, slots=True)
class Filter:
    """Of what is searched; None: any. `language`, `status` and `type` are asked of one and the same term."""

    language: str | None = None
    status: Status | None = None
    type: Type | None = None
    kind: Kind | None = None
    review: Review | None = None
    retired: bool = False  # True: only the trash

    def passes(self, term: Term) -> bool:
        return (
            self.language in (None, term.language)
            and self.status in (None, term.status)
            and self.type in (None, term.type)
        )

    @property
    def of_terms(self) -> bool:
        return (self.language, self.status, self.type) != (None, None, None)


def search(connection: Connection, text: str, filter: Filter, limit: int, offset: int) -> list[Hit]:
    """`text` '': every entry that the filter lets through, by id."""
    if not text.strip():
        ids = connection.execute(_every(connection, filter).limit(limit).offset(offset)).scalars()
        return list(_hits(connection, list(ids), filter, None).values())
    asked = Asked.of("" if unprintable(text) else text)
    if not asked.words:
        return []
    found: dict[str, Hit] = {}
    for stage in (*_stages(connection, asked), *_resorts(connection, asked)):
        if stage.last and any(hit.rank < likeness.ALIKE_RANK for hit in found.values()):
            break
        _gather(connection, stage, asked, filter, found, limit + offset)
        if len(found) >= limit + offset:
            break
    ordered = sorted(found.values(), key=lambda hit: hit.rank)  # stable: within a rank as the keys stand
    return ordered[offset : offset + limit]


@dataclass(frozen=True, slots=True)
class _Stage:
    """One kind of nearness. `select`: made when it is needed; None when there is nothing to ask."""

    select: Callable[[], sa.Select | None]
    asked: Asked | None = None  # what is held against the entries, where it is not what was typed
    last: bool = False  # only when nothing was found before


def _gather(
    connection: Connection, stage: _Stage, typed: Asked, filter: Filter, found: dict[str, Hit], enough: int
) -> None:
    """Add what a stage finds; a key may lead to an entry that is there already, so ask for more until it suffices."""
    select = stage.select()
    if select is None:
        return
    select, wanted = select.where(*_conditions(filter)), 4 * enough
    judged, most = set(found), len(found) + max(JUDGED, 4 * enough)
    while True:
        ids = list(connection.execute(select.limit(wanted)).scalars())
        new = [id for id in dict.fromkeys(ids) if id not in judged]
        while new and len(found) < enough and len(judged) < most:
            size = min(AT_ONCE, enough - len(found))  # most that are found are meant: judge no more than are needed
            part, new = new[:size], new[size:]
            found.update(_hits(connection, part, filter, stage.asked or typed))
            judged.update(part)
        if len(found) >= enough or len(judged) >= most or len(ids) < wanted or wanted > FEW:
            return
        wanted *= 4


def _stages(connection: Connection, asked: Asked) -> Iterator[_Stage]:
    yield _Stage(lambda: _keyed(asked.plain, Way.WHOLE))
    yield _Stage(lambda: _keyed(_begins(asked.plain), Way.WHOLE))
    yield _Stage(lambda: _keyed(_begins(asked.plain), Way.LATER))
    yield _Stage(lambda: _keyed(_begins(asked.read), Way.WHOLE, Way.LATER, Way.READ) if asked.readable else None)
    yield _Stage(lambda: _with_all(connection, [[_begins(word)] for word in asked.words]))
    yield _Stage(lambda: _with_all(connection, _alike(connection, asked)))


def _resorts(connection: Connection, asked: Asked) -> Iterator[_Stage]:
    """What is tried when nothing was found."""

    def parts() -> sa.Select | None:
        if min(map(len, asked.words)) < 2:
            return None
        return _with_all(connection, [list(map(_is, with_part(connection, word, NEAR))) for word in asked.words])

    def mended() -> sa.Select | None:
        return _with_all(connection, [list(map(_is, _nearest(connection, word))) for word in asked.words])

    yield _Stage(parts, asked.loosely, last=True)
    yield _Stage(mended, asked.loosely, last=True)


Range = tuple[str, str]  # keys from the one on, before the other


def _begins(start: str) -> Range:
    return start, start + LAST


def _is(word: str) -> Range:
    return word, word + NEXT


def _within(range: Range, column: sa.ColumnElement[str] = lookups.c.key) -> sa.ColumnElement[bool]:
    return sa.and_(column >= range[0], column < range[1])


def _keyed(range: Range | str, *ways: Way) -> sa.Select:
    """Entries by a key, or by one in a range, in the order of the keys."""
    key = lookups.c.key == range if isinstance(range, str) else _within(range)
    way = lookups.c.way == int(ways[0]) if len(ways) == 1 else lookups.c.way.in_(list(map(int, ways)))
    return (
        sa.select(entries.c.id)
        .select_from(lookups.join(entries, entries.c.place == lookups.c.place))
        .where(key, way)
        .order_by(lookups.c.key, lookups.c.way, lookups.c.place)
    )


def _with_all(connection: Connection, alternatives: Sequence[Sequence[Range]]) -> sa.Select | None:
    """Entries with a key in a range of each."""
    if not alternatives or not all(alternatives):
        return None
    rarest = alternatives[0]
    if len(alternatives) > 1:
        rarest = min(alternatives, key=lambda ranges: _commonness(connection, ranges))
    select = (
        sa.select(entries.c.id)
        .select_from(lookups.join(entries, entries.c.place == lookups.c.place))
        .where(sa.or_(*map(_within, rarest)))
    )
    for ranges in alternatives:
        if ranges is not rarest:
            other = lookups.alias()
            in_one = sa.or_(*(_within(range, other.c.key) for range in ranges))
            select = select.where(sa.exists().where(other.c.place == lookups.c.place, in_one))
    return select


def _commonness(connection: Connection, ranges: Sequence[Range]) -> int:
    """How many keys are in one of them, as far as it matters."""
    keys = sa.select(lookups.c.place).where(sa.or_(*map(_within, ranges))).limit(MANY)
    return connection.execute(sa.select(sa.func.count()).select_from(keys.subquery())).scalar_one()


def _alike(connection: Connection, asked: Asked) -> list[list[Range]]:
    """For every word the known ones with its consonants; nothing when a word has none."""
    found = []
    for word in asked.read.split():
        bones = skeleton(word)
        if not bones:
            return []
        known = sa.select(words.c.word).where(words.c.bones == bones, words.c.bones != "").limit(CANDIDATES)
        found.append(list(map(_is, likeness.alike(word, connection.execute(known).scalars(), NEAR))))
    return found


def _nearest(connection: Connection, word: str) -> list[str]:
    """Known words that a word may be a misspelling of: with one error at least a half of it stands as it should,
    with two at least a third."""
    errors = likeness.errors(word)
    if not errors:
        return [word]
    pieces = likeness.pieces(word, errors + 1)
    near: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        if number == 0:
            begins = sa.select(words.c.word).where(_within(_begins(piece), words.c.word)).limit(RANGE).subquery()
            length = sa.func.length(begins.c.word).between(len(word) - errors, len(word) + errors)
            candidates: Iterable[str] = connection.execute(sa.select(begins.c.word).where(length)).scalars()
        else:
            candidates = with_part(connection, piece, CANDIDATES) if len(piece) > 2 else ()
        near.update(likeness.near(word, candidates, errors))
    return sorted(near, key=lambda found: (near[found], found))[:NEAR]


def _every(connection: Connection, filter: Filter) -> sa.Select:
    select = sa.select(entries.c.id).where(entries.c.id != ledger.ABOUT).order_by(entries.c.id)
    if not filter.of_terms:
        return select.where(*_conditions(filter))
    rare = sa.select(facets.c.place).where(*_of_term(filter)).limit(FEW + 1)
    if len(connection.execute(rare).all()) <= FEW:
        select = select.where(entries.c.place.in_(rare))
        return select.where(*_conditions(filter, terms=False))
    return select.where(*_conditions(filter))


def _conditions(filter: Filter, terms: bool = True) -> list[sa.ColumnElement[bool]]:
    conditions = [entries.c.retired == int(filter.retired)]
    if filter.kind:
        conditions.append(entries.c.kind == filter.kind.value)
    if filter.review:
        stands = entries.c.review == filter.review.value
        conditions.append(stands if filter.review is not Review.APPROVED else stands | (entries.c.over_revision > 0))
    if terms and filter.of_terms:
        conditions.append(sa.exists().where(facets.c.place == entries.c.place, *_of_term(filter)))
    return conditions


def _of_term(filter: Filter) -> list[sa.ColumnElement[bool]]:
    asked = ((facets.c.language, filter.language), (facets.c.status, filter.status), (facets.c.type, filter.type))
    return [column == (value if isinstance(value, str) else value.value) for column, value in asked if value]


def _hits(connection: Connection, ids: list[str], filter: Filter, asked: Asked | None) -> dict[str, Hit]:
    """Of the entries that do match; a key may belong to a term that the filter does not let through."""
    states = ledger.now(connection, ids)
    used = ledger.in_use(connection, states)
    made: dict[str, Hit] = {}
    for id in ids:
        present = records.entry_of(states[id].body)
        below = None if used[id] is states[id] else records.entry_of(used[id].body)
        rank, matched = (0, "") if asked is None else _matched(asked, [e for e in (below, present) if e], filter)
        if rank is not None:
            made[id] = Hit(
                below or present, states[id].revision, states[id].retired, matched, below and present, rank
            )  # fmt: skip
    return made


def _matched(asked: Asked, versions: list[Entry], filter: Filter) -> tuple[int | None, str]:
    """How near, and which spelling or text it is; None where there is none."""
    found = [likeness.nearest(asked, entry, filter.passes) for entry in versions]
    best = min((f for f in found if f is not None), default=None)
    return (None, "") if best is None else (best.rank, best.text)
