"""Which model a person wants for a pair where several could do it: a file beside the pulled models."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.engines import cache
from workbench.errors import InputError

Pair = tuple[str, str]


def file() -> Path:
    return cache.folder() / "default-models.json"


def chosen() -> dict[Pair, str]:
    """Name of the model by pair; empty where nobody chose. InputError for a file that is not ours."""
    try:
        said = json.loads(file().read_text(encoding="utf-8"))
        return {tuple(pair.split("-", 1)): str(name) for pair, name in said.items()}  # type: ignore[misc]
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError) as error:
        raise InputError(f"{file()}: not readable ({error}); mend it or delete it") from error


def choose(source: str, target: str, name: str) -> None:
    said = {"-".join(pair): model for pair, model in (chosen() | {(source, target): name}).items()}
    file().parent.mkdir(parents=True, exist_ok=True)
    beside = file().with_suffix(".part")
    beside.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    beside.replace(file())
