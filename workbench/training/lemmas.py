"""The base form of a target word, as a glossary would list it: what an annotation says."""

from __future__ import annotations

from functools import lru_cache

from workbench.errors import InputError
from workbench.morphology import inflection
from workbench.text import capitalised, weak_key

ROMANCE = frozenset({"ca", "es", "fr", "it", "pt"})
NUMBER = ROMANCE | {"en"}  # phrases whose plural ends in s, word by word
STEM = 4  # letters at the end that a base form may change
LANGUAGES = frozenset(
    "bg ca cs da de el en es et fa fi fr hi hu hy id it ka lt lv nl pl pt ro sk sl sv tr uk".split()
)  # of simplemma that we may meet; others keep their surface


def lemma(words: list[str], language: str) -> str:
    """A word in its dictionary form, a phrase in its singular; names, and what no rule reaches, as they stand.

    Of phrases only those languages change whose plural shows word by word: elsewhere the words of a
    phrase agree, and each one's dictionary form would not.
    """
    if len(words) == 1:
        return _word(words[0], language)
    if language not in NUMBER:
        return " ".join(words)
    return " ".join(_singular(word, language) for word in words)


@lru_cache(maxsize=100_000)
def _word(word: str, language: str) -> str:
    base = _dictionary(word, language)
    if base == word:
        base = _dictionary(word.lower(), language)
    if base.lower() == word.lower() or not _near(base.lower(), word.lower()):
        return word
    return capitalised(base) if word[:1].isupper() else base


@lru_cache(maxsize=100_000)
def _singular(word: str, language: str) -> str:
    """Gender stays: armadas gives armada, not armado."""
    if not word.endswith(("s", "x")) or word[:1].isupper() or len(word) < 4:
        return word
    base = _dictionary(word, language)
    if base == word or not _near(base, word):
        return word
    if (
        language in ROMANCE
        and word.endswith(("os", "as", "és", "ées"))
        and not weak_key(word).startswith(weak_key(base))
    ):
        return word[:-1]
    return word if base.endswith("r") and not weak_key(word).startswith(weak_key(base)) else base


def _near(base: str, word: str) -> bool:
    """A verb's infinitive for a participle, or another word altogether, is no base form of a term."""
    same = next((i for i, (a, b) in enumerate(zip(base, word, strict=False)) if a != b), min(len(base), len(word)))
    return same >= 2 and len(base) - same <= STEM and len(word) - same <= STEM and len(base) <= len(word) + 2


def _dictionary(word: str, language: str) -> str:
    if language == "ru":
        return next(iter(inflection.lemmas(word, "ru")), word)
    if language not in LANGUAGES:
        return word
    try:
        import simplemma
    except ImportError:
        raise InputError(
            "annotation needs base forms: pip install 'workbench-for-names[train]' (or annotate = 0 in the recipe)"
        ) from None
    return simplemma.lemmatize(word, language)
