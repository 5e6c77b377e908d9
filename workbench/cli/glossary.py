"""`workbench glossary`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbench.cli import options


@click.group("glossary")
def command() -> None:
    """See what a glossary says, and where it matches."""


@command.command("show")
@click.argument("text", metavar="TEXT|FILE|-")
@options.source_required
@options.glossary
@options.as_json
def show(text: str, source: str, glossaries: tuple[str, ...], as_json: bool) -> None:
    """Tell which entries match where in TEXT (or in a file, or standard input), and why.

    \b
    Example:
      workbench glossary show "Mirzoian met Pashinian" --from en
    """
    from workbench.workbench import Workbench

    whole = options.read(text) if text == "-" or (len(text) < 250 and Path(text).is_file()) else text
    matches = Workbench().show(whole, source, options.chosen(glossaries))
    rows: list[dict[str, Any]] = []
    for match in matches:
        longer = [m for m in matches if m.span != match.span and m.span.holds(match.span)]
        rows.append(
            {
                "entry": match.entry.id,
                "span": list(match.span),
                "text": match.text,
                "how": match.how.value,
                "term": match.term.text,
                "status": match.term.status.value,
                "kind": match.entry.kind.value,
                "form": match.label,
                "within": longer[0].entry.id if longer else None,
                "others": list(match.others),
            }
        )
    if as_json:
        options.say_json(rows)
        return
    for row in rows:
        place = f"{row['span'][0]}–{row['span'][1]}"
        said = f"{place:>9}  {row['text']}  →  {row['entry']}  ({row['how']} of '{row['term']}', {row['status']})"
        within = f"  within {row['within']}" if row["within"] else ""
        others = f"  ambiguous: also {', '.join(row['others'])}" if row["others"] else ""
        click.echo(said + within + others)
    if not rows:
        click.echo("no entry matches", err=True)


@command.command("list")
@options.as_json
def list_(as_json: bool) -> None:
    """List the bundled glossaries, their size and their house styles."""
    from workbench.workbench import Workbench

    bench = Workbench()
    rows = []
    for name in bench.glossary_names():
        glossary = bench.glossary([name])
        rows.append(
            {"name": name, "title": glossary.title, "entries": len(glossary), "licence": glossary.licence,
             "styles": [s.name for s in glossary.styles]}
        )  # fmt: skip
    if as_json:
        options.say_json(rows)
        return
    for row in rows:
        styles = ", ".join(row["styles"]) or "none"
        click.echo(f"{row['name']}  {row['entries']} entries  styles: {styles}  {row['licence']}  {row['title']}")


@command.command("export")
@click.argument("glossary", metavar="PATH|NAME")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="By suffix: .tbx or .yaml."
)
def export(glossary: str, output: Path) -> None:
    """Write a glossary in another format.

    \b
    Example:
      workbench glossary export south-caucasus -o south-caucasus.tbx
    """
    from workbench.glossary.reading import convert

    click.echo(f"{output}: {len(convert(glossary, output))} entries", err=True)
