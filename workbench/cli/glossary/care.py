"""`workbench glossary lint`: whether a glossary is sound, and the mends that need no person."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from workbench.cli import options
from workbench.errors import InputError


@click.command("lint")
@click.argument("glossary", metavar="[PATH|NAME|URL]", required=False)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="LANG",
    help="A language that every entry must have. May be repeated; default: those that most have.",
)
@click.option("--rule", "rules", multiple=True, metavar="NAME", help="Only findings of this rule. May be repeated.")
@click.option("--fix", is_flag=True, help="Make the safe mends in the store, as one revision; the rest is told.")
@options.dry_run
@options.author
@options.db
@options.as_json
def lint_(
    glossary: str | None,
    languages: tuple[str, ...],
    rules: tuple[str, ...],
    fix: bool,
    dry_run: bool,
    author: str | None,
    db: str | None,
    as_json: bool,
) -> None:
    """Check a glossary itself (default: the store): the same form in two entries, names that read alike,
    look-alike letters, contradictions, untidy text, missing languages. Exit code 1 when there are findings.

    \b
    Examples:
      workbench glossary lint south-caucasus --lang en --lang ru
      workbench glossary lint --fix --dry-run
    """
    from workbench.glossary.duplicates import Hearing
    from workbench.glossary.lint import lint
    from workbench.languages import language
    from workbench.names.comparison import same_name
    from workbench.names.keys import keys

    if fix and (glossary is not None or rules):
        raise InputError("--fix mends the whole store; leave out the glossary and --rule, or give the store as --db")
    if fix and not dry_run:
        desk = options.desk(db, author)
        before = desk.store.revision()
        revision = desk.mend()
        click.echo(f"mended: revision {revision}" if revision != before else "nothing to mend", err=True)
    wanted = [language(code) for code in languages] or None
    hearing = Hearing(keys, lambda one, other: same_name(one, other).same)
    found = [f for f in lint(options.glossary_of(glossary, db), wanted, hearing) if not rules or f.rule in rules]
    found = [f for f in found if f.safe] if fix and dry_run else found
    if as_json:
        options.say_json([{**asdict(finding), "safe": finding.safe} for finding in found])
    else:
        for f in found:
            place = f"{f.entry}  {f.language} {f.text}".rstrip()
            click.echo(f"{place}: {f.rule}: {f.what}; {f.mend}")
        click.echo(f"{len(found)} {'would be mended' if fix and dry_run else 'findings'}", err=True)
    sys.exit(1 if found else 0)
