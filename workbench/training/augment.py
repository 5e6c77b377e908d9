"""A pair on its way to the model: half of all lines as they are, the others changed as the recipe says."""

from __future__ import annotations

import random

import sentencepiece

from workbench.training import noise
from workbench.training.annotate import Annotator, Line
from workbench.training.pairs import Pair
from workbench.training.recipe import Augment
from workbench.training.splitting import Splitter
from workbench.training.switching import Names


class Augmenter:
    """One change a line at most, apart from quotes and pieces, drawn by the shares of the recipe.

    `names` by languages; `annotator` None: no line is annotated.
    """

    def __init__(
        self,
        shares: Augment,
        pieces: sentencepiece.SentencePieceProcessor,
        names: dict[tuple[str, str], Names] | None = None,
        annotator: Annotator | None = None,
        tags: dict[str, int] | None = None,
    ):
        self._shares, self._encode = shares, pieces.encode
        self._names, self._annotator, self._tags = names or {}, annotator, tags or {}
        self._split = Splitter(pieces, shares.split) if shares.split else None

    def __call__(self, pair: Pair, rng: random.Random) -> Line:
        """Ids of the pair, changed or not; `rng` decides, so that a seed fixes them. The tag of the
        target language, where the vocabulary has tags, opens the source."""
        shares = self._shares
        if rng.random() < shares.quotes:
            pair = noise.requoted(pair, rng)
        drawn = rng.random()
        annotate = self._annotator is not None and drawn < shares.annotate
        drawn -= shares.annotate
        if annotate:
            if rng.random() < shares.unknown:
                pair = self._exchanged(pair, rng)
        elif 0 <= drawn < shares.switch:
            pair = self._exchanged(pair, rng)
        elif drawn >= shares.switch:
            pair = self._noisy(pair, drawn - shares.switch)
        source, target = self._encode(pair.source), self._encode(pair.target)
        if annotate and self._annotator is not None and source and target:
            line = self._annotator(pair, source, target, rng)
        elif self._split is not None:
            cut = self._split(source, rng)
            line = Line(cut.ids, self._split(target, rng).ids, cut.parents)
        else:
            line = Line(source, target, source)
        tag = self._tags.get(pair.languages[1])
        return line if tag is None else Line([tag, *line.source], line.target, [tag, *line.keys])

    def _exchanged(self, pair: Pair, rng: random.Random) -> Pair:
        names = self._names.get(pair.languages)
        return names.exchanged(pair, rng) if names is not None else pair

    def _noisy(self, pair: Pair, drawn: float) -> Pair:
        for share, change in (
            (self._shares.upper, noise.shouted),
            (self._shares.lower, noise.lowered),
            (self._shares.bare, noise.bare),
        ):
            if drawn < share:
                return change(pair)
            drawn -= share
        return pair
