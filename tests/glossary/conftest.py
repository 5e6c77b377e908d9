import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

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


def _binary(name):
    """On the path, or where Debian puts it."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(name) or (str(beside[-1]) if beside else None)


def _owner():
    """Who may run a server: not root, so then postgres or nobody."""
    import pwd

    if os.getuid():
        return pwd.getpwuid(os.getuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")


@pytest.fixture(scope="session")
def postgres():
    """The URL of a server of our own without its database name, in a folder that goes with it."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'workbench-for-names[postgres]'")
    initdb, server = _binary("initdb"), _binary("postgres")
    if not initdb or not server:
        pytest.skip("no PostgreSQL here: apt install postgresql")
    owner = _owner()
    rights = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if not os.getuid() else {}
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    process = None
    try:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        making = [initdb, "-D", folder / "data", "-U", "workbench", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        made = subprocess.run(making, cwd=folder, capture_output=True, text=True, timeout=120, **rights)
        assert made.returncode == 0, made.stderr
        settings = ["listen_addresses=", "fsync=off", "shared_buffers=16MB", "max_connections=30"]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                [server, "-D", folder / "data", "-k", folder, *(f"--{setting}" for setting in settings)],
                cwd=folder, stdout=log, stderr=log, **rights,
            )  # fmt: skip
        url = f"postgresql://workbench@/%s?host={folder}"
        _wait(url % "postgres", process, folder / "log")
        yield url
    finally:
        if process:
            process.send_signal(signal.SIGINT)  # without waiting for clients
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url, process, log):
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
    pytest.fail(f"the server does not answer: {log.read_text()}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """Of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "glossary.db")
    import psycopg

    server = request.getfixturevalue("postgres")
    name = f"t{time.time_ns()}"
    with psycopg.connect(server % "postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server % name


@pytest.fixture
def store(url):
    from workbench.glossary.store import Store

    store = Store(url)
    yield store
    store.close()
