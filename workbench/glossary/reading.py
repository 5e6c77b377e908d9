"""Where glossaries come from and go to: a path with a known suffix, the name of a bundled one, or a store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbench import bundled
from workbench.errors import GlossaryError
from workbench.glossary.formats import catalogue
from workbench.glossary.formats.catalogue import Format
from workbench.glossary.formats.fields import EVERYTHING, Collector, Given, Refusal, Scope, meant
from workbench.glossary.formats.losses import losses
from workbench.glossary.model import Glossary

if TYPE_CHECKING:
    from workbench.glossary.store import Store

STORE = ".db"


def load(reference: str | Path) -> Glossary:
    """A file, a bundled glossary by its name: 'south-caucasus', or a store as it stands now: 'mine.db', a URL.

    Raises GlossaryError, or StoreError.
    """
    if is_store(reference):
        return _store(str(reference)).glossary()
    path = located(reference)
    return _format(path).reader.read(path)


def is_store(reference: str | Path) -> bool:
    """A URL of a database, or a file that ends as stores do."""
    return "://" in str(reference) or Path(reference).suffix.lower() == STORE


def shown(reference: str | Path) -> str:
    """For a person: a URL without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", str(reference))


def stamp(reference: str | Path) -> tuple[int, int]:
    """Changes when the glossary does, without reading it; (0, 0) for a file that is not there."""
    if is_store(reference):
        return (_store(str(reference)).revision(), 0)
    try:
        facts = located(reference).stat()
    except OSError:
        return (0, 0)
    return (facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=8)
def _store(reference: str) -> Store:
    """One that is there; reading makes none."""
    from workbench.glossary.store import Store  # SQLAlchemy only where a store is meant

    if "://" not in reference and not Path(reference).expanduser().is_file():
        raise GlossaryError(f"{reference}: no such file; check the path")
    return Store(reference)


@dataclass(frozen=True)
class Survey:
    """A file read to its end: the sound entries, the line of each by id, and the entries that cannot be taken.

    `remarks`: what a person should know of the reading, as a guessed encoding or a column kept in the notes.
    """

    glossary: Glossary
    lines: dict[str, int]
    refusals: tuple[Refusal, ...]
    remarks: tuple[str, ...] = ()
    format: str = ""
    scope: Scope = EVERYTHING


def survey(reference: str | Path, format: str = "", given: Given = Given()) -> Survey:
    """As `load`, but an entry that is wrong does not keep the others from being read.

    `format`: a name of `catalogue.FORMATS`; '': found out.
    """
    if is_store(reference):
        return Survey(load(reference), {}, ())
    chosen = catalogue.named(format) if format else _format(located(reference), given)
    collector = Collector(path := located(reference), patient=True, given=given)
    glossary = chosen.reader.read(path, collector)
    return Survey(
        glossary, collector.lines, tuple(collector.refusals), collector.told, chosen.name, collector.scope
    )  # fmt: skip


def located(reference: str | Path) -> Path:
    """The file of a reference; it may still be missing when the reference is a path."""
    path = Path(reference).expanduser()
    if path.suffix or len(path.parts) != 1:
        return path
    names = bundled_names()
    if path.name not in names:
        raise GlossaryError(
            f"no bundled glossary '{path.name}'; {meant(path.name, names) if names else 'none is installed'}"
            f" A file is given with its suffix ({', '.join(catalogue.READ_SUFFIXES)})"
        )
    return _folder() / f"{path.name}.yaml"


def bundled_names() -> list[str]:
    """In alphabetical order."""
    folder = _folder()
    return sorted(path.stem for path in folder.glob("*.yaml")) if folder.is_dir() else []


def convert(source: str | Path, out: str | Path) -> Glossary:
    """Write a glossary in the format of another suffix; the glossary that was written."""
    writable(out)
    glossary = load(source)
    save(glossary, out)
    return glossary


def writable(out: str | Path, format: str = "") -> Path:
    """The path, when the format, or else that of its suffix, can be written."""
    out = Path(out)
    catalogue.to_write(out, format)
    return out


class Written(NamedTuple):
    """`lost`: what the format has no place for, counted; `remarks`: what a person should know of the file."""

    format: str
    lost: tuple[str, ...]
    remarks: tuple[str, ...]


def save(glossary: Glossary, out: str | Path, format: str = "", given: Given = Given()) -> Written:
    """Into a file in the named format, else in that of its suffix."""
    out = Path(out)
    chosen = catalogue.to_write(out, format)
    remarks = chosen.reader.write(glossary, out, given)
    return Written(chosen.name, losses(glossary, held(glossary, chosen, out, given)), remarks)


def held(glossary: Glossary, format: Format, out: Path, given: Given = Given()) -> Glossary:
    """What the format gives back of a glossary: the whole where it has a place for everything."""
    kept = getattr(format.reader, "kept", None)
    return kept(glossary, out, given) if kept else glossary


def _folder() -> Path:
    return Path(bundled.folder("glossaries"))


def _format(path: Path, given: Given = Given()) -> Format:
    return catalogue.detected(path, given)
