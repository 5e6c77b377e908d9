"""`workbench glossary add`, `set`, `remove`, `restore`, `approve`, `reject`: changes of the store."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from workbench.cli import options
from workbench.errors import InputError
from workbench.glossary.model import Entry, Kind, Review, Status, Term, Type

TERM = "A term: LANG=TEXT, or with status and type: en:admitted:short=Mirzoian. May be repeated."
TEXTS = ("subject", "definition", "note")


def tidy(text: str) -> str:
    """NFC, trimmed, on one line, as files are read."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _spec(written: str) -> tuple[str, set[Status], set[Type], str]:
    """'en:short:admitted=Mirzoian' → its parts; empty sets where nothing is said."""
    from workbench import languages

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
        languages.language(language),
        {statuses[word] for word in words if word in statuses},
        {types[word] for word in words if word in types},
        tidy(text),
    )


def with_term(terms: tuple[Term, ...], written: str) -> tuple[Term, ...]:
    """With one more term, or with another status of one that is there.

    Without a status, the first of its type is preferred and later ones are admitted. A new preferred term
    makes the former one admitted.
    """
    language, said_status, said_type, text = _spec(written)
    type = next(iter(said_type), Type.FULL)
    group = [term for term in terms if (term.language, term.type) == (language, type)]
    same = next((term for term in group if term.text == text), None)
    taken = any(term.status is Status.PREFERRED and term is not same for term in group)
    default = same.status if same else Status.ADMITTED if taken else Status.PREFERRED
    status = next(iter(said_status), default)
    if status is Status.PREFERRED:
        terms = tuple(
            replace(t, status=Status.ADMITTED) if t in group and t.status is Status.PREFERRED else t for t in terms
        )
    if same is None:
        return (*terms, Term(language, text, status, type))
    return tuple(
        replace(t, status=status) if (t.language, t.type, t.text) == (language, type, text) else t for t in terms
    )


def _without_term(terms: tuple[Term, ...], written: str) -> tuple[Term, ...]:
    language, _, types, text = _spec(written)
    return tuple(t for t in terms if (t.language, t.text) != (language, text) or (types and t.type not in types))


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
    from workbench.glossary.store import Store

    store = Store(db)
    entry = _told(Entry(id), terms, facts)
    there = store.find([id]).get(id)
    if there and there.retired:
        raise InputError(f"'{id}' is in the trash; bring it back: workbench glossary restore {id}")
    if there and there.entry != entry:
        raise InputError(f"'{id}' is there already; change it: workbench glossary set {id}")
    before = store.revision()
    done(before, store.put([entry], options.by(author), why, before), f"added '{id}'", as_json)


@click.command("set")
@click.argument("id")
@_facts
@click.option("--drop", multiple=True, metavar="LANG=TEXT", help="Remove a term. May be repeated.")
@options.base
@options.why
@options.author
@options.db
@options.as_json
def set_(
    id: str,
    terms: tuple[str, ...],
    drop: tuple[str, ...],
    base: int | None,
    why: str,
    author: str | None,
    db: str | None,
    as_json: bool,
    **facts: Any,
) -> None:
    """Change the entry ID: what the options name; the rest stays.

    \b
    Examples:
      workbench glossary set yerevan --note "Capital of Armenia" --term es=Ereván
      workbench glossary set yerevan --term en:superseded=Erivan --drop en=Jerewan
    """
    from workbench.glossary.store import Store

    store = Store(db)
    here = store.get(id)
    if here.retired:
        raise InputError(f"'{id}' is in the trash; bring it back first: workbench glossary restore {id}")
    entry = here.entry
    for written in drop:
        entry = replace(entry, terms=_without_term(entry.terms, written))
    entry = _told(entry, terms, facts)
    base = here.revision if base is None else base
    done(here.revision, store.put([entry], options.by(author), why, base), f"changed '{id}'", as_json)


def _moving(name: str, said: str, help: str, move: Callable[..., int]) -> click.Command:
    """A command that does one thing to the entries that are named."""

    @click.command(name, help=f'{help}\n\n\b\nExample:\n  workbench glossary {name} yerevan --why "as agreed"')
    @click.argument("ids", metavar="ID...", nargs=-1, required=True)
    @options.base
    @options.why
    @options.author
    @options.db
    @options.as_json
    def command(
        ids: tuple[str, ...], base: int | None, why: str, author: str | None, db: str | None, as_json: bool
    ) -> None:
        from workbench.glossary.store import Store

        store = Store(db)
        before = store.revision()
        revision = move(store, ids, author=options.by(author), why=why, base=base)
        done(before, revision, f"{said} {', '.join(ids)}", as_json)

    return command


remove_ = _moving(
    "remove",
    "removed",
    "Put entries into the trash; their history stays.",
    lambda store, ids, **by: store.retire(ids, **by),
)
restore_ = _moving(
    "restore",
    "restored",
    "Take entries out of the trash, as they were.",
    lambda store, ids, **by: store.restore(ids, **by),
)
approve_ = _moving(
    "approve",
    "approved",
    "Approve entries, so that texts are translated by them.",
    lambda store, ids, **by: store.review(ids, Review.APPROVED, **by),
)
reject_ = _moving(
    "reject",
    "rejected",
    "Reject entries: they stay, and are not used.",
    lambda store, ids, **by: store.review(ids, Review.REJECTED, **by),
)
