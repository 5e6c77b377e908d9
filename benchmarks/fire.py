"""The store under fire: many writers at once, and imports that are killed.

    python -m benchmarks.fire [--writers 50] [--processes 5] [--seconds 60] [--kills 100] [--on sqlite,postgresql]

Writers read an entry, count it up by one and write it on the revision that they read; a conflict is read
anew. At the end every update that was made must be found. Killed imports must leave all or nothing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.postgres import Missing, database, server
from workbench.errors import StoreError
from workbench.glossary import importing
from workbench.glossary.model import Entry, Term
from workbench.glossary.revisions import Conflict
from workbench.glossary.store import Store

PROCESSES = 5  # over which the writers are spread
SHARED = 20  # entries that they quarrel about


@dataclass
class Tally:
    """What the writers say that they did."""

    made: int = 0
    conflicts: int = 0  # told, then tried again
    untrue: int = 0  # conflicts that named no other version
    errors: list[str] = field(default_factory=list)  # anything else that was told
    waits: list[float] = field(default_factory=list)  # seconds of a write


@dataclass(frozen=True)
class Fight:
    """`found`: updates that stand in the entries; `revisions`: in the log; `authors`: wrongly signed."""

    writers: int
    seconds: float
    tally: Tally
    found: int
    revisions: int
    authors: int

    @property
    def sound(self) -> bool:
        told = self.tally
        return told.made == self.found == self.revisions > 0 and self.authors == told.untrue == 0 and not told.errors


def fight(url: str, writers: int, seconds: float, processes: int = PROCESSES) -> Fight:
    """Let them write, then count."""
    store = Store(url)
    begun = store.put(
        [Entry(f"e{n}", terms=(Term("en", f"Name {n}"),), note="0 by start") for n in range(SHARED)], "start"
    )
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    share = [writers // processes + (n < writers % processes) for n in range(processes)]
    ready = context.Barrier(sum(map(bool, share)))
    crews = [
        context.Process(target=_crew, args=(url, n, size, seconds, ready, told))
        for n, size in enumerate(share) if size
    ]  # fmt: skip
    for crew in crews:
        crew.start()
    tallies: dict[str, Tally] = {}
    for _ in crews:
        tallies.update(told.get(timeout=seconds + 300))
    for crew in crews:
        crew.join()
    whole = Tally()
    for tally in tallies.values():
        whole.made += tally.made
        whole.conflicts += tally.conflicts
        whole.untrue += tally.untrue
        whole.errors += tally.errors
        whole.waits += tally.waits
    found = sum(_count(entry) for entry in store.glossary().entries)
    signed = dict.fromkeys(tallies, 0)
    for revision in store.log(limit=None):
        if revision.number > begun:
            signed[revision.author] += 1
    wrong = sum(signed[name] != tally.made for name, tally in tallies.items())
    made = store.revision() - begun
    store.close()
    return Fight(writers, seconds, whole, found, made, wrong)


def _crew(url: str, number: int, size: int, seconds: float, ready, told) -> None:  # noqa: ANN001 - spawn's own types
    tallies = {f"writer {number}.{n}": Tally() for n in range(size)}
    store = Store(url)
    ready.wait(300)
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_write, args=(store, name, until, tally)) for name, tally in tallies.items()
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    told.put(tallies)


def _write(store: Store, name: str, until: float, tally: Tally) -> None:
    chance = random.Random(name)
    while time.monotonic() < until:
        id = f"e{chance.randrange(SHARED)}"
        try:
            here = store.get(id)
            began = time.perf_counter()
            # With the name, so that no two write the very same, which the store takes as one change.
            counted = replace(here.entry, note=f"{_count(here.entry) + 1} by {name}")
            store.put([counted], name, base=here.revision)
            tally.made += 1
            tally.waits.append(time.perf_counter() - began)
        except Conflict as conflict:
            tally.conflicts += 1
            tally.untrue += conflict.theirs == conflict.base
        except StoreError as error:
            tally.errors.append(str(error))


def _count(entry: Entry) -> int:
    return int(entry.note.split()[0])


@dataclass
class Kills:
    """Of killed imports: what the store held afterwards."""

    before: int = 0  # the revision before
    after: int = 0  # the whole new one: the kill came too late
    broken: list[str] = field(default_factory=list)


def kills(url: str, count: int, size: int = 400, seed: int = 1) -> Kills:
    """Kill imports of `size` entries at random moments; after each the store must be at a whole revision."""
    chance, seen = random.Random(seed), Kills()
    store = Store(url)
    store.put(_entries(size, 0), "anna")
    began = time.perf_counter()
    _import(url, size, 1, None)
    usual = time.perf_counter() - began
    now = 1
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "fork")
    for number in range(2, count + 2):
        begun = context.Event()
        process = context.Process(target=_import, args=(url, size, number, begun))
        process.start()
        begun.wait(120)
        time.sleep(chance.uniform(0, 1.5 * usual))
        os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.join()
        process.close()
        entries = Store(url).glossary().entries
        there = {entry.note for entry in entries}
        if there == {str(number)}:
            now, seen.after = number, seen.after + 1
        elif there == {str(now)}:
            seen.before += 1
        else:
            seen.broken.append(f"import {number}: {len(entries)} entries of the imports {sorted(there)}")
        if len(entries) != size or (wrong := _damage(url)):
            seen.broken.append(f"import {number}: {len(entries)} entries, {wrong}")
    store.close()
    return seen


def _entries(size: int, number: int) -> list[Entry]:
    return [Entry(f"e{n}", terms=(Term("en", f"Name {n}"),), note=str(number)) for n in range(size)]


def _import(url: str, size: int, number: int, begun) -> None:  # noqa: ANN001 - of the process's own kind
    if begun is not None:
        begun.set()
    store = Store(url)
    importing.apply(store, importing.preview(store, _entries(size, number)), "anna", f"import {number}")


def _damage(url: str) -> str:
    """What SQLite says of its file; '' when it is whole, or on a server."""
    if "://" in url:
        return ""
    connection = sqlite3.connect(url)
    said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return "" if said == "ok" else said


@contextmanager
def place(kind: str, writers: int) -> Iterator[str]:
    """The URL of an empty store on a file, or on a server of our own."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "glossary.db")
    else:
        with server(f"max_connections={writers + 20}") as url:
            yield database(url)


def main() -> None:
    parser = argparse.ArgumentParser(description="The store under fire.")
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=PROCESSES, help="over which the writers are spread")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--on", default="sqlite,postgresql")
    given = parser.parse_args()
    sound = True
    for kind in given.on.split(","):
        try:
            if given.writers:
                with place(kind, given.writers) as url:
                    sound &= _shown(kind, fight(url, given.writers, given.seconds, given.processes))
            if given.kills:
                with place(kind, given.writers) as url:
                    seen = kills(url, given.kills)
                print(f"{kind}: {given.kills} imports killed: {seen.before} times at the revision before, ", end="")
                print(f"{seen.after} at the new one, {len(seen.broken)} broken", *seen.broken[:5], sep="\n  ")
                sound &= not seen.broken
        except Missing as missing:
            print(f"{kind}: left out; {missing}")
    sys.exit(not sound)


def _shown(kind: str, fought: Fight) -> bool:
    told, waits = fought.tally, sorted(fought.tally.waits) or [0.0]
    print(f"{kind}: {fought.writers} writers, {fought.seconds:.0f} s: {'sound' if fought.sound else 'NOT SOUND'}")
    print(f"  {told.made} updates made, {fought.found} found, {fought.revisions} revisions, {fought.authors} unsigned")
    print(f"  {told.conflicts} conflicts told, {told.untrue} of them untrue; {len(told.errors)} other errors")
    print(f"  a write takes p50 {_at(waits, 0.5)}, p95 {_at(waits, 0.95)}, at most {_at(waits, 1)}")
    for error in sorted(set(told.errors))[:5]:
        print(f"  {error}")
    return fought.sound


def _at(waits: list[float], share: float) -> str:
    return f"{1000 * waits[min(len(waits) - 1, int(len(waits) * share))]:.0f} ms"


if __name__ == "__main__":
    main()
