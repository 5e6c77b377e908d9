"""Options that several commands share, and files read and written the same way everywhere."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from workbench.fileformats import decode_text, read_text

source = click.option("--from", "source", metavar="LANG", help="Source language, as en; detected when left out.")
source_required = click.option("--from", "source", metavar="LANG", required=True, help="Source language, as en.")
target = click.option("--to", "target", metavar="LANG", required=True, help="Target language, as es.")
glossary = click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    metavar="PATH|NAME",
    help="A glossary; may be repeated. Default: all bundled ones.",
)
style = click.option("--style", metavar="NAME", help="A house style of the glossary, as ian.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def chosen(glossaries: tuple[str, ...], none: bool = False) -> list[str] | None:
    """As the façade wants it: None for the bundled ones, empty for none."""
    return [] if none else list(glossaries) or None


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
