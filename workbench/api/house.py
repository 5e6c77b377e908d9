"""What every route needs: the workbench, the settings, who asks, and a place in the line for the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import anyio.to_thread
from fastapi import Request
from pydantic import BaseModel

from workbench.api.faults import Refused
from workbench.api.limits import Buckets
from workbench.api.people import People, Person, Sessions
from workbench.api.settings import Settings
from workbench.engines.shared import asking
from workbench.shelf import Shelf
from workbench.workbench import Workbench

if TYPE_CHECKING:
    from workbench.glossary.desk import Desk
    from workbench.glossary.people import Identity

Result = TypeVar("Result")
LIGHT = 0.1  # of a request to the engine
COOKIE = "workbench"
UNKNOWN = "Please sign in, or send an api_key; whoever runs the server has one for you"
ATTEMPTS = 10  # to sign in, a minute, from one address


class House:
    """One per server. The line for the engine has threads of its own, so that whoever waits in it keeps nobody
    from the glossary or from `/health`."""

    def __init__(self, workbench: Workbench, settings: Settings, people: People | None = None):
        self.workbench, self.settings, self.people = workbench, settings, people
        self.sessions = Sessions()
        self.shelf = Shelf()
        self.attempts = Buckets(ATTEMPTS)
        self._buckets = Buckets(settings.per_minute)
        self._line = anyio.CapacityLimiter(settings.waiting)
        self._working = 0

    def person(self, request: Request, key: str = "") -> Person | None:
        """Who it is by key or sign-in; None where nobody is known. A wrong key is refused, as nobody means it."""
        if self.people is None:
            return None
        header = request.headers.get("authorization", "")
        key = key or (header[7:].strip() if header[:7].lower() == "bearer " else "")
        if key:
            person = self.people.with_key(key)
            if person is None:
                raise Refused(403, "Invalid API key")
            return person
        signed = self.sessions.of(request.cookies.get(COOKIE, ""))
        return self.people.present(signed.name) if signed else None

    def identity(self, request: Request, key: str = "") -> Identity:
        """As whom somebody changes the glossary. Where nobody signs in, a server that answers this machine alone
        believes that it is its owner; visitors of another may propose."""
        from workbench.glossary.people import Identity, Role  # SQLAlchemy only where a store is meant

        person = self.person(request, key)
        if person is not None:
            return Identity(person.name, Role(person.role))
        if self.people is not None:
            raise Refused(403, UNKNOWN)
        if self.settings.owner:
            return self.workbench.owner(self.settings.db)
        return Identity(request.client.host if request.client else "nobody", Role.TRANSLATOR)

    def desk(self, request: Request, key: str = "") -> Desk:
        return self.workbench.desk(self.identity(request, key), self.settings.db)

    def admit(self, request: Request, sent: BaseModel | None = None, cost: float = LIGHT) -> str:
        """The name under which the request stands in the line. Refused: unknown where people must be known, or
        too often."""
        person = self.person(request, getattr(sent, "api_key", "") or "")
        if self.people is not None and person is None:
            raise Refused(403, UNKNOWN)
        name = person.name if person else request.client.host if request.client else "nobody"
        self.spend(name, cost)
        return name

    def may_manage(self, person: Person | None) -> bool:
        """Whether somebody may change what all others work with: an admin, or whoever sits at this machine."""
        if self.people is not None:
            return person is not None and person.role == "admin"
        return "*" not in self.settings.hosts

    def spend(self, asker: str, cost: float = 1.0) -> None:
        """Refused when somebody asks too often."""
        self._buckets.take(asker, cost)

    async def work(self, asker: str, job: Callable[[], Result]) -> Result:
        """The job in a thread, its turns at the engine counted for the asker."""
        if self._working >= self.settings.waiting:
            raise Refused(503, "Too many requests are waiting; please try again in a moment", retry_after=5)

        def run() -> Result:
            with asking(asker):
                return job()

        self._working += 1
        try:
            return await anyio.to_thread.run_sync(run, limiter=self._line)
        finally:
            self._working -= 1

    def glossaries(self, names: list[str] | None) -> list[str] | None:
        return self.workbench.references(names, self.settings.db)

    def check_size(self, *texts: str, times: int = 1) -> None:
        size, most = sum(map(len, texts)), self.settings.characters * times
        if size > most:
            raise Refused(400, f"Invalid request: request ({size}) exceeds text limit ({most})")


def house(request: Request) -> House:
    """The dependency."""
    found: House = request.app.state.house
    return found
