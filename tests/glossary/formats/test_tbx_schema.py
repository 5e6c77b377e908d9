"""TBX-Basic as its community publishes it: our files are valid in both styles, theirs are read in every writing."""

from pathlib import Path

import pytest
from lxml import etree

from workbench.glossary import reading
from workbench.glossary.formats import yaml_tree
from workbench.glossary.model import Status, Type

DATA = Path(__file__).with_name("data")
SAMPLES = ("stars_dca.tbx", "stars_dct.tbx", "stars_v2.tbx", "stars_v2_loose.tbx")


def valid(path, style):
    schema = etree.RelaxNG(etree.parse(DATA / f"tbx_basic_{style}.rng"))
    return schema.validate(etree.parse(path))


@pytest.mark.parametrize("style", ["dca", "dct"])
@pytest.mark.parametrize("source", ["full", "bundled", "sample"])
def test_an_export_is_valid_tbx_basic(source, style, full, tmp_path):
    whole = {"full": full, "bundled": "south-caucasus", "sample": DATA / SAMPLES[0]}[source]
    reading.save(reading.load(whole), tmp_path / "a.tbx", "tbx" if style == "dca" else "tbx-dct")
    assert valid(tmp_path / "a.tbx", style)
    assert not valid(tmp_path / "a.tbx", "dct" if style == "dca" else "dca")
    if style == "dct":
        assert "externalCrossReference>" not in (tmp_path / "a.tbx").read_text("utf-8")


@pytest.mark.parametrize("edition", ["ed-3", "ed:3.0"])
def test_files_of_the_drafts_are_read_too(write, edition):
    text = (DATA / SAMPLES[0]).read_text("utf-8")
    survey = reading.survey(write(text.replace(":ed-2", f":{edition}"), "a.tbx"))
    assert survey.glossary.entries == reading.survey(DATA / SAMPLES[0]).glossary.entries


@pytest.mark.parametrize("style", ["dca", "dct"])
def test_the_schema_takes_the_sample_and_refuses_what_the_dialect_forbids(style, write):
    text = (DATA / f"stars_{style}.tbx").read_text("utf-8")
    assert valid(write(text, "a.tbx"), style)
    wrong = {
        "transactionType": "theWrongType",  # a category that is none
        "preferredTerm-admn-sts": "preferred",  # a status of the older version
        ">noun<": ">properNoun<",  # no part of speech of the dialect
        ">acronym<": ">transliteratedForm<",
        "https://example.org/cluster.jpg": "cluster.jpg",
        "2024-03-01": "March 2024",
    }
    for right, other in wrong.items():
        assert right in text and not valid(write(text.replace(right, other), "b.tbx"), style), right


@pytest.mark.parametrize("name", SAMPLES)
def test_every_writing_of_a_file_gives_the_same_entries_and_leaves_nothing_unsaid(name):
    survey = reading.survey(DATA / name)
    assert (survey.refusals, survey.format) == ((), "tbx")
    assert survey.glossary.entries == reading.survey(DATA / SAMPLES[0]).glossary.entries
    cluster, planet = survey.glossary.entries
    assert (cluster.subject, cluster.sources) == ("astronomy", ("Handbook 2007", "Manual"))
    assert cluster.definition == "Young stars that were born together in an arm of a galaxy"
    assert cluster.note.split("; ") == [
        "Checked with the observatory",
        "definition (es): Estrellas jóvenes nacidas juntas",
        "customerSubset: observatory",
        "xGraphic: cluster.jpg (https://example.org/cluster.jpg)",
    ]
    assert [(t.locale, t.text, t.status, t.pos, t.gender) for t in cluster.terms] == [
        ("en", "open cluster", Status.PREFERRED, "noun", ""),
        ("en", "galactic cluster", Status.SUPERSEDED, "noun", ""),
        ("es", "cúmulo abierto", Status.PREFERRED, "noun", "m"),
    ]
    assert cluster.terms[0].citation == "More than a thousand open clusters are known."
    assert cluster.terms[1].note == "An older name; geographicalUsage: United Kingdom"
    assert (planet.external, planet.note) == ((("wikidata", "Q3863"),), "crossReference: open cluster (c1)")
    variant, acronym = planet.terms
    assert (variant.locale, variant.note) == ("en-US", "termType: variant")
    assert (acronym.type, acronym.note) == (Type.ABBREVIATION, "termType: acronym; termLocation: menuItem")
    assert "who made or changed an entry, and when, is left out" in " ".join(survey.remarks)


def test_do_not_translate_of_a_private_dialect_is_understood(write):
    text = (DATA / SAMPLES[0]).read_text("utf-8")
    told = '<descrip type="Translation needed">No</descrip><descrip type="subjectField">'
    glossary = reading.load(write(text.replace('<descrip type="subjectField">', told), "a.tbx"))
    assert [entry.keep for entry in glossary.entries] == [True, False]


def test_a_language_that_we_do_not_know_is_kept_in_the_notes(write):
    text = (DATA / SAMPLES[0]).read_text("utf-8").replace('xml:lang="es"', 'xml:lang="la"')
    survey = reading.survey(write(text, "a.tbx"))
    assert "; la: cúmulo abierto; " in survey.glossary["c1"].note
    assert "terms in 'la', a language that we do not know, are kept in the notes" in survey.remarks


def test_one_wrong_concept_does_not_hide_the_others(write):
    text = (DATA / SAMPLES[0]).read_text("utf-8").replace("admittedTerm-admn-sts", "fine")
    survey = reading.survey(write(text, "a.tbx"))
    assert [entry.id for entry in survey.glossary.entries] == ["c1"]
    line = next(number for number, said in enumerate(text.splitlines(), 1) if ">fine<" in said)
    assert (survey.refusals[0].line, survey.refusals[0].reason[:21]) == (line, "unknown status 'fine'")


def test_what_others_wrote_is_exported_whole_again(tmp_path, full):
    theirs = reading.load(DATA / SAMPLES[0])
    written = reading.save(theirs, tmp_path / "a.tbx")
    assert written.lost == () and reading.load(tmp_path / "a.tbx").entries == theirs.entries
    assert reading.save(yaml_tree.read(full), tmp_path / "b.tbx", "tbx-dct").lost == ()
