"""Names that are one though their spellings differ, and names that are two though they look alike: data, looked up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from workbench.names.sounds import folded, script_of, shown, sounds

# Endings of surnames in sounds, with the class that must be equal in both spellings.
ENDINGS = (
    ("Ianc", "yants"), ("Ian", "yan"), ("Ieva", "ova"), ("Iev", "ov"), ("ova", "ova"), ("eva", "ova"), ("ov", "ov"),
    ("ev", "ov"), ("zade", "zade"), ("zada", "zade"), ("lI", "li"), ("SvIlI", "shvili"), ("Ze", "dze"), ("De", "dze"),
)  # fmt: skip


_BY_LAST = {last: [one for one in ENDINGS if one[0][-1] == last] for last in {one[0][-1] for one in ENDINGS}}
_NONE: frozenset[str] = frozenset()


class Group(NamedTuple):
    """Spellings of one name; `file` and `line` say where the data has it."""

    id: str
    forms: tuple[str, ...]
    file: str


class Lexicon:
    """All equivalences, read once."""

    def __init__(self, groups: tuple[Group, ...], apart: tuple[tuple[str, str, str], ...]):
        self.groups = {group.id: group for group in groups}
        self._spelled: dict[str, set[str]] = {}
        self._heard: dict[str, set[str]] = {}
        for group in groups:
            for form in group.forms:
                self._spelled.setdefault(folded(form), set()).add(group.id)
                self._heard.setdefault(shown(sounds(form).row), set()).add(group.id)
        self._apart = {frozenset((folded(one), folded(other))): why for one, other, why in apart}

    def known(self, word: str, row: tuple[int, ...] | None = None) -> frozenset[str]:
        """Ids of the groups of a word, with the class of its ending: 'hakob', 'hakob+yan'.

        `row`: its sounds, where they are at hand.
        """
        heard = shown(sounds(word).row if row is None else row)
        found = self._spelled.get(folded(word)) or self._heard.get(heard, _NONE)
        for ending, kind in _BY_LAST.get(heard[-1:], ()):
            if heard.endswith(ending) and len(heard) > len(ending) + 1:
                groups = self._heard.get(heard[: -len(ending)])
                if groups:
                    found = found | {f"{group}+{kind}" for group in groups}
        return frozenset(found)

    def usual(self, word: str, script: str, file: str = "") -> tuple[str, str]:
        """The first listed form in a script of the name, or of the stem of the surname, that a word
        is; with the rest of the word, empty for a whole name. Both empty when there is none.

        `file`: only names of that file, and only where their first form is in the script.
        """
        heard = shown(sounds(word).row)
        whole = self._spelled.get(folded(word)) or self._heard.get(heard, _NONE)
        form = self._first(whole, script, file)
        if form:
            return form, ""
        for ending, _ in _BY_LAST.get(heard[-1:], ()):
            stem = self._heard.get(heard[: -len(ending)], _NONE) if heard.endswith(ending) else _NONE
            form = self._first(stem, script, file)
            if form:
                return form, ending
        return "", ""

    def _first(self, ids: Iterable[str], script: str, file: str = "") -> str:
        """Of one group only: where two claim a spelling, neither is sure."""
        groups = sorted(ids)
        if len(groups) != 1:
            return ""
        group = self.groups[groups[0]]
        if file and (group.file != file or script_of(group.forms[0]) != script):
            return ""
        return next((form for form in group.forms if script_of(form) == script), "")

    def ending(self, word: str) -> str:
        """The class of the ending of a surname, when at least three sounds stand before it; else empty."""
        heard = shown(sounds(word).row)
        for ending, kind in _BY_LAST.get(heard[-1:], ()):
            if heard.endswith(ending) and len(heard) - len(ending) >= 3:
                return kind
        return ""

    def apart(self, one: str, other: str) -> str:
        """Why two words are known to be two names; empty when they are not listed."""
        return self._apart.get(frozenset((folded(one), folded(other))), "")


@cache
def lexicon() -> Lexicon:
    """The data of `equivalences/`: a line is a group `id: form form …`; in apart.txt, `one | other | why`."""
    groups, apart = [], []
    for file in sorted((resources.files(__package__) / "equivalences").iterdir(), key=lambda f: f.name):
        for line in file.read_text(encoding="utf-8").splitlines() if file.name.endswith(".txt") else ():
            line = line.split("#")[0].strip()
            if file.name == "apart.txt" and line:
                one, other, why = (part.strip() for part in line.split("|"))
                apart.append((one, other, why))
            elif line:
                id, _, forms = line.partition(":")
                groups.append(Group(id.strip(), tuple(forms.split()), file.name))
    return Lexicon(tuple(groups), tuple(apart))
