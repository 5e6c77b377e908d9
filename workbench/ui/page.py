"""The page: one tab a kind of work, each in a module of its own, in every language of the interface."""

from __future__ import annotations

import os

import gradio as gr
from fastapi import FastAPI

from workbench.api.house import House
from workbench.ui import render
from workbench.ui.files import MOST_BYTES, Shelf
from workbench.ui.room import Choices, Room
from workbench.ui.tabs import translate
from workbench.ui.theme import head, theme
from workbench.ui.words import LANGUAGES, speaking
from workbench.workbench import Workbench

TITLE = "Workbench for Names"
TABS = (translate,)  # each has TITLE and build(room)
WAITING = 256  # people in line before the page says that it is busy


def build(workbench: Workbench, house: House, language: str = "en", shelf: Shelf | None = None) -> gr.Blocks:
    """The page in one language, not yet served."""
    say = speaking(language)
    root = "." if language == "en" else ".."
    choices = Choices(workbench, say, house.settings.db)
    room = Room(workbench, house, say, language, root, choices, shelf or Shelf())
    with gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=(600, 3600)) as page:
        gr.HTML(render.banner(TITLE, say, language, root), elem_id="wb-head", apply_default_css=False, js_on_load="")
        with gr.Tabs(elem_id="wb-tabs"):
            for tab in TABS:
                with gr.Tab(say(tab.TITLE), id=tab.TITLE.lower()):
                    tab.build(room)
    page.queue(max_size=WAITING)
    return page


def mount(app: FastAPI, workbench: Workbench, house: House) -> None:
    """The page beside the API: English at `/`, the other languages at `/es/` and so on."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    shelf = Shelf()
    for language in sorted(LANGUAGES, key=lambda code: code == "en"):  # `/` takes what no other path takes
        gr.mount_gradio_app(
            app,
            build(workbench, house, language, shelf),
            path="/" if language == "en" else f"/{language}",
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
            max_file_size=5 * MOST_BYTES,  # above our own limit, whose words are clearer
            theme=theme(),
            head=head(language),
        )
