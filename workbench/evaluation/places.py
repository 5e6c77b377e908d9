"""Where accepted forms stand in a text, and which of them may count for which term."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import lru_cache

import regex

from workbench.spans import Span
from workbench.text import ARMENIAN_MARKS

# Marks belong to words (мой is not мои); so do joiners (Persian ZWNJ) and Armenian accents.
_WORD = rf"[\p{{L}}\p{{M}}\p{{N}}_\u200C\u200D{ARMENIAN_MARKS}]"
_ALONE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"  # no spaces: every place is an edge
_ACCENT = f"[{ARMENIAN_MARKS}]?"  # Armenian sets its question mark inside the word: Փաշինյա՞նը

Forms = Callable[[str], Iterable[str]]  # accepted inflected forms of a target term


class Compare(Enum):
    """How a form must stand in a text. All but SUBSTRING are anchored at word edges."""

    FOLDED = "folded"  # case-folded
    EXACT = "exact"  # case counts
    VERBATIM = "verbatim"  # code point by code point, white space and accents too
    SUBSTRING = "substring"  # case-folded, anywhere: how public scorers count


@lru_cache(maxsize=65536)
def _pattern(form: str, compare: Compare) -> regex.Pattern[str]:
    body = "".join(_letters(form, compare))
    if compare is Compare.SUBSTRING:
        return regex.compile(body, regex.IGNORECASE | regex.FULLCASE)
    before = rf"(?<!{_WORD})" if _anchored(form[0]) else ""
    after = rf"(?!{_WORD})" if _anchored(form[-1]) else ""
    flags = regex.IGNORECASE | regex.FULLCASE if compare is Compare.FOLDED else 0
    return regex.compile(before + body + after, flags)


def _letters(form: str, compare: Compare) -> Iterable[str]:
    if compare is Compare.VERBATIM:
        yield regex.escape(form)
        return
    for part in regex.findall(r"\s+|\S", form):
        if part.isspace():
            yield r"\s+"
        else:
            yield regex.escape(part) + (_ACCENT if regex.match(r"\p{Armenian}", part) else "")


def _anchored(edge: str) -> bool:
    """C++ ends in no letter and 北京 needs no space: neither has an edge to keep."""
    return regex.match(_WORD, edge) is not None and regex.match(_ALONE, edge) is None


def readable(text: str, compare: Compare = Compare.FOLDED) -> str:
    """The text that spans of `places` count in: NFC, or as it is when compared verbatim."""
    return text if compare is Compare.VERBATIM else unicodedata.normalize("NFC", text)


def places(text: str, forms: Iterable[str], compare: Compare = Compare.FOLDED) -> tuple[Span, ...]:
    """Every span of `readable(text)` that is one of the forms, overlapping ones too, in order."""
    text = readable(text, compare)
    found = set()
    for form in forms:
        form = readable(form, compare).strip()
        if form:
            found.update(Span(*m.span()) for m in _pattern(form, compare).finditer(text, overlapped=True))
    return tuple(sorted(found))


def assign(options: Sequence[Iterable[Span]]) -> tuple[Span | None, ...]:
    """For each occurrence one of its spans or None, all spans disjoint, as many as can be.

    Exact, not greedy: with the sets of occurrences served so far as states, and spans taken
    by their ends, only the earliest end of each set has to be kept.
    """
    options = [tuple(given) for given in options]
    chosen: list[Span | None] = [None] * len(options)
    open_ = {i: spans for i, given in enumerate(options) if (spans := _least(given))}
    while (free := _unopposed(open_)) is not None:
        chosen[free] = open_.pop(free)[0]
    for occurrence, span in _best(open_).items():
        chosen[occurrence] = span
    for i, given in enumerate(options):
        chosen[i] = _widest(i, given, chosen)
    return tuple(chosen)


def _widest(i: int, given: Iterable[Span], chosen: Sequence[Span | None]) -> Span | None:
    """The longest span around the chosen one that leaves the others theirs: the whole term, not a part."""
    own = chosen[i]
    if own is None:
        return None
    taken = [span for j, span in enumerate(chosen) if j != i and span is not None]
    around = (s for s in given if s.holds(own) and not any(s.overlaps(other) for other in taken))
    return max(around, key=len)


def _least(spans: Iterable[Span]) -> list[Span]:
    """Without spans that hold another: the shorter one serves as well and bars less."""
    spans = sorted(set(spans), key=lambda s: (s.end - s.start, s.start))
    kept: list[Span] = []
    for span in spans:
        if not any(span.holds(other) for other in kept):
            kept.append(span)
    return sorted(kept)


def _unopposed(open_: dict[int, list[Span]]) -> int | None:
    """An occurrence whose first span nobody else wants: to take it costs nothing."""
    for i, spans in open_.items():
        for span in spans:
            if not any(span.overlaps(other) for j, others in open_.items() if j != i for other in others):
                open_[i] = [span]
                return i
    return None


def _best(open_: dict[int, list[Span]]) -> dict[int, Span]:
    # Occurrences with the same spans are one as good as another: serve them in order.
    earlier: dict[int, int] = {}
    last: dict[tuple[Span, ...], int] = {}
    for i, spans in open_.items():
        if tuple(spans) in last:
            earlier[i] = last[tuple(spans)]
        last[tuple(spans)] = i
    wanting: dict[Span, list[int]] = {}
    for i, spans in open_.items():
        for span in spans:
            wanting.setdefault(span, []).append(i)
    best: dict[frozenset[int], tuple[int, dict[int, Span]]] = {frozenset(): (0, {})}  # served → (end, who has what)
    for span in sorted(wanting, key=lambda s: (s.end, s.start)):
        for served, (end, having) in list(best.items()):
            if end > span.start:
                continue
            for i in wanting[span]:
                if i in served or (i in earlier and earlier[i] not in served):
                    continue
                grown = served | {i}
                if grown not in best or span.end < best[grown][0]:
                    best[grown] = (span.end, {**having, i: span})
    return best[max(best, key=len)][1]


def without(text: str, spans: Iterable[Span | None]) -> str:
    """The text less some disjoint spans, with single spaces."""
    for span in sorted((s for s in spans if s is not None), reverse=True):
        text = text[: span.start] + " " + text[span.end :]
    return " ".join(text.split())
