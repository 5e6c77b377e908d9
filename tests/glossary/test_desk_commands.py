"""`workbench glossary`: merge and split, fields and many entries at once, conflicts, people, mends, folders."""

import json

import pytest
from click.testing import CliRunner

from workbench.cli import cli
from workbench.errors import Forbidden, InputError, StoreError
from workbench.glossary.model import Entry, Kind, Term
from workbench.glossary.revisions import Conflict
from workbench.glossary.store import Store
from workbench.workbench import Workbench

TOWN = ("add", "yerevan", "--kind", "place", "--term", "en=Yerevan", "--term", "ru=Ереван")


@pytest.fixture
def db(tmp_path, monkeypatch):
    path = tmp_path / "glossary.db"
    for name, value in (("DB", str(path)), ("AUTHOR", "anna"), ("CONFIG", str(tmp_path / "settings.toml"))):
        monkeypatch.setenv(f"WORKBENCH_{name}", value)
    monkeypatch.delenv("WORKBENCH_KEY", raising=False)
    return path


@pytest.fixture
def run(db):
    """The standard output of `workbench glossary …`; what it raises for a person is raised."""

    def run(*arguments, code=0, input=None):
        made = CliRunner().invoke(cli, ["glossary", *map(str, arguments)], standalone_mode=False, input=input)
        if made.exception and not isinstance(made.exception, SystemExit):
            run.shown = made.output
            raise made.exception
        assert made.exit_code == code, made.output
        return made.stdout

    return run


@pytest.fixture
def told(run):
    """The JSON that a command prints."""
    return lambda *arguments, code=0, **more: json.loads(run(*arguments, "--json", code=code, **more))


def term(told, language):
    (hit,) = told("search", "--lang", language)
    return next(t for t in hit["terms"] if t["language"] == language)


# -- fields ------------------------------------------------------------------------------------


def test_every_field_of_a_term_and_an_entry_can_be_set(run, told):
    run(*TOWN)
    facts = (
        "text=Ерева́н", "status=admitted", "type=short", "variants+=Эривань", "variants+=Ериван",
        "forms=gen:Еревана,Ереване", "pos=proper noun", "gender=m", "number=sg", "animacy=inanimate",
        "exact_case=yes", "invariable=yes", "source=atlas", "note=a  note", "fuzzy=yes", "styles+=ian",
        "citation=В Ереване",
    )  # fmt: skip
    change = ("set", "yerevan", "--of", "ru=Ереван", *(f"--fact={fact}" for fact in facts))
    assert told(*change)["changed"]
    assert term(told, "ru") == {
        "language": "ru", "text": "Ерева́н", "status": "admitted", "type": "short", "variants": ["Эривань", "Ериван"],
        "forms": [["gen", "Еревана"], ["", "Ереване"]], "pos": "proper noun", "gender": "m", "number": "sg",
        "animacy": "inanimate", "exact_case": True, "invariable": True, "source": "atlas", "note": "a note",
        "fuzzy": True, "styles": ["ian"], "citation": "В Ереване",
    }  # fmt: skip
    again = ("set", "yerevan", "--of", "ru=Ерева́н", "--fact=variants-=Ериван", "--fact=forms-=Ереване", "--fact=pos=")
    assert [told(*again)["changed"] for _ in range(2)] == [True, False]
    assert (term(told, "ru")["variants"], "pos" in term(told, "ru")) == (["Эривань"], False)
    run("set", "yerevan", "--fact=sources=un,bbc", "--fact=external+=wikidata:Q1953", "--fact=keep=yes")
    (hit,) = told("search")
    assert (hit["sources"], hit["external"], hit["keep"]) == (["un", "bbc"], [["wikidata", "Q1953"]], True)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--of", "ru=Ереван", "--fact", "mood=x"), "'mood=x' is no field of a term; write FIELD=VALUE with one of"),
        (("--of", "ru=Ереван", "--fact", "gender=male"), "'gender=male': known: m, f, n"),
        (("--of", "ru=Ереван", "--fact", "fuzzy=maybe"), "is neither yes nor no"),
        (("--of", "ru=Ереван", "--fact", "status=best"), "'status=best': known are preferred, admitted"),
        (("--of", "ru=Эривань", "--fact", "note=x"), "'yerevan' has no term 'ru=Эривань'; it has ru=Ереван"),
        (("--fact", "note+=x"), "'note' in 'note[+]=x' is no list; write note=VALUE"),
        (("--fact", "external+=Q1"), "lacks the name of the system; write external[+]=wikidata:Q1953"),
        (("--fact", "id=x"), "'id=x' is no field of an entry"),
    ],
)
def test_a_field_that_is_wrong_is_told(run, wish, said):
    run(*TOWN)
    with pytest.raises(InputError, match=said):
        run("set", "yerevan", *wish)


# -- many at once ------------------------------------------------------------------------------


def test_many_are_changed_by_what_they_are_after_a_look(run, told):
    for name in ("Mirzoyan", "Mirzoian", "Pashinyan"):
        run("add", name.lower(), "--kind", "person", "--term", f"en={name}", "--review", "proposed")
    run("add", "note-only", "--term", "en=Else", "--note", "on Mirzoyan", "--review", "proposed")
    where = ("--where", "review=proposed", "--where", "text=mirzo")
    assert told("approve", *where, "--dry-run") == {"entries": ["mirzoian", "mirzoyan"]}
    assert told("approve", *where) == {"revision": 5, "changed": True}
    assert told("approve", *where) == {"revision": 5, "changed": False}
    assert {hit["id"] for hit in told("search", "--review", "proposed")} == {"pashinyan", "note-only"}
    terms = ("--where", "lang=en", "--where", "kind=person", "--where", "status=preferred")
    rows = told("set", *terms, "--fact", "status=admitted", "--dry-run")
    assert {(row["id"], row["place"], row["after"]) for row in rows} == {
        (name.lower(), f"en {name}: status", "admitted") for name in ("Mirzoian", "Mirzoyan", "Pashinyan")
    }
    run("remove", "--where", "text=mirzo")
    assert told("restore", "--where", "kind=person", "--dry-run") == {"entries": ["mirzoian", "mirzoyan"]}
    with pytest.raises(InputError, match="name the entries, or say which"):
        run("approve")
    with pytest.raises(InputError, match="'colour=red' is no condition"):
        run("approve", "--where", "colour=red")


# -- conflicts ---------------------------------------------------------------------------------


def test_a_conflict_shows_three_versions_and_takes_a_choice(run, told):
    run(*TOWN)
    run("set", "yerevan", "--note", "theirs", "--subject", "cities")
    mine = ("set", "yerevan", "--note", "mine", "--base", "1")
    with pytest.raises(Conflict, match="changed meanwhile"):
        run(*mine)
    assert "yerevan  theirs  note: — → theirs" in run.shown
    with pytest.raises(Conflict):
        run(*mine, "--json")
    (clash,) = json.loads(run.shown)["conflict"]
    assert (clash["theirs"]["note"], clash["mine"]["note"], "note" in clash["base"]) == ("theirs", "mine", False)
    with pytest.raises(Conflict):
        run(*mine, "--merge")
    assert "both changed note" in run.shown
    assert told(*mine, "--theirs") == {"revision": 2, "changed": False}
    assert told(*mine, "--mine")["changed"]
    (hit,) = told("search")
    assert (hit["note"], hit["subject"]) == ("mine", "cities")


# -- merge and split ---------------------------------------------------------------------------


def test_merge_and_split_are_previewed_made_once_and_taken_back(run, told):
    run(*TOWN)
    run("add", "erevan", "--kind", "place", "--term", "en=Erevan", "--term", "es=Ereván")
    assert {row["place"] for row in told("merge", "yerevan", "erevan", "--dry-run")} == {"en Erevan", "es Ereván"}
    assert [told("merge", "yerevan", "erevan")["changed"] for _ in range(2)] == [True, False]
    assert "merged into yerevan" in run("history", "erevan")
    assert told("set", "erevan", "--note", "by its old name")["changed"]
    with pytest.raises(InputError, match="'erevan' was merged into 'yerevan'"):
        run("add", "erevan", "--term", "en=E")
    split = ("split", "yerevan", "erevan-2", "--term", "en=Erevan", "--copy", "ru=Ереван")
    assert {row["id"] for row in told(*split, "--dry-run")} == {"yerevan", "erevan-2"}
    assert [told(*split)["changed"] for _ in range(2)] == [True, False]
    assert told("undo", 5)["changed"] and told("undo", 4)["changed"] and told("undo", 3)["changed"]
    assert {hit["id"]: len(hit["terms"]) for hit in told("search")} == {"yerevan": 2, "erevan": 2}
    with pytest.raises(InputError, match="say which terms"):
        run("split", "yerevan", "x")
    with pytest.raises(StoreError, match="no entry 'nobody'"):
        run("merge", "yerevan", "nobody")


# -- proposals and people ----------------------------------------------------------------------


@pytest.fixture
def people(run):
    """anna, an admin; bob, a translator."""
    run("user", "add", "anna", "--role", "admin")
    run("user", "add", "bob", "--role", "translator")


def test_a_translator_proposes_and_what_is_approved_stays_in_use(run, told, people, db):
    run(*TOWN)
    bench, bob = Workbench(), ("--author", "bob")
    assert told("set", "yerevan", "--drop", "en=Yerevan", "--term", "en=Erevan", *bob)["changed"]
    assert [m.entry.id for m in bench.show("In Yerevan", "en", [db])] == ["yerevan"]
    (hit,) = told("search", "--review", "proposed")
    assert (hit["terms"][0]["text"], hit["proposal"]["terms"][-1]["text"]) == ("Yerevan", "Erevan")
    assert "[a proposal waits]" in run("search", "yerevan")
    run("set", "yerevan", "--note", "more", *bob)  # goes on with the proposal
    with pytest.raises(InputError, match="a proposal waits on 'yerevan'; first workbench glossary approve yerevan"):
        run("set", "yerevan", "--note", "x")
    run("set", "yerevan", "--note", "mended by anna", "--proposal", "--review", "proposed")
    for command in (
        ("approve", "yerevan"),
        ("remove", "yerevan"),
        ("undo", "3"),
        ("user", "add", "x", "--role", "admin"),
    ):
        with pytest.raises(Forbidden, match="'bob' is translator and may not"):
            run(*command, *bob)
    assert told("approve", "yerevan")["changed"]
    assert bench.show("In Yerevan", "en", [db]) == []
    assert bench.show("In Erevan", "en", [db])[0].entry.note == "mended by anna"


def test_people_are_managed_and_repeating_is_safe(run, told, people, db, monkeypatch):
    assert told("user", "add", "bob", "--role", "translator") == {"changed": False}
    assert told("user", "role", "bob", "--role", "editor") == {"changed": True}
    run("user", "password", "bob", input="correct horse battery\n")
    assert told("user", "list") == [
        {"name": "anna", "role": "admin", "password": False, "keys": []},
        {"name": "bob", "role": "editor", "password": True, "keys": []},
    ]
    with pytest.raises(Forbidden, match="'carl' is not known here"):
        run(*TOWN, "--author", "carl")
    key = told("user", "key", "bob")["key"]
    with pytest.raises(Forbidden, match="show it: set WORKBENCH_KEY"):
        run(*TOWN, "--author", "bob")
    monkeypatch.setenv("WORKBENCH_KEY", key)
    monkeypatch.delenv("WORKBENCH_AUTHOR")
    assert told(*TOWN)["changed"]
    assert told("history", "yerevan")[0]["author"] == "bob"
    monkeypatch.delenv("WORKBENCH_KEY")
    assert told("user", "remove", "bob", "--author", "anna") == {"changed": True}
    assert told("user", "remove", "bob", "--author", "anna") == {"changed": False}
    assert "bob removed" in run("history")


def test_settings_come_from_a_file_too(run, told, tmp_path, db, monkeypatch):
    monkeypatch.delenv("WORKBENCH_DB")
    monkeypatch.delenv("WORKBENCH_AUTHOR")
    (tmp_path / "settings.toml").write_text(f'db = "{tmp_path / "other.db"}"\nauthor = "dora"\n')
    run(*TOWN)
    assert Store(str(tmp_path / "other.db")).log()[0].author == "dora"
    (tmp_path / "settings.toml").write_text('colour = "red"\n')
    with pytest.raises(InputError, match="'colour' is no setting"):
        run(*TOWN)


# -- care --------------------------------------------------------------------------------------


def test_safe_mends_are_made_as_one_change_and_the_rest_is_told(run, told, db):
    store = Store(str(db))
    store.put(
        [
            Entry(
                "aliyev", Kind.PERSON, (Term("en", "Ilham Аlіyev", variants=("Aliev", "Aliev")),), note="two  spaces"
            ),
            Entry("alieff", Kind.PERSON, (Term("en", "Ilham Alieyv"), Term("ru", "Ильхам Алиев"))),
            Entry("aliev", Kind.PERSON, (Term("ru", "Ильхам Алиев"),)),
        ],
        "carl",
    )
    dry = told("lint", "--fix", "--dry-run", code=1)
    assert [f["rule"] for f in dry] == ["untidy", "mixed script", "variant twice"]
    assert store.revision() == 1
    left = told("lint", "--fix", code=1)
    assert {f["rule"] for f in left} == {"two entries", "near duplicate"}
    mended = store.glossary()["aliyev"]
    assert (mended.terms[0].text, mended.terms[0].variants, mended.note) == ("Ilham Aliyev", ("Aliev",), "two spaces")
    assert (store.log(1)[0].what, store.log(1)[0].size) == ("mend", 1)
    run("lint", "--fix", code=1)
    assert store.revision() == 2
    with pytest.raises(InputError, match="--fix mends the whole store"):
        run("lint", "south-caucasus", "--fix")


def test_coverage_is_counted_and_drawn(run, told):
    run(*TOWN)
    run("add", "gyumri", "--term", "en=Gyumri", "--term", "en:forbidden=Leninakan")
    run("add", "nato", "--term", "en=NATO", "--keep")
    covered = {c["language"]: c for c in told("stats")["coverage"]}
    assert (covered["en"]["share"], covered["ru"]["share"], covered["ru"]["missing"]) == (1.0, 0.5, 1)
    assert covered["en"]["terms"] == {"preferred": 3, "forbidden": 1}
    drawn = run("stats", "--lang", "en", "--lang", "ru", "--lang", "hy").splitlines()
    assert [line.split()[0] for line in drawn[-3:]] == ["en", "ru", "hy"]
    assert drawn[-2].count("█") == 15 and "50.0%" in drawn[-2] and "█" not in drawn[-1]


# -- folders -----------------------------------------------------------------------------------


def test_a_folder_and_the_store_are_kept_alike(run, told, tmp_path):
    folder = tmp_path / "files"
    run(*TOWN)
    assert told("pull", folder) == {"revision": 1, "written": ["yerevan"], "removed": []}
    text = (folder / "place.yaml").read_text(encoding="utf-8")
    (folder / "place.yaml").write_text(text + "  note: files\n", encoding="utf-8")
    assert told("push", folder, "--dry-run")["written"] == ["yerevan"]
    assert told("push", folder)["revision"] == 2
    assert told("push", folder) == {"revision": 2, "written": [], "removed": []}
    (folder / "place.yaml").write_text(text + "  note: again\n", encoding="utf-8")
    run("set", "yerevan", "--note", "store")
    with pytest.raises(Conflict, match="choose with --mine"):
        run("pull", folder)
    assert "yerevan    mine  note: files → again" in run.shown
    assert told("pull", folder, "--mine")["written"] == []
    assert told("push", folder)["written"] == ["yerevan"]
    assert told("search")[0]["note"] == "again"
