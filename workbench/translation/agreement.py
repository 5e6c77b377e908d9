"""One form through a document, or through many, for names that no glossary lists.

Three steps that may be taken apart: `collect` says how each name was rendered, `deciding.decide` chooses a
form once and says why, `apply` writes it everywhere. Decisions are plain values: a person may edit
them between the steps, and those of many documents are one list (`deciding.merged`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import regex

from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import RUNGS, Occurrence, Segment, State
from workbench.morphology import inflection
from workbench.morphology.bases import bases, nominative
from workbench.names.comparison import same_name
from workbench.names.discovery import based_on
from workbench.names.distance import FAR, distance
from workbench.names.mentions import CASELESS, is_known, mentions
from workbench.names.sounds import ABJADS, sounds
from workbench.spans import Span, carry
from workbench.spans import replace as replaced
from workbench.text import Word, cased_like, key, words
from workbench.translation import untouchable
from workbench.translation.deciding import Decision, Unlisted, decide, nearest, ranked

DOCUMENT = "document:"  # what ids of names that only this document knows begin with
LOOSE = 1.5  # cost at which a target word still renders a name, for a name of six sounds: Costa, Cosda
STRICT = 0.47  # the same in scripts without capitals, where any word might be meant
WESTERN = regex.compile(r"(?i)e(?:c|cz|tz)$")  # Kadlec, Oravecz keep in each case the vowel that Kolomoyets loses
LETTERS = 4  # shorter words are not compared


def agreed(segments: Sequence[Segment], terms: Terms) -> list[Segment]:
    """Segments with each unlisted name in one form; nothing else changes, and without a glossary nothing at all."""
    if not terms.glossary.entries:
        return list(segments)
    found = _Renderings(segments, terms)
    return found.applied(decide(found.unlisted(), terms))


def collect(segments: Sequence[Segment], terms: Terms, once: bool = False) -> list[Unlisted]:
    """The unlisted names of a translated document, in order of their first mention.

    `once`: also names that come a single time and that nothing proves, for a part of something longer.
    """
    return _Renderings(segments, terms, once).unlisted()


def apply(segments: Sequence[Segment], decisions: Sequence[Decision], terms: Terms) -> list[Segment]:
    """Segments with the decided forms, inflected as what stood there, and an occurrence for each change.

    A changed place is accounted for as an occurrence of the entry `document:NAME`.
    """
    return _Renderings(segments, terms).applied(decisions)


def changes(segment: Segment, decisions: Mapping[str, Decision], terms: Terms) -> list[Change]:
    """What a segment by itself needs for the decided forms; `decisions` by the key of the name.

    The decisions themselves say here what is a name, so that a single sentence is enough.
    """
    found: dict[Span, Decision] = {}
    explained = _explained(segment)
    for word in words(segment.source):
        free = not any(span.overlaps(word.span) for span in explained)
        if free and (word.text[:1].isupper() or terms.source_language in CASELESS) and len(word.text) >= LETTERS:
            forms = (word.key, *map(key, bases(word.text, terms.source_language)))
            name = next((form for form in forms if form in decisions), None)
            if name is not None:
                found[word.span] = decisions[name]
    if not found:
        return []
    named = {0: [(decision.name, span) for span, decision in found.items()]}
    return _Renderings([segment], terms, named=named).changes(found.values()).get(0, [])


# -- finding ---------------------------------------------------------------------------------


class _Pair(NamedTuple):
    """A word of a name in the source and the target word that renders it, None when there is none."""

    number: int  # of the segment
    name: str
    source: Span
    target: Word | None


class Change(NamedTuple):
    """A word of a segment's target that is not in the decided form. `name`: of the source, with its place."""

    name: str
    source: Span
    place: Span
    form: str
    decision: Decision


class _Renderings:
    """The names of segments and the words that render them. `named`: where names are known to stand."""

    def __init__(
        self,
        segments: Sequence[Segment],
        terms: Terms,
        once: bool = False,
        named: dict[int, list[tuple[str, Span]]] | None = None,
    ):
        self.segments = list(segments)
        self.language = terms.target_language
        self.named = _named(segments, terms.source_language, once) if named is None else named
        self.pairs = [pair for number, found in self.named.items() for pair in self._paired(number, found)]
        rendered = [pair.target.text for pair in self.pairs if pair.target is not None]
        self.base = based_on(rendered, self.language, bases, lambda word: nominative(word, self.language))

    def _paired(self, number: int, found: list[tuple[str, Span]]) -> list[_Pair]:
        """Names with the nearest free words of the target, the surest first."""
        segment = self.segments[number]
        taken = [term.target_span for term in segment.terms if term.target_span is not None]
        taken += untouchable.opaque(segment.target)
        free = [w for w in words(segment.target) if not any(span.overlaps(w.span) for span in taken)]
        if self.language not in CASELESS:
            free = [word for word in free if word.text[:1].isupper()]
        free = [word for word in free if len(word.text) >= LETTERS - 1]
        offers = sorted(
            (cost, i, j)
            for i, (name, _) in enumerate(found)
            for j, word in enumerate(free)
            if (cost := _cost(name, word.text, self.language)) < FAR
        )
        chosen: dict[int, int] = {}
        for _, i, j in offers:
            if i not in chosen and j not in chosen.values():
                chosen[i] = j
        return [
            _Pair(number, name, span, free[chosen[i]] if i in chosen else None) for i, (name, span) in enumerate(found)
        ]

    def unlisted(self) -> list[Unlisted]:
        mentions: Counter[str] = Counter()
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for pair in self.pairs:
            mentions[pair.name] += 1
            if pair.target is not None:
                counts[pair.name][self.base[pair.target.text]] += 1
        return [Unlisted(name, count, ranked(counts[name])) for name, count in mentions.items()]

    def applied(self, decisions: Sequence[Decision]) -> list[Segment]:
        made = list(self.segments)
        for number, found in self.changes(decisions).items():
            made[number] = edited(made[number], found)
        return made

    def changes(self, decisions: Iterable[Decision]) -> dict[int, list[Change]]:
        """By number of the segment, where there are any."""
        chosen = {decision.name: decision for decision in decisions}
        wrong: dict[int, list[Change]] = defaultdict(list)
        for pair in self.pairs:
            decision = chosen.get(pair.name)
            if decision is None or pair.target is None:
                continue
            word = pair.target.text
            kept = WESTERN.search(decision.name) is not None
            form = inflected(word, self._base(word, decision), decision.form, self.language, kept)
            if form != word:
                wrong[pair.number].append(Change(pair.name, pair.source, pair.target.span, form, decision))
        return wrong

    def _base(self, word: str, decision: Decision) -> str:
        """The base form of a word, which the decision may know better than the few words here."""
        offered = {key(word), *map(key, bases(word, self.language))}
        known = (decision.form, *(form for form, _ in decision.renderings))
        found = next((form for form in known if key(form) in offered), self.base[word])
        return nearest(decision.name, word, self.language) if key(found) == key(word) != key(decision.form) else found


def _explained(segment: Segment) -> list[Span]:
    """Places of the source that are no unlisted names: terms, addresses, placeholders."""
    return [*(term.source_span for term in segment.terms), *untouchable.opaque(segment.source)]


def _named(segments: Sequence[Segment], language: str, once: bool = False) -> dict[int, list[tuple[str, Span]]]:
    """By segment the words of unlisted names, in their base form, with their places; words that come
    once count only where the lexicon or their ending proves them names, unless `once`."""
    texts = [segment.source for segment in segments]
    explained = iter([_explained(segment) for segment in segments])
    found = [
        (m.number, Word(w.text, w.span.shift(m.span.start), w.key, w.weak))
        for m in mentions(texts, language, lambda text: next(explained), bases=bases)
        for w in words(m.text)
        if len(w.text) >= LETTERS
    ]
    based = based_on([word.text for _, word in found], language, bases, lambda word: nominative(word, language))
    seen = Counter(key(based[word.text]) for _, word in found)
    spelled: dict[str, str] = {}
    named: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    for number, word in found:
        base = based[word.text]
        if once or seen[key(base)] > 1 or is_known(base):
            named[number].append((spelled.setdefault(key(base), base), word.span))
    return named


@lru_cache(maxsize=50_000)
def _cost(name: str, word: str, language: str) -> float:
    """How far a target word is from a name, whatever its case ending; FAR when it is another word."""
    one = sounds(name)
    best = FAR
    for form in (word, *bases(word, language)):
        other = sounds(form)
        if not one.row or not other.row:
            continue
        unwritten = one.script != other.script and bool({one.script, other.script} & ABJADS)
        limit = STRICT if language in CASELESS else LOOSE
        cost = 0.0 if same_name(name, form).same else distance(one.row, other.row, unwritten)
        if cost <= limit * (0.5 + min(len(one.row), len(other.row)) / 12):
            best = min(best, cost)
    return best


# -- writing ---------------------------------------------------------------------------------


def inflected(stood: str, base: str, form: str, language: str, kept: bool = False) -> str:
    """`form` in the case in which `stood`, a form of `base`, was written; in its capitals too.

    `kept`: `form` keeps its last vowel in every case (Оравец, Оравеца).
    """
    made = form
    if key(stood) != key(base):
        tables = (inflection.name_forms(base, language, kept=stays) for stays in (False, True))
        label = next((label for table in tables for label, text in table if key(text) == key(stood)), "")
        if label:
            made = dict(inflection.name_forms(form, language, kept=kept)).get(label, form)
        elif key(stood).startswith(key(base).rstrip("ი")):
            stem = base.rstrip("ი") if language == "ka" else base
            made = (form.rstrip("ი") if language == "ka" else form) + stood[len(stem) :].lower()
    return cased_like(made, stood)


def edited(segment: Segment, found: Sequence[Change]) -> Segment:
    """The segment with the forms in place, and an occurrence for each."""
    edits = [(change.place, change.form) for change in found]
    target = replaced(segment.target, edits)
    terms = [
        replace(term, target_span=carry(term.target_span, edits)) if term.target_span else term
        for term in segment.terms
    ]
    for change in found:
        place = carry(change.place, edits)
        terms.append(
            Occurrence(
                entry=f"{DOCUMENT}{change.name}",
                source_span=change.source,
                source_text=change.source.of(segment.source),
                target_span=place,
                target_text=place.of(target),
                state=State.REPAIRED,
                rung=RUNGS.index("respelling"),
                wanted=(change.decision.form,),
                note=f"not in the glossary; one form in this document: {change.decision.reason}",
            )
        )
    return replace(segment, target=target, terms=tuple(sorted(terms, key=lambda term: term.source_span)))
