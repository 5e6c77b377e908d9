"""`workbench glossary history`, `diff`, `undo`: what was, and back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options
from workbench.cli.glossary.change import done
from workbench.cli.glossary.find import record

if TYPE_CHECKING:
    from workbench.glossary.revisions import Revision


def _facts(revision: Revision) -> dict[str, Any]:
    return {
        "revision": revision.number,
        "at": revision.at.isoformat(),
        "author": revision.author,
        "why": revision.why,
        "what": revision.what,
        "undoes": revision.undoes,
        "entries": revision.size,
    }


def _line(revision: Revision) -> str:
    undoes = f" of {revision.undoes}" if revision.undoes else ""
    why = f"  {revision.why}" if revision.why else ""
    when = revision.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{revision.number:>5}  {when}  {revision.author}  {revision.what}{undoes}{why}"


@click.command("history")
@click.argument("id", required=False)
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, metavar="NUMBER", help="At most so many."
)
@options.db
@options.as_json
def history_(id: str | None, limit: int, db: str | None, as_json: bool) -> None:
    """Who changed the entry ID, when and why, latest first; without ID, every change of the store.

    \b
    Example:
      workbench glossary history yerevan
    """
    from workbench.glossary.store import Store

    store = Store(db)
    if id is None:
        log = store.log(limit)
        if as_json:
            options.say_json([_facts(revision) for revision in log])
            return
        for revision in log:
            click.echo(f"{_line(revision)}  ({revision.size} entries)")
        return
    changes = store.history(id)[::-1][:limit]
    if as_json:
        options.say_json(
            [{**_facts(c.revision), "retired": c.retired, "heir": c.heir, "entry": record(c.entry)} for c in changes]
        )
        return
    for change in changes:
        merged = f"  (merged into {change.heir})" if change.heir else "  (in the trash)" if change.retired else ""
        click.echo(_line(change.revision) + merged)


@click.command("diff")
@click.argument("id")
@click.argument("before", type=int, required=False)
@click.argument("after", type=int, required=False)
@options.db
@options.as_json
def diff_(id: str, before: int | None, after: int | None, db: str | None, as_json: bool) -> None:
    """What became of the entry ID between the revisions BEFORE and AFTER; left out: its last change.

    \b
    Example:
      workbench glossary diff yerevan 3 7
    """
    from workbench.glossary.store import Store

    store = Store(db)
    if before is None:
        after = store.history(id)[-1].revision.number
        before = after - 1
    differences = store.diff(id, before, after)
    if as_json:
        options.say_json([{"place": d.place, "before": d.before, "after": d.after} for d in differences])
        return
    for d in differences:
        click.echo(f"{d.place}: {d.before or '—'} → {d.after or '—'}")
    if not differences:
        click.echo("no difference", err=True)


@click.command("undo")
@click.argument("revision", type=int)
@options.why
@options.author
@options.db
@options.as_json
def undo_(revision: int, why: str, author: str | None, db: str | None, as_json: bool) -> None:
    """Take back REVISION, one change or a whole import, as a change of its own.

    Refused when one of its entries was changed later: undo that change first.

    \b
    Example:
      workbench glossary undo 12 --why "wrong file"
    """
    desk = options.desk(db, author)
    before = desk.store.revision()
    done(before, desk.undo(revision, why), f"took back revision {revision}", as_json)
