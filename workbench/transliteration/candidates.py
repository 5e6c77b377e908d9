"""Forms of a name for another language, each with its reason, in order of trust."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from workbench.glossary.model import Entry, Glossary, Status, Type
from workbench.languages import language
from workbench.text import key
from workbench.transliteration import convention, icu_door
from workbench.transliteration.library import chosen, schemes
from workbench.transliteration.neural import NameModel
from workbench.transliteration.scheme import Scheme

# Order of trust.
HOW = ("glossary", "official", "usage", "convention", "standard", "neural", "icu", "unidecode")
TRUST = {
    "glossary": 1.0,
    "official": 0.9,
    "usage": 0.85,
    "convention": 0.8,
    "standard": 0.5,
    "neural": 0.4,
    "icu": 0.2,
    "unidecode": 0.1,
}
AT_HOME = 0.79  # a name that came back, behind the first convention: a Russian may be called Rustam too
STEP = 0.02  # less for each later form of one kind
NEURAL = 5  # forms asked of the model
UNLIKELY = 0.01  # probability below which a second and later form is not shown

# Romanisations that the state of the source prescribes for all its names: official in English.
# Not ru-icao-9303, which is for passports alone.
OFFICIAL = frozenset({"uk-national-2010", "bg-law-2009", "ka-national-2002", "ko-revised-2000"})
UNMARKED = frozenset({"ka-national-2002"})  # whose apostrophes signs, passports and the press leave out
_SCRIPTS = ("LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN", "GREEK")


USED = frozenset({"az", "en", "hy", "hyw", "ka", "ru"})  # not Turkish: Hüseyin is no Гусейн
Usual = Callable[[str, str], str]
Home = Callable[[str], tuple[str, str]]


class Candidate(NamedTuple):
    """A form with its BCP 47 tag; `score` orders the candidates, it is no probability."""

    form: str
    tag: str
    how: str
    source: str  # entry id, scheme id, or where the convention was read
    score: float
    reason: str


def candidates(
    name: str,
    source: str,
    target: str,
    glossary: Glossary | None = None,
    standard: str | None = None,
    n: int = 5,
    neural: NameModel | None = None,
    usual: Usual | None = None,
    home: Home | None = None,
) -> list[Candidate]:
    """At most `n`, the most trusted first; `standard` puts one romanisation ('iso-9985') at the head.

    A form found in two ways is given once, with the reason that counts more. `source` may be 'hyw'.
    `usual(name, target)` knows names that usage writes as no rule would (Акопян, Гейдаров); '' when it does not.
    `home(name)` is the language and the form that a name came from: ('az', 'Ceyhun') for Джейхун.
    """
    name = unicodedata.normalize("NFC", name.strip())
    base, into = ("hyw" if source == "hyw" else language(source)), language(target)
    found: list[Candidate] = []
    if standard is not None:
        made = chosen(base, standard)
        found.append(Candidate(made(name), made.tag, "standard", made.id, 1.0, f"asked for: {made.name}"))
    if name:
        found += _ranked(_glossary(name, base, into, glossary))
        found += _ranked(_usual(name, base, into, usual))
        found += _ranked(_rules(name, base, into, _person(name, usual)))
        found += [c._replace(score=AT_HOME) for c in _at_home(name, base, into, home)]
        found += _ranked(_neural(name, base, into, neural))
        found += _ranked(_fallback(name, base, into))
    found.sort(key=lambda c: -c.score)  # stable: a usage stays behind its rule
    mixed = mixed_scripts(name)
    unique = {c.form: c for c in reversed(found)}
    kept = [c for c in found if unique[c.form] is c][: max(n, 0)]
    return [c._replace(reason=f"{c.reason}; the name mixes scripts: {mixed}") for c in kept] if mixed else kept


def mixed_scripts(name: str) -> str:
    """The words that mix alphabets, as Аlіyev with Cyrillic А and і; empty when there are none."""
    said = []
    for word in re.findall(r"[^\W\d_]+", name):
        scripts = {s for c in word for s in _SCRIPTS if unicodedata.name(c, "").startswith(s)}
        if len(scripts) > 1:
            said.append(f"{word} ({', '.join(s.title() for s in sorted(scripts))})")
    return ", ".join(said)


def _usual(name: str, source: str, target: str, usual: Usual | None) -> Iterator[Candidate]:
    form = usual(name, target) if usual is not None and source in USED and source != target else ""
    if form:
        yield Candidate(form, f"{target}-t-{source}", "usage", "equivalences", 0, "usage: the lexicon of equivalences")


def _at_home(name: str, source: str, target: str, home: Home | None) -> Iterator[Candidate]:
    """The name as its own language has it, written for the target from there."""
    if home is None or source in LATIN_TARGETS or source == target:
        return
    origin, own = home(name)
    if not own or origin == source:
        return
    reason = f"usage: the lexicon of equivalences, the name {own} ({origin})"
    form = own
    if origin == "en" and target not in LATIN_TARGETS - RESPELLING:
        return
    if origin not in ("en", target):
        if origin not in convention.sources() or target not in convention.targets():
            return
        form = convention.transcriptions(own, origin, target, person=True)[0].form
    yield Candidate(form, f"{target}-t-{source if origin == target else origin}", "usage", "equivalences", 0, reason)


def _ranked(found: Iterator[Candidate]) -> list[Candidate]:
    """With scores: the trust of the kind, a little less for each later form."""
    counts: dict[str, int] = {}
    made = []
    for candidate in found:
        counts[candidate.how] = at = counts.get(candidate.how, -1) + 1
        made.append(candidate._replace(score=round(TRUST[candidate.how] - STEP * at, 2)))
    return made


def _glossary(name: str, source: str, target: str, glossary: Glossary | None) -> Iterator[Candidate]:
    if glossary is None:
        return
    tag = f"{target}-t-{source}"
    for entry, type in _index(glossary, _code(source)).get(_key(name), ()):
        if entry.keep:
            yield Candidate(name, tag, "glossary", entry.id, 0, f"glossary: entry {entry.id} is kept as it is")
            continue
        first = entry.preferred(target, type)
        said = [
            t for t in entry.says(target) if t.status.approved and first and t.type is first.type and t is not first
        ]
        for term in (first, *said) if first else ():
            word = "preferred" if term.status is Status.PREFERRED else "admitted"
            yield Candidate(term.text, tag, "glossary", entry.id, 0, f"glossary: {word} in entry {entry.id}")


@lru_cache(maxsize=16)
def _index(glossary: Glossary, source: str) -> dict[str, list[tuple[Entry, Type]]]:
    """Entries and the type of the term, by the key of each of its spellings."""
    found: dict[str, list[tuple[Entry, Type]]] = {}
    for entry in glossary.entries:
        for term in entry.says(source):
            for spelling in dict.fromkeys(map(_key, (term.text, *term.variants))):
                found.setdefault(spelling, []).append((entry, term.type))
    return found


def _key(text: str) -> str:
    return " ".join(key(word) for word in text.split())


def _code(source: str) -> str:
    return "hy" if source == "hyw" else source


def _person(name: str, usual: Usual | None) -> bool:
    """Whether a word of the name is known: Արշակ needs no surname to be a person's name."""
    return usual is not None and any(usual(word, "hy") for word in name.split())


def _rules(name: str, source: str, target: str, person: bool) -> Iterator[Candidate]:
    if source == target:
        return
    if source in convention.sources() and target in convention.targets():
        for made in convention.transcriptions(name, source, target, person):
            yield Candidate(
                made.form, made.tag, "convention", made.source, 0, f"convention for {target}: {made.reason}"
            )
    elif {source, target} <= LATIN_TARGETS and target not in RESPELLING:
        yield Candidate(name, f"{target}-t-{source}-x0-kept", "convention", "", 0, "kept: both languages write Latin")
    for made in schemes(source):
        if not _fits(made, name, target):
            continue
        how = "official" if made.id in OFFICIAL and target == "en" else "standard"
        form = _named(made(name), source)
        if how == "official" and made.id in UNMARKED and "’" in form:
            reason = f"{how}: {made.name}, without its apostrophes as in practice"
            yield Candidate(form.replace("’", ""), f"en-t-{source}", how, made.id, 0, reason)
        yield Candidate(form, made.tag, how, made.id, 0, f"{how}: {made.name}")


LATIN_TARGETS = frozenset(
    "az ca cs da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl sv tr uz vi".split()
)  # fmt: skip

RESPELLING = frozenset({"az", "lt", "lv"})  # Latin, and yet they write foreign names by sound


def _fits(scheme: Scheme, name: str, target: str) -> bool:
    """Whether a scheme reads the script of the name and writes that of the target."""
    if scheme.target not in ("und", target) and scheme.source != target:
        return False
    if scheme.script[0] in ("Arab", "Hebr") and not vocalised(name):
        return False
    first = next((c for c in name if c.isalpha()), "")
    reads = {"Cyrl": "CYRILLIC", "Latn": "LATIN", "Armn": "ARMENIAN", "Geor": "GEORGIAN", "Grek": "GREEK",
             "Hang": "HANGUL", "Arab": "ARABIC", "Hebr": "HEBREW",
             "Kana": ("HIRAGANA", "KATAKANA")}[scheme.script[0]]  # fmt: skip
    return (
        bool(first)
        and unicodedata.name(first, "").startswith(reads)
        and scheme.script[1] == "Latn"
        and target in LATIN_TARGETS
    )


def vocalised(name: str) -> bool:
    """Whether a name in Arabic or Hebrew script carries vowel signs: on a third of its letters at least."""
    signs = sum("\u064b" <= c <= "\u0652" or "\u05b0" <= c <= "\u05bb" for c in name)
    return signs * 3 >= sum(c.isalpha() for c in name) > 0


def _named(form: str, source: str) -> str:
    """A name of a script without capitals gets them."""
    if source not in ("ar", "fa", "he", "ka", "ko", "ja"):
        return form
    return re.sub(r"(?<![\w’'ʻ\u0300-\u036f])[^\W\d_]", lambda first: first.group().upper(), form)


def _neural(name: str, source: str, target: str, model: NameModel | None) -> Iterator[Candidate]:
    """Forms that a trained model writes; those that are next to impossible are left out."""
    if model is None or not model.reads(name, _code(source), target):
        return
    (forms,) = model.forms([name], _code(source), target, NEURAL)
    tag = f"{target}-t-{_code(source)}-t0-und"
    for number, form in enumerate(forms, 1):
        if form.probability < UNLIKELY and number > 1:
            return
        reason = f"neural: probability {form.probability:.2f}, {number} of {len(forms)}"
        reason += ", attested in the lists beside the model" if form.seen else ""
        yield Candidate(form.text, tag, "neural", model.engine.name, 0, reason)


def _fallback(name: str, source: str, target: str) -> Iterator[Candidate]:
    if target not in LATIN_TARGETS or name.isascii():
        return
    by_icu = icu_door.latin(name)
    if by_icu and by_icu != name:
        tag = f"und-Latn-t-{source}-x0-icu"
        yield Candidate(by_icu, tag, "icu", "ICU Any-Latin", 0, "ICU Any-Latin: any script, no language")
    tag = f"und-Latn-t-{source}-x0-unidec"
    yield Candidate(unidecoded(name), tag, "unidecode", "Unidecode", 0, "last resort: Unidecode, letter by letter")


_HYGIENE = str.maketrans({"և": "ev", "ə": "a", "Ə": "A", "ә": "a", "Ә": "A", "ռ": "r", "Ռ": "R", "ւ": "v", "ը": "y",
                          "՛": "", "՜": "", "՞": ""})  # fmt: skip


def unidecoded(text: str) -> str:
    """ASCII for any script by Unidecode, with the letters mended that it gets wrong: և, ə, ու, aspirates."""
    from unidecode import unidecode

    text = re.sub("[ոՈ][ւՒ]", lambda u: "u" if u.group()[0] == "ո" else "U", unicodedata.normalize("NFC", text))
    made = re.sub(r"\S+", lambda word: _plain(unidecode(word.group()), word.group()), text.translate(_HYGIENE))
    return made.replace("`", "").strip()


def _plain(form: str, word: str) -> str:
    """A word in capitals stays in capitals: ЩЕДРИН is no ShchEDRIN."""
    return form.upper() if word.isupper() and sum(map(str.isalpha, word)) > 1 else form
