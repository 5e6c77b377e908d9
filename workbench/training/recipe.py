"""What to train, on what, for how long: a TOML file read into a frozen value."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, fields
from json import dumps
from pathlib import Path

from workbench.errors import InputError
from workbench.fileformats import read_toml


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
class Recipe:
    """A whole training run. Rates are per optimiser step; batch sizes count target tokens."""

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
    clip: float = 1.0
    muon: bool = False  # orthogonalised steps for the matrices: dearer by a tenth to a fifth, worth more than that
    guided: float = 0.0  # weight of the alignment loss; 0 trains without an aligner
    seed: int = 1
    quote_noise: float = 0.3  # share of quoted lines whose quotes become «» or “” on both sides

    @property
    def tokens(self) -> int:
        return sum(stage.tokens for stage in self.stages)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


def read_recipe(path: Path) -> Recipe:
    """Read a recipe; unknown keys and missing stages are refused with the way out."""
    raw = read_toml(path)
    try:
        stages = tuple(Stage(**stage) for stage in raw.pop("stage", []))
        recipe = Recipe(stages=stages, shape=Shape(**raw.pop("shape", {})), **raw)
    except TypeError as wrong:
        known = ", ".join(f.name for f in fields(Recipe))
        raise InputError(f"{path}: {wrong} (a recipe knows: {known})") from None
    if not stages:
        raise InputError(f"{path}: a recipe needs at least one [[stage]] with tokens and sources")
    return recipe
