"""`workbench glossary show`, `list`: an entry, what stands in a text, what is bundled."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from workbench.cli import options
from workbench.errors import InputError


@click.command("show")
@click.argument("text", metavar="ID|TEXT|FILE|-")
@click.option("--from", "source", metavar="LANG", help="Language of TEXT, as en; without it, ID is an entry.")
@options.glossary
@options.at
@options.db
@options.as_json
def show_(
    text: str,
    source: str | None,
    glossaries: tuple[str, ...],
    at: int | datetime | None,
    db: str | None,
    as_json: bool,
) -> None:
    """Show all that the store says of the entry ID. With --from: which entries match where in TEXT (or in a file, or
    standard input), and why.

    \b
    Examples:
      workbench glossary show yerevan
      workbench glossary show yerevan --at 12
      workbench glossary show "Mirzoian met Pashinian" --from en
    """
    if source is None:
        _entry(text, glossaries, at, db, as_json)
    elif at is not None:
        raise InputError("--at is for an entry; leave out --from")
    else:
        _matches(text, source, glossaries, as_json)


def _entry(id: str, glossaries: tuple[str, ...], at: int | datetime | None, db: str | None, as_json: bool) -> None:
    from workbench.cli.glossary.find import record
    from workbench.glossary.formats.yaml_writer import entry_text
    from workbench.glossary.revisions import Standing
    from workbench.glossary.store import Store

    if glossaries:
        raise InputError("which entry, or which text? Give --from with a text; an entry is looked up in the store")
    store = Store(db)
    here = store.get(id) if at is None else store.then(id, at)
    revision = here.revision if isinstance(here, Standing) else here.revision.number
    proposal = here.proposal if isinstance(here, Standing) else None
    if as_json:
        more = {"proposal": record(proposal)} if proposal else {}
        more |= {"heir": here.heir} if here.heir else {}
        options.say_json({"revision": revision, "retired": here.retired, **more, **record(here.entry)})
        return
    click.echo(entry_text(here.entry), nl=False)
    if proposal:
        click.echo(f"# {proposal.review.value}:\n{entry_text(proposal)}", nl=False)
    if here.heir or here.retired:
        click.echo(f"# merged into {here.heir}" if here.heir else "# in the trash", err=True)
    click.echo(f"revision {revision}", err=True)


def _matches(text: str, source: str, glossaries: tuple[str, ...], as_json: bool) -> None:
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
