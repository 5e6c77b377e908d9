"""The Models tab: what is installed and how well it does, which model a pair uses, getting more."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import gradio as gr

from workbench.errors import InputError, WorkbenchError
from workbench.ui import cards, render
from workbench.ui.room import LIGHT, PRIVATE, Room

TITLE = "Models"
GLANCE = 0.4  # seconds between two looks at the progress
EXAMPLE = "Helsinki-NLP/opus-mt-en-fr"
PRESS = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  if (button) trigger("click", { use: button.dataset.use });
});
"""


class Store:
    """One model is fetched at a time."""

    def __init__(self, room: Room):
        self.room, self.say = room, room.say
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="models")

    def table(self, request: gr.Request | None = None) -> str:
        """`request` None: while the page is built; it asks again when somebody opens it."""
        bench = self.room.workbench
        may = request is not None and self.room.may_manage(request)
        try:
            return cards.table(bench.models(), bench.default_models(), may, self.say)
        except WorkbenchError as error:
            return render.problem(str(error))

    async def pull(self, repo: str, request: gr.Request) -> AsyncIterator[tuple[object, ...]]:
        """Progress, then the table with the new model and the lists of languages of the other tabs."""
        state = ["", 0, 0]
        rest = [gr.skip()] * (1 + len(self.room.listings))

        def told(name: str, done: int, total: int) -> None:
            state[:] = name, done, total

        try:
            self._allowed(request)
            if not (repo or "").strip():
                raise InputError(self.say("Write the name of a model first, as {example}.", example=EXAMPLE))
            work = self._hand.submit(self.room.workbench.pull, repo.strip()[:200], told)
            while not work.done():
                yield cards.getting(*state, self.say), *rest
                await asyncio.sleep(GLANCE)
            card = work.result()
        except WorkbenchError as error:
            yield render.problem(str(error)), *rest
            return
        done = self.say("{name} is installed and can be used at once.", name=card.name)
        yield f'<p role="status">{render.text(done)}</p>', self.table(request), *self.room.listed(request)

    def use(self, pressed: gr.EventData, request: gr.Request) -> tuple[object, object]:
        """The model of a pressed button for its pair."""
        try:
            self._allowed(request)
            said = json.loads(str(pressed._data.get("use", "")))
            source, target, name = map(str, said)
            self.room.workbench.choose_model(source, target, name)
        except WorkbenchError as error:
            return render.problem(str(error)), gr.skip()
        except (ValueError, TypeError, AttributeError):
            return render.problem(self.say("That cannot be read; load the page again.")), gr.skip()
        return "", self.table(request)

    def _allowed(self, request: gr.Request) -> None:
        if not self.room.may_manage(request):
            raise InputError(self.say("Only an admin, or whoever works at the machine itself, may change models."))


def build(room: Room) -> None:
    """The tab, inside the blocks that are being built."""
    say, store = room.say, Store(room)
    shown = gr.HTML(store.table, elem_classes="wb-told-here", apply_default_css=False, js_on_load=PRESS)
    with gr.Row(elem_classes="wb-bar"):
        repo = gr.Textbox(label=say("Name of a model on the hub"), placeholder=EXAMPLE, max_lines=1, scale=4)
    with gr.Row(elem_classes="wb-actions"):
        get = gr.Button(say("Get the model"), variant="primary", size="md")
        again = gr.Button(say("Show what is installed"), size="md")
    told = gr.HTML("", elem_classes="wb-told-here", apply_default_css=False, js_on_load="")

    room.follow(repo, visible=room.may_manage)
    room.follow(get, visible=room.may_manage)
    lists = [listing.part for listing in room.listings]
    options = {"show_progress": "hidden", "trigger_mode": "once", "concurrency_limit": None, **PRIVATE}
    gr.on([get.click, repo.submit], store.pull, repo, [told, shown, *lists], **options)
    shown.click(store.use, None, [told, shown], **options)
    again.click(store.table, None, shown, **LIGHT)
