"""A database that the store lives in: SQLite in a file, or PostgreSQL; transactions and errors alike."""

from __future__ import annotations

import os
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy
from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, event, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from workbench.errors import StoreError
from workbench.glossary import migrations
from workbench.settings import setting

PATIENCE = 30  # seconds that a writer waits for another
POLL = 0.02  # seconds between two looks at the lock of another program, always the same, so that waiting is fair
CACHE = 64 * 1024  # KiB of pages that a connection keeps at most; it takes what it has read or written
LOCK = 7_226_537_910  # of writers in PostgreSQL, any number
# SQLite lets writers poll, the more seldom the longer they wait, so that one of fifty may poll in vain for half a
# minute. Therefore threads of one program queue here, by file, and programs for a file beside the store.
TURNS: dict[str, threading.Lock] = defaultdict(threading.Lock)
WAYS_OUT = {  # by words of SQLite and PostgreSQL
    "disk is full": "make room on the disk and try again; nothing of this change was written",
    "no space left": "make room on the disk and try again; nothing of this change was written",
    "disk i/o error": "check the disk; nothing of this change was written",
    "database is locked": "another program is writing; try again in a moment",
    "readonly": "check the rights of the file and its folder",
    "not a database": "give the path of a store, or of a file that does not exist yet",
    "malformed": "the file is damaged; restore it from a backup",
    "unable to open": "check that the folder exists and may be written",
    "connection": "check that the server runs, and the host, name and password in the URL",
}


def default_url() -> str:
    """The setting 'db' (WORKBENCH_DB), else a file in the user's data folder."""
    if url := setting("db"):
        return url
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return str(folder / "workbench-for-names" / "glossary.db")


def address(url: str) -> URL:
    """Of a URL or of the path of a SQLite file."""
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        made = sqlalchemy.make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("the URL of the store cannot be read; write postgresql://user@host/name, or a path") from None
    backend = made.get_backend_name()
    if backend == "postgres" or made.drivername == "postgresql":
        return made.set(drivername="postgresql+psycopg")
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(f"no store in '{backend}' (known: sqlite, postgresql)")
    return made


class Database:
    """Opened, and brought to the present schema, when it is made."""

    def __init__(self, url: str) -> None:
        self.url = address(url)
        self.name = self.url.database if self.is_sqlite else self.url.render_as_string(hide_password=True)
        self.engine = self._engine()
        with self._told():
            with self.engine.connect() as connection:
                known = migrations.version(connection)
                if known == 0 and self.is_sqlite and sqlalchemy.inspect(connection).get_table_names():
                    raise StoreError(f"{self.name}: a database of another program; give the path of a store")
            if known != len(migrations.STEPS):
                with self.writing() as connection:
                    migrations.migrate(connection)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            try:
                return sqlalchemy.create_engine(self.url, pool_pre_ping=True)
            except (ModuleNotFoundError, NoSuchModuleError):
                raise StoreError(
                    f"{self.name}: PostgreSQL needs psycopg; pip install 'workbench-for-names[postgres]'"
                ) from None
        path = self.url.database
        if not path or path == ":memory:" or path.startswith("file:"):
            raise StoreError("a store in memory would be gone at once; give the path of a file")
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise StoreError(
                f"{path}: the folder cannot be made ({wrong.strerror}); check the path and its rights"
            ) from None
        # A connection per unit of work, so that threads share nothing.
        engine = sqlalchemy.create_engine(self.url, poolclass=NullPool, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of everything."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._told(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time; what the block raises undoes everything in it."""
        turn = self._turn(self.url.database or "") if self.is_sqlite else nullcontext()
        with (
            self._told(), turn, self.engine.connect().execution_options(writes=True) as connection, connection.begin()
        ):  # fmt: skip
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection

    @contextmanager
    def _turn(self, path: str) -> Iterator[None]:
        """Of this writer among the threads of this program and among programs."""
        with TURNS[path]:
            lock = FileLock(f"{path}-turn", timeout=PATIENCE, poll_interval=POLL)
            try:
                lock.acquire()
            except Timeout:
                raise StoreError(
                    f"{self.name}: another program has been writing for {PATIENCE} seconds; try again in a moment"
                ) from None
            except OSError as wrong:
                raise StoreError(
                    f"{path}-turn: cannot be written ({wrong.strerror}); check the rights of the folder"
                ) from None
            try:
                yield
            finally:
                lock.release()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except UnicodeEncodeError as wrong:
            raise StoreError(f"{self.name}: the text {wrong.object[:60]!a} is not Unicode; mend it") from None
        except SQLAlchemyError as wrong:
            said = str(getattr(wrong, "orig", None) or wrong).strip().splitlines()[0]
            way_out = next((way for words, way in WAYS_OUT.items() if words in said.lower()), "")
            raise StoreError(f"{self.name}: {said}" + (f"; {way_out}" if way_out else "")) from wrong

    def close(self) -> None:
        self.engine.dispose()


def _set_up(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin below, not when sqlite3 thinks fit
    connection.execute("PRAGMA journal_mode = WAL")  # readers and a writer do not wait for each other
    connection.execute("PRAGMA synchronous = FULL")  # what is committed survives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
