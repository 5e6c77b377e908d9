"""Whose scripts may write here: those of this server, and of sites that whoever runs it names."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from workbench.api.faults import answer

HARMLESS = ("GET", "HEAD", "OPTIONS")


class SameOrigin:
    """Refuses what a browser sends for a page of another site; clients that are no browsers send no Origin."""

    def __init__(self, app: ASGIApp, allowed: tuple[str, ...]):
        self._app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in HARMLESS and not self._fits(dict(scope["headers"])):
            await answer(403, "this server takes no requests from other web sites (see --allow-origin)")(
                scope, receive, send
            )
            return
        await self._app(scope, receive, send)

    def _fits(self, headers: dict[bytes, bytes]) -> bool:
        origin = headers.get(b"origin", b"").decode("latin-1")
        if not origin or "*" in self._allowed or origin in self._allowed:
            return True
        host = headers.get(b"host", b"").decode("latin-1")
        return urlsplit(origin).netloc == host
