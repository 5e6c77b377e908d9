"""What an inflected name may be a form of: the tables of `inflection`, read backwards."""

from __future__ import annotations

from functools import lru_cache

from workbench.morphology import inflection
from workbench.text import capitalised, key

CUT = 4  # letters that an ending of ours may have: Коломойцем
ADDED = {
    "ru": ("", "а", "я", "й", "ь", "о", "ий", "ый", "ой", "ая", "ец", "яц"),
    "uk": ("", "а", "я", "й", "ь", "о", "ий", "га", "ка", "ха", "ів", "їв", "ець", "єць"),
}
SHORTEST = 3
STRESSED = ("жем", "цем", "чем", "шем", "щем")  # -ом where the stress is on the ending


@lru_cache(maxsize=50_000)
def bases(word: str, language: str) -> tuple[str, ...]:
    """Bases of one word, without itself, the longest first; none where the language does not inflect names."""
    if language in ("ru", "uk"):
        known = (
            {capitalised(base) for base in inflection.nominatives(key(word), language)} if word[:1].isupper() else set()
        )
        return tuple(sorted((_slavic(word, language) | known) - {word}, key=lambda base: (-len(base), base)))
    if language == "de":
        return (word[:-1],) if word.endswith("s") and len(word) > SHORTEST + 1 else ()
    made = []
    for stem in inflection.stems(key(word), language):
        if language == "ka" and not stem.endswith("ი"):
            continue  # the nominative, which `stems` gives beside it
        if language == "hy" and stem.endswith("այ"):
            stem = stem[:-1]  # Ինդոնեզիա has a յ before the ending: Ինդոնեզիայի
        if len(stem) >= SHORTEST and key(word).startswith(stem[:-1]):
            shown = word[: len(stem)] if key(word[: len(stem)]) == stem else stem
            made.append(capitalised(shown) if word[:1].isupper() else shown)
    return tuple(sorted(dict.fromkeys(made), key=lambda base: (-len(base), base)))


def nominative(word: str, language: str) -> bool:
    """Whether a dictionary knows the word as the nominative of a name."""
    return key(word) in {key(base) for base in inflection.nominatives(key(word), language)}


def _slavic(word: str, language: str) -> set[str]:
    found = set()
    for cut in range(CUT + 1):
        stem = word[: len(word) - cut]
        if len(stem) < SHORTEST:
            break
        for end in ADDED[language]:
            base = stem + end
            if base != word and any(form == word for form in _forms(base, language)):
                found.add(base)
    return found


@lru_cache(maxsize=100_000)
def _forms(base: str, language: str) -> tuple[str, ...]:
    """Forms with a fleeting vowel and with one that stays, Кузнецем and Кузнецом: no letter shows which a name has."""
    made = [form for kept in (False, True) for _, form in inflection.name_forms(base, language, kept=kept)]
    stressed = [form[:-2] + "ом" for form in made if form.endswith(STRESSED)] if language == "ru" else []
    return (*made, *stressed)
