"""`workbench glossary import`, `export`: files in, files out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options
from workbench.cli.glossary.change import done

if TYPE_CHECKING:
    from workbench.glossary.importing import Preview, Row

SHOWN = 20  # rows of each verdict that are printed


@click.command("import")
@click.argument("file", metavar="PATH|NAME|URL")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option("--skip", is_flag=True, help="Leave out entries that are conflicting or refused, and take the rest.")
@click.option(
    "--take", multiple=True, metavar="ID", help="Take a conflicting entry as the file has it. May be repeated."
)
@click.option("--since", type=int, metavar="REVISION", help="The revision that the file was exported from.")
@options.why
@options.author
@options.db
@options.as_json
def import_(
    file: str,
    dry_run: bool,
    skip: bool,
    take: tuple[str, ...],
    since: int | None,
    why: str,
    author: str | None,
    db: str | None,
    as_json: bool,
) -> None:
    """Bring a glossary into the store, all of it or nothing; the same file once more changes nothing.

    Tells of every entry whether it is new, changed, the same, conflicting or refused. With --dry-run the exit
    code is 1 when entries stand in the way.

    \b
    Examples:
      workbench glossary import mine.yaml --dry-run
      workbench glossary import mine.yaml --why "spring review"
    """
    from workbench.glossary import importing, reading

    desk = options.desk(db, author)
    store = desk.store
    preview = importing.preview(store, reading.survey(file), since)
    if dry_run:
        if as_json:
            options.say_json({"counts": preview.counts, "rows": [_facts(row) for row in preview.rows]})
        else:
            _show(preview)
        sys.exit(1 if preview.open else 0)
    if not as_json:
        _show(preview, err=True)
    before = store.revision()
    revision = desk.apply(preview, why or f"import of {Path(file).name}", skip, take)
    done(before, revision, f"imported {Path(file).name}", as_json)


def _facts(row: Row) -> dict[str, Any]:
    differences = [asdict(difference) for difference in row.differences]
    return {
        "verdict": row.verdict.value, "id": row.id, "line": row.line, "reason": row.reason, "differences": differences
    }  # fmt: skip


def _show(preview: Preview, err: bool = False) -> None:
    from workbench.glossary.importing import Verdict

    for verdict in Verdict:
        rows = [row for row in preview.rows if row.verdict is verdict]
        for row in rows[:SHOWN] if verdict is not Verdict.SAME else ():
            line = f" (line {row.line})" if row.line else ""
            reason = f": {row.reason}" if row.reason else ""
            click.echo(f"{verdict.value:>11}  {row.id or 'an entry'}{line}{reason}", err=err)
            for d in row.differences:
                click.echo(f"{'':>13}{d.place}: {d.before or '—'} → {d.after or '—'}", err=err)
        if len(rows) > SHOWN and verdict is not Verdict.SAME:
            click.echo(f"{verdict.value:>11}  and {len(rows) - SHOWN} more", err=err)
    click.echo(", ".join(f"{count} {verdict}" for verdict, count in preview.counts.items()), err=err)


@click.command("export")
@click.argument("glossary", metavar="[PATH|NAME|URL]", required=False)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="By suffix: .tbx or .yaml."
)
@click.option("--at", type=int, metavar="REVISION", help="The store as it stood after this revision.")
@options.db
@options.as_json
def export_(glossary: str | None, output: Path, at: int | None, db: str | None, as_json: bool) -> None:
    """Write a glossary (default: the store) in another format.

    \b
    Example:
      workbench glossary export south-caucasus -o south-caucasus.tbx
    """
    from workbench.glossary import reading

    reading.writable(output)
    whole = options.glossary_of(glossary, db, at)
    reading.save(whole, output)
    if as_json:
        options.say_json({"output": str(output), "entries": len(whole)})
    else:
        click.echo(f"{output}: {len(whole)} entries", err=True)
