"""The page: a text in, both sides with their names and terms marked, a file and a report out."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import gradio as gr

from workbench.errors import InputError, WorkbenchError
from workbench.languages import name as language_name
from workbench.report import report_json
from workbench.ui import render
from workbench.ui.files import MOST_BYTES, MOST_CHARACTERS, SUFFIXES, Shelf, read_text
from workbench.workbench import Progress, Workbench

TITLE = "Workbench for Names"
PROMISE = "Translation that writes every name and term the way your glossary asks."
DETECT = "detect"
HOUSE_DEFAULT = ""
HERE = Path(__file__).parent
EXAMPLE = (
    "Foreign Minister Ararat Mirzoian arrived in Vienna on Monday for talks on regional transport. "
    "Prime Minister Nikol Pashinian told reporters in Yerevan that the border crossing would open before winter.\n\n"
    "Asked about the date, Mirzoian said only that the work was going well."
)
FONTS = (  # found on the reader's machine, never fetched; together they cover all our scripts
    "Noto Sans", "Segoe UI", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Arabic", "Noto Sans Hebrew",
    "DejaVu Sans", "system-ui", "sans-serif",
)  # fmt: skip
WAITING = 32  # people in line before the page says that it is busy


def theme() -> gr.themes.Base:
    """Calm and dense; the one strong colour is for the one main button."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        spacing_size=gr.themes.sizes.spacing_sm,
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_md,
        font=[gr.themes.Font(font) for font in FONTS],
        font_mono=[gr.themes.Font(font) for font in ("Noto Sans Mono", "DejaVu Sans Mono", "monospace")],
    ).set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="white",
        button_secondary_background_fill="white",
        button_secondary_background_fill_hover="*neutral_100",
        button_secondary_border_color="*neutral_300",
        button_secondary_background_fill_dark="*neutral_800",
        button_secondary_border_color_dark="*neutral_600",
        button_border_width="1px",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_padding="0px",
        input_background_fill="white",
        input_border_width="1px",
        input_border_color="*neutral_300",
        input_background_fill_dark="#141a22",
        input_border_color_dark="*neutral_600",
    )


class Choices:
    """What can be chosen at the top, and what one choice means for the others."""

    def __init__(self, workbench: Workbench):
        self.workbench = workbench
        self.pairs = workbench.pairs()  # the likeliest first
        self.glossaries = list(workbench.glossary_names())

    def sources(self) -> list[tuple[str, str]]:
        return [("Detect", DETECT), *_named(source for source, _ in self.pairs)]

    def targets(self) -> list[tuple[str, str]]:
        """All of them, whatever the source: choices that change while a request is on its way are refused."""
        return _named(to for _, to in self.pairs)

    def styles(self, glossaries: Sequence[str]) -> list[tuple[str, str]]:
        styles = self.workbench.glossary(self.bundled(glossaries)).styles if glossaries else ()
        return [("House default", HOUSE_DEFAULT), *((style.name, style.name) for style in styles)]

    def bundled(self, glossaries: Sequence[str]) -> list[str]:
        """The same names; InputError for any other, as the page must not open files by path."""
        for name in glossaries:
            if name not in self.glossaries:
                raise InputError(f"'{name}' is no bundled glossary (bundled: {', '.join(self.glossaries)})")
        return list(glossaries)

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
            gr.Info("Choose the language to translate from, then swap.")
        elif (target, source) not in self.pairs:
            gr.Info(f"There is no model from {_shown(target)} to {_shown(source)}.")
        else:
            return target, source
        return gr.skip(), gr.skip()


def _named(codes: object) -> list[tuple[str, str]]:
    return sorted((language_name(code), code) for code in set(codes))  # type: ignore[call-overload]


def _shown(code: str) -> str:
    return render.text(render.shown(code))


def progress_words(done: int, total: int, seconds: float) -> str:
    """`37 of 120 sentences, about 2 min left`; no estimate before a tenth is done."""
    words = f"{done} of {total} sentences"
    if not done or done == total or done < total / 10:
        return words
    left = seconds / done * (total - done)
    return f"{words}, about " + (f"{left / 60:.0f} min left" if left >= 90 else f"{max(left, 1):.0f} s left")


def reporter(progress: gr.Progress) -> Progress:
    started = time.monotonic()

    def report(done: int, total: int) -> None:
        progress(done / max(total, 1), desc=progress_words(done, total, time.monotonic() - started))

    return report


def translation_handler(choices: Choices, shelf: Shelf) -> Callable[..., tuple[object, ...]]:
    def translate(
        text: str,
        source: str,
        target: str,
        glossaries: list[str],
        style: str,
        enforce: bool,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - how gradio finds it
    ) -> tuple[object, ...]:
        """Status line, result, and both downloads."""
        try:
            if not (text or "").strip():
                raise InputError("There is no text yet: write, paste or upload one first.")
            if len(text) > MOST_CHARACTERS:
                raise InputError(
                    f"{len(text):,} characters are too many here (at most {MOST_CHARACTERS:,}); use the command line."
                )
            if not target:
                raise InputError("Choose the language to translate to.")
            used = choices.bundled(glossaries or []) if enforce else []
            chosen = (style or None) if used else None
            translation = choices.workbench.translate(
                text, None if source == DETECT else source, target, used, chosen, progress=reporter(progress)
            )
            glossary = choices.workbench.glossary(used, chosen) if used else None
        except WorkbenchError as error:
            return render.problem(str(error)), "", gr.update(visible=False), gr.update(visible=False)
        files = shelf.put(f"translation.{translation.target_language}", translation.text, report_json(translation))
        downloads = [gr.update(value=str(path), visible=True) for path in files]
        return render.summary(translation), render.result(translation, glossary), *downloads

    return translate


def enabled(enforce: bool) -> tuple[dict[str, object], dict[str, object]]:
    """Without enforcement there is nothing to choose."""
    return gr.update(interactive=enforce), gr.update(interactive=enforce)


def uploaded(path: str | None) -> object:
    if path is None:
        return gr.skip()
    try:
        return read_text(path)
    except InputError as error:
        gr.Warning(render.text(str(error)), title="File not loaded")
        return gr.skip()


def build(workbench: Workbench) -> gr.Blocks:
    """The page, not yet served."""
    choices, shelf = Choices(workbench), Shelf()
    targets = choices.targets()
    first = choices.pairs[0][1] if choices.pairs else None
    private = {"api_visibility": "private"}
    with gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=(600, 3600)) as page:
        gr.HTML(
            f'<div class="wb-head"><h1>{TITLE}</h1><p>{PROMISE}</p></div>',
            elem_id="wb-head", apply_default_css=False, js_on_load="",
        )  # fmt: skip
        with gr.Row(elem_id="wb-bar"):
            source = gr.Dropdown(choices.sources(), value=DETECT, label="From", scale=3, min_width=130)
            swap = gr.Button("Swap", elem_id="wb-swap", min_width=44, scale=0)
            target = gr.Dropdown(targets, value=first, label="To", scale=3, min_width=130)
            glossaries = gr.Dropdown(
                choices.glossaries,
                value=choices.glossaries,
                multiselect=True,
                label="Glossaries",
                scale=4,
                min_width=200,
            )
            style = gr.Dropdown(
                choices.styles(choices.glossaries), value=HOUSE_DEFAULT, label="House style", scale=3, min_width=150
            )
            enforce = gr.Checkbox(True, label="Enforce terms", scale=2, min_width=140, elem_id="wb-enforce")
        text = gr.Textbox(
            label="Text",
            placeholder="Write or paste a text, or upload a file.",
            lines=6,
            max_lines=14,
            elem_id="wb-text",
        )
        with gr.Row(elem_id="wb-actions"):
            go = gr.Button("Translate", variant="primary", size="md", interactive=bool(targets))
            upload = gr.UploadButton("Upload a file", file_types=list(SUFFIXES), size="md")
            example = gr.Button("Try an example", size="md")
            gr.HTML("", elem_classes="wb-space", js_on_load="")
            result_file = gr.DownloadButton("Download translation", visible=False, size="md")
            report_file = gr.DownloadButton("Download report", visible=False, size="md")
        status = gr.HTML(
            "", elem_id="wb-status", apply_default_css=False, js_on_load="element.setAttribute('aria-live', 'polite')"
        )
        result = gr.HTML(
            render.empty(ready=bool(targets)), elem_id="wb-result", apply_default_css=False,
            js_on_load=(HERE / "page.js").read_text(encoding="utf-8"),
        )  # fmt: skip

        gr.on(
            [go.click, text.submit],
            translation_handler(choices, shelf),
            [text, source, target, glossaries, style, enforce],
            [status, result, result_file, report_file],
            show_progress_on=result,
            trigger_mode="once",
            **private,
        )
        light = {"show_progress": "hidden", "concurrency_limit": None, **private}  # queued: toasts need it
        source.input(choices.after_source, [source, target], target, queue=False, **light)
        swap.click(choices.swapped, [source, target, text], [source, target], **light)
        glossaries.change(choices.after_glossaries, glossaries, style, **light)
        enforce.change(enabled, enforce, [glossaries, style], queue=False, **light)
        upload.upload(uploaded, upload, text, **light)
        example.click(lambda: EXAMPLE, None, text, **light)
    page.queue(max_size=WAITING)
    return page


def free_port(host: str, port: int) -> int:
    """The port itself, or a free one for 0; gradio takes no 0 and words a taken port for programmers."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(f"{host}:{port} cannot be used ({error.strerror}); choose another with --port") from error
        return int(probe.getsockname()[1])


def open_page(workbench: Workbench, host: str = "127.0.0.1", port: int = 7860) -> gr.Blocks:
    """Serve in the background and come back; `.local_url` is the address, `.close()` ends it.

    Port 0 takes a free one. InputError when the port is taken.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    port = free_port(host, port)
    page = build(workbench)
    page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        run_history=False,
        footer_links=[],
        max_file_size=5 * MOST_BYTES,  # above our own limit, whose words are clearer
        theme=theme(),
        head=f"<style>{(HERE / 'page.css').read_text(encoding='utf-8')}</style>",  # `css` would be rewritten on the way
    )
    return page


def serve(workbench: Workbench, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve until interrupted."""
    page = open_page(workbench, host, port)
    print(f"{TITLE}: {page.local_url}", flush=True)
    page.block_thread()
