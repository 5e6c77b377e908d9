"""Engines take turns only where several people share them."""

from __future__ import annotations

from toy import ToyEngine

from workbench import workbench as facade
from workbench.engines.shared import SharedEngine
from workbench.serving.server import Server
from workbench.workbench import Workbench


def test_a_file_has_the_engine_for_itself_until_there_is_a_server(monkeypatch):
    engine = ToyEngine({})
    monkeypatch.setattr(facade.registry, "route", lambda *_: ["card"])
    monkeypatch.setattr(facade.registry, "load", lambda *_: engine)
    bench = Workbench()
    assert bench._engines("en", "es", None, "ct2") == [engine]
    server = Server(bench, port=0)
    try:
        (shared,) = bench._engines("en", "es", None, "ct2")
        assert isinstance(shared, SharedEngine)
    finally:
        server._socket.close()
