"""`workbench batch` as a user meets it: a real process and a real model, killed and gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from benchmarks import kills

pytestmark = pytest.mark.model


def batch(*arguments, **options):
    command = [sys.executable, "-m", "workbench", "batch", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, **options)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("Mirzoian met the president in Yerevan.\n", encoding="utf-8")
    (tmp_path / "in" / "sub" / "b.txt").write_text("The company will close on Monday.\n", encoding="utf-8")
    return tmp_path


def test_a_folder_is_translated_and_what_lacks_is_told_first(folder):
    made = batch(folder / "in", "--from", "en", "--to", "es,fr", "-o", folder / "out")
    assert made.returncode == 1, made.stderr  # nothing into French
    assert "models pull Helsinki-NLP/opus-mt-en-fr" in made.stderr.splitlines()[0]
    assert "Mirzoyán" in (folder / "out" / "es" / "a.txt").read_text(encoding="utf-8")
    assert (folder / "out" / "es" / "sub" / "b.txt").read_text(encoding="utf-8").strip()
    assert (folder / "out" / "_workbench" / "report.html").exists()
    names = f"{folder / 'in' / 'sub' / 'b.txt'}\n{folder / 'in' / 'a.txt'}\n"
    again = batch("-", "--from", "en", "--to", "es,fr", "-o", folder / "out", "--resume", input=names)
    assert "0 files written, 2 unchanged" in again.stderr
    alone = batch(folder / "in", "--from", "en", "--to", "es", "-o", folder / "alone")
    assert alone.returncode == 0, alone.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none", "--to", "es"), "no such file or folder"),
        (("in", "--to", "xx"), "'xx'"),
        (("in", "--to", "fr"), "workbench models pull"),
        (("in", "--to", "es", "--resume", "--fresh"), "exclude"),
    ],
)
def test_what_cannot_begin_exits_with_2_and_one_line(folder, arguments, said):
    made = batch(*arguments, "--from", "en", "-o", "out", cwd=folder, env=os.environ | {"PYTHONPATH": os.getcwd()})
    assert made.returncode == 2 and said in made.stderr and "Traceback" not in made.stderr


def test_an_interrupt_ends_after_the_shards_in_hand_and_the_batch_goes_on(folder):
    long = "".join(f"The company sold {n} cars on Monday.\n" for n in range(1500))
    (folder / "in" / "long.txt").write_text(long, encoding="utf-8")
    arguments = (folder / "in" / "long.txt", "--from", "en", "--to", "es", "-o", folder / "out", "--beam", "1",
                 "--no-glossary", "--jobs", "2")  # fmt: skip
    command = [sys.executable, "-m", "workbench", "batch", *map(str, arguments)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if line.startswith("translating"):
            process.send_signal(signal.SIGINT)
            break
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(120) == 130, said
    assert "the same command goes on" in said and not (folder / "out" / "long.txt").exists()
    made = batch(*arguments)
    assert made.returncode == 0, made.stderr
    assert len((folder / "out" / "long.txt").read_text(encoding="utf-8").splitlines()) == 1500
    anew = next(line for line in made.stderr.splitlines() if "sentences in" in line)
    assert int(anew.split()[0]) < 1500


def test_killed_again_and_again_the_outputs_are_those_of_a_run_in_peace(tmp_path):
    began = time.monotonic()
    made = kills.measure(tmp_path, files=40, kills=5, seed=int(began) % 1000)
    assert made.differences == [] and made.kills == 5
