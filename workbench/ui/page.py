"""The page: one tab a kind of work, each in a module of its own."""

from __future__ import annotations

import os

import gradio as gr
from fastapi import FastAPI

from workbench.api.house import House
from workbench.shelf import Shelf
from workbench.ui import render
from workbench.ui.files import MOST_BYTES
from workbench.ui.room import LIGHT, Choices, Room
from workbench.ui.tabs import check, documents, glossary, models, names, translate
from workbench.ui.theme import head, theme
from workbench.words import speaking

TITLE = "Workbench for Names"
TABS = (translate, documents, names, glossary, check, models)  # each has TITLE and build(room)
WAITING = 256  # people in line before the page says that it is busy


def build(house: House, language: str, path: str, shelf: Shelf) -> gr.Blocks:
    """The page in one language, not yet served."""
    say = speaking(language)
    choices = Choices(house.workbench, say, house.settings.db)
    root = "." if path == "/" else ".."
    room = Room(house.workbench, house, say, language, root, choices, shelf)
    with gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=(600, 3600)) as page:
        gr.HTML(render.banner(TITLE, say, language, root), elem_id="wb-head", apply_default_css=False, js_on_load="")
        with gr.Tabs(elem_id="wb-tabs"):
            for tab in TABS:
                with gr.Tab(say(tab.TITLE), id=tab.TITLE.lower()):
                    tab.build(room)
        page.load(room.listed, None, [listing.part for listing in room.listings], **LIGHT)
    page.queue(max_size=WAITING)
    return page


def app(house: House, language: str, path: str, shelf: Shelf) -> FastAPI:
    """The page as an application that answers below `path`."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    return gr.mount_gradio_app(
        FastAPI(openapi_url=None, docs_url=None, redoc_url=None),
        build(house, language, path, shelf),
        path=path,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        max_file_size=5 * MOST_BYTES,  # above our own limit, whose words are clearer
        theme=theme(),
        head=head(language),
    )
