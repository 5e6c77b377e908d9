"""One file for one language: what is needed to translate it, worked out before anything is translated."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.batch import worker
from workbench.batch.executor import Shard
from workbench.batch.inputs import Source, destination, enclosed
from workbench.batch.journal import Journal
from workbench.documents.document import Choices, Document, Segment
from workbench.documents.kinds import KINDS, Kind, format_of
from workbench.errors import InputError, MissingModel, WorkbenchError
from workbench.filework import single
from workbench.filework.single import Task
from workbench.glossary.model import Glossary

# What a file can do to a reader; anything else is a mistake of ours and ends the job.
FAULTS = (WorkbenchError, OSError, EOFError, ValueError, LookupError, RuntimeError, SyntaxError,
          zlib.error, zipfile.BadZipFile)  # fmt: skip
SEGMENTS, CHARACTERS = 256, 24_000  # of a shard, at most; one longer segment is a shard by itself

SUFFIXES = frozenset(suffix for kind in KINDS for suffix in kind.suffixes)
LanguageOf = Callable[[Path, Kind, Choices], str]


@dataclass(frozen=True, slots=True)
class Errand:
    """`way`: fingerprint of all that decides the translation, but the content; `plan`: its number in the journal."""

    source: Source
    target: str
    output: Path
    kind: Kind
    language: str
    content: bytes
    way: bytes
    plan: int


@dataclass(frozen=True, slots=True)
class Failure:
    name: str
    target: str
    why: str


@dataclass(slots=True)
class Errands:
    """Works out errands. `models`: identities of the models of each pair met; `missing`: what lacks for a pair."""

    task: Task
    choices: Choices
    format: str | None
    glossary: Glossary
    language_of: LanguageOf
    journal: Journal
    several: bool  # languages, so that each has a folder
    models: dict[tuple[str, str], str] = field(default_factory=dict)
    missing: dict[tuple[str, str], str] = field(default_factory=dict)
    left_out: tuple[tuple[str, str], ...] = ()

    def of(self, source: Source, targets: Sequence[str], out: Path) -> Iterator[Errand | Failure]:
        """One for each target."""
        try:
            kind = self._kind(source)
            if kind is None:
                return
            content = _sha(source.path)
            language = self._language(source, kind, content)
        except FAULTS as wrong:
            yield from (Failure(source.name, target, said(wrong)) for target in targets)
            return
        for target in targets:
            output = destination(source, target, self.several, out)
            try:
                if language == target:
                    raise InputError(f"{source.name} is {target} already; choose another target language")
                enclosed(output, out)
                way = self._way(language, target, kind)
            except FAULTS as wrong:
                yield Failure(source.name, target, said(wrong))
                continue
            plan, _ = self.journal.planned(content, way)
            yield Errand(source, target, output, kind, language, content, way, plan)

    def _kind(self, source: Source) -> Kind | None:
        """None for a file that merely lies in a folder and is no document by its name."""
        if not source.sure and self.format is None and source.path.suffix.lower().lstrip(".") not in SUFFIXES:
            self.left_out += ((source.name, "no document by its name; name the file itself, or its --format"),)
            return None
        return single.kind_of_file(source.path, self.format)

    def _language(self, source: Source, kind: Kind, content: bytes) -> str:
        if self.task.source:
            return self.task.source
        known = self.journal.language(content, kind.name)
        if known is None:
            known = self.language_of(source.path, kind, self.choices)
            self.journal.learn(content, kind.name, known)
        return known

    def _way(self, language: str, target: str, kind: Kind) -> bytes:
        pair = (language, target)
        if pair in self.missing:
            raise MissingModel(self.missing[pair])
        if pair not in self.models:
            try:
                self.models[pair] = worker.identity(*pair, self.task)
            except MissingModel as wrong:
                self.missing[pair] = str(wrong)
                raise
        way = worker.fingerprint(*pair, self.task, self.glossary, self.models[pair])
        return hashlib.sha256(way + repr((kind.name, self.choices)).encode()).digest()


def _sha(path: Path) -> bytes:
    """Of a file's bytes."""
    digest = hashlib.sha256()
    with single.opened(path) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.digest()


def said(wrong: BaseException) -> str:
    """An error as a person reads it."""
    return str(wrong) if isinstance(wrong, WorkbenchError) else f"{type(wrong).__name__}: {wrong}"


def parts(errand: Errand, choices: Choices) -> Iterator[tuple[Document, float]]:
    """The documents of a file, each with the share of the file that has been read with it."""
    with single.opened(errand.source.path) as file:
        for document in format_of(errand.kind).parts(file, errand.source.name, choices):
            share = 1.0 if file.closed or not errand.source.size else file.tell() / errand.source.size
            yield document, min(1.0, share)


def shards(errand: Errand, document: Document) -> Iterator[Shard]:
    """Neighbouring segments of a document, cut where the texts alone decide it."""
    group: list[Segment] = []
    size = 0
    for segment in document.segments:
        if group and (len(group) >= SEGMENTS or size + len(segment.source) > CHARACTERS):
            yield worker.shard_of(errand.way, errand.language, errand.target, group)
            group, size = [], 0
        group.append(segment)
        size += len(segment.source)
    if group:
        yield worker.shard_of(errand.way, errand.language, errand.target, group)
