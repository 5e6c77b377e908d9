"""Where glossaries come from and go to: a path with a known suffix, or the name of a bundled one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from workbench import bundled
from workbench.errors import GlossaryError
from workbench.glossary.formats.fields import Collector, Refusal, meant
from workbench.glossary.model import Glossary

FORMATS = {".yaml": "yaml_tree", ".yml": "yaml_tree", ".tbx": "tbx", ".csv": "csv_table", ".tsv": "csv_table"}
WRITABLE = (".yaml", ".yml", ".tbx")


def load(reference: str | Path) -> Glossary:
    """A file, or a bundled glossary by its name: 'south-caucasus'. Raises GlossaryError."""
    return _format(path := located(reference)).read(path)


@dataclass(frozen=True)
class Survey:
    """A file read to its end: the sound entries, the line of each by id, and the entries that cannot be taken."""

    glossary: Glossary
    lines: dict[str, int]
    refusals: tuple[Refusal, ...]


def survey(reference: str | Path) -> Survey:
    """As `load`, but an entry that is wrong does not keep the others from being read."""
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
    out = Path(out)
    if out.suffix.lower() not in WRITABLE:
        raise GlossaryError(f"{out}: cannot be written as '{out.suffix}' (known: {', '.join(WRITABLE)})")
    glossary = load(source)
    _format(out).write(glossary, out)
    return glossary


def _folder() -> Path:
    return Path(bundled.folder("glossaries"))


def _format(path: Path) -> ModuleType:
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise GlossaryError(f"{path}: no format for '{suffix}' (known: {', '.join(FORMATS)})")
    return import_module(f"workbench.glossary.formats.{FORMATS[suffix]}")
