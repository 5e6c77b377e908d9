"""Where the files lie that come with the workbench: beside the package in a checkout, in it when installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = ("pyproject.toml", ".git")  # either beside the package tells a checkout from site-packages


def folder(name: str) -> Path:
    """The folder `models` or `glossaries`; it need not exist."""
    installed = PACKAGE / "_bundled" / name
    beside = PACKAGE.parent / name
    if not installed.is_dir() and any((PACKAGE.parent / mark).exists() for mark in CHECKOUT):
        return beside
    return installed
