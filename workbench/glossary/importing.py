"""Entries into the store: first what they would do, line by line, then all of them or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from workbench.errors import GlossaryError
from workbench.glossary import rules
from workbench.glossary.difference import Difference, difference
from workbench.glossary.formats.fields import Refusal
from workbench.glossary.model import Entry, Glossary, Review, Type
from workbench.glossary.overlay import overlaid
from workbench.glossary.reading import Survey
from workbench.glossary.records import texts
from workbench.glossary.revisions import Standing
from workbench.glossary.store import Store
from workbench.text import key

WAITS = "a proposal waits on it; the import takes its place, and it stays in the history"


class Verdict(Enum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICTING = "conflicting"  # a person must choose
    REFUSED = "refused"  # cannot be stored as it is


@dataclass(frozen=True, slots=True)
class Row:
    """What would become of one entry. `id` of a house style is 'style:NAME'; of an unreadable entry ''."""

    verdict: Verdict
    id: str
    line: int | None = None  # in the file
    reason: str = ""
    now: Entry | None = None
    new: Entry | None = None

    @property
    def differences(self) -> tuple[Difference, ...]:
        return difference(self.now, self.new) if self.verdict is Verdict.CHANGED else ()


@dataclass(frozen=True)
class Preview:
    """`base`: the revision that the rows were held against; None for a glossary in memory."""

    rows: tuple[Row, ...]
    base: int | None
    about: Glossary  # names, credits and styles: of the store, of the file, without entries
    remarks: tuple[str, ...] = ()  # what a person should know of the reading of the file
    format: str = ""  # of the file

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(row.verdict for row in self.rows)
        return {verdict.value: counted[verdict] for verdict in Verdict}

    @property
    def open(self) -> tuple[Row, ...]:
        """Rows that keep the whole from being applied."""
        return tuple(row for row in self.rows if row.verdict in (Verdict.CONFLICTING, Verdict.REFUSED))


def preview(into: Store | Glossary, new: Survey | Glossary | Iterable[Entry], since: int | None = None) -> Preview:
    """Nothing is written.

    `since`: the revision that the file was exported from. What the file did not change then leaves the store
    as it is, and what both changed is conflicting. None: the file is taken at its word,
    but an entry that would lose a language is conflicting.
    """
    survey = _survey(new)
    glossary = survey.glossary
    base = into.revision() if isinstance(into, Store) else None
    before = into.glossary(since).by_id if isinstance(into, Store) and since is not None else None
    present = into.glossary() if isinstance(into, Store) else into
    ids = [entry.id for entry in glossary.entries]
    there = into.find(ids) if isinstance(into, Store) else {e.id: Standing(e, 0, False) for e in into.entries}
    owners = _owners(present.entries, glossary.entries)
    rows = [Row(Verdict.REFUSED, "", refusal.line, refusal.reason) for refusal in survey.refusals]
    for entry in glossary.entries:
        line = survey.lines.get(entry.id)
        old = before.get(entry.id) if before is not None else None
        untouched = old is not None and overlaid(old, entry, survey.scope) == old
        if entry.id in there:
            entry = overlaid(there[entry.id].entry, entry, survey.scope)
        verdict, reason = _verdict(entry, there.get(entry.id), owners, before, untouched)
        if verdict is Verdict.CHANGED and _waits(there[entry.id]):
            reason = WAITS
        now = there[entry.id].entry if entry.id in there else None
        rows.append(Row(verdict, entry.id, line, reason, now, entry))
    rows += _styles(present, glossary)
    rows.sort(key=lambda row: row.line or 0)
    return Preview(tuple(rows), base, _about(present, glossary), survey.remarks, survey.format)


def apply(
    store: Store, preview: Preview, author: str, why: str = "", skip: bool = False, take: Collection[str] = ()
) -> int:
    """Write the new and the changed entries as one revision; its number.

    One transaction, so an import that was cut off, even by a kill, left nothing behind and is resumed by running it
    again: what stands in the store already is the same and is not written.

    Raises GlossaryError when a row is conflicting or refused, unless `skip` leaves those out or `take` names
    the conflicting ones to be written all the same; Conflict when the store was changed since the preview.
    """
    unknown = set(take) - {row.id for row in preview.open if row.verdict is Verdict.CONFLICTING}
    if unknown:
        raise GlossaryError(f"'{min(unknown)}' is not among the conflicting entries; take one of those that are")
    left = [row for row in preview.open if row.id not in take or row.verdict is Verdict.REFUSED]
    if left and not skip:
        first = left[0]
        place = f"line {first.line}: " if first.line else f"'{first.id}': " if first.id else ""
        raise GlossaryError(
            f"nothing was imported, {len(left)} of {len(preview.rows)} entries stand in the way; {place}{first.reason}"
        )
    wanted = (Verdict.NEW, Verdict.CHANGED)
    entries = [row.new for row in preview.rows if row.new and (row.verdict in wanted or row.id in take)]
    return store.put(entries, author, why, preview.base, _with_styles(preview, take), what="import")


def _survey(new: Survey | Glossary | Iterable[Entry]) -> Survey:
    """Entries that were not read from a file are held against the rules here."""
    if isinstance(new, Survey):
        return new
    glossary = new if isinstance(new, Glossary) else Glossary(tuple(new))
    sound: dict[str, Entry] = {}
    refusals = []
    for entry in glossary.entries:
        reason = _fault(entry) or (f"the id '{entry.id}' stands twice; keep one of them" if entry.id in sound else "")
        if reason:
            refusals.append(Refusal(0, reason))
        else:
            sound[entry.id] = entry
    return Survey(replace(glossary, entries=tuple(sound.values())), {}, tuple(refusals))


def _fault(entry: Entry) -> str:
    for fault in rules.faults(entry):
        return f"{fault.what}; {fault.way_out}"
    bad = next((bad for text in texts(entry) if (bad := rules.unprintable(text))), "")
    return f"'{entry.id}' holds the character U+{ord(bad):04X}; remove it" if bad else ""


Name = tuple[str, str, str]  # kind, language, key
Owners = dict[Name, list[Entry]]


def _names(entry: Entry) -> Iterator[tuple[Name, str]]:
    """What nobody else of its kind should be called, with its spelling."""
    for term in entry.terms:
        if term.status.approved and term.type is Type.FULL:
            yield (entry.kind.value, term.language, key(term.text)), term.text


def _owners(present: Iterable[Entry], new: Iterable[Entry]) -> Owners:
    """Entries by name, as they would be after the import."""
    owners: Owners = {}
    for entry in {entry.id: entry for entry in (*present, *new)}.values():
        for name, _ in _names(entry):
            owners.setdefault(name, []).append(entry)
    return owners


def _twin(entry: Entry, owners: Owners) -> tuple[str, str, Entry] | None:
    """A name, its language, and another entry that has it too. Common words share translations ('bank' and 'bench'
    are both 'banco'), so a term is a twin only when no language that both have tells them apart."""
    for name, text in _names(entry):
        for other in owners[name]:
            if other.id != entry.id and (entry.kind.named or _alike(entry, other)):
                return text, name[1], other
    return None


def _alike(one: Entry, other: Entry) -> bool:
    mine, theirs = {name for name, _ in _names(one)}, {name for name, _ in _names(other)}
    shared = {name[1] for name in mine} & {name[1] for name in theirs}
    return all(any(name in theirs for name in mine if name[1] == language) for language in shared)


def _verdict(
    entry: Entry, standing: Standing | None, owners: Owners, before: dict[str, Entry] | None, untouched: bool
) -> tuple[Verdict, str]:
    """`untouched`: the file has the entry as it was in `before`."""
    if standing is None:
        if twin := _twin(entry, owners):
            text, language, other = twin
            return Verdict.CONFLICTING, f"'{text}' ({language}) is a name of '{other.id}' too; join the two"
        return Verdict.NEW, ""
    if standing.retired:
        return Verdict.CONFLICTING, "it is in the trash; restore it first, or leave it out"
    if standing.entry == entry:
        return Verdict.SAME, ""
    if before is not None:
        if untouched:
            return Verdict.SAME, "changed in the store only"
        if before.get(entry.id) != standing.entry:
            return Verdict.CONFLICTING, "changed in the store and in the file; choose one"
    elif gone := sorted({t.language for t in standing.entry.terms} - {t.language for t in entry.terms}):
        # A table may have fewer columns than the store has languages.
        return Verdict.CONFLICTING, f"the file has no {', '.join(gone)}, and would remove them from the store"
    if standing.entry.kind is not entry.kind:
        return Verdict.CONFLICTING, f"a {standing.entry.kind.value} in the store, a {entry.kind.value} in the file"
    return Verdict.CHANGED, ""


def _waits(standing: Standing) -> bool:
    return standing.proposal is not None and standing.proposal.review is Review.PROPOSED


def _styles(present: Glossary, new: Glossary) -> Iterator[Row]:
    there = {style.name: style for style in present.styles}
    for style in new.styles:
        if there.get(style.name, style) != style:
            reason = "the store has other rules for this house style; rename one of them"
            yield Row(Verdict.CONFLICTING, f"style:{style.name}", None, reason)


def _about(present: Glossary, new: Glossary) -> Glossary:
    """The store's own description with what the file adds; both versions of a style that differs, ours first."""
    described = present if present.name or present.title else new
    styles = dict.fromkeys((*present.styles, *new.styles))
    return Glossary(
        (), tuple(styles), described.name, described.title, described.licence,
        tuple({**dict(new.sources), **dict(present.sources)}.items()),
    )  # fmt: skip


def _with_styles(preview: Preview, take: Collection[str]) -> Glossary:
    """One style of each name: the store's, or the file's where it is taken."""
    styles = {}
    for style in preview.about.styles:
        if style.name not in styles or f"style:{style.name}" in take:
            styles[style.name] = style
    return replace(preview.about, styles=tuple(styles.values()))
