"""`workbench apply`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import options


@click.command("apply")
@click.argument("reviewed", metavar="REVIEWED.xlf", type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where to write.")
@click.option(
    "--document", type=click.Path(path_type=Path, dir_okay=False), help="The source; default: where the XLIFF says."
)
@click.option("--format", "format_", metavar="NAME", help="Of the document; default: by suffix and content.")
@click.option("--column", "columns", multiple=True, metavar="NAME|N", help="Of a table, as it was translated.")
@click.option("--field", "fields", multiple=True, metavar="NAME", help="Of JSON Lines, as it was translated.")
@click.option("--encoding", default="", metavar="NAME", help="Of a text file.")
@click.option("--propose", is_flag=True, help="Offer corrected names to the store, for approval.")
@options.db
@options.author
@options.glossary
def command(
    reviewed: Path,
    output: Path,
    document: Path | None,
    format_: str | None,
    columns: tuple[str, ...],
    fields: tuple[str, ...],
    encoding: str,
    propose: bool,
    db: str | None,
    author: str | None,
    glossaries: tuple[str, ...],
) -> None:
    """Put a reviewer's XLIFF back into the document that it was made from.

    Names that the reviewer corrected are listed; with --propose they go into the store as proposals,
    which change nothing until somebody approves them.

    \b
    Example:
      workbench apply review.xlf -o article.es.docx --propose
    """
    from workbench.documents.document import Choices
    from workbench.workbench import Workbench

    bench = Workbench()
    choices = Choices(columns, fields, encoding, again=True)
    count, found = bench.apply(reviewed, output, document, format_, choices)
    click.echo(f"{count} segments written to {output}", err=True)
    for correction in found:
        name = correction.entry or "not in the glossary"
        click.echo(f"{correction.source}: {correction.old} → {correction.new} ({name}), {correction.times}×")
    if propose and found:
        made = bench.propose_corrections(reviewed, options.desk(db, author), options.chosen(glossaries))
        click.echo(f"{len(made)} proposed; approve them with: workbench glossary approve {' '.join(made)}", err=True)
