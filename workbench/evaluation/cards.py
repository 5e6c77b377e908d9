"""Scores into a model's card, so that what is claimed is what was measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

from workbench.errors import InputError
from workbench.evaluation.report import Report


def record(report: Report, folder: Path) -> None:
    """Write BLEU, chrF and chrF++ of the plain decode into `[scores]` of card.toml.

    Scores of the same set are replaced. InputError when there is no card.
    """
    card = folder / "card.toml"
    if not card.exists():
        raise InputError(f"{folder}: no card.toml to write scores into")
    text = card.read_text(encoding="utf-8")
    name = re.sub(r"\W+", "_", report.testset)
    plain = report.plain
    facts: dict[str, object] = {"lines": report.rows, "system": report.system}
    for score in (plain.bleu, plain.chrf, plain.chrf_plus):
        key = score.name.replace("++", "pp").lower()
        facts |= {key: round(score.value, 2), f"{key}_signature": score.signature}
    body, table = _apart(text)
    table = [line for line in table if not line.startswith(f"{name}_")]
    table += [f"{name}_{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    card.write_text(body.rstrip("\n") + "\n\n[scores]\n" + "\n".join(table) + "\n", encoding="utf-8")


def _apart(text: str) -> tuple[str, list[str]]:
    """A card without its scores, and the lines of those."""
    found = re.search(r"^\[scores\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        return text, []
    return text[: found.start()] + text[found.end() :], [line for line in found[1].splitlines() if line.strip()]
