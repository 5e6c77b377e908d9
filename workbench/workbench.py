"""The façade: what a person can do here, one method each; doors call nothing else."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import languages
from workbench.checking import checks
from workbench.enforcement.outcomes import Finding, Translation
from workbench.engines import registry
from workbench.engines.engine import Engine, Options
from workbench.engines.shared import SharedEngine, Turns
from workbench.errors import Forbidden, GlossaryError, InputError, StoreError
from workbench.facade.drafts import Drafts, terms_of
from workbench.facade.files import Files
from workbench.facade.models import Models
from workbench.facade.naming import Naming
from workbench.glossary import reading
from workbench.glossary.lookup import spelled
from workbench.glossary.model import Entry, Glossary, merged
from workbench.matching.matcher import Match
from workbench.translation.passages import Passages
from workbench.translation.translation import Progress, Translator
from workbench.transliteration.candidates import Candidate, candidates
from workbench.transliteration.known import KnownNames, SeenNames
from workbench.transliteration.neural import NameModel

if TYPE_CHECKING:
    from workbench.glossary.desk import Desk
    from workbench.glossary.people import Identity
    from workbench.glossary.store import Store
    from workbench.names.discovery import Cluster, Text
    from workbench.spans import Span

log = logging.getLogger(__name__)
NO_GLOSSARY = Glossary()
STORE = "store"  # the name of the living glossary for clients
SURE = 20  # letters below which a language is not guessed


class Workbench(Drafts, Files, Models, Naming):
    """One per process: engines and glossaries are loaded once and shared between threads.

    What a person does to a translation that is there stands in `Drafts`, what is asked about names in `Naming`.
    """

    def __init__(self) -> None:
        self.turns = Turns()
        self._shared = False

    def share(self) -> None:
        """From now on several translations at once take turns, a slice of sentences each, so that a sentence does
        not wait for a book. A book alone is slower by it: for servers."""
        self._shared = True

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
        """A whole text with every term in its form, paragraphs and blank lines as they were; addresses,
        numbers and placeholders verbatim.

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
        engines = self._engines(source, target, model, backend)
        loaded = time.perf_counter()
        legs = [Translator(e, terms_of(glossary, e.source, e.target), Options(beam=beam)) for e in engines]
        passages = Passages(legs)
        segments, after = passages.text(text, progress)
        timings = {"load": loaded - began, **passages.timings, "total": time.perf_counter() - began}
        return Translation(
            source_language=source,
            target_language=target,
            segments=tuple(segments),
            after=after,
            models=tuple(engine.name for engine in engines),
            engine=engines[0].backend,
            pivot=engines[0].target if len(engines) > 1 else "",
            glossary=glossary.fingerprint if glossary.entries else "",
            style=style or "",
            detected=detected,
            timings=timings,
        )

    def _engines(self, source: str, target: str, model: str | None, backend: str) -> list[Engine]:
        cards = registry.route(source, target, model)
        engines = [registry.load(card, backend) for card in cards]
        return [SharedEngine(engine, self.turns) for engine in engines] if self._shared else engines

    def warm(self) -> None:
        """Load the first pair and the glossaries ahead of the first request; nothing where no model is installed."""
        for source, target in registry.pairs()[:1]:
            terms_of(self.glossary(), source, target)
            self._engines(source, target, None, "ct2")
            self.detect("a sentence that is long enough")

    def detect(self, text: str) -> str:
        """The language of a text, among those that we know. InputError when there is too little to tell."""
        if sum(c.isalpha() for c in text) < SURE:
            raise InputError("too little text to tell its language; name it (--from)")
        return self.guess(text)[0][0]

    def guess(self, text: str) -> list[tuple[str, float]]:
        """The likeliest languages, best first, with shares in 0..1; of a short text they mean little."""
        ranked = _identifier().rank(text[:5000])[:3]
        best = max(score for _, score in ranked)
        weights = [(code, math.exp(score - best)) for code, score in ranked]
        whole = sum(weight for _, weight in weights)
        return [(code, weight / whole) for code, weight in weights]

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

    def references(self, names: Sequence[str] | None, db: str | None = None) -> list[str] | None:
        """What a client of a server may name: bundled glossaries and "store", the living one, once it is there.

        None: all of them. InputError for any other name, so that no path of a client reaches the file system.
        """
        from workbench.glossary.database import default_url

        known = {name: name for name in self.glossary_names()}
        if self.has_store(db):
            known[STORE] = db or default_url()
        for name in names or ():
            if name not in known:
                raise InputError(f"no glossary '{name}' (there are: {', '.join(known)})")
        return [known[name] for name in (known if names is None else names)]

    def has_store(self, db: str | None = None) -> bool:
        """Whether the store is there already; the first proposal makes it.

        One that somebody named and that cannot be read is an error where it is used; the usual one is passed over.
        """
        from workbench.glossary.database import default_url

        url = db or default_url()
        if not ("://" in url or Path(url).is_file()):
            return False
        if db is None:
            try:
                self.store(url)
            except StoreError as error:
                log.warning("the usual store is passed over: %s", error)
                return False
        return True

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

    def owner(self, url: str | None = None) -> Identity:
        """Who runs this program, as the store knows them by name or key (`settings`); a reader where it knows
        others and not them."""
        from workbench.glossary.people import Identity, Role, identify
        from workbench.settings import author, setting

        key = setting("key")
        name = setting("author") if key else author()
        try:
            return identify(self.store(url), name, key)
        except Forbidden as error:
            log.warning("%s", error)
            return Identity(name or "owner", Role.READER)

    def show(
        self, text: str, language: str, glossaries: Sequence[str | Path] | None = None, style: str | None = None
    ) -> list[Match]:
        """Every match in a text, nested ones too, and near spellings of terms that allow them (`How.FUZZY`).

        Those that count come from `find` of the same matcher; near spellings never do.
        """
        code = languages.language(language)
        matcher = terms_of(self.glossary(glossaries, style), code, code).source
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
            source_text, target_text, terms_of(glossary, languages.language(source), languages.language(target))
        )

    def find(
        self, text: str, language: str | None = None, glossaries: Sequence[str | Path] | None = None, limit: int = 20
    ) -> list[Entry]:
        """Entries with a spelling that begins with the text or holds it, nearest first; '': any, in their order."""
        return spelled(self.glossary(glossaries), text, language and languages.language(language), limit)

    # -- names -----------------------------------------------------------------------------

    def namer(self) -> NameModel | None:
        """The model that writes names letter by letter; None where none is installed."""
        return _namer()

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
        from workbench.names.usage import home, usual

        return candidates(name, source, target, self.glossary(glossaries), standard, n, self.namer(), usual, home)

    def names(self, texts: Sequence[Text], glossaries: Sequence[str | Path] | None = None) -> list[Cluster]:
        """Names in texts that the glossaries do not know, with all their spellings, the most frequent first."""
        from workbench.morphology.bases import bases, nominative
        from workbench.names.discovery import discover

        glossary = self.glossary(glossaries)

        def known(text: str, language: str) -> list[Span]:
            return [match.span for match in terms_of(glossary, language, language).source.find(text)]

        return discover(texts, known, bases, nominative)

    def proposals(
        self,
        clusters: Sequence[Cluster],
        targets: Sequence[str],
        glossaries: Sequence[str | Path] | None = None,
        least: int = 1,
    ) -> Glossary:
        """Entries to be looked at: spellings found, and candidates for the target languages without one."""
        from workbench.names.proposing import proposals

        return proposals(clusters, [languages.language(code) for code in targets], self.glossary(glossaries), least)


@lru_cache(maxsize=1)
def _identifier():  # noqa: ANN202 - py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in languages.NAMES if code in identifier.nb_classes])
    return identifier


@lru_cache(maxsize=1)
def _namer() -> NameModel | None:
    from workbench.names.keys import word_keys

    card = registry.namer()
    return NameModel(registry.load(card), KnownNames(card.path, word_keys), SeenNames(card.path)) if card else None


@lru_cache(maxsize=8)
def _store(url: str) -> Store:
    from workbench.glossary.store import Store  # SQLAlchemy only where a store is meant

    return Store(url)


@lru_cache(maxsize=8)
def _read(names: tuple[str, ...], stamps: tuple[tuple[int, int], ...]) -> Glossary:
    return merged(reading.load(name) for name in names) if names else NO_GLOSSARY


@lru_cache(maxsize=16)
def _styled(glossary: Glossary, style: str) -> Glossary:
    return glossary.styled(style)
