"""Which files a job takes in, and where in the output tree each one goes."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InputError

OWN = "_workbench"  # folder of journal, decisions and reports in the output folder
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to translate. `name`: its path in the output tree, with `/`. `sure`: a person named the file
    itself, so that one of no known format is an error and not left out."""

    path: Path
    name: str
    size: int  # bytes
    sure: bool


@dataclass(frozen=True, slots=True)
class Inputs:
    """`left_out`: paths that were met and not taken, each with the reason."""

    sources: tuple[Source, ...]
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    root: Path
    sure: bool


def gathered(inputs: Sequence[str], out: Path) -> Inputs:
    """Files of folders, patterns and plain paths, sorted by name.

    Names are relative to the deepest folder that holds all inputs: a single folder is mirrored as it
    is, of several each keeps its own name. In folders hidden files, links to folders and the output
    folder are left out. Raises InputError for an input that is not there, and where two files would
    become one.
    """
    found: list[_Found] = []
    left_out: list[tuple[str, str]] = []
    inside = Path(os.path.realpath(out))
    for given in inputs:
        found += _expanded(given, inside, left_out)
    if not found:
        why = f" ({left_out[0][0]}: {left_out[0][1]})" if left_out else ""
        raise InputError(f"no file to translate in {', '.join(inputs) or 'an empty list'}{why}")
    base = os.path.commonpath([item.root for item in found])
    sources: dict[str, Source] = {}
    folded: dict[str, Source] = {}
    for item in found:
        name = Path(os.path.relpath(item.path, base)).as_posix()
        if name in sources:
            continue
        source = Source(item.path, name, item.path.stat().st_size, item.sure)
        twin = folded.setdefault(name.casefold(), source)
        if twin is not source:
            raise InputError(f"{twin.path} and {item.path} differ in case alone and may become one file; rename one")
        if name.split("/")[0] == OWN:
            raise InputError(f"{item.path}: the name {OWN} is taken for journal and reports; rename the folder")
        sources[name] = source
    met = ((os.path.relpath(path, base) if Path(path).is_relative_to(base) else path, why) for path, why in left_out)
    return Inputs(tuple(sources[name] for name in sorted(sources)), tuple(met))


def _expanded(given: str, out: Path, left_out: list[tuple[str, str]]) -> Iterable[_Found]:
    path = Path(given).expanduser()
    if path.is_dir():
        root = Path(os.path.abspath(path))
        if _within(root, out):
            raise InputError(f"{given}: lies in the output folder, which is never read; choose another output folder")
        return [_Found(file, root, False) for file in _walked(root, out, left_out)]
    if path.exists():
        if not path.is_file():
            raise InputError(f"{given}: neither a file nor a folder")
        place = Path(os.path.abspath(path))
        return [_Found(place, place.parent, True)]
    if not _MAGIC & set(given):
        raise InputError(f"{given}: no such file or folder")
    parts = path.parts
    fixed = next(i for i, part in enumerate(parts) if _MAGIC & set(part))
    root = Path(os.path.abspath(Path(*parts[:fixed]) if fixed else Path()))
    matched = sorted(glob.glob(str(path), recursive=True))
    if not matched:
        raise InputError(f"{given}: no file fits this pattern")
    files = []
    for match in matched:
        place = Path(os.path.abspath(match))
        if place.is_file() and not _within(place, out):
            files.append(_Found(place, root, False))
    return files


def _walked(root: Path, out: Path, left_out: list[tuple[str, str]]) -> Iterable[Path]:
    """Files below a folder. No link to a folder is followed, so that there are no loops."""

    def refused(error: OSError) -> None:
        left_out.append((str(error.filename), str(error.strerror)))

    for folder, folders, files in os.walk(root, onerror=refused):
        here = Path(folder)
        kept = []
        for name in sorted(folders):
            if name.startswith(".") or _within(here / name, out):
                continue
            if (here / name).is_symlink():
                left_out.append((str(here / name), "a link to a folder; name the folder itself"))
            else:
                kept.append(name)
        folders[:] = kept
        for name in sorted(files):
            place = here / name
            if name.startswith(".") or _within(place, out):
                continue
            if place.is_file():
                yield place
            else:
                left_out.append((str(place), "a broken link" if place.is_symlink() else "no ordinary file"))


def _within(path: Path, folder: Path) -> bool:
    real = Path(os.path.realpath(path))
    return real == folder or folder in real.parents


def destination(source: Source, target: str, several: bool, out: Path) -> Path:
    """Where a translation goes: a folder for each language when there are several."""
    return out / target / source.name if several else out / source.name


def guarded(sources: Iterable[Source], outputs: Iterable[Path]) -> None:
    """InputError where an output would take the place of an input."""
    taken = {os.path.realpath(source.path): source for source in sources}
    for output in outputs:
        hit = taken.get(os.path.realpath(output))
        if hit is not None:
            raise InputError(f"{hit.path} would be overwritten by its translation; choose another output folder")


def enclosed(output: Path, out: Path) -> None:
    """InputError where a link inside the output folder leads out of it."""
    real, base = Path(os.path.realpath(output.parent)), Path(os.path.realpath(out))
    if real != base and base not in real.parents:
        raise InputError(f"{output}: a link leads out of the output folder; remove the link")
