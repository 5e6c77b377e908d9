"""The façade's part for people at work on a translation: how it stands, other forms, proposals."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import languages
from workbench import text as texts
from workbench.checking import checks, choosing, mending, unlisted
from workbench.checking.choosing import Choice, Line
from workbench.checking.marking import Marks, marks
from workbench.checking.unlisted import UnlistedName
from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import Finding, Translation
from workbench.engines.engine import Engine, Options
from workbench.errors import InputError
from workbench.filework import exporting
from workbench.filework.exporting import Draft
from workbench.glossary.model import Entry, Glossary, merged
from workbench.translation.translation import Translator
from workbench.transliteration.candidates import Candidate

if TYPE_CHECKING:
    from workbench.glossary.desk import Desk

Names = Sequence[str | Path]  # of glossaries; None stands for all bundled ones


class Drafts:
    """`glossary`, `candidates` and `_engines` are those of the façade that this is a part of."""

    if TYPE_CHECKING:
        glossary: Callable[..., Glossary]
        candidates: Callable[..., list[Candidate]]
        translate: Callable[..., Translation]
        _engines: Callable[..., list[Engine]]

    def alternatives(
        self,
        made: Translation,
        most: int,
        glossaries: Names | None = None,
        style: str | None = None,
    ) -> list[str]:
        """Other translations of a single sentence that obey the glossary, likeliest first; none for a longer text
        or through a third language."""
        if len(made.segments) != 1 or made.pivot or most < 1:
            return []
        (segment,) = made.segments
        (engine,) = self._engines(made.source_language, made.target_language, None, "ct2")
        terms = terms_of(self.glossary(glossaries, style), made.source_language, made.target_language)
        wide = Options(beam=min(2 * most + 2, 16), nbest=min(2 * most + 2, 16), attention=False)
        (drafts,) = engine.decode([segment.source], wide)
        found = [d.text for d in drafts if marks(segment.source, d.text, terms).obeys]
        shapes = (segment.before, made.after)
        return [shapes[0] + text + shapes[1] for text in dict.fromkeys(found) if text != segment.target][:most]

    def mark(
        self,
        lines: Sequence[Line],
        source: str,
        target: str,
        glossaries: Names | None = None,
        style: str | None = None,
        choices: Sequence[Choice] = (),
    ) -> list[Marks]:
        """Where each line stands to the glossary and to what was chosen for this text. Names that no glossary lists
        are looked for in these lines where the lines do not say where they stand."""
        terms = self._reading(lines, source, target, glossaries, style, choices)
        told = [line.names or () for line in lines]
        if any(line.names is None for line in lines):
            found = self.unlisted([line.source for line in lines], source, target, glossaries, style)
            for number, span in (place for name in found for place in name.places):
                if lines[number].names is None:
                    told[number] = (*told[number], span)
        return [marks(line.source, line.target, terms, names) for line, names in zip(lines, told, strict=True)]

    def unlisted(
        self,
        sentences: Sequence[str],
        source: str,
        target: str,
        glossaries: Names | None = None,
        style: str | None = None,
    ) -> list[UnlistedName]:
        """Names in the sentences of one text that the glossary does not list, by the order of their first mention."""
        reading = self.glossary(glossaries, style)
        return unlisted.unlisted(sentences, terms_of(reading, languages.language(source), languages.language(target)))

    def choose(
        self,
        lines: Sequence[Line],
        choice: Choice,
        source: str,
        target: str,
        desk: Desk,
        glossaries: Names | None = None,
        style: str | None = None,
        earlier: Sequence[Choice] = (),
    ) -> list[str | None]:
        """The translations with the choice in every occurrence, inflected; None for a line that stays as it is.

        Forbidden for whoever may not propose to the glossary of `desk`.
        """
        desk.require("propose")
        spellings = [c.form for c in self.candidates(choice.name, source, target, glossaries, n=20)]
        choice = dataclasses.replace(choice, spellings=tuple(dict.fromkeys((*choice.spellings, *spellings))))
        terms = self._reading(lines, source, target, glossaries, style, (*earlier, choice))

        def again(sentences: Sequence[str], terms: Terms) -> Sequence[str | None]:
            if not sentences:
                return []
            engine, *others = self._engines(terms.source_language, terms.target_language, None, "ct2")
            if others:  # through a third language the choice would be lost on the way
                return [None] * len(sentences)
            pieces = [texts.Piece("", sentence) for sentence in sentences]
            return [made.target for made in Translator(engine, terms, Options(beam=4)).segments(pieces)]

        return choosing.applied(lines, choice, terms, again)

    def export(
        self,
        draft: Draft,
        format: str,
        source: str,
        target: str,
        glossaries: Names | None = None,
        style: str | None = None,
    ) -> bytes:
        """An edited translation as a file: html, docx, xlf (XLIFF 2.1, its terms marked) or tmx."""
        reading = self.glossary(glossaries, style)
        terms = terms_of(reading, languages.language(source), languages.language(target))
        return exporting.export(draft, format, terms)

    def mend(
        self,
        source_text: str,
        target_text: str,
        finding: Finding,
        source: str,
        target: str,
        glossaries: Names | None = None,
        style: str | None = None,
    ) -> str:
        """A finished translation with one finding of `check` put right; where something is missing, with its line
        translated anew. InputError when the texts have changed since the check."""
        pairs = checks.paired(source_text, target_text)
        found = next((pair for pair in pairs if pair[0] == finding.line), None)
        if found is None:
            raise InputError("the text has changed since it was checked; check it again")
        _, line, number, other = found
        if finding.target_span is None:
            made = self.translate(line, source, target, glossaries, style).text
        else:
            reading = self.glossary(glossaries, style)
            terms = terms_of(reading, languages.language(source), languages.language(target))
            made = mending.mended(line, other, finding, terms)
        lines = target_text.splitlines(keepends=True)
        ending = lines[number - 1][len(lines[number - 1].rstrip("\r\n")) :]
        lines[number - 1] = made.strip("\r\n") + ending
        return "".join(lines)

    def propose(self, choice: Choice, source: str, target: str, desk: Desk, why: str = "") -> Entry:
        """Put a choice before the editors of the store as a proposal; what is approved there stays."""
        glossary = merged([self.glossary(), desk.store.glossary()])
        entry = choosing.proposal(glossary, choice, languages.language(source), languages.language(target))
        desk.put([entry], why)
        return entry

    def _reading(
        self,
        lines: Sequence[Line],
        source: str,
        target: str,
        glossaries: Names | None,
        style: str | None,
        choices: Sequence[Choice],
    ) -> Terms:
        base = terms_of(self.glossary(glossaries, style), languages.language(source), languages.language(target))
        return choosing.reading(base, choices, lines)


@lru_cache(maxsize=32)
def terms_of(glossary: Glossary, source: str, target: str) -> Terms:
    """One glossary read for one pair, once."""
    return Terms(glossary, source, target)
