"""Errors as clients see them: `{"error": "one line"}`, never a traceback."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from workbench.errors import Forbidden, WorkbenchError

log = logging.getLogger(__name__)


class Error(BaseModel):
    error: str


class Refused(Exception):
    """A request that is answered with a status of its own."""

    def __init__(self, status: int, message: str, retry_after: int | None = None):
        super().__init__(message)
        self.status, self.message, self.retry_after = status, message, retry_after


ANSWERS = {
    400: {"model": Error, "description": "The request cannot be used as it is"},
    403: {"model": Error, "description": "Not allowed"},
    413: {"model": Error, "description": "Too large"},
    429: {"model": Error, "description": "Slow down"},
    503: {"model": Error, "description": "Busy, or out of order"},
}


def answer(status: int, message: str, retry_after: int | None = None) -> JSONResponse:
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return JSONResponse({"error": message}, status, headers)


def install(app: FastAPI) -> None:
    """Handlers for everything that a route may raise."""
    app.add_exception_handler(WorkbenchError, _person)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)


async def _person(_: Request, error: WorkbenchError) -> JSONResponse:
    """Messages of ours are made for people and hold no secret."""
    return answer(403 if isinstance(error, Forbidden) else 400, str(error))


async def _refused(_: Request, error: Refused) -> JSONResponse:
    return answer(error.status, error.message, error.retry_after)


async def _invalid(_: Request, error: RequestValidationError | ValidationError) -> JSONResponse:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"] if part not in ("body", "query", "path")]
    if first["type"] == "missing":
        return answer(400, f"Invalid request: missing {'.'.join(place)} parameter")
    return answer(400, f"Invalid request: {'.'.join(place) or 'body'}: {first['msg']}")


async def _http(_: Request, error: HTTPException) -> JSONResponse:
    return answer(error.status_code, str(error.detail))


async def _broken(request: Request, error: Exception) -> JSONResponse:
    """The log has the traceback; the client gets a line. What the client sent is in neither."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return answer(500, "Something went wrong here; the other requests are served. Please tell whoever runs the server.")
