"""How far a job is, and how long it will go on."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple


class Progress(NamedTuple):
    """`share` of the phase, `file_share` of the file named, in 0..1; `left`: seconds, None when it cannot be told.

    `phase`: "translating" or "writing". `rate`: sentences a second in this phase. `known`: there was nothing to
    do for the file.
    """

    phase: str
    name: str
    target: str
    file_share: float
    share: float
    left: float | None
    sentences: int
    rate: float
    known: bool = False


Watcher = Callable[[Progress], None]
SURE = 3.0  # seconds of work after which the time left can be told


class Meter:
    """Weighs files by their bytes. A file of lines is read bit by bit: its share is what was read of it
    times what is done of what was read."""

    def __init__(self, phase: str, weights: list[int], watcher: Watcher | None):
        self._phase, self._watcher = phase, watcher
        self._weights = [weight + 1 for weight in weights]
        self._whole = sum(self._weights)
        self._read = [0.0] * len(weights)
        self._sent = [0] * len(weights)
        self._done = [0] * len(weights)
        self._reached = 0.0  # weight done
        self._known = 0.0  # weight that cost nothing: the journal had it
        self._sentences = 0
        self._began = time.monotonic()

    def read(self, index: int, share: float) -> None:
        """So much of a file has been read."""
        self._set(index, read=max(share, self._read[index]))

    def sent(self, index: int) -> None:
        self._set(index, sent=self._sent[index] + 1)

    def known(self, index: int) -> None:
        """A shard that need not be translated."""
        before = self._reached
        self._set(index, sent=self._sent[index] + 1, done=self._done[index] + 1)
        self._known += max(0.0, self._reached - before)

    def done(self, index: int, name: str, target: str, sentences: int = 0) -> None:
        self._set(index, done=self._done[index] + 1)
        self._sentences += sentences
        self._tell(index, name, target)

    def whole(self, index: int, name: str, target: str, known: bool = False) -> None:
        """A file that is finished, whatever was counted of it."""
        before = self._reached
        self._set(index, read=1.0, sent=1, done=1)
        if known:
            self._known += max(0.0, self._reached - before)
        self._tell(index, name, target, known)

    def _share(self, index: int) -> float:
        return self._read[index] * self._done[index] / self._sent[index] if self._sent[index] else 0.0

    def _set(self, index: int, read: float | None = None, sent: int | None = None, done: int | None = None) -> None:
        before = self._share(index)
        self._read[index] = self._read[index] if read is None else read
        self._sent[index] = self._sent[index] if sent is None else sent
        self._done[index] = self._done[index] if done is None else done
        self._reached += (self._share(index) - before) * self._weights[index]

    def _tell(self, index: int, name: str, target: str, known: bool = False) -> None:
        if self._watcher is None:
            return
        passed = time.monotonic() - self._began
        fresh = self._reached - self._known
        left = (self._whole - self._reached) * passed / fresh if fresh > 0 and passed > SURE else None
        share = min(1.0, self._reached / self._whole)
        rate = self._sentences / passed if passed else 0.0
        told = Progress(self._phase, name, target, self._share(index), share, left, self._sentences, rate, known)
        self._watcher(told)
