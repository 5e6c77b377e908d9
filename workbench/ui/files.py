"""Texts that people bring to the page."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import InputError

SUFFIXES = (".txt", ".md")
MOST_BYTES = 1_000_000
MOST_CHARACTERS = 200_000  # some 80 pages; a page that waits longer belongs on the command line


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
