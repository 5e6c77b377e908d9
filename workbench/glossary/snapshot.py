"""A large store as it stands at one revision, on a shelf: read in parts, never as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from workbench import cachefolder
from workbench.errors import StoreError
from workbench.glossary import ledger, records, shelf
from workbench.glossary.ledger import ABOUT, State, entries, revisions
from workbench.glossary.model import Glossary


def large(connection: Connection) -> bool:
    """Whether the entries are too many to be made all at once."""
    return connection.execute(sa.select(sa.func.count()).select_from(entries)).scalar_one() > shelf.LARGE


def taken(connection: Connection, store: str, number: int, last: int) -> Glossary:
    """Everything outside the trash after a revision; from the cache folder if it was taken before.

    `store`: the name of the database. StoreError when the cache folder cannot hold it.
    """
    about = _states(connection, [ABOUT], number, last).get(ABOUT)
    described = Glossary() if about is None or about.retired else records.about_of(about.body)
    pointer = _pointer(connection, store, number)
    found = shelf.opened(_content(pointer))
    if found is None:
        try:
            found = shelf.shelved(_texts(connection, number, last))
            pointer.parent.mkdir(parents=True, exist_ok=True)
            pointer.write_text(json.dumps({"content": found.content}))
        except OSError as wrong:
            raise StoreError(
                f"{cachefolder.folder()}: a glossary of this size needs room there ({wrong.strerror}); "
                "make room, or name another folder with WORKBENCH_CACHE"
            ) from None
    return replace(described, entries=found)


def _texts(connection: Connection, number: int, last: int) -> Iterator[str]:
    ids = connection.execute(sa.select(entries.c.id).where(entries.c.id != ABOUT).order_by(entries.c.place)).scalars()
    for part in ledger.chunks(ids.all()):
        states = _states(connection, part, number, last)
        yield from (state.body for state in states.values() if not state.retired)


def _states(connection: Connection, ids: list[str], number: int, last: int) -> dict[str, State]:
    states = ledger.now(connection, ids) if number == last else ledger.then(connection, number, ids)
    return ledger.in_use(connection, states)


def _pointer(connection: Connection, store: str, number: int) -> Path:
    """A file that names the content. Another store in the same place had its revision at another moment."""
    made = connection.execute(sa.select(revisions.c.made).where(revisions.c.number == number)).scalar_one_or_none()
    name = hashlib.sha256(f"{store} {number} {made}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return cachefolder.folder() / "revisions" / f"{name}.json"


def _content(pointer: Path) -> str:
    try:
        return str(json.loads(pointer.read_text())["content"])
    except (OSError, ValueError, KeyError):
        return "unknown"
