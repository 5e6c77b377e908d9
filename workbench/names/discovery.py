"""Names that nobody has listed: their mentions, brought together across spellings, forms, files and languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.names.comparison import NEAR, Kind, same_name
from workbench.names.keys import keys, word_keys
from workbench.names.mentions import CASELESS, Bases, Known, mentions, surname
from workbench.spans import Span, replace
from workbench.text import key, words

ARTICLE = "ը"  # of Armenian; no name ends with it
INFLECTED = frozenset({"az", "hy", "ka", "ru", "tr", "uk"})  # read after the languages that give base forms


class Text(NamedTuple):
    """A text with its language; `name` is that of its file."""

    text: str
    language: str
    name: str = ""


class Place(NamedTuple):
    """Where a mention stands; spans are code points of the text. `before`: a few letters before it."""

    name: str
    span: Span
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One writing of a name in one language, its inflected forms counted with it. `short`: a part of the full name."""

    text: str
    language: str
    places: tuple[Place, ...]
    short: bool = False

    @property
    def count(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Spellings of what looks like one name, the most frequent first. `doubt`: what an editor should look at."""

    spellings: tuple[Spelling, ...]
    doubt: str = ""

    @property
    def count(self) -> int:
        return sum(spelling.count for spelling in self.spellings)

    def dominant(self, language: str | None = None, short: bool = False) -> Spelling | None:
        """The most frequent spelling, full ones before parts; of one language, or of all."""
        said = [s for s in self.spellings if language in (None, s.language)]
        chosen = [s for s in said if s.short == short] or ([] if short else said)
        return chosen[0] if chosen else None

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(spelling.language for spelling in self.spellings))


def discover(
    texts: Sequence[Text],
    known: Callable[[str, str], Sequence[Span]],
    bases: Bases,
    nominative: Callable[[str, str], bool] = lambda word, language: False,
) -> list[Cluster]:
    """Clusters of names that `known(text, language)` does not explain, the most frequent first.

    `bases` gives what an inflected word may be a form of, `nominative` says which words a
    dictionary has as base forms. Texts in scripts without capitals are
    read last, with the names of the others in mind.
    """
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    listening = _Ear()
    for language in sorted({t.language for t in texts}, key=lambda code: (code in CASELESS, code in INFLECTED, code)):
        ours = [t for t in texts if t.language == language]
        explained: Known = lambda text, code=language: known(text, code)  # noqa: E731
        said = mentions([t.text for t in ours], language, explained, listening.hears, bases)
        based = based_on([m.text for m in said], language, bases, _base_forms(listening, nominative, language))
        for mention in said:
            base = based[mention.text]
            text = ours[mention.number]
            before = text.text[max(0, mention.span.start - 10) : mention.span.start]
            place = Place(text.name, mention.span, mention.text, before)
            found[language, base].append(place)
            listening.learn(base)
    spellings = [Spelling(text, language, tuple(places)) for (language, text), places in found.items()]
    return _clustered(sorted(spellings, key=lambda s: (-s.count, s.language, s.text)))


def _base_forms(ear: _Ear, nominative: Callable[[str, str], bool], language: str) -> Callable[[str], bool]:
    """Whether a word is a base form: as a dictionary says, or as another language has it."""
    return lambda word: nominative(word, language) or bool(ear.hears(word))


def based_on(
    names: Sequence[str], language: str, bases: Bases, heard: Callable[[str], bool] = lambda word: False
) -> dict[str, str]:
    """For each name its base form, word by word: Мирзоян for Мирзояна when several forms point to
    it, when another language has it, when it ends as a surname, or when it stands there itself."""
    forms = Counter(word.text for name in names for word in words(name))
    offered = {form: [form, *bases(form, language)] for form in forms}
    support: dict[str, set[str]] = defaultdict(set)
    for form, options in offered.items():
        for base in options:
            support[key(base)].add(form)
    spelled = {key(form): form for form in sorted(forms, key=lambda f: (forms[f], f))}
    chosen = {}
    for form, options in offered.items():
        best = max(
            options,
            key=lambda o: (len(support[key(o)]), len(options) > 1 and heard(o), surname(o), key(o) in spelled, -len(o)),
        )
        chosen[form] = spelled.get(key(best), best)
    return {name: _based(name, chosen) for name in names}


def _based(name: str, chosen: dict[str, str]) -> str:
    found = words(name)
    return replace(name, [(word.span, chosen[word.text]) for word in found])


class _Ear:
    """Names of texts read before, to be heard in scripts without capitals."""

    def __init__(self) -> None:
        self.known: dict[str, set[str]] = defaultdict(set)

    def learn(self, name: str) -> None:
        for word in words(name):
            for shared in word_keys(word.text):
                self.known[shared].add(word.text)

    def hears(self, text: str) -> list[Span]:
        return [
            word.span
            for word in words(text)
            if len(word.text) > 2
            and any(
                same_name(word.text, name).same
                for shared in word_keys(word.text)
                for name in self.known.get(shared, ())
            )
        ]


def _clustered(spellings: Sequence[Spelling]) -> list[Cluster]:
    """Full names first, then single words that are a part of exactly one of them."""
    full = [s for s in spellings if len(words(s.text)) > 1]
    single = [s for s in spellings if len(words(s.text)) == 1]
    groups = _grouped(full)
    alone: list[list[Spelling]] = []
    doubts: dict[int, str] = {}
    for part in _grouped(single):
        owners = [i for i, group in enumerate(groups) if same_name(part[0].text, group[0].text).kind is Kind.PART]
        if len(owners) == 1:
            groups[owners[0]] += [Spelling(s.text, s.language, s.places, short=True) for s in part]
            continue
        if owners:
            doubts[len(alone)] = "may be any of " + ", ".join(groups[i][0].text for i in owners)
        alone.append(part)
    made = [Cluster(_ordered(group)) for group in groups]
    made += [Cluster(_ordered(group), doubts.get(i, "")) for i, group in enumerate(alone)]
    return sorted(made, key=lambda c: (-c.count, c.spellings[0].text))


def _ordered(group: Iterable[Spelling]) -> tuple[Spelling, ...]:
    group = list(group)
    full = {word.text for s in group if not s.short for word in words(s.text)}
    return tuple(sorted(group, key=lambda s: (s.short, -s.count, s.language, s.text not in full, s.text)))


def _grouped(spellings: Sequence[Spelling]) -> list[list[Spelling]]:
    """Each spelling with the first group whose most frequent one is the same name and none of which is far."""
    groups: list[list[Spelling]] = []
    by_key: dict[str, list[int]] = defaultdict(list)
    for spelling in spellings:
        mine = keys(spelling.text)
        near = dict.fromkeys(i for shared in sorted(mine) for i in by_key[shared])
        home = next((i for i in near if _belongs(spelling, groups[i])), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(spelling)
        for shared in mine:
            if home not in by_key[shared]:
                by_key[shared].append(home)
    return groups


def _belongs(spelling: Spelling, group: Sequence[Spelling]) -> bool:
    if not same_name(spelling.text, group[0].text).same:
        return False
    return all(same_name(spelling.text, other.text).cost <= NEAR for other in group[1:])
