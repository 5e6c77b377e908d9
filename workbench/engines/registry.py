"""Which models there are, where they lie, and how one gets from a language to another."""

from __future__ import annotations

import dataclasses
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from workbench import bundled
from workbench.engines import annotation, cache, defaults, hub
from workbench.engines.annotation import Annotation
from workbench.engines.ct2 import Ct2Engine
from workbench.engines.engine import Engine
from workbench.engines.marian import MarianEngine
from workbench.engines.tags import TWO_LETTERS
from workbench.errors import InputError, MissingModel
from workbench.fileformats import read_toml
from workbench.languages import NAMES

BACKENDS = {"ct2": Ct2Engine, "torch": MarianEngine}
PIVOT = "en"
# OPUS-MT models whose names do not follow the rule.
PUBLISHED = {
    ("en", "ja"): "Helsinki-NLP/opus-mt-en-jap",
    ("ja", "en"): "Helsinki-NLP/opus-mt-ja-en",
    ("en", "ko"): "Helsinki-NLP/opus-mt-tc-big-en-ko",
    ("en", "lt"): "Helsinki-NLP/opus-mt-tc-big-en-lt",
    ("en", "lv"): "Helsinki-NLP/opus-mt-tc-big-en-lv",
    ("en", "pt"): "Helsinki-NLP/opus-mt-tc-big-en-pt",
    ("en", "tr"): "Helsinki-NLP/opus-mt-tc-big-en-tr",
}
_PAIR = re.compile(r"opus-mt.*?[-_]([a-z]{2,3})-([a-z]{2,3})$")


@dataclass(frozen=True, slots=True)
class Card:
    """A model that lies on this machine.

    `source`, `target`: codes of ours, "" where its files do not tell (one that writes many
    languages, say). `size`: bytes of the weights. `score`: whatever its card says, by test
    set or measure. `tag`: the piece that names the target in its vocabulary, where it
    cannot be told from `target`. `sha256`: by file, empty where unknown. `task`: "names" for a model
    that writes single names of many languages, letter by letter.
    """

    name: str
    source: str
    target: str
    path: Path
    size: int
    licence: str | None
    score: Mapping[str, Any] | str | None
    origin: Literal["bundled", "cache", "folder"]
    tag: str | None = None
    sha256: Mapping[str, str] = dataclasses.field(default_factory=dict)
    annotation: Annotation | None = None  # how it reads hints, where it was trained to
    pairs: tuple[tuple[str, str], ...] = ()  # of a model of several; `cards` has one card for each
    task: str = "translation"


def cards() -> list[Card]:
    """Every model that can be used now: bundled ones, then pulled ones, each by name."""
    return [*_in(bundled.folder("models"), "bundled"), *_in(pulled_folder(), "cache")]


def pairs() -> list[tuple[str, str]]:
    """(source, target) that one model translates, sorted."""
    return sorted({(card.source, card.target) for card in cards() if card.source and card.target})


def by_pair() -> dict[tuple[str, str], Card]:
    """The model of each pair: the one that a person chose, else bundled before pulled, by name."""
    found: dict[tuple[str, str], Card] = {}
    wanted = defaults.chosen()
    for card in cards():
        pair = card.source, card.target
        if all(pair) and (pair not in found or (card.name == wanted.get(pair) != found[pair].name)):
            found[pair] = card
    return found


def reachable() -> list[tuple[str, str]]:
    """(source, target) that one model or two translate, sorted."""
    direct = set(pairs())
    return sorted(direct | {(a, d) for a, b in direct for c, d in direct if b == c and a != d})


def namer() -> Card | None:
    """The model that writes names, bundled before pulled; None where there is none."""
    return next((card for card in cards() if card.task == "names"), None)


def find(source: str, target: str, model: str | Path | None = None) -> Card:
    """The model of a pair, as `by_pair` has it. `model`: a folder, or the name of a model.

    Raises MissingModel, with the command that brings one; InputError where `model` is of
    another pair.
    """
    if model is None:
        found = by_pair().get((source, target))
        if found is None:
            raise _missing(source, target)
        return found
    of_name = [card for card in cards() if str(model) in (card.name, card.path.name)]
    named = next(
        (card for card in of_name if (card.source, card.target) == (source, target)), next(iter(of_name), None)
    )
    if Path(model).is_dir():
        card = read(Path(model), "folder")
    elif named:
        card = named
    elif "/" in str(model) and not str(model).startswith((".", "/", "~")):
        raise MissingModel(f"{model}: not here; get it: workbench models pull {model}")
    else:
        raise MissingModel(f"{model}: no such folder, and no model of that name (workbench models list)")
    if (card.source or source, card.target or target) != (source, target):
        raise InputError(f"{card.name} translates {card.source} to {card.target}, not {source} to {target}")
    return dataclasses.replace(card, source=source, target=target)


def route(source: str, target: str, model: str | Path | None = None) -> tuple[Card, ...]:
    """One model, or two in the order of their use: through English before any other language.

    `model` stands for the whole way. Raises MissingModel, with the commands that bring what lacks.
    """
    if model is not None:
        return (find(source, target, model),)
    known = by_pair()
    if direct := known.get((source, target)):
        return (direct,)
    middles = sorted({b for a, b in known if a == source and b}, key=lambda code: (code != PIVOT, code))
    for middle in middles:
        if second := known.get((middle, target)):
            return known[source, middle], second
    raise _missing(source, target)


_loaded: dict[tuple[object, ...], Engine] = {}
_loading = threading.Lock()


def load(
    card: Card, backend: str = "ct2", quantization: str = "int8", device: str = "cpu", cores: int | None = None
) -> Engine:
    """The engine of a model: the same one as long as the process lives and the weights stay the same.

    `quantization` and `cores` count for "ct2" alone. Files are held against the sha256 of
    the card. Raises MissingModel, InputError.
    """
    if backend not in BACKENDS:
        raise InputError(f"no backend '{backend}' (known: {', '.join(BACKENDS)})")
    weights = _weights(card.path)
    if weights is None:
        raise MissingModel(f"{card.path}: no weights (model.safetensors or pytorch_model.bin)")
    stat = weights.stat()
    own = (quantization, cores) if backend == "ct2" else ()
    weighed = (card.path.resolve(), stat.st_mtime_ns, stat.st_size)
    key = (*weighed, card.source, card.target, card.tag, card.annotation, backend, device, own)
    with _loading:
        if key not in _loaded:
            _check(card)
            options: dict[str, Any] = {"quantization": quantization, "cores": cores} if own else {}
            options["annotation"] = card.annotation
            engine = BACKENDS[backend](card.path, card.source, card.target, card.name, card.tag, device, **options)
            _loaded[key] = engine
        return _loaded[key]


def pull(repo: str, endpoint: str | None = None, progress: hub.Progress | None = None) -> Card:
    """Fetch a model, as `Helsinki-NLP/opus-mt-en-fr`, into the user's cache; see `hub.fetch`."""
    folder = pulled_folder() / repo.replace("/", "--")
    hub.fetch(repo, folder, endpoint, progress)
    return read(folder, "cache")


def pulled_folder() -> Path:
    return cache.folder() / "models"


def read(folder: Path, origin: Literal["bundled", "cache", "folder"]) -> Card:
    """The card of a model folder: from card.toml, and for what that lacks from the files of OPUS-MT.

    Raises InputError for a card that is not TOML, MissingModel for a folder without weights.
    """
    weights = _weights(folder)
    if weights is None:
        raise MissingModel(f"{folder}: no weights (model.safetensors or pytorch_model.bin)")
    told = _toml(folder / "card.toml")
    record = _toml(folder / hub.RECORD)
    front = _front_matter(folder / "README.md")
    name = str(told.get("name") or record.get("name") or folder.name)
    source, target = _languages(folder, name, told, front)
    return Card(
        name=name,
        source=source,
        target=target,
        path=folder,
        size=weights.stat().st_size,
        licence=told.get("licence") or told.get("license") or next(iter(front.get("license", [])), None),
        score=told.get("scores") or told.get("score"),
        origin=origin,
        tag=told.get("tag"),
        sha256=told.get("sha256") or record.get("sha256") or {},
        pairs=_pairs(told, folder),
        annotation=annotation.from_card(told.get("annotation"), str(folder / "card.toml")),
        task=told.get("task", "translation"),
    )


def _pairs(told: Mapping[str, Any], folder: Path) -> tuple[tuple[str, str], ...]:
    """`pairs` of a card: ["en-fr", "en-ru"]. InputError: one that is none."""
    found = tuple(tuple(str(pair).split("-")) for pair in told.get("pairs", ()))
    if any(len(pair) != 2 or not set(pair) <= NAMES.keys() for pair in found):
        raise InputError(f"{folder / 'card.toml'}: 'pairs' must list pairs of languages, as en-fr")
    return found


def _in(folder: Path, origin: Literal["bundled", "cache"]) -> Iterator[Card]:
    if not folder.is_dir():
        return
    for inside in sorted(folder.iterdir()):
        complete = "card.toml" if origin == "bundled" else hub.RECORD
        if not inside.name.startswith(".") and (inside / complete).is_file() and _weights(inside):
            card = read(inside, origin)
            for source, target in card.pairs or ((card.source, card.target),):
                yield dataclasses.replace(card, source=source, target=target)


def _weights(folder: Path) -> Path | None:
    return next((folder / name for name in hub.WEIGHTS if (folder / name).is_file()), None)


def _languages(folder: Path, name: str, told: Mapping[str, Any], front: Mapping[str, list[str]]) -> tuple[str, str]:
    """Source and target by card.toml, tokenizer_config.json, name, README: the first that tells both."""
    config: dict[str, Any] = {}
    if (folder / "tokenizer_config.json").is_file():
        config = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    named = _PAIR.search(name) or _PAIR.search(folder.name)
    listed = front.get("language", [])
    for found in (
        (told.get("source"), told.get("target")),
        (config.get("source_lang"), config.get("target_lang")),
        named.groups() if named else (),
        listed if len(listed) == 2 else (),
    ):
        codes = [TWO_LETTERS.get(str(code), str(code)) for code in found]
        if len(codes) == 2 and all(code in NAMES for code in codes):
            return codes[0], codes[1]
    return "", ""


def _front_matter(readme: Path) -> dict[str, list[str]]:
    """Keys of the YAML that opens a README, each with its value or list of values."""
    if not readme.is_file():
        return {}
    lines = readme.read_text(encoding="utf-8", errors="replace").splitlines()
    if not lines or lines[0].strip() != "---":
        return {}
    found: dict[str, list[str]] = {}
    key = ""
    for line in lines[1:]:
        if line.strip() == "---":
            break
        if match := re.fullmatch(r"(\w+):\s*(.*)", line):
            key = match[1]
            found[key] = [match[2].strip("\"' ")] if match[2].strip() else []
        elif (match := re.fullmatch(r"\s*-\s+([\w-]+)\s*", line)) and key:
            found[key].append(match[1])
    return found


def _toml(path: Path) -> dict[str, Any]:
    return read_toml(path) if path.is_file() else {}


def _check(card: Card) -> None:
    for name, wanted in card.sha256.items():
        file = card.path / name
        if not file.is_file():
            raise MissingModel(f"{file}: named in the card of {card.name}, and missing; get the model again")
        if cache.sha256(file) != wanted:
            raise MissingModel(f"{file}: damaged (its sha256 is not that of the card); get the model again")


def published(source: str, target: str) -> str:
    """The OPUS-MT model of a pair, by the rule of their names; not every pair has one."""
    return PUBLISHED.get((source, target), f"Helsinki-NLP/opus-mt-{source}-{target}")


def _missing(source: str, target: str) -> MissingModel:
    have = set(pairs())
    ways = f"workbench models pull {published(source, target)}"
    if PIVOT not in (source, target):
        lacking = [pair for pair in ((source, PIVOT), (PIVOT, target)) if pair not in have]
        through = "; ".join(f"workbench models pull {published(*pair)}" for pair in lacking)
        ways += f", or through {NAMES[PIVOT]}: {through}" if through else ""
    known = ", ".join(f"{a}-{b}" for a, b in sorted(have)) or "none"
    return MissingModel(f"no model from {source} to {target} (here: {known}); get one: {ways}")
