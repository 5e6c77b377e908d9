"""The same shards on a real Ray of this machine."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

import pytest

from benchmarks.news import lines
from workbench.batch import worker
from workbench.batch.local import Local
from workbench.batch.worker import Worker
from workbench.documents.document import Segment
from workbench.filework.single import Task
from workbench.glossary import reading

pytest.importorskip("ray")
pytestmark = pytest.mark.model
PAIR = ("en", "es")


@pytest.fixture
def work() -> Worker:
    task = Task("es", "en", beam=1)
    return Worker(reading.load("south-caucasus"), task, 1, ((PAIR, worker.identity(*PAIR, task)),))


@pytest.fixture
def shards(work):
    way = worker.fingerprint(*PAIR, work.task, work.glossary, work.models[0][1])
    said = lines(24)
    groups = [[Segment(str(n), text) for n, text in enumerate(said[i : i + 2])] for i in range(0, len(said), 2)]
    return [worker.shard_of(way, *PAIR, group) for group in groups]


def drafts(results):
    made = {result.key: result.drafts for result in results}
    assert all(made.values())
    return made


def test_two_workers_give_the_bytes_of_this_machine_though_one_is_killed(work, shards):
    from workbench.batch.on_ray import OnRay

    local = drafts(Local(work, 1).run(shards))
    killed, hands = None, set()
    with contextlib.closing(OnRay(work, 2)) as executor:
        made = []
        for result in executor.run(shards):
            made.append(result)
            hands.add(result.worker)
            if killed is None:
                killed = int(result.worker.rsplit(":", 1)[1])
                assert killed != os.getpid() and Path(f"/proc/{killed}").exists()
                os.kill(killed, signal.SIGKILL)
    assert drafts(made) == local and len(made) == len(shards)
    assert len(hands) >= 2  # another process did what the killed one did not


def test_a_machine_with_other_models_is_refused(work, shards):
    from dataclasses import replace

    from workbench.batch.on_ray import OnRay

    strange = replace(work, models=((PAIR, "of other weights"),))
    with contextlib.closing(OnRay(strange, 1)) as executor:
        (made,) = executor.run(shards[:1])
    assert "other models" in made.error and made.drafts == b""


def test_a_cluster_that_is_not_there_is_named(work):
    from workbench.batch.on_ray import OnRay
    from workbench.errors import InputError

    with pytest.raises(InputError, match=r"127\.0\.0\.1:1"):
        OnRay(work, 1, "127.0.0.1:1")
