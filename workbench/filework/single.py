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

from workbench import languages
from workbench.documents.document import Choices, Document
from workbench.documents.kinds import HEAD, Kind, format_of, kind_of
from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import RUNGS
from workbench.errors import InputError
from workbench.filework import bilingual, review
from workbench.glossary.model import Entry, Glossary, Term, merged
from workbench.translation.passages import Passage, Passages
from workbench.translation.translation import Progress

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
    engine: str = ""
    pivot: str = ""  # language code, '' for a direct model
    style: str = ""
    detected: bool = False  # the source language was not named
    segments: int = 0
    sentences: int = 0
    characters: int = 0  # of the source
    origins: Counter[str] = field(default_factory=Counter)
    memory: Counter[str] = field(default_factory=Counter)  # sentences out of the memory: exact, near
    verbatim: Counter[str] = field(default_factory=Counter)  # states of numbers, addresses, placeholders
    lost: int = 0  # of these, in the end not where they should stand: 0, or the passage is flagged
    states: Counter[str] = field(default_factory=Counter)  # of occurrences of terms
    rungs: Counter[str] = field(default_factory=Counter)
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    flags: int = 0
    flagged: list[tuple[str, str, str, str]] = field(default_factory=list)
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    passages: list[Passage] | None = None  # all of them, for who asks; memory is flat without

    def add(self, passages: Sequence[Passage]) -> None:
        if self.passages is not None:
            self.passages += passages
        for passage in passages:
            self.segments += 1
            self.sentences += len(passage.sentences)
            self.characters += len(passage.segment.source)
            self.origins[passage.target.origin] += 1
            self.memory.update(_remembered(passage))
            self.verbatim.update(term.state.value for term in passage.verbatim)
            self.lost += len(passage.lost)
            for term in (term for sentence in passage.sentences for term in sentence.terms):
                self.states[term.state.value] += 1
                self.rungs[RUNGS[term.rung]] += 1
                self.forms.setdefault(term.entry, Counter())[term.target_text] += 1
            if passage.target.flagged:
                self.flags += 1
                if len(self.flagged) < FLAGGED:
                    key, source = passage.segment.key, passage.segment.source
                    self.flagged.append((key, source, passage.target.text, "; ".join(bilingual.reasons(passage))))


def _remembered(passage: Passage) -> Iterator[str]:
    for origin in passage.origins:
        if origin.startswith("memory"):
            yield "exact" if origin == "memory 100" else "near"


def parts(source: Path, kind: Kind, choices: Choices) -> Iterator[Document]:
    """The documents of a file, read as the walk over them goes."""
    with opened(source) as file:
        yield from format_of(kind).parts(file, str(source), choices)


def stamp(path: Path) -> tuple[int, int]:
    """Changes when the file does; InputError when there is none."""
    with opened(path) as file:
        facts = os.fstat(file.fileno())
    return facts.st_mtime_ns, facts.st_size


def kind_of_file(source: Path, said: str | None = None) -> Kind:
    with opened(source) as file:
        return kind_of(str(source), file.read(HEAD), said)


def brought(source: Path, kind: Kind, choices: Choices, terms: Terms) -> Glossary:
    """The glossary of the terms, with those beside it that the file itself brings (XLIFF) and that it
    does not know."""
    if kind.name != "xliff":
        return terms.glossary
    own = [
        Entry(f"file:{term}", terms=(Term(terms.source_language, term), Term(terms.target_language, translation)))
        for document in parts(source, kind, choices)
        for term, translation in document.terms
        if not any(match.span == (0, len(term)) for match in terms.source.all(term))
    ]
    return merged([terms.glossary, Glossary(tuple(own))]) if own else terms.glossary


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
    account: FileAccount,
    kind: Kind,
    choices: Choices,
    passages: Passages,
    beside: Path | None = None,
    progress: Callable[[int], None] | None = None,
    sentences: Progress | None = None,
) -> FileAccount:
    """Part by part, so that a file of lines may have any length. `beside`: a bilingual file (.xlf, .tmx).
    `progress`: segments done so far. `sentences`: of the part at hand."""
    began = time.perf_counter()
    source, target = account.source, account.target
    apart(source, target, beside)
    if beside is not None and beside.resolve() == target.resolve():
        raise InputError(f"{beside} is the translation itself; write the bilingual file somewhere else")
    format = format_of(kind)
    with contextlib.ExitStack() as files:
        out = files.enter_context(written(target))
        also, close = _beside(files, account, beside)
        for document in parts(source, kind, choices):
            made = passages.translate(document.segments, sentences)
            account.add(made)
            targets = {passage.segment.key: passage.target for passage in made if passage.segment.translate}
            out.write(format.write(document, targets, account.target_language))
            also(made)
            if progress is not None:
                progress(account.segments)
        close()
    account.seconds, account.timings = time.perf_counter() - began, dict(passages.timings)
    return account


def _beside(
    files: contextlib.ExitStack, account: FileAccount, path: Path | None
) -> tuple[bilingual.Write, Callable[[], None]]:
    if path is None:
        return lambda passages: None, lambda: None
    original = os.path.relpath(account.source, path.parent)
    return bilingual.writer(
        path, files.enter_context(written(path)), original, account.source_language, account.target_language
    )


def apply(reviewed: review.Reviewed, source: Path, target: Path, kind: Kind, choices: Choices, path: Path) -> int:
    """The reviewed targets in the document; the number of segments written."""
    apart(source, target)
    units = {unit.key: unit for unit in reviewed.units}
    format, count = format_of(kind), 0
    with written(target) as out:
        for document in parts(source, kind, choices):
            made = review.targets(document, units, path)
            count += len(made)
            out.write(format.write(document, made, languages.language(reviewed.target_language)))
    return count
