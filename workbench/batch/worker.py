"""What every hand of a job does: translate a shard, count its names, tell how long it took."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from workbench.batch import decisions, drafts
from workbench.batch.executor import Result, Shard
from workbench.documents.document import Segment
from workbench.enforcement.demands import Terms
from workbench.engines import cache, registry
from workbench.engines.annotation import Hint
from workbench.engines.engine import Engine, Hypothesis, Options
from workbench.engines.registry import Card
from workbench.errors import WorkbenchError
from workbench.filework import single
from workbench.filework.single import Task
from workbench.glossary.model import Glossary
from workbench.translation import memory
from workbench.translation.memory import Memory
from workbench.translation.passages import Passages
from workbench.translation.translation import Translator

FORM = 3  # of what is decided by the code itself: another number translates everything anew
LIBRARIES = {"ct2": "ctranslate2", "torch": "torch"}


@dataclass(frozen=True)
class Worker:
    """Translates shards of any pair. Travels to other machines as it is: a glossary and settings.

    `cores`: decoded side by side in this process. `models`: identity of the models of each pair, which
    another machine must have too.
    """

    glossary: Glossary
    task: Task
    cores: int
    models: tuple[tuple[tuple[str, str], str], ...]

    def __call__(self, shard: Shard) -> Result:
        """Never raises for what a text or a model can cause: the result says it."""
        began = time.perf_counter()
        worker = f"{socket.gethostname()}:{os.getpid()}"
        try:
            watch, passages = self._passages(shard.source, shard.target)
            made = passages.translate(shard.segments)
        except (WorkbenchError, OSError, RuntimeError, ValueError) as wrong:
            return Result(shard.key, worker=worker, error=f"{wrong}" or type(wrong).__name__)
        sentences = [sentence for passage in made for sentence in passage.sentences]
        counted = decisions.tally(sentences, passages.terms) if self.glossary.entries else b""
        return Result(
            shard.key,
            drafts.packed(made),
            counted,
            len(sentences),
            time.perf_counter() - began,
            {"engine": watch.seconds},
            worker,
        )

    def _passages(self, source: str, target: str) -> tuple[Watch, Passages]:
        cards = registry.route(source, target, self.task.model)
        wanted = self._wanted.get((source, target))
        if wanted is not None and _identity(cards, self.task) != wanted:
            raise WorkbenchError(
                f"{socket.gethostname()} has other models or memories from {source} to {target} than the machine of "
                "the job; give every machine the same ones"
            )
        watch = Watch()
        options = Options(beam=self.task.beam)
        legs = []
        for card in cards:
            engine = registry.load(card, self.task.backend, cores=self.cores)
            terms = _terms(self.glossary, engine.source, engine.target)
            legs.append(Translator(Steady(engine, watch), terms, options, agree=False))
        stamps = tuple(single.stamp(Path(path)) for path in self.task.memory)
        return watch, Passages(legs, _memory(self.task.memory, stamps, source, target, self.task.threshold))

    @cached_property
    def _wanted(self) -> dict[tuple[str, str], str]:
        return dict(self.models)


class Watch:
    """Seconds that one shard spent in engines."""

    def __init__(self) -> None:
        self.seconds = 0.0


class Steady:
    """An engine whose decoding is timed, in batches that are the same on any machine."""

    def __init__(self, engine: Engine, watch: Watch):
        self._engine, self._watch = engine, watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def decode(
        self,
        sentences: Sequence[str],
        options: Options = Options(),
        prefixes: Sequence[Sequence[str]] | None = None,
        hints: Sequence[Sequence[Hint]] | None = None,
    ) -> list[list[Hypothesis]]:
        began = time.perf_counter()
        try:
            return self._engine.decode(sentences, replace(options, spread=False), prefixes, hints)
        finally:
            self._watch.seconds += time.perf_counter() - began


@lru_cache(maxsize=32)
def _terms(glossary: Glossary, source: str, target: str) -> Terms:
    return Terms(glossary, source, target)


@lru_cache(maxsize=4)
def _memory(
    paths: tuple[str, ...], stamps: tuple[tuple[int, int], ...], source: str, target: str, threshold: float
) -> Memory | None:
    return memory.load(paths, source, target, threshold) if paths else None


def identity(source: str, target: str, task: Task) -> str:
    """Of models and memories of a pair: the same on two machines when they translate alike. Raises MissingModel."""
    return _identity(registry.route(source, target, task.model), task)


@lru_cache(maxsize=64)
def _sha(file: Path, stamp: tuple[int, int]) -> str:
    """Read once as long as time of change and size stay."""
    return cache.sha256(file)


def _identity(cards: Sequence[Card], task: Task) -> str:
    hashes: list[Any] = [_sha(path, single.stamp(path)) for path in map(Path, task.memory)]
    for card in cards:
        for file in sorted(card.path.iterdir()):
            if file.suffix in (".safetensors", ".bin", ".spm", ".json"):
                hashes.append((file.name, _sha(file, single.stamp(file))))
        hashes.append((card.source, card.target))
    library = LIBRARIES[task.backend]
    told = json.dumps([hashes, task.backend, library, metadata.version(library)])
    return hashlib.sha256(told.encode()).hexdigest()


def fingerprint(source: str, target: str, task: Task, glossary: Glossary, models: str) -> bytes:
    """Of all that decides how a text comes out, but the text."""
    told = [FORM, source, target, models, glossary.fingerprint, task.style, task.beam, task.threshold]
    return hashlib.sha256(json.dumps(told).encode()).digest()


def shard_of(way: bytes, source: str, target: str, segments: Sequence[Segment]) -> Shard:
    """Keys and places of segments in their file decide nothing and stay out of the shard's key."""
    plain = [replace(segment, key="", context="") for segment in segments]
    told = repr([way, plain]).encode("utf-8", "surrogatepass")
    return Shard(hashlib.sha256(told).digest(), source, target, tuple(segments))
