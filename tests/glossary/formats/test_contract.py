"""What goes into a file comes back out of it, as far as its format has a place for it; the rest is counted."""

from dataclasses import replace
from random import Random

import pytest

from workbench.errors import GlossaryError
from workbench.glossary import reading
from workbench.glossary.formats import catalogue, yaml_tree
from workbench.glossary.formats.catalogue import FORMATS
from workbench.glossary.formats.fields import Given
from workbench.glossary.formats.losses import losses
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term, Type

WRITTEN = [format for format in FORMATS.values() if format.writes]
SUFFIX = {
    "tbx-dct": ".tbx",
    "csv-long": ".csv",
    "xlsx-long": ".xlsx",
    "deepl": ".csv",
    "google": ".csv",
    "amazon": ".csv",
}
HOLD_ALL = ("yaml", "tbx", "tbx-dct", "jsonl")

NASTY = Glossary(
    (
        Entry("formula", terms=(Term("en", "=1+1"), Term("en", "@home", Status.ADMITTED), Term("es", "-ián"))),
        Entry("quoted", terms=(Term("en", "'=x"), Term("es", "'s-Gravenhage")), note="+374 'or' \"00\""),
        Entry("bar", terms=(Term("en", "a|b", variants=("c|d", "=e")), Term("es", 'say "so", he said; yes'))),
        Entry("hash", terms=(Term("en", "#1"), Term("es", "número uno"))),
        Entry("Identity", terms=(Term("id", "jakarta"), Term("en", "Jakarta"), Term("es", "Yakarta"))),
        Entry("scripts", terms=(Term("ar", "يريفان"), Term("zh", "埃里温"), Term("en", "A\u00a0B"), Term("es", "x"))),
        Entry("admitted", terms=(Term("en", "only admitted", Status.ADMITTED), Term("es", "solo"))),
        Entry("short", terms=(Term("en", "US", type=Type.ABBREVIATION), Term("en", "A", type=Type.SHORT))),
        Entry("kept", Kind.ORGANISATION, (Term("en", "BBC"),), keep=True),
        Entry("no", terms=(Term("no", "No"), Term("en", "yes"), Term("es", "sí")), external=(("address", "https://a.org/?a=b|c"),)),
        Entry("numbers", terms=(Term("en", "2020"), Term("es", "1e5"), Term("ru", "007"))),
    ),
    name="nasty",
)  # fmt: skip


@pytest.fixture(params=["full", "nasty", "bundled"])
def glossary(request):
    if request.param == "bundled":
        return reading.load("south-caucasus")
    return NASTY if request.param == "nasty" else yaml_tree.read(request.getfixturevalue("full"))


def nameless(glossary):
    """Tables are called as their file is."""
    return replace(glossary, name="")


@pytest.mark.parametrize("format", WRITTEN, ids=lambda f: f.name)
def test_what_goes_in_comes_back_as_the_format_can_hold_it(format, glossary, tmp_path):
    out = tmp_path / f"x{SUFFIX.get(format.name) or format.suffixes[0]}"
    given = Given(("en", "ru" if glossary is not NASTY else "es")) if format.paired else Given()
    written = reading.save(glossary, out, format.name, given)
    held = reading.held(glossary, format, out, given)
    survey = reading.survey(out, format.name, given)
    assert (survey.refusals, survey.glossary.entries) == ((), held.entries)
    if format.name in HOLD_ALL:
        assert (nameless(survey.glossary), written.lost) == (nameless(glossary), ())
    assert written.lost == losses(glossary, survey.glossary) and written.format == format.name
    assert len(held.entries) > 0


@pytest.mark.parametrize("glossary", ["nasty"], indirect=True)
@pytest.mark.parametrize("format", WRITTEN, ids=lambda f: f.name)
def test_the_same_glossary_makes_the_same_file_whose_format_is_found_out(format, glossary, tmp_path):
    out = tmp_path / f"x.en-es{SUFFIX.get(format.name) or format.suffixes[0]}"
    reading.save(glossary, out, format.name)
    first = out.read_bytes()
    reading.save(glossary, out, format.name)
    if not format.name.startswith("xlsx"):  # a workbook holds the time of its making
        assert out.read_bytes() == first
    found = catalogue.detected(out)
    survey = reading.survey(out)
    alike = {"google": "csv", "amazon": "csv", "tbx-dct": "tbx", "xlsx-long": "xlsx"}
    assert (found.name, survey.format) == (alike.get(format.name, format.name),) * 2
    if format.name not in ("google", "amazon"):  # read as our tables, where a bar parts terms and 'id' is an id
        assert survey.glossary.entries == reading.survey(out, format.name).glossary.entries


def test_the_report_counts_what_is_left_out(full, tmp_path):
    written = reading.save(yaml_tree.read(full), tmp_path / "x.csv")
    assert {"variants of terms: 1 of 1", "forms of terms: 3 of 3", "the glossary's title: 1 of 1"} <= set(written.lost)
    assert not any(lost.startswith(("entries", "terms in", "note:")) for lost in written.lost)
    pairs = reading.save(yaml_tree.read(full), tmp_path / "x.utf8", given=Given(("en", "ru")))
    assert {"terms in uk: 1 of 1", "proposed: 1 of 1"} & set(pairs.lost) == {"terms in uk: 1 of 1"}
    assert "note: 0 of 1" not in pairs.lost and "definition: 1 of 1" in pairs.lost


def test_a_list_of_pairs_without_a_pair_is_not_written(tmp_path):
    with pytest.raises(GlossaryError, match="no approved entry has a form in 'uk' and in 'ka'"):
        reading.save(NASTY, tmp_path / "x.csv", "deepl", Given(("uk", "ka")))
    assert not (tmp_path / "x.csv").exists()


INSERTED = (b'"', b"\0", b"<", b"&", b"{", b"[", b"\xff\xfe", b"|", b",", b"\t", b"\n", b"'=", b"null", b"123", b"true")


def damaged(data, chance):
    """The same bytes with a few of them changed, lost, doubled or added."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 30)]
            case 2:
                data[at:at] = chance.choice(INSERTED)
            case 3:
                data[at:at] = data[chance.randrange(len(data)) :][: chance.randint(1, 60)]
        data = data or bytearray(b"x")
    return bytes(data)


@pytest.mark.parametrize("format", WRITTEN, ids=lambda f: f.name)
def test_a_damaged_file_is_read_or_refused_with_its_line_and_never_breaks_the_program(format, tmp_path):
    chance, told = Random(format.name), 0
    suffix = SUFFIX.get(format.name) or format.suffixes[0]
    reading.save(NASTY, tmp_path / f"whole.en-es{suffix}", format.name)
    whole = (tmp_path / f"whole.en-es{suffix}").read_bytes()
    path = tmp_path / f"x.en-es{suffix}"
    for _ in range(60):
        path.write_bytes(damaged(whole, chance))
        try:
            told += bool(reading.survey(path, chance.choice(["", format.name])).refusals)
        except GlossaryError as refused:
            told += refused.line is not None or "no format" in str(refused)
    assert told > 0
