"""An invented glossary of any size: people, places and terms in ten languages, and sentences that name them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from workbench.glossary import shelf
from workbench.glossary.model import Entry, Kind, Status, Term, Type
from workbench.matching import forms

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

GIVEN = 800  # given names, shared by all people
VOCABULARY = 4_000  # common words; every term begins with one, and goes on with a rare one
RARE = 20_000
WORDS = 18  # in a sentence beside the name
_PRIME = 1_000_003


@lru_cache(maxsize=1)
def _sounds() -> dict[str, dict[str, list[str]]]:
    table = tomllib.loads((Path(__file__).parent / "sounds.toml").read_text(encoding="utf-8"))
    return {part: {code: said.split() for code, said in row.items()} for part, row in table.items()}


def languages() -> list[str]:
    return list(_sounds()["vowels"])


@lru_cache(maxsize=16)
def _all_syllables(language: str) -> tuple[str, ...]:
    consonants, vowels = _sounds()["consonants"][language], _sounds()["vowels"][language]
    return tuple(consonant + vowel for consonant in consonants for vowel in vowels)


def _syllables(number: int, count: int, language: str) -> str:
    """The same number sounds alike in every language; different numbers below 80 ** count are different."""
    known = _all_syllables(language)
    made = []
    for _ in range(count):
        number, at = divmod(number, len(known))
        made.append(known[at])
    return "".join(made)


@lru_cache(maxsize=20_000)
def _given(number: int, language: str) -> str:
    return _syllables(number * 8, 2, language).capitalize()


def _named(number: int, language: str, kind: Kind) -> tuple[str, str]:
    """Full and short form; the short one of a person is the surname."""
    if kind is Kind.TERM:
        first, second = divmod(number * 24_571_573 % (VOCABULARY * RARE), RARE)
        return f"{word(first, language)} {word(VOCABULARY + second, language)}", ""
    rare = (number + 1) * 24_571_573 % 80**4
    endings = _sounds()["surnames" if kind is Kind.PERSON else "places"][language]
    name = (_syllables(rare, 4, language) + endings[number % len(endings)]).capitalize()
    if kind is Kind.PLACE:
        return name, ""
    return f"{_given(number % GIVEN, language)} {name}", name


@lru_cache(maxsize=100_000)
def word(number: int, language: str) -> str:
    """A common word, or from `VOCABULARY` on a rare one."""
    return _syllables((number + 1) * 24_571 % 80**3, 3, language)


@lru_cache(maxsize=16)
def _variants(language: str) -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, new in (said.split("=") for said in _sounds()["variants"][language]))


def entry(number: int, only: str = "") -> Entry:
    """Half of them people with full and short names, a quarter places, a quarter terms of two words; a term in each
    language, every second with a variant. `only`: a language, for an entry that has no others."""
    kind = (Kind.PERSON, Kind.PLACE, Kind.PERSON, Kind.TERM)[number % 4]
    terms = []
    for place, language in enumerate(languages()):
        if only not in ("", language):
            continue
        full, short = _named(number, language, kind)
        old, new = _variants(language)[number % 4]
        other = full.replace(old, new) if (number + place) % 2 else full
        terms.append(Term(language, full, variants=(other,) if other != full else ()))
        if short and (number + place) % 3 == 0:
            terms.append(Term(language, short, Status.PREFERRED, Type.SHORT))
    return Entry(f"e{number}", kind, tuple(terms), "m" if kind is Kind.PERSON else "")


def entries(count: int) -> Iterator[Entry]:
    return map(entry, range(count))


class Invented(shelf.Lazy):
    """Entries in one language that no store holds: for matching alone."""

    def __init__(self, count: int, language: str):
        self._count, self._language = count, language
        self.content = self.fingerprint = f"invented-{count}-{language}"

    def __len__(self) -> int:
        return self._count

    def made(self, at: int) -> Entry:
        return entry(at, self._language)

    def terms(self, language: str) -> Iterator[tuple[int, int, Entry, Term]]:
        for at in range(self._count):
            one = entry(at, self._language)
            yield from ((at, number, one, term) for number, term in enumerate(one.terms))


def writings(count: int, language: str) -> Iterator[str]:
    """Every form and variant of every term in the language."""
    for _, _, one, term in Invented(count, language).terms(language):
        yield from (form.text for form in forms.forms(one, term))
        yield from term.variants


def sentences(count: int, language: str, of: int, share: float = 1 / 3, seed: int = 3) -> list[str]:
    """Sentences; in a share of them stands a term of a glossary of `of` entries in one of its forms. A tenth of the
    entries makes nine tenths of the mentions, as in real texts."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        # Common words are met by rank, the frequent ones often.
        said = [word(int(VOCABULARY ** chance.random()), language) for _ in range(WORDS)]
        if chance.random() < share:
            number = chance.randrange(of) * _PRIME % of
            one = entry(number // 10 if chance.random() < 0.9 else number, language)
            term = chance.choice(one.terms)
            shapes = [form.text for form in forms.forms(one, term)]
            said.insert(chance.randrange(1, WORDS), chance.choice([*shapes, *term.variants]))
        made.append(" ".join(said).capitalize() if said[0].islower() else " ".join(said))
    return [sentence + "." for sentence in made]
