"""Roles: what each may do, asked in one place; passwords and keys; on SQLite and PostgreSQL."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

import workbench
from workbench.errors import Forbidden, InputError
from workbench.glossary import people
from workbench.glossary.desk import MAY, Desk
from workbench.glossary.importing import preview
from workbench.glossary.model import Entry, Glossary, Kind, Review, Status, Term
from workbench.glossary.people import Identity, Role
from workbench.glossary.revisions import Conflict

TOWN = Entry("yerevan", Kind.PLACE, (Term("en", "Yerevan"), Term("en", "Erevan", Status.ADMITTED)))
OTHER = Entry("gyumri", Kind.PLACE, (Term("en", "Gyumri"),))
PASSWORD = "correct horse battery"


@pytest.fixture
def desk(store):
    """The desk of somebody of a role, in a store with two entries."""
    store.put([TOWN, OTHER], "anna")
    return lambda role: Desk(store, Identity(role.value, role))


DEEDS = {
    "propose": lambda d: d.put([replace(TOWN, note="x", review=Review.PROPOSED)]),
    "change": lambda d: d.put([], about=Glossary(title="x")),
    "approve": lambda d: d.review("yerevan", Review.REJECTED),
    "remove": lambda d: d.remove("yerevan"),
    "merge": lambda d: d.merge("yerevan", "gyumri"),
    "undo": lambda d: d.undo(1),
    "manage people": lambda d: d.add_person("zoe", Role.ADMIN),
}
SAME_RIGHT = (
    ("remove", lambda d: d.restore("yerevan")),
    ("remove", lambda d: d.put([], gone=["gyumri"])),
    ("merge", lambda d: d.split("yerevan", "erevan", {TOWN.terms[1]})),
    ("change", lambda d: d.mend()),
    ("manage people", lambda d: d.set_role("x", Role.READER)),
    ("manage people", lambda d: d.remove_person("x")),
    ("manage people", lambda d: d.set_password("x", PASSWORD)),
    ("manage people", lambda d: d.make_key("x")),
    ("manage people", lambda d: d.drop_key("x")),
)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("deed", "do"), [*DEEDS.items(), *SAME_RIGHT])
def test_each_role_may_do_its_own_and_nothing_more(desk, role, deed, do):
    here = desk(role)
    allowed = any(deed in MAY[other] for other in list(Role)[: list(Role).index(role) + 1])
    before = here.store.revision()
    if not allowed:
        with pytest.raises(Forbidden, match=f"'{role.value}' is {role.value} and may not {deed}; ask one who is"):
            do(here)
        assert here.store.revision() == before
        return
    try:
        do(here)
    except (InputError, Forbidden) as wrong:
        assert "may not" not in str(wrong)  # there is no person x
    else:
        assert here.store.log(1)[0].author == role.value or here.store.revision() == before


def test_what_a_translator_puts_is_proposed_whatever_it_says(desk):
    here = desk(Role.TRANSLATOR)
    here.put([replace(TOWN, note="approved, I say"), Entry("new", terms=(Term("en", "New"),))], "why")
    assert [e.review.value for e in here.store.glossary().entries] == ["approved", "approved", "proposed"]
    assert here.store.glossary()["yerevan"] == TOWN
    assert here.store.get("yerevan").proposal.note == "approved, I say"
    assert (here.store.log(1)[0].author, here.store.log(1)[0].what) == ("translator", "propose")


def test_an_import_by_a_translator_is_proposed(desk):
    here = desk(Role.TRANSLATOR)
    here.apply(preview(here.store, Glossary((replace(TOWN, note="x"), Entry("new", terms=(Term("en", "New"),))))))
    assert here.store.glossary().entries == (
        TOWN,
        OTHER,
        Entry("new", terms=(Term("en", "New"),), review=Review.PROPOSED),
    )
    with pytest.raises(Forbidden, match="may not propose"):
        reader = desk(Role.READER)
        reader.apply(preview(reader.store, Glossary((OTHER,))))


def test_a_conflict_is_settled_as_it_was_chosen(desk):
    here = desk(Role.EDITOR)
    here.store.put([replace(TOWN, note="theirs")], "carl")

    def conflict(mine):
        with pytest.raises(Conflict) as caught:
            here.put([mine], base=1)
        return caught.value

    both = conflict(replace(TOWN, note="mine"))
    with pytest.raises(Conflict):
        here.settle(both, "merge")
    assert here.settle(both, "theirs") == here.store.revision() == 2
    here.settle(conflict(replace(TOWN, subject="cities")), "merge")
    assert (here.store.get("yerevan").entry.note, here.store.get("yerevan").entry.subject) == ("theirs", "cities")
    here.settle(both, "mine")
    assert here.store.get("yerevan").entry == replace(TOWN, note="mine")


# -- people ------------------------------------------------------------------------------------


@pytest.fixture
def office(store):
    """With an admin anna and a translator bob."""
    people.add(store, "anna", Role.ADMIN, "anna")
    people.add(store, "bob", Role.TRANSLATOR, "anna")
    return store


def test_a_store_without_people_is_open_and_the_first_must_be_an_admin(store):
    assert people.identify(store, "anybody") == Identity("anybody", Role.ADMIN)
    with pytest.raises(InputError, match="the first one must be an admin"):
        people.add(store, "bob", Role.READER, "bob")
    with pytest.raises(InputError, match="is no name"):
        people.add(store, "two words", Role.ADMIN, "bob")


def test_who_is_not_known_may_nothing(office):
    assert people.identify(office, "bob") == Identity("bob", Role.TRANSLATOR)
    with pytest.raises(Forbidden, match="'bbo' is not known here, did you mean 'bob'"):
        people.identify(office, "bbo")


def test_changes_of_people_are_signed_and_may_be_repeated(office):
    assert not people.add(office, "bob", Role.TRANSLATOR, "anna")
    assert people.set_role(office, "bob", Role.EDITOR, "anna")
    assert not people.set_role(office, "bob", Role.EDITOR, "anna")
    with pytest.raises(InputError, match="bob' is there as editor"):
        people.add(office, "bob", Role.READER, "anna")
    assert people.remove(office, "bob", "anna")
    assert not people.remove(office, "bob", "anna")
    told = [(r.author, r.what, r.why) for r in office.log()]
    assert told[0] == ("anna", "people", "bob removed")
    assert [why for *_, why in told[1:]] == ["bob is editor", "bob added as translator", "anna added as admin"]
    assert office.undo(1, "anna") == 4  # people are not undone like entries


def test_the_last_admin_stays(office):
    for wish in (
        lambda: people.remove(office, "anna", "anna"),
        lambda: people.set_role(office, "anna", Role.READER, "x"),
    ):
        with pytest.raises(InputError, match="'anna' is the only admin"):
            wish()
    people.add(office, "carl", Role.ADMIN, "anna")
    assert people.set_role(office, "anna", Role.READER, "carl")


def test_a_password_opens_and_is_kept_as_a_hash(office):
    people.set_password(office, "bob", PASSWORD, "anna")
    assert people.by_password(office, "bob", PASSWORD) == Identity("bob", Role.TRANSLATOR)
    wrong = set()
    for name, said in (("bob", "wrong"), ("anna", ""), ("anna", PASSWORD), ("nobody", PASSWORD)):
        with pytest.raises(Forbidden) as caught:
            people.by_password(office, name, said)
        wrong.add(str(caught.value))
    assert len(wrong) == 1
    with pytest.raises(InputError, match="too short"):
        people.set_password(office, "bob", "short", "anna")
    with office.database.reading() as connection:
        kept = connection.execute(text("SELECT password FROM people WHERE name = 'bob'")).scalar_one()
    assert kept.startswith("$argon2id$") and PASSWORD not in kept
    assert [(p.name, p.password) for p in people.everyone(office)] == [("anna", False), ("bob", True)]


def test_a_weak_hash_is_made_anew_when_the_password_is_used(office):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with office.database.writing() as connection:
        connection.execute(text("UPDATE people SET password = :weak"), {"weak": weak})
    people.by_password(office, "bob", PASSWORD)
    with office.database.reading() as connection:
        kept = connection.execute(text("SELECT password FROM people WHERE name = 'bob'")).scalar_one()
    assert kept != weak
    assert people.by_password(office, "bob", PASSWORD).name == "bob"


def test_a_key_is_kept_as_a_hash_and_then_the_name_alone_is_not_believed(office):
    key = people.make_key(office, "bob", "anna")
    assert people.by_key(office, key) == people.identify(office, "bob", key) == Identity("bob", Role.TRANSLATOR)
    with pytest.raises(Forbidden, match="'bob' has a key; show it: set WORKBENCH_KEY"):
        people.identify(office, "bob")
    with pytest.raises(Forbidden, match="the key is of 'bob', not of 'anna'"):
        people.identify(office, "anna", key)
    for wrong in (key[:-1] + "!", key[:-2], "wb_", "", key.replace("wb_", "wb_f", 1)):
        with pytest.raises(Forbidden, match="the key is not known here"):
            people.by_key(office, wrong)
    with office.database.reading() as connection:
        assert key.split("_", 2)[2] not in str(connection.execute(text("SELECT * FROM api_keys")).all())
    (id,) = people.everyone(office)[1].keys
    assert people.drop_key(office, id, "anna") and not people.drop_key(office, id, "anna")
    assert people.identify(office, "bob").name == "bob"


def test_one_may_change_ones_own_password_and_keys(office):
    bob = Desk(office, people.identify(office, "bob"))
    bob.set_password("bob", PASSWORD)
    key = bob.make_key("bob")
    assert bob.drop_key(key.split("_")[1])
    with pytest.raises(Forbidden, match="may not manage people"):
        bob.set_password("anna", PASSWORD)


def test_no_door_changes_a_store_but_through_the_desk():
    """In the doors, a call of a method that writes is on a desk."""
    writing = {"put", "retire", "restore", "review", "merge", "split", "undo"}
    folder = Path(workbench.__file__).parent
    for path in (*folder.glob("cli/**/*.py"), *folder.glob("ui/**/*.py"), *folder.glob("api*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing:
                owner = ast.unparse(node.func.value)
                assert owner == "desk" or "store" not in owner.lower(), f"{path.name}:{node.lineno}: {owner}"
