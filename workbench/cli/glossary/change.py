"""`workbench glossary add`, `set`: what entries say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options
from workbench.cli.glossary.choice import choices, settled
from workbench.cli.glossary.facts import Locale, filter_of, in_locale, locale_of, meant, the_term, tidy, with_fact
from workbench.errors import InputError
from workbench.glossary.model import Entry, Kind, Review, Status, Term, Type

if TYPE_CHECKING:
    from workbench.glossary.desk import Desk
    from workbench.glossary.finding import Filter

where = click.option(
    "--where",
    "conditions",
    multiple=True,
    metavar="NAME=VALUE",
    help="Instead of IDs: entries with text, lang, status, type, kind or review. May be repeated; all must hold.",
)
FACT = "A field: note=TEXT, keep=yes, variants+=Erivan, forms+=gen:Еревана, sources-=BBC. May be repeated."
TERM = "A term: LANG=TEXT, or with status and type: en:admitted:short=Mirzoian, en-GB=Colour. May be repeated."
TEXTS = ("subject", "definition", "note")


def _spec(written: str) -> tuple[Locale, set[Status], set[Type], str]:
    """'en:short:admitted=Mirzoian' → its parts; empty sets where nothing is said."""
    head, equals, text = written.partition("=")
    language, *words = head.split(":")
    if not equals or not tidy(text):
        raise InputError(f"'{written}' is not a term; write it like en=Yerevan or en:admitted:short=Mirzoian")
    statuses, types = {s.value: s for s in Status}, {t.value: t for t in Type}
    for word in words:
        if word not in statuses and word not in types:
            raise InputError(
                f"'{word}' in '{written}' is neither a status nor a type ({', '.join((*statuses, *types))})"
            )
    return (
        locale_of(language, written),
        {statuses[word] for word in words if word in statuses},
        {types[word] for word in words if word in types},
        tidy(text),
    )


def with_term(terms: tuple[Term, ...], written: str) -> tuple[Term, ...]:
    """With one more term, or with another status of one that is there.

    Without a status, the first of its type is preferred and later ones are admitted. A new preferred term
    makes the former one admitted.
    """
    (language, tag), said_status, said_type, text = _spec(written)
    type = next(iter(said_type), Type.FULL)
    group = [term for term in terms if (term.locale, term.type) == (tag or language, type)]
    same = next((term for term in group if term.text == text), None)
    taken = any(term.status is Status.PREFERRED and term is not same for term in group)
    default = same.status if same else Status.ADMITTED if taken else Status.PREFERRED
    status = next(iter(said_status), default)
    if status is Status.PREFERRED:
        terms = tuple(
            replace(t, status=Status.ADMITTED) if t in group and t is not same and t.status is Status.PREFERRED else t
            for t in terms
        )
    if same is None:
        return (*terms, Term(language, text, status, type, tag=tag))
    return tuple(replace(t, status=status) if t is same else t for t in terms)


def _without_term(terms: tuple[Term, ...], written: str) -> tuple[Term, ...]:
    locale, _, types, text = _spec(written)
    named = in_locale(terms, locale, text)
    return tuple(t for t in terms if t not in named or (types and t.type not in types))


def _facts(command: Callable[..., None]) -> Callable[..., None]:
    """Options for what an entry says."""
    for option in (
        click.option("--term", "terms", multiple=True, metavar="LANG=TEXT", help=TERM),
        click.option("--kind", type=click.Choice([k.value for k in Kind]), help="What it is. Default: term."),
        click.option("--gender", type=click.Choice(["m", "f", ""]), help="Of a person."),
        click.option("--keep/--no-keep", default=None, help="Do not translate: the source form stands everywhere."),
        *(click.option(f"--{name}", metavar="TEXT", help=f"Its {name}.") for name in TEXTS),
        click.option("--review", type=click.Choice([r.value for r in Review]), help="Default: approved."),
    ):
        command = option(command)
    return command


def _told(entry: Entry, terms: tuple[str, ...], facts: dict[str, Any]) -> Entry:
    """The entry with what the options say."""
    said = {name: value for name, value in facts.items() if value is not None}
    for name, words in (("kind", Kind), ("review", Review)):
        if name in said:
            said[name] = words(said[name])
    said.update({name: tidy(said[name]) for name in TEXTS if name in said})
    entry = replace(entry, **said)
    for written in terms:
        entry = replace(entry, terms=with_term(entry.terms, written))
    return entry


def done(before: int, revision: int, what: str, as_json: bool) -> None:
    """Say what became of a change."""
    changed = revision != before
    if as_json:
        options.say_json({"revision": revision, "changed": changed})
    else:
        click.echo(f"{what}: revision {revision}" if changed else f"nothing to change (revision {revision})", err=True)


@click.command("add")
@click.argument("id")
@_facts
@options.why
@options.author
@options.db
@options.as_json
def add_(
    id: str, terms: tuple[str, ...], why: str, author: str | None, db: str | None, as_json: bool, **facts: Any
) -> None:
    """Add the entry ID to the store. The same once more changes nothing.

    \b
    Example:
      workbench glossary add yerevan --kind place --term en=Yerevan --term ru=Ереван
    """
    desk = options.desk(db, author)
    store, entry = desk.store, _told(Entry(id), terms, facts)
    there = store.find([id]).get(id)
    if there and there.heir:
        raise InputError(f"'{id}' was merged into '{there.heir}'; change that, or take another id")
    if there and there.retired:
        raise InputError(f"'{id}' is in the trash; bring it back: workbench glossary restore {id}")
    if there and entry not in (there.entry, replace(there.entry, review=entry.review)):
        raise InputError(f"'{id}' is there already; change it: workbench glossary set {id}")
    before = store.revision()
    revision = before if there else desk.put([entry], why, before)
    done(before, revision, f"added '{id}'", as_json)


@click.command("set")
@click.argument("id", required=False)
@_facts
@click.option("--drop", multiple=True, metavar="LANG=TEXT", help="Remove a term. May be repeated.")
@click.option("--of", metavar="LANG=TEXT", help="The term that --fact is about; without, it is about the entry.")
@click.option("--fact", "changes", multiple=True, metavar="FIELD=VALUE", help=FACT)
@click.option("--proposal", is_flag=True, help="Change the proposal that waits on the entry.")
@where
@choices
@options.change
def set_(
    id: str | None,
    of: str | None,
    proposal: bool,
    conditions: tuple[str, ...],
    choice: str | None,
    change: options.Change,
    **wishes: Any,
) -> None:
    """Change the entry ID; what is not named stays as it is. The same once more changes nothing.

    With --where instead of ID: all entries that fit; a --fact is then about their terms, when the conditions
    name lang, status or type.

    \b
    Examples:
      workbench glossary set yerevan --note "Capital of Armenia" --term es=Ereván
      workbench glossary set yerevan --term en:superseded=Erivan --drop en=Jerewan
      workbench glossary set yerevan --of ru=Ереван --fact gender=m --fact variants+=Эривань
      workbench glossary set --where lang=en --where status=admitted --fact status=deprecated --dry-run
    """
    desk = change.desk()
    before = desk.store.revision()
    text, filter = filter_of(conditions) if conditions else ("", None)
    changed = []
    for name in meant(desk.store, (id,) if id else (), conditions):
        was = _to_change(desk, name, proposal)
        entry = _changed(was, of, filter, **wishes)
        if entry != was:
            changed.append((was, entry))
    if change.dry_run:
        show_changes(changed, change.as_json)
        return
    entries = [entry for _, entry in changed]
    base = before if change.base is None else change.base
    revision = before
    if entries:
        revision = settled(desk, lambda: desk.put(entries, change.why, base), choice, change.why, change.as_json)
    done(before, revision, f"changed '{id}'" if id else f"changed {len(entries)} entries", change.as_json)


def _to_change(desk: Desk, id: str, proposal: bool) -> Entry:
    here = desk.store.get(id)
    if here.retired:
        raise InputError(f"'{id}' is in the trash; bring it back first: workbench glossary restore {id}")
    waits = here.proposal is not None and here.proposal.review is Review.PROPOSED
    if here.proposal and waits and (proposal or not desk.may("change")):
        return here.proposal
    if waits:
        raise InputError(
            f"a proposal waits on '{id}'; first workbench glossary approve {id}, or reject, or change it: --proposal"
        )
    return here.entry


def _changed(
    entry: Entry,
    of: str | None,
    filter: Filter | None,
    terms: tuple[str, ...],
    drop: tuple[str, ...],
    changes: tuple[str, ...],
    **facts: Any,
) -> Entry:
    for written in drop:
        entry = replace(entry, terms=_without_term(entry.terms, written))
    entry = _told(entry, terms, facts)
    chosen = [the_term(entry, of)] if of else []
    if filter and filter.of_terms:
        chosen = [term for term in entry.terms if filter.passes(term)]
    for written in changes:
        if not of and not (filter and filter.of_terms):
            entry = with_fact(entry, written)
            continue
        new = {term: with_fact(term, written) for term in chosen}
        entry = replace(entry, terms=tuple(new.get(term, term) for term in entry.terms))
        chosen = list(new.values())
    return entry


def show_changes(changed: list[tuple[Entry, Entry]], as_json: bool) -> None:
    """Entries before and after, a line for each difference; nothing is written."""
    from workbench.glossary.difference import difference

    rows = [(new.id, d) for old, new in changed for d in difference(old, new)]
    if as_json:
        options.say_json([{"id": id, "place": d.place, "before": d.before, "after": d.after} for id, d in rows])
        return
    for id, d in rows:
        click.echo(f"{id}  {d.place}: {d.before or '—'} → {d.after or '—'}")
    click.echo(f"{len(changed)} entries would be changed", err=True)
