"""One engine for many people: long work is cut into slices, whoever waits gets the next turn, and what several
people wait for at once is decoded together."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from workbench.engines.annotation import Annotation, Hint
from workbench.engines.engine import Engine, Hypothesis, Options
from workbench.engines.piece import Piece

SLICE = 32  # sentences of one turn: a fraction of a second on two cores
BROKEN = (RuntimeError, ValueError, MemoryError)  # what torch and CTranslate2 raise

_asker: ContextVar[str] = ContextVar("asker", default="")
_check: ContextVar[Callable[[], None] | None] = ContextVar("check", default=None)
_anonymous = itertools.count()


@contextlib.contextmanager
def asking(name: str) -> Iterator[None]:
    """Within it the work of this thread or task counts as that of `name`; '' has a place of its own."""
    token = _asker.set(name or f"anonymous {next(_anonymous)}")
    try:
        yield
    finally:
        _asker.reset(token)


@contextlib.contextmanager
def minding(check: Callable[[], None]) -> Iterator[None]:
    """Within it `check` is called before every slice of this thread's work; what it raises ends the work."""
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)


class _Job:
    """A slice of work: columns of equal length, and the call that gives an answer for each row."""

    def __init__(self, kind: Hashable, columns: tuple[Sequence[Any], ...], call: Callable[..., list[Any]]):
        self.kind, self.columns, self.call = kind, columns, call
        self.ready = threading.Event()
        self.leads = False
        self.answers: list[Any] = []
        self.error: BaseException | None = None

    @property
    def size(self) -> int:
        return len(self.columns[0])


class Turns:
    """A line for an engine that goes round: one turn for each asker, in the order in which they came to wait.

    Somebody with a hundred requests waits no shorter for each than somebody with one. Who has the turn takes
    along small work of the same kind that waits, up to a slice in all.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: OrderedDict[str, deque[_Job]] = OrderedDict()

    def waiting(self) -> int:
        with self._guard:
            return sum(len(jobs) for jobs in self._waiting.values())

    def run(self, kind: Hashable, columns: tuple[Sequence[Any], ...], call: Callable[..., list[Any]]) -> list[Any]:
        """The answers of `call(*columns)`, a row each; rows of others of this kind may go along."""
        job = _Job(kind, columns, call)
        with self._guard:
            if self._taken:
                asker = _asker.get() or f"thread {threading.get_ident()}"
                self._waiting.setdefault(asker, deque()).append(job)
            else:
                self._taken = job.leads = True
        if not job.leads:
            job.ready.wait()
        if job.leads:
            self._lead(job)
        if job.error is not None:
            raise job.error
        return job.answers

    def _lead(self, job: _Job) -> None:
        others = self._alike(job)
        try:
            _together([job, *others])
        finally:
            for other in others:
                other.ready.set()
            self._leave()

    def _alike(self, job: _Job) -> list[_Job]:
        """Waiting work of the same kind that has room beside it, taken out of the line."""
        taken: list[_Job] = []
        with self._guard:
            room = SLICE - job.size
            for asker in list(self._waiting):
                jobs = self._waiting[asker]
                for other in [other for other in jobs if other.kind == job.kind]:
                    if other.size <= room:
                        jobs.remove(other)
                        taken.append(other)
                        room -= other.size
                if not jobs:
                    del self._waiting[asker]
        return taken

    def _leave(self) -> None:
        """Hand the turn to the asker at the head; one with more to do goes to the end of the line."""
        with self._guard:
            if not self._waiting:
                self._taken = False
                return
            asker, jobs = self._waiting.popitem(last=False)
            following = jobs.popleft()
            if jobs:
                self._waiting[asker] = jobs
            following.leads = True
        following.ready.set()


def _together(jobs: list[_Job]) -> None:
    """Answers for each; when that breaks, each alone, so that one that cannot be done spoils no other."""
    columns = [
        list(itertools.chain.from_iterable(column)) for column in zip(*(job.columns for job in jobs), strict=True)
    ]
    try:
        answers = jobs[0].call(*columns)
    except BROKEN as error:
        if len(jobs) == 1:
            jobs[0].error = error
            return
        for job in jobs:
            _together([job])
        return
    at = 0
    for job in jobs:
        job.answers = answers[at : at + job.size]
        at += job.size


class SharedEngine:
    """An engine that takes a turn for every slice of sentences."""

    def __init__(self, engine: Engine, turns: Turns):
        self._engine, self._turns = engine, turns
        self.source: str = engine.source
        self.target: str = engine.target
        self.name: str = engine.name
        self.backend: str = engine.backend
        self.path: Path = engine.path
        self.annotation: Annotation | None = engine.annotation

    def pieces(self, sentence: str) -> tuple[Piece, ...]:
        return self._engine.pieces(sentence)

    def target_pieces(self, text: str) -> tuple[str, ...]:
        return self._engine.target_pieces(text)

    def decode(
        self,
        sentences: Sequence[str],
        options: Options = Options(),
        prefixes: Sequence[Sequence[str]] | None = None,
        hints: Sequence[Sequence[Hint]] | None = None,
    ) -> list[list[Hypothesis]]:
        beside = {name: rows for name, rows in (("prefixes", prefixes), ("hints", hints)) if rows is not None}

        def call(part: Sequence[str], *rows: Sequence[Any]) -> list[list[Hypothesis]]:
            return self._engine.decode(part, options, **dict(zip(beside, rows, strict=True)))

        return self._sliced(("decode", options, *beside), (sentences, *beside.values()), call)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return self._sliced("score", (sources, targets), self._engine.score)

    def _sliced(self, what: Hashable, columns: tuple[Sequence[Any], ...], call: Callable[..., list[Any]]) -> list[Any]:
        answers: list[Any] = []
        check = _check.get()
        for first in range(0, len(columns[0]), SLICE):
            if check is not None:
                check()
            part = tuple(column[first : first + SLICE] for column in columns)
            answers += self._turns.run((id(self._engine), what), part, call)
        return answers
