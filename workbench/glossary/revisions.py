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
    what: str  # put, retire, restore, review, merge, split, import, undo, mend, people
    undoes: int | None = None
    size: int = 0  # entries that it changed


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as a revision left it. `heir`: the entry into which it was merged."""

    revision: Revision
    entry: Entry
    retired: bool
    heir: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it is in use, with the revision to give back as `base` when it is changed.

    `proposal`: a version that waits to be approved over it, or was rejected; None when there is none.
    An entry that was never approved is itself what is proposed.
    """

    entry: Entry
    revision: int
    retired: bool
    proposal: Entry | None = None
    heir: str = ""  # the entry into which it was merged


@dataclass(frozen=True, slots=True)
class Hit:
    """`matched`: the spelling or the text that was found; '' when nothing was asked for. `proposal`: see Standing."""

    entry: Entry
    revision: int
    retired: bool
    matched: str
    proposal: Entry | None = None
    rank: int = 0  # how near: 0 the nearest


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
