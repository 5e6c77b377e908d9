"""What the segment editor asks while somebody types: JSON alone, so that no form of another site can send it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from workbench.api.faults import ANSWERS
from workbench.api.house import House, house
from workbench.checking.choosing import Choice, Line
from workbench.filework.exporting import Piece
from workbench.filework.report import entry_json, marks_json, unlisted_json
from workbench.glossary.model import Kind
from workbench.spans import Span

router = APIRouter(prefix="/editor", tags=["editor"], responses=ANSWERS)
Served = Annotated[House, Depends(house)]
MOST = 5000  # lines of one document
GROWN = 3  # a translation may be so many times as long as the bound for a source


class Sent(BaseModel):
    source: str = Field(max_length=35)
    target: str = Field(max_length=35)
    glossaries: list[str] | None = Field(None, max_length=20)
    style: str | None = Field(None, max_length=100)


Spelling = Annotated[str, Field(min_length=1, max_length=200)]
Place = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class SentLine(BaseModel):
    source: str = Field(max_length=20_000)
    target: str = Field(max_length=20_000)
    edited: bool = False
    names: list[Place] | None = Field(
        None, max_length=2000, description="Places of unlisted names, as /editor/names told; left out: looked for here"
    )


class SentChoice(BaseModel):
    name: str = Field(min_length=1, max_length=200)
    form: str = Field(min_length=1, max_length=200)
    entry: str = Field("", max_length=200)
    kind: Kind = Kind.PERSON
    variants: list[Spelling] = Field([], max_length=50, description="How else the source spells the name")
    short: list[Spelling] = Field([], max_length=50, description="One word of it where it stands alone")

    def choice(self) -> Choice:
        return Choice(
            self.name, self.form, self.entry, self.kind, variants=tuple(self.variants), short=tuple(self.short)
        )


class ToMark(Sent):
    lines: list[SentLine] = Field(max_length=MOST)
    choices: list[SentChoice] = Field([], max_length=200)


class ToChoose(ToMark):
    choice: SentChoice


class SentPiece(SentLine):
    before: str = Field("", max_length=20_000, pattern=r"^\s*$")


class ToExport(Sent):
    lines: list[SentPiece] = Field(max_length=MOST, min_length=1)
    format: Literal["html", "docx", "xlf", "tmx"]


class ToName(Sent):
    sentences: list[Annotated[str, Field(max_length=20_000)]] = Field(max_length=MOST)


class Unlisted(BaseModel):
    """`names`: each with its other spellings, what it may be a part of, and its places: sentence, start, end in code
    points."""

    names: list[dict[str, Any]]


class Marked(BaseModel):
    marks: list[dict[str, Any]]
    entries: dict[str, dict[str, Any]]


class Chosen(BaseModel):
    targets: list[str | None]


def _lines(served: House, sent: ToMark) -> list[Line]:
    served.check_size(*(line.source for line in sent.lines))
    served.check_size(*(line.target for line in sent.lines), times=GROWN)
    return [Line(line.source, line.target, line.edited, _places(line)) for line in sent.lines]


def _places(line: SentLine) -> tuple[Span, ...] | None:
    """Those that lie in the sentence."""
    if line.names is None:
        return None
    return tuple(Span(start, end) for start, end in line.names if start < end <= len(line.source))


@router.post("/names", response_model=Unlisted)
async def names(request: Request, served: Served, sent: ToName) -> Any:
    """Names in the sentences of one text that the glossaries do not list."""
    asker = served.admit(request, cost=1.0)
    served.check_size(*sent.sentences)
    known = served.glossaries(sent.glossaries)
    found = await served.work(
        asker, lambda: served.workbench.unlisted(sent.sentences, sent.source, sent.target, known, sent.style)
    )
    return {"names": [unlisted_json(name) for name in found]}


@router.post("/mark", response_model=Marked)
async def mark(request: Request, served: Served, sent: ToMark) -> Any:
    """Where each line stands to the glossary, and the entries that this is about."""
    asker = served.admit(request)
    lines, names = _lines(served, sent), served.glossaries(sent.glossaries)
    choices = [one.choice() for one in sent.choices]

    def job() -> dict[str, Any]:
        found = served.workbench.mark(lines, sent.source, sent.target, names, sent.style, choices)
        entries = served.workbench.glossary(names, sent.style).by_id
        about = {m.entry for one in found for m in (*one.source, *one.target)} & entries.keys()
        return {
            "marks": [marks_json(one) for one in found],
            "entries": {id: entry_json(entries[id]) for id in sorted(about)},
        }

    return await served.work(asker, job)


@router.post("/choose", response_model=Chosen)
async def choose(request: Request, served: Served, sent: ToChoose) -> Any:
    """The translations with a chosen form in every occurrence, inflected; null for a line that stays as it is."""
    asker = served.admit(request, cost=1.0)
    lines, names = _lines(served, sent), served.glossaries(sent.glossaries)
    earlier = [one.choice() for one in sent.choices]

    def job() -> list[str | None]:
        desk, choice = served.desk(request), sent.choice.choice()
        return served.workbench.choose(lines, choice, sent.source, sent.target, desk, names, sent.style, earlier)

    return {"targets": await served.work(asker, job)}


@router.post(
    "/export",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The file"}},
)
async def export(request: Request, served: Served, sent: ToExport) -> Response:
    """The edited translation as a file."""
    asker = served.admit(request, cost=1.0)
    served.check_size(*(line.source for line in sent.lines))
    served.check_size(*(line.target for line in sent.lines), times=GROWN)
    names = served.glossaries(sent.glossaries)
    draft = tuple(Piece(line.before, line.source, line.target) for line in sent.lines)
    made = await served.work(
        asker, lambda: served.workbench.export(draft, sent.format, sent.source, sent.target, names, sent.style)
    )
    return Response(made, media_type="application/octet-stream")
