"""How the press of a language writes a name of another: its sounds, in the spelling of the target.

A reading (readings/*.toml) gives the sounds of a name, one letter each; a convention
(conventions/*.toml) writes them. Both are tables in the notation of schemes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from workbench.errors import InputError
from workbench.fileformats import read_toml
from workbench.transliteration.casing import lower, title
from workbench.transliteration.library import read_scheme, scheme
from workbench.transliteration.scheme import Scheme

VOWELS = frozenset("aeiouyəâăıöüäîáéíóúýαεηιουωάέήίόύώаеёиоуыэюяіїєաեէըիոօაეიოუ")
LATIN = frozenset({"az", "tr", "en"})  # sources that a Latin target may keep as they are
BY_ENGLISH = frozenset({"hy", "az", "ka"})  # names that many desks take as English writes them
OWN_WAY = frozenset({"en", "az", "et", "lt", "lv"})  # not those that respell English names too
OFFICIAL = {"uk": "uk-national-2010"}  # romanisations of a state that other languages take over
SLAVIC = frozenset({"ru", "uk"})
CASELESS = frozenset({"ka"})
# What the surnames of a language end in: a name without such an ending is taken for a place where places differ.
_SURNAME = {
    "az": re.compile("(?:ov|ova|yev|yeva|zadə|oğlu|qızı|ski|skaya)$|(?:ов|ова|ев|ева|заде|задә)$", re.IGNORECASE),
    "hy": re.compile("(?:[յե]անց?|ունի|ով|և|ևա)$", re.IGNORECASE),
    "ka": re.compile("(?:შვილი|ძე|ავა|უა|იანი)$"),
    "uk": re.compile("(?:енко|[чюу]к|[сц]ький|[сц]ька|[ои]вич|[еєії]в)$", re.IGNORECASE),
}
_ANY = re.compile("")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


class Transcription(NamedTuple):
    """A form with the way it came: `route` is direct, keep, english, official or ru; `label` names a usage."""

    form: str
    route: str
    label: str
    source: str
    tag: str

    @property
    def reason(self) -> str:
        way = {"direct": "by sound", "keep": "kept as in the source", "english": "the English form",
               "official": "the official romanisation", "ru": "through Russian"}[self.route]  # fmt: skip
        return "; ".join(part for part in (way, self.label, self.source) if part)


class Usage(NamedTuple):
    """What some write otherwise than the rule: rules before all others; `early`: the other stress; `first`: the
    form that is more often attested than that of the rule."""

    label: str
    source: str
    rules: tuple[tuple[str, str], ...]
    early: bool
    first: bool


@dataclass(frozen=True)
class Convention:
    """The writing side for one target language."""

    language: str
    name: str
    script: str
    source: str
    data: dict[str, Any]

    def routes(self, source: str, place: bool = False) -> list[str]:
        """Declared ways for names of a source language, the most usual first; places may have others (az-place)."""
        ways = self.data.get("routes", {})
        declared = ways.get(source, ["direct", "keep"] if source == "en" else ["direct"])
        declared = ways.get(f"{source}-place", declared) if place else declared
        if (
            self.script == "Latn"
            and source in BY_ENGLISH
            and self.language not in OWN_WAY
            and "english" not in declared
        ):
            return [*declared, "english"]
        return declared

    def writer(self, source: str, more: tuple[tuple[str, str], ...] = ()) -> Scheme:
        """Sounds to letters, for names of one source language, with the rules of a variant before all."""
        rules = dict(more)
        for table in (self.data.get("from", {}).get(source, {}), self.data.get("rules", {})):
            rules |= {key: value for key, value in table.items() if key not in rules}
        rules.setdefault("ʹ", "")  # softness, which most do not write
        return read_scheme(
            {**self.data, "language": "und", "target": self.language, "script": ["Latn", self.script],
             "tag": "", "rules": rules, "samples": {}},
            f"sounds-{self.language}",
        )  # fmt: skip

    def variants(self, source: str, place: bool = False) -> Iterator[Usage]:
        kinds = {source, f"{source}-place"} if place else {source}
        for variant in self.data.get("variant", []):
            if source in variant["from"]:
                rules = tuple(variant.get("rules", {}).items())
                first = not kinds.isdisjoint(variant.get("first", ()))
                yield Usage(variant["label"], variant["source"], rules, variant.get("stress") == "early", first)

    def finished(self, form: str, source: str, early: bool = False) -> str:
        """With the accent and the ending that the language asks for; `early`: the accent one vowel earlier."""
        if self.data.get("stress") == "greek":
            form = _WORD.sub(lambda word: _accented(word.group(), source, early), form)
        ending = self.data.get("endings")
        if not ending:
            return form
        words = list(_WORD.finditer(form))
        chosen = words[-1:] if ending["words"] == "last" else words
        for word in reversed(chosen):
            found = word.group()
            if len(found) > 1 and lower(found[-1], self.language) not in VOWELS and not found.endswith(("is", "as")):
                added = ending["add"].upper() if found.isupper() and self.script != "Geor" else ending["add"]
                form = form[: word.end()] + added + form[word.end() :]
        return form


def _accented(word: str, source: str, other: bool) -> str:
    """A Greek word with its stress on the last vowel; -οφ, -εφ and Slavic names in -α, Georgian
    and Ukrainian ones in -ι have it on the one before. `other`: the other one of the two."""
    vowels = [m.end() - 1 for m in re.finditer("ου|(?<!γ)ι|ι(?![αεηοω])|[αεηουω](?!ϊ)|ϊ", word.lower())]
    if len(vowels) < 2:
        return word
    ends = ("οφ", "εφ", *(("α", "ε", "ο") if source in SLAVIC else ()), *(("ι",) if source in ("ka", "uk") else ()))
    early = word.lower().endswith(ends)
    at = vowels[-2 if early != other else -1]
    return unicodedata.normalize("NFC", word[: at + 1] + "\u0301" + word[at + 1 :])


def _names(folder: str) -> tuple[str, ...]:
    files = (resources.files(__package__) / folder).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


@cache
def sources() -> tuple[str, ...]:
    """Languages whose names we can read."""
    return _names("readings")


@cache
def targets() -> tuple[str, ...]:
    """Languages with a convention."""
    return _names("conventions")


@cache
def reading(language: str) -> Scheme:
    """Letters to sounds."""
    if language not in sources():
        raise InputError(f"no reading of names in '{language}' (known: {', '.join(sources())})")
    return read_scheme(read_toml(resources.files(__package__) / "readings" / f"{language}.toml"), f"reading-{language}")


@cache
def convention(language: str) -> Convention:
    """The convention of a target language."""
    if language not in targets():
        raise InputError(f"no convention for names in '{language}' (known: {', '.join(targets())})")
    data = read_toml(resources.files(__package__) / "conventions" / f"{language}.toml")
    return Convention(language, data["name"], data["script"], data["source"], data)


@cache
def _writer(target: str, source: str, more: tuple[tuple[str, str], ...] = ()) -> Scheme:
    return convention(target).writer(source, more)


def sounds(name: str, source: str) -> str:
    """The name in sounds; names of a script without capitals get them."""
    if source == "az" and re.search("[\u0400-\u04ff]", name):
        name = scheme("az-latin")(name)
    made = reading(source)(name)
    return _WORD.sub(lambda word: title(word.group(), "und"), made) if source in CASELESS else made


def is_place(name: str, source: str) -> bool:
    """Whether a name ends as no surname of its language does."""
    return _SURNAME.get(source, _ANY).search(name) is None


def transcriptions(name: str, source: str, target: str, person: bool = False) -> list[Transcription]:
    """Forms for a target language, the most usual first; usages after the rule unless they are attested more often.

    `person`: that the name is a person's is known, whatever it ends in.
    """
    made: list[Transcription] = []
    rule = convention(target)
    place = not person and is_place(name, source)
    for route in rule.routes(source, place):
        made += _by_route(name, source, rule, route, place)
    unique = {t.form: t for t in reversed(made)}  # the first of equal forms stays
    return [t for t in made if unique[t.form] is t]


def _by_route(name: str, source: str, rule: Convention, route: str, place: bool) -> Iterator[Transcription]:
    target = rule.language
    if route == "keep":
        if source in LATIN and rule.script == "Latn":
            yield Transcription(name, route, "", rule.source, f"{target}-t-{source}-x0-kept")
    elif route == "english":
        yield Transcription(_write(name, source, "en"), route, "", rule.source, f"{target}-t-{source}-x0-viaen")
    elif route == "official":
        made = scheme(OFFICIAL[source])
        yield Transcription(made(name), route, made.name, rule.source, f"{target}-t-{source}-x0-official")
    elif route == "ru":
        russian = _write(name, source, "ru")
        form = _write(russian, "ru", target)
        yield Transcription(form, route, russian, rule.source, f"{target}-t-{source}-x0-viaru")
    else:
        tag = f"{target}-t-{source}"
        usages = list(rule.variants(source, place))
        ordered = [u for u in usages if u.first] + [None] + [u for u in usages if not u.first]
        for one in ordered:
            if one is None:
                yield Transcription(_write(name, source, target), route, "", rule.source, tag)
            else:
                form = _write(name, source, target, one.rules, one.early)
                yield Transcription(form, route, one.label, one.source, tag)


def _write(name: str, source: str, target: str, more: tuple[tuple[str, str], ...] = (), early: bool = False) -> str:
    heard = sounds(name, source)
    made = _writer(target, source, more)(heard)
    if any(not output for _, output in more):  # a letter that is dropped hands its capital on
        made = _handed(heard, made, target)
    return convention(target).finished(made, source, early)


def _handed(heard: str, made: str, target: str) -> str:
    """Words that begin with a capital in sounds begin with one again."""
    first, written = list(_WORD.finditer(heard)), list(_WORD.finditer(made))
    if len(first) != len(written):
        return made
    for one, other in zip(reversed(first), reversed(written), strict=True):
        if one.group()[0].isupper() and other.group()[0].islower():
            made = made[: other.start()] + title(other.group(), target) + made[other.end() :]
    return made
