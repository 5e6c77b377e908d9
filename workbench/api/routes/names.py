"""/names: names that no glossary lists, their forms, and what is proposed of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, field_validator

from workbench import languages
from workbench.api.bodies import body, described
from workbench.api.faults import ANSWERS
from workbench.api.house import House, house
from workbench.api.sent import SentFile
from workbench.filework.report import entry_json
from workbench.glossary.model import Entry, Kind, merged

router = APIRouter(prefix="/names", tags=["names"], responses=ANSWERS)
Served = Annotated[House, Depends(house)]
Code = Annotated[str, Field(max_length=35)]


class ToDiscover(BaseModel):
    q: str | list[str] = Field(description="Text, or texts")
    source: str | None = Field(None, max_length=35, description="Language code; left out: detected")
    targets: list[Code] = Field([], max_length=50, description="Languages to propose forms for")
    least: int = Field(1, ge=1, le=1000, description="Mentions that a name must have")
    api_key: str | None = Field(None, max_length=200)

    @field_validator("targets", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class FileToDiscover(SentFile):
    source: str | None = Field(None, max_length=35)
    targets: list[Code] = Field([], max_length=50)
    least: int = Field(1, ge=1, le=1000)


class Names(BaseModel):
    """`names`: each with its spellings, their counts, a picture of how they stand to the first, and a proposal."""

    language: str
    names: list[dict[str, Any]]


def _found(served: House, texts: list[Any], targets: list[str], least: int) -> dict[str, Any]:
    bench, known = served.workbench, served.glossaries(None)
    clusters = [cluster for cluster in bench.names(texts, known) if cluster.count >= least]
    proposed = bench.proposals(clusters, targets, known, least).entries
    made = [
        {
            "name": cluster.spellings[0].text,
            "language": cluster.spellings[0].language,
            "count": cluster.count,
            "doubt": cluster.doubt,
            "spellings": [
                {"text": s.text, "language": s.language, "count": s.count, "short": s.short} for s in cluster.spellings
            ],
            "kin": [asdict(one) for one in bench.spellings(cluster)],
            "entry": entry_json(entry),
        }
        for cluster, entry in zip(clusters, proposed, strict=True)
    ]
    return {"language": texts[0].language if texts else "", "names": made}


@router.post("", openapi_extra=described(ToDiscover), response_model=Names)
async def discover(request: Request, served: Served, sent: Annotated[ToDiscover, Depends(body(ToDiscover))]) -> Any:
    """Names in texts that the glossaries do not know, with their spellings, and entries to propose."""
    asker = served.admit(request, sent, 1.0)
    said = [sent.q] if isinstance(sent.q, str) else sent.q
    served.check_size(*said)

    def job() -> dict[str, Any]:
        from workbench.names.discovery import Text

        source = languages.language(sent.source) if sent.source else None
        texts = [Text(text, source or served.workbench.detect(text)) for text in said if text.strip()]
        return _found(served, texts, sent.targets, sent.least)

    return await served.work(asker, job)


@router.post("/file", response_model=Names)
async def discover_in_file(request: Request, served: Served, sent: FileToDiscover) -> Any:
    """As `/names`, in a document of any format that can be translated."""
    asker = served.admit(request, cost=1.0)

    def job() -> dict[str, Any]:
        with sent.file() as path:
            texts = served.workbench.texts_of(path, sent.name, sent.source)
            return _found(served, texts, sent.targets, sent.least)

    return await served.work(asker, job)


class ToForm(BaseModel):
    q: str = Field(min_length=1, max_length=200, description="A name")
    source: str = Field(max_length=35)
    targets: list[Code] = Field([], max_length=60, description="Language codes; none: all")
    limit: int = Field(3, ge=1, le=10, description="Forms of a language at most")


class Forms(BaseModel):
    forms: list[dict[str, Any]]
    kin: list[dict[str, Any]]


@router.post("/forms", response_model=Forms)
async def forms(request: Request, served: Served, sent: ToForm) -> Any:
    """A name in many languages, each form with reason and source, and the spellings that stand near it."""
    asker = served.admit(request)
    known = served.glossaries(None)

    def job() -> dict[str, Any]:
        found = served.workbench.forms(sent.q, sent.source, sent.targets, known, sent.limit)
        rows = [
            {"language": code, "name": languages.name(code), "forms": [made._asdict() for made in ranked]}
            for code, ranked in found.items()
        ]
        return {"forms": rows, "kin": [asdict(one) for one in served.workbench.kin(sent.q.strip(), found, known)]}

    return await served.work(asker, job)


class Adopted(BaseModel):
    language: str = Field(max_length=35)
    form: str = Field(min_length=1, max_length=200)
    reason: str = Field("", max_length=500)


class ToAdopt(BaseModel):
    q: str = Field(min_length=1, max_length=200, description="A name")
    source: str = Field(max_length=35)
    kind: Kind = Kind.PERSON
    forms: list[Adopted] = Field(min_length=1, max_length=200)


class Proposed(BaseModel):
    entry: str
    revision: int


@router.post("/adopt", response_model=Proposed)
async def adopt(request: Request, served: Served, sent: ToAdopt) -> Any:
    """Propose forms of a name to the editors of the glossary."""
    asker = served.admit(request, cost=1.0)

    def job() -> dict[str, Any]:
        desk, bench = served.desk(request), served.workbench
        # What the store says counts more than a file of the same id; a rejected name may be proposed again.
        glossary = merged([bench.glossary(), desk.store.glossary()])
        chosen = [(one.language, one.form, one.reason) for one in sent.forms]
        made: Entry = bench.adoption(sent.q, sent.source, sent.kind, chosen, glossary)
        return {"entry": made.id, "revision": desk.put([made], "adopted from the names")}

    return await served.work(asker, job)
