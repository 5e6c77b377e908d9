"""Who may change the store: names, roles, passwords and keys of programs; all secrets are kept as hashes."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection

from workbench.errors import Forbidden, InputError
from workbench.glossary import ledger
from workbench.glossary.formats.fields import meant

if TYPE_CHECKING:
    from workbench.glossary.store import Store

SHORTEST = 10  # characters of a password (NIST SP 800-63B-4 asks for 8 beside another factor, 15 alone)
_NAME = re.compile(r"[\w.@+-]{1,60}")
_KEY = re.compile(r"wb_([0-9a-f]{12})_([\w-]{40,})")
_WRONG = "the name or the password is wrong; try again, or ask an admin for a new password"

_people = sa.table("people", *(sa.column(name) for name in ("name", "role", "password", "added")))
_keys = sa.table("api_keys", *(sa.column(name) for name in ("id", "person", "secret", "added")))


class Role(Enum):
    """Each may do what those before it may."""

    READER = "reader"
    TRANSLATOR = "translator"  # may propose
    EDITOR = "editor"  # may approve, change and import
    ADMIN = "admin"  # may say who is what


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, as far as the store knows."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: Role
    password: bool  # whether one is set
    keys: tuple[str, ...]  # their ids, without the secrets


def identify(store: Store, name: str, key: str | None = None) -> Identity:
    """Of the command line, where whoever opens the store is believed; but one who has keys must show one.

    A store without people is a desk of one's own: everybody is its admin. Raises Forbidden.
    """
    if key:
        found = by_key(store, key)
        if name and name != found.name:
            raise Forbidden(f"the key is of '{found.name}', not of '{name}'; leave out the name or use another key")
        return found
    with store.database.reading() as connection:
        if not _names(connection):
            return Identity(name, Role.ADMIN)
        role = _role(connection, name)
        if connection.execute(sa.select(_keys.c.id).where(_keys.c.person == name).limit(1)).first():
            raise Forbidden(f"'{name}' has a key; show it: set WORKBENCH_KEY")
    return Identity(name, role)


def by_password(store: Store, name: str, password: str) -> Identity:
    """Raises Forbidden, with the same words and after the same time whether the name or the password is wrong."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with store.database.reading() as connection:
        row = connection.execute(sa.select(_people.c.role, _people.c.password).where(_people.c.name == name)).first()
    known = row[1] if row and row[1] else _nobody()
    try:
        _hasher().verify(known, password)
    except (VerificationError, InvalidHashError):
        raise Forbidden(_WRONG) from None
    if row is None or known is not row[1]:
        raise Forbidden(_WRONG)
    if _hasher().check_needs_rehash(known):
        with store.database.writing() as connection:
            _set_password(connection, name, password)
    return Identity(name, Role(row[0]))


def by_key(store: Store, key: str) -> Identity:
    """Raises Forbidden."""
    parts = _KEY.fullmatch(key.strip())
    with store.database.reading() as connection:
        asked = sa.select(_keys.c.person, _keys.c.secret).where(_keys.c.id == (parts[1] if parts else ""))
        row = connection.execute(asked).first()
        if not hmac.compare_digest(row[1] if row else "", _digest(parts[2] if parts else "")):
            raise Forbidden("the key is not known here; ask an admin for one: workbench glossary user key NAME")
        return Identity(row[0], _role(connection, row[0]))


def role_of(store: Store, name: str) -> Role | None:
    """None when there is nobody of that name."""
    with store.database.reading() as connection:
        said = _names(connection).get(name)
    return Role(said) if said else None


def everyone(store: Store) -> list[Person]:
    """By name."""
    with store.database.reading() as connection:
        keys: dict[str, list[str]] = {}
        for person, id in connection.execute(sa.select(_keys.c.person, _keys.c.id).order_by(_keys.c.added)):
            keys.setdefault(person, []).append(id)
        return [
            Person(name, Role(role), bool(password), tuple(keys.get(name, ())))
            for name, role, password, _ in connection.execute(sa.select(*_people.c).order_by(_people.c.name))
        ]


# -- changing, for the desk, which asks who may ---------------------------------------------------


def add(store: Store, name: str, role: Role, by: str) -> bool:
    """False when the same stands there already. The first one must be an admin."""
    if not _NAME.fullmatch(name):
        raise InputError(f"'{name}' is no name of a person here; write letters, digits and . @ + - _, 60 at most")
    with _change(store, by) as (connection, said):
        there = _names(connection)
        if there.get(name) == role.value:
            return False
        if name in there:
            raise InputError(f"'{name}' is there as {there[name]}; change it: workbench glossary user role {name}")
        if not there and role is not Role.ADMIN:
            raise InputError(f"the first one must be an admin: workbench glossary user add {name} --role admin")
        row = {"name": name, "role": role.value, "password": "", "added": _now()}
        connection.execute(sa.insert(_people), row)
        said.append(f"{name} added as {role.value}")
    return True


def set_role(store: Store, name: str, role: Role, by: str) -> bool:
    """False when it is the role already."""
    with _change(store, by) as (connection, said):
        if _role(connection, name) is role:
            return False
        _keep_an_admin(connection, name)
        connection.execute(sa.update(_people).where(_people.c.name == name).values(role=role.value))
        said.append(f"{name} is {role.value}")
    return True


def remove(store: Store, name: str, by: str) -> bool:
    """With the keys; what the person changed stays signed. False when there is none."""
    with _change(store, by) as (connection, said):
        there = _names(connection)
        if name not in there:
            return False
        if len(there) > 1:
            _keep_an_admin(connection, name)
        connection.execute(sa.delete(_keys).where(_keys.c.person == name))
        connection.execute(sa.delete(_people).where(_people.c.name == name))
        said.append(f"{name} removed")
    return True


def set_password(store: Store, name: str, password: str, by: str) -> None:
    if len(password) < SHORTEST:
        raise InputError(f"the password is too short; take {SHORTEST} characters at least")
    with _change(store, by) as (connection, said):
        _role(connection, name)
        _set_password(connection, name, password)
        said.append(f"{name} has a new password")


def make_key(store: Store, name: str, by: str) -> str:
    """A new key, shown only now."""
    id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    with _change(store, by) as (connection, said):
        _role(connection, name)
        row = {"id": id, "person": name, "secret": _digest(secret), "added": _now()}
        connection.execute(sa.insert(_keys), row)
        said.append(f"{name} has a new key {id}")
    return f"wb_{id}_{secret}"


def drop_key(store: Store, id: str, by: str) -> bool:
    """False when there is none of that id."""
    with _change(store, by) as (connection, said):
        if not connection.execute(sa.delete(_keys).where(_keys.c.id == id)).rowcount:
            return False
        said.append(f"key {id} removed")
    return True


@contextmanager
def _change(store: Store, by: str) -> Iterator[tuple[Connection, list[str]]]:
    """One change, signed in the history."""
    with store.database.writing() as connection:
        said: list[str] = []
        yield connection, said
        if said:
            ledger.append(connection, [], by, "; ".join(said), "people")


def _keep_an_admin(connection: Connection, name: str) -> None:
    admins = [other for other, role in _names(connection).items() if role == Role.ADMIN.value]
    if admins == [name]:
        raise InputError(f"'{name}' is the only admin; make another one first: workbench glossary user add NAME")


def _names(connection: Connection) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(sa.select(_people.c.name, _people.c.role))}


def _role(connection: Connection, name: str) -> Role:
    there = _names(connection)
    if name not in there:
        raise Forbidden(f"'{name}' is not known here, {meant(name, there)}; an admin adds people: glossary user add")
    return Role(there[name])


def _set_password(connection: Connection, name: str, password: str) -> None:
    hashed = _hasher().hash(password)
    connection.execute(sa.update(_people).where(_people.c.name == name).values(password=hashed))


@lru_cache(maxsize=1)
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()  # RFC 9106, low memory: 64 MiB


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash of what nobody knows, so that an unknown name takes as long as a known one."""
    hashed: str = _hasher().hash(secrets.token_urlsafe(32))
    return hashed


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()  # of 256 random bits: no dictionary helps


def _now() -> str:
    return ledger.moment(datetime.now(timezone.utc))
