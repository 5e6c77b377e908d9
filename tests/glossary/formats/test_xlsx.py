"""Workbooks: what a person typed is read, what a bomb or an absurd sheet holds is not."""

import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from workbench.errors import GlossaryError
from workbench.glossary import reading
from workbench.glossary.formats import xlsx
from workbench.glossary.model import Entry, Glossary, Term

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path):
    def book(*rows, name="a.xlsx"):
        made = Workbook()
        for row in rows:
            made.active.append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return book


def repacked(path, **parts):
    """The workbook with other parts; names with two underscores for a slash."""
    with zipfile.ZipFile(path) as old:
        whole = {name: old.read(name) for name in old.namelist()}
    whole |= parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in whole.items():
            new.writestr(name, data)
    return path


def test_cells_of_any_type_are_texts(book):
    path = book(
        ["id", "kind", "en", "ru", None], ["a", "work", 2020, 1.5, None], [None] * 5, ["b", None, True, "Б", "odd"]
    )
    survey = reading.survey(path)
    assert [[t.text for t in e.terms] for e in survey.glossary.entries] == [["2020", "1.5"]]
    assert [(refusal.line, "5 cells under 4" in refusal.reason) for refusal in survey.refusals] == [(4, True)]


def test_a_long_sheet_is_known_by_its_header(book):
    survey = reading.survey(book(["concept_id", "lang", "term"], ["a", "en", "A"], ["a", "ru", "А"]))
    assert [(t.language, t.text) for t in survey.glossary["a"].terms] == [("en", "A"), ("ru", "А")]


def test_a_formula_is_marked_as_a_text_and_told(tmp_path):
    glossary = Glossary((Entry("a", terms=(Term("en", "=1+1"), Term("ru", "-ян"))),))
    written = reading.save(glossary, tmp_path / "a.xlsx")
    assert written.remarks == ("a cell begins like a formula: it is marked as a text (2 cells)",)
    cell = next(c for row in load_workbook(tmp_path / "a.xlsx").active for c in row if c.value == "=1+1")
    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", True)
    assert reading.load(tmp_path / "a.xlsx").entries == glossary.entries


def test_a_formula_of_others_counts_as_its_last_value_and_never_runs(book):
    path = book(["id", "en"], ["a", "=1+1"], ["b", "B"])
    survey = reading.survey(path)
    assert [entry.id for entry in survey.glossary.entries] == ["b"]  # that file was never calculated: no value
    assert survey.refusals[0].line == 2


def test_a_bomb_is_refused_before_it_unpacks(book):
    bomb = repacked(book(["en"], ["A"]), **{"xl/media/x.bin": bytes(50_000_000)})
    with pytest.raises(GlossaryError, match=r"a\.xlsx:1: .* unpack to 50,"):
        reading.survey(bomb)
    many = repacked(book(["en"], ["A"]), **{f"x/{n}": b"" for n in range(xlsx.PARTS)})
    with pytest.raises(GlossaryError, match="parts that unpack"):
        reading.survey(many)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding, book):
    evil = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet/>'.encode(encoding)
    with pytest.raises(GlossaryError, match="declares XML entities"):
        reading.survey(repacked(book(["en"], ["A"]), **{SHEET: evil}))


def test_an_absurd_size_is_not_believed_and_absurd_cells_are_bounded(book):
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>en</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c>'
        '<c r="ZZZ2" t="inlineStr"><is><t>far</t></is></c></row>'
        '<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>B</t></is></c></row>'
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    )
    survey = reading.survey(repacked(book(["en"]), **{SHEET: sheet.encode()}))
    assert survey.refusals[0].reason.startswith("18278 cells under 1 columns")
    assert any("10,000 empty rows" in remark for remark in survey.remarks)
    with pytest.raises(GlossaryError, match="300 columns"):
        reading.survey(book([f"c{n}" for n in range(300)]))
    long = reading.survey(book(["id", "en"], ["a", "A" * 20_000], ["b", "B"]))
    assert ([e.id for e in long.glossary.entries], [r.line for r in long.refusals]) == (["b"], [2])


NO_NUMBER = b'<worksheet><sheetData><row r="a"/></sheetData></worksheet>'


@pytest.mark.parametrize("broken", [{SHEET: b"<worksheet"}, {"xl/workbook.xml": b"<x/>"}, {SHEET: NO_NUMBER}])
def test_a_broken_workbook_is_an_error_with_a_way_out(broken, book):
    with pytest.raises(GlossaryError, match="a.xlsx:1: "):
        reading.survey(repacked(book(["en"], ["A"]), **broken))


def test_what_is_no_archive_and_what_has_no_sheet_is_told(write, book):
    with pytest.raises(GlossaryError, match="not a readable XLSX"):
        reading.survey(write("PK\x03\x04 nothing", "a.xlsx"))
    with pytest.raises(GlossaryError, match="no sheet with a header"):
        reading.survey(book())


def test_other_sheets_are_told(tmp_path):
    made = Workbook()
    made.active.append(["en"])
    made.active.append(["A"])
    made.create_sheet("more")
    made.save(tmp_path / "a.xlsx")
    assert reading.survey(tmp_path / "a.xlsx").remarks == ("only the sheet 'Sheet' was read, not more",)
