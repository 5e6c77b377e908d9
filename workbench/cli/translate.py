"""`workbench translate`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from workbench.cli import options


@click.command("translate")
@click.argument("file", metavar="FILE|-")
@options.source
@options.target
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write; default: standard output."
)
@options.glossary
@options.style
@click.option("--engine", type=click.Choice(["ct2", "torch"]), default="ct2", show_default=True, help="What decodes.")
@click.option("--model", metavar="PATH|NAME", help="A model folder, or one of `workbench models list`.")
@click.option("--beam", type=click.IntRange(1, 32), default=4, show_default=True, help="Beam size; 1 is greedy.")
@click.option("--no-glossary", is_flag=True, help="Plain machine translation.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write an account of every term (JSON)."
)
def command(
    file: str,
    source: str | None,
    target: str,
    output: Path | None,
    glossaries: tuple[str, ...],
    style: str | None,
    engine: str,
    model: str | None,
    beam: int,
    no_glossary: bool,
    report: Path | None,
) -> None:
    """Translate FILE (or standard input) with every name and term in its chosen form.

    \b
    Examples:
      workbench translate article.txt --from en --to es
      cat article.txt | workbench translate - --to es --style yan --report terms.json
    """
    from workbench.report import report_json, summary_lines
    from workbench.workbench import Workbench

    text = options.read(file)
    for path in (output, report):
        if path is not None and file != "-" and path.exists() and path.samefile(file):
            raise click.UsageError(f"{path} is the input; write somewhere else")
    with options.progress("translating", "sentences") as progress:
        made = Workbench().translate(
            text, source, target, options.chosen(glossaries, no_glossary), style, engine, model, beam, progress
        )
    if output is None:
        click.echo(made.text, nl=not made.text.endswith("\n"))
    else:
        options.write(output, made.text)
    if report is not None:
        options.write(report, json.dumps(report_json(made), ensure_ascii=False, indent=2) + "\n")
    for line in summary_lines(made):
        click.echo(line, err=True)
