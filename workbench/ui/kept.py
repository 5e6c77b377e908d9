"""What the page remembers of each visit: `gr.State` would hold a connection open for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

import gradio as gr

Value = TypeVar("Value")
MOST = 200  # visits; the one that changed longest ago is forgotten first


class Kept(Generic[Value]):
    """A value for each open page, by the random name that the page gives itself."""

    def __init__(self, empty: Value):
        self._empty, self._guard = empty, threading.Lock()
        self._values: OrderedDict[str, Value] = OrderedDict()

    def of(self, request: gr.Request) -> Value:
        return self._values.get(request.session_hash or "", self._empty)

    def put(self, request: gr.Request, value: Value) -> None:
        with self._guard:
            self._values[request.session_hash or ""] = value
            self._values.move_to_end(request.session_hash or "")
            if len(self._values) > MOST:
                self._values.popitem(last=False)
