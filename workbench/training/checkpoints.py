"""Files of a run that are whole or not there: checkpoints, the best weights, snapshots to average."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import torch

KEEP = 2  # newest checkpoints kept
Weights = dict[str, torch.Tensor]


class Checkpoints:
    """`step-*.pt` to go on from, `weights-*.pt` to average, `best.pt` of the best look at the dev set."""

    def __init__(self, folder: Path):
        self.folder = folder

    def save(self, step: int, state: dict[str, Any]) -> Path:
        """The newest KEEP stay."""
        path = _written(self.folder / f"step-{step:07d}.pt", state)
        _thinned(self.steps(), KEEP)
        return path

    def steps(self) -> list[Path]:
        return sorted(self.folder.glob("step-*.pt"))

    def newest(self, device: torch.device) -> tuple[Path, dict[str, Any]] | None:
        steps = self.steps()
        return (steps[-1], torch.load(steps[-1], map_location=device, weights_only=True)) if steps else None

    def snapshot(self, tokens: int, weights: Weights, keep: int) -> None:
        """Weights to average later; the newest `keep` stay."""
        _written(self.folder / f"weights-{tokens:012d}.pt", weights)
        _thinned(self._snapshots(), keep)

    def average(self, count: int, device: torch.device) -> Weights:
        """The mean of the newest `count` snapshots."""
        paths = self._snapshots()[-count:]
        total: Weights = {}
        for path in paths:
            for name, weight in torch.load(path, map_location=device, weights_only=True).items():
                total[name] = total[name] + weight if name in total else weight.clone()
        return {name: weight / len(paths) for name, weight in total.items()}

    def keep_best(self, weights: Weights, facts: dict[str, Any]) -> None:
        _written(self.folder / "best.pt", {"weights": weights, "facts": facts})

    def best(self, device: torch.device) -> tuple[Weights, dict[str, Any]] | None:
        path = self.folder / "best.pt"
        if not path.exists():
            return None
        state = torch.load(path, map_location=device, weights_only=True)
        return state["weights"], state["facts"]

    def _snapshots(self) -> list[Path]:
        return sorted(self.folder.glob("weights-*.pt"))


def _written(path: Path, state: Any) -> Path:
    """Beside, synced, renamed."""
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path


def _thinned(paths: list[Path], keep: int) -> None:
    for old in paths[:-keep]:
        with contextlib.suppress(FileNotFoundError):
            old.unlink()
