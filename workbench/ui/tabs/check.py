"""The Check tab: a source and a translation made elsewhere; what is wrong with its terms, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from workbench.api.faults import Refused
from workbench.documents.kinds import KINDS
from workbench.enforcement.outcomes import Finding
from workbench.engines.shared import asking
from workbench.errors import InputError, WorkbenchError
from workbench.languages import NAMES
from workbench.ui import findings, render
from workbench.ui.files import MOST_CHARACTERS
from workbench.ui.kept import Kept
from workbench.ui.room import HOUSE_DEFAULT, LIGHT, PRIVATE, Room

TITLE = "Check"
SUFFIXES = [f".{suffix}" for kind in KINDS for suffix in kind.suffixes]
STEPS = 50  # that can be undone
PRESS = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fix]");
  if (button) trigger("click", { fix: button.dataset.fix });
});
"""


class Checker:
    """Each answer checks the texts as they stand in the boxes; only what can be undone is kept."""

    def __init__(self, room: Room):
        self.room, self.say = room, room.say
        self._past: Kept[tuple[str, ...]] = Kept(())  # translations before each mending

    def check(
        self, source_text: str, target_text: str, source: str, target: str, glossaries: list[str], style: str,
        request: gr.Request,
    ) -> str:  # fmt: skip
        try:
            found = self._found(source_text, target_text, source, target, glossaries, style, request)
            return findings.table(source_text, target_text, found, (source, target), self.say)
        except (WorkbenchError, Refused) as error:
            return render.problem(str(error))

    def fix(
        self, source_text: str, target_text: str, source: str, target: str, glossaries: list[str], style: str,
        pressed: gr.EventData, request: gr.Request,
    ) -> tuple[object, object]:  # fmt: skip
        """The translation with one finding put right, and the findings that are left."""
        wanted = str(pressed._data.get("fix", "")) if isinstance(pressed._data, dict) else ""
        return self._mended(source_text, target_text, source, target, glossaries, style, request, wanted)

    def fix_all(
        self, source_text: str, target_text: str, source: str, target: str, glossaries: list[str], style: str,
        request: gr.Request,
    ) -> tuple[object, object]:  # fmt: skip
        """As `fix`, for every finding that stands in a place."""
        return self._mended(source_text, target_text, source, target, glossaries, style, request, None)

    def _mended(
        self, source_text: str, target_text: str, source: str, target: str, glossaries: list[str], style: str,
        request: gr.Request, wanted: str | None,
    ) -> tuple[object, object]:  # fmt: skip
        try:
            found = self._found(source_text, target_text, source, target, glossaries, style, request)
            placed = [f for f in found if f.target_span is not None] if wanted is None else found
            chosen = [f for f in placed if wanted is None or findings.key(f) == wanted]
            if wanted is not None and not chosen:
                raise InputError(self.say("The text has changed since it was checked; check it again."))
            made = target_text
            used, named = self._used(glossaries, style)
            with asking(self.room.asker(request)):
                for one in sorted(chosen, key=lambda f: (f.line, f.target_span or (0, 0)), reverse=True):
                    made = self.room.workbench.mend(source_text, made, one, source, target, used, named)
        except (WorkbenchError, Refused) as error:
            return gr.skip(), render.problem(str(error))
        shown = self.check(source_text, made, source, target, glossaries, style, request)
        self._past.put(request, (*self._past.of(request), target_text)[-STEPS:])
        return made, shown

    def _found(
        self, source_text: str, target_text: str, source: str, target: str, glossaries: list[str], style: str,
        request: gr.Request,
    ) -> list[Finding]:  # fmt: skip
        say = self.say
        if not (source_text or "").strip() or not (target_text or "").strip():
            raise InputError(say("Write or upload a source and its translation first."))
        if max(len(source_text), len(target_text)) > MOST_CHARACTERS:
            counts = {"count": f"{max(len(source_text), len(target_text)):,}", "most": f"{MOST_CHARACTERS:,}"}
            raise InputError(
                say("{count} characters are too many here (at most {most}); use the command line.", **counts)
            )
        self.room.house.spend(self.room.address(request), 0.5)
        return self.room.workbench.check(source_text, target_text, source, target, *self._used(glossaries, style))

    def _used(self, glossaries: list[str], style: str) -> tuple[list[str], str | None]:
        used = self.room.choices.references(list(glossaries or []))
        return used, (style or None) if used else None

    def undo(
        self, source_text: str, source: str, target: str, glossaries: list[str], style: str,
        request: gr.Request,
    ) -> tuple[object, object]:  # fmt: skip
        *earlier, last = ("", *self._past.of(request))
        if not earlier:
            return gr.skip(), gr.skip()
        self._past.put(request, tuple(earlier[1:]))
        return last, self.check(source_text, last, source, target, glossaries, style, request)

    def uploaded(self, path: str | None) -> tuple[object, object]:
        """The passages of a document, and the translations that it holds itself."""
        if path is None:
            return gr.skip(), gr.skip()
        try:
            lines = self.room.workbench.lines(Path(path), MOST_CHARACTERS)
        except WorkbenchError as error:
            message = str(error).replace(f"{Path(path).parent}/", "")
            gr.Warning(render.text(message), title=self.say("File not loaded"))
            return gr.skip(), gr.skip()
        both = any(target for _, target in lines)
        kept = [(source, target) for source, target in lines if source and (target or not both)]
        return "\n".join(s for s, _ in kept), "\n".join(t for _, t in kept) if both else gr.skip()


def build(room: Room) -> None:
    """The tab, inside the blocks that are being built."""
    say, choices, checker = room.say, room.choices, Checker(room)
    there = choices.glossaries()
    every = sorted((choices.shown(code), code) for code in NAMES)
    first = choices.pairs[0] if choices.pairs else ("en", "es")
    with gr.Row(elem_classes="wb-bar"):
        source = gr.Dropdown(every, value=first[0], label=say("From"), scale=2, min_width=130)
        target = gr.Dropdown(every, value=first[1], label=say("To"), scale=2, min_width=130)
        glossaries = gr.Dropdown(there, value=there, multiselect=True, label=say("Glossaries"), scale=4, min_width=200)
        style = gr.Dropdown(
            choices.styles(there), value=HOUSE_DEFAULT, label=say("House style"), scale=2, min_width=150
        )
    with gr.Row(elem_classes="wb-bar"):
        one = gr.Textbox(label=say("Source"), lines=7, max_lines=14, elem_classes="wb-plain")
        other = gr.Textbox(label=say("Translation, line by line"), lines=7, max_lines=14, elem_classes="wb-plain")
    with gr.Row(elem_classes="wb-actions"):
        go = gr.Button(say("Check the translation"), variant="primary", size="md")
        repair = gr.Button(say("Fix all"), size="md")
        undo = gr.Button(say("Undo"), size="md")
        gr.HTML("", elem_classes="wb-space", js_on_load="")
        up_one = gr.UploadButton(say("Upload the source"), file_types=SUFFIXES, size="md")
        up_other = gr.UploadButton(say("Upload the translation"), file_types=SUFFIXES, size="md")
    shown = gr.HTML("", elem_classes="wb-told-here", apply_default_css=False, js_on_load=PRESS)

    asked = [one, other, source, target, glossaries, style]
    options = {"show_progress_on": shown, "trigger_mode": "once", "concurrency_limit": None, **PRIVATE}
    go.click(checker.check, asked, shown, **options)
    shown.click(checker.fix, asked, [other, shown], **options)
    repair.click(checker.fix_all, asked, [other, shown], **options)
    undo.click(checker.undo, [one, source, target, glossaries, style], [other, shown], **options)
    up_one.upload(checker.uploaded, up_one, [one, other], **LIGHT)
    up_other.upload(lambda path: checker.uploaded(path)[0], up_other, other, **LIGHT)
    glossaries.change(choices.after_glossaries, glossaries, style, **LIGHT)
