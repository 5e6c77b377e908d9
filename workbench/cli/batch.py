"""`workbench batch`."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from workbench.cli import options

if TYPE_CHECKING:
    from workbench.batch.account import BatchAccount
    from workbench.batch.meter import Progress
    from workbench.documents.document import Choices
    from workbench.filework.single import Task

SHOWN = 20  # failed files that are named at the end


@click.command("batch")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--to", "targets", required=True, metavar="LANG,…", help="Target languages, as es,fr,ru.")
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write to."
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Shards at a time. Default: one for each core.")
@click.option("--resume", is_flag=True, help="Go on where the last run ended; this is done in any case.")
@click.option("--fresh", is_flag=True, help="Forget what was translated before.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An edited list of unlisted names. Default: the list in the output folder.",
)
@click.option("--executor", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Who works.")
@click.option("--address", metavar="HOST:PORT|auto", help="A running Ray cluster. Default: one on this machine.")
@options.task
@options.reading
def command(
    inputs: tuple[str, ...],
    targets: str,
    out: Path,
    jobs: int | None,
    resume: bool,
    fresh: bool,
    decisions: Path | None,
    executor: str,
    address: str | None,
    task: Task,
    format_: str | None,
    choices: Choices,
) -> None:
    """Translate files, folders and patterns (- reads their names from standard input) into a tree of the same shape.

    Names that no glossary lists get one form in all files; the list is _workbench/decisions.csv in the output
    folder, beside the reports. The same command again does only what has changed, or goes on where it was
    stopped. Exit code 1 when files failed.

    \b
    Examples:
      workbench batch articles/ --from en --to es -o out
      find . -name '*.md' | workbench batch - --from en --to es,fr -o out --jobs 4
    """
    if resume and fresh:
        raise click.UsageError("--resume and --fresh exclude each other")
    if address and executor != "ray":
        raise click.UsageError("--address is for --executor ray")
    from workbench.batch.job import Stopped
    from workbench.batch.running import Doors, Order
    from workbench.workbench import Workbench

    task = replace(task, memory=tuple(str(Path(path).resolve()) for path in task.memory))
    order = Order(
        tuple(_named(inputs)), tuple(_split(targets)), out, task, jobs or 0, format_, choices, executor=executor,
        address=address, decisions=decisions, fresh=fresh,
    )  # fmt: skip
    try:
        with _stoppable() as stop, _shown() as (watcher, tell):
            account = Workbench().batch(order, Doors(tell, watcher, stop))
    except Stopped:
        click.echo("workbench: stopped; the same command goes on from here", err=True)
        sys.exit(130)
    for line in _lines(account, out):
        click.echo(line, err=True)
    sys.exit(1 if account.failed or account.missing else 0)


def _named(inputs: tuple[str, ...]) -> Iterator[str]:
    for given in inputs:
        if given == "-":
            yield from filter(None, (line.rstrip("\r\n") for line in sys.stdin))
        else:
            yield given


def _split(targets: str) -> list[str]:
    from workbench.languages import language

    return list(dict.fromkeys(language(code) for code in targets.split(",") if code.strip()))


@contextlib.contextmanager
def _stoppable() -> Iterator[Event]:
    """The first Ctrl-C ends after the shards in hand, the second at once."""
    stop = Event()

    def asked(number: int, frame: object) -> None:
        stop.set()
        signal.signal(number, before[number])
        click.echo("stopping after what is in hand; once more to stop at once", err=True)

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, old in before.items():
            signal.signal(number, old)


@contextlib.contextmanager
def _shown() -> Iterator[tuple[Callable[[Progress], None], Callable[[str], None]]]:
    """Two bars on a terminal, the whole and the file; elsewhere a line for each file that is done."""
    if not sys.stderr.isatty():
        yield _Lines().watch, lambda line: click.echo(line, err=True)
        return
    from tqdm import tqdm

    layout = "{desc} {percentage:3.0f}% |{bar}|{postfix}"
    with (
        tqdm(total=1.0, bar_format=layout, dynamic_ncols=True, leave=False) as whole,
        tqdm(total=1.0, bar_format=layout, dynamic_ncols=True, leave=False, position=1) as file,
    ):

        def watch(now: Progress) -> None:
            for bar, share, said, rest in (
                (whole, now.share, now.phase, _rest(now)),
                (file, now.file_share, f"{now.name} → {now.target}", ""),
            ):
                bar.set_description_str(said, refresh=False)
                bar.set_postfix_str(rest, refresh=False)
                bar.update(share - bar.n)

        yield watch, tqdm.write


class _Lines:
    """A line for each file and phase in which something was done, and each tenth of a long file."""

    def __init__(self) -> None:
        self._last: tuple[str, str, str, int] = ("", "", "", -1)

    def watch(self, now: Progress) -> None:
        here = (now.phase, now.name, now.target, int(now.file_share * 10))
        if now.known or here == self._last or (here[:3] != self._last[:3] and now.file_share < 0.1):
            return
        self._last = here
        click.echo(
            f"{now.phase} {100 * now.share:.0f} %{_left(now)}: {now.name} → {now.target}"
            + (f" {100 * now.file_share:.0f} %" if now.file_share < 1 else ""),
            err=True,
        )


def _left(now: Progress) -> str:
    return "" if now.left is None else f", {_time(now.left)} left"


def _rest(now: Progress) -> str:
    """What stands behind the bar of the whole."""
    rate = f", {now.rate:.0f} sentences/s" if now.sentences else ""
    return (_left(now) + rate).removeprefix(", ")


def _time(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def _lines(account: BatchAccount, out: Path) -> Iterator[str]:
    """The account in a few lines."""
    from workbench.filework.report import counted

    made = sum(line.state == "made" for line in account.lines)
    unchanged = sum(line.state == "unchanged" for line in account.lines)
    yield (
        f"{counted(made, 'file')} written, {unchanged} unchanged, {len(account.failed)} failed, "
        f"{len(account.left_out)} left out"
    )
    for target, total in account.totals.items():
        states = ", ".join(f"{n} {state}" for state, n in sorted(total.states.items()))
        yield (
            f"{target}: {counted(total.segments, 'segment')}, {counted(sum(total.states.values()), 'term')}"
            + (f" ({states})" if states else "")
            + f", {counted(account.names.get(target, 0), 'unlisted name')} in one form, "
            f"{counted(total.flags, 'segment')} to look at"
        )
    if account.fresh:
        yield (
            f"{counted(account.fresh, 'sentence')} in {account.seconds:.1f} s: {account.rate:.1f} a second, "
            f"engine {100 * account.engine_share:.0f} %"
        )
    for line in account.failed[:SHOWN]:
        yield f"  {line.name} → {line.target}: {line.reason}"
    if len(account.failed) > SHOWN:
        yield f"  and {len(account.failed) - SHOWN} more"
    for target, why in account.missing:
        yield f"  nothing into {target}: {why}"
    yield f"report: {out / '_workbench' / 'report.html'}"
