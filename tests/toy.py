"""A word-for-word engine that runs the house in milliseconds; never the engine of an acceptance test."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy

from benchmarks.word_engine import TOKEN, WordEngine
from workbench.engines.annotation import Hint
from workbench.engines.engine import Hypothesis, Options
from workbench.engines.piece import Piece


class ToyEngine(WordEngine):
    """Translates token by token from a table (unknown tokens are copied), aligned one to one.

    `spoils`: tokens that come out as something else, as a poor model would write them.
    A forced prefix takes the place of as many source tokens as it has tokens.
    """

    name, backend, path = "toy", "toy", Path("toy")

    def __init__(self, table: dict[str, str], source: str = "en", target: str = "es"):
        super().__init__(source, target)
        self.table = table
        self.decoded: list[str] = []

    def decode(
        self,
        sentences: Sequence[str],
        options: Options = Options(),
        prefixes: Sequence[Sequence[str]] | None = None,
        hints: Sequence[Sequence[Hint]] | None = None,
    ) -> list[list[Hypothesis]]:
        self.decoded += sentences
        return super().decode(sentences, options, prefixes, hints)

    def _one(self, sentence: str, prefix: list[str], options: Options) -> Hypothesis:
        tokens = TOKEN.findall(sentence)
        made = [(word, i) for i, token in enumerate(tokens) for word in self.table.get(token, token).split()]
        forced = [(word, min(i, len(tokens) - 1)) for i, word in enumerate(prefix)]
        made = forced + made[len(prefix) :]
        text, pieces = "", []
        for word, _ in made:
            text += " " if text and re.match(r"\w|¿|«", word) and not text.endswith("«") else ""
            pieces.append(Piece(word, len(text), len(text) + len(word)))
            text += word
        attention = numpy.zeros((len(made), len(tokens) + 1), dtype=numpy.float32)
        for row, (_, i) in enumerate(made):
            attention[row, i] = 1.0
        return Hypothesis(text, tuple(pieces), -0.5, attention if options.attention else None)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return [-math.log1p(abs(len(s) - len(t))) for s, t in zip(sources, targets, strict=True)]
