"""The rows of a test set through the house's own ladder, each under its own glossary."""

from __future__ import annotations

import time
from collections.abc import Sequence

from workbench.enforcement.demands import Terms
from workbench.enforcement.ladder import Ladder, Rendering
from workbench.enforcement.outcomes import Segment
from workbench.engines import registry
from workbench.engines.engine import Options
from workbench.errors import InputError
from workbench.evaluation.benchmark import Run
from workbench.glossary.model import Glossary

EMPTY = Glossary()


class Rows:
    """A direct model as a row translator: one row is one sentence, as the test sets cut them."""

    def __init__(
        self,
        source: str,
        target: str,
        backend: str = "ct2",
        model: str | None = None,
        beam: int = 4,
        annotate: bool = True,
    ):
        """`annotate` False: no hints, also for a model that reads them."""
        route = registry.route(source, target, model)
        if len(route) > 1:
            raise InputError(f"no direct model from {source} to {target}; a pivot is not scored")
        self.engine = registry.load(route[0], backend)
        self.name = f"{self.engine.name} ({backend}, beam {beam})"
        self.options = Options(beam=beam)
        self.annotate = annotate
        self.last: list[str] = []
        self.timings: dict[str, float] = {}

    def translate_rows(self, sources: Sequence[str], glossaries: Sequence[Glossary] | None) -> Run:
        """Seconds count finding, decoding, checking and repairing; building each row's matcher does not."""
        pair = self.engine.source, self.engine.target
        empty = Terms(EMPTY, *pair)
        terms = [Terms(g, *pair) for g in glossaries] if glossaries is not None else [empty] * len(sources)
        ladder = Ladder(self.engine, self.options, self.annotate)
        began = time.perf_counter()
        made = ladder.render([source.strip() for source in sources], terms)
        seconds = time.perf_counter() - began
        self.last = [rendering.target for rendering in made]
        self.timings = ladder.timings
        return Run(tuple(_segment(rendering) for rendering in made), seconds)


def _segment(rendering: Rendering) -> Segment:
    return Segment(rendering.source, rendering.target, rendering.terms, rendering.plain)
