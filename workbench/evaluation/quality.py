"""How good a text is as a whole: BLEU, chrF and chrF++ by sacrebleu, each with its signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest

from workbench.errors import InputError

_TOKENISERS = {"zh": "zh", "ja": "char", "ko": "char"}  # others: 13a, sacrebleu's default

References = Sequence[Sequence[str]]  # row by row, one or more each; their number may differ


@dataclass(frozen=True, slots=True)
class Score:
    """A corpus score from 0 to 100; `low` and `high` bound 95 % of the bootstrap, None without one."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric of two systems on the same rows, tested by paired bootstrap (Koehn 2004).

    `p`: chance of a difference as large as this one between equal systems; below .05 it
    is worth a word.
    """

    name: str
    ours: float
    baseline: float
    p: float
    signature: str = ""

    @property
    def difference(self) -> float:
        return self.ours - self.baseline


def bleu(outputs: Sequence[str], references: References, target: str = "", resamples: int = 0) -> Score:
    """Corpus BLEU, cased; `target` picks the tokeniser."""
    return _scored(_bleu(target), "BLEU", outputs, references, resamples)


def chrf(outputs: Sequence[str], references: References, resamples: int = 0) -> Score:
    """chrF2: character n-grams to 6, β = 2."""
    return _scored(CHRF(), "chrF", outputs, references, resamples)


def chrf_plus(outputs: Sequence[str], references: References, resamples: int = 0) -> Score:
    """chrF++: chrF2 with word unigrams and bigrams."""
    return _scored(CHRF(word_order=2), "chrF++", outputs, references, resamples)


def compare(
    ours: Sequence[str], baseline: Sequence[str], references: References, target: str = "", resamples: int = 1000
) -> tuple[Comparison, ...]:
    """BLEU, chrF and chrF++ of two systems, each with a p-value (§6, 8c)."""
    _same_length(ours, references)
    _same_length(baseline, references)
    if resamples < 2:
        raise InputError(f"a bootstrap needs 2 resamples or more, not {resamples}")
    compared = []
    metrics: Mapping[str, BLEU | CHRF] = {"BLEU": _bleu(target), "chrF": CHRF(), "chrF++": CHRF(word_order=2)}
    for name, metric in metrics.items():
        test = PairedTest(
            [("baseline", list(baseline)), ("ours", list(ours))],
            {name: metric},
            _streams(references),
            test_type="bs",
            n_samples=resamples,
        )
        signatures, scores = test()
        (key,) = signatures  # sacrebleu's own name of the metric
        before, after = scores[key]
        # sacrebleu counts larger differences only, so that equal systems would get the least p.
        p = 1.0 if after.score == before.score else float(after.p_value)
        compared.append(Comparison(name, float(after.score), float(before.score), p, signatures[key].format()))
    return tuple(compared)


def _bleu(target: str) -> BLEU:
    return BLEU(tokenize=_TOKENISERS.get(target, "13a"))


def _scored(metric: BLEU | CHRF, name: str, outputs: Sequence[str], references: References, resamples: int) -> Score:
    _same_length(outputs, references)
    result = metric.corpus_score(list(outputs), _streams(references), n_bootstrap=max(resamples, 1))
    score = Score(name, float(result.score), signature=metric.get_signature().format())
    if resamples < 2:
        return score
    mean, half = float(result._mean), float(result._ci)  # sacrebleu shows them only in a text
    return replace(score, low=mean - half, high=mean + half)


def _streams(references: References) -> list[list[str | None]]:
    """sacrebleu's layout: first references of all rows, second ones, …; None where a row has fewer."""
    return [list(stream) for stream in zip_longest(*references)]


def _same_length(outputs: Sequence[str], references: References) -> None:
    if len(outputs) != len(references):
        raise InputError(f"{len(outputs)} translations for {len(references)} references: one each is needed")
    if not outputs:
        raise InputError("no translations to score")
