"""Bodies as LibreTranslate takes them: JSON, a form, or the query string, whatever the client likes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from workbench.api.faults import Refused

Body = TypeVar("Body", bound=BaseModel)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def body(model: type[Body]) -> Callable[[Request], Awaitable[Body]]:
    """A dependency that reads and checks a body of this model."""

    async def read(request: Request) -> Body:
        return model.model_validate(await _fields(request))

    return read


async def _fields(request: Request) -> dict[str, Any]:
    fields: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind in FORMS:
        try:
            form = await request.form(max_files=0)
        except (HTTPException, UnicodeDecodeError, ValueError) as error:
            raise Refused(400, "Invalid request: the form cannot be read") from error
        for name in form:
            values = [value for value in form.getlist(name) if isinstance(value, str)]
            fields[name] = values[0] if len(values) == 1 else values
        return fields
    raw = await request.body()
    if not raw:
        return fields
    try:
        sent = json.loads(raw)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise Refused(400, "Invalid request: the body is no JSON; send JSON or a form") from error
    if not isinstance(sent, dict):
        raise Refused(400, "Invalid request: the body must be a JSON object")
    return {**fields, **sent}


def described(model: type[BaseModel], form: bool = True) -> dict[str, Any]:
    """The request body for OpenAPI; FastAPI cannot tell it from a dependency."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    kinds = ["application/json", FORMS[0]] if form else ["application/json"]
    return {"requestBody": {"required": True, "content": {kind: {"schema": schema} for kind in kinds}}}
