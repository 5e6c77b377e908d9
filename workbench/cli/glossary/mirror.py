"""`workbench glossary pull`, `push`: a folder of YAML files, and the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import options
from workbench.cli.glossary.choice import choices, show

if TYPE_CHECKING:
    from workbench.glossary.mirror import Outcome

SHOWN = 20

folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))


@click.command("pull")
@folder
@choices
@options.dry_run
@options.db
@options.as_json
def pull_(folder: Path, choice: str | None, dry_run: bool, db: str | None, as_json: bool) -> None:
    """Bring what changed in the store into the YAML files of DIR. What changed in the files only stays.

    Mine are the files, theirs is the store. An entry that both changed is told, and nothing is written until you
    choose. Files that change are written anew; comments in them are lost.

    \b
    Example:
      workbench glossary pull glossaries --dry-run
    """
    from workbench.glossary.mirror import pull
    from workbench.glossary.revisions import Conflict
    from workbench.glossary.store import Store

    try:
        outcome = pull(Store(db), folder, choice, dry_run)
    except Conflict as conflict:
        show(conflict, as_json)
        raise
    _tell(outcome, "pulled", dry_run, as_json)


@click.command("push")
@folder
@options.dry_run
@options.why
@options.author
@options.db
@options.as_json
def push_(folder: Path, dry_run: bool, why: str, author: str | None, db: str | None, as_json: bool) -> None:
    """Bring what changed in the YAML files of DIR into the store, as one revision.

    Refused when the store has changes that the files have not: pull them first.

    \b
    Example:
      workbench glossary push glossaries --why "agreed in review"
    """
    from workbench.glossary.mirror import push

    _tell(push(options.desk(db, author), folder, why, dry_run), "pushed", dry_run, as_json)


def _tell(outcome: Outcome, what: str, dry_run: bool, as_json: bool) -> None:
    if as_json:
        options.say_json(
            {"revision": outcome.revision, "written": list(outcome.written), "removed": list(outcome.removed)}
        )
        return
    for ids, said in ((outcome.written, "written"), (outcome.removed, "removed")):
        for id in ids[:SHOWN]:
            click.echo(f"{said}  {id}")
        if len(ids) > SHOWN:
            click.echo(f"{said}  and {len(ids) - SHOWN} more")
    would = "would be " if dry_run else ""
    click.echo(
        f"{would}{what}: {len(outcome.written)} written, {len(outcome.removed)} removed (revision {outcome.revision})",
        err=True,
    )
