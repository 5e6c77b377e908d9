"""Dates with the month as a word: November 9, 2020 is 9 de noviembre de 2020.

A date is one demand: asked for number by number, a weak model gives up the month for them. Names of months
and the order of a date are those of Unicode's CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from workbench.spans import Span

ARTICLES = {"es": "el", "fr": "le"}  # before the day inside a sentence
FIRST = {"fr": "1er"}  # of a month, where it is no plain number
SHORT = 3  # letters of a month's short name, at least
BESIDE = {"en": ("Sept", 9)}  # short names that CLDR lacks
_FIGURE = re.compile(r"\d")
_DAY = r"(?<![\p{L}\p{N}.,:/–-])(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|º|ª)?(?![\p{N}:/%–-])"
_YEAR = r"(?P<year>[12]\d{3})(?![\p{L}\p{N}%]|[.,:/–-]\p{N})"
_OF = r"(?:\s+|\s*(?:of|de|del)\s+|\s+d['’])"
# Month before day and no year: where the number may as well count what comes next it is no date.
_ENDS = r"(?=\s*(?:[^\p{L}\p{N}\s]|$)|\s+(?:and|or|to|in|at|until)\b)"


class Date(NamedTuple):
    """`day` or `year` 0: not said."""

    span: Span
    day: int
    month: int
    year: int

    @property
    def key(self) -> str:
        """The same for all writings of one date."""
        return f"{self.year}-{self.month}-{self.day}"

    @classmethod
    def of(cls, span: Span, key: str) -> Date:
        year, month, day = map(int, key.split("-"))
        return cls(span, day, month, year)


class _Calendar(NamedTuple):
    """`patterns`: format strings by what is said: d, y or dy; a month that changes with its neighbours has no y.
    `stems`: of months in any case of their declension."""

    months: dict[str, int]
    names: tuple[str, ...]
    patterns: dict[str, str]
    finds: regex.Pattern[str]
    stems: regex.Pattern[str]


@lru_cache(maxsize=64)
def _calendar(language: str) -> _Calendar | None:
    """None for a language that CLDR does not know, or that numbers its months."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    wide, short = (locale.months["format"][width] for width in ("wide", "abbreviated"))
    skeletons = locale.datetime_skeletons
    patterns = {"dy": locale.date_formats["long"].format}
    patterns |= {said: skeletons[name].format for said, name in (("d", "MMMMd"), ("y", "yMMMM")) if name in skeletons}
    patterns = {said: made.replace("LLLL", "MMMM") if said == "d" else made for said, made in patterns.items()}
    patterns = {said: made for said, made in patterns.items() if "%(MMMM)s" in made}
    names = tuple(wide[month] for month in range(1, 13))
    if "dy" not in patterns or any(not name[-1].isalpha() or len(name) < SHORT for name in names):
        return None
    months = dict(zip(names, range(1, 13), strict=True))
    said = [(short[month].rstrip("."), month) for month in range(1, 13)] + [BESIDE.get(language, ("", 0))]
    months |= {name: month for name, month in said if len(name) >= SHORT and name.isalpha()}
    written = {form: month for name, month in months.items() for form in (name, name.upper(), name.capitalize())}
    day = _DAY + (r"\.?" if "%(d)s." in patterns["dy"] else "")
    return _Calendar(written, names, patterns, _finds(written, day), _stems(written, "y" not in patterns))


def _finds(months: dict[str, int], day: str) -> regex.Pattern[str]:
    """In the three orders of the world."""
    longest = "|".join(regex.escape(name) for name in sorted(months, key=lambda name: (-len(name), name)))
    month = rf"(?<!\p{{L}})(?P<month>{longest})(?!\p{{L}})\.?"
    orders = (
        rf"{day}{_OF}{month}(?:,?{_OF}{_YEAR})?",
        rf"(?<!\b[Ii]n\s){month}\s+{day}(?:,?{_OF}{_YEAR}|{_ENDS})",
        rf"(?<!\p{{N}}){_YEAR}\.?\s+{month}\s+{day}",
        rf"{month},?{_OF}{_YEAR}",
    )
    return regex.compile("|".join(f"(?:{order})" for order in orders))


def _stems(months: dict[str, int], declined: bool) -> regex.Pattern[str]:
    least = SHORT - 1 if declined else SHORT  # мая, мае
    stems = sorted(
        {name[: max(least, len(name) - 2)] for name in months if len(name) > SHORT or declined} | set(months)
    )
    longest = "|".join(regex.escape(stem) for stem in sorted(stems, key=len, reverse=True))
    return regex.compile(rf"(?<!\p{{L}})(?:{longest})\p{{L}}{{0,{5 if declined else 2}}}(?!\p{{L}})")


def dates(text: str, language: str) -> list[Date]:
    """In order and apart: a day and a month, a month and a year, or all three."""
    if _FIGURE.search(text) is None:
        return []
    calendar = _calendar(language)
    if calendar is None:
        return []
    return [
        Date(Span(*m.span()), int(m["day"] or 0), calendar.months[m["month"]], int(m["year"] or 0))
        for m in calendar.finds.finditer(text)
    ]


def written(date: Date, language: str) -> tuple[str, ...]:
    """A date as the language writes it, likeliest first; empty where that cannot be told without the sentence."""
    calendar = _calendar(language)
    pattern = calendar and calendar.patterns.get("d" * bool(date.day) + "y" * bool(date.year))
    if calendar is None or not pattern:
        return ()
    day = FIRST.get(language, "1") if date.day == 1 else str(date.day)
    made = pattern % {"d": day, "dd": day, "MMMM": calendar.names[date.month - 1], "y": date.year}
    year = str(date.year)
    if date.year and date.day and made.find(year) > 0:
        made = made[: made.index(year) + len(year)]  # without the word or point for a year, which may stay away
    article = ARTICLES.get(language) if date.day else None
    return (made, f"{article} {made}") if article else (made,)


def abridged(text: str, date: Date, language: str) -> bool:
    """Whether a writing lacks no more than little words that the language wants: 12 de mayo 2021."""
    said = text.casefold().split()
    for whole in written(date, language):
        wanted = whole.casefold().split()
        if said == wanted:
            return False
        rest = iter(wanted)
        if len(said) < len(wanted) and all(word in rest for word in said):
            return True
    return False


def unmatched(source: str, target: str, source_language: str, target_language: str) -> Iterator[str]:
    """Dates of the source in whose translation no month is named, as far as both languages are known."""
    asked = dates(source, source_language)
    calendar = _calendar(target_language) if asked else None
    if calendar is None:
        return
    for date in asked:
        if not calendar.stems.search(target) and not regex.search(rf"(?<!\d)0?{date.month}[./-]", target):
            yield date.span.of(source)
