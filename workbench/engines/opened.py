"""A model folder that is open: what both backends know of it before they decode."""

from __future__ import annotations

from pathlib import Path

from workbench.engines.annotation import Annotation
from workbench.engines.piece import Piece
from workbench.engines.pieces import Vocabulary


class Opened:
    """Names and vocabulary of a model.

    Raises MissingModel for a folder without its files, InputError for one that does not fit together.
    """

    def __init__(self, path: Path, source: str, target: str, name: str, tag: str | None, annotation: Annotation | None):
        self.path, self.source, self.target, self.name = path, source, target, name or path.name
        self.annotation = annotation
        self.vocabulary = Vocabulary(path, target, tag)

    def pieces(self, sentence: str) -> tuple[Piece, ...]:
        return self.vocabulary.pieces(sentence)

    def target_pieces(self, text: str) -> tuple[str, ...]:
        return self.vocabulary.target_pieces(text)

    @property
    def alphabet(self) -> frozenset[str]:
        """All pieces of the vocabulary: for a model of characters, the letters that it reads."""
        return frozenset(self.vocabulary.piece_ids)
