"""Text and TOML files, read with an error that a person can act on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from workbench.errors import InputError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LARGEST = 200_000_000  # bytes of a text read whole


def read_toml(path: Any) -> dict[str, Any]:
    """`path`: a Path or a packaged resource. InputError names the file and the place."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise InputError(f"{path}: not readable as TOML: {wrong}") from None


def guess_encoding(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8: a byte order mark, else the code page
    whose letters make sense."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if data[:400].count(0) > 40:
        return "utf-16"
    high = [b for b in data[:20_000] if b >= 0x80]
    cyrillic = sum(b >= 0xC0 for b in high)
    return "cp1251" if high and cyrillic / len(high) > 0.8 and len(high) > len(data[:20_000]) / 4 else "cp1252"


def decode_text(data: bytes, name: str) -> str:
    """UTF-8 text, a byte order mark taken off; anything else is an InputError that names the likely encoding."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        likely = guess_encoding(data)
        raise InputError(
            f"{name}:{line}: not UTF-8 (it looks like {likely}); convert it first: iconv -f {likely} -t utf-8"
        ) from None
    if not text.strip():
        raise InputError(f"{name}: there is no text in it")
    return text


def read_text(path: Path) -> str:
    """A whole UTF-8 text file."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: larger than {LARGEST // 1_000_000} MB; split it first")
        return decode_text(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give a text file") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read; check its permissions") from None
