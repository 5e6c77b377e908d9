"""A folder of YAML files beside the store: what each side changed since they were last alike goes to the other.

The folder remembers the store and the revision in a small file, which is kept under version control with the rest.
A file is written only when something in it changes, and an entry stays in the file where a person put it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.errors import GlossaryError
from workbench.glossary import reading
from workbench.glossary.desk import Desk
from workbench.glossary.formats import fields
from workbench.glossary.model import Entry, Glossary, merged
from workbench.glossary.reconcile import reconcile
from workbench.glossary.revisions import Clash, Conflict
from workbench.glossary.store import Store

MEMORY = ".workbench-sync.json"
HEAD = "glossary.yaml"  # where a store's own description goes
CLASH = ("changed in the store and in the files", "choose with --mine (the files), --theirs (the store) or --merge")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Ids that were, or would be, written to the other side, and those removed there; the revision now."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    revision: int


@dataclass(frozen=True)
class _Side:
    """The files as they are. `about`: their description without entries."""

    files: dict[Path, Glossary]
    about: Glossary

    @property
    def entries(self) -> dict[str, Entry]:
        return {entry.id: entry for glossary in self.files.values() for entry in glossary.entries}


def pull(store: Store, folder: Path, choice: str | None = None, dry_run: bool = False) -> Outcome:
    """Changes of the store into the files. Raises Conflict when both changed an entry, unless `choice` is 'mine'
    (the files), 'theirs' (the store) or 'merge'; then nothing is written."""
    side, last, now = _read(folder), _remembered(store, folder), store.revision()
    base, theirs, mine = _at(store, last), store.glossary(now), side.entries
    clashes: list[Clash] = []
    wanted: dict[str, Entry | None] = {}
    for id in dict.fromkeys((*mine, *theirs.by_id, *base.by_id)):
        was, there, here = base.by_id.get(id), theirs.by_id.get(id), mine.get(id)
        if there in (was, here):
            continue
        if here == was or choice == "theirs":
            wanted[id] = there
        elif choice == "merge" and not (made := reconcile(was, there, here)).contests:
            wanted[id] = made.entry
        elif choice != "mine":
            clashes.append(Clash(id, was, there, here))
    about = _about(base, theirs, side.about, choice, clashes)
    if clashes:
        raise Conflict(tuple(clashes), *CLASH)
    changed = {id: entry for id, entry in wanted.items() if entry != mine.get(id)}
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder, side, changed, about)
        _remember(store, folder, now)
    return _outcome(changed, now)


def push(desk: Desk, folder: Path, why: str = "", dry_run: bool = False) -> Outcome:
    """Changes of the files into the store, as one revision. Raises GlossaryError when the store changed
    meanwhile: pull first, where conflicts are settled."""
    side, last, now = _read(folder), _remembered(desk.store, folder), desk.store.revision()
    base, theirs, mine = _at(desk.store, last), desk.store.glossary(now), side.entries
    ids = dict.fromkeys((*mine, *theirs.by_id, *base.by_id))
    newer = [id for id in ids if theirs.by_id.get(id) not in (base.by_id.get(id), mine.get(id))]
    if newer:
        more = f" and {len(newer) - 1} more" if len(newer) > 1 else ""
        raise GlossaryError(
            f"the store has changes that the files have not, of '{newer[0]}'{more}; "
            f"first: workbench glossary pull {folder}"
        )
    changed = {id: mine.get(id) for id in ids if mine.get(id) != theirs.by_id.get(id)}
    about = side.about if side.about != _described(theirs) else None
    if not dry_run:
        entries = [entry for entry in changed.values() if entry is not None]
        gone = [id for id, entry in changed.items() if entry is None]
        made = desk.put(entries, why or f"push of {folder.name}", now, about, gone)
        # Where somebody else wrote in between, those changes are still to be pulled.
        now = made if made in (now, now + 1) else now
        _remember(desk.store, folder, now)
    return _outcome(changed, now)


def _outcome(changed: dict[str, Entry | None], revision: int) -> Outcome:
    written = tuple(id for id, entry in changed.items() if entry is not None)
    return Outcome(written, tuple(id for id, entry in changed.items() if entry is None), revision)


def _at(store: Store, revision: int | None) -> Glossary:
    return Glossary() if revision is None else store.glossary(revision)


def _read(folder: Path) -> _Side:
    """Every YAML file of the folder; none while it is not there."""
    files: dict[Path, Glossary] = {}
    owners: dict[str, Path] = {}
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        files[path] = glossary = reading.load(path)
        for entry in glossary.entries:
            if entry.id in owners:
                raise GlossaryError(f"{path}: '{entry.id}' stands in {owners[entry.id].name} too; keep one of them")
            owners[entry.id] = path
    if not files:
        return _Side({}, Glossary())
    whole = merged(replace(glossary, entries=()) for glossary in files.values())
    head = files.get(folder / HEAD, Glossary())
    name = "" if head.name == Path(HEAD).stem else head.name
    return _Side(files, replace(whole, entries=(), name=name, title=head.title, licence=head.licence))


def _described(glossary: Glossary) -> Glossary:
    return replace(glossary, entries=())


def _about(
    base: Glossary, theirs: Glossary, mine: Glossary, choice: str | None, clashes: list[Clash]
) -> Glossary | None:
    """The store's description, where it is to be written."""
    was, there = _described(base), _described(theirs)
    if there in (was, mine) or (choice == "mine" and mine != was):
        return None
    if mine not in (was, Glossary()) and choice != "theirs":
        clashes.append(Clash("", was, there, mine))
    return there


def _write(folder: Path, side: _Side, changed: dict[str, Entry | None], about: Glossary | None) -> None:
    files = dict(side.files)
    for path, glossary in files.items():
        kept = (changed.get(entry.id, entry) for entry in glossary.entries)
        files[path] = replace(glossary, entries=tuple(entry for entry in kept if entry is not None))
    known = side.entries
    for id, entry in changed.items():
        if entry is not None and id not in known:
            path = folder / f"{entry.kind.value}.yaml"
            there = files.get(path, Glossary())
            files[path] = replace(there, entries=(*there.entries, entry))
    if about is not None:
        head = files.get(folder / HEAD, Glossary())
        files[folder / HEAD] = replace(about, entries=head.entries)
    for path, glossary in files.items():
        if glossary != side.files.get(path):
            reading.save(glossary, path)


def _remembered(store: Store, folder: Path) -> int | None:
    path = folder / MEMORY
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        id, revision = str(said["store"]), int(said["revision"])
    except (ValueError, KeyError, TypeError):
        raise GlossaryError(f"{path}: not what was written there; remove it, and pull anew") from None
    if id != store.id or revision > store.revision():
        raise GlossaryError(f"{path}: the files are of another store; give its --db, or remove this file to begin anew")
    return revision


def _remember(store: Store, folder: Path, revision: int) -> None:
    said = {"store": store.id, "revision": revision}
    path = folder / MEMORY
    if not path.is_file() or json.loads(path.read_text(encoding="utf-8")) != said:
        fields.save(path, json.dumps(said) + "\n")
