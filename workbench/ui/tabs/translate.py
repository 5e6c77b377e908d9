"""The Translate tab: a text in, a segment editor out."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import gradio as gr

from workbench.api.faults import Refused
from workbench.engines.shared import asking
from workbench.errors import InputError, WorkbenchError
from workbench.filework.report import report_json
from workbench.ui import editing, render
from workbench.ui.files import MOST_CHARACTERS, SUFFIXES, read_text
from workbench.ui.room import DETECT, HOUSE_DEFAULT, LIGHT, PRIVATE, Room
from workbench.words import Say
from workbench.workbench import Progress

TITLE = "Translate"
HERE = Path(__file__).parents[1]
EDITOR = ("editor.js", "editor_marks.js", "editor_cards.js")
EXAMPLE = (
    "Foreign Minister Ararat Mirzoian arrived in Vienna on Monday for talks on regional transport. "
    "Prime Minister Nikol Pashinian told reporters in Yerevan that the border crossing would open before winter.\n\n"
    "Asked about the date, Mirzoian said only that the work was going well."
)


def progress_words(done: int, total: int, seconds: float, say: Say) -> str:
    """`37 of 120 sentences, about 2 min left`; no estimate before a tenth is done."""
    words = say("{done} of {total} sentences", done=done, total=total)
    if not done or done == total or done < total / 10:
        return words
    left = seconds / done * (total - done)
    if left >= 90:
        return words + say(", about {minutes} min left", minutes=f"{left / 60:.0f}")
    return words + say(", about {seconds} s left", seconds=f"{max(left, 1):.0f}")


def reporter(progress: gr.Progress, say: Say) -> Progress:
    started = time.monotonic()

    def report(done: int, total: int) -> None:
        progress(done / max(total, 1), desc=progress_words(done, total, time.monotonic() - started, say))

    return report


def translation_handler(room: Room) -> Callable[..., tuple[object, ...]]:
    say, choices = room.say, room.choices

    def translate(
        text: str,
        source: str,
        target: str,
        glossaries: list[str],
        style: str,
        enforce: bool,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - how gradio finds it
    ) -> tuple[object, ...]:
        """Status line with the text for the editor, account, download of the report."""
        try:
            if not (text or "").strip():
                raise InputError(say("There is no text yet: write, paste or upload one first."))
            if len(text) > MOST_CHARACTERS:
                raise InputError(
                    say(
                        "{count} characters are too many here (at most {most}); use the command line.",
                        count=f"{len(text):,}",
                        most=f"{MOST_CHARACTERS:,}",
                    )  # fmt: skip
                )
            if not target:
                raise InputError(say("Choose the language to translate to."))
            named = list(glossaries or []) if enforce else []
            used = choices.references(named)
            chosen = (style or None) if used else None
            room.house.spend(room.address(request))
            with asking(room.asker(request)):
                translation = room.workbench.translate(
                    text, None if source == DETECT else source, target, used, chosen, progress=reporter(progress, say)
                )
            glossary = room.workbench.glossary(used, chosen) if used else None
        except (WorkbenchError, Refused) as error:
            return render.problem(str(error)), "", gr.update(visible=False)
        path = room.shelf.put(f"translation.{translation.target_language}", report_json(translation))
        status = render.summary(translation, say) + editing.handover(translation, named, chosen)
        return status, render.account(translation, glossary, say), gr.update(value=str(path), visible=True)

    return translate


def enabled(enforce: bool) -> tuple[dict[str, object], dict[str, object]]:
    """Without enforcement there is nothing to choose."""
    return gr.update(interactive=enforce), gr.update(interactive=enforce)


def uploaded(say: Say) -> Callable[[str | None], object]:
    def read(path: str | None) -> object:
        if path is None:
            return gr.skip()
        try:
            return read_text(path)
        except InputError as error:
            gr.Warning(render.text(str(error)), title=say("File not loaded"))
            return gr.skip()

    return read


def build(room: Room) -> None:
    """The tab, inside the blocks that are being built."""
    say, choices = room.say, room.choices
    targets, glossaries_there = choices.targets(), choices.glossaries()
    first = choices.pairs[0][1] if choices.pairs else None
    with gr.Row(elem_id="wb-bar"):
        source = gr.Dropdown(choices.sources(), value=DETECT, label=say("From"), scale=3, min_width=130)
        swap = gr.Button(say("Swap"), elem_id="wb-swap", min_width=44, scale=0)
        target = gr.Dropdown(targets, value=first, label=say("To"), scale=3, min_width=130)
        glossaries = gr.Dropdown(
            glossaries_there, value=glossaries_there, multiselect=True, label=say("Glossaries"), scale=4, min_width=200
        )
        style = gr.Dropdown(
            choices.styles(glossaries_there), value=HOUSE_DEFAULT, label=say("House style"), scale=3, min_width=150
        )
        enforce = gr.Checkbox(True, label=say("Enforce terms"), scale=2, min_width=140, elem_id="wb-enforce")
    text = gr.Textbox(
        label=say("Text"),
        placeholder=say("Write or paste a text, or upload a file."),
        lines=5,
        max_lines=12,
        elem_id="wb-text",
    )
    with gr.Row(elem_id="wb-actions"):
        go = gr.Button(say("Translate"), variant="primary", size="md", interactive=bool(targets))
        upload = gr.UploadButton(say("Upload a file"), file_types=list(SUFFIXES), size="md")
        example = gr.Button(say("Try an example"), size="md")
        gr.HTML("", elem_classes="wb-space", js_on_load="")
        report_file = gr.DownloadButton(say("Download report"), visible=False, size="md")
    status = gr.HTML(
        "", elem_id="wb-status", apply_default_css=False, js_on_load="element.setAttribute('aria-live', 'polite')"
    )
    gr.HTML(
        editing.shell(room.say, room.root, ready=bool(targets)),
        elem_id="wb-editor",
        apply_default_css=False,
        js_on_load="".join((HERE / name).read_text(encoding="utf-8") for name in EDITOR),
    )
    account = gr.HTML("", elem_id="wb-account", apply_default_css=False, js_on_load="")

    room.follow(source, choices=lambda _: choices.sources())
    room.follow(target, choices=lambda _: choices.targets())
    room.follow(go, interactive=lambda _: bool(choices.pairs))
    gr.on(
        [go.click, text.submit],
        translation_handler(room),
        [text, source, target, glossaries, style, enforce],
        [status, account, report_file],
        show_progress_on=status,
        trigger_mode="once",
        concurrency_limit=None,
        **PRIVATE,
    )
    source.input(choices.after_source, [source, target], target, queue=False, **LIGHT)
    swap.click(choices.swapped, [source, target, text], [source, target], **LIGHT)
    glossaries.change(choices.after_glossaries, glossaries, style, **LIGHT)
    enforce.change(enabled, enforce, [glossaries, style], queue=False, **LIGHT)
    upload.upload(uploaded(say), upload, text, **LIGHT)
    example.click(lambda: EXAMPLE, None, text, **LIGHT)
