"""`workbench glossary import` and `export`: formats said or found out, previews, and the same done twice."""

import json

import pytest
from click.testing import CliRunner

from workbench.cli import cli
from workbench.errors import GlossaryError, InputError
from workbench.glossary.store import Store


@pytest.fixture
def run(tmp_path, monkeypatch):
    """What `workbench glossary …` prints: standard output, standard error."""
    monkeypatch.setenv("WORKBENCH_DB", str(tmp_path / "glossary.db"))
    monkeypatch.setenv("WORKBENCH_AUTHOR", "anna")

    def run(*arguments, code=0):
        made = CliRunner().invoke(cli, ["glossary", *map(str, arguments)], standalone_mode=False)
        if made.exception and not isinstance(made.exception, SystemExit):
            raise made.exception
        assert made.exit_code == code, made.output
        return made.stdout, made.stderr

    return run


@pytest.fixture
def told(run):
    return lambda *arguments, code=0: json.loads(run(*arguments, "--json", code=code)[0])


def test_a_preview_tells_format_and_remarks_and_writes_nothing(told, write, tmp_path):
    path = write("id;en;ru;Ticket\na;A;Ж;T-1\nb;B|B;Б;\n".encode("cp1251"), "a.csv")
    preview = told("import", path, "--preview", code=1)
    assert (preview["format"], preview["counts"]["new"], preview["counts"]["refused"]) == ("csv", 1, 1)
    assert [any(word in said for said in preview["remarks"]) for word in ("cp1251", "semicolon", "Ticket")] == [
        True
    ] * 3
    assert (preview["rows"][1]["verdict"], preview["rows"][1]["line"]) == ("refused", 3)
    assert told("import", path, "--dry-run", code=1) == preview
    assert Store(str(tmp_path / "glossary.db")).revision() == 0


def test_a_person_reads_the_remarks_before_the_rows(run, write):
    said, _ = run("import", write("id;en\na;A\n", "a.csv"), "--preview")
    assert said.splitlines()[0].split() == ["note", "delimiter:", "semicolon"]


def test_pairs_come_in_and_go_out_with_their_languages_and_twice_changes_nothing(run, told, write, tmp_path):
    path = write("belle,hermosa\ndit,dice\n", "a.csv")
    arguments = ("import", path, "--format", "deepl", "--from", "fr", "--to", "es")
    assert told(*arguments)["revision"] == 1
    again = told(*arguments)
    assert (again["revision"], again["changed"]) == (1, False)
    out = tmp_path / "out.csv"
    written = told("export", "-o", out, "--format", "deepl", "--from", "fr", "--to", "es")
    assert (written["format"], written["lost"], written["remarks"]) == ("deepl", [], [])
    first = out.read_bytes()
    run("export", "-o", out, "--format", "deepl", "--from", "fr", "--to", "es")
    assert out.read_bytes() == first == b"belle,hermosa,fr,es\ndit,dice,fr,es\n"


def test_an_export_tells_what_it_leaves_out(run, told, full, tmp_path):
    run("import", full)
    written = told("export", "-o", tmp_path / "a.xlsx")
    assert "variants of terms: 1 of 1" in written["lost"]
    _, said = run("export", "-o", tmp_path / "a.csv")
    assert "left out  variants of terms: 1 of 1" in said and "2 entries as csv" in said


def test_an_encoding_and_a_delimiter_may_be_said(told, write):
    path = write("en:ru\nA:Ж\n".encode("koi8-r"), "a.csv")
    preview = told("import", path, "--preview", "--format", "csv", "--encoding", "koi8-r", "--delimiter", ":")
    assert (preview["counts"]["new"], preview["remarks"]) == (1, ["delimiter: :"])


def test_what_is_missing_or_unknown_is_told_with_the_way_out(run, write, tmp_path):
    path = write("a,b\n", "a.csv")
    with pytest.raises(InputError, match="give both --from and --to"):
        run("import", path, "--from", "en")
    with pytest.raises(GlossaryError, match="no format 'exel'; did you mean 'deepl'|no format 'exel'; known: yaml"):
        run("import", path, "--format", "exel")
    with pytest.raises(GlossaryError, match="--from en --to es"):
        run("import", path)
    with pytest.raises(GlossaryError, match="cannot be written as 'wikidata'"):
        run("export", "south-caucasus", "-o", tmp_path / "a.json", "--format", "wikidata")
