"""Small test sets, and a translator that knows its translations by heart."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from workbench.enforcement.outcomes import Occurrence, Segment, State
from workbench.evaluation.benchmark import Run
from workbench.glossary.model import Glossary
from workbench.spans import Span


@pytest.fixture
def data() -> Path:
    """The folder with `testsets/`."""
    folder = os.environ.get("WORKBENCH_DATA")
    if not folder or not (Path(folder) / "testsets").is_dir():
        pytest.skip("set WORKBENCH_DATA to the folder that holds testsets/ to run this")
    return Path(folder)


class ByHeart:
    """Writes a known text for each source; under a glossary, appends each target term it lacks."""

    name = "by heart"

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known
        self.calls: list[tuple[int, bool]] = []

    def translate_rows(self, sources: Sequence[str], glossaries: Sequence[Glossary] | None) -> Run:
        self.calls.append((len(sources), glossaries is not None))
        if glossaries is None:
            return Run(tuple(Segment(s, self.known[s], plain=self.known[s]) for s in sources), 2.0)
        return Run(tuple(self._enforced(s, g) for s, g in zip(sources, glossaries, strict=True)), 3.0)

    def _enforced(self, source: str, glossary: Glossary) -> Segment:
        text = plain = self.known[source]
        terms = []
        for entry in glossary.entries:
            there, wanted = entry.terms[0].text, entry.terms[1].text
            rung, state = 0, State.KEPT
            if wanted not in text:
                text, rung, state = f"{text} {wanted}", 6, State.FLAGGED
            at, to = source.index(there), text.index(wanted)
            terms.append(
                Occurrence(entry.id, Span(at, at + len(there)), there, Span(to, to + len(wanted)), wanted, state, rung)
            )
        return Segment(source, text, tuple(terms), plain)


@pytest.fixture
def by_heart() -> type[ByHeart]:
    return ByHeart
