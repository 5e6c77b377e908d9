"""Stand-ins: common names that a model writes well, in the place of one that it spoils."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from workbench.fileformats import read_toml
from workbench.glossary.model import Entry, Kind, Type
from workbench.morphology import inflection
from workbench.spans import Span
from workbench.text import words


@dataclass(frozen=True, slots=True)
class StandIn:
    """One name: what to write in the source, and its forms in the target by label."""

    source: str
    forms: tuple[tuple[str, str], ...]

    def found(self, text: str) -> tuple[Span, str] | None:
        """Its only occurrence in a target text and the label of the form; None when not exactly one."""
        at = [w.span for w in words(text)]
        hits = [
            (span, label)
            for label, form in self.forms
            for start in at
            if text.startswith(form, start.start)
            and any(end.end == start.start + len(form) for end in at)
            and (span := Span(start.start, start.start + len(form)))
        ]
        return hits[0] if len({span for span, _ in hits}) == 1 else None


@lru_cache(maxsize=1)
def _table() -> tuple[dict, ...]:
    return tuple(read_toml(files("workbench") / "data" / "standins.toml")["name"])


def stand_ins(entry: Entry, type: Type, source: str, target: str) -> Iterator[StandIn]:
    """Stand-ins of the entry's kind and gender that both languages have."""
    kind = {Kind.WORK: Kind.ORGANISATION}.get(entry.kind, entry.kind)
    for row in _table():
        if row["kind"] != kind.value or (entry.gender and row.get("gender") != entry.gender):
            continue
        names = row.get(type.value, row["full"])
        if source in names and target in names:
            base = names[target]
            cases = inflection.name_forms(base, target, entry.gender) if " " not in base else ()
            yield StandIn(names[source], (("", base), *cases))
