"""Files of the page: texts that people bring, results that they take along."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

from workbench.errors import InputError

SUFFIXES = (".txt", ".md")
MOST_BYTES = 1_000_000
MOST_CHARACTERS = 200_000  # some 80 pages; a page that waits longer belongs on the command line
KEPT_SECONDS = 3600  # a result can be downloaded for an hour


def read_text(path: str | Path) -> str:
    """The text of an uploaded file; InputError for another kind, size or encoding."""
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path.name}: only {' and '.join(SUFFIXES)} files can be read here")
    if path.stat().st_size > MOST_BYTES:
        raise InputError(f"{path.name}: larger than {MOST_BYTES // 1_000_000} MB; split it or use the command line")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name}: not UTF-8 text (byte {error.start + 1} does not fit); save it as UTF-8"
        ) from error
    if "\0" in text:
        raise InputError(f"{path.name}: holds zero bytes, so it is not a text file; save it as UTF-8")
    return text


class Shelf:
    """A temporary folder of results, one subfolder each, emptied as they age and at the end."""

    def __init__(self, kept: float = KEPT_SECONDS):
        self._folder = tempfile.TemporaryDirectory(prefix="workbench-")  # gone with the shelf
        self._kept = kept

    def put(self, stem: str, report: dict[str, object]) -> Path:
        """The path of a report."""
        self._clear()
        folder = Path(tempfile.mkdtemp(dir=self._folder.name))
        account = folder / f"{stem}.report.json"
        account.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return account

    def _clear(self) -> None:
        for folder in Path(self._folder.name).iterdir():
            if time.time() - folder.stat().st_mtime > self._kept:
                shutil.rmtree(folder, ignore_errors=True)
