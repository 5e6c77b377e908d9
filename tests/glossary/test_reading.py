"""Paths, bundled names, conversions."""

import pytest

from workbench import bundled
from workbench.errors import GlossaryError
from workbench.glossary import reading
from workbench.glossary.formats import tbx, yaml_tree


@pytest.fixture
def shelf(tmp_path, monkeypatch, full):
    """A folder of bundled glossaries with one in it."""
    folder = tmp_path / "glossaries"
    folder.mkdir()
    (folder / "caucasus.yaml").write_bytes(full.read_bytes())
    (folder / "caucasus.tbx").write_text("not a glossary of its own")
    monkeypatch.setattr(bundled, "folder", lambda name: tmp_path / name)
    return folder


def test_a_bundled_glossary_is_found_by_its_name(shelf, full):
    assert reading.bundled_names() == ["caucasus"]
    assert reading.load("caucasus") == yaml_tree.read(full)


def test_an_unknown_name_lists_what_is_there(shelf):
    with pytest.raises(GlossaryError, match="did you mean 'caucasus'"):
        reading.load("caucasu")
    with pytest.raises(GlossaryError, match="known: caucasus"):
        reading.load("zzz")


def test_without_bundled_glossaries_a_name_is_unknown(tmp_path, monkeypatch):
    monkeypatch.setattr(bundled, "folder", lambda name: tmp_path / "none")
    assert reading.bundled_names() == []
    with pytest.raises(GlossaryError, match="none is installed"):
        reading.load("caucasus")


def test_a_path_is_read_by_its_suffix(full, write, tmp_path):
    table = write("en\nA\n", "a.CSV")
    assert reading.load(full) == reading.load(str(full))
    assert len(reading.load(table)) == 1
    with pytest.raises(GlossaryError, match=r"no format for '\.docx' \(known: \.yaml"):
        reading.load("a.docx")
    with pytest.raises(GlossaryError, match="no such file"):
        reading.load(tmp_path / "none.yaml")
    with pytest.raises(GlossaryError, match="no format for ''"):
        reading.load(tmp_path / "none")


def test_convert_writes_the_format_of_the_suffix(full, tmp_path):
    glossary = reading.convert(full, tmp_path / "out.tbx")
    assert tbx.read(tmp_path / "out.tbx") == glossary
    assert reading.convert(tmp_path / "out.tbx", tmp_path / "out.yml") == glossary
    assert yaml_tree.read(tmp_path / "out.yml") == glossary


def test_convert_refuses_what_it_cannot_write(full, tmp_path):
    with pytest.raises(GlossaryError, match=r"cannot be written as '\.docx' \(known: yaml, tbx"):
        reading.convert(full, tmp_path / "out.docx")
    with pytest.raises(GlossaryError, match="cannot be written as 'skos'"):
        reading.writable(tmp_path / "out.ttl", "skos")
