"""Two texts that translate each other."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """One aligned segment, the collection it comes from, and the languages of its sides."""

    origin: str
    source: str
    target: str
    languages: tuple[str, str] = ("", "")


class Collection(NamedTuple):
    """The key of pairs that belong together: where they come from and the way they run."""

    origin: str
    source: str
    target: str
