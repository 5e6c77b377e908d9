"""The server: the page and the HTTP API in one process, on one port."""

from __future__ import annotations

import socket
import threading

import uvicorn

from workbench.api import app as api
from workbench.api.people import People
from workbench.api.settings import Settings
from workbench.errors import InputError
from workbench.serving.pages import Pages
from workbench.workbench import Workbench

STARTING = 60  # seconds that a server has to answer


class Server:
    """Serves in a thread until `close`; `url` is its address."""

    def __init__(
        self,
        workbench: Workbench,
        host: str = "127.0.0.1",
        port: int = 7860,
        settings: Settings = Settings(),
        people: People | None = None,
    ):
        """Port 0 takes a free one. InputError when the port is taken."""
        self._socket = _listening(host, port)
        workbench.share()
        app = api.build(workbench, settings, people)
        self.pages = Pages(app.state.house)
        app.router.default = self.pages  # whatever the API does not take
        app.router.lifespan_context = self.pages.lifespan
        # No access log: addresses of requests may hold keys.
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_keep_alive=30, ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self._socket.getsockname()[1]}"

    def start(self) -> Server:
        """Back when the server answers or has ended; the page is made meanwhile."""
        self._thread.start()
        self.pages.begin()
        waited = threading.Event()
        for _ in range(STARTING * 20):
            if self._server.started or not self._thread.is_alive():
                break
            waited.wait(0.05)
        return self

    def wait(self) -> None:
        """Until the server ends."""
        while self._thread.is_alive():
            self._thread.join(1)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()


def _listening(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise InputError(f"{host}:{port} cannot be used ({error.strerror}); choose another with --port") from error
    return made


def staff(workbench: Workbench, db: str | None = None, auth: bool = False) -> People | None:
    """Those who may come in, where they are asked to sign in (`auth`, or the setting of that name); else None."""
    from workbench.api.staff import Staff
    from workbench.settings import switched

    return Staff(workbench.store(db)) if auth or switched("auth") else None


def serve(
    workbench: Workbench,
    host: str = "127.0.0.1",
    port: int = 7860,
    settings: Settings = Settings(),
    people: People | None = None,
) -> None:
    """Serve until interrupted; the model is loaded as soon as the page can be opened."""
    server = Server(workbench, host, port, settings, people)
    try:
        server.start()
        print(f"Workbench for Names: {server.url}  (API: {server.url}/openapi.json)", flush=True)
        server.pages.begin().add_done_callback(lambda _: workbench.warm())  # in the thread that made the page
        server.wait()
    except KeyboardInterrupt:
        server.close()
