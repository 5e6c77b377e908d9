"""The ladder: soft first, check, and harder means only for what is still missing.

A sentence without terms goes straight through. For the others every rung offers drafts, the
same check judges each (`verification.verify`), and the best one stays. The rungs, in order:
plain, respelling, annotation, n-best, stand-in, prefix, substitution, verbatim.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from workbench.enforcement import repair
from workbench.enforcement.demands import Demand, Terms
from workbench.enforcement.draft import Draft, draft
from workbench.enforcement.outcomes import RUNGS, Occurrence, State
from workbench.enforcement.standins import StandIn, stand_ins
from workbench.enforcement.verification import Standing, verify
from workbench.engines.annotation import Hint
from workbench.engines.engine import Engine, Hypothesis, Options
from workbench.morphology import grammar
from workbench.spans import Span, carry
from workbench.spans import replace as replaced
from workbench.text import Clean, clean

PLAIN, RESPELLING, ANNOTATION, NBEST, STAND_IN, PREFIX, SUBSTITUTION, VERBATIM = range(len(RUNGS))
HYPOTHESES = 4
NEAR = 0.15  # nat per piece that another hypothesis may cost
TRIES = 3  # stand-ins tried for one sentence
POSITIONS = 3  # places where a forced form may begin
ROUNDS = 3  # of forcing, for each demand of a sentence
PREFIXES = 18  # forced decodings of one sentence and round
MARGIN = 0.1  # nat per piece by which a substitution must beat a forced decoding
CLOSING = " .!?…»”\"'"  # what may follow the last word of a sentence
LENGTHS = (0.5, 2.0)  # of a forced decoding, against the draft it replaces


@dataclass(slots=True)
class Work:
    """One sentence on its way up the ladder."""

    sentence: str
    terms: Terms
    demands: tuple[Demand, ...]
    draft: Draft
    standing: Standing
    plain: str
    rungs: list[int | None] = field(default_factory=list)

    def take(self, made: Draft, standing: Standing, rung: int) -> None:
        """The new draft; demands that it newly meets were settled by this rung."""
        self.draft, self.standing = made, standing
        self.rungs = [
            None if place is None else (rung if old is None else old)
            for old, place in zip(self.rungs or [None] * len(self.demands), standing.places, strict=True)
        ]

    def better(self, standing: Standing) -> bool:
        return (standing.met, -len(standing.strays)) > (self.standing.met, -len(self.standing.strays))


@dataclass(frozen=True, slots=True)
class Rendering:
    """A settled sentence. `plain`: what the model wrote by itself."""

    source: str
    target: str
    plain: str
    terms: tuple[Occurrence, ...] = ()


class Ladder:
    """Translates sentences of one pair. `timings`: seconds of finding terms, of the plain decode
    and of each rung that had work; `decodings`: forced and repeated ones beyond the plain decode."""

    def __init__(self, engine: Engine, options: Options, annotate: bool = True):
        """`annotate` False: the plain model alone, also where it could read hints."""
        self.engine, self.annotate = engine, annotate
        self.options = replace(options, nbest=1, attention=False)
        self.language = engine.target
        self.timings: dict[str, float] = {}
        self.decodings = 0

    def render(self, sentences: Sequence[str], terms: Sequence[Terms]) -> list[Rendering]:
        """One rendering a sentence, in order, each under its own terms (mostly the same object)."""
        cleaned = [clean(sentence) for sentence in sentences]
        room = 20 + max((len(c.text) for c in cleaned), default=0) // 2  # pieces: a guard against endless repetition
        self.options = replace(self.options, max_pieces=min(self.options.max_pieces, max(room, 40)))
        with self._timed("match"):
            demands = [t.demands(c.text) for t, c in zip(terms, cleaned, strict=True)]
        with self._timed("decode"):
            plain = [hypotheses[0] for hypotheses in self.engine.decode([c.text for c in cleaned], self.options)]
        with self._timed("verify"):
            works = {
                i: self._begin(c.text, t, tuple(asked), hypothesis)
                for i, (c, t, asked, hypothesis) in enumerate(zip(cleaned, terms, demands, plain, strict=True))
                if asked
            }
        for number, rung in (
            (RESPELLING, self._respell),
            (ANNOTATION, self._annotate),
            (NBEST, self._nbest),
            (STAND_IN, self._stand_in),
            (PREFIX, self._force),
            (VERBATIM, self._insert),
        ):
            open_ = [work for work in works.values() if not work.standing.good]
            if open_:
                with self._timed(RUNGS[number]):
                    rung(open_)
        return [
            self._rendering(sentence, c, plain[i].text, works.get(i))
            for i, (sentence, c) in enumerate(zip(sentences, cleaned, strict=True))
        ]

    @contextlib.contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - began

    def _begin(self, sentence: str, terms: Terms, demands: tuple[Demand, ...], plain: Hypothesis) -> Work:
        start = self._draft(sentence, plain)
        work = Work(sentence, terms, demands, start, Standing((None,) * len(demands)), plain.text)
        work.take(start, verify(start, demands, terms), PLAIN)
        return work

    def _draft(self, sentence: str, hypothesis: Hypothesis) -> Draft:
        return draft(sentence, self.engine.pieces(sentence), hypothesis)

    def _judged(self, work: Work, made: Draft) -> tuple[Draft, Standing]:
        """A draft with its strays respelled and without doubled forms, and how it stands."""
        standing = verify(made, work.demands, work.terms)
        if standing.strays:
            made = repair.respelled(made, work.demands, standing.strays, self.language)
            standing = verify(made, work.demands, work.terms)
        single = repair.undoubled(made, work.demands, standing.places)
        if single is not made:
            made, standing = single, verify(single, work.demands, work.terms)
        return made, standing

    # -- rungs -----------------------------------------------------------------------------

    def _respell(self, works: Sequence[Work]) -> None:
        """Another spelling of the right term stands there: exchange it in place."""
        for work in works:
            made, standing = self._judged(work, work.draft)
            if work.better(standing):
                work.take(made, standing, RESPELLING)

    def _annotate(self, works: Sequence[Work]) -> None:
        """Decode again with the wanted form beside every term, where the model was trained to read that."""
        if self.engine.annotation is None or not self.annotate:
            return
        aligned = replace(self.options, attention=True)
        hints = [[Hint(demand.span, demand.wanted[0]) for demand in work.demands] for work in works]
        self.decodings += len(works)
        decoded = self.engine.decode([w.sentence for w in works], aligned, hints=hints)
        for work, hypotheses in zip(works, decoded, strict=True):
            judged = self._judged(work, self._draft(work.sentence, hypotheses[0]))
            if work.better(judged[1]):
                work.take(*judged, ANNOTATION)

    def _nbest(self, works: Sequence[Work]) -> None:
        """Another hypothesis of the model. Also brings the alignment that later rungs need."""
        if not works:
            return
        wide = replace(self.options, beam=HYPOTHESES, nbest=HYPOTHESES, attention=True)
        self.decodings += len(works)
        for work, hypotheses in zip(works, self.engine.decode([w.sentence for w in works], wide), strict=True):
            judged = [self._judged(work, self._draft(work.sentence, h)) for h in hypotheses]
            top = hypotheses[0].score
            near = [pair for pair, h in zip(judged, hypotheses, strict=True) if h.score >= top - NEAR]
            best = max(near, key=lambda pair: (pair[1].met, -len(pair[1].strays)))
            if work.better(best[1]):
                work.take(*best, NBEST)
            elif judged[0][1].met == work.standing.met:
                work.take(*judged[0], NBEST)  # as good, and aligned

    def _stand_in(self, works: Sequence[Work]) -> None:
        """Decode with a common name in the place of each missing one, then put the name back."""
        aligned = replace(self.options, beam=max(2, self.options.beam), attention=True)
        for attempt in range(TRIES):
            tried = []
            for work in works:
                if not work.standing.missing:
                    continue
                chosen = self._chosen(work, attempt)
                if chosen:
                    edits = [(work.demands[i].span, name.source) for i, name in chosen.items()]
                    tried.append((work, chosen, edits, replaced(work.sentence, edits)))
            if not tried:
                return
            self.decodings += len(tried)
            decoded = self.engine.decode([sentence for *_, sentence in tried], aligned)
            for (work, chosen, edits, sentence), hypotheses in zip(tried, decoded, strict=True):
                made = self._draft(sentence, hypotheses[0])
                made = replace(made, mass=_back(made, work.sentence, edits))
                named = self._put_back(work, made, chosen)
                if named is not None:
                    judged = self._judged(work, named)
                    if work.better(judged[1]):
                        work.take(*judged, STAND_IN)

    def _chosen(self, work: Work, attempt: int) -> dict[int, StandIn]:
        """A different stand-in for each missing name, other ones at each attempt."""
        chosen: dict[int, StandIn] = {}
        used: set[str] = set()
        for i in work.standing.missing:
            match = work.demands[i].match
            if not match.named:
                continue
            names = [n for n in stand_ins(match.entry, match.term.type, self.engine.source, self.language)
                     if n.source not in used]  # fmt: skip
            if names:
                chosen[i] = names[attempt % len(names)]
                used.add(chosen[i].source)
        return chosen

    def _put_back(self, work: Work, made: Draft, chosen: dict[int, StandIn]) -> Draft | None:
        found = {i: name.found(made.text) for i, name in chosen.items()}
        if any(place is None for place in found.values()):
            return None
        for i, (span, label) in sorted(found.items(), key=lambda row: row[1][0], reverse=True):
            demand = work.demands[i]
            form = next((f for f in demand.forms if f.label == label), demand.forms[0])
            made = repair.put(made, span, form, demand, self.language)
        return made

    def _force(self, works: Sequence[Work]) -> None:
        """Decode again from a prefix that ends in the form, and, beside it, put the form where
        the alignment says; the model's own score decides.

        One missing demand a round, in the order of the source. A forced decoding keeps what
        stands before it and may lose what stood after, which a later round brings back; the
        number met never falls, and the rounds of a sentence are bounded.
        """
        given_up: set[tuple[int, int]] = set()
        rounds: Counter[int] = Counter()
        while True:
            todo = []
            for work in works:
                i = next((i for i in work.standing.missing if (id(work), i) not in given_up), None)
                if i is not None and rounds[id(work)] < ROUNDS * len(work.demands):
                    todo.append((work, i))
                    rounds[id(work)] += 1
            if not todo:
                return
            offers = self._forced(todo)
            for (work, i), drafts in zip(todo, offers, strict=True):
                drafts += [(made, SUBSTITUTION) for made in self._substituted(work, i)]
            self._settle(todo, offers)
            given_up |= {(id(work), i) for work, i in todo if work.standing.places[i] is None}

    def _forced(self, todo: list[tuple[Work, int]]) -> list[list[tuple[Draft, int]]]:
        """Per work the drafts decoded from forced prefixes."""
        requests = [self._prefixes(work, i) for work, i in todo]
        flat = [(work, *prefix) for (work, _), prefixes in zip(todo, requests, strict=True) for prefix in prefixes]
        aligned = replace(self.options, beam=2, attention=True)
        self.decodings += len(flat)
        decoded = self.engine.decode([w.sentence for w, *_ in flat], aligned, [p for *_, p in flat]) if flat else []
        drafts = iter(
            repair.ended(self._draft(work.sentence, hypotheses[0]), text)
            for (work, text, _), hypotheses in zip(flat, decoded, strict=True)
        )
        return [[(made, PREFIX) for made in itertools.islice(drafts, len(prefixes))] for prefixes in requests]

    def _starts(self, work: Work, i: int) -> list[int]:
        """Places where the form of demand i may begin: the words that draw most on its source, best
        first, and behind them the place after the demand before it, for when none draws on it."""
        now, demand = work.draft, work.demands[i]
        taken = [place for place in work.standing.places if place is not None]
        weights = now.drawn_from(demand.span)
        free = [k for k, place in enumerate(now.places) if not any(place.overlaps(t) for t in taken)]
        likely = [now.places[k].start for k in sorted(free, key=lambda k: -weights[k])[:POSITIONS]]
        kept = demand.match.entry.keep and any(c.isdigit() for c in demand.match.text)
        if kept and free and max(weights[k] for k in free) >= repair.ALIGNED:
            return likely[:1]  # a number fits anywhere, so that the model's score says little of its place
        before = max((place.end for place in work.standing.places[:i] if place is not None), default=0)
        after = next((place.start for place in now.places if place.start >= before), len(now.text.rstrip(CLOSING)))
        return list(dict.fromkeys([*likely, after]))

    def _prefixes(self, work: Work, i: int) -> list[tuple[str, list[str]]]:
        """Texts and their pieces: the draft up to a likely place, then a form of the term."""
        now, demand = work.draft, work.demands[i]
        made: dict[str, list[str]] = {}
        for start, form in itertools.product(self._starts(work, i), demand.forms):
            left = now.text[:start]
            left += " " if left and left[-1].isalnum() else ""
            change = grammar.article_before(left, form.text, demand.agreement(form), self.language)
            if change is not None:
                left = left[: len(left) - change[0]] + change[1]
            text = grammar.contracted(left + form.text, self.language, len(left))
            pieces = list(self.engine.target_pieces(text))
            if "<unk>" not in pieces:
                made[text] = pieces
        return list(itertools.islice(made.items(), PREFIXES))

    def _substituted(self, work: Work, i: int) -> list[Draft]:
        taken = [place for place in work.standing.places if place is not None]
        place = repair.rendering(work.draft, work.demands[i], taken)
        if place is None:
            return []
        return [repair.put(work.draft, place, form, work.demands[i], self.language) for form in work.demands[i].forms]

    def _settle(self, todo: list[tuple[Work, int]], offers: list[list[tuple[Draft, int]]]) -> None:
        """Of the drafts that meet the demand, and as many as before, the one that meets most; then the
        one the model finds likeliest."""
        judged = []
        for (work, i), drafts in zip(todo, offers, strict=True):
            for made, rung in drafts:
                ratio = len(made.text) / max(1, len(work.draft.text))
                if rung == PREFIX and not LENGTHS[0] < ratio < LENGTHS[1]:
                    continue
                made, standing = self._judged(work, made)
                if standing.places[i] is not None and standing.met >= work.standing.met:
                    judged.append((work, made, standing, rung))
        if not judged:
            return
        scores = self.engine.score([w.sentence for w, *_ in judged], [made.text for _, made, *_ in judged])
        ranked: dict[int, tuple[tuple[float, ...], tuple[Draft, Standing, int]]] = {}
        for (work, made, standing, rung), score in zip(judged, scores, strict=True):
            value = (standing.met, score - (MARGIN if rung == SUBSTITUTION else 0.0))
            if id(work) not in ranked or value > ranked[id(work)][0]:
                ranked[id(work)] = (value, (made, standing, rung))
        for work, _ in todo:
            if id(work) in ranked:
                work.take(*ranked[id(work)][1])

    def _insert(self, works: Sequence[Work]) -> None:
        """The guarantee: verbatim at the best gap, and a flag for a person."""
        for work in works:
            for i in work.standing.missing:
                taken = [place for place in work.standing.places if place is not None]
                made = repair.inserted(work.draft, work.demands[i], taken)
                standing = verify(made, work.demands, work.terms)
                if standing.met > work.standing.met:
                    work.take(made, standing, VERBATIM)

    # -- outcome ---------------------------------------------------------------------------

    def _rendering(self, sentence: str, c: Clean, plain: str, work: Work | None) -> Rendering:
        if work is None:
            return Rendering(sentence, plain, plain)
        stray = {s.entry.id for s in work.standing.strays}
        terms = tuple(
            self._occurrence(sentence, c, work, i, demand, demand.match.entry.id in stray)
            for i, demand in enumerate(work.demands)
        )
        return Rendering(sentence, work.draft.text, plain, terms)

    def _occurrence(self, sentence: str, c: Clean, work: Work, i: int, demand: Demand, stray: bool) -> Occurrence:
        place, rung = work.standing.places[i], work.rungs[i]
        rung = VERBATIM if rung is None else rung
        match = demand.match
        notes = []
        if match.others:
            notes.append(f"also claimed by {', '.join(match.others)}")
        if place is None:
            notes.append("could not be placed")
        elif rung == VERBATIM:
            notes.append("inserted where the sentence had no place for it")
        if stray:
            notes.append("another writing of it stands in the sentence")
        source = Span(c.places[match.span.start], c.places[match.span.end - 1] + 1)
        state = State.FLAGGED if notes else State.KEPT if rung == PLAIN else State.REPAIRED
        return Occurrence(
            entry=match.entry.id,
            source_span=source,
            source_text=source.of(sentence),
            target_span=place,
            target_text=place.of(work.draft.text) if place else "",
            state=state,
            rung=rung,
            how=match.how.value,
            wanted=demand.wanted,
            note="; ".join(notes),
        )


def _back(made: Draft, sentence: str, edits: Sequence[tuple[Span, str]]):  # noqa: ANN202 - numpy array
    """The attention over a sentence with stand-ins, carried back to the sentence itself."""
    import numpy

    mass = numpy.zeros((made.mass.shape[0], len(sentence) + 1), dtype=numpy.float32)
    mass[:, -1] = made.mass[:, -1]
    touched = numpy.zeros(len(sentence), dtype=bool)
    for span, _ in edits:
        there = carry(span, edits)
        mass[:, span.start : span.end] = made.mass[:, there.start : there.end].sum(1, keepdims=True) / len(span)
        touched[span.start : span.end] = True
    for i in range(len(sentence)):
        if not touched[i]:
            mass[:, i] = made.mass[:, carry(Span(i, i + 1), edits).start]
    return mass
