"""Files of translation services and of OmegaT, written as their documentation shows them."""

import pytest

from workbench.errors import GlossaryError
from workbench.glossary import reading
from workbench.glossary.formats.fields import Given
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term

FR_ES = Given(("fr", "es"))


def terms(survey):
    return {
        entry.id: [(t.locale, t.text, t.status.value[:4]) for t in entry.terms] for entry in survey.glossary.entries
    }


def test_deepl_pairs_of_two_columns_need_their_languages(write):
    path = write('belle,hermosa\n"délicieux, euse",exquisito\n"dit ""oui""",dice sí\n', "fr.csv")
    survey = reading.survey(path, given=FR_ES)
    assert survey.format == "deepl"
    assert terms(survey) == {
        "belle": [("fr", "belle", "pref"), ("es", "hermosa", "pref")],
        "délicieux-euse": [("fr", "délicieux, euse", "pref"), ("es", "exquisito", "pref")],
        "dit-oui": [("fr", 'dit "oui"', "pref"), ("es", "dice sí", "pref")],
    }
    with pytest.raises(GlossaryError, match="--from en --to es"):
        reading.load(path)
    named = reading.survey(write(path.read_text(), "belles.fr-es.csv"))
    assert terms(named) == terms(survey) and named.remarks == ("from fr to es, as the name of the file says",)


def test_deepl_exports_name_the_languages_and_a_relevance(write):
    survey = reading.survey(write("belle,hermosa,FR,ES\nmouse,ratón,EN,ES,0.9\n,x,FR,ES\n", "a.csv"))
    assert (survey.format, [refusal.line for refusal in survey.refusals]) == ("deepl", [3])
    assert [[t.language for t in e.terms] for e in survey.glossary.entries] == [["fr", "es"], ["en", "es"]]
    assert survey.glossary["mouse"].note == "0.9"


@pytest.mark.parametrize("suffix", [".txt", ".utf8", ".tab"])
def test_omegat_has_three_columns_and_joins_rows_with_one_source(suffix, write):
    text = '# our terms\ncluster\tcúmulo\tastronomy\n"open" cluster\tcúmulo "abierto"\ncluster\tclúster\tcomputing\n\n'
    survey = reading.survey(write(text, f"a{suffix}"), given=Given(("en", "es")))
    assert (survey.format, survey.refusals) == ("omegat", ())
    assert terms(survey) == {
        "cluster": [("en", "cluster", "pref"), ("es", "cúmulo", "pref"), ("es", "clúster", "admi")],
        "open-cluster": [("en", '"open" cluster', "pref"), ("es", 'cúmulo "abierto"', "pref")],
    }
    assert survey.glossary["cluster"].note == "astronomy; computing"


def test_google_takes_pairs_without_a_header_and_term_sets_with_one(write):
    pairs = reading.survey(write("account,cuenta\ndirections,indicaciones\n", "a.csv"), "google", Given(("en", "es")))
    assert terms(pairs)["account"] == [("en", "account", "pref"), ("es", "cuenta", "pref")]
    text = "en,es,id,pos,description\naccount,cuenta,akun,noun,A user account\ndirections,indicaciones,,,\nx,y,,nown,\n"
    sets = reading.survey(write(text, "b.csv"), "google")
    assert terms(sets)["account"] == [("en", "account", "pref"), ("es", "cuenta", "pref"), ("id", "akun", "pref")]
    assert (sets.glossary["account"].definition, sets.glossary["account"].terms[0].pos) == ("A user account", "noun")
    assert "did you mean 'noun'" in sets.refusals[0].reason


def test_amazon_has_a_header_of_codes(write):
    survey = reading.survey(write("en,fr,es\nAmazon Photos,Amazon Photos,Amazon Photos\n", "a.csv"))
    assert terms(survey) == {"amazon-photos": [(code, "Amazon Photos", "pref") for code in ("en", "fr", "es")]}


def test_what_services_get_is_what_their_documentation_asks_for(tmp_path):
    glossary = Glossary((
        Entry("yerevan", Kind.PLACE, (
            Term("en", "Yerevan"), Term("en", "Erivan", Status.DEPRECATED), Term("es", "Ereván"),
            Term("es", "Yereván", Status.ADMITTED), Term("ru", "Ереван"),
        ), definition="A city"),
        Entry("bbc", Kind.ORGANISATION, (Term("en", "BBC"), Term("en", "Beeb", Status.ADMITTED)), keep=True),
        Entry("again", Kind.PLACE, (Term("en", "Yerevan"), Term("es", "Otro"))),
    ))  # fmt: skip

    def written(format, suffix, *languages):
        out = tmp_path / f"a{suffix}"
        told = reading.save(glossary, out, format, Given(languages))
        return out.read_text("utf-8").splitlines(), told

    rows, told = written("deepl", ".csv", "en", "es")
    assert rows == ["Yerevan,Ereván,en,es", "BBC,BBC,en,es", "Beeb,Beeb,en,es"]
    assert {"terms in ru: 1 of 1", "deprecated full terms: 1 of 1", "keep: 1 of 1"} <= set(told.lost)
    assert written("google", ".tsv", "en", "es")[0] == ["Yerevan\tEreván", "BBC\tBBC", "Beeb\tBeeb"]
    assert written("google", ".csv")[0][:2] == ["en,es,ru,description", "Yerevan,Ereván,Ереван,A city"]
    assert written("amazon", ".csv", "es", "en")[0] == ["es,en", "Ereván,Yerevan", "Otro,Yerevan"]
    assert written("omegat", ".utf8", "en", "ru")[0][0] == "Yerevan\tЕреван"


TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="x" creationtoolversion="0" datatype="PlainText" segtype="sentence" adminlang="en" srclang="en"/>
<body>
<tu tuid="a 1"><note>n</note><prop type="domain">sky</prop>
<tuv xml:lang="en"><seg>open <bpt i="1">&lt;b></bpt>cluster<ept i="1">&lt;/b></ept></seg></tuv>
<tuv lang="pt-br"><seg>aglomerado</seg></tuv><tuv xml:lang="pt-BR"><seg>cúmulo</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>black hole</seg></tuv></tu>
<tu><tuv xml:lang="qq"><seg>x</seg></tuv></tu>
</body></tmx>"""


def test_tmx_is_read_without_its_markup(write):
    survey = reading.survey(write(TMX, "a.tmx"))
    assert terms(survey) == {
        "a-1": [("en", "open cluster", "pref"), ("pt-BR", "aglomerado", "pref"), ("pt-BR", "cúmulo", "admi")],
        "black-hole": [("en", "black hole", "pref")],
    }
    assert (survey.glossary["a-1"].note, [r.line for r in survey.refusals]) == ("n; domain: sky", [10])
    assert reading.survey(write(TMX, "a.xml")).format == "tmx"
    with pytest.raises(GlossaryError, match="entities"):
        reading.load(write(TMX.replace('"tmx14.dtd"', '"tmx14.dtd" [<!ENTITY a "b">]'), "b.tmx"))


def test_json_lines_tell_each_wrong_line(write):
    lines = [
        '{"glossary": {"name": "g", "styles": [{"name": "ian"}]}}',
        '{"id": "a", "terms": {"en": ["A", {"text": "B", "status": "admitted", "styles": ["ian"], "fuzzy": true}]}}',
        '{"id": "b", "terms": {"en": "B"}, "knid": "place"}',
        "{",
        '{"id": "c", "keep": null, "terms": {"en": [2020]}}',
        "[" * 100_000,
    ]
    survey = reading.survey(write("\n".join(lines), "a.jsonl"))
    assert [entry.id for entry in survey.glossary.entries] == ["a", "c"]
    assert (survey.glossary.name, survey.glossary["a"].terms[1].fuzzy) == ("g", True)
    assert [refusal.line for refusal in survey.refusals] == [3, 4, 6]
    assert "did you mean 'kind'" in survey.refusals[0].reason and "not valid JSON" in survey.refusals[1].reason


def test_a_format_is_found_by_content_and_may_be_said(write):
    table = "source\ttarget\n"
    assert reading.survey(write(table, "a.txt"), given=Given(("en", "es"))).format == "omegat"
    assert reading.survey(write("id\ten\nA\tB\n", "a.txt")).format == "csv"
    assert reading.survey(write("lang,term\nen,B\n", "a.csv")).format == "csv-long"
    assert reading.survey(write('{"entities": {}}', "a.json")).format == "wikidata"
    with pytest.raises(GlossaryError, match="no format 'deepel'; did you mean 'deepl'"):
        reading.survey(write(table, "a.txt"), "deepel")
    with pytest.raises(GlossaryError, match="neither TBX nor TMX"):
        reading.survey(write("<html/>", "a.xml"))


def test_omegat_tells_of_cells_that_a_spreadsheet_would_run(tmp_path):
    glossary = Glossary((Entry("a", terms=(Term("en", "one"), Term("ru", "=1+1")), note="-n"),))
    written = reading.save(glossary, tmp_path / "a.utf8", "omegat", Given(("en", "ru")))
    assert written.remarks == ("a cell begins like a formula: do not open the file in a spreadsheet (2 cells)",)
