"""`workbench glossary merge`, `split`: two entries made one, one made two."""

from __future__ import annotations

import click

from workbench.cli import options
from workbench.cli.glossary.change import done, show_changes
from workbench.cli.glossary.facts import Locale, in_locale, locale_of, the_term, tidy
from workbench.errors import InputError
from workbench.glossary.model import Entry


@click.command("merge")
@click.argument("keep", metavar="ID")
@click.argument("away", metavar="OTHER")
@options.change
def merge_(keep: str, away: str, change: options.Change) -> None:
    """Join the entry OTHER into ID: forms, variants and notes of both; where they contradict each other, ID is
    right. OTHER goes into the trash and remains an alias of ID. `undo` takes both back.

    \b
    Example:
      workbench glossary merge yerevan erevan --dry-run
    """
    from workbench.glossary.joining import merged

    desk = change.desk()
    before = desk.store.revision()
    if change.dry_run:
        one, other = (desk.store.get(id).entry for id in (keep, away))
        show_changes([(one, merged(one, other))], change.as_json)
        return
    done(before, desk.merge(keep, away, change.why, change.base), f"merged '{away}' into '{keep}'", change.as_json)


@click.command("split")
@click.argument("id")
@click.argument("new")
@click.option("--term", "terms", multiple=True, metavar="LANG=TEXT", help="A term for NEW. May be repeated.")
@click.option("--copy", "copies", multiple=True, metavar="LANG=TEXT", help="A term for both. May be repeated.")
@options.change
def split_(
    id: str,
    new: str,
    terms: tuple[str, ...],
    copies: tuple[str, ...],
    change: options.Change,
) -> None:
    """Make two entries of ID: the terms that are named become the entry NEW. `undo` takes both back.

    \b
    Example:
      workbench glossary split georgia georgia-state --term en="State of Georgia" --copy ru=Джорджия
    """
    from workbench.glossary.joining import split

    if not terms and not copies:
        raise InputError(f"say which terms '{new}' gets: --term LANG=TEXT, or --copy for both")
    desk = change.desk()
    before, here = desk.store.revision(), desk.store.get(id)
    there = desk.store.find([new]).get(new)
    if there and not there.retired and _made(here.entry, there.entry, terms, copies):
        done(before, before, "", change.as_json)
        return
    moved, copied = ([the_term(here.entry, written) for written in said] for said in (terms, copies))
    if change.dry_run:
        rest, part = split(here.entry, new, moved, copied)
        show_changes([(here.entry, rest), (Entry(new), part)], change.as_json)
        return
    done(
        before,
        desk.split(id, new, moved, copied, change.why, change.base),
        f"split '{new}' from '{id}'",
        change.as_json,
    )


def _made(old: Entry, new: Entry, terms: tuple[str, ...], copies: tuple[str, ...]) -> bool:
    """Whether the same split was made before."""
    moved, copied = ([_named(written) for written in said] for said in (terms, copies))
    there = all(in_locale(new.terms, *name) for name in (*moved, *copied))
    gone = not any(in_locale(old.terms, *name) for name in moved)
    return there and gone and len({*moved, *copied}) == len(new.terms)


def _named(written: str) -> tuple[Locale, str]:
    head, _, text = written.partition("=")
    return locale_of(head.partition(":")[0], written), tidy(text)
