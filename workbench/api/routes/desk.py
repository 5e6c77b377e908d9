"""What the Glossary tab asks and does: the store through the desk, so that each may do what the role allows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from workbench.api.faults import ANSWERS, Error, Refused
from workbench.api.house import House, house
from workbench.api.sent import SentEntry
from workbench.glossary.model import Entry, Kind, Review, Status

router = APIRouter(prefix="/desk", tags=["desk"], responses=ANSWERS | {409: {"model": Error}})
Served = Annotated[House, Depends(house)]
Why = Annotated[str, Field(max_length=500)]
Id = Annotated[str, Query(min_length=1, max_length=200)]
FINDINGS = 200  # shown at once


class Done(BaseModel):
    """`written` false: everything stood there already, and `revision` is the last one, which somebody else made."""

    revision: int
    written: bool


def told(entry: Entry | None) -> dict[str, Any] | None:
    """With every field that is not as usual, so that it can be sent back."""
    from workbench.glossary.records import entry_text

    if not isinstance(entry, Entry):
        return None
    usual = {"kind": Kind.TERM.value, "review": Review.APPROVED.value, "terms": []}
    return usual | json.loads(entry_text(entry))


async def at_desk(request: Request, served: House, job: Callable[[Any], Any], cost: float = 0.1) -> Any:
    """The job at the desk of whoever asks, in a thread; a conflict is answered with the versions that clash."""
    from workbench.glossary.revisions import Conflict

    asker = served.admit(request, cost=cost)
    try:
        return await served.work(asker, lambda: job(served.desk(request)))
    except Conflict as conflict:
        return JSONResponse(
            {"error": str(conflict), "clashes": [_clash(clash) for clash in conflict.clashes[:20]]}, 409
        )


async def change(request: Request, served: House, job: Callable[[Any], int]) -> Any:
    """A job that writes, and whether it wrote: only then is there something to take back."""

    def written(desk: Any) -> dict[str, Any]:
        before = desk.store.revision()
        number = job(desk)
        return {"revision": number, "written": number > before and signed(desk, number)}

    return await at_desk(request, served, written, 1.0)


def signed(desk: Any, number: int) -> bool:
    """Whether this person made a revision; others may have written meanwhile."""
    return any(step.number == number and step.author == desk.identity.name for step in desk.store.log(20))


def _clash(clash: Any) -> dict[str, Any]:
    from workbench.glossary.difference import difference
    from workbench.glossary.reconcile import reconcile

    versions = [v if isinstance(v, Entry) else None for v in (clash.base, clash.theirs, clash.yours)]
    base, theirs, yours = versions
    return {
        "id": clash.id,
        "theirs": [asdict(d) for d in difference(base, theirs)],
        "yours": [asdict(d) for d in difference(base, yours)],
        "contests": [asdict(contest) for contest in reconcile(base, theirs, yours).contests],
    }


class Me(BaseModel):
    name: str
    role: str
    may: list[str]
    bundled: list[str]


@router.get("/me", response_model=Me)
async def me(request: Request, served: Served) -> Any:
    """Who asks, and what this person may do to the glossary."""
    bundled = served.workbench.glossary_names()

    def job(desk: Any) -> dict[str, Any]:
        who = desk.identity
        return {"name": who.name, "role": who.role.value, "may": desk.deeds(), "bundled": bundled}

    return await at_desk(request, served, job)


class Found(BaseModel):
    revision: int
    languages: list[str]
    rows: list[dict[str, Any]]


@router.get("/entries", response_model=Found)
async def entries(
    request: Request,
    served: Served,
    q: Annotated[str, Query(max_length=200)] = "",
    lang: Annotated[str | None, Query(max_length=35)] = None,
    kind: Kind | None = None,
    status: Status | None = None,
    review: Review | None = None,
    trash: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Entries of the store that say the text anywhere, in any script, or nearly; the nearest first."""
    from workbench.glossary.difference import difference
    from workbench.glossary.finding import Filter

    asked = Filter(lang or None, status, None, kind, review, trash)

    def job(desk: Any) -> dict[str, Any]:
        hits = desk.store.search(q, asked, limit)
        rows = [
            {
                "entry": told(hit.entry), "proposal": told(hit.proposal), "matched": hit.matched,
                "retired": hit.retired, "revision": hit.revision,
                "changes": [
                    asdict(d) for d in difference(*((hit.entry, hit.proposal) if hit.proposal else (None, hit.entry)))
                ] if review is Review.PROPOSED else [],
            }
            for hit in hits
        ]  # fmt: skip
        spoken = dict.fromkeys(term.language for hit in hits for term in hit.entry.terms)
        return {"revision": desk.store.revision(), "languages": list(spoken), "rows": rows}

    return await at_desk(request, served, job)


class Standing(BaseModel):
    entry: dict[str, Any]
    proposal: dict[str, Any] | None
    changes: list[dict[str, Any]]
    revision: int
    retired: bool
    heir: str


@router.get("/entry", response_model=Standing)
async def entry(request: Request, served: Served, id: Id) -> Any:
    """An entry, even from the trash, with the revision to change it on, and what a proposal would change."""
    from workbench.glossary.difference import difference

    def job(desk: Any) -> dict[str, Any]:
        here = desk.store.get(id)
        changes = difference(here.entry, here.proposal) if here.proposal else ()
        return {
            "entry": told(here.entry), "proposal": told(here.proposal), "changes": [asdict(d) for d in changes],
            "revision": here.revision, "retired": here.retired, "heir": here.heir,
        }  # fmt: skip

    return await at_desk(request, served, job)


@router.get("/history", response_model=list[dict[str, Any]])
async def history(request: Request, served: Served, id: Id) -> Any:
    """Every change of an entry, latest first."""

    def job(desk: Any) -> list[dict[str, Any]]:
        return [
            {
                "revision": step.change.revision.number, "at": step.change.revision.at.isoformat(),
                "author": step.change.revision.author, "why": step.change.revision.why,
                "what": step.change.revision.what, "retired": step.change.retired,
                "differences": [asdict(d) for d in step.differences],
            }
            for step in desk.past(id)
        ]  # fmt: skip

    return await at_desk(request, served, job)


class ToPut(BaseModel):
    entry: SentEntry
    base: int | None = Field(None, ge=0, description="The revision that the change was made on")
    choice: Literal["mine", "theirs", "merge"] | None = Field(None, description="What to take of a conflict")
    new: bool = Field(False, description="Refuse an id that is taken")
    why: Why = ""


@router.post("/put", response_model=Done)
async def put(request: Request, served: Served, sent: ToPut) -> Any:
    """Write an entry; of a translator it is proposed. 409 with both versions when somebody was faster."""
    from workbench.glossary.revisions import Conflict

    made = sent.entry.entry()

    def job(desk: Any) -> int:
        if sent.new and desk.store.find([made.id]):
            raise Refused(409, f"there is an entry '{made.id}' already; give the new one another id")
        try:
            return int(desk.put([made], sent.why, sent.base))
        except Conflict as conflict:
            if sent.choice is None:
                raise
            return int(desk.settle(conflict, sent.choice, sent.why))

    return await change(request, served, job)


class Faults(BaseModel):
    faults: list[dict[str, Any]]


@router.post("/faults", response_model=Faults)
async def faults(request: Request, served: Served, sent: SentEntry) -> Any:
    """What keeps an entry from being written, each with its way out and the number of its term."""
    from workbench.glossary import rules

    served.admit(request)
    return {"faults": [fault._asdict() for fault in rules.faults(sent.entry())]}


class ToDo(BaseModel):
    ids: list[Annotated[str, Field(max_length=200)]] = Field(min_length=1, max_length=200)
    deed: Literal["remove", "restore", "approve", "reject", "mend"]
    base: int | None = Field(None, ge=0)
    why: Why = ""


@router.post("/do", response_model=Done)
async def do(request: Request, served: Served, sent: ToDo) -> Any:
    """Into the trash and out of it, a review, or the safe mends of the lint."""

    def job(desk: Any) -> int:
        deeds = {
            "remove": lambda: desk.remove(sent.ids, sent.why, sent.base),
            "restore": lambda: desk.restore(sent.ids, sent.why, sent.base),
            "approve": lambda: desk.review(sent.ids, Review.APPROVED, sent.why, sent.base),
            "reject": lambda: desk.review(sent.ids, Review.REJECTED, sent.why, sent.base),
            "mend": lambda: desk.mend(sent.why or "mended", sent.ids),
        }
        return int(deeds[sent.deed]())

    return await change(request, served, job)


class ToUndo(BaseModel):
    revision: int = Field(ge=1)
    why: Why = ""


@router.post("/undo", response_model=Done)
async def undo(request: Request, served: Served, sent: ToUndo) -> Any:
    """Take back a revision."""
    return await change(request, served, lambda desk: desk.undo(sent.revision, sent.why))


class ToMerge(BaseModel):
    keep: str = Field(min_length=1, max_length=200)
    away: str = Field(min_length=1, max_length=200)
    why: Why = ""


class Joined(BaseModel):
    keep: dict[str, Any]
    away: dict[str, Any]
    merged: dict[str, Any]
    changes: list[dict[str, Any]]


@router.get("/merged", response_model=Joined)
async def merged(request: Request, served: Served, keep: Id, away: Id) -> Any:
    """Two entries and what they would be as one."""
    from workbench.glossary import joining
    from workbench.glossary.difference import difference

    def job(desk: Any) -> dict[str, Any]:
        one, other = (desk.store.get(id).entry for id in (keep, away))
        whole = joining.merged(one, other)
        changes = [asdict(d) for d in difference(one, whole)]
        return {"keep": told(one), "away": told(other), "merged": told(whole), "changes": changes}

    return await at_desk(request, served, job)


@router.post("/merge", response_model=Done)
async def merge(request: Request, served: Served, sent: ToMerge) -> Any:
    """Join two entries of one concept."""
    return await change(request, served, lambda desk: desk.merge(sent.keep, sent.away, sent.why))


Numbers = Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=500)]


class ToSplit(BaseModel):
    """`moved`, `copied`: numbers of terms of the entry, from 0, as they stand at the revision `base`."""

    id: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)
    moved: Numbers = []
    copied: Numbers = []
    base: int = Field(ge=0)
    why: Why = ""


@router.post("/split", response_model=Done)
async def split(request: Request, served: Served, sent: ToSplit) -> Any:
    """Make two entries of one: a term goes to the new one, or stands in both. 409 when somebody was faster."""

    def job(desk: Any) -> int:
        here = desk.store.get(sent.id)
        if here.revision != sent.base:
            raise Refused(409, f"'{sent.id}' was changed meanwhile; open it again")
        if max((*sent.moved, *sent.copied), default=0) >= len(here.entry.terms):
            raise Refused(400, f"Invalid request: '{sent.id}' has {len(here.entry.terms)} terms")
        moved, copied = ([here.entry.terms[n] for n in numbers] for numbers in (sent.moved, sent.copied))
        return int(desk.split(sent.id, sent.new, moved, copied, sent.why, sent.base))

    return await change(request, served, job)


class Findings(BaseModel):
    count: int
    findings: list[dict[str, Any]]


@router.get("/lint", response_model=Findings)
async def lint(request: Request, served: Served) -> Any:
    """What the checks of the glossary find; `safe`: mended by one press."""

    def job(desk: Any) -> dict[str, Any]:
        found = desk.findings()
        ranked = sorted(found, key=lambda one: (not one.safe, not one.others, one.rule == "missing language"))
        shown = [asdict(one) | {"safe": one.safe, "others": list(one.others)} for one in ranked[:FINDINGS]]
        return {"count": len(found), "findings": shown}

    return await at_desk(request, served, job, 1.0)
