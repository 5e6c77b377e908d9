"""Several files into several languages, through the engine that everybody shares, with one account of all."""

from __future__ import annotations

import logging
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from workbench import languages
from workbench.batch import report_files
from workbench.batch.account import Account, BatchAccount, FileLine, totalled
from workbench.documents.document import Choices
from workbench.documents.kinds import Kind
from workbench.engines.shared import minding
from workbench.errors import InputError, WorkbenchError
from workbench.filework import single
from workbench.filework.single import FileAccount, Task
from workbench.shelf import safe_name
from workbench.translation.passages import Passage

log = logging.getLogger(__name__)
SHOWN = 1000  # passages of a file that can be looked at side by side
BROKEN = "something went wrong with this file; the others are not touched. The log of the server says more"


@dataclass(frozen=True, slots=True)
class Parcel:
    """`files`: each named as people know it. `task`: of every file; its own target counts for nothing.

    `out`: an empty folder. `bilingual`: also an XLIFF of each, for a reviewer. `most`: characters of all files,
    counted once for every target; 0 for any number.
    """

    files: tuple[Path, ...]
    targets: tuple[str, ...]
    out: Path
    task: Task
    bilingual: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Where the work stands. `number` of `total` files, `share` of all characters in 0..1."""

    name: str
    target: str
    number: int
    total: int
    share: float


@dataclass(frozen=True, slots=True)
class Side:
    """A passage and its translation. `why`: what a person should look at, '' for nothing."""

    source: str
    target: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of one file in one language. `path` None: nothing, and `why` says why; `broken`: it was our fault."""

    name: str
    source: str  # code, '' where it is not known
    target: str
    path: Path | None = None
    bilingual: Path | None = None
    account: Account | None = None
    sides: tuple[Side, ...] = ()
    why: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """`report`: folder of report.html, report.json and its tables. `stopped`: somebody ended it."""

    lines: tuple[Delivery, ...]
    report: Path
    stopped: bool = False

    @property
    def made(self) -> list[Delivery]:
        return [line for line in self.lines if line.path is not None]


class Stopped(Exception):
    """The person asked for the end; finished files stay."""


Tell = Callable[[Step], None]
Translate = Callable[..., FileAccount]


@dataclass(slots=True)
class _Item:
    path: Path
    kind: Kind | None = None
    parts: int = 0
    segments: int = 0
    characters: int = 0
    why: str = ""


def deliver(parcel: Parcel, translate: Translate, tell: Tell, stop: Event) -> Delivered:
    """Every file in every language; one that cannot be read or translated spoils no other.

    `translate`: of the façade. `tell` hears of each step. InputError for nothing to do, or too much.
    """
    began = time.perf_counter()
    targets = tuple(dict.fromkeys(languages.language(code) for code in parcel.targets))
    if not parcel.files or not targets:
        raise InputError("choose at least one file and one language to translate to")
    items = [_measured(path) for path in parcel.files]
    whole = sum(item.characters for item in items) * len(targets)
    if parcel.most and whole > parcel.most:
        raise InputError(
            f"{whole:,} characters are too many at once (at most {parcel.most:,}, each language counted); "
            "send fewer files or use the command line: workbench batch"
        )
    orders = [(item, target) for target in targets for item in items]
    names = _names(orders)
    lines: list[Delivery] = []
    done = 0
    for number, (item, target) in enumerate(orders, 1):
        base = Step(item.path.name, target, number, len(orders), done / max(whole, 1))
        tell(base)

        def further(part: float, base: Step = base, item: _Item = item) -> None:
            tell(replace(base, share=min(1.0, base.share + part * item.characters / max(whole, 1))))

        try:
            if stop.is_set():
                raise Stopped
            lines.append(_one(parcel, item, target, parcel.out / names[number - 1], translate, further, stop))
        except Stopped:
            lines += [Delivery(i.path.name, "", t, why="stopped") for i, t in orders[number - 1 :]]
            break
        done += item.characters
    return Delivered(tuple(lines), _report(parcel, targets, lines, time.perf_counter() - began), stop.is_set())


def _measured(path: Path) -> _Item:
    item = _Item(path)
    try:
        item.kind = single.kind_of_file(path)
        for document in single.parts(path, item.kind, Choices()):
            item.parts += 1
            item.segments += len(document.segments)
            item.characters += sum(len(segment.source) for segment in document.segments if segment.translate)
    except WorkbenchError as error:
        item.why = _told(error, path)
    return item


def _told(error: Exception, path: Path) -> str:
    """What a person may read: names of files, no folders of this machine."""
    return str(error).replace(f"{path.parent}/", "")


def _names(orders: Sequence[tuple[_Item, str]]) -> list[str]:
    """article.es.docx for article.docx; a second file of that name gets a number."""
    taken: set[str] = set()
    made = []
    for item, target in orders:
        path = Path(safe_name(item.path.name))
        name, number = f"{path.stem}.{target}{path.suffix}", 2
        while name.casefold() in taken:
            name, number = f"{path.stem}-{number}.{target}{path.suffix}", number + 1
        taken.add(name.casefold())
        made.append(name)
    return made


def _one(
    parcel: Parcel, item: _Item, target: str, out: Path, translate: Translate, further: Callable[[float], None],
    stop: Event,
) -> Delivery:  # fmt: skip
    name = item.path.name
    if item.why or item.kind is None:
        return Delivery(name, "", target, why=item.why)

    def mind() -> None:
        if stop.is_set():
            raise Stopped

    def segments(count: int) -> None:
        further(count / max(item.segments, 1))
        mind()

    def sentences(count: int, total: int) -> None:
        if item.parts == 1:
            further(count / max(total, 1))
        mind()

    beside = out.with_name(f"{out.name}.xlf") if parcel.bilingual else None
    task = replace(parcel.task, target=target)
    try:
        with minding(mind):
            account = translate(item.path, out, task, item.kind.name, Choices(), beside, True, segments, sentences)
    except WorkbenchError as error:
        return Delivery(name, "", target, why=_told(error, item.path))
    except (OSError, RuntimeError, ValueError, MemoryError):
        log.exception("a file of a parcel could not be translated")
        return Delivery(name, "", target, why=BROKEN, broken=True)
    passages = account.passages or []
    counted = Account()
    counted.add(passages)
    return Delivery(name, account.source_language, target, out, beside, counted, tuple(_sides(passages)))


def _sides(passages: Sequence[Passage]) -> Iterator[Side]:
    from workbench.filework.bilingual import reasons

    for passage in passages[:SHOWN]:
        yield Side(passage.segment.source, passage.target.text, "; ".join(reasons(passage)))


def _report(parcel: Parcel, targets: Sequence[str], lines: Sequence[Delivery], seconds: float) -> Path:
    """The report of a batch, for this parcel."""
    told = tuple(
        FileLine(line.name, line.target, "made" if line.path else "failed", line.account, line.why) for line in lines
    )
    fresh = sum(line.account.sentences for line in lines if line.account)
    settings = {"from": parcel.task.source, "to": list(targets), "style": parcel.task.style, "beam": parcel.task.beam}
    account = BatchAccount(told, (), (), totalled(told), {}, (), seconds, 0.0, fresh, 1, "page", (), (), settings)
    own = parcel.out / "report"
    (own / "parts").mkdir(parents=True)
    report_files.write(account, own)
    shutil.rmtree(own / "parts")
    return own


def zipped(delivered: Delivered, path: Path) -> Path:
    """All finished files and the report in one archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for line in delivered.made:
            for file in (line.path, line.bilingual):
                if file is not None:
                    archive.write(file, file.name)
        for file in sorted(delivered.report.iterdir()):
            archive.write(file, f"report/{file.name}")
    return path
