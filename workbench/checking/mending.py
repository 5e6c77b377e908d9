"""One finding of a check put right in its place, by the code that repairs our own translations."""

from __future__ import annotations

from workbench.checking.checks import flat
from workbench.enforcement import repair
from workbench.enforcement.demands import Demand, Terms
from workbench.enforcement.outcomes import Finding
from workbench.errors import InputError
from workbench.matching import forms
from workbench.matching.matcher import Match


def mended(source: str, target: str, finding: Finding, terms: Terms) -> str:
    """The target line with the wanted form where the finding is, inflected as what it replaces.

    InputError for something missing, which has no place, and where the line has changed since the check.
    """
    span = finding.target_span
    if span is None:
        raise InputError(f"nothing in the line stands for '{finding.source_text}'; translate the line again")
    if span.of(target) != finding.target_text or not finding.wanted:
        raise InputError("the text has changed since it was checked; check it again")
    there = (*terms.target.claims(target), *terms.source.claims(target))
    stray = next((m for m in there if (m.span, m.entry.id) == (span, finding.entry)), None)
    demand = _demand(source, finding, stray, terms)
    if stray is None or demand is None:
        return target[: span.start] + finding.wanted[0] + target[span.end :]
    return repair.put(flat(target), span, repair.form_like(demand, stray), demand, terms.target_language).text


def _demand(source: str, finding: Finding, stray: Match | None, terms: Terms) -> Demand | None:
    """What the source asks for at the finding; without a source, the form that the finding wants."""
    if finding.source_span is not None:
        return next((d for d in terms.demands(source) if d.span == finding.source_span), None)
    if stray is None:
        return None
    wanted = [t for t in stray.entry.says(terms.target_language) if t.text == finding.wanted[0]]
    if not wanted:
        return None
    return Demand(stray, tuple(wanted), tuple(forms.forms(stray.entry, wanted[0])))
