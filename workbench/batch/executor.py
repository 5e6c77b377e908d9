"""What is sent to be translated, what comes home, and who does the sending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from workbench.documents.document import Segment


@dataclass(frozen=True, slots=True)
class Shard:
    """Neighbouring segments of one file for one language: the least that is decoded, kept or lost.

    `key`: sha256 of all that decides the result, the texts included. Two shards of one key have one result.
    """

    key: bytes
    source: str
    target: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a shard. `drafts` and `tally`: packed, see `drafts` and `decisions`.

    `timings`: seconds by part; `seconds`: in all, on the worker; `worker`: host and process.
    `error`: why there is nothing, for a person; '' otherwise.
    """

    key: bytes
    drafts: bytes = b""
    tally: bytes = b""
    sentences: int = 0
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    worker: str = ""
    error: str = ""


Work = Callable[[Shard], Result]  # may be called in several threads or processes at once


class Executor(Protocol):
    """Runs shards side by side. Results come in the order in which they are ready."""

    def run(self, shards: Iterable[Shard]) -> Iterator[Result]:
        """One result a shard. Takes from `shards` only what it has hands for, so that memory stays flat."""

    def close(self) -> None:
        """Lets go of workers; what they still do is lost."""
