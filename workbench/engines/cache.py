"""The user's cache folder, for pulled models and converted weights, and the hashes that tell files apart."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path


def folder() -> Path:
    """$WORKBENCH_CACHE, or `workbench-for-names` where the system keeps caches; it need not exist."""
    if own := os.environ.get("WORKBENCH_CACHE"):
        return Path(own).expanduser()
    if shared := os.environ.get("XDG_CACHE_HOME"):
        return Path(shared) / "workbench-for-names"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "workbench-for-names" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "workbench-for-names"
    return Path.home() / ".cache" / "workbench-for-names"


def sha256(file: Path) -> str:
    """Of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as data:
        while block := data.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
