"""Numbers before a word of scale: 2.5 billion is 2.500 millones, and 25 % of neither.

Other languages count otherwise, so that no figure can be asked for; what both sides mean can be compared.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

import regex

from workbench.fileformats import read_toml
from workbench.spans import Span

_FIGURE = re.compile(r"\d")
_FIGURES = r"\d+(?:[.,'’\u00a0\u202f ]\d+)*"


class Magnitude(NamedTuple):
    """`values`: all that the writing may mean, as 2.500 may be 2.5 and a billion 10⁹ or 10¹²."""

    span: Span
    values: frozenset[float]


@cache
def _scales() -> dict[str, frozenset[int]]:
    """Powers of ten by stem, from magnitudes.toml."""
    found: dict[str, set[int]] = {}
    for power, stems in read_toml(resources.files(__package__) / "magnitudes.toml")["powers"].items():
        for stem in stems.split():
            found.setdefault(stem, set()).add(int(power))
    return {stem: frozenset(powers) for stem, powers in found.items()}


@cache
def _pattern() -> regex.Pattern[str]:
    longest = sorted(_scales(), key=lambda stem: (-len(stem), stem))
    stems = "|".join(regex.escape(stem.rstrip("*")) + (r"\p{L}{0,5}" if stem[-1] == "*" else "") for stem in longest)
    word = rf"(?P<word>{stems})"
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}.,])(?P<figures>{_FIGURES})(?:[\s-]{{0,2}}{word}(?!\p{{L}})){{1,2}}", regex.IGNORECASE
    )


def _powers(word: str) -> frozenset[int]:
    scales = _scales()
    cuts = (scales[word[:end] + "*"] for end in range(len(word), 0, -1) if word[:end] + "*" in scales)
    return scales.get(word, frozenset()) | next(cuts, frozenset())


def magnitudes(text: str) -> list[Magnitude]:
    """Figures with the one or two words of scale behind them, in order."""
    if _FIGURE.search(text) is None:
        return []
    found = []
    for match in _pattern().finditer(text):
        powers = [_powers(word.casefold()) for word in match.captures("word")]
        sums = {sum(chosen) for chosen in itertools.product(*powers)}
        values = frozenset(round(number * 10**power, 3) for number in _read(match["figures"]) for power in sums)
        found.append(Magnitude(Span(*match.span()), values))
    return found


def _read(figures: str) -> Iterator[float]:
    """What figures may mean: their marks part thousands, the last one perhaps a fraction."""
    plain = regex.sub(r"\D", "", figures)
    last = regex.search(r"[.,](\d+)$", figures)
    if last is None or len(last[1]) == 3:
        yield float(plain)
    if last is not None:
        yield float(f"{plain[: -len(last[1])]}.{last[1]}")


def unmatched(source: str, target: str) -> list[str]:
    """Magnitudes of the source that no number of the target means."""
    asked = magnitudes(source)
    if not asked:
        return []
    there = [m.values for m in magnitudes(target)]
    there += [frozenset(_read(match.group())) for match in regex.finditer(_FIGURES, target)]
    missing = []
    for one in asked:
        at = next((i for i, values in enumerate(there) if values & one.values), None)
        if at is None:
            missing.append(one.span.of(source))
        else:
            there.pop(at)
    return missing
