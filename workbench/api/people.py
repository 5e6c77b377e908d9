"""Who is asking: a key, a signed-in person, or nobody in particular."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Person(NamedTuple):
    """`role`: as in the glossary store."""

    name: str
    role: str


class People(Protocol):
    """Where names, passwords and keys are known. Comparisons take the same time whether they fit or not."""

    def signed_in(self, name: str, password: str) -> Person | None: ...

    def with_key(self, key: str) -> Person | None: ...
