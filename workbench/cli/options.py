"""Options that several commands share, and files read and written the same way everywhere."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.errors import InputError
from workbench.fileformats import decode_text, read_text

if TYPE_CHECKING:
    from workbench.glossary.desk import Desk
    from workbench.glossary.model import Glossary

source = click.option("--from", "source", metavar="LANG", help="Source language, as en; detected when left out.")
source_required = click.option("--from", "source", metavar="LANG", required=True, help="Source language, as en.")
target = click.option("--to", "target", metavar="LANG", required=True, help="Target language, as es.")
glossary = click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="PATH|NAME|URL",
    help="A glossary, or a store; may be repeated. Default: all bundled ones.",
)
db = click.option(
    "--db",
    envvar="WORKBENCH_DB",
    metavar="PATH|URL",
    help="The store: a file, or postgresql://… Default: $WORKBENCH_DB, else a file in your data folder.",
)


class _Moment(click.ParamType):
    """A revision, or a date and time in ISO 8601; without zone it is local."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int | datetime:
        if isinstance(value, (int, datetime)):
            return value
        try:
            return int(value) if value.isdecimal() else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is neither a revision nor a date, like 12 or 2026-05-31T18:00", param, context)


at = click.option(
    "--at", type=_Moment(), metavar="REVISION|DATE", help="The store as it stood after this revision, or at this time."
)
author = click.option(
    "--author",
    envvar="WORKBENCH_AUTHOR",
    metavar="NAME",
    help="Who makes the change. Default: $WORKBENCH_AUTHOR, the settings, or your login.",
)
dry_run = click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
why = click.option("--why", default="", metavar="TEXT", help="The reason, for the history.")
base = click.option(
    "--base", type=int, metavar="REVISION", help="Refuse when an entry was changed after this revision."
)
style = click.option("--style", metavar="NAME", help="A house style of the glossary, as ian.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
CHANGE = (dry_run, base, why, author, db, as_json)

Command = Callable[..., Any]


def chosen(glossaries: tuple[str, ...], none: bool = False) -> list[str] | None:
    """As the façade wants it: None for the bundled ones, empty for none."""
    return [] if none else list(glossaries) or None


def by(author: str | None) -> str:
    """The author of a change."""
    from workbench import settings

    return author or settings.author()


def desk(db: str | None, author: str | None) -> Desk:
    """The store as this person may use it: every change of a command goes through it."""
    from workbench.glossary.desk import Desk
    from workbench.glossary.people import identify
    from workbench.glossary.store import Store
    from workbench.settings import setting

    store, key = Store(db), setting("key")
    named = author or setting("author")
    return Desk(store, identify(store, named if key and not named else by(author), key))


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of the store is told: how, by whom, where."""

    dry_run: bool
    base: int | None
    why: str
    author: str | None
    db: str | None
    as_json: bool

    def desk(self) -> Desk:
        return desk(self.db, self.author)


def change(command: Command) -> Command:
    """`change`, a Change, for the command."""

    @functools.wraps(command)
    def told(
        dry_run: bool, base: int | None, why: str, author: str | None, db: str | None, as_json: bool, **rest: Any
    ) -> Any:
        return command(change=Change(dry_run, base, why, author, db, as_json), **rest)

    return _all(told, *CHANGE)


def glossary_of(reference: str | None, db: str | None, at: int | datetime | None = None) -> Glossary:
    """A glossary by path, name or URL; None: the store."""
    from workbench.glossary.reading import is_store, load

    if reference is not None and at is None:
        return load(reference)
    if reference is not None and not is_store(reference):
        raise InputError(f"'{reference}' has no revisions; --at is for a store")
    from workbench.glossary.store import Store

    return Store(reference or db).glossary(at)


def read(name: str) -> str:
    """A file's text, or standard input for `-`."""
    if name == "-":
        return decode_text(sys.stdin.buffer.read(), "standard input")
    return read_text(Path(name))


def write(path: Path, text: str) -> None:
    """A whole file or none: written beside, then renamed."""
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def say_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def progress(what: str, unit: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar with the time left on standard error, when that is a terminal; otherwise None."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc=what, unit=f" {unit}", dynamic_ncols=True, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


# What decodes and how: engine, model, beam, no_glossary.
DECODING = (
    click.option("--engine", "backend", type=click.Choice(["ct2", "torch"]), default="ct2", show_default=True,
                 help="What decodes."),
    click.option("--model", metavar="PATH|NAME", help="A model folder, or one of `workbench models list`."),
    click.option("--beam", type=click.IntRange(1, 32), default=4, show_default=True, help="Beam size; 1 is greedy."),
    click.option("--no-glossary", is_flag=True, help="Plain machine translation."),
)  # fmt: skip
MEMORY = (
    click.option("--memory", multiple=True, metavar="TMX", help="Translations made before; may be repeated."),
    click.option("--threshold", type=click.FloatRange(0.5, 1.0), default=0.75, show_default=True,
                 help="Likeness from which a near match of the memory is used; 1 for exact ones alone."),
)  # fmt: skip
READING = (
    click.option("--column", "columns", multiple=True, metavar="NAME|N", help="Of tables; may be repeated."),
    click.option("--field", "fields", multiple=True, metavar="NAME", help="Of JSON Lines, as a.b; may be repeated."),
    click.option("--encoding", default="", metavar="NAME",
                 help="Of text files; default: UTF-8, or their byte order mark."),
)  # fmt: skip
again = click.option("--again", is_flag=True, help="Also what an XLIFF, TMX or PO file has a translation of.")


def task(command: Command) -> Command:
    """`task`, a Task without its target: how to translate, whatever it is."""

    @functools.wraps(command)
    def told(
        source: str | None, glossaries: tuple[str, ...], no_glossary: bool, style: str | None, backend: str,
        model: str | None, beam: int, memory: tuple[str, ...], threshold: float, **rest: Any,
    ) -> Any:  # fmt: skip
        from workbench.filework.single import Task

        named = chosen(glossaries, no_glossary)
        glossary = None if named is None else tuple(named)
        return command(task=Task("", source, glossary, style, backend, model, beam, memory, threshold), **rest)

    return _all(told, source, glossary, style, *DECODING, *MEMORY)


def reading(command: Command) -> Command:
    """`format_` and `choices`, Choices: how files are read."""

    @functools.wraps(command)
    def told(columns: tuple[str, ...], fields: tuple[str, ...], encoding: str, again: bool, **rest: Any) -> Any:
        from workbench.documents.document import Choices

        return command(choices=Choices(columns, fields, encoding, again), **rest)

    format_ = click.option(
        "--format", "format_", metavar="NAME", help="Of the files, as docx; default: by suffix and content."
    )
    return _all(told, format_, *READING, again)


def _all(command: Command, *options: Callable[[Command], Command]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
