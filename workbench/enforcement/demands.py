"""What a sentence demands: its terms, and the forms that may stand for each in the target."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.glossary.model import Glossary, Term
from workbench.matching import forms
from workbench.matching.forms import Written
from workbench.matching.matcher import Match, Matcher
from workbench.morphology.grammar import Agreement
from workbench.spans import Span

FORMS = 12  # forms tried for one occurrence at most


@dataclass(frozen=True, slots=True)
class Demand:
    """One occurrence that must come out as one of `forms` of `terms` (the first is preferred)."""

    match: Match
    terms: tuple[Term, ...]
    forms: tuple[Written, ...]  # to write, likeliest first

    @property
    def span(self) -> Span:
        return self.match.span

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(form.text for form in self.forms)

    def agreement(self, form: Written) -> Agreement:
        """Gender and number of a form, as far as the entry tells; nothing of one that is kept as it is."""
        if self.match.entry.keep:
            return Agreement()
        labels = form.label.split(".")
        term = self.terms[0]
        number = "pl" if "pl" in labels or term.number == "pl" else "sg"
        gender = "f" if "f" in labels else term.gender or ("m" if term.pos == "adjective" else "")
        return Agreement(gender, number)


class Terms:
    """One glossary read for one pair: the matcher of each side."""

    def __init__(self, glossary: Glossary, source: str, target: str):
        self.glossary, self.source_language, self.target_language = glossary, source, target
        self.source = Matcher(glossary, source)
        self.target = Matcher(glossary, target)

    def demands(self, sentence: str) -> list[Demand]:
        """In text order, without overlaps; entries that the target language lacks ask nothing."""
        return [demand for match in self.source.find(sentence) if (demand := self._demand(match))]

    def _demand(self, match: Match) -> Demand | None:
        terms = forms.targets(match.entry, self.target_language, match.term.type, match.text)
        if not terms:
            return None
        return Demand(match, terms, tuple(self._forms(match, terms[0])[:FORMS]))

    def _forms(self, match: Match, term: Term) -> list[Written]:
        """Forms to write. Where the source tells singular from plural only forms of that number
        are tried (any other is still accepted when the model wrote it); adjectives agree with
        a noun of the target, so that all of theirs are."""
        written = list(forms.forms(match.entry, term))
        told = any(_plural(form.label) for form in forms.forms(match.entry, match.term)) and match.label != "?"
        if not told or term.pos == "adjective":
            return written
        number = _plural(match.label)
        return [form for form in written if _plural(form.label) == number] or written


def _plural(label: str) -> bool:
    return "pl" in label.split(".")
