"""The hashes that tell cached files apart; where they lie is told by `cachefolder`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from workbench.cachefolder import folder

__all__ = ["folder", "sha256"]


def sha256(file: Path) -> str:
    """Of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as data:
        while block := data.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
