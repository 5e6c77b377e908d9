"""`workbench glossary show`, `list`: what stands in a text, what is bundled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbench.cli import options


@click.command("show")
@click.argument("text", metavar="TEXT|FILE|-")
@options.source_required
@options.glossary
@options.as_json
def show_(text: str, source: str, glossaries: tuple[str, ...], as_json: bool) -> None:
    """Tell which entries match where in TEXT (or in a file, or standard input), and why.

    \b
    Example:
      workbench glossary show "Mirzoian met Pashinian" --from en
    """
    from workbench.filework.report import match_json
    from workbench.workbench import Workbench

    whole = options.read(text) if text == "-" or (len(text) < 250 and Path(text).is_file()) else text
    matches = Workbench().show(whole, source, options.chosen(glossaries))
    rows: list[dict[str, Any]] = []
    for match in matches:
        longer = [m for m in matches if m.span != match.span and m.span.holds(match.span)]
        rows.append(match_json(match) | {"within": longer[0].entry.id if longer else None})
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


@click.command("list")
@options.as_json
def list_(as_json: bool) -> None:
    """List the bundled glossaries, their size and their house styles.

    \b
    Example:
      workbench glossary list --json
    """
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
