"""A whole file translated into another, with an account of what came of it."""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from workbench.documents.document import Choices, Document
from workbench.documents.kinds import HEAD, Kind, format_of, kind_of
from workbench.errors import InputError
from workbench.outcomes import RUNGS, State
from workbench.passages import Passage, Passages

FLAGGED = 1000  # flagged segments that an account names; it counts them all
LARGEST = 500_000_000  # bytes of a file that is read whole


@dataclass(frozen=True, slots=True)
class Task:
    """How a file is to be translated, whatever file it is. `source` None: what the file says, else detected."""

    target: str
    source: str | None = None
    glossaries: tuple[str, ...] | None = None  # None: all bundled ones; empty: none
    style: str | None = None
    backend: str = "ct2"
    model: str | None = None
    beam: int = 4
    memory: tuple[str, ...] = ()  # paths of translation memories (TMX)
    threshold: float = 0.75  # likeness, in 0..1, from which a memory's segment is used


@dataclass(slots=True)
class FileAccount:
    """What came of a file; grows while it is translated.

    `forms`: for each entry how often each form of it was written. `flagged`: (key, source, target, why)
    of segments that a person should look at, the first thousand.
    """

    source: Path
    target: Path
    format: str
    source_language: str = ""
    target_language: str = ""
    models: tuple[str, ...] = ()
    glossary: str = ""
    segments: int = 0
    sentences: int = 0
    characters: int = 0  # of the source
    origins: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)  # of occurrences of terms
    rungs: Counter[str] = field(default_factory=Counter)
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    flags: int = 0
    flagged: list[tuple[str, str, str, str]] = field(default_factory=list)
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)

    def add(self, passages: Sequence[Passage]) -> None:
        for passage in passages:
            self.segments += 1
            self.sentences += len(passage.sentences)
            self.characters += len(passage.segment.source)
            self.origins[passage.target.origin] += 1
            why = []
            for term in (term for sentence in passage.sentences for term in sentence.terms):
                self.states[term.state.value] += 1
                self.rungs[RUNGS[term.rung]] += 1
                self.forms.setdefault(term.entry, Counter())[term.target_text] += 1
                if term.state is State.FLAGGED:
                    why.append(f"{term.source_text} → {term.target_text or '?'} ({term.entry}: {term.note})")
            if passage.target.flagged:
                self.flags += 1
                if len(self.flagged) < FLAGGED:
                    key, source = passage.segment.key, passage.segment.source
                    self.flagged.append((key, source, passage.target.text, "; ".join(why)))


def parts(source: Path, kind: Kind, choices: Choices) -> Iterator[Document]:
    """The documents of a file, read as the walk over them goes."""
    with opened(source) as file:
        yield from format_of(kind).parts(file, str(source), choices)


def kind_of_file(source: Path, said: str | None = None) -> Kind:
    with opened(source) as file:
        return kind_of(str(source), file.read(HEAD), said)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give a file") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read; check its permissions") from None


@contextlib.contextmanager
def written(target: Path) -> Iterator[BinaryIO]:
    """A file that appears whole or not at all: written beside, then renamed."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def apart(source: Path, *targets: Path | None) -> None:
    """InputError when a file to write is the one to read."""
    for target in targets:
        if target is not None and target.exists() and target.samefile(source):
            raise InputError(f"{target} is the input; write somewhere else")


def translate_file(
    source: Path,
    target: Path,
    kind: Kind,
    choices: Choices,
    passages: Passages,
    account: FileAccount,
    progress: Callable[[int], None] | None = None,
) -> FileAccount:
    """Part by part, so that a file of lines may have any length. `progress`: segments done so far."""
    began = time.perf_counter()
    apart(source, target)
    format = format_of(kind)
    with written(target) as out:
        for document in parts(source, kind, choices):
            made = passages.translate(document.segments)
            account.add(made)
            targets = {passage.segment.key: passage.target for passage in made if passage.segment.translate}
            out.write(format.write(document, targets, account.target_language))
            if progress is not None:
                progress(account.segments)
    account.seconds, account.timings = time.perf_counter() - began, dict(passages.timings)
    return account
