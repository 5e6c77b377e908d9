"""The façade: what a person can do here, one method each; doors call nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import checks, filework, languages, memory, review
from workbench import text as texts
from workbench.demands import Terms
from workbench.documents.document import Choices
from workbench.documents.kinds import Kind
from workbench.engines import registry
from workbench.engines.engine import Engine, Options
from workbench.errors import GlossaryError, InputError
from workbench.filework import FileAccount, Task
from workbench.glossary import reading
from workbench.glossary.model import Glossary, merged
from workbench.matching import Match
from workbench.memory import Memory
from workbench.outcomes import Finding, Translation
from workbench.passages import Passages
from workbench.review import Correction
from workbench.translation import Progress, Translator, through
from workbench.transliteration.candidates import Candidate, candidates
from workbench.transliteration.neural import NameModel

if TYPE_CHECKING:
    from workbench.batch.account import BatchAccount
    from workbench.batch.running import Doors, Order
    from workbench.glossary.desk import Desk
    from workbench.glossary.people import Identity
    from workbench.glossary.store import Store
    from workbench.names.discovery import Cluster, Text
    from workbench.spans import Span

NO_GLOSSARY = Glossary()
SURE = 20  # letters below which a language is not guessed


class Workbench:
    """One per process: engines and glossaries are loaded once and shared between threads."""

    # -- translating -----------------------------------------------------------------------

    def translate(
        self,
        text: str,
        source: str | None,
        target: str,
        glossaries: Sequence[str | Path] | None = None,
        style: str | None = None,
        backend: str = "ct2",
        model: str | None = None,
        beam: int = 4,
        progress: Progress | None = None,
    ) -> Translation:
        """A whole text with every term in its form, paragraphs and blank lines as they were.

        `source` None: detected. `glossaries` None: all bundled ones; empty: none. `model`: a
        folder or a name, for the whole way. Raises WorkbenchError with a line for a person.
        """
        began = time.perf_counter()
        if not text.strip():
            raise InputError("there is no text to translate")
        if not 1 <= beam <= 32:
            raise InputError(f"beam {beam} is out of range (1 to 32)")
        detected = source is None
        source, target = source and languages.language(source), languages.language(target)
        source = source or self.detect(text)
        if source == target:
            raise InputError(f"the text is {languages.name(source)} already; choose another target language")
        glossary = self.glossary(glossaries, style)
        timings: dict[str, float] = {}
        engines = self._engines(source, target, model, backend)
        timings["load"] = time.perf_counter() - began
        pieces, after = texts.sentences(text, source)
        segments = None
        for engine in engines:
            terms = _terms(glossary, engine.source, engine.target)
            translator = Translator(engine, terms, Options(beam=beam))
            if segments is not None:
                pieces = [texts.Piece(s.before, s.target) for s in segments]
            made = translator.segments(pieces, progress, timings)
            segments = made if segments is None else through(segments, made, terms)
        timings["total"] = time.perf_counter() - began
        return Translation(
            source_language=source,
            target_language=target,
            segments=tuple(segments or ()),
            after=after,
            models=tuple(engine.name for engine in engines),
            engine=engines[0].backend,
            pivot=engines[0].target if len(engines) > 1 else "",
            glossary=glossary.fingerprint if glossary.entries else "",
            style=style or "",
            detected=detected,
            timings=timings,
        )

    def translate_file(
        self,
        source: Path,
        target: Path,
        task: Task,
        format: str | None = None,
        choices: Choices = Choices(),
        bilingual: Path | None = None,
        keep: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> FileAccount:
        """A document of any format that we know into another file of the same format, which appears whole.

        `format`: a name of `documents.kinds`, None: told by suffix and content. `bilingual`: a file for a
        reviewer, .xlf or .tmx. `keep`: the account holds every passage. `progress`: called with the
        number of segments done. Raises WorkbenchError; the input is never written to.
        """
        kind = filework.kind_of_file(source, format)
        passages, account = self.passages(task, source, target, kind, choices)
        account.passages = [] if keep else None
        return filework.translate_file(account, kind, choices, passages, bilingual, progress)

    def apply(self, reviewed: Path, target: Path, document: Path | None = None, format: str | None = None,
              choices: Choices = Choices()) -> tuple[int, list[Correction]]:  # fmt: skip
        """A reviewer's XLIFF, as `translate_file` wrote it, back into the document.

        `document` None: where the XLIFF says. Gives the number of segments written and the names that
        the reviewer corrected, for `review.proposals`.
        """
        said = review.read(reviewed)
        source = document or reviewed.parent / said.original
        kind = filework.kind_of_file(source, format)
        count = filework.apply(said, source, target, kind, choices, reviewed)
        return count, review.corrections(said.units)

    def passages(
        self, task: Task, source: Path, target: Path, kind: Kind, choices: Choices
    ) -> tuple[Passages, FileAccount]:
        """What translates the segments of a file, and the account that it will fill."""
        if not 1 <= task.beam <= 32:
            raise InputError(f"beam {task.beam} is out of range (1 to 32)")
        to = languages.language(task.target)
        from_ = languages.language(task.source) if task.source else self._language_of(source, kind, choices)
        if from_ == to:
            raise InputError(f"{source} is {languages.name(from_)} already; choose another target language")
        glossary = self.glossary(task.glossaries, task.style)
        glossary = filework.brought(source, kind, choices, _terms(glossary, from_, to))
        legs = [
            Translator(engine, _terms(glossary, engine.source, engine.target), Options(beam=task.beam))
            for engine in self._engines(from_, to, task.model, task.backend)
        ]
        account = FileAccount(
            source, target, kind.name, from_, to, tuple(leg.engine.name for leg in legs),
            glossary.fingerprint if glossary.entries else "", engine=legs[0].engine.backend,
            pivot=legs[0].engine.target if len(legs) > 1 else "", style=task.style or "", detected=not task.source,
        )  # fmt: skip
        return Passages(legs, _memory(task.memory, _stamps(task.memory), from_, to, task.threshold)), account

    def propose(
        self, reviewed: Path, author: str, url: str | None = None, glossaries: Sequence[str | Path] | None = None
    ) -> list[str]:
        """The names that a reviewer corrected, into the store as proposals; their ids. `glossaries`: those
        that the document was translated with."""
        said = review.read(reviewed)
        made = review.proposals(review.corrections(said.units), said, self.glossary(glossaries))
        if made:
            self.store(url).put(made, author, f"corrections of a reviewer, {reviewed.name}")
        return [entry.id for entry in made]

    def batch(self, order: Order, doors: Doors) -> BatchAccount:
        """Many files into many languages, with a journal in the output folder from which a stopped job goes on."""
        from workbench.batch import running

        source = order.task.source and languages.language(order.task.source)
        order = replace(order, task=replace(order.task, source=source))
        glossary = self.glossary(order.task.glossaries, order.task.style)
        return running.run(order, glossary, self._language_of, frozenset(self.pairs()), doors)

    def _language_of(self, source: Path, kind: Kind, choices: Choices) -> str:
        """What a file says of its language, else what its first part looks like."""
        first = next(filework.parts(source, kind, choices), None)
        if first is not None and first.source_language:
            return languages.language(first.source_language)
        return self.detect("\n".join(s.source for s in first.segments if s.translate) if first else "")

    def _engines(self, source: str, target: str, model: str | None, backend: str) -> list[Engine]:
        return [registry.load(card, backend) for card in registry.route(source, target, model)]

    def detect(self, text: str) -> str:
        """The language of a text, among those that we know. InputError when there is too little to tell."""
        if sum(c.isalpha() for c in text) < SURE:
            raise InputError("too little text to tell its language; name it (--from)")
        return _identifier().classify(text[:5000])[0]

    def pairs(self) -> list[tuple[str, str]]:
        """Pairs that can be translated now, directly or through a pivot."""
        return registry.reachable()

    # -- the glossary ----------------------------------------------------------------------

    def glossary(self, glossaries: Sequence[str | Path] | None = None, style: str | None = None) -> Glossary:
        """One reading of the named glossaries (None: all bundled ones) in a house style."""
        names = tuple(str(g) for g in (self.glossary_names() if glossaries is None else glossaries))
        stamps = tuple(reading.stamp(name) for name in names)
        whole = _read(names, stamps)
        if not style:
            return whole
        try:
            return _styled(whole, style)
        except KeyError:
            known = ", ".join(s.name for s in whole.styles) or "none"
            raise GlossaryError(
                f"no house style '{style}' in {', '.join(map(reading.shown, names)) or 'no glossary'} (known: {known})"
            ) from None

    def glossary_names(self) -> list[str]:
        """Bundled glossaries."""
        return reading.bundled_names()

    def store(self, url: str | None = None) -> Store:
        """The living glossary: a path of a SQLite file, or a URL of PostgreSQL; None: the usual one.

        What it is changed to is used by every method here that takes its path or URL as a glossary.
        """
        from workbench.glossary.database import default_url

        return _store(url or default_url())

    def desk(self, identity: Identity, url: str | None = None) -> Desk:
        """The store as this person may use it; see `people` for who somebody is by password, key or name."""
        from workbench.glossary.desk import Desk

        return Desk(self.store(url), identity)

    def show(
        self, text: str, language: str, glossaries: Sequence[str | Path] | None = None, style: str | None = None
    ) -> list[Match]:
        """Every match in a text, nested ones too, and near spellings of terms that allow them (`How.FUZZY`).

        Those that count come from `find` of the same matcher; near spellings never do.
        """
        code = languages.language(language)
        matcher = _terms(self.glossary(glossaries, style), code, code).source
        return sorted((*matcher.all(text), *matcher.near(text)), key=lambda match: (match.span.start, -match.span.end))

    def check(
        self,
        source_text: str,
        target_text: str,
        source: str,
        target: str,
        glossaries: Sequence[str | Path] | None = None,
        style: str | None = None,
    ) -> list[Finding]:
        """What is wrong with the terms of a finished translation, line by line."""
        glossary = self.glossary(glossaries, style)
        return checks.check(
            source_text, target_text, _terms(glossary, languages.language(source), languages.language(target))
        )

    # -- names -----------------------------------------------------------------------------

    def candidates(
        self,
        name: str,
        source: str,
        target: str,
        glossaries: Sequence[str | Path] | None = None,
        standard: str | None = None,
        n: int = 5,
    ) -> list[Candidate]:
        """Forms of a name for another language, the most trusted first, each with its reason."""
        from workbench.names.usage import usual

        return candidates(name, source, target, self.glossary(glossaries), standard, n, _namer(), usual)

    def names(self, texts: Sequence[Text], glossaries: Sequence[str | Path] | None = None) -> list[Cluster]:
        """Names in texts that the glossaries do not know, with all their spellings, the most frequent first."""
        from workbench.bases import bases, nominative
        from workbench.names.discovery import discover

        glossary = self.glossary(glossaries)

        def known(text: str, language: str) -> list[Span]:
            return [match.span for match in _terms(glossary, language, language).source.find(text)]

        return discover(texts, known, bases, nominative)

    def proposals(
        self,
        clusters: Sequence[Cluster],
        targets: Sequence[str],
        glossaries: Sequence[str | Path] | None = None,
        least: int = 1,
    ) -> Glossary:
        """Entries to be looked at: spellings found, and candidates for the target languages without one."""
        from workbench.proposing import proposals

        return proposals(clusters, [languages.language(code) for code in targets], self.glossary(glossaries), least)


@lru_cache(maxsize=1)
def _identifier():  # noqa: ANN202 - py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in languages.NAMES if code in identifier.nb_classes])
    return identifier


@lru_cache(maxsize=1)
def _namer() -> NameModel | None:
    card = registry.namer()
    return NameModel(registry.load(card)) if card else None


@lru_cache(maxsize=8)
def _store(url: str) -> Store:
    from workbench.glossary.store import Store  # SQLAlchemy only where a store is meant

    return Store(url)


@lru_cache(maxsize=8)
def _read(names: tuple[str, ...], stamps: tuple[tuple[int, int], ...]) -> Glossary:
    return merged(reading.load(name) for name in names) if names else NO_GLOSSARY


def _stamps(paths: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple(filework.stamp(Path(path)) for path in paths)


@lru_cache(maxsize=4)
def _memory(
    paths: tuple[str, ...], stamps: tuple[tuple[int, int], ...], source: str, target: str, threshold: float
) -> Memory | None:
    return memory.load(paths, source, target, threshold) if paths else None


@lru_cache(maxsize=16)
def _styled(glossary: Glossary, style: str) -> Glossary:
    return glossary.styled(style)


@lru_cache(maxsize=32)
def _terms(glossary: Glossary, source: str, target: str) -> Terms:
    return Terms(glossary, source, target)
