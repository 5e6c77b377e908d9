"""Inline markup carried from a text to its translation along the links between their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.documents.document import Mark
from workbench.spans import Link, Span
from workbench.text import words

HALF = 0.5  # of a target word's weight must come from under a mark for the word to be drawn under it


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation. `gaps`: places between sentences, in the source and in the target;
    `fixed`: where kept texts stand in the target, by the place that they have in the source."""

    source: str
    target: str
    links: Sequence[Link]
    gaps: Sequence[tuple[Span, Span]] = ()
    fixed: Mapping[Span, Span] | None = None


def carried(marks: Sequence[Mark], pair: Pair) -> tuple[Mark, ...]:
    """Every mark once, in the tree that they had. A mark over all of the source is over all of the target;
    another is over the run of target words that draw most on its words; one over no word at all
    follows its neighbour."""
    return _Carrier(pair, marks).all()


class _Carrier:
    def __init__(self, pair: Pair, marks: Sequence[Mark]):
        self.pair, self.marks = pair, marks
        self.given = [word.span for word in words(pair.source)]
        self.places = [word.span for word in words(pair.target)]
        at = {place: i for i, place in enumerate(self.places)}
        self.weights: list[dict[Span, float]] = [{} for _ in self.places]
        for link in pair.links:
            if link.target in at:
                self.weights[at[link.target]][link.source] = link.weight
        self.inside: dict[str, list[Mark]] = {}
        for mark in marks:
            self.inside.setdefault(mark.parent, []).append(mark)

    def all(self) -> tuple[Mark, ...]:
        placed: dict[str, Span] = {}
        self._place("", Span(0, len(self.pair.target)), Span(0, len(self.pair.source)), placed)
        return tuple(replace(mark, span=placed[mark.key]) for mark in self.marks)

    def _place(self, parent: str, room: Span, around: Span, placed: dict[str, Span]) -> None:
        """Places for the children of a mark within its own, the most certain first; then their children."""
        children = self.inside.get(parent, ())
        taken: list[Span] = []
        rank = {mark.key: self._rank(mark) for mark in children}
        for mark in sorted(children, key=lambda m: (rank[m.key], -len(m.span), m.span)):
            placed[mark.key] = self._one(mark, room, around, taken)
            if len(placed[mark.key]):
                taken.append(placed[mark.key])
        for mark in children:
            self._place(mark.key, placed[mark.key], mark.span, placed)

    def _rank(self, mark: Mark) -> int:
        """Kept texts have a place already; what covers no word comes last, for it follows the others."""
        if mark.span in (self.pair.fixed or {}):
            return 0
        return 1 if any(mark.span.overlaps(word) for word in self.given) else 2

    def _one(self, mark: Mark, room: Span, around: Span, taken: list[Span]) -> Span:
        fixed = (self.pair.fixed or {}).get(mark.span)
        if fixed is not None and room.holds(fixed) and not any(fixed.overlaps(other) for other in taken):
            return fixed
        if mark.span == around and len(mark.span) and not taken:
            return room
        run = self._run(mark.span, room, taken) if self._rank(mark) < 2 else None
        if run is None:
            return self._point(mark.span, room, taken)
        return self._edges(mark.span, run, room, around, taken)

    def _share(self, i: int, source: Span) -> float:
        """The part of a target word's weight that lies under a source place, in 0..1."""
        total = sum(self.weights[i].values())
        under = sum(weight for word, weight in self.weights[i].items() if word.overlaps(source))
        return under / total if total else 0.0

    def _run(self, source: Span, room: Span, taken: list[Span]) -> tuple[int, int] | None:
        """First and last target word of the run with the largest sum of shares, each less a half."""
        best, value = None, 0.0
        start, sum_ = 0, 0.0
        for i, place in enumerate(self.places):
            if not room.holds(place) or any(place.overlaps(other) for other in taken):
                start, sum_ = i + 1, 0.0
                continue
            gain = self._share(i, source) - HALF if self.weights[i] else -0.05
            if sum_ <= 0.0:
                start, sum_ = i, 0.0
            sum_ += gain
            if sum_ > value + 1e-9:
                best, value = (start, i), sum_
        if best is None:
            shares = [
                (self._share(i, source), -i)
                for i, place in enumerate(self.places)
                if room.holds(place) and not any(place.overlaps(other) for other in taken)
            ]
            share, i = max(shares, default=(0.0, 0))
            best = (-i, -i) if share > 0.15 else None
        return best

    def _edges(self, source: Span, run: tuple[int, int], room: Span, around: Span, taken: list[Span]) -> Span:
        """From words to characters: punctuation and spaces at the edges as the source has them."""
        text, target = source.of(self.pair.source), self.pair.target
        start, end = self.places[run[0]].start, self.places[run[1]].end
        left = max([room.start, *(t.end for t in taken if t.end <= start)])
        left = max(left, self.places[run[0] - 1].end) if run[0] and self.places[run[0] - 1].end >= left else left
        right = min([room.end, *(t.start for t in taken if t.start >= end)])
        if run[1] + 1 < len(self.places):
            right = max(end, min(right, self.places[run[1] + 1].start))
        if not text[:1].isalnum():
            while start > left and not target[start - 1].isspace():
                start -= 1
            while text[:1].isspace() and start > left and target[start - 1].isspace():
                start -= 1
        if not text[-1:].isalnum():
            while end < right and not target[end].isspace():
                end += 1
            while text[-1:].isspace() and end < right and target[end].isspace():
                end += 1
        if source.start == around.start and not target[left:start].strip() and left == room.start:
            start = left
        if source.end == around.end and right == room.end and source.end == len(self.pair.source):
            end = right
        return Span(start, end)

    def _point(self, source: Span, room: Span, taken: list[Span]) -> Span:
        """A place without width for what covers no word: where its neighbours went."""
        at = self._at(source)
        at = min(max(at, room.start), room.end)
        text = source.of(self.pair.source)
        if text and self.pair.target.startswith(text, at) and at + len(text) <= room.end:
            span = Span(at, at + len(text))
            if not any(span.overlaps(other) for other in taken):
                return span
        for other in taken:
            if other.start < at < other.end:
                at = other.start if at - other.start < other.end - at else other.end
        return Span(at, at)

    def _at(self, source: Span) -> int:
        pair, p = self.pair, source.start
        if p == 0:
            return 0
        if source.end >= len(pair.source):
            return len(pair.target)
        for here, there in pair.gaps:
            if here.start <= p <= here.end:
                return there.start + min(p - here.start, len(there)) if p < here.end else there.end
        before = [word for word in self.given if word.end <= p]
        after = [word for word in self.given if word.start >= source.end]
        tied = not pair.source[p - 1].isspace()
        order = [(word, True) for word in reversed(before[-3:])] + [(word, False) for word in after[:3]]
        if not tied:
            order.sort(key=lambda row: (row[1], 0))
        for word, behind in order:
            places = [
                (self.weights[i][word], place)
                for i, place in enumerate(self.places)
                if word in self.weights[i] and self.weights[i][word] == max(self.weights[i].values())
            ]
            if places and behind:
                end = max(place.end for weight, place in places)
                skipped = pair.source[word.end : p]
                while skipped.strip() and end < len(pair.target) and pair.target[end] in skipped.strip():
                    end += 1
                return end + (pair.target[end : end + 1].isspace() and not tied)
            if places:
                return min(place.start for weight, place in places)
        return round(p / max(1, len(pair.source)) * len(pair.target))
