"""The end of a real server process, with a page open in a browser as it were."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("opened", [False, True])
def test_ctrl_c_ends_the_server_with_zero_and_without_a_word(tmp_path: Path, opened: bool) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "serve", "--port", "0", "--db", str(tmp_path / "glossary.db")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://\S+?:\d+", process.stdout.readline())
    assert found, process.communicate(timeout=60)
    try:
        if opened:
            with urllib.request.urlopen(f"{found.group()}/config", timeout=120) as answer:  # waits for the page
                assert answer.status == 200
            stream = urllib.request.urlopen(f"{found.group()}/gradio_api/heartbeat/one", timeout=60)
            assert stream.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, said) == (0, "")
