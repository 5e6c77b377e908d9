"""Results that people take along: a temporary folder of them, emptied as they age."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import threading
import time
from pathlib import Path

import regex

KEPT_SECONDS = 3600  # a result can be downloaded for an hour
LONGEST = 80  # code points of a file name without its suffix
_FOREIGN = regex.compile(r"[^\p{L}\p{M}\p{N}_.() -]+")


def safe_name(name: str) -> str:
    """A file name for one that a client gave: letters and digits of any script and ` _.()-` stay.

    Never a path, never hidden, never empty; the suffix is kept.
    """
    last = _FOREIGN.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" ._")
    stem, dot, suffix = last.rpartition(".")
    if not dot:
        stem, suffix = last, ""
    return (stem[:LONGEST] or "file") + (f".{suffix[:10]}" if suffix else "")


class Shelf:
    """One subfolder a result, gone when old and at the end. A result is lent by a name that nobody guesses."""

    def __init__(self, kept: float = KEPT_SECONDS):
        self._folder = tempfile.TemporaryDirectory(prefix="workbench-")  # gone with the shelf
        self._kept = kept
        self._guard = threading.Lock()
        self._lent: dict[str, Path] = {}

    def folder(self) -> Path:
        """A new one, empty."""
        self._clear()
        return Path(tempfile.mkdtemp(dir=self._folder.name))

    def put(self, stem: str, report: dict[str, object]) -> Path:
        """The path of a report."""
        account = self.folder() / f"{stem}.report.json"
        account.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return account

    def lend(self, path: Path) -> str:
        """The name under which a client may ask for a file of this shelf."""
        name = f"{secrets.token_urlsafe(24)}.{path.name}"
        with self._guard:
            self._lent[name] = path
        return name

    def lent(self, name: str) -> Path | None:
        """None for a name that was not given, or that is too old."""
        path = self._lent.get(name)
        return path if path is not None and path.is_file() else None

    def _clear(self) -> None:
        for folder in Path(self._folder.name).iterdir():
            try:
                old = time.time() - folder.stat().st_mtime > self._kept
            except FileNotFoundError:
                continue  # somebody else cleared it
            if old:
                shutil.rmtree(folder, ignore_errors=True)
        with self._guard:
            self._lent = {name: path for name, path in self._lent.items() if path.exists()}
