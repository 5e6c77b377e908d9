"""`workbench` with an engine that costs next to nothing: what is left is the cost of everything else.

python -m benchmarks.word_engine batch INPUT --from en --to es -o OUTDIR
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy

from workbench.cli import main
from workbench.engines import registry
from workbench.engines.annotation import Hint
from workbench.engines.engine import Engine, Hypothesis, Options
from workbench.engines.piece import Piece
from workbench.engines.registry import Card

TOKEN = re.compile(r"\w+|[^\w\s]")


class WordEngine:
    """Writes every sentence as it stands, aligned word to word."""

    name, backend, path = "words", "words", Path("words")
    annotation = None

    def __init__(self, source: str, target: str):
        self.source, self.target = source, target

    def pieces(self, sentence: str) -> tuple[Piece, ...]:
        return tuple(Piece(m.group(), m.start(), m.end()) for m in TOKEN.finditer(sentence))

    def target_pieces(self, text: str) -> tuple[str, ...]:
        return tuple(TOKEN.findall(text))

    def decode(
        self,
        sentences: Sequence[str],
        options: Options = Options(),
        prefixes: Sequence[Sequence[str]] | None = None,
        hints: Sequence[Sequence[Hint]] | None = None,
    ) -> list[list[Hypothesis]]:
        begun = [" ".join(prefix) for prefix in prefixes] if prefixes else [""] * len(sentences)
        return [
            [self._one(begin or sentence, sentence, options)] for begin, sentence in zip(begun, sentences, strict=True)
        ]

    def _one(self, text: str, sentence: str, options: Options) -> Hypothesis:
        made = self.pieces(text)
        aligned = numpy.eye(len(made), len(self.pieces(sentence)) + 1, dtype=numpy.float32)
        return Hypothesis(text, made, -0.5, aligned if options.attention else None)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return [-1.0] * len(sources)


def _load(card: Card, backend: str = "ct2", cores: int = 0) -> Engine:
    return WordEngine(card.source, card.target)


if __name__ == "__main__":
    registry.load = _load
    main()
