"""Work measured in a process of its own: seconds, processor time, memory, sentences a second."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import invented

SENTENCES = 6_000
ROUNDS = 3
SHARES = (("no names", 0.0), ("a third", 1 / 3), ("all", 1.0))  # of sentences with a listed name
TIMES = ("first ", "new ", "")  # that sentences are met

Figures = dict[str, float]


def alone(work: Callable[..., Figures], *given: Any) -> Figures:
    """What a function measures in a new process, and the most memory that this took."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_told, args=(queue, work, given))
    process.start()
    found = queue.get()
    process.join()
    if "failed" in found:
        raise RuntimeError(f"{work.__name__}: {found['failed']}")
    return found


def _told(queue: Any, work: Callable[..., Figures], given: tuple[Any, ...]) -> None:
    try:
        queue.put({**work(*given), "peak MB": peak()})
    except BaseException as wrong:
        queue.put({"failed": repr(wrong)})
        raise


def peak() -> float:
    """MB; Linux counts in KiB, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    made = work()
    return time.perf_counter() - began, made


def costs(name: str, work: Callable[[], Any]) -> Figures:
    """Seconds by the clock, and of the processor: on a busy machine the second tells more."""
    began = time.process_time()
    wall, _ = timed(work)
    return {f"{name} s": wall, f"{name} CPU s": time.process_time() - began}


def rate(sentences: list[str], work: Callable[[str], Any], rounds: int = ROUNDS) -> float:
    """Sentences a second of processor time, so that what else the machine does counts less; the best of the rounds."""
    rates = []
    for _ in range(rounds):
        began = time.process_time()
        for sentence in sentences:
            work(sentence)
        rates.append(len(sentences) / (time.process_time() - began))
    return max(rates)


def rates(language: str, count: int, work: Callable[[str], Any]) -> Figures:
    """Of the first sentences of all, of others of which most words were met, and of the same ones again."""
    figures: Figures = {}
    for name, share in SHARES:
        first, others = (invented.sentences(SENTENCES, language, count, share, seed) for seed in (3, 4))
        figures[f"first sentences/s, {name}"] = rate(first, work, 1)
        figures[f"new sentences/s, {name}"] = rate(others, work, 1)
        figures[f"sentences/s, {name}"] = rate(others, work)
    return figures
