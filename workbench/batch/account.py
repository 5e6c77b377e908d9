"""What came of a file, and of all files together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from workbench.enforcement.outcomes import RUNGS
from workbench.filework.bilingual import reasons
from workbench.translation.passages import Passage

FLAGGED = 1000  # flagged segments of a file that are named; all are counted


class Form(NamedTuple):
    """How an entry was written. `asked`: the form that was wanted first, which may be a short or a full one."""

    entry: str
    asked: str
    written: str


class Flag(NamedTuple):
    """A segment that a person should look at. `key`: its place in the file, as the format counts."""

    key: str
    source: str
    target: str
    why: str


@dataclass(slots=True)
class Account:
    """Counts of one file in one language, or of several added up."""

    segments: int = 0
    sentences: int = 0
    characters: int = 0  # of the source
    origins: Counter[str] = field(default_factory=Counter)  # of segments: model, memory, …
    states: Counter[str] = field(default_factory=Counter)  # of occurrences
    rungs: Counter[str] = field(default_factory=Counter)
    forms: Counter[Form] = field(default_factory=Counter)
    flags: int = 0
    flagged: list[Flag] = field(default_factory=list)

    @property
    def terms(self) -> int:
        """Occurrences."""
        return sum(self.states.values())

    def add(self, passages: Sequence[Passage]) -> None:
        for passage in passages:
            self.segments += 1
            self.sentences += len(passage.sentences)
            self.characters += len(passage.segment.source)
            self.origins[passage.target.origin] += 1
            for term in (term for sentence in passage.sentences for term in sentence.terms):
                self.states[term.state.value] += 1
                self.rungs[RUNGS[term.rung]] += 1
                self.forms[Form(term.entry, term.wanted[0] if term.wanted else "", term.target_text)] += 1
            if passage.target.flagged:
                self.flags += 1
                if len(self.flagged) < FLAGGED:
                    segment = passage.segment
                    self.flagged.append(
                        Flag(segment.key, segment.source, passage.target.text, "; ".join(reasons(passage)))
                    )

    def bare(self) -> Account:
        """The numbers alone, which are as few for a long file as for a short one."""
        return replace(self, forms=Counter(), flagged=[])

    def join(self, other: Account) -> None:
        """Add the counts of another; its flagged segments stay with it."""
        self.segments += other.segments
        self.sentences += other.sentences
        self.characters += other.characters
        self.flags += other.flags
        for name in ("origins", "states", "rungs", "forms"):
            getattr(self, name).update(getattr(other, name))

    def as_json(self) -> dict[str, Any]:
        return {
            "segments": self.segments,
            "sentences": self.sentences,
            "characters": self.characters,
            "origins": dict(sorted(self.origins.items())),
            "states": dict(sorted(self.states.items())),
            "rungs": dict(sorted(self.rungs.items())),
            "forms": [[*form, n] for form, n in sorted(self.forms.items())],
            "flags": self.flags,
            "flagged": [list(flag) for flag in self.flagged],
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Account:
        counts = {name: Counter(told[name]) for name in ("origins", "states", "rungs")}
        forms = Counter({Form(*row[:3]): row[3] for row in told["forms"]})
        numbers = {name: told[name] for name in ("segments", "sentences", "characters", "flags")}
        return cls(**numbers, **counts, forms=forms, flagged=[Flag(*row) for row in told["flagged"]])


class Entity(NamedTuple):
    """One entry in one language: each asked form with the forms that were written for it."""

    entry: str
    target: str
    forms: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    @property
    def uses(self) -> int:
        return sum(n for _, written in self.forms for _, n in written)

    @property
    def one(self) -> bool:
        """Whether each asked form was written in one way, capitals aside."""
        return all(len({text.casefold() for text, _ in written}) == 1 for _, written in self.forms)


def entities(forms: Counter[Form], target: str) -> list[Entity]:
    """The most used first."""
    by_entry: dict[str, dict[str, list[tuple[str, int]]]] = {}
    for form, n in forms.items():
        by_entry.setdefault(form.entry, {}).setdefault(form.asked, []).append((form.written, n))
    made = [
        Entity(entry, target, tuple((a, tuple(sorted(w, key=lambda row: (-row[1], row[0])))) for a, w in asked.items()))
        for entry, asked in by_entry.items()
    ]
    return sorted(made, key=lambda entity: (-entity.uses, entity.entry))


@dataclass(frozen=True, slots=True)
class FileLine:
    """One output. `state`: "made", "unchanged" or "failed"; `why` for the failed ones."""

    name: str
    target: str
    state: str
    account: Account | None = None
    why: str = ""

    @property
    def reason(self) -> str:
        """`why` without the name of the file."""
        if self.why.startswith(f"{self.name}:"):
            why = self.why[len(self.name) + 1 :]
            return why.lstrip() if why.startswith(" ") else f"line {why}"
        return self.why


class Name(NamedTuple):
    """A name that no glossary lists and its one form. `uses` in the sources; `seen`: forms the model wrote."""

    target: str
    name: str
    form: str
    uses: int
    seen: tuple[tuple[str, int], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class BatchAccount:
    """What came of a job.

    `totals`: by target; `lines` may hold the bare numbers. `names`: how many unlisted ones have a form, by
    target; `named`: the most used of them. `seconds`: of this run; `engine`: its seconds in the engine, all
    hands added up; `fresh`: sentences it translated, the others came from the journal. `pace`: (seconds,
    sentences) of equal stretches of all runs.
    """

    lines: tuple[FileLine, ...]
    left_out: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]  # targets that no model writes here, with the way out
    totals: dict[str, Account]
    names: dict[str, int]
    named: tuple[Name, ...]
    seconds: float
    engine: float
    fresh: int
    jobs: int
    executor: str
    workers: tuple[str, ...]
    pace: tuple[tuple[float, int], ...]
    settings: dict[str, Any]

    @property
    def failed(self) -> list[FileLine]:
        return [line for line in self.lines if line.state == "failed"]

    @property
    def rate(self) -> float:
        """Sentences translated a second, end to end."""
        return self.fresh / self.seconds if self.seconds else 0.0

    @property
    def engine_share(self) -> float:
        """Of the time of all hands."""
        return self.engine / (self.seconds * self.jobs) if self.seconds and self.jobs else 0.0

    def entities(self) -> Iterable[Entity]:
        for target, account in self.totals.items():
            yield from entities(account.forms, target)


def totalled(lines: Iterable[FileLine]) -> dict[str, Account]:
    """By target."""
    made: dict[str, Account] = {}
    for line in lines:
        if line.account is not None:
            made.setdefault(line.target, Account()).join(line.account)
    return made
