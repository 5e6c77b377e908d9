"""How often and how much: a bucket of tokens for each client, bounded bodies, bounded lines."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workbench.api.faults import Refused, answer

PATIENCE = 10  # times the bound that is read before the line is cut
CLIENTS = 10_000  # buckets remembered; the one unused longest goes first


class Buckets:
    """`per_minute` tokens a minute for each client, as many at once; 0: no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic):
        self._rate, self._clock = per_minute / 60, clock
        self._most = float(per_minute)
        self._guard = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when they were counted

    def take(self, client: str, cost: float = 1.0) -> None:
        """Raises Refused, with the seconds to wait, where too little is left."""
        if not self._most:
            return
        with self._guard:
            now = self._clock()
            tokens, then = self._left.pop(client, (self._most, now))
            tokens = min(self._most, tokens + (now - then) * self._rate)
            if len(self._left) >= CLIENTS:
                self._left.popitem(last=False)
            short = cost - tokens
            self._left[client] = (tokens if short > 0 else -short, now)
        if short > 0:
            raise Refused(429, f"Slowdown: {self._most:.0f} per 1 minute", retry_after=int(short / self._rate) + 1)


class Bounded:
    """Refuses a body of more than `most` bytes; it is never held in memory, whatever its header says.

    The rest is read and dropped, for a client hears nothing before it has sent all; one that sends on and on
    is cut off. Files brought to the page have a bound of their own.
    """

    def __init__(self, app: ASGIApp, most: int, spared: str = "/gradio_api/upload"):
        self._app, self._most, self._spared = app, most, spared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._spared in scope["path"]:
            await self._app(scope, receive, send)
            return
        held: list[Message] = []
        size, more = 0, True
        while more and size <= self._most * PATIENCE:
            message = await receive()
            size += len(message.get("body", b""))
            more = message["type"] != "http.disconnect" and bool(message.get("more_body"))
            if size <= self._most:
                held.append(message)
        if size > self._most:
            await answer(413, f"the request is larger than {self._most:,} bytes")(scope, receive, send)
            return

        async def replay() -> Message:
            return held.pop(0) if held else await receive()

        await self._app(scope, replay, send)
