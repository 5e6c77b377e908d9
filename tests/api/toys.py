"""A workbench with a word-for-word engine, for the API's own logic."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toy import ToyEngine

from workbench.engines.engine import Engine, Hypothesis
from workbench.engines.shared import SharedEngine
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term
from workbench.workbench import Workbench

ENTRIES = (
    Entry("yerevan", Kind.PLACE, (Term("en", "Yerevan"), Term("es", "Ereván"), Term("es", "Erivan", Status.FORBIDDEN))),
    Entry("mirzoyan", Kind.PERSON, (Term("en", "Mirzoyan", variants=("Mirzoian",)), Term("es", "Mirzoyán"))),
)


class Counting(ToyEngine):
    """Remembers the sizes of what it decodes; a sentence with the word BREAK breaks it."""

    def __init__(self) -> None:
        super().__init__({"Yerevan": "Ereván", "and": "y"})
        self.sizes: list[int] = []
        self.gate: Any = None  # called with the sentences before they are decoded

    def decode(self, sentences: Sequence[str], *options: Any, **beside: Any) -> list[list[Hypothesis]]:
        self.sizes.append(len(sentences))
        if any("BREAK" in sentence for sentence in sentences):
            raise RuntimeError("the engine is out of order: secret-of-the-engine")
        if self.gate:
            self.gate(sentences)
        return super().decode(sentences, *options, **beside)


class ToyBench(Workbench):
    def __init__(self) -> None:
        super().__init__()
        self.engine = Counting()

    def pairs(self) -> list[tuple[str, str]]:
        return [("en", "es"), ("es", "en")]

    def _engines(self, source: str, target: str, model: str | None, backend: str) -> list[Engine]:
        return [SharedEngine(self.engine, self.turns)]

    def glossary_names(self) -> list[str]:
        return ["toys"]

    def glossary(self, glossaries: Sequence[str | Path] | None = None, style: str | None = None) -> Glossary:
        return GLOSSARY


GLOSSARY = Glossary(ENTRIES, name="toys")
