"""`workbench check`."""

from __future__ import annotations

import sys

import click

from workbench.cli import options


@click.command("check")
@click.argument("source_file", metavar="SOURCE")
@click.argument("target_file", metavar="TARGET")
@options.source_required
@options.target
@options.glossary
@options.style
@options.as_json
def command(
    source_file: str,
    target_file: str,
    source: str,
    target: str,
    glossaries: tuple[str, ...],
    style: str | None,
    as_json: bool,
) -> None:
    """Check a finished translation against the glossary, line by line.

    Finds terms that are missing, forbidden, deprecated or written inconsistently. Exit code 1
    when there are findings, 0 when there are none.

    \b
    Example:
      workbench check article.txt article.es.txt --from en --to es
    """
    from workbench.filework.report import finding_json
    from workbench.workbench import Workbench

    findings = Workbench().check(
        options.read(source_file), options.read(target_file), source, target, options.chosen(glossaries), style
    )
    if as_json:
        options.say_json([finding_json(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{target_file}:{finding.line}: {finding.kind}: {finding.message} ({finding.entry})")
        click.echo(f"{len(findings)} finding{'' if len(findings) == 1 else 's'}", err=True)
    sys.exit(1 if findings else 0)
