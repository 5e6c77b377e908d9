"""The glossaries that come with the workbench."""

import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from workbench.glossary.formats import tbx, yaml_tree
from workbench.glossary.model import Glossary, Term

FOLDER = Path(__file__).resolve().parents[2] / "glossaries"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
pytestmark = pytest.mark.skipif(not NAMES, reason="no bundled glossaries yet")


@pytest.fixture(scope="module", params=NAMES)
def glossary(request) -> Glossary:
    return yaml_tree.read(FOLDER / f"{request.param}.yaml")


def texts(term: Term) -> list[str]:
    return [term.text, *term.variants, *(form for _, form in term.forms)]


def test_it_says_what_it_is(glossary):
    assert glossary.title and glossary.licence
    assert (FOLDER / f"{glossary.name}.yaml").exists()


def test_every_text_of_the_file_is_nfc(glossary):
    text = (FOLDER / f"{glossary.name}.yaml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if not unicodedata.is_normalized("NFC", line)] == []


def test_both_formats_give_it_back(glossary, tmp_path):
    tbx.write(glossary, tmp_path / "a.tbx")
    yaml_tree.write(glossary, tmp_path / "a.yaml")
    assert tbx.read(tmp_path / "a.tbx") == glossary
    assert yaml_tree.read(tmp_path / "a.yaml") == glossary


def test_the_tbx_beside_it_is_its_export(glossary, tmp_path):
    beside = FOLDER / f"{glossary.name}.tbx"
    if not beside.exists():
        pytest.skip(f"no {beside.name} yet")
    tbx.write(glossary, tmp_path / "a.tbx")
    same = beside.read_bytes() == (tmp_path / "a.tbx").read_bytes()
    assert same, f"write it again: workbench glossary export {glossary.name} {beside.name}"


def test_no_text_belongs_to_two_entries(glossary):
    owners = defaultdict(set)
    for entry in glossary.entries:
        for term in entry.terms:
            owners[term.language, term.text].add(entry.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


def test_no_spelling_of_an_entry_is_the_term_of_another(glossary):
    owners = {(term.language, term.text): entry.id for entry in glossary.entries for term in entry.terms}
    clashes = [
        (entry.id, term.language, text, owners[term.language, text])
        for entry in glossary.entries
        for term in entry.terms
        for text in texts(term)
        if owners.get((term.language, text), entry.id) != entry.id
    ]
    assert clashes == []


@pytest.mark.skipif("south-caucasus" not in NAMES, reason="not there yet")
def test_south_caucasus_is_large():
    assert len(yaml_tree.read(FOLDER / "south-caucasus.yaml")) >= 150
