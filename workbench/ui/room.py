"""What every tab of the page is built with, and the choices at its top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import gradio as gr

from workbench.api.house import COOKIE, House
from workbench.errors import WorkbenchError
from workbench.languages import name as language_name
from workbench.shelf import Shelf
from workbench.ui import render
from workbench.words import Say
from workbench.workbench import Workbench

DETECT = "detect"
HOUSE_DEFAULT = ""
PRIVATE = {"api_visibility": "private"}  # hides a handler from the list; each still checks what it is given
LIGHT = {"show_progress": "hidden", "concurrency_limit": None, **PRIVATE}  # queued: toasts need it


class Choices:
    """What can be chosen at the top, and what one choice means for the others."""

    def __init__(self, workbench: Workbench, say: Say, db: str | None = None):
        self.workbench, self._say, self._db = workbench, say, db

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What can be translated now, the likeliest first; a model that is fetched adds to it."""
        return self.workbench.pairs()

    def glossaries(self) -> list[str]:
        names = self.workbench.glossary_names()
        return [*names, *(["store"] if self.workbench.has_store(self._db) else [])]

    def sources(self) -> list[tuple[str, str]]:
        return [(self._say("Detect"), DETECT), *self._named(source for source, _ in self.pairs)]

    def targets(self) -> list[tuple[str, str]]:
        """All of them, whatever the source: choices that change while a request is on its way are refused."""
        return self._named(to for _, to in self.pairs)

    def _named(self, codes: object) -> list[tuple[str, str]]:
        return sorted((self.shown(code), code) for code in set(codes))  # type: ignore[call-overload]

    def shown(self, code: str) -> str:
        return self._say(language_name(code))

    def styles(self, glossaries: Sequence[str]) -> list[tuple[str, str]]:
        styles = self.workbench.glossary(self.references(glossaries)).styles if glossaries else ()
        return [(self._say("House default"), HOUSE_DEFAULT), *((style.name, style.name) for style in styles)]

    def references(self, glossaries: Sequence[str]) -> list[str]:
        """InputError for a name that is not one of ours, as the page must not open files by path."""
        return self.workbench.references(list(glossaries), self._db) or []

    # Answers to a change on the page.

    def after_source(self, source: str, target: str) -> object:
        """The target stays if it can be reached, else the first that can."""
        reached = [to for of, to in self.pairs if source in (of, DETECT)]
        return gr.skip() if target in reached or not reached else reached[0]

    def after_glossaries(self, glossaries: Sequence[str]) -> dict[str, object]:
        try:
            choices = self.styles(glossaries)
        except WorkbenchError as error:
            gr.Warning(render.text(str(error)))
            choices = self.styles([])
        return gr.update(choices=choices, value=HOUSE_DEFAULT)

    def swapped(self, source: str, target: str, text: str) -> tuple[object, object]:
        try:
            source = self.workbench.detect(text) if source == DETECT and text.strip() else source
        except WorkbenchError as error:
            gr.Warning(render.text(str(error)))
            return gr.skip(), gr.skip()
        if source == DETECT:
            gr.Info(self._say("Choose the language to translate from, then swap."))
        elif (target, source) not in self.pairs:
            ways = {"source": self.shown(target), "target": self.shown(source)}
            gr.Info(render.text(self._say("There is no model from {source} to {target}.", **ways)))
        else:
            return target, source
        return gr.skip(), gr.skip()


@dataclass(frozen=True)
class Listing:
    """A part of the page that hangs on what is installed, or on who looks: told anew when somebody opens the page and
    when a model was fetched. `now` gives what is to be shown, for whoever asks."""

    part: gr.components.Component
    now: Callable[[gr.Request], object]


@dataclass(frozen=True)
class Room:
    """`root`: the way from this page to the API, without a slash at its end. `listings`: the tabs add theirs."""

    workbench: Workbench
    house: House
    say: Say
    language: str
    root: str
    choices: Choices
    shelf: Shelf
    listings: list[Listing] = field(default_factory=list)

    def follow(self, part: gr.components.Component, **now: Callable[[gr.Request], object]) -> None:
        """Keep properties of a part as they should be now; one that stands as it was built is left alone."""
        built = {name: getattr(part, name) for name in now}

        def renewed(request: gr.Request) -> object:
            wanted = {name: tell(request) for name, tell in now.items()}
            return gr.skip() if wanted == built else gr.update(**wanted)

        self.listings.append(Listing(part, renewed))

    def listed(self, request: gr.Request) -> tuple[object, ...]:
        """What each of the listings shows now."""
        return tuple(listing.now(request) for listing in self.listings)

    def may_manage(self, request: gr.Request) -> bool:
        return self.house.may_manage(self.house.sessions.of(request.cookies.get(COOKIE, "")))

    def asker(self, request: gr.Request) -> str:
        """The name under which a visitor's work stands in the line."""
        person = self.house.sessions.of(request.cookies.get(COOKIE, ""))
        return person.name if person else request.session_hash or "page"

    def address(self, request: gr.Request) -> str:
        """Who the limits count a visitor as: a name, or where the request comes from, as the API does."""
        person = self.house.sessions.of(request.cookies.get(COOKIE, ""))
        return person.name if person else request.client.host if request.client else "nobody"
