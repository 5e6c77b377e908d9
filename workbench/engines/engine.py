"""What every translation engine can do, whatever library stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy

from workbench.engines.annotation import Annotation, Hint
from workbench.engines.piece import Piece


@dataclass(frozen=True, slots=True)
class Options:
    """How to decode."""

    beam: int = 1
    nbest: int = 1  # <= beam
    max_pieces: int = 256  # of a hypothesis, prefix included
    attention: bool = True
    batch_pieces: int = 2048  # source pieces of one batch, padding included
    spread: bool = True  # a short list gives every core a batch; False: the same batches on any machine


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One decoded target.

    `pieces` without </s>, with the forced prefix; `score`: mean log-probability per target
    piece, </s> included, forced prefix excluded (<= 0). `attention`: float32
    (len(pieces), len(source pieces) + 1), rows over the source pieces and </s> sum to 1,
    last decoder layer, head 0; None when not asked for.
    """

    text: str
    pieces: tuple[Piece, ...]
    score: float
    attention: numpy.ndarray | None = None


class Engine(Protocol):
    """A direct model of one pair. Sentences are single, without line breaks."""

    source: str
    target: str
    name: str  # of the model
    backend: str  # "ct2" or "torch"
    path: Path
    annotation: Annotation | None  # how the model reads hints; None: it reads none

    def pieces(self, sentence: str) -> tuple[Piece, ...]:
        """Source pieces of a sentence, with their places in it, </s> not included."""

    def target_pieces(self, text: str) -> tuple[str, ...]:
        """Vocabulary pieces that a target text is written with."""

    def decode(
        self,
        sentences: Sequence[str],
        options: Options = Options(),
        prefixes: Sequence[Sequence[str]] | None = None,
        hints: Sequence[Sequence[Hint]] | None = None,
    ) -> list[list[Hypothesis]]:
        """`options.nbest` hypotheses a sentence, best first, in the order of the sentences.

        `prefixes`: forced first target pieces, one (perhaps empty) list a sentence. `hints`: target
        forms beside places of the source, only for a model with an `annotation`; attention stays that over
        the plain source.
        """

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Mean log-probability per target piece (</s> included) of given translations."""
