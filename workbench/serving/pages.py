"""The page in each of its languages, made when it is first asked for; the API answers meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from html import escape

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from workbench.api.faults import answer
from workbench.api.house import House
from workbench.serving import stubs
from workbench.words import LANGUAGES, likeliest, speaking

SOON = """<!doctype html><html lang="{language}"><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Workbench for Names</title><body style="font: 16px system-ui, sans-serif; margin: 4em auto; max-width: 30em">
<h1 style="font-size: 20px">Workbench for Names</h1><p role="status">{text}</p></body></html>"""


class Pages:
    """Takes every path that the API does not: English at `/`, the others at `/es/` and so on."""

    def __init__(self, house: House):
        self._house, self._shelf = house, house.shelf
        self._guard = threading.Lock()
        self._made: dict[str, Future[FastAPI]] = {}
        self._open: dict[str, tuple[asyncio.Future[None], asyncio.Future[None]]] = {}
        self._closing: asyncio.Event | None = None

    def begin(self, language: str = "en") -> Future[FastAPI]:
        """Make a page in a thread, once."""
        with self._guard:
            if language not in self._made:
                self._made[language] = Future()
                threading.Thread(target=self._make, args=(language, self._made[language]), daemon=True).start()
            return self._made[language]

    def _make(self, language: str, made: Future[FastAPI]) -> None:
        try:
            with _unswept(), stubs.unwritten():
                from workbench.ui import page  # gradio takes seconds to import

                app = page.app(self._house, language, _path(language), self._shelf)
            made.set_result(app)
        except BaseException as error:
            made.set_exception(error)  # raised where the page is asked for
            raise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        language = _language(scope["path"])
        if self._house.people is not None and self._house.person(request) is None:
            await self._to_sign_in(request)(scope, receive, send)
            return
        if scope["path"] == "/" and "lang" not in request.query_params:
            wished = likeliest(request.headers.get("accept-language", ""))
            if wished != "en" and "text/html" in request.headers.get("accept", ""):
                await RedirectResponse(f"{wished}/", 307, {"Vary": "Accept-Language"})(scope, receive, send)
                return
        if scope["path"] == f"/{language}":
            await RedirectResponse(f"{language}/", 307)(scope, receive, send)
            return
        made = self.begin(language)
        if not made.done() and scope["path"] == _path(language).rstrip("/") + "/":
            text = escape(speaking(language)("The page is being made ready…"))
            await HTMLResponse(SOON.format(language=language, text=text), headers={"Cache-Control": "no-store"})(
                scope, receive, send
            )
            return
        app = await asyncio.wrap_future(made)
        await self._awake(language, app)
        await app(scope, receive, send)

    def _to_sign_in(self, request: Request) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return answer(403, "Please sign in")
        depth = request.url.path.count("/") - 1
        return RedirectResponse("../" * depth + "login", 303)

    @contextlib.asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        """Of the whole server: at its end the pages do what they do when a server ends."""
        self._closing = asyncio.Event()
        yield
        self._closing.set()
        await asyncio.gather(*(task for task, _ in self._open.values()))

    async def _awake(self, language: str, app: FastAPI) -> None:
        """Let the page do what it does when a server starts, once."""
        if language not in self._open:
            ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._open[language] = asyncio.ensure_future(self._kept(app, ready)), ready
        await asyncio.wait(self._open[language], return_when=asyncio.FIRST_COMPLETED)
        task, ready = self._open[language]
        if not ready.done():
            task.result()  # raises what kept it from starting

    async def _kept(self, app: FastAPI, ready: asyncio.Future[None]) -> None:
        """One task opens the page and closes it, as its context asks."""
        assert self._closing is not None, "the server runs before anybody asks for a page"
        async with app.router.lifespan_context(app):
            ready.set_result(None)
            await self._closing.wait()


@contextlib.contextmanager
def _unswept() -> Iterator[None]:
    """Nearly all objects of an import stay: to look for garbage among them takes a seventh of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _language(path: str) -> str:
    first = path.split("/")[1] if "/" in path else ""
    return first if first in LANGUAGES and first != "en" else "en"


def _path(language: str) -> str:
    return "/" if language == "en" else f"/{language}"
