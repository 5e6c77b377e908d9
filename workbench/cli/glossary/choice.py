"""A conflict on the command line: three versions are shown, and one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options

if TYPE_CHECKING:
    from workbench.glossary.desk import Desk
    from workbench.glossary.revisions import Conflict

HELP = {
    "mine": "When somebody changed the same meanwhile: write mine over it.",
    "theirs": "When somebody changed the same meanwhile: leave theirs.",
    "merge": "When somebody changed the same meanwhile: join what each changed, field by field.",
}


def choices(command: Callable[..., None]) -> Callable[..., None]:
    """--mine, --theirs, --merge, as `choice`."""
    for name, help in reversed(HELP.items()):
        command = click.option(f"--{name}", "choice", flag_value=name, default=None, help=help)(command)
    return command


def settled(desk: Desk, change: Callable[[], int], choice: str | None, why: str, as_json: bool) -> int:
    """Make the change; after a conflict as it was chosen. Without a choice the versions are shown and it is raised."""
    from workbench.glossary.revisions import Conflict

    try:
        return change()
    except Conflict as conflict:
        if choice is None:
            show(conflict, as_json)
            raise
        try:
            return desk.settle(conflict, choice, why)
        except Conflict:
            show(conflict, as_json)
            raise


def show(conflict: Conflict, as_json: bool) -> None:
    """What each side made of the version that both began with."""
    from workbench.cli.glossary.find import record
    from workbench.glossary.difference import difference
    from workbench.glossary.model import Entry
    from workbench.glossary.reconcile import reconcile

    said: list[dict[str, Any]] = []
    for clash in conflict.clashes:
        versions = {"base": clash.base, "theirs": clash.theirs, "mine": clash.yours}
        entries = {name: value if isinstance(value, Entry) else None for name, value in versions.items()}
        base, theirs, mine = entries.values()
        said.append({"id": clash.id, **{name: entry and record(entry) for name, entry in entries.items()}})
        if as_json:
            continue
        for name, version in (("theirs", theirs), ("mine", mine)):
            for d in difference(base, version):
                click.echo(f"{clash.id}  {name:>6}  {d.place}: {d.before or '—'} → {d.after or '—'}", err=True)
        places = ", ".join(contest.place for contest in reconcile(base, theirs, mine).contests)
        way = f"both changed {places}: choose --mine or --theirs" if places else "--merge joins them"
        click.echo(f"{clash.id}  {way}", err=True)
    if as_json:
        options.say_json({"conflict": said})
