"""Two systems on the same rows: their figures side by side, and which differences are more than chance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workbench.evaluation import benchmark
from workbench.evaluation.benchmark import RowTranslator
from workbench.evaluation.places import Forms
from workbench.evaluation.quality import Comparison, compare
from workbench.evaluation.report import Report, aligned
from workbench.evaluation.testset import Testset


@dataclass(frozen=True, slots=True)
class Versus:
    """`comparisons`: the first system's enforced output against the second's, by paired bootstrap."""

    ours: Report
    other: Report
    comparisons: tuple[Comparison, ...]

    def as_json(self) -> str:
        tests: list[dict[str, Any]] = [
            {"name": c.name, "ours": c.ours, "other": c.baseline, "difference": c.difference, "p": c.p,
             "signature": c.signature}
            for c in self.comparisons
        ]  # fmt: skip
        both = {"ours": json.loads(self.ours.as_json()), "other": json.loads(self.other.as_json())}
        return json.dumps(both | {"comparisons": tests}, ensure_ascii=False, indent=2)

    def as_table(self) -> str:
        """The comparison first, then each system's own table."""
        rows = [("", "ours", "other", "difference", "p")]
        rows += [
            (c.name, f"{c.ours:.2f}", f"{c.baseline:.2f}", f"{c.difference:+.2f}", f"{c.p:.3f}")
            for c in self.comparisons
        ]
        shares = [report.enforced.terms.success.share for report in (self.ours, self.other)]
        if shares[0] is not None and shares[1] is not None:
            one, two = 100 * shares[0], 100 * shares[1]
            rows.append(("term success", f"{one:.1f}", f"{two:.1f}", f"{one - two:+.1f}", ""))
        head = f"{self.ours.system} (ours) against {self.other.system} (other) · {self.ours.testset}"
        return "\n".join([head, "", *aligned(rows), "", self.ours.as_table(), self.other.as_table()])


def versus(
    ours: RowTranslator, other: RowTranslator, testset: Testset, forms: Forms | None = None, resamples: int = 1000
) -> Versus:
    """Both systems on the test set, each plain and enforced; what they enforced is compared."""
    reports, outputs = [], []
    for translator in (ours, other):
        plain, enforced = benchmark.runs(translator, testset)
        reports.append(benchmark.report(translator.name, testset, plain, enforced, forms, resamples))
        outputs.append([segment.target for segment in enforced.segments])
    tested = compare(outputs[0], outputs[1], testset.references, testset.target, resamples)
    return Versus(reports[0], reports[1], tested)
