"""Who is asking: a key, a signed-in person, or nobody in particular."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple, Protocol

KEPT = 12 * 3600  # seconds that somebody stays signed in
MOST = 10_000  # people signed in at once; the one signed in longest ago goes first


class Person(NamedTuple):
    """`role`: as in the glossary store: reader, translator, editor or admin."""

    name: str
    role: str


class People(Protocol):
    """Where names, passwords and keys are known. Both take the same time whether they fit or not."""

    def signed_in(self, name: str, password: str) -> Person | None: ...

    def with_key(self, key: str) -> Person | None: ...

    def present(self, name: str) -> Person | None:
        """Somebody who signed in before, in the role of now; None when the person is no longer there."""
        ...


class Sessions:
    """Who is signed in, by a random token; gone when the server ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock, self._guard = clock, threading.Lock()
        self._open: OrderedDict[str, tuple[Person, float]] = OrderedDict()

    def begin(self, person: Person) -> str:
        token = secrets.token_urlsafe(32)
        with self._guard:
            self._open[token] = (person, self._clock() + KEPT)
            if len(self._open) > MOST:
                self._open.popitem(last=False)
        return token

    def of(self, token: str) -> Person | None:
        person, until = self._open.get(token, (None, 0.0))
        return person if self._clock() < until else None

    def end(self, token: str) -> None:
        with self._guard:
            self._open.pop(token, None)
