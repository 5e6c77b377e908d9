"""The user's cache folder: what is in it can be made or fetched again."""

from __future__ import annotations

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
