"""The account of a job as files: a page, JSON, and two tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.batch import report_page
from workbench.batch.account import Account, BatchAccount, FileLine, Flag

FORMS = ("target", "entry", "asked", "written", "count")
FILES = ("file", "target", "state", "segments", "sentences", "characters", "terms", "flagged", "why")
FLAGGED = ("file", "target", "place", "source", "translation", "why")

Flags = Callable[[], Iterator[tuple[str, str, Flag]]]


def write(account: BatchAccount, own: Path, flags: Flags | None = None) -> None:
    """`report.html`, `report.json`, `report.csv` (forms of every entry), `files.csv` and `flagged.csv`, each whole.

    `flags`: file, target and segment of all that is flagged; None: what the lines of the account hold.
    """
    flags = flags or (lambda: _held(account))
    _placed(own, "report.html", report_page.page(account, flags()))
    _placed(own, "report.json", json.dumps(as_json(account), ensure_ascii=False, indent=1) + "\n")
    forms = ((e.target, e.entry, asked, text, n) for e in account.entities() for asked, w in e.forms for text, n in w)
    _table(own, "report.csv", FORMS, forms)
    _table(own, "files.csv", FILES, map(_file, account.lines))
    _table(own, "flagged.csv", FLAGGED, ((name, target, *flag) for name, target, flag in flags()))


def _held(account: BatchAccount) -> Iterator[tuple[str, str, Flag]]:
    for line in account.lines:
        for flag in line.account.flagged if line.account else ():
            yield line.name, line.target, flag


def _file(line: FileLine) -> tuple[Any, ...]:
    told = line.account or Account()
    counts = (told.segments, told.sentences, told.characters, told.terms, told.flags)
    return (line.name, line.target, line.state, *counts, line.reason)


def as_json(account: BatchAccount) -> dict[str, Any]:
    """Everything but the flagged segments, which have a table of their own."""
    return {
        "settings": account.settings,
        "files": {
            "made": sum(line.state == "made" for line in account.lines),
            "unchanged": sum(line.state == "unchanged" for line in account.lines),
            "failed": [{"file": _shown(f.name), "target": f.target, "why": _shown(f.why)} for f in account.failed],
            "left_out": [{"file": _shown(name), "why": _shown(why)} for name, why in account.left_out],
        },
        "targets": {
            target: {
                "segments": total.segments,
                "sentences": total.sentences,
                "characters": total.characters,
                "origins": dict(total.origins),
                "states": dict(total.states),
                "rungs": dict(total.rungs),
                "flagged": total.flags,
                "unlisted_names": account.names.get(target, 0),
            }
            for target, total in account.totals.items()
        },
        "missing": [{"target": target, "why": why} for target, why in account.missing],
        "entities": [
            {"entry": e.entry, "target": e.target, "one": e.one, "forms": {a: dict(written) for a, written in e.forms}}
            for e in account.entities()
        ],
        "throughput": {
            "seconds": round(account.seconds, 3),
            "sentences_translated": account.fresh,
            "sentences_per_second": round(account.rate, 2),
            "engine_share": round(account.engine_share, 4),
            "jobs": account.jobs,
            "executor": account.executor,
            "workers": list(account.workers),
        },
    }


def _shown(text: str) -> str:
    """File names may hold bytes that are no text."""
    return text.encode("utf-8", "backslashreplace").decode()


def _table(own: Path, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    beside = own / "parts" / name
    with beside.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        out = csv.writer(file)
        out.writerow(head)
        out.writerows(rows)
    beside.replace(own / name)


def _placed(own: Path, name: str, text: str) -> None:
    beside = own / "parts" / name
    beside.write_text(text, encoding="utf-8", errors="backslashreplace")
    beside.replace(own / name)
