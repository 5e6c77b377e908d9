"""Vocabularies in SKOS and entities of Wikidata, in."""

import json

import pytest

from workbench.errors import GlossaryError
from workbench.glossary import reading
from workbench.glossary.formats.fields import Given
from workbench.glossary.model import Kind, Status, Term

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/towns/> .

ex:yerevan a skos:Concept ;
  skos:prefLabel "Yerevan"@en, "Ереван"@ru, "Yerevanium"@la ;
  skos:altLabel "Erevan"@en, "Yerevan"@en ;
  skos:hiddenLabel "Erewan"@en ;
  skos:definition "La capitale"@fr, "The capital"@en ;
  skos:scopeNote "since 1918"@en ;
  skos:notation "AM-ER" ;
  skos:exactMatch <http://www.wikidata.org/entity/Q1953> ;
  skos:broader ex:armenia .

ex:armenia a skos:Concept ; skos:prefLabel "Armenia"@en-GB .
ex:nameless a skos:Concept ; skos:prefLabel "x" .
"""

GRAPH = [
    {
        "@id": "https://example.org/towns/yerevan",
        "@type": "http://www.w3.org/2004/02/skos/core#Concept",
        "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "Yerevan", "@language": "en"}],
    }
]


def test_labels_become_terms_and_the_rest_is_noted_or_told(write):
    survey = reading.survey(write(TURTLE, "towns.ttl"))
    entry = survey.glossary["yerevan"]
    assert entry.terms == (
        Term("en", "Yerevan", variants=("Erewan",)),
        Term("ru", "Ереван"),
        Term("en", "Erevan", Status.ADMITTED),
    )
    assert (entry.definition, entry.note) == (
        "The capital",
        "definition (fr): La capitale; notation: AM-ER; since 1918",
    )
    assert entry.external == (("address", "https://example.org/towns/yerevan"), ("wikidata", "Q1953"))
    assert survey.glossary["armenia"].terms == (Term("en", "Armenia", tag="en-GB"),)
    assert (survey.format, survey.lines["yerevan"]) == ("skos", 4)
    assert {"a label in 'la', which we do not know, is left out", "a link 'broader' to another concept is left out"} < {
        *survey.remarks
    }
    (refusal,) = survey.refusals
    assert (refusal.line, "no terms" in refusal.reason) == (15, True)


def test_a_label_without_language_may_be_given_one(write):
    survey = reading.survey(write(TURTLE, "towns.ttl"), given=Given(("de",)))
    assert survey.glossary["nameless"].terms == (Term("de", "x"),)


@pytest.mark.parametrize("suffix", [".jsonld", ".json"])
def test_json_ld_is_read_and_no_context_is_fetched(suffix, write):
    assert reading.load(write(json.dumps(GRAPH), f"a{suffix}"))["yerevan"].terms == (Term("en", "Yerevan"),)
    remote = {"@context": ["https://example.org/context"], "@graph": GRAPH}
    with pytest.raises(GlossaryError, match="the context is an address, and nothing is fetched"):
        reading.load(write(json.dumps(remote), f"b{suffix}"))
    hidden = {"@context": {"x": {"@id": "x:y", "@context": "https://example.org/c"}}, "@graph": GRAPH}
    with pytest.raises(GlossaryError, match="the context is an address"):
        reading.load(write(json.dumps(hidden), f"c{suffix}"))


def test_rdf_xml_is_read_without_entities(write):
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
        '<skos:Concept rdf:about="http://a.org/a"><skos:prefLabel xml:lang="en">A</skos:prefLabel></skos:Concept>'
        "</rdf:RDF>"
    )
    assert reading.load(write(text, "a.rdf"))["a"].terms == (Term("en", "A"),)
    assert reading.survey(write(text, "a.xml")).format == "skos"
    with pytest.raises(GlossaryError, match="entities"):
        reading.load(write(f'<!DOCTYPE r [<!ENTITY a "b">]>{text}', "b.rdf"))


@pytest.mark.parametrize(("name", "text"), [("a.ttl", "ex:a a"), ("a.nt", "<a"), ("a.jsonld", "{"), ("a.jsonld", "{}")])
def test_a_broken_vocabulary_is_an_error_with_a_way_out(name, text, write):
    with pytest.raises(GlossaryError, match=rf"{name}:\d+: .*; .*"):
        reading.load(write(text, name))


def claim(number):
    return {"mainsnak": {"datavalue": {"type": "wikibase-entityid", "value": {"id": number}}}}


def said(**texts):
    return {code.replace("_", "-"): {"language": code, "value": text} for code, text in texts.items()}


ENTITIES = {
    "entities": {
        "Q1": {
            "type": "item",
            "id": "Q1",
            "labels": said(
                en="Ararat Mirzoyan", en_gb="Ararat Mirzoyan", ru="Арарат Мирзоян", sr_el="Mirzojan", xx="X"
            ),
            "aliases": {
                "en": [{"language": "en", "value": "Mirzoyan"}],
                "uk": [{"language": "uk", "value": "Мірзоян"}],
            },
            "descriptions": said(es="político", en="Armenian politician"),
            "claims": {"P31": [claim("Q5")], "P21": [claim("Q6581097")], "P106": []},
            "sitelinks": {"enwiki": {}},
        },
        "Q2": {"id": "Q2", "labels": said(en="Lake Sevan"), "aliases": [], "claims": {"P625": [{"mainsnak": {}}]}},
        "Q3": {"id": "Q3", "missing": ""},
        "Q4": {"id": "Q4", "labels": said(xx="Y")},
    },
    "success": 1,
}


def test_an_entity_becomes_an_entry_with_its_number(write):
    survey = reading.survey(write(json.dumps(ENTITIES, indent=1, ensure_ascii=False), "a.json"))
    person, lake = survey.glossary.entries
    assert (person.kind, person.gender, person.external) == (Kind.PERSON, "m", (("wikidata", "Q1"),))
    assert person.terms == (
        Term("en", "Ararat Mirzoyan", variants=("Mirzoyan",)),
        Term("ru", "Арарат Мирзоян"),
        Term("sr", "Mirzojan", tag="sr-Latn"),
        Term("uk", "Мірзоян", Status.ADMITTED),
    )
    assert (person.definition, lake.kind) == ("Armenian politician", Kind.PLACE)
    assert {
        "names in 'xx', which we do not know, are left out (2 times)",
        "claims and links of an entity are left out",
    } < {*survey.remarks}
    assert [("Q3" in r.reason, "Q4" in r.reason) for r in survey.refusals] == [(True, False), (False, True)]
    assert all(refusal.line > 3 for refusal in survey.refusals)


def test_a_list_of_entities_and_one_alone_are_read_and_other_json_is_not(write):
    entity = ENTITIES["entities"]["Q2"]
    assert (
        reading.load(write(json.dumps([entity]), "a.json")).entries
        == reading.load(write(json.dumps(entity), "b.json")).entries
    )
    for text in ("[1]", '{"a": 1}', "[", "[" * 100_000):
        with pytest.raises(GlossaryError, match=r"c\.json:1: "):
            reading.load(write(text, "c.json"))
