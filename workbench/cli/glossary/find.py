"""`workbench glossary search`, `stats`: what there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options
from workbench.glossary.model import Entry, Kind, Review, Status, Type

if TYPE_CHECKING:
    from workbench.glossary.model import Glossary


def _words(words: type) -> click.Choice:
    return click.Choice([member.value for member in words])  # type: ignore[attr-defined]


def record(entry: Entry) -> dict[str, Any]:
    """An entry as JSON has it: only what differs from the defaults."""
    from workbench.glossary.records import entry_text

    made: dict[str, Any] = json.loads(entry_text(entry))
    return made


def shortly(entry: Entry) -> str:
    """An entry on one line: its preferred forms, and what is unusual about it."""
    languages = dict.fromkeys(term.language for term in entry.terms)
    forms = [f"{code} {term.text}" for code in languages if (term := entry.preferred(code))]
    review = "" if entry.approved else f"  [{entry.review.value}]"
    return f"{entry.id}  ({entry.kind.value})  {', '.join(forms)}{review}"


@click.command("search")
@click.argument("text", default="")
@click.option("--lang", "language", metavar="LANG", help="Only terms of this language, as ru.")
@click.option("--status", type=_words(Status), help="Only terms with this status.")
@click.option("--type", "term_type", type=_words(Type), help="Only terms of this type.")
@click.option("--kind", type=_words(Kind), help="Only entries of this kind.")
@click.option("--review", type=_words(Review), help="Only entries that are proposed, approved or rejected.")
@click.option("--trash", is_flag=True, help="Only entries in the trash.")
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, metavar="NUMBER", help="At most so many."
)
@options.db
@options.as_json
def search_(
    text: str,
    language: str | None,
    status: str | None,
    term_type: str | None,
    kind: str | None,
    review: str | None,
    trash: bool,
    limit: int,
    db: str | None,
    as_json: bool,
) -> None:
    """Find the entries of the store with a spelling that begins with TEXT or holds it.

    Capitals and Latin diacritics do not matter. Without TEXT, every entry that the options let through.

    \b
    Examples:
      workbench glossary search пашинян
      workbench glossary search --review proposed
    """
    from workbench import languages
    from workbench.glossary.finding import Filter
    from workbench.glossary.store import Store

    hits = Store(db).search(
        text,
        Filter(
            languages.language(language) if language else None,
            Status(status) if status else None,
            Type(term_type) if term_type else None,
            Kind(kind) if kind else None,
            Review(review) if review else None,
            trash,
        ),
        limit,
    )
    if as_json:
        options.say_json(
            [{"revision": h.revision, "matched": h.matched, "retired": h.retired, **record(h.entry)} for h in hits]
        )
        return
    for hit in hits:
        click.echo(shortly(hit.entry) + (f"  ← {hit.matched}" if hit.matched else ""))
    if not hits:
        click.echo("no entry found", err=True)


@click.command("stats")
@click.argument("glossary", metavar="[PATH|NAME|URL]", required=False)
@options.db
@options.as_json
def stats_(glossary: str | None, db: str | None, as_json: bool) -> None:
    """Count the entries of a glossary (default: the store), by kind, review, language and status of terms.

    \b
    Example:
      workbench glossary stats south-caucasus
    """
    counted = _counted(options.glossary_of(glossary, db))
    if as_json:
        options.say_json(counted)
        return
    for name, value in counted.items():
        said = value if isinstance(value, int) else ", ".join(f"{word} {count}" for word, count in value.items())
        click.echo(f"{name:>9}  {said or 0}")


def _counted(glossary: Glossary) -> dict[str, Any]:
    from collections import Counter

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
