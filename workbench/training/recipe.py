"""What to train, on what, for how long: a TOML file read into a frozen value."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from json import dumps
from pathlib import Path
from typing import Any

from workbench.errors import InputError
from workbench.fileformats import read_toml
from workbench.languages import language

MANY = "mul"  # for a language: the texts themselves tell theirs, as in the model of names
CHANGED = 0.5  # of all lines at most: the others show the language as it is


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of the network; the defaults are the tiny shape that a CPU trains in hours."""

    encoder_layers: int = 6
    decoder_layers: int = 2
    d_model: int = 256
    ffn: int = 1024
    heads: int = 8
    dropout: float = 0.1


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the curriculum.

    `sources` maps a source name of the corpus to how often each of its lines is seen per
    epoch: 4.0 is four times, 0.25 a quarter of the lines. `tokens` is the stage's length
    in target tokens.
    """

    name: str
    tokens: int
    sources: dict[str, float]


@dataclass(frozen=True, slots=True)
class Augment:
    """Shares of all lines that are changed, one change a line; together at most CHANGED.

    `annotate`: target base forms beside one to four terms. `switch`: names exchanged for others.
    `upper`, `lower`, `bare`: both sides in capitals, the source without capitals, without diacritics.
    Not part of the sum: `masked` and `unknown`, shares of annotated lines in which the hint takes the
    place of its term, and names are exchanged first; `quotes`, share of quoted lines whose
    quotes become «» or “” on both sides; `join`, chance of a short line to be followed by another of
    its collection; `split`, chance of a piece to be written as two, in lines without hints.
    """

    annotate: float = 0.0
    switch: float = 0.0
    upper: float = 0.0
    lower: float = 0.0
    bare: float = 0.0
    masked: float = 0.0
    unknown: float = 0.1
    quotes: float = 0.3
    join: float = 0.0
    split: float = 0.0

    @property
    def changed(self) -> float:
        return self.annotate + self.switch + self.upper + self.lower + self.bare


@dataclass(frozen=True, slots=True)
class Recipe:
    """A whole training run. Rates are per optimiser step; batch sizes count target tokens.

    `source` or `target` joins several languages with commas, as "fr,ru,hy": with several targets
    the vocabulary gets a tag for each, and the source opens with it. `temperature` evens out
    how often each pair is seen: 1 as the lines are, 5 almost evenly.
    """

    name: str
    source: str
    target: str
    stages: tuple[Stage, ...]
    shape: Shape = field(default_factory=Shape)
    vocabulary: int = 8000
    rate: float = 7e-4
    warm_up: int = 800  # steps to the full rate
    hold: int = 0  # step from which the rate falls with the inverse square root; at least warm_up
    decay: float = 0.3  # last share of all tokens over which the rate falls to zero
    batch_tokens: int = 2500
    max_pieces: int = 120
    label_smoothing: float = 0.1
    ema: float = 0.999
    average: int = 0  # newest checkpoints averaged for the export; 0: the moving average `ema`
    clip: float = 1.0
    muon: bool = False  # orthogonalised steps for the matrices: dearer by a tenth to a fifth, worth more than that
    guided: float = 0.0  # weight of the alignment loss; 0 trains without an aligner
    seed: int = 1
    temperature: float = 1.0
    tags: bool = True  # False: the language of the source tells the target, as in a model of both ways
    validate_every: int = 250_000  # target tokens between two looks at the dev set
    patience: int = 0  # looks without a better chrF after which the run ends; 0: never
    augment: Augment = field(default_factory=Augment)
    card: Mapping[str, Any] = field(default_factory=dict)  # what the card says beside what is measured

    @property
    def tokens(self) -> int:
        return sum(stage.tokens for stage in self.stages)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(source, target) that the model learns, in the order of the recipe."""
        sources, targets = self.source.split(","), self.target.split(",")
        if len(sources) == len(targets) == 1:
            return ((self.source, self.target),)
        return tuple((s.strip(), t.strip()) for s in sources for t in targets if s.strip() != t.strip())

    @property
    def tagged(self) -> tuple[str, ...]:
        """Targets that a tag tells apart; none where there is only one."""
        targets = tuple(dict.fromkeys(target for _, target in self.pairs))
        return targets if self.tags and len(targets) > 1 else ()

    @property
    def fingerprint(self) -> str:
        """Of all that shapes the weights; the text of the card does not."""
        facts = {key: value for key, value in asdict(self).items() if key != "card"}
        return hashlib.sha256(dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def read_recipe(path: Path) -> Recipe:
    """Read a recipe; unknown keys and missing stages are refused with the way out."""
    raw = read_toml(path)
    for side in ("source", "target"):
        if isinstance(raw.get(side), list):
            raw[side] = ",".join(raw[side])
    try:
        stages = tuple(Stage(**stage) for stage in raw.pop("stage", []))
        told = raw.pop("augment", {})
        if "quote_noise" in raw:  # its place before there was [augment]
            told["quotes"] = raw.pop("quote_noise")
        shape, augment = Shape(**raw.pop("shape", {})), Augment(**told)
        recipe = Recipe(stages=stages, shape=shape, augment=augment, **raw)
    except TypeError as wrong:
        known = ", ".join(f.name for f in fields(Recipe))
        raise InputError(f"{path}: {wrong} (a recipe knows: {known})") from None
    if not stages:
        raise InputError(f"{path}: a recipe needs at least one [[stage]] with tokens and sources")
    if recipe.augment.changed > CHANGED + 1e-9:
        raise InputError(
            f"{path}: [augment] changes {recipe.augment.changed:.0%} of the lines; leave half of them as they are"
        )
    for code in {code for pair in recipe.pairs for code in pair} - {MANY}:
        language(code)
    return recipe
