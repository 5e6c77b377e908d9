"""`workbench translate` and `workbench apply` on documents: real processes, the real model."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from documents.samples import sample

from workbench import bundled

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        not (bundled.folder("models") / "en-es" / "model.safetensors").exists(),
        reason="no bundled model in this checkout",
    ),
]
PAGE = (
    b'<html lang="en"><body><p>The minister <b>Ararat Mirzoyan</b> arrived in <a href="https://www.example.org/y">'
    b"Yerevan</a>.</p><p>Write to me@x.org, please.</p></body></html>"
)
MARKDOWN = b"# The talks\n\nThe minister **Ararat Mirzoyan** arrived in [Yerevan](https://www.example.org/y).\n"
PAIR = ("--from", "en", "--to", "es")


def workbench(*arguments, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, arguments)], input=stdin, capture_output=True, timeout=240
    )


def test_a_page_keeps_its_markup_through_term_repair(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    made = workbench(
        "translate", tmp_path / "a.html", *PAIR, "-o", tmp_path / "b.html", "--report", tmp_path / "r.json"
    )
    assert made.returncode == 0, made.stderr.decode()
    text = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert '<html lang="es"><body><p>' in text and "<b>Ararat Mirzoyán</b>" in text
    assert '<a href="https://www.example.org/y">Ereván</a>' in text and "me@x.org" in text
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["summary"]["terms"] == 2 == sum(report["summary"]["states"].values())
    assert report["summary"]["states"]["repaired"] >= 1
    assert report["file"]["format"] == "html" and report["file"]["lost"] == 0


def test_markdown_goes_to_standard_output_when_nothing_else_is_said(tmp_path):
    (tmp_path / "a.md").write_bytes(MARKDOWN)
    made = workbench("translate", tmp_path / "a.md", *PAIR)
    text = made.stdout.decode()
    assert text.startswith("# ") and "**Ararat Mirzoyán**" in text and "[Ereván](https://www.example.org/y)" in text
    assert b"2 occurrences of 2 entries" in made.stderr
    piped = workbench("translate", "-", *PAIR, "--format", "md", stdin=MARKDOWN)
    assert piped.stdout == made.stdout, piped.stderr


def test_a_word_file_keeps_its_runs_through_term_repair_and_a_review(tmp_path):
    import docx

    made = docx.Document()
    first = made.add_paragraph("The minister ")
    first.add_run("Ararat Mirzoyan").bold = True
    first.add_run(" arrived in ")
    first.add_run("Yerevan").italic = True
    first.add_run(".")
    made.save(tmp_path / "a.docx")
    said = workbench(
        "translate", tmp_path / "a.docx", *PAIR, "-o", tmp_path / "b.docx", "--bilingual", tmp_path / "r.xlf"
    )
    assert said.returncode == 0, said.stderr.decode()
    runs = docx.Document(tmp_path / "b.docx").paragraphs[0].runs
    assert [r.text for r in runs if r.bold] == ["Ararat Mirzoyán"] and [r.text for r in runs if r.italic] == ["Ereván"]

    review = (tmp_path / "r.xlf").read_text(encoding="utf-8")
    head, target = review.rsplit("<target", 1)
    (tmp_path / "r.xlf").write_text(head + "<target" + target.replace("Mirzoyán", "Mirzoian"), encoding="utf-8")
    store = tmp_path / "store.db"
    said = workbench(
        "apply", tmp_path / "r.xlf", "-o", tmp_path / "c.docx", "--propose", "--db", store, "--author", "a reviewer"
    )
    assert said.returncode == 0, said.stderr.decode()
    assert "Ararat Mirzoyán → Ararat Mirzoian (ararat-mirzoyan), 1×" in said.stdout.decode()
    runs = docx.Document(tmp_path / "c.docx").paragraphs[0].runs
    assert [r.text for r in runs if r.bold] == ["Ararat Mirzoian"]
    listed = workbench("glossary", "search", "Mirzoian", "--db", store)
    assert b"ararat-mirzoyan-review-es" in listed.stdout


def test_a_memory_speaks_first(tmp_path):
    (tmp_path / "a.txt").write_text("The talks began on Monday.\nThe talks began on Tuesday.\n", encoding="utf-8")
    (tmp_path / "m.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu>'
        '<tuv xml:lang="en"><seg>The talks began on Monday.</seg></tuv>'
        '<tuv xml:lang="es"><seg>Las conversaciones empezaron el lunes.</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    made = workbench("translate", tmp_path / "a.txt", *PAIR, "--memory", tmp_path / "m.tmx", "--threshold", "0.8")
    assert made.stdout.decode().splitlines() == ["Las conversaciones empezaron el lunes."] * 2
    assert b"from the memory: 1 exact, 1 near" in made.stderr and b"near match" in made.stderr


def test_a_word_file_does_not_go_to_a_terminal_and_a_wrong_format_is_said(tmp_path):
    (tmp_path / "a.docx").write_bytes(sample("docx")[1])
    assert b"-o FILE" in workbench("translate", tmp_path / "a.docx", *PAIR).stderr
    said = workbench("translate", tmp_path / "a.docx", *PAIR, "--format", "odt", "-o", tmp_path / "b").stderr
    assert b"content.xml" in said and b"Traceback" not in said
    assert not (tmp_path / "b").exists()


def test_the_language_is_detected_or_said_by_the_file(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    assert b"en (detected) \xe2\x86\x92 es" in workbench("translate", tmp_path / "a.html", "--to", "es").stderr
    made = workbench("translate", tmp_path / "a.html", "--to", "en")
    assert b"English already" in made.stderr


def test_an_xliff_brings_its_own_terms(tmp_path):
    (tmp_path / "a.xlf").write_text(
        '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="es" '
        'xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"><file id="f"><unit id="u"><gls:glossary><gls:glossEntry>'
        "<gls:term>house</gls:term><gls:translation>choza</gls:translation></gls:glossEntry></gls:glossary><segment>"
        '<source>The <mrk id="m1" type="term">house</mrk> is red.</source></segment></unit></file></xliff>',
        encoding="utf-8",
    )
    made = workbench("translate", tmp_path / "a.xlf", *PAIR, "-o", tmp_path / "b.xlf")
    assert made.returncode == 0, made.stderr.decode()
    assert "choza</mrk>" in (tmp_path / "b.xlf").read_text(encoding="utf-8").split("<target")[1]
