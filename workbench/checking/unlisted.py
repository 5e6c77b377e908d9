"""Names of a text that no glossary lists, as whoever translates it meets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.enforcement.demands import Terms
from workbench.glossary.model import Kind
from workbench.morphology.bases import bases, nominative
from workbench.names.discovery import Cluster, Spelling, Text, discover
from workbench.names.proposing import kind_of
from workbench.spans import Span
from workbench.translation import untouchable

RIVALS = "may be any of "  # how discovery begins a doubt


@dataclass(frozen=True, slots=True)
class UnlistedName:
    """`name`: the commonest spelling, in its base form; `spellings`: the others in this text; `short`: parts of it
    that stand alone here; `whole`: the full name that this is a part of, '' for none; `rivals`: full names of which
    it may be a part; `places`: number of the sentence and span of each mention."""

    name: str
    kind: Kind
    places: tuple[tuple[int, Span], ...]
    spellings: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    whole: str = ""
    rivals: tuple[str, ...] = ()


def unlisted(sentences: Sequence[str], terms: Terms) -> list[UnlistedName]:
    """In the order of their first mention. All sentences of a text together tell what is a name and what only opens
    a sentence; without a glossary nothing is doubtful."""
    if not terms.glossary.entries:
        return []

    def known(text: str, language: str) -> list[Span]:
        return [*(match.span for match in terms.source.find(text)), *untouchable.opaque(text)]

    texts = [Text(sentence, terms.source_language, str(number)) for number, sentence in enumerate(sentences)]
    found = [name for cluster in discover(texts, known, bases, nominative) for name in _names(cluster)]
    return sorted(found, key=lambda name: name.places[0])


def _names(cluster: Cluster) -> Iterator[UnlistedName]:
    """The full name of a cluster and the part of it that stands alone, each with its own spellings."""
    full = [spelling for spelling in cluster.spellings if not spelling.short]
    parts = [spelling for spelling in cluster.spellings if spelling.short]
    rivals = tuple(cluster.doubt.removeprefix(RIVALS).split(", ")) if cluster.doubt.startswith(RIVALS) else ()
    for said, short, whole in ((full, parts, ""), (parts, [], full[0].text if full else "")):
        if said:
            yield UnlistedName(
                said[0].text, kind_of(cluster), _places(said), tuple(s.text for s in said[1:]),
                tuple(s.text for s in short), whole, rivals,
            )  # fmt: skip


def _places(said: Sequence[Spelling]) -> tuple[tuple[int, Span], ...]:
    return tuple(sorted((int(place.name), place.span) for spelling in said for place in spelling.places))
