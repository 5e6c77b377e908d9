"""Where glossaries come from and go to: a path with a known suffix, the name of a bundled one, or a store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from workbench import bundled
from workbench.errors import GlossaryError
from workbench.glossary.formats.fields import Collector, Refusal, meant
from workbench.glossary.model import Glossary

if TYPE_CHECKING:
    from workbench.glossary.store import Store

FORMATS = {".yaml": "yaml_tree", ".yml": "yaml_tree", ".tbx": "tbx", ".csv": "csv_table", ".tsv": "csv_table"}
STORE = ".db"
WRITABLE = (".yaml", ".yml", ".tbx")


def load(reference: str | Path) -> Glossary:
    """A file, a bundled glossary by its name: 'south-caucasus', or a store as it stands now: 'mine.db', a URL.

    Raises GlossaryError, or StoreError.
    """
    if is_store(reference):
        return _store(str(reference)).glossary()
    return _format(path := located(reference)).read(path)


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
    """A file read to its end: the sound entries, the line of each by id, and the entries that cannot be taken."""

    glossary: Glossary
    lines: dict[str, int]
    refusals: tuple[Refusal, ...]


def survey(reference: str | Path) -> Survey:
    """As `load`, but an entry that is wrong does not keep the others from being read."""
    if is_store(reference):
        return Survey(load(reference), {}, ())
    collector = Collector(path := located(reference), patient=True)
    glossary = _format(path).read(path, collector)
    return Survey(glossary, collector.lines, tuple(collector.refusals))


def located(reference: str | Path) -> Path:
    """The file of a reference; it may still be missing when the reference is a path."""
    path = Path(reference).expanduser()
    if path.suffix or len(path.parts) != 1:
        return path
    names = bundled_names()
    if path.name not in names:
        raise GlossaryError(
            f"no bundled glossary '{path.name}'; {meant(path.name, names) if names else 'none is installed'}"
            f" A file is given with its suffix ({', '.join(FORMATS)})"
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


def writable(out: str | Path) -> Path:
    """The path, when its suffix is of a format that can be written."""
    out = Path(out)
    if out.suffix.lower() not in WRITABLE:
        raise GlossaryError(f"{out}: cannot be written as '{out.suffix}' (known: {', '.join(WRITABLE)})")
    return out


def save(glossary: Glossary, out: str | Path) -> None:
    """Into a file in the format of its suffix."""
    out = writable(out)
    _format(out).write(glossary, out)


def _folder() -> Path:
    return Path(bundled.folder("glossaries"))


def _format(path: Path) -> ModuleType:
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise GlossaryError(f"{path}: no format for '{suffix}' (known: {', '.join(FORMATS)})")
    return import_module(f"workbench.glossary.formats.{FORMATS[suffix]}")
