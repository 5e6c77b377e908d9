"""How far a glossary covers each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.glossary.model import Glossary, Review


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one language. `share`: of the entries that need a term, 0 to 1."""

    language: str
    entries: int  # with an approved term
    missing: int
    share: float
    terms: dict[str, int]  # by status
    variants: int


def coverage(glossary: Glossary, languages: Iterable[str] = ()) -> tuple[Coverage, ...]:
    """The best covered first. `languages`: those asked for, also when nothing is there; none: all that occur.

    Entries that are rejected are left out; those that are kept as they are need no term.
    """
    entries = [entry for entry in glossary.entries if entry.review is not Review.REJECTED]
    needing = sum(not entry.keep for entry in entries)
    wanted = list(languages) or list(dict.fromkeys(term.language for entry in entries for term in entry.terms))
    made = []
    for language in wanted:
        terms = [(entry, term) for entry in entries for term in entry.terms if term.language == language]
        said = {entry.id for entry, term in terms if term.status.approved}
        covered = sum(entry.id in said and not entry.keep for entry in entries)
        statuses = Counter(term.status.value for _, term in terms)
        variants = sum(len(term.variants) for _, term in terms)
        share = covered / needing if needing else 1.0
        made.append(Coverage(language, len(said), needing - covered, share, dict(statuses), variants))
    return tuple(sorted(made, key=lambda c: (-c.share, c.language)))
