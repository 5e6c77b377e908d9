"""The command line as a user meets it: a real process, its exit code, its one line of error."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

BROKEN = "name: mine\nentries:\n  - id: a\n    kind: persn\n    terms: {en: [A]}\n"


def workbench(*arguments, stdin=None, env=None):
    import os

    return subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=120,
        env={**os.environ, **(env or {})},
    )


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\nentries:\n"
        "  - id: m\n    kind: person\n    gender: m\n    terms:\n"
        "      en: [Mirzoyan, {text: Mirzoian, status: admitted}]\n      es: [Mirzoyán]\n",
        encoding="utf-8",
    )
    return path


COMMANDS = (
    "",
    "translate",
    "apply",
    "batch",
    "check",
    "glossary show",
    "transliterate",
    "evaluate",
    "models pull",
    "train",
    "serve",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    made = workbench(*command.split(), "--help")
    assert made.returncode == 0
    assert b"Example" in made.stdout


def test_help_imports_nothing_heavy():
    code = "import sys, workbench.cli as c; c.cli.main(['--help'], standalone_mode=False); " \
           "print(sorted({'torch', 'transformers', 'gradio', 'ctranslate2', 'numpy'} & set(sys.modules)))"  # fmt: skip
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert made.stdout.splitlines()[-1] == "[]"


def refused(made, *parts):
    """Exit code 2 and one clear line, no traceback."""
    said = made.stderr.decode()
    assert made.returncode == 2, said
    assert "Traceback" not in said
    for part in parts:
        assert part in said
    assert len([line for line in said.splitlines() if line.startswith("workbench:")]) == 1
    return said


def test_an_unknown_language_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("Hello", encoding="utf-8")
    refused(workbench("translate", tmp_path / "a.txt", "--from", "xx", "--to", "es"), "'xx'")


def test_a_missing_model_names_the_command_that_brings_it(tmp_path):
    (tmp_path / "a.txt").write_text("Hello", encoding="utf-8")
    made = workbench("translate", tmp_path / "a.txt", "--from", "en", "--to", "ka")
    refused(made, "workbench models pull")


def test_a_missing_file_is_named(tmp_path):
    refused(workbench("translate", tmp_path / "none.txt", "--from", "en", "--to", "es"), "none.txt", "no such file")


def test_a_folder_is_no_text(tmp_path):
    refused(workbench("translate", tmp_path, "--from", "en", "--to", "es"), "is a folder")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1251", "Встреча в Ереване с министром"), ("latin-1", "El señor dijo")],
)
def test_a_wrong_encoding_is_detected_and_said(tmp_path, encoding, text):
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    said = refused(workbench("translate", tmp_path / "a.txt", "--from", "en", "--to", "es"), "not UTF-8")
    assert {"latin-1": "cp1252"}.get(encoding, encoding) in said


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_input_is_refused(text):
    refused(workbench("translate", "-", "--from", "en", "--to", "es", stdin=text.encode()), "no text")


def test_a_malformed_glossary_names_file_and_line(tmp_path):
    (tmp_path / "bad.yaml").write_text(BROKEN, encoding="utf-8")
    made = workbench("glossary", "show", "A", "--from", "en", "--glossary", tmp_path / "bad.yaml")
    refused(made, "bad.yaml:4", "persn", "person")


def test_an_unknown_style_lists_the_known_ones(tmp_path):
    (tmp_path / "a.txt").write_text("Hello", encoding="utf-8")
    refused(workbench("translate", tmp_path / "a.txt", "--from", "en", "--to", "es", "--style", "nope"), "ian")


def test_glossary_show_says_where_and_why(mine):
    made = workbench("glossary", "show", "So Mirzoian, not Mirzoev.", "--from", "en", "--glossary", mine, "--json")
    (match,) = json.loads(made.stdout)
    assert (match["entry"], match["span"], match["text"], match["how"]) == ("m", [3, 11], "Mirzoian", "exact")


def test_check_exits_with_1_when_there_are_findings(tmp_path, mine):
    (tmp_path / "a").write_text("Mirzoian came.\n", encoding="utf-8")
    (tmp_path / "good").write_text("Mirzoyán vino.\n", encoding="utf-8")
    (tmp_path / "bad").write_text("El ministro vino.\n", encoding="utf-8")
    pair = ("--from", "en", "--to", "es", "--glossary", mine)
    assert workbench("check", tmp_path / "a", tmp_path / "good", *pair).returncode == 0
    made = workbench("check", tmp_path / "a", tmp_path / "bad", *pair, "--json")
    assert made.returncode == 1
    (finding,) = json.loads(made.stdout)
    assert (finding["kind"], finding["line"], finding["wanted"][0]) == ("missing", 1, "Mirzoyán")


def test_export_to_tbx_reads_back(tmp_path, mine):
    out = tmp_path / "mine.tbx"
    assert workbench("glossary", "export", mine, "-o", out).returncode == 0
    again = workbench("glossary", "show", "Mirzoian", "--from", "en", "--glossary", out, "--json")
    assert json.loads(again.stdout)[0]["entry"] == "m"


def test_the_input_is_never_overwritten(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Hello", encoding="utf-8")
    made = workbench("translate", path, "--from", "en", "--to", "es", "-o", path)
    assert made.returncode == 2
    assert path.read_text(encoding="utf-8") == "Hello"


def test_a_test_set_without_the_language_is_refused(tmp_path):
    (tmp_path / "set.tsv").write_text("line\ten\tru\n1\tHello\tПривет\n", encoding="utf-8")
    said = workbench("evaluate", "en-es", "--set", tmp_path / "set.tsv").stderr.decode()
    assert "es" in said and "Traceback" not in said


def test_an_interrupted_pipe_says_nothing(mine):
    command = [sys.executable, "-m", "workbench", "glossary", "show", "Mirzoian " * 5000, "--from", "en"]
    made = subprocess.Popen([*command, "--glossary", mine], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.05)
    made.stdout.close()
    assert b"Traceback" not in made.stderr.read()
    made.stderr.close()
    made.wait(60)
