"""`workbench glossary search`: what there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options
from workbench.glossary.model import Entry, Kind, Review, Status, Type

if TYPE_CHECKING:
    from workbench.glossary.revisions import Hit


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
    """Find the entries of the store that say TEXT: in a name, a variant, a definition, a note, a source.

    Capitals, Latin diacritics and the script do not matter: Latin letters find Armenian, Cyrillic, Georgian.
    What sounds alike comes last; parts of words and misspellings are looked for when nothing else is found.
    Without TEXT, every entry that the options let through.

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
            [
                {"revision": h.revision, "matched": h.matched, "retired": h.retired, **_waiting(h), **record(h.entry)}
                for h in hits
            ]
        )
        return
    for hit in hits:
        waits = "  [a proposal waits]" if hit.proposal and hit.proposal.review is Review.PROPOSED else ""
        click.echo(shortly(hit.entry) + waits + (f"  ← {hit.matched}" if hit.matched else ""))
    if not hits:
        click.echo("no entry found", err=True)


def _waiting(hit: Hit) -> dict[str, Any]:
    return {"proposal": record(hit.proposal)} if hit.proposal else {}
