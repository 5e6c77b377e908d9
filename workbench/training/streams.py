"""Large text files, plain, .xz or .gz, read line by line or as bytes."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from workbench.errors import InputError

PACKED = {".xz": lzma.open, ".gz": gzip.open}


def open_bytes(path: Path) -> BinaryIO:
    """The unpacked content. InputError when there is no such file."""
    if not path.is_file():
        raise InputError(f"{path}: no such data file")
    opened = PACKED.get(path.suffix, open)(path, "rb")
    return cast(BinaryIO, opened)


def open_text(path: Path) -> Iterator[str]:
    """Lines without their ends; only a line feed ends one, U+2028 may stand inside. InputError: not UTF-8."""
    with open_bytes(path) as data:
        for number, line in enumerate(data, 1):
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError as wrong:
                raise InputError(f"{path}:{number}: not UTF-8 ({wrong.reason}); convert the file to UTF-8") from None


def format_of(path: Path) -> str:
    """The suffix that names the format: tmx for news.tmx.xz."""
    suffixes = [suffix for suffix in path.suffixes if suffix not in PACKED]
    return suffixes[-1].lstrip(".").lower() if suffixes else ""


def stem_of(path: Path) -> str:
    """The name without format and packing: news.en-es for news.en-es.tsv.xz."""
    name = path.with_suffix("") if path.suffix in PACKED else path
    return name.stem
