"""Which words of a source the words of any given translation draw on, as the model sees it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy

from workbench.enforcement.draft import draft
from workbench.engines.engine import Engine, Hypothesis, Options
from workbench.spans import Link, Span
from workbench.text import words

TOGETHER = 64  # pairs of one call of the engine, of like length
FAINT = 0.1  # share of a target word's attention below which a source word is no origin of it


def links(engine: Engine, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
    """For each (source, target) the ties of words, target words in order, the strongest tie first.

    The target is forced upon the model, so that it may be edited, or not be the model's at all.
    A word that stands once on either side, written alike, is tied to itself.
    """
    made: list[tuple[Link, ...]] = [()] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][1]))
    for first in range(0, len(order), TOGETHER):
        part = [i for i in order[first : first + TOGETHER] if words(pairs[i][0]) and words(pairs[i][1])]
        prefixes = [list(engine.target_pieces(pairs[i][1])) for i in part]
        options = Options(beam=1, max_pieces=max(map(len, prefixes), default=0) + 2, attention=True)
        found = engine.decode([pairs[i][0] for i in part], options, prefixes) if part else []
        for i, hypotheses in zip(part, found, strict=True):
            made[i] = _links(engine, *pairs[i], hypotheses[0])
    return made


def _links(engine: Engine, source: str, target: str, forced: Hypothesis) -> tuple[Link, ...]:
    given, wanted = words(source), words(target)
    decoded = draft(source, engine.pieces(source), forced)
    weights = numpy.stack([decoded.drawn_from(word.span) for word in given], axis=1)  # (decoded words, source words)
    rows = _rows([word.key for word in words(decoded.text)], [word.key for word in wanted])
    here, there = [word.key for word in given], [word.key for word in wanted]
    found = []
    for word, row in zip(wanted, rows, strict=True):
        if here.count(word.key) == 1 == there.count(word.key):
            found.append(Link(given[here.index(word.key)].span, word.span))
            continue
        drawn = weights[row] if row is not None else numpy.zeros(len(given))
        total = float(drawn.sum()) or 1.0
        for k in numpy.argsort(-drawn)[:3]:
            if drawn[k] / total >= FAINT:
                found.append(Link(given[k].span, word.span, float(min(1.0, drawn[k] / total))))
    return tuple(found)


def _rows(decoded: list[str], wanted: list[str]) -> list[int | None]:
    """For each wanted word its row among the decoded ones, which may be spelled otherwise by the vocabulary."""
    rows: list[int | None] = [None] * len(wanted)
    for tag, a, b, c, d in SequenceMatcher(None, decoded, wanted, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            rows[c:d] = range(a, b)
        elif tag == "replace":
            rows[c:d] = [a + (k * (b - a)) // (d - c) for k in range(d - c)]
    return rows


def through(first: Sequence[Link], second: Sequence[Link]) -> tuple[Link, ...]:
    """Ties over a pivot: the target of one leg is the source of the other."""
    back: dict[Span, list[Link]] = {}
    for link in first:
        back.setdefault(link.target, []).append(link)
    return tuple(
        Link(origin.source, link.target, origin.weight * link.weight)
        for link in second
        for origin in back.get(link.source, ())
    )
