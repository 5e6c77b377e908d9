"""A batch with a word-for-word engine in place of the model, and the shards it was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from toy import ToyEngine

from workbench.batch import decisions, drafts, running
from workbench.batch.account import BatchAccount
from workbench.batch.executor import Result, Shard
from workbench.batch.local import Local
from workbench.batch.running import Doors, Order
from workbench.enforcement.demands import Terms
from workbench.engines.engine import Options
from workbench.filework.single import Task
from workbench.glossary.model import Glossary
from workbench.translation.passages import Passages
from workbench.translation.translation import Translator

TABLE = {"said": "dijo", "came": "vino", "with": "con", "the": "el", "Zelenka": "Zelenka", "Hello": "Hola"}


@dataclass
class Toy:
    """Translates shards word by word; `spoils` by sentence, as a model that is not consistent."""

    glossary: Glossary
    asked: list[Shard] = field(default_factory=list)
    spoils: dict[str, dict[str, str]] = field(default_factory=dict)  # by a word of the sentence
    fails: str = ""  # a word whose shards fail

    def __call__(self, shard: Shard) -> Result:
        self.asked.append(shard)
        text = " ".join(segment.source for segment in shard.segments)
        if self.fails and self.fails in text:
            return Result(shard.key, error="the engine broke")
        table = dict(TABLE)
        for word, spoiled in self.spoils.items():
            if word in text:
                table |= spoiled
        terms = Terms(self.glossary, shard.source, shard.target)
        translator = Translator(ToyEngine(table, shard.source, shard.target), terms, Options(), agree=False)
        passages = Passages([translator])
        made = passages.translate(shard.segments)
        sentences = [sentence for passage in made for sentence in passage.sentences]
        counted = decisions.tally(sentences, passages.terms)
        return Result(shard.key, drafts.packed(made), counted, len(sentences), 0.01, {"engine": 0.01}, "here:1")


@pytest.fixture
def toy(glossary, monkeypatch) -> Toy:
    made = Toy(glossary)
    monkeypatch.setattr(running, "_executor", lambda order, work: Local(made, order.jobs or 2))
    return made


@pytest.fixture
def run(toy, tmp_path):
    """Run a batch over `tmp_path / "in"` (or other inputs) into `tmp_path / "out"`."""

    def run(*inputs, to=("es",), out=None, told=None, stop=None, watcher=None, **order) -> BatchAccount:
        given = tuple(str(path) for path in inputs) or (str(tmp_path / "in"),)
        asked = Order(given, to, out or tmp_path / "out", Task("", "en"), **order)
        doors = Doors((told if told is not None else []).append, watcher, stop)
        return running.run(asked, toy.glossary, lambda *_: "en", frozenset({("en", "es"), ("es", "en")}), doors)

    return run


@pytest.fixture
def tree(tmp_path):
    """Write files below `tmp_path / "in"`."""

    def tree(**files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / "in" / (name.replace("__", "/") + ".txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "in"

    return tree
