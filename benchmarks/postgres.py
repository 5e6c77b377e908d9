"""A PostgreSQL server of our own, in a temporary folder that goes with it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Missing(Exception):
    """There is no server to start here; says what to install."""


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """The URL without the name of a database: `url % "postgres"`. Raises Missing."""
    try:
        import psycopg
    except ModuleNotFoundError:
        raise Missing("psycopg is not installed: pip install 'workbench-for-names[postgres]'") from None
    initdb, program = _binary("initdb"), _binary("postgres")
    if not initdb or not program:
        raise Missing("no PostgreSQL here: apt install postgresql")
    rights = _rights()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    process = None
    try:
        if rights:
            os.chown(folder, rights["user"], rights["group"])
        making = [initdb, "-D", folder / "data", "-U", "workbench", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        made = subprocess.run(making, cwd=folder, capture_output=True, text=True, timeout=120, **rights)
        if made.returncode:
            raise RuntimeError(made.stderr)
        given = ["listen_addresses=", "shared_buffers=16MB", *settings]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                [program, "-D", folder / "data", "-k", folder, *(f"--{setting}" for setting in given)],
                cwd=folder, stdout=log, stderr=log, **rights,
            )  # fmt: skip
        url = f"postgresql://workbench@/%s?host={folder}"
        _wait(lambda: psycopg.connect(url % "postgres").close(), psycopg.OperationalError, process, folder / "log")
        yield url
    finally:
        if process:
            process.send_signal(signal.SIGINT)  # without waiting for clients
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def database(url: str) -> str:
    """The URL of a new, empty database of the server."""
    import psycopg

    name = f"t{time.time_ns()}"
    with psycopg.connect(url % "postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url % name


def _binary(name: str) -> str | None:
    """On the path, or where Debian puts it."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(name) or (str(beside[-1]) if beside else None)


def _rights() -> dict[str, Any]:
    """Who runs the server: not root, so then postgres or nobody."""
    if os.getuid():
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        try:
            owner = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    raise Missing("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")


def _wait(connect: Any, refused: type[Exception], process: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        try:
            return connect()
        except refused:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"the server does not answer: {log.read_text()}")
