"""TBX-Basic: valid on the way out, nothing lost on the way back, hostile files refused."""

from pathlib import Path

import pytest
from lxml import etree

from workbench.errors import GlossaryError
from workbench.glossary.formats import tbx, yaml_tree
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term, Type

SCHEMA = Path(__file__).parent / "formats" / "data" / "tbx_basic_dca.rng"
OPEN = (
    '<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
    "<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n"
)
CLOSE = "</body></text></tbx>\n"


def concept(terms, id="c1"):
    return f'<conceptEntry id="{id}">\n<langSec xml:lang="en">\n{terms}\n</langSec></conceptEntry>\n'


def section(text, **notes):
    said = "".join(f'<termNote type="{type}">{value}</termNote>' for type, value in notes.items())
    return f"<termSec><term>{text}</term>{said}</termSec>"


@pytest.fixture
def exported(full, tmp_path):
    path = tmp_path / "sample.tbx"
    tbx.write(yaml_tree.read(full), path)
    return path


def test_what_is_written_is_read_back(full, exported):
    assert tbx.read(exported) == yaml_tree.read(full)


def test_the_export_is_valid_tbx_basic(exported):
    etree.RelaxNG(etree.parse(SCHEMA)).assertValid(etree.parse(exported))


def test_the_export_is_the_same_each_time(full, exported, tmp_path):
    tbx.write(yaml_tree.read(full), tmp_path / "again.tbx")
    assert (tmp_path / "again.tbx").read_bytes() == exported.read_bytes()
    assert exported.read_bytes().endswith(b"</tbx>\n")


def test_an_empty_glossary_and_an_entry_without_terms_are_refused(tmp_path):
    with pytest.raises(GlossaryError, match="at least one entry"):
        tbx.write(Glossary(), tmp_path / "a.tbx")
    with pytest.raises(GlossaryError, match="'x' has no terms"):
        tbx.write(Glossary((Entry("x"),)), tmp_path / "a.tbx")


@pytest.mark.parametrize("status", Status)
def test_every_status_survives(status, tmp_path):
    glossary = Glossary((Entry("a", terms=(Term("en", "A", status),)),), name="g")
    tbx.write(glossary, tmp_path / "g.tbx")
    assert tbx.read(tmp_path / "g.tbx") == glossary


def test_statuses_and_types_of_others_are_understood(write):
    terms = (
        section("A", administrativeStatus="preferredTerm-admn-sts", termType="fullForm")
        + section("B", administrativeStatus="admitted", termType="variant")
        + section("C", administrativeStatus="supersededTerm-admn-sts")
        + section("D", administrativeStatus="notRecommended", partOfSpeech="properNoun", grammaticalGender="feminine")
        + section("E", termType="acronym")
        + section("F", administrativeStatus="forbidden", termType="shortForm")
    )
    glossary = tbx.read(write(OPEN + concept(terms) + CLOSE, "a.tbx"))
    assert [(t.text, t.status.value, t.type.value) for t in glossary["c1"].terms] == [
        ("A", "preferred", "full"),
        ("B", "admitted", "full"),
        ("C", "superseded", "full"),
        ("D", "deprecated", "full"),
        ("E", "preferred", "abbreviation"),
        ("F", "forbidden", "short"),
    ]
    assert (glossary["c1"].terms[3].pos, glossary["c1"].terms[3].gender) == ("proper noun", "f")


def test_one_term_of_a_type_is_preferred_whatever_the_file_says(write):
    plain = concept(section("A") + section("B"))
    said = concept(section("A") + section("B", administrativeStatus="preferredTerm-admn-sts"), "c2")
    both = concept("".join(section(t, administrativeStatus="preferredTerm-admn-sts") for t in "AB"), "c3")
    regions = (
        '<conceptEntry id="c4"><langSec xml:lang="en-GB"><termSec><term>A</term></termSec></langSec>'
        '<langSec xml:lang="en-US"><termSec><term>A</term></termSec><termSec><term>B</term></termSec></langSec>'
        "</conceptEntry>"
    )
    glossary = tbx.read(write(OPEN + plain + said + both + regions + CLOSE, "a.tbx"))
    preferred = {e.id: [t.text for t in e.terms if t.status is Status.PREFERRED] for e in glossary.entries}
    assert preferred == {"c1": ["A"], "c2": ["B"], "c3": ["A"], "c4": ["A", "A"]}
    assert [(t.tag, t.text) for t in glossary["c4"].terms] == [("en-GB", "A"), ("en-US", "A"), ("en-US", "B")]


def test_the_style_with_tags_is_read(write):
    glossary = tbx.read(
        write(
            '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"'
            ' xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">'
            "<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>"
            '<conceptEntry id="c"><min:subjectField>Sky</min:subjectField><langSec xml:lang="en">'
            "<descripGrp><basic:definition>A group\n\t of stars</basic:definition></descripGrp>"
            "<termSec><term>open <hi>cluster</hi></term><min:partOfSpeech>noun</min:partOfSpeech>"
            "<basic:termType>shortForm</basic:termType></termSec></langSec></conceptEntry></body></text></tbx>",
            "a.tbx",
        )
    )
    entry = glossary["c"]
    assert (entry.subject, entry.definition) == ("Sky", "A group of stars")
    assert entry.terms == (Term("en", "open cluster", type=Type.SHORT, pos="noun"),)


def test_the_older_version_is_read(write):
    glossary = tbx.read(
        write(
            '<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'
            '<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body><termEntry>'
            '<langSet xml:lang="es"><tig><term>cúmulo</term></tig></langSet>'
            '<langSet xml:lang="en"><ntig><termGrp><term>cluster</term>'
            '<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig></langSet>'
            "</termEntry></body></text></martif>",
            "old.tbx",
        )
    )
    assert glossary["old-1"].terms == (Term("es", "cúmulo"), Term("en", "cluster", Status.ADMITTED))
    assert glossary["old-1"].kind is Kind.TERM


def test_the_first_context_is_the_citation(write):
    terms = (
        '<termSec><term>A</term><descripGrp><descrip type="context">An A.</descrip></descripGrp>'
        '<descrip type="context">Another.</descrip></termSec>'
    )
    glossary = tbx.read(write(OPEN + concept(terms) + CLOSE, "a.tbx"))
    assert glossary["c1"].terms[0].citation == "An A."


def test_notes_of_others_that_look_like_labels_stay_notes(write):
    terms = "<termSec><term>A</term><note>status: approved by all</note><note>form: as usual</note></termSec>"
    glossary = tbx.read(write(OPEN + concept(terms) + CLOSE, "a.tbx"))
    assert glossary["c1"].terms[0].note == "status: approved by all; form: as usual"


WRONG = {
    "not XML": ("<tbx><a></tbx>", 1, "not valid XML"),
    "another root": ("\n<html/>", 2, "not TBX, its root is 'html'"),
    "an empty file": (" ", 1, "empty"),
    "no entries": (OPEN + CLOSE, 2, "no conceptEntry"),
    "an unknown status": (
        OPEN + concept(section("A", administrativeStatus="fine")) + CLOSE,
        7,
        "unknown status 'fine'",
    ),
    "an unknown language": (OPEN + concept(section("A")).replace('"en"', '"xx"') + CLOSE, 5, "'c1' has no terms"),
    "no language": (OPEN + concept(section("A")).replace(' xml:lang="en"', "") + CLOSE, 6, "unknown language ''"),
    "a term without text": (OPEN + concept(section("")) + CLOSE, 7, "without text"),
    "the same id": (OPEN + concept(section("A")) + concept(section("B")) + CLOSE, 9, "first in line 5"),
    "the same id in our spelling": (
        OPEN + concept(section("A"), "_x0041_") + concept(section("B"), "A") + CLOSE,
        9,
        "first in line 5",
    ),
    "no terms": (OPEN + '<conceptEntry id="a"/>' + CLOSE, 5, "has no terms"),
    "entities": (
        '<!DOCTYPE tbx [<!ENTITY a "x">]>\n<tbx><text><body><conceptEntry><langSec xml:lang="en"><termSec>'
        "<term>&a;</term></termSec></langSec></conceptEntry></body></text></tbx>",
        1,
        "entities",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_mistake_is_told_with_its_line(case, write):
    text, line, says = WRONG[case]
    path = write(text, "a.tbx")
    with pytest.raises(GlossaryError) as error:
        tbx.read(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert says in str(error.value)


def test_no_file_and_no_address_is_fetched(write, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = write(
        f'<!DOCTYPE tbx [<!ENTITY a SYSTEM "{secret.as_uri()}">]>\n<tbx><text><body><conceptEntry>'
        '<langSec xml:lang="en"><termSec><term>x &a;</term></termSec></langSec></conceptEntry></body></text></tbx>',
        "a.tbx",
    )
    with pytest.raises(GlossaryError, match="entities") as error:
        tbx.read(path)
    assert "secret" not in str(error.value).replace(str(path), "")


@pytest.mark.parametrize("where", ["<p>&i;</p>", '<p type="&i;"/>'])
def test_a_billion_laughs_are_refused(where, write):
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(GlossaryError):
        tbx.read(write(f"<!DOCTYPE tbx [{entities}]><tbx>{where}</tbx>", "a.tbx"))


def test_a_tower_of_elements_is_refused(write):
    with pytest.raises(GlossaryError, match="not valid XML"):
        tbx.read(write("<tbx>" * 100_000, "a.tbx"))
