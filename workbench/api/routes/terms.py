"""Ours: /glossary, /transliterate, /check."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field, field_validator

from workbench import languages
from workbench.api.bodies import body, described
from workbench.api.faults import ANSWERS, Error, Refused
from workbench.api.house import House, house
from workbench.filework.report import entry_json, finding_json, match_json

router = APIRouter(tags=["terms"], responses=ANSWERS)
Served = Annotated[House, Depends(house)]
Code = Annotated[str | None, Query(max_length=35, description="Language code")]
Names = Annotated[list[str] | None, Query(max_length=20, description="Names of glossaries; left out: all")]


@router.get("/glossary", response_model=list[dict[str, Any]])
async def search(
    request: Request,
    served: Served,
    q: Annotated[str, Query(max_length=200, description="A spelling, or how it begins; empty: any")] = "",
    lang: Code = None,
    glossary: Names = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Any:
    """Entries by a spelling, in any script, the nearest first."""
    asker = served.admit(request)
    names = served.glossaries(glossary)
    found = await served.work(asker, lambda: served.workbench.find(q, lang, names, limit))
    return [entry_json(entry) for entry in found]


@router.get("/glossary/{id}", response_model=dict[str, Any], responses={404: {"model": Error}})
async def entry(request: Request, served: Served, id: str, glossary: Names = None) -> Any:
    """One entry."""
    asker = served.admit(request)
    names = served.glossaries(glossary)
    found = (await served.work(asker, lambda: served.workbench.glossary(names))).by_id.get(id)
    if found is None:
        raise Refused(404, "no entry of this id")
    return entry_json(found)


class ToFind(BaseModel):
    q: str = Field(min_length=1, description="A text")
    source: str = Field(max_length=35, description="Its language")
    glossaries: list[str] | None = Field(None, max_length=20)
    style: str | None = Field(None, max_length=100)
    api_key: str | None = Field(None, max_length=200)

    @field_validator("glossaries", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


@router.post("/glossary/show", openapi_extra=described(ToFind), response_model=list[dict[str, Any]])
async def show(request: Request, served: Served, sent: Annotated[ToFind, Depends(body(ToFind))]) -> Any:
    """Which entries match where in a text, and why."""
    asker = served.admit(request, sent)
    served.check_size(sent.q)
    names = served.glossaries(sent.glossaries)
    found = await served.work(asker, lambda: served.workbench.show(sent.q, sent.source, names, sent.style))
    return [match_json(match) for match in found]


class ToWrite(BaseModel):
    q: str = Field(min_length=1, max_length=200, description="A name")
    source: str = Field(max_length=35)
    target: str = Field(max_length=35)
    standard: str | None = Field(None, max_length=100, description="A romanisation to put first, as iso-9985")
    limit: int = Field(5, ge=1, le=50)
    api_key: str | None = Field(None, max_length=200)


class Form(BaseModel):
    form: str
    tag: str
    how: str
    source: str
    score: float
    reason: str


@router.post("/transliterate", openapi_extra=described(ToWrite), response_model=list[Form])
async def transliterate(request: Request, served: Served, sent: Annotated[ToWrite, Depends(body(ToWrite))]) -> Any:
    """Forms of a name for another language, the most trusted first, each with its reason."""
    asker = served.admit(request, sent)
    names = served.glossaries(None)
    found = await served.work(
        asker,
        lambda: served.workbench.candidates(sent.q, sent.source, sent.target, names, sent.standard, sent.limit),
    )
    return [made._asdict() for made in found]


class ToCheck(ToFind):
    q: str = Field(description="The source text")
    translation: str = Field(description="Its translation: line n translates line n")
    target: str = Field(max_length=35)


class Findings(BaseModel):
    findings: list[dict[str, Any]]


@router.post("/check", openapi_extra=described(ToCheck), response_model=Findings)
async def check(request: Request, served: Served, sent: Annotated[ToCheck, Depends(body(ToCheck))]) -> Any:
    """What is wrong with the terms of a finished translation."""
    asker = served.admit(request, sent)
    served.check_size(sent.q, sent.translation)
    names = served.glossaries(sent.glossaries)
    source, target = languages.language(sent.source), languages.language(sent.target)
    found = await served.work(
        asker, lambda: served.workbench.check(sent.q, sent.translation, source, target, names, sent.style)
    )
    return {"findings": [finding_json(finding) for finding in found]}
