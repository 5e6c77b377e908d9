"""`workbench transliterate`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import options
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.transliteration.candidates import Candidate


@click.command("transliterate")
@click.argument("text", metavar="TEXT|FILE|-")
@options.source_required
@options.target
@click.option("--standard", metavar="NAME", help="A romanisation to put first, as iso-9985.")
@click.option("--n", "count", type=click.IntRange(1, 50), default=5, show_default=True, help="How many forms.")
@click.option("--column", metavar="NAME", help="Read a CSV file and add the best form of this column.")
@options.glossary
@click.option("--no-glossary", is_flag=True, help="Rules alone.")
@options.as_json
def command(
    text: str,
    source: str,
    target: str,
    standard: str | None,
    count: int,
    column: str | None,
    glossaries: tuple[str, ...],
    no_glossary: bool,
    as_json: bool,
) -> None:
    """Write names in another language: TEXT, each line of a file or of standard input, or a CSV column.

    Each form comes with the reason for it; glossary forms first, then rules, then the last resort.

    \b
    Examples:
      workbench transliterate "Նիկոլ Փաշինյան" --from hy --to fr
      workbench transliterate "Երևան" --from hy --to en --standard iso-9985 --n 1
      cat names.txt | workbench transliterate - --from ru --to de --json
      workbench transliterate people.csv --column name --from az --to ru > people.ru.csv
    """
    from workbench.workbench import Workbench

    chosen = options.chosen(glossaries, no_glossary)
    bench = Workbench()

    def write(name: str, most: int) -> list[Candidate]:
        return bench.candidates(name, source, target, chosen, standard, most)

    is_file = text == "-" or (len(text) < 250 and Path(text).is_file())
    whole = options.read(text) if is_file else text
    if column is not None:
        click.echo(_with_column(whole, text, column, target, lambda name: write(name, 1)), nl=False)
        return
    names = [line.strip() for line in whole.splitlines() if line.strip()]
    if not names:
        raise InputError("there is no name to write")
    rows = [{"name": name, "candidates": [c._asdict() for c in write(name, count)]} for name in names]
    if as_json:
        options.say_json(rows)
        return
    for row in rows:
        if len(rows) > 1 or count > 1:
            click.echo(row["name"])
        for made in row["candidates"]:
            click.echo(f"  {made['form']}\t{made['tag']}\t{made['reason']}")
        if not row["candidates"]:
            click.echo(f"{row['name']}: no rule from {source} to {target}", err=True)


def _with_column(whole: str, name: str, column: str, target: str, best: Callable[[str], list[Candidate]]) -> str:
    """The table with one column more: `name_fr`; a tab-separated table stays one."""
    first = whole.splitlines()[0] if whole.strip() else ""
    dialect = csv.excel_tab if "\t" in first else csv.excel
    reader = csv.DictReader(io.StringIO(whole), dialect=dialect)
    header = list(reader.fieldnames or ())
    if column not in header:
        raise InputError(f"{name}: no column '{column}' (columns: {', '.join(header)})")
    added = f"{column}_{target}"
    if added in header:
        raise InputError(f"{name}: there is a column '{added}' already")
    out = io.StringIO()
    writer = csv.writer(out, dialect=dialect, lineterminator="\n")
    writer.writerow([*header, added])
    for row in reader:
        found = best(row[column]) if (row[column] or "").strip() else []
        writer.writerow([*(row[field] for field in header), found[0].form if found else ""])
    return out.getvalue()
