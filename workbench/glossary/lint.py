"""Checks of a glossary itself: what would make the workbench guess, contradict itself, or miss a term."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from workbench.glossary import duplicates, records
from workbench.glossary.duplicates import Hearing
from workbench.glossary.lookalikes import mended, mixture
from workbench.glossary.mending import SAFE, tidy
from workbench.glossary.model import Entry, Glossary, Review, Status, Term
from workbench.text import key

COMMON = 0.8  # of the entries: a language that so many have is missed in the others


@dataclass(frozen=True, slots=True)
class Finding:
    """`entry`: where to mend it; `others`: ids that it stands against."""

    rule: str
    entry: str
    language: str
    text: str
    what: str
    mend: str
    others: tuple[str, ...] = ()

    @property
    def safe(self) -> bool:
        """Whether `mending` does it without a person."""
        return self.rule in SAFE and not self.mend.startswith("type ")


Claim = tuple[Entry, Term, str]
Claims = dict[tuple[str, str], list[Claim]]  # (language, key) → who is written so, in the order of the glossary


def lint(glossary: Glossary, languages: Iterable[str] | None = None, hearing: Hearing | None = None) -> list[Finding]:
    """Findings in the order of the glossary, rejected entries left out.

    `languages`: those that every entry must have; None: those that most entries have.
    `hearing`: what knows names; without it near duplicates are those that read alike in Latin letters.
    """
    entries = [entry for entry in glossary.entries if entry.review is not Review.REJECTED]
    claims = _claims(entries)
    wanted = _common(entries) if languages is None else list(languages)
    found: list[Finding] = []
    for entry in entries:
        for rule in RULES:
            found += rule(entry)
        found += _shared(entry, claims)
        found += _missing(entry, wanted)
    paired = {frozenset((f.entry, other)) for f in found for other in f.others}
    return [*found, *_near(entries, paired, hearing), *_styles(glossary)]


def _common(entries: list[Entry]) -> list[str]:
    counted = Counter(language for entry in entries for language in _said(entry))
    return sorted(language for language, count in counted.items() if count >= COMMON * len(entries))


def _claims(entries: Iterable[Entry]) -> Claims:
    claims: Claims = defaultdict(list)
    for entry in entries:
        for term in entry.terms:
            for text in dict.fromkeys((term.text, *term.variants)):
                claims[term.language, key(text)].append((entry, term, text))
    return claims


# -- rules for one entry -----------------------------------------------------------------------


def _written(entry: Entry) -> Iterator[tuple[Term, str]]:
    for term in entry.terms:
        for text in (term.text, *term.variants, *(form for _, form in term.forms)):
            yield term, text


def _untidy(entry: Entry) -> Iterator[Finding]:
    """Untrimmed, with a doubled space, or not NFC: the formats mend it, other doors may not."""
    language_of = {text: term.language for term, text in _written(entry)}
    for text in dict.fromkeys(records.texts(entry)):
        if (better := tidy(text)) != text:
            what = "not in NFC" if not unicodedata.is_normalized("NFC", text) else "a space too many"
            yield Finding("untidy", entry.id, language_of.get(text, ""), text, what, f"write '{better}'")


def _look_alikes(entry: Entry) -> Iterator[Finding]:
    """A Cyrillic А before Latin letters looks right and is never found."""
    for term, text in _written(entry):
        for word in text.split():
            if strange := mixture(word):
                letters = ", ".join(f"{c} ({unicodedata.name(c).lower()})" for c in strange)
                better = mended(word)
                mend = f"write '{text.replace(word, better)}'" if better else "type the word again in one script"
                yield Finding("mixed script", entry.id, term.language, text, f"{letters} in '{word}'", mend)


def _said_twice(entry: Entry) -> Iterator[Finding]:
    for term in entry.terms:
        for number, variant in enumerate(term.variants):
            if variant == term.text or variant in term.variants[:number]:
                what = f"a variant of '{term.text}' that is said already"
                yield Finding("variant twice", entry.id, term.language, variant, what, "remove the variant")


def _contradictions(entry: Entry) -> Iterator[Finding]:
    """Forbidden and right at once; two preferred forms. What is wrong in en-US may be right in en-GB."""
    right = {(t.locale, key(t.text)): t for t in entry.terms if t.status.approved}
    for term in entry.terms:
        other = right.get((term.locale, key(term.text)))
        if other and not term.status.approved and other is not term:
            what = f"{term.status.value}, and {other.status.value} as a {other.type.value} form"
            yield Finding("contradiction", entry.id, term.language, term.text, what, "keep one of the two")
    preferred: dict[tuple[str, str], Term] = {}
    for term in entry.terms:
        if term.status is Status.PREFERRED:
            first = preferred.setdefault((term.locale, term.type.value), term)
            if first is not term:
                what = f"preferred beside '{first.text}', both {term.type.value}"
                mend = "mark one of them 'status: admitted'"
                yield Finding("two preferred", entry.id, term.language, term.text, what, mend)


RULES: tuple[Callable[[Entry], Iterator[Finding]], ...] = (_untidy, _look_alikes, _said_twice, _contradictions)


# -- rules between entries ---------------------------------------------------------------------


def _shared(entry: Entry, claims: Claims) -> Iterator[Finding]:
    """A spelling that another entry has too, so that a text does not tell which is meant."""
    seen: set[tuple[str, str]] = set()
    for term in entry.terms:
        for text in dict.fromkeys((term.text, *term.variants)):
            place = (term.language, key(text))
            if place in seen:
                continue
            seen.add(place)
            yield from _clash(entry, term, text, [c for c in claims[place] if _mistaken(c, entry, term, text)], claims)


def _mistaken(claim: Claim, entry: Entry, term: Term, text: str) -> bool:
    """Whether a text could mean either; capitals tell March from march where a term asks for them."""
    other, owner, spelled = claim
    return other.id != entry.id and not (spelled != text and (owner.exact_case or term.exact_case))


def _clash(entry: Entry, term: Term, text: str, others: list[Claim], claims: Claims) -> Iterator[Finding]:
    names = tuple(dict.fromkeys(other.id for other, _, _ in others))
    said = ", ".join(f"'{name}'" for name in names)
    first = claims[term.language, key(text)][0][0].id == entry.id  # a pair is told once, of the later one
    is_name = text == term.text
    others_name = any(spelled == owner.text for _, owner, spelled in others)
    if not others:
        return
    if not is_name and others_name:
        what = f"a variant of '{term.text}', and a name of {said}"
        yield Finding("variant of another", entry.id, term.language, text, what, "remove the variant here", names)
    elif is_name == others_name and not first:
        what = f"stands in {said} too, so a text does not tell which is meant"
        mend = "join the entries, or keep it in one of them"
        yield Finding("two entries", entry.id, term.language, text, what, mend, names)


def _near(entries: list[Entry], told: set[frozenset[str]], hearing: Hearing | None) -> Iterator[Finding]:
    """Is it one concept? `told`: pairs of which something else is told."""
    for first, other, text, rival in duplicates.pairs(entries, hearing):
        if frozenset((first.id, other.id)) in told:
            continue
        what = f"may be '{rival}' of '{first.id}'"
        mend = f"if they are one: workbench glossary merge {first.id} {other.id}"
        language = next(term.language for term in other.terms if term.text == text)
        yield Finding("near duplicate", other.id, language, text, what, mend, (first.id,))


def _said(entry: Entry) -> set[str]:
    """Languages in which there is something to write; a romanisation is nothing."""
    return {term.language for term in entry.terms if term.status.approved and not term.transformed}


def _missing(entry: Entry, wanted: Iterable[str]) -> Iterator[Finding]:
    if entry.keep:
        return
    said = _said(entry)
    for language in wanted:
        if language not in said:
            what = "nothing to write in this language"
            mend = f"add a term, like '{language}: [...]', or mark the entry 'keep: true'"
            yield Finding("missing language", entry.id, language, "", what, mend)


def _styles(glossary: Glossary) -> Iterator[Finding]:
    known = {style.name for style in glossary.styles}
    for entry in glossary.entries:
        for term in entry.terms:
            for style in term.styles:
                if style not in known:
                    what = f"belongs to a house style '{style}' that the glossary does not have"
                    yield Finding(
                        "unknown style", entry.id, term.language, term.text, what, "add the style or mend its name"
                    )
