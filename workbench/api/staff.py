"""The people of a glossary store, as the server knows them: names, passwords, keys and roles are the store's."""

from __future__ import annotations

from workbench.api.people import Person
from workbench.errors import Forbidden, InputError
from workbench.glossary import people
from workbench.glossary.people import Identity
from workbench.glossary.store import Store


class Staff:
    """`People` out of a store. A role that is changed there holds from the next request on."""

    def __init__(self, store: Store) -> None:
        """InputError when nobody there has a password or a key, as nobody could come in."""
        if not any(person.password or person.keys for person in people.everyone(store)):
            raise InputError(
                f"{store.name}: nobody could sign in; first: workbench glossary user add NAME --role admin, "
                "then: workbench glossary user password NAME"
            )
        self._store = store

    def signed_in(self, name: str, password: str) -> Person | None:
        try:
            return _person(people.by_password(self._store, name, password))
        except Forbidden:
            return None

    def with_key(self, key: str) -> Person | None:
        try:
            return _person(people.by_key(self._store, key))
        except Forbidden:
            return None

    def present(self, name: str) -> Person | None:
        found = people.role_of(self._store, name)
        return Person(name, found.value) if found else None


def _person(identity: Identity) -> Person:
    return Person(identity.name, identity.role.value)
