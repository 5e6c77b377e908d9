"""Entries of a glossary by a spelling, in any script, without regard to case or Latin diacritics."""

from __future__ import annotations

from workbench.glossary.model import Entry, Glossary
from workbench.text import key, weak_key


def spelled(glossary: Glossary, text: str, language: str | None = None, limit: int = 20) -> list[Entry]:
    """The same spelling first, then what begins with the text, then what holds it; at most `limit`."""
    ranked = []
    for number, entry in enumerate(glossary.entries):
        rank = min((_rank(text.strip(), s) for s in _spellings(entry, language)), default=None)
        if rank is not None and rank < APART:
            ranked.append((rank, number, entry))
    return [entry for *_, entry in sorted(ranked, key=lambda row: row[:2])[:limit]]


APART = 4


def _rank(text: str, spelling: str) -> int:
    if not text:
        return 0
    for rank, fold in enumerate((key, weak_key)):
        if fold(text) == fold(spelling):
            return rank
    plain, whole = weak_key(text), weak_key(spelling)
    return 2 if whole.startswith(plain) else 3 if plain in whole else APART


def _spellings(entry: Entry, language: str | None) -> list[str]:
    terms = [term for term in entry.terms if language in (None, term.language)]
    spellings = [spelling for term in terms for spelling in (term.text, *term.variants)]
    return spellings if language else [entry.id, *spellings]
