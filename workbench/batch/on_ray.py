"""Many machines: the same shards on a Ray cluster."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterable, Iterator
from typing import Any

from workbench.batch.executor import Result, Shard, Work
from workbench.errors import InputError

RETRIES = 5  # workers that one shard may lose; more, and the shard itself is what kills them
PATIENCE = 5.0  # seconds for a cluster to answer
WAITING = 2  # shards sent ahead for each core of the cluster

log = logging.getLogger(__name__)


class OnRay:
    """Shards as Ray tasks of one core each. Ray sends a shard again when its worker is lost.

    `work` travels once, and each worker loads its own engine from it. `address` None: a cluster of this
    machine with `jobs` cores, which ends with the job; "auto" or host:port: one that is running.
    """

    def __init__(self, work: Work, jobs: int, address: str | None = None):
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves this machine unasked
        ray = _library()
        _reached(address)
        own = {} if address else {"num_cpus": jobs, "include_dashboard": False}
        try:
            ray.init(address=address or "local", logging_level=logging.ERROR, log_to_driver=False, **own)
        except (ConnectionError, OSError, RuntimeError, ValueError) as wrong:
            raise InputError(f"no Ray cluster at {address or 'this machine'}: {wrong}") from wrong
        self._ray = ray
        self._task = ray.remote(max_retries=RETRIES, num_cpus=1)(_run)
        self._work = ray.put(work)
        self._ahead = WAITING * max(1, int(ray.cluster_resources().get("CPU", jobs)))

    def run(self, shards: Iterable[Shard]) -> Iterator[Result]:
        running: dict[Any, Shard] = {}
        for shard in shards:
            running[self._task.remote(self._work, shard)] = shard
            if len(running) >= self._ahead:
                yield self._next(running)
        while running:
            yield self._next(running)

    def _next(self, running: dict[Any, Shard]) -> Result:
        (ready,), _ = self._ray.wait(list(running), num_returns=1)
        shard = running.pop(ready)
        try:
            return self._ray.get(ready)
        except self._ray.exceptions.RayTaskError as wrong:
            raise wrong.cause from wrong
        except self._ray.exceptions.LocalRayletDiedError as wrong:
            raise InputError(
                "the Ray cluster was lost; see that it runs and give the same command again, "
                "nothing that came home is lost"
            ) from wrong
        except self._ray.exceptions.RayError as wrong:
            log.warning("a shard of %d segments is given up: %s", len(shard.segments), wrong)
            return Result(shard.key, error=f"{RETRIES + 1} workers were lost over it ({type(wrong).__name__})")

    def close(self) -> None:
        self._ray.shutdown()


def _run(work: Work, shard: Shard) -> Result:
    return work(shard)


def _reached(address: str | None) -> None:
    """InputError where nobody listens: Ray itself asks for minutes."""
    host, _, port = (address or "").rpartition(":")
    if not host or not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), PATIENCE).close()
    except OSError as wrong:
        raise InputError(
            f"no Ray cluster at {address}: {wrong.strerror or wrong}; start one: ray start --head"
        ) from wrong


def _library() -> Any:
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise InputError("--executor ray needs Ray: pip install 'workbench-for-names[ray]'") from error
    return ray
