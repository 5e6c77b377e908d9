"""`workbench glossary import`, `export`: files in, files out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options
from workbench.cli.glossary.change import done
from workbench.errors import InputError

if TYPE_CHECKING:
    from datetime import datetime

    from workbench.glossary.formats.fields import Given
    from workbench.glossary.importing import Preview, Row

SHOWN = 20  # rows of each verdict that are printed


FORMAT = "How it is written, where suffix and content do not tell; see 'export --help'."

direction = [
    click.option("--from", "source", metavar="LANG", help="Source language of a list of pairs."),
    click.option("--to", "target", metavar="LANG", help="Target language of a list of pairs."),
]


def _directed(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(direction):
        command = option(command)
    return command


def _given(source: str | None, target: str | None, encoding: str = "", delimiter: str = "") -> Given:
    from workbench.glossary.formats.fields import Given
    from workbench.languages import language

    if bool(source) != bool(target):
        raise InputError("one language of a pair is missing; give both --from and --to")
    languages = (language(source), language(target)) if source and target else ()
    return Given(languages, encoding, "\t" if delimiter in ("tab", "\\t") else delimiter)


@click.command("import")
@click.argument("file", metavar="PATH|NAME|URL")
@click.option("--preview", "--dry-run", "dry_run", is_flag=True, help="Only tell what would happen.")
@click.option("--skip", is_flag=True, help="Leave out entries that are conflicting or refused, and take the rest.")
@click.option(
    "--take", multiple=True, metavar="ID", help="Take a conflicting entry as the file has it. May be repeated."
)
@click.option("--since", type=int, metavar="REVISION", help="The revision that the file was exported from.")
@click.option("--format", "format", default="", metavar="NAME", help=FORMAT)
@_directed
@click.option("--encoding", default="", metavar="NAME", help="Of a table, as cp1251; found out when left out.")
@click.option("--delimiter", default="", metavar="SIGN", help="Of a table, as ';' or tab; found out when left out.")
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
    format: str,
    source: str | None,
    target: str | None,
    encoding: str,
    delimiter: str,
    why: str,
    author: str | None,
    db: str | None,
    as_json: bool,
) -> None:
    """Bring a glossary into the store, all of it or nothing; the same file once more changes nothing.

    Tells of every entry whether it is new, changed, the same, conflicting or refused. With --preview the exit
    code is 1 when entries stand in the way. An import that was cut off left nothing behind: run it again.

    \b
    Examples:
      workbench glossary import mine.yaml --preview
      workbench glossary import mine.yaml --why "spring review"
      workbench glossary import deepl.csv --format deepl --from en --to es
    """
    from workbench.glossary import importing, reading

    desk = options.desk(db, author)
    store = desk.store
    survey = reading.survey(file, format, _given(source, target, encoding, delimiter))
    preview = importing.preview(store, survey, since)
    if dry_run:
        if as_json:
            options.say_json(_told(preview))
        else:
            _show(preview)
        sys.exit(1 if preview.open else 0)
    if not as_json:
        _show(preview, err=True)
    before = store.revision()
    revision = desk.apply(preview, why or f"import of {Path(file).name}", skip, take)
    done(before, revision, f"imported {Path(file).name}", as_json)


def _told(preview: Preview) -> dict[str, Any]:
    rows = [_facts(row) for row in preview.rows]
    return {"format": preview.format, "remarks": preview.remarks, "counts": preview.counts, "rows": rows}


def _facts(row: Row) -> dict[str, Any]:
    differences = [asdict(difference) for difference in row.differences]
    return {
        "verdict": row.verdict.value, "id": row.id, "line": row.line, "reason": row.reason, "differences": differences
    }  # fmt: skip


def _show(preview: Preview, err: bool = False) -> None:
    from workbench.glossary.importing import Verdict

    for remark in preview.remarks:
        click.echo(f"{'note':>11}  {remark}", err=err)
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
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file.")
@click.option("--format", "format", default="", metavar="NAME", help="How to write it; default: by suffix.")
@_directed
@options.at
@options.db
@options.as_json
def export_(
    glossary: str | None,
    output: Path,
    format: str,
    source: str | None,
    target: str | None,
    at: int | datetime | None,
    db: str | None,
    as_json: bool,
) -> None:
    """Write a glossary (default: the store) in another format, and tell what that format has no place for.

    \b
    Formats, by suffix:
      yaml  .yaml .yml     all that an entry says, for people and git
      jsonl .jsonl         the same, an entry a line
      tbx   .tbx           TBX-Basic, style DCA; tbx-dct: style DCT
      csv   .csv .tsv      a column a language; csv-long: a row a term, with all that is said of it
      xlsx  .xlsx          as csv; xlsx-long: as csv-long
      tmx   .tmx           the forms to write
      omegat .utf8 .txt    pairs, with --from and --to
    By --format only, as .csv or .tsv: deepl, google, amazon.

    \b
    Examples:
      workbench glossary export south-caucasus -o south-caucasus.tbx
      workbench glossary export -o deepl.csv --format deepl --from en --to es
    """
    from workbench.glossary import reading

    given = _given(source, target)
    reading.writable(output, format)
    whole = options.glossary_of(glossary, db, at)
    written = reading.save(whole, output, format, given)
    if as_json:
        options.say_json({"output": str(output), "entries": len(whole), **written._asdict()})
        return
    for remark in written.remarks:
        click.echo(f"{'note':>11}  {remark}", err=True)
    for lost in written.lost:
        click.echo(f"{'left out':>11}  {lost}", err=True)
    click.echo(f"{output}: {len(whole)} entries as {written.format}", err=True)
