"""A real server process with the bundled models, and a server with a toy workbench in this process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "models" / "en-es"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of `workbench serve` in a process of its own, with a store of its own."""
    if not (MODEL / "model.safetensors").is_file():
        pytest.skip(f"no bundled model: {MODEL}/model.safetensors is missing")
    db = tmp_path_factory.mktemp("store") / "glossary.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "serve", "--port", "0", "--db", str(db)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+?:\d+", line)
    assert found, f"the server did not start: {line!r} {process.stderr.read() if process.stderr else ''}"
    yield found.group()
    process.terminate()
    _, said = process.communicate(timeout=20)
    assert "Traceback" not in said, said
