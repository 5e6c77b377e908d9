"""What the store tells: revisions, changes, hits; and the error of two people who changed one entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbench.errors import WorkbenchError
from workbench.glossary.model import Entry, Glossary


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of the store, of one entry or of thousands. Numbers begin at 1, without gaps."""

    number: int
    at: datetime  # UTC
    author: str
    why: str
    what: str  # put, retire, restore, review, import, undo
    undoes: int | None = None
    size: int = 0  # entries that it changed


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as a revision left it."""

    revision: Revision
    entry: Entry
    retired: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it is now, with the revision to give back as `base` when it is changed."""

    entry: Entry
    revision: int
    retired: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """`matched`: the spelling that was found; '' when nothing was asked for."""

    entry: Entry
    revision: int
    retired: bool
    matched: str


@dataclass(frozen=True, slots=True)
class Clash:
    """An entry in three versions; None where it was not there, or in the trash."""

    id: str
    base: Entry | Glossary | None  # what you began with
    theirs: Entry | Glossary | None  # what stands there now
    yours: Entry | Glossary | None  # what you want


class Conflict(WorkbenchError):
    """Somebody changed the same entries meanwhile; nothing was written."""

    def __init__(self, clashes: tuple[Clash, ...], why: str, way_out: str) -> None:
        self.clashes = clashes
        ids = ", ".join(f"'{clash.id}'" if clash.id else "the description" for clash in clashes[:5])
        more = f" and {len(clashes) - 5} more" if len(clashes) > 5 else ""
        super().__init__(f"{ids}{more}: {why}; nothing was written; {way_out}")

    @property
    def base(self) -> Entry | Glossary | None:
        """Of the first clash, as are `theirs` and `yours`."""
        return self.clashes[0].base

    @property
    def theirs(self) -> Entry | Glossary | None:
        return self.clashes[0].theirs

    @property
    def yours(self) -> Entry | Glossary | None:
        return self.clashes[0].yours
