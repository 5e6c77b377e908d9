"""`workbench glossary stats`: how much there is, and how far each language is covered."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options

if TYPE_CHECKING:
    from workbench.glossary.coverage import Coverage
    from workbench.glossary.model import Glossary

WIDTH = 30  # characters of a bar
EIGHTHS = " ▏▎▍▌▋▊▉"
COLUMNS = ("preferred", "admitted", "deprecated", "superseded", "forbidden")


@click.command("stats")
@click.argument("glossary", metavar="[PATH|NAME|URL]", required=False)
@click.option("--lang", "languages", multiple=True, metavar="LANG", help="Only this language. May be repeated.")
@options.db
@options.as_json
def stats_(glossary: str | None, languages: tuple[str, ...], db: str | None, as_json: bool) -> None:
    """Count a glossary (default: the store): entries by kind and review, terms by status, and how many of the
    entries have a form in each language.

    \b
    Example:
      workbench glossary stats south-caucasus
    """
    from workbench.glossary.coverage import coverage
    from workbench.languages import language

    whole = options.glossary_of(glossary, db)
    counted, covered = _counted(whole), coverage(whole, [language(code) for code in languages])
    if as_json:
        options.say_json({**counted, "coverage": [asdict(c) for c in covered]})
        return
    for name, value in counted.items():
        said = value if isinstance(value, int) else ", ".join(f"{word} {count}" for word, count in value.items())
        click.echo(f"{name:>9}  {said or 0}")
    for line in _table(covered):
        click.echo(line)


def _counted(glossary: Glossary) -> dict[str, Any]:
    terms = [term for entry in glossary.entries for term in entry.terms]
    groups = {
        "kinds": Counter(entry.kind.value for entry in glossary.entries),
        "review": Counter(entry.review.value for entry in glossary.entries),
        "languages": Counter(code for entry in glossary.entries for code in {term.language for term in entry.terms}),
        "statuses": Counter(term.status.value for term in terms),
    }
    return {
        "entries": len(glossary),
        "terms": len(terms),
        "variants": sum(len(term.variants) for term in terms),
        **{name: dict(counter.most_common()) for name, counter in groups.items()},
    }


def _table(covered: tuple[Coverage, ...]) -> list[str]:
    """A bar for each language, and the numbers beside it."""
    if not covered:
        return []
    lines = ["", f"{'':>5}{'covered':<{WIDTH + 8}}{'missing':>9}{'variants':>9}" + "".join(f"{c:>11}" for c in COLUMNS)]
    for c in covered:
        numbers = "".join(f"{c.terms.get(status, 0) or '·':>11}" for status in COLUMNS)
        lines.append(
            f"{c.language:>4} {_bar(c.share)} {c.share:>6.1%} {c.missing or '·':>8}{c.variants or '·':>9}{numbers}"
        )
    return lines


def _bar(share: float) -> str:
    full, eighths = divmod(round(share * WIDTH * 8), 8)
    return ("█" * full + (EIGHTHS[eighths] if eighths else "")).ljust(WIDTH, "░")
