"""The façade's part for names: their forms in many languages, their kin among spellings, what is proposed of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import languages
from workbench.checking import choosing
from workbench.documents.document import Choices
from workbench.errors import InputError
from workbench.facade.drafts import Names
from workbench.filework import single
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term
from workbench.transliteration.candidates import Candidate

if TYPE_CHECKING:
    from workbench.names.discovery import Cluster, Text

KIN = 24  # spellings shown beside a name
MOST = 400_000  # characters of a document in which names are looked for


@dataclass(frozen=True, slots=True)
class Relative:
    """A spelling beside a name. `kind`: same, part, gender or different; `cost`: how far the sounds are apart, 0
    for the same; `count`: mentions in a document, 0 where none was read; `entry`: its id, '' for none."""

    text: str
    languages: tuple[str, ...]
    kind: str
    reason: str
    cost: float
    count: int = 0
    entry: str = ""


class Naming:
    """`glossary`, `candidates` and `detect` are those of the façade that this is a part of."""

    if TYPE_CHECKING:
        glossary: Callable[..., Glossary]
        candidates: Callable[..., list[Candidate]]
        detect: Callable[[str], str]

    def forms(
        self, name: str, source: str, targets: Sequence[str] = (), glossaries: Names | None = None, n: int = 3
    ) -> dict[str, list[Candidate]]:
        """Forms of a name for each target, the most trusted first; no targets: every language that we know."""
        name, source = _named(name), languages.language(source)
        wanted = [languages.language(code) for code in targets] or list(languages.NAMES)
        return {
            code: self.candidates(name, source, code, glossaries, n=n)
            for code in dict.fromkeys(wanted)
            if code != source
        }

    def kin(
        self, name: str, forms: dict[str, list[Candidate]], glossaries: Names | None = None, most: int = KIN
    ) -> list[Relative]:
        """Spellings around a name, the nearest first: its forms, and names of the glossary that sound like it,
        near names that are others among them."""
        from workbench.names.comparison import near
        from workbench.names.keys import keys

        spelled: dict[str, list[str]] = {}
        listed: dict[str, str] = {}
        for code, found in forms.items():
            for made in found[:1]:
                spelled.setdefault(made.form, []).append(code)
        book = _by_key(self.glossary(glossaries))
        for shared in sorted(keys(name)):
            for text, language, entry in book.get(shared, ()):
                spelled.setdefault(text, []).append(language)
                listed.setdefault(text, entry)
        spelled.pop(name, None)
        found = [_relative(name, text, tuple(dict.fromkeys(codes)), 0, listed.get(text, ""))
                 for text, codes in spelled.items() if near(name, text)]  # fmt: skip
        ranks = ("same", "part", "gender", "different")
        ordered = sorted(found, key=lambda one: (not one.entry, ranks.index(one.kind), one.cost, one.text))
        return sorted(ordered[:most], key=lambda one: (ranks.index(one.kind), one.cost, one.text))

    def spellings(self, cluster: Cluster) -> list[Relative]:
        """The spellings of a cluster beside its dominant one."""
        first, *others = cluster.spellings
        return [_relative(first.text, s.text, (s.language,), s.count, "") for s in others]

    def texts_of(self, path: Path, name: str, source: str | None = None) -> list[Text]:
        """What a document of any format says, for `names`; `name`: what people call the file. `source` None:
        as the file says, else detected."""
        from workbench.names.discovery import Text

        said, told = [], ""
        choices = Choices()
        for part in single.parts(path, single.kind_of_file(path, None), choices):
            told = told or part.source_language
            said += [segment.source for segment in part.segments]
            if sum(map(len, said)) > MOST:
                raise InputError(f"{name}: more than {MOST:,} characters; use the command line: workbench names FILE")
        whole = "\n".join(said)
        code = languages.language(source or told) if source or told else self.detect(whole)
        return [Text(whole, code, name)]

    def adoption(
        self, name: str, source: str, kind: Kind, forms: Sequence[tuple[str, str, str]], glossary: Glossary
    ) -> Entry:
        """What is proposed when a person adopts forms of a name: (language, form, reason) each.

        An entry that has the name already keeps all that it says and gains the languages that it lacks.
        """
        name, source = _named(name), languages.language(source)
        if not forms:
            raise InputError("no form was chosen; choose one at least")
        there = next((e for e in glossary.entries if any(t.text == name for t in e.says(source))), None)
        terms = [] if there else [Term(source, name)]
        for code, form, reason in forms:
            code = languages.language(code)
            if there is None or not any(True for _ in there.says(code)):
                first = not any(t.language == code for t in terms)
                status = Status.PREFERRED if first else Status.ADMITTED
                terms.append(Term(code, _named(form), status, note=reason))
        if there is not None:
            if not terms:
                raise InputError(f"'{there.id}' has a form in each of these languages already")
            return replace(there, terms=(*there.terms, *terms), review=Review.PROPOSED)
        id = choosing.identifier(name)
        number, taken = 2, id
        while taken in glossary.by_id:
            taken, number = f"{id}-{number}", number + 1
        return Entry(taken, kind, tuple(terms), review=Review.PROPOSED)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > choosing.MOST:
        raise InputError(f"a name of 1 to {choosing.MOST} characters is needed")
    return name


def _relative(name: str, text: str, codes: tuple[str, ...], count: int, entry: str) -> Relative:
    from workbench.names.comparison import same_name

    verdict = same_name(name, text)
    return Relative(text, codes, verdict.kind.value, verdict.reason, round(verdict.cost, 2), count, entry)


@lru_cache(maxsize=4)
def _by_key(glossary: Glossary) -> dict[str, list[tuple[str, str, str]]]:
    """Approved names of a glossary by the keys under which spellings of one name meet: text, language, entry.
    A large store is passed over."""
    from workbench.names.keys import keys

    found: dict[str, list[tuple[str, str, str]]] = {}
    if not isinstance(glossary.entries, tuple):
        return found
    for entry in glossary.entries:
        for term in entry.terms if entry.kind.named and entry.approved else ():
            for shared in keys(term.text):
                found.setdefault(shared, []).append((term.text, term.language, entry.id))
    return found
