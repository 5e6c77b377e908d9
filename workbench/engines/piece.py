"""A piece of a vocabulary, in its place in a text."""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """A vocabulary piece and the code points of the text it stands for (half-open)."""

    text: str
    start: int
    end: int
