"""A batch from its order to its reports."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from threading import Event

from workbench import languages
from workbench.batch import decisions, inputs, report_files
from workbench.batch.account import BatchAccount
from workbench.batch.errands import Errand, Errands, Failure, LanguageOf
from workbench.batch.executor import Executor
from workbench.batch.job import STRETCHES, Job
from workbench.batch.journal import Journal
from workbench.batch.local import Local
from workbench.batch.meter import Watcher
from workbench.batch.worker import Worker
from workbench.documents.document import Choices
from workbench.engines import registry
from workbench.engines.ct2 import usable_cores
from workbench.errors import InputError, MissingModel
from workbench.filework.single import Task
from workbench.glossary.model import Glossary

EXECUTORS = ("local", "ray")


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks for. `task`: of every file; its own target counts for nothing.

    `jobs`: shards at a time, 0: as many as keep the cores busy. `decisions`: an edited list of
    names. `fresh`: forget what was done before.
    `address`: of a running Ray cluster.
    """

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    out: Path
    task: Task
    jobs: int = 0
    format: str | None = None
    choices: Choices = Choices()
    executor: str = "local"
    address: str | None = None
    decisions: Path | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Doors:
    """How a job speaks with whoever started it. `tell`: a line for a person."""

    tell: Callable[[str], None]
    watcher: Watcher | None = None
    stop: Event | None = None


def run(
    order: Order, glossary: Glossary, language_of: LanguageOf, reachable: frozenset[tuple[str, str]], doors: Doors
) -> BatchAccount:
    """Translate everything that can be, write the reports, tell what became of each file.

    `reachable`: pairs that have models here. Raises WorkbenchError where nothing can begin or the disk is
    full, `job.Stopped` when the person ends it.
    """
    began = time.perf_counter()
    order = replace(order, jobs=order.jobs or usable_cores())
    targets, missing = _targets(order, reachable, doors.tell)
    found = inputs.gathered(order.inputs, order.out)
    several = len(order.targets) > 1
    inputs.guarded(
        found.sources, (inputs.destination(s, t, several, order.out) for s in found.sources for t in targets)
    )
    with _folder(order.out, order.fresh) as own, contextlib.closing(Journal(own / "journal.db")) as journal:
        person = _by_person(order, own, doors.tell)
        work = Errands(order.task, order.choices, order.format, glossary, language_of, journal, several)
        job = _planned(order, found, work, targets, own, doors)
        if job.errands:
            worker = Worker(glossary, order.task, order.jobs, tuple(sorted(work.models.items())))
            with contextlib.closing(_executor(order, worker)) as executor:
                job.translate(executor)
        chosen, names = job.decide(person)
        lines = job.write(chosen)
        seconds = time.perf_counter() - began
        account = BatchAccount(
            tuple(lines), found.left_out + work.left_out, missing, job.totals, names, tuple(job.named), seconds,
            job.engine, job.fresh, order.jobs, order.executor, tuple(sorted(job.workers)),
            tuple(journal.pace(STRETCHES)), _settings(order, work),
        )  # fmt: skip
        report_files.write(account, own, lambda: job.flags(lines))
    return account


def _targets(
    order: Order, reachable: frozenset[tuple[str, str]], tell: Callable[[str], None]
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Languages that some model writes; of the others it is said before anything begins."""
    kept, missing = [], []
    for target in order.targets:
        sources = {a for a, b in reachable if b == target}
        if order.task.model or (order.task.source in sources if order.task.source else sources):
            kept.append(target)
            continue
        try:
            registry.route(order.task.source or registry.PIVOT, target)
            kept.append(target)
        except MissingModel as wrong:
            missing.append((target, str(wrong)))
            tell(f"not into {languages.name(target)}: {wrong}")
    if not kept:
        raise MissingModel("; ".join(why for _, why in missing))
    return kept, tuple(missing)


@contextlib.contextmanager
def _folder(out: Path, fresh: bool) -> Iterator[Path]:
    """The job's own folder in the output folder, for one job at a time."""
    from filelock import FileLock, Timeout

    own = out / inputs.OWN
    if own.is_symlink():
        raise InputError(f"{own}: is a link; remove it")
    lock = FileLock(own / "lock", timeout=0)
    try:
        own.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise InputError(f"{out}: another batch is writing here; wait for it or choose another folder") from None
    except OSError as wrong:
        raise InputError(f"{wrong.filename or out}: cannot be written to ({wrong.strerror})") from wrong
    with lock:
        if fresh:
            for old in own.glob("journal.db*"):
                old.unlink()
        shutil.rmtree(own / "parts", ignore_errors=True)  # of a job that was killed
        (own / "parts").mkdir()
        yield own
        shutil.rmtree(own / "parts")


def _by_person(order: Order, own: Path, tell: Callable[[str], None]) -> dict[tuple[str, str], str]:
    """Forms that a person has decided: in the file that is named, else in the list of the run before."""
    if order.decisions is not None:
        return decisions.edited(order.decisions)
    kept = own / "decisions.csv"
    if not kept.exists():
        return {}
    found = decisions.edited(kept)
    if found:
        tell(f"{kept}: {len(found)} names in the form that was written there by hand")
    return found


def _planned(order: Order, found: inputs.Inputs, work: Errands, targets: list[str], own: Path, doors: Doors) -> Job:
    errands: list[Errand] = []
    failures: list[Failure] = []
    for source in found.sources:
        for item in work.of(source, targets, order.out):
            (errands if isinstance(item, Errand) else failures).append(item)  # type: ignore[arg-type]
    for pair, why in work.missing.items():
        doors.tell(f"not from {languages.name(pair[0])} into {languages.name(pair[1])}: {why}")
    return Job(errands, failures, work.journal, order.choices, own, doors.watcher, doors.stop or Event())


def _executor(order: Order, work: Worker) -> Executor:
    if order.executor == "ray":
        from workbench.batch.on_ray import OnRay

        return OnRay(replace(work, cores=1), order.jobs, order.address)
    return Local(work, order.jobs)


def _settings(order: Order, work: Errands) -> dict[str, object]:
    return {
        "written": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "from": order.task.source,
        "to": list(order.targets),
        "glossary": work.glossary.fingerprint if work.glossary.entries else "",
        "style": order.task.style,
        "engine": order.task.backend,
        "beam": order.task.beam,
        "models": {f"{a}-{b}": models for (a, b), models in sorted(work.models.items())},
    }
