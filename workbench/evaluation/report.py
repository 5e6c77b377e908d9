"""What a benchmark found, as values, as a table and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from workbench.evaluation.consistency import Consistency
from workbench.evaluation.quality import Comparison, Score
from workbench.evaluation.success import Rate, RungProfile


@dataclass(frozen=True, slots=True)
class TermScores:
    """Term figures of one system; the reference is a system too (oracle)."""

    exact: Rate  # TSR_surface, case counts
    folded: Rate  # TSR_surface, case-folded
    inflected: Rate | None  # TSR with inflected forms, None when no forms were given
    on_achievable: Rate  # `success` over the achievable terms only
    overlap: Rate  # TSR_overlap, whole tokens, one span may serve two terms
    substring: Rate  # the same anywhere in the text: how public scorers count
    verbatim: Rate  # VE, terms that stay as they are
    m_eta: Rate
    over_applied: float  # per 1,000 rows
    form: Rate = Rate(0, 0)  # FA, in the reference's own form, out of those attested there
    inflection: Rate = Rate(0, 0)  # the same out of those that came out in an accepted form
    interval: tuple[float, float] | None = None  # 95 % of the bootstrap of the headline, shares

    @property
    def success(self) -> Rate:
        """The headline: with inflected forms where there are any."""
        return self.inflected or self.folded


@dataclass(frozen=True, slots=True)
class SystemScores:
    bleu: Score
    chrf: Score
    chrf_plus: Score
    outside: Score  # chrF++ outside terms
    terms: TermScores
    seconds: float
    rows_per_second: float | None
    consistency: Consistency = Consistency()
    comet: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One system on one test set, plain and enforced. Scores 0 to 100, rates as hits of a total."""

    system: str
    testset: str
    source: str
    target: str
    mode: str
    rows: int
    rows_with_terms: int
    terms: int  # required occurrences, each listed term once
    achievable: int  # of these, found in the source as written: token-anchored, case-folded, a place each
    plain: SystemScores
    enforced: SystemScores
    oracle: TermScores  # of the references
    rungs: RungProfile
    unhit_changed: Rate  # (changed, all rows without a hit)
    comparisons: tuple[Comparison, ...] = ()  # enforced against plain

    @property
    def of_oracle(self) -> float | None:
        """TSR / TSR_oracle, the headline; above 1 when listed forms come more often than in the reference."""
        reached, oracle = self.enforced.terms.success.share, self.oracle.success.share
        return reached / oracle if reached is not None and oracle else None

    @property
    def overhead(self) -> float | None:
        """Time of the enforced run over time of the plain one."""
        return self.enforced.seconds / self.plain.seconds if self.plain.seconds else None

    @property
    def outside_difference(self) -> float:
        """ΔchrF++ outside terms, ours − plain."""
        return self.enforced.outside.value - self.plain.outside.value

    def as_json(self) -> str:
        """Everything, with the figures worked out."""
        return json.dumps(_plain(self._figures()), ensure_ascii=False, indent=2)

    def _figures(self) -> dict[str, Any]:
        values = asdict(self)
        rates = {"plain": self.plain.terms, "enforced": self.enforced.terms}
        for name, terms in rates.items():
            values[name]["terms"] = _rates(terms)
        values["oracle"] = _rates(self.oracle)
        values["unhit_changed"] = {"hits": self.unhit_changed.hits, "total": self.unhit_changed.total}
        values["rungs"] = {"shares": self.rungs.shares, "counts": self.rungs.counts, "forced": self.rungs.forced}
        for comparison, value in zip(self.comparisons, values["comparisons"], strict=True):
            value["difference"] = comparison.difference
        return values | {
            "of_oracle": self.of_oracle,
            "overhead": self.overhead,
            "outside_difference": self.outside_difference,
        }

    def as_table(self) -> str:
        """For the eye: one figure a line, plain, enforced and reference side by side."""
        both = (self.plain, self.enforced)
        figures = [
            *((name, *(_score(getattr(system, key)) for system in both), "") for name, key in _SCORE_LINES),
            *(
                (label, *(_rate(getattr(terms, key)) for terms in self._columns))
                for label, key in _TERM_LINES
                if getattr(self.oracle, key) is not None and getattr(self.oracle, key).total
            ),
            *(
                (name, *(_share(getattr(system.consistency, key)) for system in both), "")
                for name, key in _CONSISTENCY_LINES
                if both[1].consistency.entries
            ),
            *(
                [("term success, 95 %", *(_between(terms.interval) for terms in self._columns))]
                if self.comparisons
                else []
            ),
            *([("COMET", *(_number(system.comet, 4) for system in both), "")] if both[1].comet is not None else []),
            ("over-applied per 1,000", *(f"{terms.over_applied:.1f}" for terms in self._columns)),
            ("seconds", *(f"{system.seconds:.2f}" for system in both), ""),
            ("rows per second", *(_number(system.rows_per_second) for system in both), ""),
        ]
        lines = [
            f"{self.system} · {self.testset} · {self.source}-{self.target} · {self.mode} terms",
            f"{self.rows} rows, {self.rows_with_terms} with terms; {self.terms} terms, "
            f"{self.achievable} in the source as written",
            "",
            *aligned([("", "plain", "enforced", "reference"), *figures]),
            "",
            f"term success / oracle  {_number(self.of_oracle, 3)}",
            f"ΔchrF++ outside terms  {self.outside_difference:+.2f}",
            f"time, enforced / plain {_number(self.overhead)}",
            f"unhit rows changed     {self.unhit_changed.hits} of {self.unhit_changed.total}",
            f"rungs                  {_rungs(self.rungs)}",
            f"substituted, verbatim  {self.rungs.forced} of {self.rungs.total}",
            *(f"Δ{c.name:<22}{c.difference:+.2f}  p = {c.p:.3f}" for c in self.comparisons),
            "",
            *(f"{score.name}: {score.signature}" for score in (both[1].bleu, both[1].chrf, both[1].chrf_plus)),
        ]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def _optional(self) -> list[tuple[str, ...]]:
        """Lines of what was asked for: intervals, COMET."""
        lines: list[tuple[str, ...]] = []
        if self.enforced.terms.interval is not None:
            lines.append(("term success, 95 %", *(_between(terms.interval) for terms in self._columns)))
        if self.enforced.comet is not None:
            lines.append(("COMET", *(_number(system.comet, 4) for system in (self.plain, self.enforced)), ""))
        return lines

    @property
    def _columns(self) -> tuple[TermScores, TermScores, TermScores]:
        return self.plain.terms, self.enforced.terms, self.oracle


_SCORE_LINES = (("BLEU", "bleu"), ("chrF", "chrf"), ("chrF++", "chrf_plus"), ("chrF++ outside terms", "outside"))
_TERM_LINES = (
    ("terms, as cased", "exact"),
    ("terms, case-folded", "folded"),
    ("terms, inflected", "inflected"),
    ("… of those in source", "on_achievable"),
    ("terms, not exclusive", "overlap"),
    ("terms, substring", "substring"),
    ("kept verbatim", "verbatim"),
    ("M-ETA", "m_eta"),
    ("form of the reference", "form"),
    ("inflection, of those placed", "inflection"),
)
_CONSISTENCY_LINES = (("consistency", "micro"), ("one form only", "unity"))


def _rates(terms: TermScores) -> dict[str, Any]:
    values: dict[str, Any] = {"over_applied": terms.over_applied, "interval": terms.interval}
    for _, key in _TERM_LINES:
        rate = getattr(terms, key)
        values[key] = None if rate is None else {"hits": rate.hits, "total": rate.total, "share": rate.share}
    return values


def _plain(value: Any) -> Any:
    """Numbers cut to what they are worth."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _score(score: Score) -> str:
    if score.low is None or score.high is None:
        return f"{score.value:.2f}"
    return f"{score.value:.2f} ±{(score.high - score.low) / 2:.2f}"


def _rate(rate: Rate) -> str:
    return "–" if rate.share is None else f"{100 * rate.share:.1f} ({rate.hits}/{rate.total})"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def _between(interval: tuple[float, float] | None) -> str:
    return "–" if interval is None else f"{100 * interval[0]:.1f}–{100 * interval[1]:.1f}"


def _number(value: float | None, places: int = 2) -> str:
    return "–" if value is None else f"{value:.{places}f}"


def _rungs(rungs: RungProfile) -> str:
    return ", ".join(f"{rung} {100 * share:.1f}" for rung, share in rungs.shares.items())


def aligned(table: list[tuple[str, ...]]) -> list[str]:
    """Lines of a table: the first column to the left, figures to the right."""
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    return [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in table
    ]
