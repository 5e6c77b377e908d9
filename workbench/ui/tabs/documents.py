"""The Documents tab: files in, the same files in other languages out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import quote

import gradio as gr

from workbench.api.faults import Refused
from workbench.batch.parcel import Delivered, Parcel, Step, zipped
from workbench.documents.kinds import KINDS
from workbench.engines.shared import asking
from workbench.errors import InputError, WorkbenchError
from workbench.filework.single import Task
from workbench.ui import deliveries, render
from workbench.ui.kept import Kept
from workbench.ui.room import DETECT, HOUSE_DEFAULT, LIGHT, PRIVATE, Room

TITLE = "Documents"
MOST_FILES = 50
MOST_CHARACTERS = 2_000_000  # of all files, each language counted; more belongs to `workbench batch`
AT_ONCE = 4  # parcels on the way; others wait. Their sentences take turns with everybody's
GLANCE = 0.4  # seconds between two looks at the progress
SUFFIXES = [f".{suffix}" for kind in KINDS for suffix in kind.suffixes]
NOTHING = gr.update(visible=False)


class Desk:
    """What the tab does; each visitor has one parcel on the way."""

    def __init__(self, room: Room):
        self.room, self.say = room, room.say
        self._hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="documents")
        self._stops: dict[str, Event] = {}
        self._delivered: Kept[Delivered | None] = Kept(None)

    async def translate(
        self,
        files: list[str] | None,
        source: str,
        targets: list[str],
        glossaries: list[str],
        style: str,
        bilingual: bool,
        request: gr.Request,
    ) -> AsyncIterator[tuple[object, ...]]:
        """Status, archive, choices to look at, report."""
        visitor = request.session_hash or ""
        stop, steps = Event(), [None]
        try:
            parcel = self._parcel(files, source, targets, glossaries, style, bilingual)
            if visitor in self._stops:
                raise InputError(self.say("Your files are being translated already; wait, or stop them."))
            self.room.house.spend(self.room.address(request), len(parcel.files) * len(parcel.targets))
        except (WorkbenchError, Refused) as error:
            yield render.problem(str(error)), *[gr.skip()] * 3
            return
        self._stops[visitor] = stop
        began = time.monotonic()
        try:
            work = self._hands.submit(self._work, parcel, self.room.asker(request), steps, stop)
            while not work.done():
                shown = deliveries.progress(steps[0], time.monotonic() - began, self.say, stop.is_set())
                yield shown, *[NOTHING] * 3
                await asyncio.sleep(GLANCE)
            delivered = work.result()
        except WorkbenchError as error:
            yield render.problem(str(error)), *[NOTHING] * 3
            return
        finally:
            stop.set()  # also when the visitor has gone
            del self._stops[visitor]
        self._delivered.put(request, delivered)
        yield self._shown(delivered, time.monotonic() - began)

    def _parcel(
        self, files: list[str] | None, source: str, targets: list[str], glossaries: list[str], style: str,
        bilingual: bool,
    ) -> Parcel:  # fmt: skip
        say = self.say
        if not files:
            raise InputError(say("There is no file yet: upload one or more first."))
        if not targets:
            raise InputError(say("Choose the language to translate to."))
        if len(files) > MOST_FILES:
            counts = {"count": len(files), "most": MOST_FILES}
            raise InputError(say("{count} files are too many here (at most {most}).", **counts))
        used = tuple(self.room.choices.references(list(glossaries or [])))
        task = Task("", None if source == DETECT else source, used, (style or None) if used else None)
        folder = self.room.shelf.folder()
        return Parcel(tuple(map(Path, files)), tuple(targets), folder, task, bool(bilingual), MOST_CHARACTERS)

    def _work(self, parcel: Parcel, asker: str, steps: list[Step | None], stop: Event) -> Delivered:
        def tell(step: Step) -> None:
            steps[0] = step

        with asking(asker):
            return self.room.workbench.deliver(parcel, tell, stop)

    def _shown(self, delivered: Delivered, seconds: float) -> tuple[object, ...]:
        made = delivered.made
        lend = self.room.shelf.lend
        ways = {
            path: f"{self.room.root}/download_file/{quote(lend(path))}"
            for line in made
            for path in (line.path, line.bilingual)
            if path is not None
        }
        status = deliveries.table(delivered, seconds, ways, self.say)
        if not made:
            return status, *[NOTHING] * 3
        archive = zipped(delivered, delivered.report.parent / "translations.zip")
        page = (delivered.report / "report.html").read_text(encoding="utf-8")
        return (
            status,
            gr.update(value=str(archive), visible=True),
            gr.update(choices=deliveries.labels(made, self.say), value=0, visible=True),
            gr.update(value=deliveries.report(page, self.say), visible=True),
        )

    def chosen(self, files: list[str] | None) -> str:
        return deliveries.chosen([Path(file).name for file in files or ()], self.say)

    def stop(self, request: gr.Request) -> None:
        stop = self._stops.get(request.session_hash or "")
        if stop is not None:
            stop.set()

    def look(self, number: int | None, request: gr.Request) -> str:
        delivered = self._delivered.of(request)
        made = delivered.made if delivered else ()
        if number is None or not 0 <= number < len(made):
            return ""
        return deliveries.sides(made[number], self.say)


def build(room: Room) -> None:
    """The tab, inside the blocks that are being built."""
    say, choices, desk = room.say, room.choices, Desk(room)
    there = choices.glossaries()
    first = [choices.pairs[0][1]] if choices.pairs else []
    with gr.Row(elem_classes="wb-bar"):
        source = gr.Dropdown(choices.sources(), value=DETECT, label=say("From"), scale=2, min_width=130)
        targets = gr.Dropdown(choices.targets(), value=first, multiselect=True, label=say("To"), scale=4, min_width=200)
        glossaries = gr.Dropdown(there, value=there, multiselect=True, label=say("Glossaries"), scale=4, min_width=200)
        style = gr.Dropdown(
            choices.styles(there), value=HOUSE_DEFAULT, label=say("House style"), scale=2, min_width=150
        )
    bilingual = gr.Checkbox(False, label=say("Also an XLIFF file of each, for a reviewer"))
    with gr.Row(elem_classes="wb-actions"):
        files = gr.UploadButton(
            say("Choose files"), file_count="multiple", file_types=SUFFIXES, size="md", elem_id="wb-files"
        )
        go = gr.Button(say("Translate files"), variant="primary", size="md", interactive=bool(choices.pairs))
        stop = gr.Button(say("Stop"), size="md")
        gr.HTML("", elem_classes="wb-space", js_on_load="")
        archive = gr.DownloadButton(say("Download all (zip)"), visible=False, size="md")
    chosen = gr.HTML(deliveries.chosen([], say), elem_classes="wb-told-here", apply_default_css=False, js_on_load="")
    status = gr.HTML("", elem_classes="wb-told-here", apply_default_css=False, js_on_load="")
    look = gr.Dropdown([], label=say("Side by side"), visible=False)
    sides = gr.HTML("", elem_classes="wb-told-here", apply_default_css=False, js_on_load="")
    report = gr.HTML("", visible=False, elem_classes="wb-told-here", apply_default_css=False, js_on_load="")

    room.follow(source, choices=lambda _: choices.sources())
    room.follow(targets, choices=lambda _: choices.targets())
    room.follow(go, interactive=lambda _: bool(choices.pairs))
    go.click(
        desk.translate,
        [files, source, targets, glossaries, style, bilingual],
        [status, archive, look, report],
        show_progress="hidden",
        trigger_mode="once",
        concurrency_limit=None,
        **PRIVATE,
    ).then(desk.look, look, sides, **LIGHT)
    files.upload(desk.chosen, files, chosen, **LIGHT)
    stop.click(desk.stop, None, None, queue=False, **LIGHT)
    look.input(desk.look, look, sides, **LIGHT)
    glossaries.change(choices.after_glossaries, glossaries, style, **LIGHT)
