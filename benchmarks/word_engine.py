"""`workbench` with an engine that costs next to nothing: what is left is the cost of everything else.

python -m benchmarks.word_engine batch INPUT --from en --to es -o OUTDIR
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy

from workbench.engines.annotation import Hint
from workbench.engines.engine import Engine, Hypothesis, Options
from workbench.engines.piece import Piece
from workbench.engines.registry import Card

TOKEN = re.compile(r"\w+|[^\w\s]")


class WordEngine:
    """Writes every sentence as it stands, aligned word to word; of a forced prefix that alone."""

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
        prefixes = prefixes or [()] * len(sentences)
        return [[self._one(s, list(p), options)] for s, p in zip(sentences, prefixes, strict=True)]

    def _one(self, sentence: str, prefix: list[str], options: Options) -> Hypothesis:
        text = " ".join(prefix) or sentence
        made = self.pieces(text)
        aligned = numpy.eye(len(made), len(self.pieces(sentence)) + 1, dtype=numpy.float32)
        return Hypothesis(text, made, -0.5, aligned if options.attention else None)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return [-1.0] * len(sources)


def main() -> None:
    """The command with this engine in the place of every model."""
    from workbench import cli
    from workbench.engines import registry

    def load(card: Card, backend: str = "ct2", cores: int = 0) -> Engine:
        return WordEngine(card.source, card.target)

    registry.load = load
    cli.main()


if __name__ == "__main__":
    main()
