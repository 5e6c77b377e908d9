"""What comes into the store as a file, and goes out as one."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from workbench.api.faults import ANSWERS, Error, Refused
from workbench.api.routes.desk import Served, Why, at_desk, signed
from workbench.api.sent import SentFile

router = APIRouter(prefix="/desk", tags=["desk"], responses=ANSWERS | {409: {"model": Error}})
ROWS = 300  # of a preview


class ToImport(BaseModel):
    """A file, or the name of a bundled glossary."""

    file: SentFile | None = None
    bundled: str = Field("", max_length=100)
    write: bool = Field(False, description="Write what the preview showed")
    base: int | None = Field(None, ge=0, description="The revision of the preview that was looked at")
    take: list[Annotated[str, Field(max_length=200)]] = Field([], max_length=1000)
    why: Why = ""


class Previewed(BaseModel):
    base: int
    format: str
    remarks: list[str]
    counts: dict[str, int]
    rows: list[dict[str, Any]]
    revision: int | None = None
    written: bool = False


@router.post("/import", response_model=Previewed)
async def import_(request: Request, served: Served, sent: ToImport) -> Any:
    """What a file would do to the store, entry by entry; with `write` it is done, without conflicting and refused
    entries but for those that are taken. A translator's entries are proposed."""
    if (sent.file is None) == (not sent.bundled):
        raise Refused(400, "Invalid request: send a file or the name of a bundled glossary")
    if sent.bundled and sent.bundled not in served.workbench.glossary_names():
        raise Refused(400, "no bundled glossary of this name")

    def job(desk: Any) -> dict[str, Any]:
        if sent.file is None:
            return _imported(desk, desk.preview(sent.bundled), sent, sent.bundled)
        with sent.file.file() as path:
            preview = desk.preview(path)
        return _imported(desk, preview, sent, sent.file.name)

    return await at_desk(request, served, job, 1.0)


def _imported(desk: Any, preview: Any, sent: ToImport, name: str) -> dict[str, Any]:
    revision, written = None, False
    if sent.write:
        if sent.base is not None and preview.base != sent.base:
            raise Refused(409, "the glossary was changed since the preview; look at it again")
        revision = desk.apply(preview, sent.why or f"import of {name}", skip=True, take=sent.take)
        written = revision > preview.base and signed(desk, revision)
    told_rows = [row for row in preview.rows if row.verdict.value != "same"][:ROWS]
    rows = [
        {
            "verdict": row.verdict.value, "id": row.id, "line": row.line, "reason": row.reason,
            "differences": [asdict(d) for d in row.differences],
            "terms": [f"{t.language} {t.text}" for t in row.new.terms[:8]] if row.new else [],
        }
        for row in told_rows
    ]  # fmt: skip
    return {"base": preview.base, "format": preview.format, "remarks": preview.remarks, "counts": preview.counts,
            "rows": rows, "revision": revision, "written": written}  # fmt: skip


SUFFIXES = {"yaml": "yaml", "tbx": "tbx", "csv": "csv", "xlsx": "xlsx", "jsonl": "jsonl", "tmx": "tmx"}


@router.get("/export", response_class=Response)
async def export(
    request: Request, served: Served, format: Literal["yaml", "tbx", "csv", "xlsx", "jsonl", "tmx"] = "yaml"
) -> Any:
    """The store as a file."""
    from workbench.glossary import reading

    def job(desk: Any) -> bytes:
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            path = Path(folder, f"glossary.{SUFFIXES[format]}")
            reading.save(desk.store.glossary(), path)
            return path.read_bytes()

    made = await at_desk(request, served, job, 1.0)
    if not isinstance(made, bytes):
        return made
    named = {"Content-Disposition": f'attachment; filename="glossary.{SUFFIXES[format]}"'}
    return Response(made, media_type="application/octet-stream", headers=named)
