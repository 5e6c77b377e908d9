"""COMET, where its package is installed and a checkpoint lies on this machine; nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.errors import InputError


def ready(checkpoint: Path) -> Any:
    """The function that loads a checkpoint. InputError where package or checkpoint lack."""
    if not checkpoint.is_file():
        raise InputError(f"{checkpoint}: no COMET checkpoint (a file model.ckpt); leave --comet out to score without")
    try:
        from comet import load_from_checkpoint
    except ImportError:
        raise InputError("COMET needs its package: pip install unbabel-comet, or leave --comet out") from None
    return load_from_checkpoint


def comet(outputs: Sequence[str], sources: Sequence[str], references: Sequence[str], checkpoint: Path) -> float:
    """The system score of a local checkpoint, 0 to 1. InputError as of `ready`."""
    rows = [{"src": s, "mt": o, "ref": r} for s, o, r in zip(sources, outputs, references, strict=True)]
    return float(ready(checkpoint)(str(checkpoint)).predict(rows, batch_size=8, gpus=0).system_score)
