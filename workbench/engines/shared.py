"""One engine for many people: long work is cut into slices, and whoever waits gets the next turn."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path

from workbench.engines.engine import Engine, Hypothesis, Options, Piece

SLICE = 16  # sentences of one turn: about half a second on two busy cores

_asker: ContextVar[str] = ContextVar("asker", default="")
_anonymous = itertools.count()


@contextlib.contextmanager
def asking(name: str) -> Iterator[None]:
    """Within it the work of this thread or task counts as that of `name`; '' has a place of its own."""
    token = _asker.set(name or f"anonymous {next(_anonymous)}")
    try:
        yield
    finally:
        _asker.reset(token)


class Turns:
    """A lock that goes round: one turn for each asker, in the order in which they came to wait.

    Somebody with a hundred requests waits no shorter for each than somebody with one.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: OrderedDict[str, deque[threading.Event]] = OrderedDict()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        self._enter(_asker.get() or f"thread {threading.get_ident()}")
        try:
            yield
        finally:
            self._leave()

    def _enter(self, asker: str) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.setdefault(asker, deque()).append(mine)
        mine.wait()

    def _leave(self) -> None:
        """Hand the turn to the asker at the head; one with more to do goes to the end of the line."""
        with self._guard:
            if not self._waiting:
                self._taken = False
                return
            asker, events = self._waiting.popitem(last=False)
            following = events.popleft()
            if events:
                self._waiting[asker] = events
        following.set()


class SharedEngine:
    """An engine whose `decode` takes a turn for every slice of sentences."""

    def __init__(self, engine: Engine, turns: Turns, slice: int = SLICE):
        self._engine, self._turns, self._slice = engine, turns, slice
        self.source: str = engine.source
        self.target: str = engine.target
        self.name: str = engine.name
        self.backend: str = engine.backend
        self.path: Path = engine.path

    def pieces(self, sentence: str) -> tuple[Piece, ...]:
        return self._engine.pieces(sentence)

    def target_pieces(self, text: str) -> tuple[str, ...]:
        return self._engine.target_pieces(text)

    def decode(
        self, sentences: Sequence[str], options: Options = Options(), prefixes: Sequence[Sequence[str]] | None = None
    ) -> list[list[Hypothesis]]:
        decoded: list[list[Hypothesis]] = []
        for first in range(0, len(sentences), self._slice):
            part = slice(first, first + self._slice)
            with self._turns.turn():
                decoded += self._engine.decode(sentences[part], options, None if prefixes is None else prefixes[part])
        return decoded

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        scores: list[float] = []
        for first in range(0, len(sources), self._slice):
            part = slice(first, first + self._slice)
            with self._turns.turn():
                scores += self._engine.score(sources[part], targets[part])
        return scores
