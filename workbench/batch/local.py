"""This machine: threads, which decode side by side because CTranslate2 lets go of the interpreter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from workbench.batch.executor import Result, Shard, Work


class Local:
    """`jobs` threads, one shard each, and one more shard waiting for each of them."""

    def __init__(self, work: Work, jobs: int):
        self._work, self._jobs = work, jobs
        self._pool = ThreadPoolExecutor(jobs, thread_name_prefix="batch")

    def run(self, shards: Iterable[Shard]) -> Iterator[Result]:
        running: set[Future[Result]] = set()
        for shard in shards:
            running.add(self._pool.submit(self._work, shard))
            if len(running) >= 2 * self._jobs:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
