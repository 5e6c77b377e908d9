"""`workbench translate`."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import options

if TYPE_CHECKING:
    from workbench.documents.document import Choices
    from workbench.filework.single import Task

BINARY = ("docx", "pptx", "odt")


@click.command("translate")
@click.argument("file", metavar="FILE|-")
@options.target
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write; default: standard output."
)
@options.task
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write an account of every term (JSON)."
)
@click.option("--bilingual", type=click.Path(path_type=Path, dir_okay=False), help="For a reviewer: .xlf or .tmx.")
@options.reading
@click.option(
    "--rules", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="ITS rules for an HTML file (XML)."
)
def command(
    file: str,
    target: str,
    output: Path | None,
    task: Task,
    report: Path | None,
    bilingual: Path | None,
    format_: str | None,
    choices: Choices,
    rules: Path | None,
) -> None:
    """Translate FILE (or standard input) with every name and term in its chosen form.

    FILE may be plain text, Markdown, HTML, Word, PowerPoint, OpenDocument, XLIFF, PO, SRT, WebVTT, TMX,
    CSV, TSV or JSON Lines: what comes out is the same file in the other language.

    \b
    Examples:
      workbench translate article.txt --from en --to es
      workbench translate article.docx --to es -o article.es.docx --bilingual review.xlf
      cat article.txt | workbench translate - --to es --style yan --report terms.json
    """
    task = replace(task, target=target)
    choices = replace(choices, rules=rules.read_bytes() if rules else b"")
    if file != "-":
        _file(Path(file), output, task, format_, choices, bilingual, report)
    elif bilingual is not None:
        raise click.UsageError("--bilingual names the document, and standard input has no name; give a file")
    elif format_ or task.memory or any(astuple(choices)):
        with tempfile.TemporaryDirectory() as folder:
            held = Path(folder) / "standard input"
            held.write_bytes(sys.stdin.buffer.read())
            _file(held, output, task, format_ or "txt", choices, None, report)
    else:
        _text(task, output, report)


def _text(task: Task, output: Path | None, report: Path | None) -> None:
    """Standard input as one text."""
    from workbench.filework.report import report_json, summary_lines
    from workbench.workbench import Workbench

    text = options.read("-")
    with options.progress("translating", "sentences") as progress:
        made = Workbench().translate(
            text, task.source, task.target, task.glossaries, task.style, task.backend, task.model, task.beam, progress
        )
    if output is None:
        click.echo(made.text, nl=not made.text.endswith("\n"))
    else:
        options.write(output, made.text)
    if report is not None:
        _save(report, report_json(made))
    for line in summary_lines(made):
        click.echo(line, err=True)


def _file(
    file: Path,
    output: Path | None,
    task: Task,
    format_: str | None,
    choices: Choices,
    bilingual: Path | None,
    report: Path | None,
) -> None:
    from workbench.filework import accounts, single
    from workbench.workbench import Workbench

    for path in (output, bilingual, report):
        if path is not None and path.exists() and file.exists() and path.samefile(file):
            raise click.UsageError(f"{path} is the input; write somewhere else")
    kind = single.kind_of_file(file, format_)
    if output is None and kind.name in BINARY:
        raise click.UsageError(f"a {kind.name} file cannot go to a terminal; say where to write it: -o FILE")
    with tempfile.TemporaryDirectory() as folder, options.progress("translating", "segments") as progress:
        place = output or Path(folder) / "made"
        account = Workbench().translate_file(
            file, place, task, kind.name, choices, bilingual, report is not None,
            progress and (lambda done: progress(done, done)),
        )  # fmt: skip
        if output is None:
            sys.stdout.buffer.write(place.read_bytes())
            sys.stdout.flush()
    if report is not None:
        _save(report, accounts.account_json(account))
    for line in accounts.lines(account):
        click.echo(line, err=True)


def _save(path: Path, value: dict) -> None:
    options.write(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")
