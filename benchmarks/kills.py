"""A batch that is killed at random moments, and gone on with, gives what it would have given in peace.

    python -m benchmarks.kills [--kills 100] [--files 210] [--seed 1] [--executor local]

After each kill every output that stands must be whole, and when the batch comes to its end all must
be there. Then it begins again from nothing until the kills are used up. Exit code 1 for any difference.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import mixed

OWN = "_workbench"
LONGEST = 15.0  # seconds: of a longer batch the kills come as early as of one of this length


@dataclass
class Outcome:
    """`moments`: how many kills found no journal yet, shards being translated, files being written."""

    files: int
    seconds: float  # of the run in peace
    kills: int = 0
    rounds: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def outputs(out: Path) -> dict[str, str]:
    """sha256 by name of all that the batch has written for people."""
    files = (p for p in sorted(out.rglob("*")) if p.is_file() and OWN not in p.relative_to(out).parts)
    made = {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    decisions = out / OWN / "decisions.csv"
    return made | ({OWN: hashlib.sha256(decisions.read_bytes()).hexdigest()} if decisions.exists() else {})


def command(source: Path, out: Path, executor: str) -> list[str]:
    return [
        sys.executable, "-m", "workbench", "batch", str(source), "--from", "en", "--to", "es", "-o", str(out),
        "--beam", "1", "--executor", executor, "--jobs", "2",
    ]  # fmt: skip


def moment(out: Path) -> str:
    """Where a kill found the job."""
    journal = out / OWN / "journal.db"
    if not journal.exists():
        return "before the journal"
    with sqlite3.connect(journal) as db:
        try:
            written = db.execute("SELECT count(*) FROM output").fetchone()[0]
            known = db.execute("SELECT count(*) FROM result").fetchone()[0]
        except sqlite3.OperationalError:  # its tables are not made yet
            return "before the journal"
    db.close()
    return "writing files" if written else "translating" if known else "before the first shard"


def measure(folder: Path, files: int, kills: int, seed: int, executor: str = "local") -> Outcome:
    dice = random.Random(seed)
    source, peace, out = folder / "in", folder / "peace", folder / "out"
    mixed.written(source, files, seed)
    began = time.perf_counter()
    made = subprocess.run(command(source, peace, executor), capture_output=True, text=True)
    outcome = Outcome(files, time.perf_counter() - began)
    wanted = outputs(peace)
    if made.returncode not in (0, 1) or len(wanted) < files:
        raise SystemExit(f"the run in peace failed ({made.returncode}):\n{made.stderr[-2000:]}")
    while True:
        shutil.rmtree(out, ignore_errors=True)
        ended = False
        while not ended and outcome.kills < kills:
            arguments = command(source, out, executor)
            if dice.random() < 0.5:
                ended = _killed_after(arguments, dice.uniform(0.05, 0.6) * min(outcome.seconds, LONGEST))
            else:
                ended = _killed_at_line(arguments, dice.randint(1, 2 * files))
            outcome.kills += not ended
            if not ended:
                outcome.moments[moment(out)] += 1
            torn = {name for name, sha in outputs(out).items() if name != OWN and sha != wanted.get(name)}
            outcome.differences += [f"torn after a kill: {name}" for name in sorted(torn)]
        if not ended:
            subprocess.run(command(source, out, executor), capture_output=True)
        outcome.rounds += 1
        got = outputs(out)
        outcome.differences += [f"differs at the end: {n}" for n in sorted(wanted) if got.get(n) != wanted[n]]
        outcome.differences += [f"too much at the end: {n}" for n in sorted(got.keys() - wanted.keys())]
        if outcome.kills >= kills:
            return outcome


def _killed_after(arguments: list[str], seconds: float) -> bool:
    """Start, wait, kill -9; True when it had come to its end before."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        _kill(process)
        return False


def _killed_at_line(arguments: list[str], count: int) -> bool:
    """The same at a line of its progress, one a file and phase, so that the end is hit as often as the beginning."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    assert process.stderr is not None
    with process.stderr:
        lines = sum(1 for _ in itertools.islice(process.stderr, count))
        if lines == count:
            _kill(process)
            return False
    process.wait()
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill a batch, go on with it, compare.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--files", type=int, default=210)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--executor", choices=["local", "ray"], default="local")
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        made = measure(Path(folder), given.files, given.kills, given.seed, given.executor)
    where = ", ".join(f"{n} {moment}" for moment, n in made.moments.most_common())
    print(
        f"{made.files} files, {made.seconds:.1f} s in peace; {made.kills} kills ({where}) over {made.rounds} batches,"
    )
    print(f"{len(made.differences)} differences; {time.perf_counter() - began:.0f} s in all")
    for difference in made.differences[:20]:
        print(f"  {difference}")
    sys.exit(1 if made.differences else 0)


if __name__ == "__main__":
    main()
