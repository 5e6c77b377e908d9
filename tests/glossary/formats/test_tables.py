"""Tables from anywhere: encodings and delimiters found out and said, no column dropped, no formula let through."""

import csv

import pytest

from workbench.errors import GlossaryError
from workbench.glossary import reading
from workbench.glossary.formats import delimited, encodings
from workbench.glossary.formats.fields import Given
from workbench.glossary.model import Entry, Glossary, Status, Term, Type

TABLES = {
    "ru": "id,en,ru\nyerevan,Yerevan,Ереван\nmirzoyan,Ararat Mirzoyan,Арарат Мирзоян\n",
    "uk": "en,uk\nKyiv,Київ\nLviv,Львів\n",
    "fr": "en;fr\nRepublic;République française\nNorth;Déjà vu\n",
    "es": "en,es\nYerevan,Ereván\nSpain,España\n",
    "el": "en,el\nAthens,Αθήνα\nMinister,Υπουργός\n",
    "tr": "en,tr\nCapital,Türkiye'nin başkenti\nIstanbul,İstanbul Şişli\n",
    "pl": "en,pl\nA,Łódź jest miastem\nB,źdźbło\n",
    "long": "concept_id,lang,term\na,en,Yerevan\na,ru,Ереван\n",
}
WRITTEN = [
    ("ru", "cp1251"), ("ru", "koi8_r"), ("ru", "utf-16"), ("ru", "utf-8-sig"), ("ru", "cp866"), ("uk", "cp1251"),
    ("fr", "cp1252"), ("fr", "mac_roman"), ("es", "latin-1"), ("el", "cp1253"), ("tr", "cp1254"), ("pl", "cp1250"),
    ("pl", "iso8859_2"), ("long", "cp1251"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "encoding"), WRITTEN)
def test_the_encoding_of_a_table_is_found_out_and_said(table, encoding, write):
    survey = reading.survey(write(TABLES[table].encode(encoding), "a.csv"))
    plain = reading.survey(write(TABLES[table], "b.csv"))
    assert (survey.refusals, survey.glossary.entries) == ((), plain.glossary.entries)
    assert any("--encoding" in remark for remark in survey.remarks) is not encoding.startswith("utf")


def test_an_encoding_that_a_person_names_is_taken(write):
    path = write("en,ru\nA,Ж\n".encode("koi8-r"), "a.csv")
    assert reading.survey(path, given=Given(encoding="koi8-r")).glossary.entries[0].terms[1].text == "Ж"
    with pytest.raises(GlossaryError, match="no encoding 'koi9' is known"):
        reading.survey(path, given=Given(encoding="koi9"))
    with pytest.raises(GlossaryError, match="a.csv:2: not utf-8"):
        reading.survey(path, given=Given(encoding="utf-8"))


def test_bytes_without_a_hint_are_judged_by_statistics():
    text = "Республика Армения и город Ереван, столица её, стоят под Араратом уже двадцать восемь веков подряд"
    assert encodings.guessed(text.encode("cp1251")) == "cp1251"


def test_a_delimiter_is_said(write):
    assert reading.survey(write("en;ru\nA;Б\n", "a.csv")).remarks == ("delimiter: semicolon",)
    assert len(reading.survey(write("en:ru\nA:Б\n", "a.csv"), "csv", Given(delimiter=":")).glossary) == 1


def test_columns_that_are_not_ours_are_kept_in_the_notes_and_told(write):
    path = write("id,en,Ticket,note,xx,\na,A,T-1,n,y,z\nb,B,,,,\n", "a.csv")
    survey = reading.survey(path)
    assert [entry.note for entry in survey.glossary.entries] == ["n; Ticket: T-1; xx: y; z", ""]
    assert [remark.split("'")[1] for remark in survey.remarks] == ["Ticket", "xx"]
    assert reading.load(path).entries == survey.glossary.entries
    long = reading.survey(write("lang,term,ticket\nen,A,T-1\n", "b.csv"))
    assert (long.glossary.entries[0].terms[0].note, len(long.remarks)) == ("ticket: T-1", 1)


def test_a_column_has_a_tag_a_status_and_a_type(write):
    glossary = reading.load(
        write("id,sr-latn,en:short:deprecated,en:admitted\na,Beograd,B,Belgrade|Beograd\n", "a.csv")
    )
    assert glossary["a"].terms == (
        Term("sr", "Beograd", tag="sr-Latn"),
        Term("en", "B", Status.DEPRECATED, Type.SHORT),
        Term("en", "Belgrade", Status.ADMITTED),
        Term("en", "Beograd", Status.ADMITTED),
    )


FORMULAS = ("=1+1", "+1", "-ian", "@SUM(A1)", "'=quoted", "''-twice", "＝wide")
PLAIN = ("'s-Gravenhage", "'", "a=b", "1-2", "'a'")


@pytest.mark.parametrize("format", ["csv", "csv-long"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_no_cell_runs_as_a_formula_and_each_comes_back_as_it_was(format, suffix, tmp_path):
    texts = (*FORMULAS, *PLAIN)
    glossary = Glossary(tuple(Entry(f"e{n}", terms=(Term("en", text),)) for n, text in enumerate(texts)))
    out = tmp_path / f"a{suffix}"
    written = reading.save(glossary, out, format)
    assert any(f"({len(FORMULAS)} cells)" in remark for remark in written.remarks)
    with out.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter="\t" if suffix == ".tsv" else ",") for cell in row]
    assert not any(cell[:1] in "=+-@＝" for cell in cells if cell)
    assert [entry.terms[0].text for entry in reading.load(out).entries] == list(texts)


def test_a_service_gets_the_bare_term_and_a_person_a_warning(tmp_path):
    glossary = Glossary((Entry("a", terms=(Term("en", "=x"), Term("es", "y"))),))
    written = reading.save(glossary, tmp_path / "a.csv", "deepl", Given(("en", "es")))
    assert (tmp_path / "a.csv").read_text() == "=x,y,en,es\n"
    assert "do not open the file in a spreadsheet" in written.remarks[0]


def test_one_bad_row_spoils_its_concept_and_no_other(write):
    text = "concept_id,lang,term,status\na,en,A,\nb,en,B,\nb,ru,Б,prefered\nc,xx,C,\nd,en,D,\nb,hy,Բ,\n"
    survey = reading.survey(write(text, "a.csv"))
    assert [entry.id for entry in survey.glossary.entries] == ["a", "d"]
    assert [(refusal.line, refusal.reason) for refusal in survey.refusals] == [
        (4, "unknown status 'prefered'; did you mean 'preferred'?"),
        (5, survey.refusals[1].reason),
    ]
    assert "unknown language 'xx'" in survey.refusals[1].reason


def test_rows_of_a_concept_must_not_contradict_each_other(write):
    text = "concept_id,lang,term,subject\na,en,A,law\nb,en,B,\na,ru,А,\na,hy,Ա,trade\n"
    (refusal,) = reading.survey(write(text, "a.csv")).refusals
    assert (refusal.line, "another subject in line 2" in refusal.reason) == (5, True)


def test_a_quote_that_never_closes_refuses_what_follows_it_only(write):
    survey = reading.survey(write('id,en\na,A\nb,"B\nc,C\n', "a.csv"))
    assert ([e.id for e in survey.glossary.entries], [r.line for r in survey.refusals]) == (["a"], [3])


def test_an_absurd_cell_is_refused(write):
    survey = reading.survey(write(f"id,en\na,{'A' * 20_000}\nb,B\n", "a.csv"))
    assert ([e.id for e in survey.glossary.entries], [r.line for r in survey.refusals]) == (["b"], [2])


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    out = tmp_path / "a.csv"
    out.write_text("old")

    def full_disk(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(delimited.fields.os, "fsync", full_disk)
    with pytest.raises(GlossaryError, match="No space left on device"):
        reading.save(Glossary((Entry("a", terms=(Term("en", "A"),)),)), out)
    assert out.read_text() == "old" and list(tmp_path.iterdir()) == [out]
