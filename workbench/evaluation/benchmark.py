"""A test set in, a report out: the plain decode beside the enforced one, and the reference beside both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from workbench.enforcement.outcomes import Segment
from workbench.errors import InputError
from workbench.evaluation.inflection import form_accuracy, lemma_of
from workbench.evaluation.metrics import (
    Compare,
    Comparison,
    Consistency,
    Forms,
    achievable,
    bleu,
    chrf,
    chrf_plus,
    compare,
    consistency,
    exactness,
    interval,
    m_eta,
    outside_terms,
    over_application,
    rung_profile,
    term_overlap,
    term_success,
    unhit_changed,
)
from workbench.evaluation.report import Report, SystemScores, TermScores
from workbench.evaluation.testset import Row, Testset
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term
from workbench.matching.forms import forms as term_forms

_WARM_UP = 2  # rows translated before the clock starts: loading a model is not translating


@dataclass(frozen=True, slots=True)
class Run:
    """What a translator made of some rows: one segment each, in order, and the time it took."""

    segments: tuple[Segment, ...]
    seconds: float


class RowTranslator(Protocol):
    """What is measured: a model with everything that stands around it."""

    name: str

    def translate_rows(self, sources: Sequence[str], glossaries: Sequence[Glossary] | None) -> Run:
        """Every row under its own glossary; None: plain decode, no enforcement at all."""


def evaluate(translator: RowTranslator, testset: Testset, forms: Forms | None = None, resamples: int = 0) -> Report:
    """Translate a test set with and without its terms and measure both.

    `forms`: accepted inflected forms of a target term; without it only listed forms count.
    `resamples`: of the bootstrap for intervals and the paired test; 0 leaves them out.
    Raises InputError when the translator gives back more or fewer segments than rows.
    """
    plain, enforced = runs(translator, testset)
    return report(translator.name, testset, plain, enforced, forms, resamples)


def runs(translator: RowTranslator, testset: Testset) -> tuple[Run, Run]:
    """The test set without and with its terms, after a warm-up."""
    glossaries = [row_glossary(row, testset.source, testset.target) for row in testset.rows]
    warm = min(_WARM_UP, len(testset))
    translator.translate_rows(testset.sources[:warm], None)
    translator.translate_rows(testset.sources[:warm], glossaries[:warm])
    return _run(translator, testset, None), _run(translator, testset, glossaries)


def report(
    name: str, testset: Testset, plain: Run, enforced: Run, forms: Forms | None = None, resamples: int = 0
) -> Report:
    """Measure two runs that were made before."""
    outputs = [segment.target for segment in enforced.segments]
    before = [segment.target for segment in plain.segments]
    hit = [bool(segment.terms) for segment in enforced.segments]
    compared: tuple[Comparison, ...] = ()
    if resamples > 1:
        compared = compare(outputs, before, testset.references, testset.target, resamples)
    return Report(
        system=name,
        testset=testset.name,
        source=testset.source,
        target=testset.target,
        mode=testset.mode,
        rows=len(testset),
        rows_with_terms=sum(bool(row.terms) for row in testset.rows),
        terms=sum(len(row.terms) for row in testset.rows),
        achievable=sum(len(achievable(row)) for row in testset.rows),
        plain=_system(plain, testset, forms, resamples),
        enforced=_system(enforced, testset, forms, resamples),
        oracle=_terms([row.reference for row in testset.rows], testset.rows, forms, resamples),
        rungs=rung_profile(chain.from_iterable(segment.terms for segment in enforced.segments)),
        unhit_changed=unhit_changed(outputs, before, hit),
        comparisons=compared,
    )


def row_glossary(row: Row, source: str, target: str) -> Glossary:
    """The terms of one row as a glossary: the first form preferred, the others admitted.

    Terms whose source form is not known (EA-MT) cannot be enforced and are left out.
    """
    entries = []
    for number, (term, wanted) in enumerate(row.terms, start=1):
        if term:
            others = (Term(target, form, Status.ADMITTED) for form in wanted[1:])
            entries.append(
                Entry(f"{row.id}:{number}", Kind.TERM, (Term(source, term), Term(target, wanted[0]), *others))
            )
    return Glossary(tuple(entries), name=row.id)


def inflected(language: str) -> Forms:
    """The forms that the workbench itself accepts for a term of this language.

    The enforcer writes out of the same forms, so a wrong rule counts as right here:
    quote the surface rate beside it.
    """
    return lambda text: (written.text for written in term_forms(Entry(""), Term(language, text)))


def _run(translator: RowTranslator, testset: Testset, glossaries: Sequence[Glossary] | None) -> Run:
    run = translator.translate_rows(testset.sources, glossaries)
    if len(run.segments) != len(testset):
        raise InputError(f"{translator.name}: {len(run.segments)} translations for {len(testset)} rows")
    return run


def _system(run: Run, testset: Testset, forms: Forms | None, resamples: int) -> SystemScores:
    outputs = [segment.target for segment in run.segments]
    rows, references = testset.rows, testset.references
    return SystemScores(
        bleu=bleu(outputs, references, testset.target, resamples),
        chrf=chrf(outputs, references, resamples),
        chrf_plus=chrf_plus(outputs, references, resamples),
        outside=outside_terms(outputs, rows, forms, resamples),
        terms=_terms(outputs, rows, forms, resamples),
        seconds=run.seconds,
        rows_per_second=len(rows) / run.seconds if run.seconds else None,
        consistency=_consistency(outputs, rows, forms),
    )


def _consistency(outputs: Sequence[str], rows: Sequence[Row], forms: Forms | None) -> Consistency:
    """Over the documents of a set; a set that names none is one document."""
    documents: dict[str, list[tuple[str, str]]] = {}
    for output, row in zip(outputs, rows, strict=True):
        documents.setdefault(row.document, []).extend(lemma_of(output, row, forms))
    return consistency(documents.values())


def _terms(outputs: Sequence[str], rows: Sequence[Row], forms: Forms | None, resamples: int = 0) -> TermScores:
    form, inflection = form_accuracy(outputs, rows, forms)
    found = [replace(row, terms=achievable(row)) for row in rows]
    return TermScores(
        exact=term_success(outputs, rows, Compare.EXACT),
        folded=term_success(outputs, rows),
        inflected=term_success(outputs, rows, forms=forms) if forms else None,
        on_achievable=term_success(outputs, found, forms=forms),
        overlap=term_overlap(outputs, rows),
        substring=term_overlap(outputs, rows, Compare.SUBSTRING),
        verbatim=exactness(outputs, rows),
        m_eta=m_eta(outputs, rows),
        over_applied=over_application(outputs, rows, forms),
        form=form,
        inflection=inflection,
        interval=interval(outputs, rows, forms, resamples),
    )
