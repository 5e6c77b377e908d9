import os
import signal
import subprocess
import sys
from contextlib import ExitStack

import pytest

from benchmarks.postgres import Missing, database, server

FULL = r"""name: south-caucasus
title: South Caucasus
licence: CC0-1.0
sources: {wikidata: "https://www.wikidata.org (CC0)", press: the press}
styles:
  - name: ian
    note: "Armenian surnames: with -ian"
    rules:
      - {language: en, kind: person, prefer: 'ian\b'}
      - {language: es, prefer: '  \d "x"'}
  - name: bare
entries:
  - id: ararat-mirzoyan
    kind: person
    gender: m
    keep: false
    subject: politics
    definition: A minister & diplomat <of Armenia>
    note: "kind: place"
    sources: [wikidata, press]
    external: {local: a b, wikidata: Q123, address: ["https://example.org/a?b=c", "https://example.org/d"]}
    terms:
      en:
        - Ararat Mirzoyan
        - {text: Ararat Mirzoian, status: admitted, styles: [ian, bare], citation: "Minister: Ararat Mirzoian <said>"}
        - {text: Mirzoian, type: short, variants: [Mirzojan, Mirzoján], exact_case: true, source: BBC, note: "form: x"}
        - {text: Mirsojan, type: short, status: forbidden}
        - {text: AM, type: abbreviation, invariable: true}
      no: [No, {text: Null, status: deprecated}, {text: Nul, status: superseded}]
      ru:
        - {text: Арарат Мирзоян, forms: {gen: Арарата Мирзояна, f.pl: x}, pos: proper noun, gender: m, number: pl}
        - {text: Мирзоян, type: short, forms: [Мирзояна, Мирзояну], pos: noun, animacy: animate, fuzzy: true}
      hy-Latn-t-hy-m0-bgn: [Ararat Mirzoyan]
      en-GB: [Ararat Mirzoyan of Yerevan]
      uk:
        - {text: Мірзоян, type: short, forms: [а, {gen: b}, {gen: c}], pos: phrase}
  - id: 2020_x0041_war (Յ)
    keep: yes
    review: proposed
    terms: {ka: "ომი", zh: [一九二〇]}
""".replace("war (Յ)", "war-Յ")


@pytest.fixture
def write(tmp_path):
    """A file with a text; its path."""

    def write(text, name="sample.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def full(write):
    """A glossary that uses everything."""
    return write(FULL)


# -- stores: the same tests on a file and on a real server -------------------------------------


@pytest.fixture(scope="session")
def postgres():
    """The URL of a server of our own without its database name, in a folder that goes with it."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(server("fsync=off", "max_connections=30"))
        except Missing as missing:
            pytest.skip(str(missing))
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """Of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "glossary.db")
    return database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(url):
    from workbench.glossary.store import Store

    store = Store(url)
    yield store
    store.close()


# -- programs that are killed ------------------------------------------------------------------

# `stop(engine, n)`: says "now" after the n-th statement, or for 0 when the transaction is about to end, and waits.
STOPPING = """
import sys, time
from sqlalchemy import event


def stop(engine, statement):
    left = [statement or 1]

    def wait(*_):
        left[0] -= 1
        if left[0] == 0:
            print("now", flush=True)
            time.sleep(60)

    event.listen(engine, "after_cursor_execute" if statement else "commit", wait)


"""


@pytest.fixture
def killed():
    """Runs a program that stops itself (`stop`), and kills it there; it must not have come to its "done"."""

    def killed(program, *given):
        process = subprocess.Popen(
            [sys.executable, "-c", STOPPING + program, *map(str, given)],
            stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert process.stdout.readline() == b"now\n"
        process.send_signal(signal.SIGKILL)
        assert b"done" not in process.stdout.read()
        process.stdout.close()
        process.wait(60)

    return killed
