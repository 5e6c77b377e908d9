"""ICU's Any-Latin, where the extra is installed (`pip install 'workbench-for-names[icu]'`): the one door to it."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _any_latin() -> Any:
    """The transform; None without the extra."""
    try:
        import icu
    except ImportError:
        return None
    return icu.Transliterator.createInstance("Any-Latin")


def latin(text: str) -> str:
    """The text in Latin letters, by ICU; empty without the extra."""
    transform = _any_latin()
    return transform.transliterate(text) if transform is not None else ""
