"""Pieces written as two shorter ones now and then, so that a model learns what rare words are made of.

After Kudo (2018), "Subword Regularization", and Provilkov et al. (2020), "BPE-Dropout": where parallel text is
scarce, a word seen in several segmentations is read better in texts of another kind.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import sentencepiece


class Cut(NamedTuple):
    """Ids with some pieces cut; `parents`: for each the id of the piece that it is a part of."""

    ids: list[int]
    parents: list[int]


class Splitter:
    """`share`: chance of a piece to be written as two, and of each of the two again; 0 to 1."""

    def __init__(self, pieces: sentencepiece.SentencePieceProcessor, share: float):
        self._share = share
        size = pieces.get_piece_size()
        plain = [i for i in range(size) if not (pieces.is_control(i) or pieces.is_unknown(i) or pieces.is_byte(i))]
        ids = {pieces.id_to_piece(i): i for i in plain}
        self._halves: dict[int, list[tuple[int, int]]] = {}
        for text, whole in ids.items():
            halves = ((ids.get(text[:k]), ids.get(text[k:])) for k in range(1, len(text)))
            found = [(a, b) for a, b in halves if a is not None and b is not None]
            if found:
                self._halves[whole] = found

    def __call__(self, ids: list[int], rng: random.Random) -> Cut:
        """The same text in other pieces; `rng` decides."""
        cut = Cut([], [])
        for whole in ids:
            waiting = [whole]
            while waiting:
                piece = waiting.pop()
                halves = self._halves.get(piece)
                if halves and rng.random() < self._share:
                    waiting += reversed(rng.choice(halves))
                else:
                    cut.ids.append(piece)
                    cut.parents.append(whole)
        return cut
