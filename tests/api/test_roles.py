"""Signing in with the people of a real store: roles hold at every door, and a changed role holds at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from api.toys import ToyBench
from fastapi.testclient import TestClient

from workbench.api.app import build
from workbench.api.settings import Settings, settings_for
from workbench.api.staff import Staff
from workbench.errors import InputError
from workbench.glossary.desk import Desk
from workbench.glossary.model import Review
from workbench.glossary.people import Identity, Role
from workbench.glossary.store import Store
from workbench.serving.server import staff

PASSWORD = "correct horse battery"
ADMIN = Identity("olga", Role.ADMIN)
SUGGESTION = {"q": "Surenian", "s": "Surenián", "source": "en", "target": "es", "kind": "person"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(str(tmp_path / "glossary.db"))
    desk = Desk(made, ADMIN)
    for name, role in (("olga", Role.ADMIN), ("eva", Role.EDITOR), ("anna", Role.TRANSLATOR), ("boris", Role.READER)):
        desk.add_person(name, role)
        desk.set_password(name, PASSWORD)
    return made


def client_of(store: Store, tmp_path: Path, name: str = "") -> TestClient:
    settings = Settings(db=str(tmp_path / "glossary.db"))
    client = TestClient(build(ToyBench(), settings, Staff(store)), follow_redirects=False)
    if name:
        assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
    return client


def test_a_suggestion_is_signed_with_the_name_and_waits_for_an_editor(store: Store, tmp_path: Path) -> None:
    said = client_of(store, tmp_path, "anna").post("/suggest", json=SUGGESTION).json()
    assert said == {"success": True, "entry": "surenian"}
    assert store.get("surenian").entry.review is Review.PROPOSED
    assert store.log(1)[0].author == "anna"
    assert client_of(store, tmp_path, "boris").post("/suggest", json=SUGGESTION).status_code == 403
    key = Desk(store, ADMIN).make_key("anna")
    by_key = client_of(store, tmp_path).post("/suggest", json={**SUGGESTION, "s": "Surenian", "api_key": key})
    assert by_key.json()["success"] and store.log(1)[0].author == "anna"


def test_wrong_words_let_nobody_in_and_a_changed_role_holds_at_once(store: Store, tmp_path: Path) -> None:
    client = client_of(store, tmp_path)
    for name, password in (("anna", "wrong"), ("nobody", PASSWORD)):
        assert client.post("/login", data={"name": name, "password": password}).status_code == 403
    assert client.get("/me").status_code == 403
    eva = client_of(store, tmp_path, "eva")
    assert eva.get("/me").json() == {"name": "eva", "role": "editor"}
    Desk(store, ADMIN).set_role("eva", Role.READER)
    assert eva.get("/me").json()["role"] == "reader"
    assert eva.post("/suggest", json=SUGGESTION).status_code == 403
    Desk(store, ADMIN).remove_person("eva")
    assert eva.get("/me").status_code == 403


def test_nobody_is_asked_without_auth_and_a_store_without_people_cannot_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_AUTHOR", "karen")
    db = str(tmp_path / "own.db")
    bench = ToyBench()
    assert staff(bench, db) is None
    with pytest.raises(InputError, match="nobody could sign in"):
        staff(bench, db, auth=True)
    monkeypatch.setenv("WORKBENCH_AUTH", "yes")
    with pytest.raises(InputError, match="user add NAME --role admin"):
        staff(bench, db)

    def suggested(settings: Settings, **changed: Any) -> str:
        assert TestClient(build(bench, settings)).post("/suggest", json={**SUGGESTION, **changed}).json()["success"]
        return bench.store(db).log(1)[0].author

    assert suggested(settings_for("0.0.0.0", db=db)) == "testclient", "a visitor of an open server is an address"
    owned = settings_for("127.0.0.1", db=db)
    assert owned.owner
    client = TestClient(build(bench, owned), base_url="http://127.0.0.1")
    assert client.post("/suggest", json={**SUGGESTION, "s": "Surenyan"}).json()["success"]
    assert bench.store(db).log(1)[0].author == "karen"
