"""The account of a translated file, for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.enforcement.outcomes import Translation
from workbench.filework import report
from workbench.filework.report import counted
from workbench.filework.single import FileAccount


def account_json(account: FileAccount) -> dict[str, Any]:
    """`segments` and `summary` as for a text, and `file`: format, memory, verbatim texts, flagged passages.

    Needs an account that kept its passages.
    """
    sentences = tuple(s for passage in account.passages or () for s in passage.sentences)
    made = Translation(
        account.source_language, account.target_language, sentences, models=account.models, engine=account.engine,
        pivot=account.pivot, glossary=account.glossary, style=account.style, detected=account.detected,
        timings={**account.timings, "total": account.seconds},
    )  # fmt: skip
    return {**report.report_json(made), "file": file_json(account)}


def file_json(account: FileAccount) -> dict[str, Any]:
    """Counts of a file; without its sentences, so for a file of any size."""
    return {
        "source": str(account.source),
        "target": str(account.target),
        "format": account.format,
        "from": account.source_language,
        "to": account.target_language,
        "segments": account.segments,
        "sentences": account.sentences,
        "characters": account.characters,
        "origins": dict(account.origins),
        "memory": dict(account.memory),
        "verbatim": dict(account.verbatim),
        "lost": account.lost,
        "states": dict(account.states),
        "rungs": dict(account.rungs),
        "forms": {entry: dict(forms) for entry, forms in account.forms.items()},
        "flagged": account.flags,
        "look_at": [
            {"key": key, "source": source, "target": target, "why": why} for key, source, target, why in account.flagged
        ],
        "seconds": round(account.seconds, 3),
    }


def lines(account: FileAccount) -> Iterator[str]:
    """In a few lines, for the end of a command."""
    way = f" through {account.pivot}" if account.pivot else ""
    guessed = " (detected)" if account.detected else ""
    size = f"{counted(account.segments, 'segment')}, {counted(account.sentences, 'sentence')}"
    yield (
        f"{account.source_language}{guessed} → {account.target_language}{way}: {account.format}, {size}, "
        f"{', '.join(account.models)} ({account.engine})"
    )
    if account.memory:
        yield f"from the memory: {account.memory['exact']} exact, {account.memory['near']} near"
    states, found = account.states, sum(account.states.values())
    if found:
        rungs = ", ".join(
            f"{count} by {rung}" for rung, count in account.rungs.items() if rung not in ("plain", "verbatim")
        )
        repaired = f"{states['repaired']} repaired" + (f" ({rungs})" if rungs else "")
        uses = f"{counted(found, 'occurrence')} of {counted(len(account.forms), 'entry')}"
        yield f"{uses}: {states['kept']} kept, {repaired}, {states['flagged']} flagged"
    else:
        yield "no glossary terms in the text"
    if account.verbatim or account.lost:
        kept = sum(account.verbatim.values()) - account.lost
        yield f"numbers, addresses and placeholders kept as they are: {kept}" + (
            f"; {account.lost} lost" if account.lost else ""
        )
    for key, source, _, why in account.flagged[:20]:
        yield f"  look at segment {key}: {why or source[:60]}"
    if account.flags > 20:
        yield f"  and {account.flags - 20} more"
