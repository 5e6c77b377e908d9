"""What a repaired place asks of its neighbours: articles and contractions, a small table a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from workbench.text import capitalised

# (article, gender, number): what an article becomes before a noun of another gender or number.
_ARTICLES: dict[str, tuple[dict[tuple[str, str], str], ...]] = {
    "es": (
        {("m", "sg"): "el", ("f", "sg"): "la", ("m", "pl"): "los", ("f", "pl"): "las"},
        {("m", "sg"): "un", ("f", "sg"): "una", ("m", "pl"): "unos", ("f", "pl"): "unas"},
        {("m", "sg"): "del", ("f", "sg"): "de la", ("m", "pl"): "de los", ("f", "pl"): "de las"},
        {("m", "sg"): "al", ("f", "sg"): "a la", ("m", "pl"): "a los", ("f", "pl"): "a las"},
        {("m", "sg"): "este", ("f", "sg"): "esta", ("m", "pl"): "estos", ("f", "pl"): "estas"},
    ),
    "fr": (
        {("m", "sg"): "le", ("f", "sg"): "la", ("m", "pl"): "les", ("f", "pl"): "les"},
        {("m", "sg"): "un", ("f", "sg"): "une", ("m", "pl"): "des", ("f", "pl"): "des"},
        {("m", "sg"): "du", ("f", "sg"): "de la", ("m", "pl"): "des", ("f", "pl"): "des"},
        {("m", "sg"): "au", ("f", "sg"): "à la", ("m", "pl"): "aux", ("f", "pl"): "aux"},
    ),
    "de": (
        {("m", "sg"): "der", ("f", "sg"): "die", ("n", "sg"): "das",
         ("m", "pl"): "die", ("f", "pl"): "die", ("n", "pl"): "die"},
    ),
}  # fmt: skip
_CONTRACTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    # Not before a capitalised article, which belongs to a name: de El Salvador.
    "es": ((r"\b([Dd])e el\b", r"\1el"), (r"\b([Aa]) el\b", r"\1l")),
    "fr": (
        (r"\b([Dd])e le\b", r"\1u"),
        (r"\b([Dd])e les\b", r"\1es"),
        (r"(?<!\p{L})([Àà]) le\b", "au"),
        (r"(?<!\p{L})([Àà]) les\b", "aux"),
    ),
}  # fmt: skip
_STRESSED_A = regex.compile(r"(?i)h?á|agua|alma\b|arma\b|área|ala\b|acta\b|habla\b")  # el agua, not la agua


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a noun phrase asks of the article before it; '' where not known."""

    gender: str = ""
    number: str = ""


def article_before(left: str, form: str, wanted: Agreement, language: str) -> tuple[int, str] | None:
    """How the article that ends `left` must change before `form`: (characters to cut, new article).

    None when there is no article or it agrees already. A gender or number that is not
    known stays as the article has it.
    """
    if language == "en":
        return _english(left, form)
    for series in _ARTICLES.get(language, ()):
        by_length = sorted(set(series.values()), key=len, reverse=True)
        for article in by_length:
            match = _at_the_end(article).search(left)
            if match is None:
                continue
            held = [k for k, v in series.items() if v == article]
            genders, numbers = {g for g, _ in held}, {n for _, n in held}
            gender = wanted.gender or (held[0][0] if len(genders) == 1 else "")
            number = wanted.number or (held[0][1] if len(numbers) == 1 else "sg")
            if language == "es" and gender == "f" and number == "sg" and _STRESSED_A.match(form):
                return None
            new = series.get((gender, number), article)
            if new == article:
                return None
            if match.group()[:1].isupper():
                new = capitalised(new)
            return len(match.group()), new + " "
    return None


@lru_cache(maxsize=256)
def _at_the_end(article: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<!\p{{L}}){regex.escape(article)}\s+$")


def _english(left: str, form: str) -> tuple[int, str] | None:
    match = regex.search(r"(?<!\p{L})([Aa])(n?)\s+$", left)
    if match is None:
        return None
    vowel = regex.match(r"(?i)[aeiou](?!ni|ur|u\b|N\b)", form) is not None
    if vowel == bool(match[2]):
        return None
    return len(match.group()), match[1] + ("n " if vowel else " ")


def contracted(text: str, language: str, around: int) -> str:
    """The text with de el → del and the like within 12 characters left of `around`."""
    first = max(0, around - 12)
    head, near, tail = text[:first], text[first : around + 4], text[around + 4 :]
    for pattern, new in _CONTRACTIONS.get(language, ()):
        near = regex.sub(pattern, new, near)
    return head + near + tail
