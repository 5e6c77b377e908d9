"""A job: every file is translated shard by shard, names are decided, then every file is written."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from workbench.batch import decisions, drafts
from workbench.batch.account import Account, FileLine, Flag, Name
from workbench.batch.decisions import Decision
from workbench.batch.errands import FAULTS, Errand, Failure, parts, said, shards
from workbench.batch.executor import Executor, Result, Shard
from workbench.batch.journal import Journal, Written
from workbench.batch.meter import Meter, Watcher
from workbench.documents.document import Choices
from workbench.documents.kinds import format_of
from workbench.errors import InputError
from workbench.text import key as key_of
from workbench.translation import deciding
from workbench.translation.passages import Passage

FORM = 2  # of writing: another number writes all outputs anew
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
BY_HAND = "written by hand in the list"
NAMED = 500  # names of a target that the report shows; all are in the list
STRETCHES = 60  # of time, in the chart of the pace
Chosen = dict[str, deciding.Decision]  # by key of the name


class Stopped(Exception):
    """The person asked for the end; everything that was done is in the journal."""


@dataclass(slots=True)
class Job:
    """`own`: folder for journal, lists and unfinished outputs. `stop`: set by another thread or a signal to end
    after the shards that are being translated."""

    errands: Sequence[Errand]
    failures: list[Failure]
    journal: Journal
    choices: Choices
    own: Path
    watcher: Watcher | None = None
    stop: Event = field(default_factory=Event)
    fresh: int = 0  # sentences
    engine: float = 0.0  # seconds
    workers: set[str] = field(default_factory=set)
    totals: dict[str, Account] = field(default_factory=dict)
    named: list[Name] = field(default_factory=list)  # the most used names of each target
    _broken: dict[int, str] = field(default_factory=dict)  # by number of the errand: why it cannot be written
    _waiting: dict[bytes, list[int]] = field(default_factory=dict)  # shards on their way: errands that want them

    # -- the first pass --------------------------------------------------------------------

    def translate(self, executor: Executor) -> None:
        """Bring home what the journal lacks. Raises Stopped."""
        meter = Meter("translating", [errand.source.size for errand in self.errands], self.watcher)
        for result in executor.run(self._wanted(meter)):
            self._home(result, meter)
        if self.stop.is_set():
            raise Stopped

    def _wanted(self, meter: Meter) -> Iterator[Shard]:
        for number, errand in enumerate(self.errands):
            known = self.journal.done(errand.plan)
            if not known:
                try:
                    yield from self._lacking(number, errand, meter)
                except FAULTS as wrong:
                    self._broken[number] = said(wrong)
            if self.stop.is_set():
                return
            if known or number in self._broken:
                meter.whole(number, errand.source.name, errand.target, known=True)
            else:
                meter.read(number, 1.0)

    def _lacking(self, number: int, errand: Errand, meter: Meter) -> Iterator[Shard]:
        """Shards of a file that have no result; the plan of the file goes into the journal on the way."""
        first = 0
        for document, share in parts(errand, self.choices):
            cut = list(shards(errand, document))
            self.journal.plan(errand.plan, first, [shard.key for shard in cut])
            first += len(cut)
            meter.read(number, share)
            for shard in cut:
                if self.stop.is_set():
                    return
                if self.journal.has(shard.key):
                    meter.known(number)
                    continue
                meter.sent(number)
                waiting = self._waiting.setdefault(shard.key, [])
                waiting.append(number)
                if len(waiting) == 1:
                    yield shard
        self.journal.complete(errand.plan)

    def _home(self, result: Result, meter: Meter) -> None:
        for number in self._waiting.pop(result.key, ()):
            errand = self.errands[number]
            if result.error:
                self._broken[number] = result.error
            meter.done(number, errand.source.name, errand.target, result.sentences)
        if result.error:
            return
        self.journal.keep(result)
        self.fresh += result.sentences
        self.engine += result.timings.get("engine", 0.0)
        self.workers.add(result.worker)

    # -- names -----------------------------------------------------------------------------

    def decide(self, said_by_person: dict[tuple[str, str], str]) -> tuple[dict[str, Chosen], dict[str, int]]:
        """Decisions that change something, by target and key; the whole list goes into `decisions.csv`.

        `said_by_person`: forms by target and name, which overrule the count. Also the number of names.
        """
        chosen: dict[str, Chosen] = {}
        counted: dict[str, int] = {}
        self.named.clear()
        targets = list(dict.fromkeys(errand.target for errand in self.errands))

        def all_of(target: str) -> Iterator[Decision]:
            mine = {key_of(name): (name, form) for (to, name), form in said_by_person.items() if to == target}
            plans = (e.plan for i, e in enumerate(self.errands) if e.target == target and i not in self._broken)
            for decision in decisions.decided(self.journal.tallies(plans), target):
                if decision.key in mine:
                    decision = replace(decision, form=mine.pop(decision.key)[1], reason=BY_HAND)
                counted[target] = counted.get(target, 0) + 1
                if counted[target] <= NAMED:
                    d = decision
                    self.named.append(Name(target, d.name, d.form, d.uses, d.seen, d.reason))
                if decision.applies:
                    chosen.setdefault(target, {})[decision.key] = decision.agreed
                yield decision
            for key, (name, form) in sorted(mine.items()):
                decision = Decision(key, name, form, "", 0, (), BY_HAND)
                chosen.setdefault(target, {})[key] = decision.agreed
                yield decision

        beside = self.own / "parts" / "decisions.csv"
        with _room(beside):
            decisions.listed(beside, {target: all_of(target) for target in targets})
            beside.replace(self.own / "decisions.csv")
        return chosen, counted

    # -- the second pass -------------------------------------------------------------------

    def write(self, chosen: dict[str, Chosen]) -> list[FileLine]:
        """Every output that is not there as it should be. Raises Stopped, and InputError for a full disk.

        The lines hold bare numbers, `totals` the forms, the journal what is flagged: memory stays flat.
        """
        meter = Meter("writing", [errand.source.size for errand in self.errands], self.watcher)
        lines = [FileLine(f.name, f.target, "failed", why=f.why) for f in self.failures]
        for number, errand in enumerate(self.errands):
            if self.stop.is_set():
                raise Stopped
            line = self._line(number, errand, chosen.get(errand.target, {}))
            if line.account is not None:
                self.totals.setdefault(line.target, Account()).join(line.account)
                line = replace(line, account=line.account.bare())
            lines.append(line)
            meter.whole(number, line.name, line.target, known=line.state != "made")
        return sorted(lines, key=lambda line: (line.name, line.target))

    def _line(self, number: int, errand: Errand, chosen: Chosen) -> FileLine:
        name, target = errand.source.name, errand.target
        if number in self._broken:
            return FileLine(name, target, "failed", why=self._broken[number])
        key = self._key(errand, chosen)
        old = self.journal.output(name, target)
        there = _sha(errand.output)
        if old is not None and old.key == key and old.sha == there:
            return FileLine(name, target, "unchanged", Account.from_json(old.account))
        beside = self.own / "parts" / "output"
        try:
            with _room(errand.output):
                account, sha = self._written(errand, chosen, beside)
                if sha != there:
                    _placed(beside, errand.output)
        except FAULTS as wrong:
            if isinstance(wrong.__cause__, OSError) and wrong.__cause__.errno in NO_ROOM:
                raise
            return FileLine(name, target, "failed", why=said(wrong))
        finally:
            beside.unlink(missing_ok=True)
        self.journal.wrote(name, target, Written(key, sha, account.as_json()))
        return FileLine(name, target, "unchanged" if sha == there else "made", account)

    def flags(self, lines: Sequence[FileLine]) -> Iterator[tuple[str, str, Flag]]:
        """File, target and segment of what is flagged in the outputs that stand."""
        for line in lines:
            if line.account is not None and line.account.flags:
                written = self.journal.output(line.name, line.target)
                for flag in Account.from_json(written.account).flagged if written else ():
                    yield line.name, line.target, flag

    def _key(self, errand: Errand, chosen: Chosen) -> bytes:
        digest = hashlib.sha256(repr((FORM, errand.way, errand.content)).encode())
        for key in self.journal.keys(errand.plan):
            digest.update(key)
        for key in sorted(chosen):
            digest.update(repr((key, chosen[key])).encode("utf-8", "surrogatepass"))
        return digest.digest()

    def _written(self, errand: Errand, chosen: Chosen, beside: Path) -> tuple[Account, bytes]:
        account = Account()
        format = format_of(errand.kind)
        digest = hashlib.sha256()
        with beside.open("wb") as file:
            for document, _ in parts(errand, self.choices):
                targets = {}
                for shard in shards(errand, document):
                    passages = [
                        decisions.applied(passage, chosen, errand.language, errand.target)
                        for passage in self._passages(shard)
                    ]
                    account.add(passages)
                    targets |= {p.segment.key: p.target for p in passages if p.segment.translate}
                data = format.write(document, targets, errand.target)
                digest.update(data)
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return account, digest.digest()

    def _passages(self, shard: Shard) -> list[Passage]:
        packed = self.journal.drafts(shard.key)
        if packed is None:
            raise InputError("changed while it was translated; run the same command again")
        return drafts.unpacked(packed, shard.segments)


def _placed(beside: Path, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(output)


@contextlib.contextmanager
def _room(path: Path) -> Iterator[None]:
    """InputError with the way out where a disk takes nothing more."""
    try:
        yield
    except OSError as wrong:
        if wrong.errno not in NO_ROOM:
            raise
        raise InputError(
            f"{path}: cannot be written ({wrong.strerror}); free some space and run the same command again, "
            "nothing that was translated is lost"
        ) from wrong


def _sha(path: Path) -> bytes | None:
    """Of an output that stands, None where there is none."""
    if path.is_symlink() or not path.is_file():
        return None
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.digest()
