"""`workbench glossary remove`, `restore`, `approve`, `reject`: one thing done to many entries, named or described."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from workbench.cli import options
from workbench.cli.glossary.change import done, where
from workbench.cli.glossary.facts import meant
from workbench.glossary.model import Review

if TYPE_CHECKING:
    from workbench.glossary.desk import Desk

SHOWN = 20  # entries that are printed


def _moving(name: str, said: str, help: str, move: Callable[..., int], retired: bool = False) -> click.Command:
    """`move` does it, through a desk."""

    @click.command(
        name,
        help=f"{help}\n\n\b\nExamples:\n  workbench glossary {name} yerevan --why 'as agreed'\n"
        f"  workbench glossary {name} --where kind=person --where text=Mirzo --dry-run",
    )
    @click.argument("ids", metavar="[ID]...", nargs=-1)
    @where
    @options.change
    def command(
        ids: tuple[str, ...],
        conditions: tuple[str, ...],
        change: options.Change,
    ) -> None:
        desk = change.desk()
        before = desk.store.revision()
        chosen = meant(desk.store, ids, conditions, retired)
        if change.dry_run:
            _show(desk, chosen, f"would be {said}", change.as_json)
            return
        base = before if change.base is None and conditions else change.base  # what was described is what is changed
        revision = move(desk, chosen, why=change.why, base=base) if chosen else before
        names = ", ".join(chosen) if len(chosen) <= SHOWN else f"{len(chosen)} entries"
        done(before, revision, f"{said} {names}", change.as_json)

    return command


def _show(desk: Desk, ids: tuple[str, ...], said: str, as_json: bool) -> None:
    from workbench.cli.glossary.find import shortly

    if as_json:
        options.say_json({"entries": list(ids)})
        return
    for standing in desk.store.find(ids[:SHOWN]).values():
        click.echo(shortly(standing.proposal or standing.entry))
    if len(ids) > SHOWN:
        click.echo(f"and {len(ids) - SHOWN} more")
    click.echo(f"{len(ids)} entries {said}", err=True)


remove_ = _moving(
    "remove",
    "removed",
    "Put entries into the trash; their history stays.",
    lambda desk, ids, **by: desk.remove(ids, **by),
)
restore_ = _moving(
    "restore",
    "restored",
    "Take entries out of the trash, as they were.",
    lambda desk, ids, **by: desk.restore(ids, **by),
    retired=True,
)
approve_ = _moving(
    "approve",
    "approved",
    "Approve entries, so that texts are translated by them.",
    lambda desk, ids, **by: desk.review(ids, Review.APPROVED, **by),
)
reject_ = _moving(
    "reject",
    "rejected",
    "Reject entries: they stay, and are not used. What is approved under a rejected proposal stays in use.",
    lambda desk, ids, **by: desk.review(ids, Review.REJECTED, **by),
)
