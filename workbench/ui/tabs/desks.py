"""The shell of a tab whose script asks the API: its words, the languages, and the way to the server."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import gradio as gr

from workbench import languages
from workbench.ui.render import attribute
from workbench.ui.room import Room

HERE = Path(__file__).parents[1]
FIRST = "en es fr de it pt pl ru uk tr az ka hy el ar fa he"  # languages shown before all others are asked for


def shell(room: Room, id: str, words: Iterable[str]) -> str:
    """An empty place with what its script needs, as data that is never run."""
    said = json.dumps({word: room.say(word) for word in words}, ensure_ascii=False)
    named = {code: room.say(name) for code, name in languages.NAMES.items()}
    ordered = dict(sorted(named.items(), key=lambda one: one[1]))
    data = {
        "root": room.root,
        "tab": id,
        "words": said,
        "languages": json.dumps(ordered, ensure_ascii=False),
        "rtl": json.dumps(sorted(languages.RIGHT_TO_LEFT)),
        "first": FIRST,
    }
    attributes = " ".join(f'data-{name}="{attribute(value)}"' for name, value in data.items())
    return f'<div class="wb-desk" data-busy {attributes}></div>'  # until its script has begun


def build(room: Room, id: str, words: Iterable[str], scripts: Iterable[str]) -> None:
    """The place, with the scripts that fill it when the tab is first opened."""
    script = "".join((HERE / name).read_text(encoding="utf-8") for name in ("pieces.js", *scripts))
    gr.HTML(shell(room, id, words), elem_id=id, apply_default_css=False, js_on_load=script)
