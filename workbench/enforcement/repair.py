"""Put a form into a target text: in place of another writing, along the alignment, or verbatim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import numpy

from workbench.enforcement.demands import Demand
from workbench.enforcement.draft import Draft
from workbench.matching.forms import Written
from workbench.matching.matcher import Match
from workbench.morphology import grammar
from workbench.spans import Edit, Span
from workbench.text import capitalised, cased_like, key, words

ALIGNED = 0.25  # share of a word's attention on the source span that makes it a rendering of it
ECHO = 0.6  # likeness of letters from which a word beside a form is a copy of one of its words
LONG = 2  # words that a rendering may have beyond those of the source span or the form


def put(draft: Draft, place: Span, form: Written, demand: Demand, language: str) -> Draft:
    """The form at a place, with capitals, article and contraction mended."""
    old = place.of(draft.text)
    text = cased_like(form.text, old) if len(old) > 3 else form.text
    if not draft.text[: place.start].strip(" \"'«“‘¿¡([—–-"):
        text = capitalised(text)
    if demand.match.entry.keep:
        text = form.text
    start = place.start
    change = grammar.article_before(draft.text[:start], form.text, demand.agreement(form), language)
    if change is not None:
        cut, article = change
        start -= cut
        text = article + text
        if not draft.text[:start].strip():
            text = capitalised(text)
    made = draft.edited([(Span(start, place.end), text)])
    smooth = grammar.contracted(made.text, language, start + 4)
    if smooth != made.text:
        made = made.edited([_difference(made.text, smooth)])
    return made


def _difference(old: str, new: str) -> Edit:
    """The one edit that turns a text into another."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Span(head, len(old) - tail), new[head : len(new) - tail]


def form_like(demand: Demand, stray: Match) -> Written:
    """The form with the inflection of the writing it replaces, else the likeliest."""
    return next((form for form in demand.forms if form.label == stray.label), demand.forms[0])


def respelled(draft: Draft, demands: Sequence[Demand], strays: Sequence[Match], language: str) -> Draft:
    """Every stray replaced by the form of its entry, from the right so that places stay true."""
    by_entry = {demand.match.entry.id: demand for demand in reversed(demands)}
    same_type = {(d.match.entry.id, d.match.term.type): d for d in reversed(demands)}
    for stray in sorted(strays, key=lambda s: s.span, reverse=True):
        demand = same_type.get((stray.entry.id, stray.term.type), by_entry[stray.entry.id])
        draft = put(draft, stray.span, form_like(demand, stray), demand, language)
    return draft


def undoubled(draft: Draft, demands: Sequence[Demand], places: Sequence[Span | None]) -> Draft:
    """A draft without copies right beside a placed form, whole (Mirzoyan Mirzoyan came) or garbled (Arat
    Ararat Mirzoyan): words that draw on the same words of the source and are spelled like one of the form."""
    taken = [place for place in places if place is not None]
    edits: list[Edit] = []
    for demand, place in zip(demands, places, strict=True):
        if place is None:
            continue
        copy = _copy_after(draft.text, place)
        if copy is not None and not any(copy.overlaps(other) for other in taken):
            edits.append((copy, ""))
        else:
            edits += [(echo, "") for echo in _echoes(draft, demand, place, taken)]
    return draft.edited(sorted(set(edits)))


def _copy_after(text: str, place: Span) -> Span | None:
    """The same form once more behind a place, with the space before it."""
    rest = text[place.end :]
    width = len(rest) - len(rest.lstrip(" ")) + len(place)
    copy = Span(place.end, place.end + width)
    whole = width > len(place) and not text[copy.end : copy.end + 1].isalnum()
    return copy if whole and copy.of(text).lstrip(" ") == place.of(text) else None


def _echoes(draft: Draft, demand: Demand, place: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """Garbled copies on either side of a place, each with its space towards it."""
    form = [key(word.text) for word in words(place.of(draft.text))]
    drawn = draft.drawn_from(demand.span)
    for i, word in enumerate(draft.places):
        before, after = draft.text[word.end : place.start], draft.text[place.end : word.start]
        beside = before == " " if word.end <= place.start else after == " " and word.start >= place.end
        if not beside or drawn[i] < ALIGNED or any(word.overlaps(other) for other in taken):
            continue
        said = key(word.of(draft.text))
        if any(said[:1] == of[:1] and SequenceMatcher(None, said, of).ratio() >= ECHO for of in form):
            yield Span(word.start, place.start) if before else Span(place.end, word.end)


def rendering(draft: Draft, demand: Demand, taken: Sequence[Span]) -> Span | None:
    """Where the model rendered the demand's source words, by alignment: a run of free words that
    looks mostly at them; None when no word does."""
    weights = draft.drawn_from(demand.span)
    free = numpy.array([not any(place.overlaps(t) for t in taken) for place in draft.places], dtype=bool)
    if not free.any():
        return None
    weights = numpy.where(free, weights, 0.0)
    peak = int(weights.argmax())
    if weights[peak] < ALIGNED:
        return None
    most = max(len(words(demand.match.text)), max(len(words(f)) for f in demand.wanted)) + LONG
    first = last = peak
    while last - first + 1 < most:
        left = weights[first - 1] if first > 0 else 0.0
        right = weights[last + 1] if last + 1 < len(weights) else 0.0
        # Function words between two aligned words belong to the rendering: tratado de paz.
        if max(left, right) < ALIGNED:
            if last + 2 < len(weights) and free[last + 1] and weights[last + 2] >= ALIGNED and last - first + 3 <= most:
                last += 2
                continue
            break
        if left > right:
            first -= 1
        else:
            last += 1
    return Span(draft.places[first].start, draft.places[last].end)


def ended(draft: Draft, prefix: str) -> Draft:
    """A draft decoded from a prefix, without the letters by which the model went on with its last
    word: Bayramov, not Bayramovía."""
    if not draft.text.startswith(prefix):
        return draft
    end = len(prefix)
    while end < len(draft.text) and draft.text[end].isalnum():
        end += 1
    return draft.edited([(Span(len(prefix), end), "")]) if end > len(prefix) else draft


def gap(draft: Draft, demand: Demand, taken: Sequence[Span]) -> Span:
    """An empty span for a form that stands nowhere: after the best aligned word, outside taken places."""
    if not draft.places:
        return Span(0, 0)
    at = draft.places[int(draft.drawn_from(demand.span).argmax())].end
    for place in taken:
        if place.start < at < place.end:
            at = place.end
    return Span(at, at)


def inserted(draft: Draft, demand: Demand, taken: Sequence[Span]) -> Draft:
    """The likeliest form, verbatim, at the best gap. Exact by construction; a person must look."""
    place = gap(draft, demand, taken)
    text = demand.wanted[0]
    before = " " if place.start and not draft.text[place.start - 1].isspace() else ""
    after = draft.text[place.end : place.end + 1]
    text = before + text + (" " if after.isalnum() else "")
    return draft.edited([(place, text)])
