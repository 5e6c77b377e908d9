"""Segments of documents, translated: what must not change masked, cut into sentences, looked up in
the memory, rendered under the glossary, joined again, and their markup carried along."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbench import spans
from workbench import text as texts
from workbench.documents import markup
from workbench.documents.document import Segment, Target, untouched
from workbench.enforcement import alignment
from workbench.enforcement.demands import Terms
from workbench.enforcement.draft import draft
from workbench.enforcement.outcomes import Occurrence, State
from workbench.enforcement.outcomes import Segment as Sentence
from workbench.enforcement.verification import verify
from workbench.engines.engine import Hypothesis
from workbench.names.comparison import same_name
from workbench.spans import Link, Span
from workbench.translation import dates, untouchable
from workbench.translation.figures import Sparing
from workbench.translation.memory import Hit, Memory
from workbench.translation.translation import Progress, Translator, through
from workbench.translation.untouchable import Guarded


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment with its target. `sentences`: of the source with what stands for each; empty where there
    was nothing to translate. `origins`: of each sentence, as `Target.origin`. `lost`: texts that
    should stand verbatim in the target and do not."""

    segment: Segment
    target: Target
    sentences: tuple[Sentence, ...] = ()
    origins: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    verbatim: tuple[Occurrence, ...] = ()  # numbers and masked texts, not in order


class Unit(NamedTuple):
    """A sentence of a segment on its way: masked, in places of its own."""

    before: str
    masked: str
    originals: tuple[tuple[str, str], ...]
    source: str
    hit: Hit | None


class Passages:
    """Translates segments one way: one translator, or the two legs of a pivot."""

    def __init__(self, legs: Sequence[Translator], memory: Memory | None = None):
        self.terms = legs[0].terms if len(legs) == 1 else _ends(legs)
        self.legs = [Sparing(leg.engine, Guarded(leg.terms), leg.options, leg.agree) for leg in legs]
        self.memory = memory
        self.timings: dict[str, float] = {}

    def translate(self, segments: Sequence[Segment], progress: Progress | None = None) -> list[Passage]:
        """One passage a segment, in order. A segment that is not for translation, or in which nothing
        can be translated, stays as it is."""
        cut = [self._units(segment) for segment in segments]
        asked = [unit for units, _ in cut for unit in units if unit.hit is None]
        made = iter(self._decoded([texts.Piece(unit.before, unit.masked) for unit in asked], progress))
        began = time.perf_counter()
        drafts = [
            (segment, units, after, [self._remembered(u) if u.hit else next(made) for u in units])
            for segment, (units, after) in zip(segments, cut, strict=True)
        ]
        linked = [sentences for segment, _, _, sentences in drafts if _inner(segment)]
        links = iter(self._links([chain for sentences in linked for chain in sentences]))
        passages = []
        for segment, units, after, chains in drafts:
            ties = [next(links) for _ in chains] if _inner(segment) else [()] * len(chains)
            passages.append(_passage(segment, units, after, [chain[-1] for chain in chains], ties, self.terms))
        self._spent("markup", began)
        return passages

    def text(self, text: str, progress: Progress | None = None) -> tuple[list[Sentence], str]:
        """A plain text: its sentences, each with what it lost, and the white space after the last one."""
        (made,) = self.translate([Segment("", text)], progress)
        if not made.sentences:  # nothing in it can be translated
            pieces, after = texts.sentences(text, self.terms.source_language)
            return [Sentence(piece.text, piece.text, before=piece.before) for piece in pieces], after
        told = [replace(s, lost=_lost(s.source, s.target, self.terms)) for s in made.sentences]
        return told, text[sum(len(s.before) + len(s.source) for s in told) :]

    def _spent(self, what: str, began: float) -> None:
        self.timings[what] = self.timings.get(what, 0.0) + time.perf_counter() - began

    # -- before the model --------------------------------------------------------------------

    def _units(self, segment: Segment) -> tuple[list[Unit], str]:
        kept = [mark.span for mark in segment.marks if mark.keep]
        if not segment.translate or not _wordy(segment.source, kept):
            return [], ""
        hidden = untouchable.masked(segment.source, kept)
        pieces, after = texts.sentences(hidden.text, self.legs[0].engine.source)
        originals = list(hidden.originals)
        units = []
        for piece in pieces:
            held = untouchable.unmasking(piece.text, originals)
            mine = tuple(originals[: len(held)])
            originals = originals[len(held) :]
            source = spans.replace(piece.text, held)
            units.append(Unit(piece.before, piece.text, mine, source, self._known(source)))
        return units, after

    def _known(self, source: str) -> Hit | None:
        """Out of the memory; nothing that is near but for the month of a date."""
        hit = self.memory.find(source) if self.memory and _wordy(source, ()) else None
        if hit is None or hit.exact:
            return hit
        here, there = (
            [date.month for date in dates.dates(text, self.terms.source_language)] for text in (source, hit.found)
        )
        return hit if here == there else None

    # -- the model -----------------------------------------------------------------------------

    def _decoded(self, pieces: list[texts.Piece], progress: Progress | None) -> list[tuple[Sentence, ...]]:
        """For each piece its sentence after each leg; the last one accounts for the terms of all."""
        chains: list[tuple[Sentence, ...]] = [()] * len(pieces)
        wordy = [i for i, piece in enumerate(pieces) if any(c.isalpha() for c in untouchable.bare(piece.text))]
        going = [pieces[i] for i in wordy]
        for number, leg in enumerate(self.legs):
            made = leg.segments(going, _stretched(progress, number, len(self.legs)), self.timings)
            going = [texts.Piece(s.before, s.target) for s in made]
            for i, sentence in zip(wordy, made, strict=True):
                before = chains[i]
                joined = through(before[-1:], [sentence], self.legs[0].terms)[0] if before else sentence
                chains[i] = (*before, joined)
        return [chain or (Sentence(p.text, p.text, before=p.before),) for chain, p in zip(chains, pieces, strict=True)]

    def _remembered(self, unit: Unit) -> tuple[Sentence, ...]:
        """A sentence out of the memory, its terms judged as those of the model are."""
        assert unit.hit is not None
        target = unit.hit.target
        for token, original in unit.originals:
            target = target.replace(original, token, 1)
        return (replace(accounted(unit.masked, target, self.terms), before=unit.before),)

    # -- links -----------------------------------------------------------------------------------

    def _links(self, chains: Sequence[tuple[Sentence, ...]]) -> list[tuple[Link, ...]]:
        """Ties of each chain's first source to its last target; listed terms are tied to their own places."""
        made: list[tuple[Link, ...]] = []
        steps = []
        for number, leg in enumerate(self.legs):
            pairs = []
            for chain in chains:
                source = chain[0].source if number == 0 else chain[min(number, len(chain)) - 1].target
                target = chain[min(number, len(chain) - 1)].target
                pairs.append((source, target) if number < len(chain) else ("", ""))
            steps.append(alignment.links(leg.engine, pairs))
        for i, chain in enumerate(chains):
            ties = steps[0][i]
            for step in steps[1 : len(chain)]:
                ties = alignment.through(ties, step[i])
            made.append(_termwise(ties, chain[-1].terms))
        return made


def _stretched(progress: Progress | None, leg: int, legs: int) -> Progress | None:
    """One count over all legs."""
    if progress is None or legs == 1:
        return progress
    return lambda done, total: progress(leg * total + done, legs * total)


def accounted(source: str, target: str, terms: Terms) -> Sentence:
    """A translation that somebody else made, with the account of its terms: kept, or flagged as missing."""
    demands = terms.demands(source)
    made = draft(source, (), Hypothesis(target, (), 0.0))
    standing = verify(made, demands, terms)
    found = tuple(
        Occurrence(
            demand.match.entry.id, demand.span, demand.match.text, place, place.of(target) if place else "",
            State.KEPT if place else State.FLAGGED, 0, demand.match.how.value, demand.wanted,
            "" if place else "not in this translation",
        )
        for demand, place in zip(demands, standing.places, strict=True)
    )  # fmt: skip
    return Sentence(source, target, found)


def _ends(legs: Sequence[Translator]) -> Terms:
    return Terms(legs[0].terms.glossary, legs[0].engine.source, legs[-1].engine.target)


def _inner(segment: Segment) -> bool:
    """Whether a mark of the segment needs to find its place: one that is not over all of it."""
    return any(not mark.keep and mark.span != (0, len(segment.source)) for mark in segment.marks)


def _wordy(text: str, kept: Sequence[Span]) -> bool:
    """Whether a letter stands outside what must not change."""
    return any(c.isalpha() for c in untouchable.bare(text, kept))


def _termwise(ties: Sequence[Link], terms: Sequence[Occurrence]) -> tuple[Link, ...]:
    """A word of a placed term draws on the words of its term, and nothing else draws on them."""
    placed = [term for term in terms if term.target_span is not None]
    free = [
        tie
        for tie in ties
        if not any(tie.target.overlaps(term.target_span) or tie.source.overlaps(term.source_span) for term in placed)
    ]
    for term in placed:
        free += [
            Link(here.shift(term.source_span.start), there.shift(term.target_span.start))
            for here, there in _within(term.source_text, term.target_text)
        ]
    return tuple(free)


def _within(source: str, target: str) -> Iterator[tuple[Span, Span]]:
    """Words of a term, each target word with the source words that sound like it; one that sounds like none
    with those that are left, or with all."""
    here, there = texts.words(source), texts.words(target)
    alike = {(i, j) for i, a in enumerate(here) for j, b in enumerate(there) if same_name(a.text, b.text).same}
    left = set(range(len(here))) - {i for i, _ in alike}
    for j, word in enumerate(there):
        for i in {i for i, k in alike if k == j} or left or range(len(here)):
            yield here[i].span, word.span


def _passage(
    segment: Segment,
    units: list[Unit],
    after: str,
    sentences: list[Sentence],
    links: list[tuple[Link, ...]],
    terms: Terms,
) -> Passage:
    """The sentences unmasked and joined, the markup in its places."""
    if not units:
        return Passage(segment, untouched(segment))
    done, verbatim, ties, gaps, fixed = [], [], [], [], {}
    source = target = ""
    for unit, sentence, tied in zip(units, sentences, links, strict=True):
        here = Span(len(source), len(source) + len(unit.before))
        source, target = source + unit.before, target + unit.before
        gaps.append((here, Span(len(target) - len(unit.before), len(target))))
        clear = _clear(unit, sentence)
        done.append(replace(clear.sentence, terms=tuple(t for t in clear.sentence.terms if not _own(t))))
        verbatim += [t for t in clear.sentence.terms if _own(t)]
        move = (len(source), len(target))
        ties += [
            Link(clear.source(t.source).shift(move[0]), clear.target(t.target).shift(move[1]), t.weight) for t in tied
        ]
        fixed |= {a.shift(move[0]): b.shift(move[1]) for a, b in clear.fixed}
        source, target = source + clear.sentence.source, target + clear.sentence.target
    gaps.append((Span(len(source), len(source) + len(after)), Span(len(target), len(target) + len(after))))
    fixed |= _breaks(segment.source, target + after)
    marks = segment.marks
    if marks:
        pair = markup.Pair(segment.source, target + after, ties, gaps, fixed)
        marks = markup.carried(segment.marks, pair)
    lost = _lost(segment.source, target, terms, [m.span for m in segment.marks if m.keep])
    origins = tuple(unit.hit.origin if unit.hit else "model" for unit in units)
    flagged = bool(lost) or any(s.flagged for s in done) or any(u.hit and not u.hit.exact for u in units)
    return Passage(
        segment, Target(target + after, marks, flagged, _origin(origins)), tuple(done), origins, lost, tuple(verbatim)
    )


def _lost(source: str, target: str, terms: Terms, kept: Sequence[Span] = ()) -> tuple[str, ...]:
    """What must stand in the target and does not: texts as they are, dates with their month."""
    missing = dates.unmatched(source, target, terms.source_language, terms.target_language)
    return (*untouchable.lost(source, target, kept), *missing)


def _own(term: Occurrence) -> bool:
    return untouchable.is_verbatim(term.entry)


def _origin(origins: Sequence[str]) -> str:
    """Of the whole segment: the memory's least likeness when all is from it."""
    remembered = [origin for origin in origins if origin != "model"]
    if not remembered:
        return "model"
    if len(remembered) < len(origins):
        return "model and memory"
    return min(remembered, key=lambda origin: int(origin.split()[1]))


def _breaks(source: str, target: str) -> dict[Span, Span]:
    """Hard line breaks, the n-th for the n-th."""
    here = [Span(i, i + 1) for i, c in enumerate(source) if c == "\n"]
    there = [Span(i, i + 1) for i, c in enumerate(target) if c == "\n"]
    return dict(zip(here, there, strict=False))


class Clear(NamedTuple):
    """A sentence with its originals back, and the edits that brought them, on either side."""

    sentence: Sentence
    source_edits: list[spans.Edit]
    target_edits: list[spans.Edit]
    fixed: list[tuple[Span, Span]]

    def source(self, span: Span) -> Span:
        return spans.carry(span, self.source_edits)

    def target(self, span: Span) -> Span:
        return spans.carry(span, self.target_edits)


def _clear(unit: Unit, sentence: Sentence) -> Clear:
    """What the model lost for good stands at the end: verbatim is promised, and the passage is flagged."""
    if not unit.originals:
        return Clear(sentence, [], [], [])
    here = untouchable.unmasking(sentence.source, unit.originals)
    there = untouchable.unmasking(sentence.target, unit.originals)
    left = [new for _, new in there]
    missing = [text for _, text in unit.originals if not _taken(left, text)]
    if missing:
        there.append((Span(len(sentence.target), len(sentence.target)), " " + " ".join(missing)))
    fixed = []
    for span, text in here:
        match = next((row for row in there if row[1] == text and row not in [f[1] for f in fixed]), None)
        if match is not None:
            fixed.append((span, match))
    terms = tuple(
        replace(
            term,
            source_span=(a := spans.carry(term.source_span, here)),
            source_text=a.of(unit.source),
            target_span=(b := spans.carry(term.target_span, there) if term.target_span else None),
            target_text=b.of(spans.replace(sentence.target, there)) if b else "",
        )
        for term in sentence.terms
    )
    clear = replace(
        sentence,
        source=unit.source,
        target=spans.replace(sentence.target, there),
        plain=spans.replace(sentence.plain, untouchable.unmasking(sentence.plain, unit.originals)),
        terms=terms,
    )
    places = [(spans.carry(span, here), spans.carry(row[0], there)) for span, row in fixed]
    return Clear(clear, here, there, places)


def _taken(left: list[str], text: str) -> bool:
    if text in left:
        left.remove(text)
        return True
    return False
