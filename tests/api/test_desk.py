"""The desk over HTTP: what each role may do, conflicts, imports, names; a real store and real people."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from api.test_roles import client_of, store
from api.toys import ToyBench
from fastapi.testclient import TestClient

from workbench.api.app import build
from workbench.api.settings import Settings
from workbench.glossary.model import Entry, Kind, Review, Status, Term
from workbench.glossary.store import Store

__all__ = ["store"]
BYURAKAN = {"id": "byurakan", "kind": "place", "terms": [{"language": "en", "text": "Byurakan"}]}


def put(client: TestClient, entry: dict[str, Any], **more: Any) -> Any:
    return client.post("/desk/put", json={"entry": entry, **more})


def test_a_translator_proposes_an_editor_approves_a_reader_looks(store: Store, tmp_path: Path) -> None:
    anna, eva, boris = (client_of(store, tmp_path, name) for name in ("anna", "eva", "boris"))
    assert put(boris, BYURAKAN).status_code == 403
    assert put(anna, BYURAKAN).status_code == 200
    assert store.get("byurakan").entry.review is Review.PROPOSED
    for deed in ("approve", "remove", "mend"):
        assert anna.post("/desk/do", json={"ids": ["byurakan"], "deed": deed}).status_code == 403
    waiting = eva.get("/desk/entries", params={"review": "proposed"}).json()["rows"]
    assert [row["entry"]["id"] for row in waiting] == ["byurakan"]
    assert eva.post("/desk/do", json={"ids": ["byurakan"], "deed": "approve", "why": "seen"}).status_code == 200
    assert store.get("byurakan").entry.approved and store.log(1)[0].author == "eva"
    assert boris.get("/desk/entries", params={"q": "Бюрак"}).json()["rows"][0]["entry"]["id"] == "byurakan"
    assert boris.get("/desk/me").json()["may"] == ["read"]
    past = boris.get("/desk/history", params={"id": "byurakan"}).json()
    assert [step["author"] for step in past] == ["eva", "anna"]
    assert {"place": "review", "before": "proposed", "after": "approved"} in past[0]["differences"]


def test_two_who_edit_one_entry_see_both_versions_and_choose(store: Store, tmp_path: Path) -> None:
    eva, olga = client_of(store, tmp_path, "eva"), client_of(store, tmp_path, "olga")
    base = put(eva, BYURAKAN).json()["revision"]
    assert put(olga, {**BYURAKAN, "note": "an observatory"}, base=base).status_code == 200
    late = put(eva, {**BYURAKAN, "note": "a village"}, base=base)
    assert late.status_code == 409
    clash = late.json()["clashes"][0]
    assert clash["contests"] == [{"place": "note", "base": "", "theirs": "an observatory", "mine": "a village"}]
    assert put(eva, {**BYURAKAN, "note": "a village"}, base=base, choice="merge").status_code == 409
    assert put(eva, {**BYURAKAN, "note": "a village"}, base=base, choice="mine").status_code == 200
    assert store.get("byurakan").entry.note == "a village"
    added = [*BYURAKAN["terms"], {"language": "hy", "text": "Բյուրական"}]
    assert put(olga, {**BYURAKAN, "note": "an observatory", "terms": added}, base=base + 1, choice="merge").json()
    merged = store.get("byurakan").entry
    assert merged.note == "a village" and [t.text for t in merged.terms] == ["Byurakan", "Բյուրական"]


def test_what_breaks_a_rule_is_told_before_and_refused_then(store: Store, tmp_path: Path) -> None:
    eva = client_of(store, tmp_path, "eva")
    twice = {**BYURAKAN, "terms": BYURAKAN["terms"] * 2}
    fault = eva.post("/desk/faults", json=twice).json()["faults"][0]
    assert (fault["term"], fault["way_out"]) == (1, "keep one of them")
    assert "stands twice" in put(eva, twice).json()["error"]
    assert put(eva, {**BYURAKAN, "path": "/etc/passwd"}).status_code == 400
    assert put(eva, BYURAKAN, new=True).status_code == 200
    assert put(eva, BYURAKAN, new=True).status_code == 409


def test_an_import_is_looked_at_then_written_and_undone(store: Store, tmp_path: Path) -> None:
    eva, anna = client_of(store, tmp_path, "eva"), client_of(store, tmp_path, "anna")
    table = "id,kind,en,es\nsevan,place,Sevan,Seván\n,place,,\nani,place,Ani,Ani\n"
    file = {"name": "../../mine.csv", "content": base64.b64encode(table.encode()).decode()}
    seen = eva.post("/desk/import", json={"file": file}).json()
    assert seen["counts"]["new"] == 2 and seen["counts"]["refused"] == 1 and seen["revision"] is None
    assert store.find(["sevan"]) == {}
    put(eva, BYURAKAN)
    stale = eva.post("/desk/import", json={"file": file, "write": True, "base": seen["base"]})
    assert stale.status_code == 409 and "look at it again" in stale.json()["error"]
    done = eva.post("/desk/import", json={"file": file, "write": True, "base": store.revision()}).json()
    assert store.get("sevan").entry.approved and done["revision"] == store.revision()
    exported = eva.get("/desk/export", params={"format": "csv"})
    assert "Seván" in exported.content.decode("utf-8-sig")
    assert anna.post("/desk/undo", json={"revision": done["revision"]}).status_code == 403
    assert eva.post("/desk/undo", json={"revision": done["revision"]}).status_code == 200
    assert store.get("sevan").retired
    broken = {"name": "x.tbx", "content": base64.b64encode(b"<martif").decode()}
    answer = eva.post("/desk/import", json={"file": broken})
    assert answer.status_code == 400 and "x.tbx" in answer.json()["error"] and "/tmp" not in answer.json()["error"]
    assert eva.post("/desk/import", json={"bundled": "/etc/passwd"}).status_code == 400


def test_duplicates_are_shown_side_by_side_joined_and_mends_are_one_press(store: Store, tmp_path: Path) -> None:
    eva = client_of(store, tmp_path, "eva")
    one = Entry("akopyan", Kind.PERSON, (Term("en", "Akopyan"), Term("ru", "Акопян")))
    other = Entry("akopian", Kind.PERSON, (Term("en", "Akopian", Status.PREFERRED), Term("es", "Akopián")), note="a  b")
    store.put([one, other], "olga")
    found = eva.get("/desk/lint").json()["findings"]
    assert any(f["rule"] == "near duplicate" and f["others"] for f in found)
    assert [f["rule"] for f in found if f["safe"]] == ["untidy"]
    assert eva.post("/desk/do", json={"ids": ["akopian"], "deed": "mend"}).status_code == 200
    assert store.get("akopian").entry.note == "a b"
    seen = eva.get("/desk/merged", params={"keep": "akopyan", "away": "akopian"}).json()
    assert [t["text"] for t in seen["merged"]["terms"]] == ["Akopyan", "Akopian", "Акопян", "Akopián"]
    assert eva.post("/desk/merge", json={"keep": "akopyan", "away": "akopian"}).status_code == 200
    assert store.get("akopian").entry.id == "akopyan"


def test_an_entry_is_split_and_what_wrote_nothing_says_so(store: Store, tmp_path: Path) -> None:
    eva, anna = client_of(store, tmp_path, "eva"), client_of(store, tmp_path, "anna")
    terms = (Term("en", "Georgia"), Term("ru", "Грузия"), Term("ru", "Джорджия", Status.ADMITTED))
    base = store.put([Entry("georgia", Kind.PLACE, terms)], "olga")
    wish = {"id": "georgia", "new": "georgia-state", "moved": [2], "copied": [0], "base": base}
    assert anna.post("/desk/split", json=wish).status_code == 403
    assert eva.post("/desk/split", json={**wish, "moved": [3]}).status_code == 400
    assert eva.post("/desk/split", json={**wish, "base": base - 1}).status_code == 409
    done = eva.post("/desk/split", json=wish).json()
    assert done == {"revision": base + 1, "written": True}
    assert [t.text for t in store.get("georgia-state").entry.terms] == ["Georgia", "Джорджия"]
    assert store.get("georgia-state").entry.preferred("ru").text == "Джорджия"
    again = eva.post("/desk/do", json={"ids": ["georgia"], "deed": "mend"}).json()
    assert again == {"revision": base + 1, "written": False}
    assert eva.post("/desk/undo", json={"revision": done["revision"]}).json()["written"]
    assert store.get("georgia-state").retired


def test_a_reader_may_not_choose_a_form_for_a_whole_text(store: Store, tmp_path: Path) -> None:
    line = {"source": "They saw Gagik Surenian.", "target": "Vieron a Gagik Surenian."}
    choice = {"name": "Gagik Surenian", "form": "Gaguik Surenián", "short": ["Surenian"]}
    wish = {"source": "en", "target": "es", "lines": [line], "choice": choice}
    refused = client_of(store, tmp_path, "boris").post("/editor/choose", json=wish)
    assert refused.status_code == 403 and "may not propose" in refused.json()["error"]
    anna = client_of(store, tmp_path, "anna")
    assert anna.post("/editor/choose", json=wish).json() == {"targets": ["Vieron a Gaguik Surenián."]}


def test_the_names_of_a_text_are_told_once_and_marked_by_their_places(store: Store, tmp_path: Path) -> None:
    boris = client_of(store, tmp_path, "boris")
    sentences = ["They saw Gagik Surenian on Monday.", "Surenyan smiled."]
    asked = {"source": "en", "target": "es"}
    full, part = boris.post("/editor/names", json={**asked, "sentences": sentences}).json()["names"]
    assert (full["name"], full["short"], full["places"]) == ("Gagik Surenian", ["Surenyan"], [[0, 9, 23]])
    assert (part["name"], part["whole"], part["places"]) == ("Surenyan", "Gagik Surenian", [[1, 0, 8]])
    lines = [{"source": sentences[1], "target": "", "names": [[0, 8], [5, 99]]}, {"source": sentences[1], "target": ""}]
    told, alone = boris.post("/editor/mark", json={**asked, "lines": lines}).json()["marks"]
    assert [(m["text"], m["colour"]) for m in told["source"]] == [("Surenyan", "unknown")] and told["doubtful"]
    assert [(m["text"], m["colour"]) for m in alone["source"]] == [("Surenyan", "unknown")]


def test_names_are_found_written_and_adopted(store: Store, tmp_path: Path) -> None:
    anna = client_of(store, tmp_path, "anna")
    text = "They saw Gagik Surenian there. Surenian smiled, and Gagik Surenyan left with Mirzoian."
    found = anna.post("/names", json={"q": text, "source": "en", "targets": ["es", "ru"]}).json()
    assert found["language"] == "en" and [one["name"] for one in found["names"]] == ["Gagik Surenian"]
    (surenian,) = found["names"]
    assert {"Gagik Surenyan", "Surenian"} <= {one["text"] for one in surenian["kin"]}
    assert {t["language"] for t in surenian["entry"]["terms"]} == {"en", "es", "ru"}
    file = {"name": "news.html", "content": base64.b64encode(f"<p>{text}</p>".encode()).decode(), "source": "en"}
    assert [one["name"] for one in anna.post("/names/file", json=file).json()["names"]] == ["Gagik Surenian"]
    made = anna.post("/names/forms", json={"q": "Mirzoian", "source": "en", "targets": ["es", "ru"]}).json()
    assert made["forms"][0]["forms"][0]["form"] == "Mirzoyán" and made["forms"][0]["forms"][0]["how"] == "glossary"
    assert {one["kind"] for one in made["kin"]} <= {"same", "part", "gender", "different"}
    chosen = {"q": "Gagik Surenian", "source": "en", "forms": [{"language": "es", "form": "Gaguik Surenián"}]}
    said = anna.post("/names/adopt", json=chosen).json()
    assert store.get(said["entry"]).entry.review is Review.PROPOSED and store.log(1)[0].author == "anna"


def test_a_visitor_of_an_open_server_proposes_and_no_more(tmp_path: Path) -> None:
    client = TestClient(build(ToyBench(), Settings(db=str(tmp_path / "open.db"))))
    assert put(client, BYURAKAN).status_code == 200
    assert client.get("/desk/entries").json()["rows"][0]["entry"]["review"] == "proposed"
    assert client.post("/desk/do", json={"ids": ["byurakan"], "deed": "approve"}).status_code == 403


@pytest.mark.parametrize("path", ["/desk/entries", "/desk/export", "/desk/lint", "/desk/me"])
def test_nobody_looks_without_signing_in(store: Store, tmp_path: Path, path: str) -> None:
    assert client_of(store, tmp_path).get(path).status_code == 403
