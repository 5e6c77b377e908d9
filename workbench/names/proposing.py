"""Entries that an editor may adopt: from the clusters of names that no glossary lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term, Type
from workbench.names.discovery import Cluster, Spelling
from workbench.names.lexicon import lexicon
from workbench.names.mentions import surname
from workbench.names.usage import usual
from workbench.text import words
from workbench.transliteration.candidates import candidates, unidecoded

# Languages whose spelling tells most about a name: where it may be at home, then those that write by
# sound. Russian loses the h of Armenian names, so that English goes before it there.
HOMES = ("hy", "az", "ka", "uk", "ru", "tr", "en")
ARMENIAN = ("hy", "en", "ka", "ru")
TRUSTED = frozenset({"glossary", "official", "usage", "convention"})  # kinds of candidates that may be proposed
FORMS = 3  # candidates of a language at most
_PLACED = re.compile(r"(?i)\b(in|at|near|en|à|bei|nach|в|во|у|із|з|nel|a)\s+$")


def proposals(clusters: Sequence[Cluster], targets: Iterable[str], glossary: Glossary, least: int = 1) -> Glossary:
    """A glossary of proposed entries, one a cluster of at least `least` mentions: spellings that
    were found, and candidates for the target languages that had none.

    What is only a guess is said in notes: the kind, where a form comes from.
    """
    taken = {entry.id for entry in glossary.entries}
    entries = []
    for cluster in clusters:
        if cluster.count >= least:
            entry = _entry(cluster, tuple(targets), glossary, taken)
            taken.add(entry.id)
            entries.append(entry)
    return Glossary(tuple(entries), name="proposals", title="Names found in texts, to be looked at")


def _entry(cluster: Cluster, targets: tuple[str, ...], glossary: Glossary, taken: set[str]) -> Entry:
    terms: list[Term] = []
    for language in cluster.languages:
        for short in (False, True):
            said = [s for s in cluster.spellings if s.language == language and s.short == short]
            if said:
                terms.append(_found(said, language, short))
    for target in dict.fromkeys(targets):
        if target not in cluster.languages:
            for short in (False, True):
                terms += _candidates(cluster, target, short, glossary)
    note = f"found {cluster.count} times; the kind is a guess" + (f"; {cluster.doubt}" if cluster.doubt else "")
    return Entry(_id(cluster, taken), kind_of(cluster), tuple(terms), note=note, review=Review.PROPOSED)


def _found(said: list[Spelling], language: str, short: bool) -> Term:
    """The dominant spelling of a language; the others as its variants."""
    counts = ", ".join(f"{spelling.text} {spelling.count}" for spelling in said)
    return Term(
        language,
        said[0].text,
        type=Type.SHORT if short else Type.FULL,
        variants=tuple(spelling.text for spelling in said[1:]),
        source="texts",
        note=f"in the texts: {counts}",
    )


def home(cluster: Cluster, short: bool = False) -> Spelling | None:
    """The spelling to transliterate from."""
    armenian = any(lexicon().ending(word.text) == "yan" for s in cluster.spellings for word in words(s.text))
    for language in (*(ARMENIAN if armenian else HOMES), *cluster.languages):
        found = [s for s in cluster.spellings if s.language == language and s.short == short]
        if found:
            return found[0]
    return None


def _candidates(cluster: Cluster, target: str, short: bool, glossary: Glossary) -> list[Term]:
    """The best candidate as the preferred form, the next as admitted ones, each with its reason."""
    spelling = home(cluster, short)
    if spelling is None:
        return []
    offered = [
        c
        for c in candidates(spelling.text, spelling.language, target, glossary, n=FORMS, usual=usual)
        if c.how in TRUSTED
    ]
    return [
        Term(
            target,
            made.form,
            Status.ADMITTED if i else Status.PREFERRED,
            type=Type.SHORT if short else Type.FULL,
            source=made.how,
            note=made.reason,
        )
        for i, made in enumerate(offered)
    ]


def kind_of(cluster: Cluster) -> Kind:
    """A guess: a surname's ending or two words make a person, unless it mostly stands after in, at, near."""
    placed = sum(bool(_PLACED.search(place.before)) for s in cluster.spellings for place in s.places)
    if any(surname(word.text) for s in cluster.spellings for word in words(s.text)):
        return Kind.PERSON
    return Kind.PLACE if placed * 2 > cluster.count else Kind.PERSON


def _id(cluster: Cluster, taken: set[str]) -> str:
    """nikol-pashinyan, from the English spelling when there is one; numbered when it is taken."""
    named = cluster.dominant("en") or cluster.spellings[0]
    base = re.sub(r"[^a-z0-9]+", "-", unidecoded(named.text).lower()).strip("-") or "name"
    number, id = 2, base
    while id in taken:
        id, number = f"{base}-{number}", number + 1
    return id
