"""Fields of entries and terms as they are written on the command line, and which entries are meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import fields, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.errors import InputError
from workbench.glossary.model import Entry, Kind, Review, Status, Term, Type

if TYPE_CHECKING:
    from workbench.glossary.finding import Filter
    from workbench.glossary.store import Store

PAIRS = ("forms", "external")  # label:form, system:id
ENUMS: dict[str, type[Enum]] = {"kind": Kind, "review": Review, "status": Status, "type": Type}
CONDITIONS = ("text", "lang", "status", "type", "kind", "review")
SURE = 5  # of the search: spelled so, not said in a note or merely alike
ALL = 1_000_000  # entries that one command may change


def tidy(text: str) -> str:
    """NFC, trimmed, on one line, as files are read."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def with_fact(value: Any, written: str) -> Any:
    """An entry or a term with one field as it is written: 'note=a capital', 'variants+=Erivan', 'forms-=gen:x'."""
    name, equals, said = written.partition("=")
    sign = name[-1:] if name[-1:] in "+-" else ""
    name = name.removesuffix(sign) if sign else name
    known = {field.name: field for field in fields(value) if field.name not in ("id", "terms")}
    if not equals or name not in known:
        what = "a term" if isinstance(value, Term) else "an entry"
        raise InputError(f"'{written}' is no field of {what}; write FIELD=VALUE with one of {', '.join(known)}")
    old = getattr(value, name)
    if isinstance(old, tuple):
        return replace(value, **{name: _list(name, old, sign, said, written)})
    if sign:
        raise InputError(f"'{name}' in '{written}' is no list; write {name}=VALUE")
    return replace(value, **{name: _word(value, name, old, tidy(said), written)})


def _list(name: str, old: tuple, sign: str, said: str, written: str) -> tuple:
    items = [tidy(said)] if sign else [tidy(item) for item in said.split(",") if tidy(item)]
    made: list[Any] = []
    for item in items:
        if name in PAIRS:
            label, colon, rest = item.partition(":")
            if name == "external" and not (colon and label and rest):
                raise InputError(f"'{written}' lacks the name of the system; write external+=wikidata:Q1953")
            made.append((label, rest) if colon else ("", item))
        elif item:
            made.append(item)
    if sign == "-":
        return tuple(item for item in old if item not in made)
    return tuple(dict.fromkeys((*old, *made) if sign else made))


def _word(value: Any, name: str, old: Any, said: str, written: str) -> Any:
    from workbench import languages
    from workbench.glossary.formats import fields as known

    if isinstance(old, bool):
        if said not in ("yes", "no"):
            raise InputError(f"'{written}' is neither yes nor no")
        return said == "yes"
    if name in ENUMS:
        return one_of(ENUMS[name], said, written)
    if name == "language":
        return languages.language(said)
    genders = known.TERM_GENDERS if isinstance(value, Term) else known.ENTRY_GENDERS
    words = {"pos": known.POS, "gender": genders, "number": known.NUMBERS, "animacy": known.ANIMACIES}
    if name in words and said not in ("", *words[name]):
        raise InputError(f"'{written}': {known.meant(said, words[name])}")
    return said


def one_of(words: type[Enum], said: str, written: str) -> Any:
    try:
        return words(said)
    except ValueError:
        raise InputError(f"'{written}': known are {', '.join(member.value for member in words)}") from None


class Locale(NamedTuple):
    """`tag` '' where it says no more than the language, as in a term."""

    language: str
    tag: str


def locale_of(code: str, written: str) -> Locale:
    """Of a tag as it is written: 'en', 'en-GB', 'sr_latn'."""
    from workbench import languages

    language, tag = languages.language(code), code.strip().replace("_", "-")
    if "-" not in tag:
        return Locale(language, "")
    from workbench.glossary.formats.fields import cased_tag

    if not (cased := cased_tag(tag)):
        raise InputError(f"'{code}' in '{written}' is not a language tag; write one like en, en-GB or sr-Latn")
    return Locale(language, cased)


def in_locale(terms: Iterable[Term], locale: Locale, text: str) -> list[Term]:
    """Terms of the very tag that are written so; without a tag, else those of any region of the language."""
    alike = [t for t in terms if (t.language, t.text) == (locale.language, text)]
    return [t for t in alike if t.tag == locale.tag] or ([] if locale.tag else alike)


def the_term(entry: Entry, written: str) -> Term:
    """The term that 'en=Yerevan' names; with a type, 'en:short=…', where two are written alike."""
    head, _, text = written.partition("=")
    language, _, type = head.partition(":")
    locale = locale_of(language, written)
    found = [t for t in in_locale(entry.terms, locale, tidy(text)) if type in ("", t.type.value)]
    if not found:
        said = ", ".join(f"{t.locale}={t.text}" for t in entry.terms if t.language == locale.language)
        raise InputError(f"'{entry.id}' has no term '{written}'; it has {said or 'none in this language'}")
    if len(found) > 1:
        raise InputError(f"'{written}' names {len(found)} terms of '{entry.id}'; add the type: {language}:short={text}")
    return found[0]


def filter_of(conditions: tuple[str, ...]) -> tuple[str, Filter]:
    """The text and the filter that '--where NAME=VALUE' conditions make."""
    from workbench import languages
    from workbench.glossary.finding import Filter

    said: dict[str, str] = {}
    for written in conditions:
        name, equals, value = written.partition("=")
        if name not in CONDITIONS or not equals:
            raise InputError(f"'{written}' is no condition; write NAME=VALUE with one of {', '.join(CONDITIONS)}")
        said[name] = value.strip()
    enums = {name: one_of(words, said[name], f"{name}={said[name]}") for name, words in ENUMS.items() if name in said}
    language = languages.language(said["lang"]) if "lang" in said else None
    return said.get("text", ""), Filter(language, **enums)


def meant(store: Store, ids: tuple[str, ...], conditions: tuple[str, ...], retired: bool = False) -> tuple[str, ...]:
    """The entries that are named, or that the conditions let through; InputError when neither is given."""
    if bool(ids) == bool(conditions):
        raise InputError("name the entries, or say which: --where review=proposed --where lang=en")
    if ids:
        return ids
    text, filter = filter_of(conditions)
    hits = store.search(text, replace(filter, retired=retired), ALL)
    return tuple(hit.entry.id for hit in hits if hit.rank < SURE)
