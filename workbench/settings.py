"""What a person set once for every command: the environment first, then a file of settings."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from workbench.errors import InputError
from workbench.fileformats import read_toml

NAMES = ("db", "author", "key", "auth")  # WORKBENCH_DB, WORKBENCH_AUTHOR, WORKBENCH_KEY, WORKBENCH_AUTH
NO = ("", "0", "no", "false", "off")


def setting(name: str) -> str:
    """'' when it is not set. `name`: one of NAMES."""
    return os.environ.get(f"WORKBENCH_{name.upper()}") or _from_file(name)


def author() -> str:
    """Who works here: as set, else who is logged in. InputError when nobody is."""
    if named := setting("author"):
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise InputError("nobody is logged in; say who makes the change: --author NAME") from None


def switched(name: str) -> bool:
    """Whether a setting says yes."""
    return setting(name).strip().lower() not in NO


def file() -> Path:
    """WORKBENCH_CONFIG, else settings.toml in the user's folder of settings."""
    if path := os.environ.get("WORKBENCH_CONFIG"):
        return Path(path)
    folder = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return (Path(folder) if folder else Path.home() / ".config") / "workbench-for-names" / "settings.toml"


def _from_file(name: str) -> str:
    path = file()
    if not path.is_file():
        return ""
    said = read_toml(path)
    for known, value in said.items():
        if known not in NAMES or not isinstance(value, str):
            raise InputError(f"{path}: '{known}' is no setting with a text; known are {', '.join(NAMES)}")
    return str(said.get(name, ""))
