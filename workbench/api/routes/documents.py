"""As LibreTranslate: /translate_file, and where what it made is fetched."""

from __future__ import annotations

from threading import Event
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field, field_validator
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from workbench import languages
from workbench.api.faults import ANSWERS, Error, Refused
from workbench.api.house import House, house
from workbench.batch.parcel import Parcel
from workbench.filework.single import Task
from workbench.shelf import safe_name

router = APIRouter(tags=["translate"], responses=ANSWERS)
AUTO = "auto"
LONGER = 10  # times the bound of a text that a file may hold: some 800 pages
Served = Annotated[House, Depends(house)]


class ToTranslateFile(BaseModel):
    source: str = Field(description="Language code, or auto", max_length=35)
    target: str = Field(description="Language code", max_length=35)
    api_key: str | None = Field(None, max_length=200)
    glossaries: list[str] | None = Field(None, description="Ours: names of glossaries; left out: all", max_length=20)
    style: str | None = Field(None, description="Ours: a house style", max_length=100)

    @field_validator("glossaries", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


def _described() -> dict[str, Any]:
    schema = ToTranslateFile.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["properties"]["file"] = {"type": "string", "format": "binary", "description": "A document"}
    schema["required"] = ["file", *schema["required"]]
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


class FileMade(BaseModel):
    translatedFileUrl: str


async def _sent(request: Request) -> tuple[ToTranslateFile, str, bytes]:
    """The fields, the name of the file and its bytes; the body as a whole is bounded before."""
    try:
        form = await request.form(max_files=1, max_fields=30)
    except (HTTPException, UnicodeDecodeError, ValueError) as error:
        raise Refused(400, "Invalid request: the form cannot be read") from error
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Refused(400, "Invalid request: missing file parameter")
    fields: dict[str, Any] = dict(request.query_params)
    for name in form:
        values = [value for value in form.getlist(name) if isinstance(value, str)]
        if values:
            fields[name] = values if len(values) > 1 else values[0]
    return ToTranslateFile.model_validate(fields), file.filename, await file.read()


@router.post("/translate_file", openapi_extra=_described(), response_model=FileMade)
async def translate_file(request: Request, served: Served) -> Any:
    """Translate a document; the answer says where the translation, a file of the same format, can be fetched."""
    asker = served.admit(request)
    sent, name, data = await _sent(request)
    served.admit(request, sent, 1.0)
    target, source = languages.language(sent.target), None
    if sent.source != AUTO:
        source = languages.language(sent.source)
    names = served.glossaries(sent.glossaries)
    task = Task(target, source, None if names is None else tuple(names), sent.style)

    def job() -> str:
        folder = served.shelf.folder()
        given = folder / safe_name(name)
        given.write_bytes(data)
        out = folder / "made"
        out.mkdir()
        parcel = Parcel((given,), (target,), out, task, most=LONGER * served.settings.characters)
        (line,) = served.workbench.deliver(parcel, lambda step: None, Event()).lines
        if line.path is None:
            raise Refused(503 if line.broken else 400, line.why)
        return served.shelf.lend(line.path)

    made = await served.work(asker, job)
    return {"translatedFileUrl": str(request.url_for("download_file", name=made))}


@router.get(
    "/download_file/{name}",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, 404: {"model": Error}},
)
async def download_file(served: Served, name: str) -> Any:
    """A translation, for an hour; its name is the key to it."""
    path = served.shelf.lent(name)
    if path is None:
        raise Refused(404, "no file of this name, or no longer")
    return FileResponse(path, media_type="application/octet-stream", filename=path.name)
