"""`workbench glossary` on a store: each command, twice where that must be safe, and what it refuses."""

import json
import subprocess
import sys

import click
import pytest
import yaml
from click.testing import CliRunner

from workbench.cli import cli
from workbench.cli.glossary import COMMANDS
from workbench.errors import GlossaryError, InputError, StoreError
from workbench.glossary import reading
from workbench.glossary.revisions import Conflict
from workbench.glossary.store import Store
from workbench.workbench import Workbench

TOWN = ("add", "yerevan", "--kind", "place", "--term", "en=Yerevan", "--term", "ru=Ереван")


@pytest.fixture
def db(tmp_path, monkeypatch):
    path = tmp_path / "data" / "glossary.db"
    monkeypatch.setenv("WORKBENCH_DB", str(path))
    monkeypatch.setenv("WORKBENCH_AUTHOR", "anna")
    return path


@pytest.fixture
def run(db):
    """The standard output of `workbench glossary …`; what it raises for a person is raised."""

    def run(*arguments, code=0):
        made = CliRunner().invoke(cli, ["glossary", *map(str, arguments)], standalone_mode=False)
        if made.exception and not isinstance(made.exception, SystemExit):
            raise made.exception
        assert made.exit_code == code, made.output
        return made.stdout

    return run


@pytest.fixture
def told(run):
    """The JSON that a command prints."""
    return lambda *arguments, code=0: json.loads(run(*arguments, "--json", code=code))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_and_speaks_json(name):
    said = CliRunner().invoke(cli, ["glossary", name, "--help"]).output
    assert "Example" in said
    assert f"workbench glossary {name} " in said
    assert "--json" in said


def test_the_help_of_the_group_loads_no_database():
    code = (
        "import sys, workbench.cli as c; c.cli.main(['glossary', '--help'], standalone_mode=False);"
        "print(sorted({'sqlalchemy', 'numpy', 'lxml'} & set(sys.modules)))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert made.stdout.splitlines()[-1] == "[]", made.stderr


def test_an_entry_is_added_once(told, run, db):
    assert told(*TOWN) == {"revision": 1, "changed": True}
    assert told(*TOWN) == {"revision": 1, "changed": False}
    with pytest.raises(InputError, match="change it: workbench glossary set yerevan"):
        run(*TOWN, "--note", "x")
    (hit,) = told("search", "ерев")
    assert (hit["id"], hit["matched"], hit["revision"]) == ("yerevan", "Ереван", 1)
    assert hit["terms"][0] == {"language": "en", "text": "Yerevan"}


def test_an_entry_is_changed_field_by_field(told, run):
    run(*TOWN)
    change = ("set", "yerevan", "--note", " a  capital ", "--term", "en:superseded=Erivan", "--term", "en=Erevan")
    assert told(*change)["changed"]
    assert not told(*change)["changed"]
    assert told("diff", "yerevan") == [
        {"place": "note", "before": "", "after": "a capital"},
        {"place": "en Erivan", "before": "", "after": "superseded"},
        {"place": "en Erevan", "before": "", "after": "admitted"},
    ]
    run("set", "yerevan", "--term", "en:preferred=Erevan", "--drop", "ru=Ереван", "--keep")
    (hit,) = told("search", "")
    assert [(t["text"], t.get("status")) for t in hit["terms"]] == [
        ("Yerevan", "admitted"), ("Erivan", "superseded"), ("Erevan", None)
    ]  # fmt: skip
    assert hit["keep"] is True
    assert told("diff", "yerevan", "1", "1") == []


@pytest.mark.parametrize("term", ["Yerevan", "en=", "en:prefered=Yerevan"])
def test_a_term_that_is_none_is_told(run, term):
    with pytest.raises(InputError, match=f"'{term}'"):
        run("add", "yerevan", "--term", term)


def test_a_change_on_an_old_revision_is_refused(run):
    run(*TOWN)
    run("set", "yerevan", "--note", "theirs")
    with pytest.raises(Conflict, match="changed meanwhile"):
        run("set", "yerevan", "--note", "mine", "--base", 1)
    with pytest.raises(Conflict):
        run("remove", "yerevan", "--base", 1)


def test_removed_entries_come_back(run, told):
    run(*TOWN)
    assert told("remove", "yerevan") == {"revision": 2, "changed": True}
    assert told("remove", "yerevan") == {"revision": 2, "changed": False}
    assert told("search") == []
    assert [hit["id"] for hit in told("search", "--trash")] == ["yerevan"]
    for refused in (TOWN, ("set", "yerevan", "--note", "x")):
        with pytest.raises(InputError, match="workbench glossary restore yerevan"):
            run(*refused)
    assert told("restore", "yerevan") == {"revision": 3, "changed": True}
    with pytest.raises(StoreError, match="did you mean 'yerevan'"):
        run("remove", "yerevn")


def test_an_entry_is_shown_as_it_stands_and_as_it_stood(run, told):
    run(*TOWN)
    moment = told("history", "yerevan")[0]["at"]
    run("set", "yerevan", "--term", "es=Ereván", "--why", "news")
    shown = yaml.safe_load(run("show", "yerevan"))
    assert shown == [
        {"id": "yerevan", "kind": "place", "terms": {"en": ["Yerevan"], "ru": ["Ереван"], "es": ["Ereván"]}}
    ]
    for then in ("1", moment):
        assert "es" not in yaml.safe_load(run("show", "yerevan", "--at", then))[0]["terms"]
        assert told("show", "yerevan", "--at", then)["revision"] == 1
    assert (told("show", "yerevan")["revision"], told("show", "yerevan")["retired"]) == (2, False)
    run("remove", "yerevan")
    assert told("show", "yerevan")["retired"]
    with pytest.raises(StoreError, match="came with revision 1"):
        run("show", "yerevan", "--at", "1999-12-31")
    with pytest.raises(StoreError, match="did you mean 'yerevan'"):
        run("show", "yerevn")
    with pytest.raises(click.BadParameter, match="neither a revision nor a date"):
        run("show", "yerevan", "--at", "yesterday")


def test_the_store_is_exported_as_it_stood_at_a_time(run, told, tmp_path):
    run(*TOWN)
    moment = told("history")[0]["at"]
    run("add", "gyumri", "--kind", "place", "--term", "en=Gyumri")
    run("export", "-o", tmp_path / "then.jsonl", "--at", moment)
    assert [entry.id for entry in reading.load(tmp_path / "then.jsonl").entries] == ["yerevan"]


def test_a_proposal_is_used_once_it_is_approved(run, told, db):
    run(*TOWN, "--review", "proposed")
    assert [hit["id"] for hit in told("search", "--review", "proposed")] == ["yerevan"]
    bench = Workbench()
    assert bench.show("In Yerevan", "en", [db]) == []
    assert told("approve", "yerevan")["changed"]
    assert [match.entry.id for match in bench.show("In Yerevan", "en", [db])] == ["yerevan"]
    assert told("reject", "yerevan", "--why", "no")["changed"]
    assert bench.show("In Yerevan", "en", [str(db)]) == []


def test_history_tells_who_and_why_and_undo_takes_back(run, told):
    run(*TOWN, "--why", "first")
    run("set", "yerevan", "--note", "x", "--author", "bob")
    history = told("history", "yerevan")
    assert [(h["revision"], h["author"], h["why"]) for h in history] == [(2, "bob", ""), (1, "anna", "first")]
    assert history[0]["entry"]["note"] == "x"
    assert told("undo", 2) == {"revision": 3, "changed": True}
    assert told("undo", 2) == {"revision": 3, "changed": False}
    assert [(h["what"], h["undoes"]) for h in told("history")] == [("undo", 2), ("put", None), ("put", None)]
    assert "bob  put" in run("history", "yerevan")


def test_an_import_is_previewed_made_repeated_and_taken_back(run, told, db, full):
    dry = told("import", full, "--dry-run")
    assert (dry["counts"]["new"], dry["rows"][0]["line"]) == (2, 13)
    assert Store(str(db)).revision() == 0
    assert told("import", full) == {"revision": 1, "changed": True}
    assert told("import", full) == {"revision": 1, "changed": False}
    assert Store(str(db)).glossary() == reading.load(full)
    assert told("undo", 1)["changed"]
    assert told("search") == []


def test_an_import_with_a_mistake_is_refused_whole(run, told, write):
    bad = write("entries:\n  - {id: a, terms: {en: [A]}}\n  - {id: b, kind: plaice, terms: {en: [B]}}\n")
    with pytest.raises(GlossaryError, match="nothing was imported, 1 of 2 entries .* line 3: unknown kind 'plaice'"):
        run("import", bad)
    (row,) = (r for r in told("import", bad, "--dry-run", code=1)["rows"] if r["verdict"] == "refused")
    assert (row["line"], "did you mean 'place'" in row["reason"]) == (3, True)
    assert told("import", bad, "--skip")["changed"]
    assert [hit["id"] for hit in told("search")] == ["a"]


def test_the_store_is_exported_as_it_stands_or_stood(run, told, tmp_path, full):
    run("import", full)
    run("set", "ararat-mirzoyan", "--note", "later")
    out = tmp_path / "out.tbx"
    written = told("export", "-o", out)
    assert (written["output"], written["entries"], written["format"], written["lost"]) == (str(out), 2, "tbx", [])
    assert reading.load(out)["ararat-mirzoyan"].note == "later"
    run("export", "-o", tmp_path / "old.yaml", "--at", 1)
    assert reading.load(tmp_path / "old.yaml") == reading.load(full)
    with pytest.raises(InputError, match="has no revisions"):
        run("export", full, "-o", out, "--at", 1)
    with pytest.raises(GlossaryError, match="cannot be written as"):
        run("export", "-o", tmp_path / "out.docx")


def test_lint_exits_with_1_when_there_are_findings(run, told):
    run(*TOWN)
    assert told("lint") == []
    run("add", "erevan", "--kind", "place", "--term", "en=yerevan")
    (finding,) = told("lint", "--lang", "en", code=1)
    assert (finding["rule"], finding["entry"], finding["others"]) == ("two entries", "erevan", ["yerevan"])
    assert "join the entries" in run("lint", "--rule", "two entries", code=1)
    assert told("lint", "south-caucasus", "--lang", "en") == []


def test_stats_count_a_glossary_and_the_store(run, told):
    run(*TOWN)
    counted = told("stats")
    assert (counted["entries"], counted["terms"], counted["kinds"]) == (1, 2, {"place": 1})
    assert told("stats", "south-caucasus")["entries"] > 390
    assert "languages" in run("stats")


def test_one_store_may_be_brought_into_another(run, told, db, full, tmp_path):
    run("import", full)
    other = tmp_path / "other.db"
    assert told("import", db, "--db", other)["changed"]
    assert Store(str(other)).glossary() == reading.load(full)
    run("set", "ararat-mirzoyan", "--note", "later")
    run("export", db, "-o", tmp_path / "old.yaml", "--at", 1)
    assert reading.load(tmp_path / "old.yaml") == reading.load(full)


def test_a_server_takes_the_same_commands(run, told, postgres, full):
    server = postgres % "postgres"
    assert told("import", full, "--db", server)["changed"]
    assert not told("import", full, "--db", server)["changed"]
    assert [hit["id"] for hit in told("search", "МИРЗО", "--db", server)] == ["ararat-mirzoyan"]
    assert Workbench().show("So Mirzoian", "en", [server])[0].entry.id == "ararat-mirzoyan"
    with pytest.raises(GlossaryError, match="no house style 'x' in postgresql://"):
        Workbench().glossary([server], "x")


def test_a_password_is_not_shown():
    assert reading.shown("postgresql://anna:se:cret@host/names") == "postgresql://anna:***@host/names"
    assert reading.shown("postgresql://anna@host:5432/names") == "postgresql://anna@host:5432/names"


def test_a_store_is_a_glossary_for_the_work(db, run):
    run(*TOWN)
    bench = Workbench()
    before = bench.glossary([str(db)])
    assert bench.glossary([str(db)]) is before
    run("set", "yerevan", "--term", "es=Ereván")
    assert bench.glossary([str(db)]) is not before
    assert bench.store(str(db)) is bench.store(str(db))
    with pytest.raises(GlossaryError, match="no such file"):
        bench.glossary([str(db.with_name("none.db"))])
    assert not db.with_name("none.db").exists()


def test_a_term_keeps_the_tag_by_which_it_is_named(run, told):
    run("add", "colour", "--term", "en=color", "--term", "en-gb=colour", "--term", "hy_latn_t_hy=gujn")
    run("set", "colour", "--of", "en-GB=colour", "--fact", "note=British")
    terms = [(t.locale, t.text, t.status.value, t.note) for t in Store().get("colour").entry.terms]
    assert terms == [
        ("en", "color", "preferred", ""), ("en-GB", "colour", "preferred", "British"),
        ("hy-Latn-t-hy", "gujn", "preferred", ""),
    ]  # fmt: skip
    assert not told("set", "colour", "--term", "en-GB=colour")["changed"]
    run("set", "colour", "--drop", "en-GB=colour")
    assert [t.locale for t in Store().get("colour").entry.terms] == ["en", "hy-Latn-t-hy"]
    with pytest.raises(InputError, match="not a language tag"):
        run("set", "colour", "--term", "en-muchtoolongapart=colour")
