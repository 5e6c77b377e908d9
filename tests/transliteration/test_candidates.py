"""Candidates come in order of trust, each with its reason; the command gives them out."""

from __future__ import annotations

import json
import unicodedata

import pytest
from click.testing import CliRunner

from workbench.cli.transliterate import command
from workbench.errors import InputError, UnknownLanguage, WorkbenchError
from workbench.glossary.model import Entry, Glossary, Kind, Status, Term, Type
from workbench.names.usage import home, usual
from workbench.transliteration.candidates import HOW, candidates, mixed_scripts, unidecoded

MIRZOYAN = Entry(
    "m",
    Kind.PERSON,
    (
        Term("hy", "Արարատ Միրզոյան"),
        Term("hy", "Միրզոյան", type=Type.SHORT),
        Term("fr", "Ararat Mirzoyan"),
        Term("fr", "Ararat Mirzoïan", Status.ADMITTED),
        Term("fr", "Mirzoyan", type=Type.SHORT),
        Term("fr", "Ararat Mirzojan", Status.FORBIDDEN),
    ),
)
GLOSSARY = Glossary((MIRZOYAN, Entry("k", terms=(Term("hy", "ABC"),), keep=True)))


def test_the_glossary_stands_before_all_rules():
    made = candidates("Արարատ Միրզոյան", "hy", "fr", GLOSSARY, n=20)
    assert [c.form for c in made[:2]] == ["Ararat Mirzoyan", "Ararat Mirzoïan"]
    assert {c.how for c in made[:2]} == {"glossary"} and "entry m" in made[0].reason
    assert "Ararat Mirzojan" not in [c.form for c in made]
    assert [HOW.index(c.how) for c in made] == sorted(HOW.index(c.how) for c in made)
    assert [c.score for c in made] == sorted((c.score for c in made), reverse=True)


def test_a_surname_gets_the_surname():
    assert candidates("ՄԻՐԶՈՅԱՆ", "hy", "fr", GLOSSARY, n=1)[0].form == "Mirzoyan"


def test_a_name_that_is_kept_is_kept():
    assert candidates("ABC", "hy", "fr", GLOSSARY)[0].form == "ABC"


def test_without_a_glossary_the_convention_leads():
    first, *rest = candidates("Նիկոլ Փաշինյան", "hy", "fr", n=20)
    assert (first.form, first.how, first.tag) == ("Nikol Pachinian", "convention", "fr-t-hy")
    tags = {c.tag: c.form for c in rest}
    assert tags["hy-Latn-t-hy-m0-iso"] == "Nikol P’ašinyan"
    order = [HOW.index(c.how) for c in (first, *rest)]
    assert order == sorted(order)


def test_an_asked_for_standard_stands_first():
    made = candidates("Երևան", "hy", "fr", standard="iso-9985")
    assert (made[0].form, made[0].how, made[0].source) == ("Erewan", "standard", "hy-iso-9985")
    with pytest.raises(InputError, match="hy-bgn-pcgn-1981"):
        candidates("Երևան", "hy", "fr", standard="iso-1")


def test_a_passport_form_is_official_in_english():
    made = candidates("Зеленський", "uk", "en")
    assert (made[0].form, made[0].how) == ("Zelenskyi", "official")


def test_georgian_names_get_their_capitals():
    first, second, *_ = candidates("მიხეილ სააკაშვილი", "ka", "en")
    assert (first.form, second.form) == ("Mikheil Saakashvili", "Mikheil Saak’ashvili")
    assert {first.how, second.how} == {"official"} and "apostrophes" in first.reason


def test_a_pair_without_a_convention_still_gets_a_romanisation():
    made = candidates("Αθήνα", "el", "fr")
    assert (made[0].form, made[0].how) == ("Athína", "standard")
    assert candidates("北京", "zh", "fr")[0].how in ("icu", "unidecode")


def test_a_latin_name_is_kept_in_latin_script():
    assert candidates("Angela Merkel", "de", "fr")[0].form == "Angela Merkel"
    assert candidates("Angela Merkel", "de", "lv") == []


def test_no_more_than_asked_for_and_no_form_twice():
    made = candidates("Նիկոլ Փաշինյան", "hy", "en", n=3)
    assert len(made) == len({c.form for c in made}) == 3
    assert candidates("", "hy", "en") == []


def test_an_unknown_language_is_refused():
    with pytest.raises(UnknownLanguage):
        candidates("x", "xx", "fr")


def test_words_that_mix_alphabets_are_named():
    assert mixed_scripts("Аlіyev Bayramov") == "Аlіyev (Cyrillic, Latin)"
    assert "mixes scripts" in candidates("Аlіyev", "ru", "en")[0].reason


@pytest.mark.parametrize(
    ("name", "form"), [("Ալիև", "Aliev"), ("Փաշինյան", "Pashinyan"), ("Ուջան", "Ujan"), ("Əliyev", "Aliyev")]
)
def test_unidecode_gets_its_known_faults_mended(name, form):
    assert unidecoded(name) == form


def run(*arguments, stdin=None):
    return CliRunner().invoke(command, list(arguments), input=stdin)


def test_the_command_writes_lines_of_standard_input():
    made = run("-", "--from", "ru", "--to", "de", "--json", "--no-glossary", stdin="Ельцин\nАлиев\n")
    assert [row["candidates"][0]["form"] for row in json.loads(made.output)] == ["Jelzin", "Alijew"]


def test_the_command_adds_a_column(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id,name\n1,Նիկոլ Փաշինյան\n2,\n", encoding="utf-8")
    made = run(str(path), "--column", "name", "--from", "hy", "--to", "pl", "--no-glossary")
    assert made.output == "id,name,name_pl\n1,Նիկոլ Փաշինյան,Nikol Paszinian\n2,,\n"


def test_the_command_names_the_columns_that_there_are(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id,who\n1,x\n", encoding="utf-8")
    made = run(str(path), "--column", "name", "--from", "hy", "--to", "pl", "--no-glossary")
    assert isinstance(made.exception, WorkbenchError) and "id, who" in str(made.exception)


def test_usage_that_no_rule_gives_comes_before_the_rule():
    first, *rest = candidates("Hovhannes Hakobyan", "en", "ru", usual=usual)
    assert (first.form, first.how) == ("Ованнес Акопян", "usage")
    assert "Ховханнес Хакобян" in [c.form for c in rest]
    assert candidates("İlham Heydərov", "az", "ru", usual=usual)[0].form == "Ильхам Гейдаров"
    assert candidates("Aram Nobodyoff", "en", "ru", usual=usual)[0].how == "convention"


def test_icu_reads_what_no_table_does_and_says_so():
    pytest.importorskip("icu")
    made = {c.how: c for c in candidates("北京", "zh", "en", n=9)}
    assert made["icu"].form == "běi jīng" and made["icu"].tag == "und-Latn-t-zh-x0-icu"


@pytest.mark.parametrize(("name", "source", "form"), [("مُصطَفَى", "ar", "Muṣṭafá"), ("שְׁמוּאֵל", "he", "Shemuʼel")])
def test_vocalised_text_is_read_by_the_standard_and_bare_text_is_not(name, source, form):
    first = candidates(name, source, "en")[0]
    assert (first.form, first.how) == (form, "standard")
    bare = "".join(c for c in name if not unicodedata.combining(c))
    assert "standard" not in {c.how for c in candidates(bare, source, "en")}


def test_a_name_without_letters_has_no_romanisation():
    assert [c for c in candidates("՛", "hy", "en", n=20) if c.how in ("official", "standard")] == []


@pytest.mark.parametrize(
    ("name", "source", "target", "form"),
    [
        ("Джейхун Байрамов", "ru", "az", "Ceyhun Bayramov"),
        ("Джейхун Байрамов", "ru", "en", "Jeyhun Bayramov"),
        ("Гейдар Алиев", "ru", "az", "Heydər Əliyev"),
        ("Энтони Блинкен", "ru", "fr", "Antony Blinken"),
        ("Էնթոնի", "hy", "en", "Antony"),
        ("Акоп Казарян", "ru", "de", "Hakob Ghasarjan"),
        ("ЭНТОНИ", "ru", "en", "ANTONY"),
    ],
)
def test_a_name_that_came_back_is_offered_as_at_home(name, source, target, form):
    first, second, *_ = candidates(name, source, target, usual=usual, home=home)
    assert first.how == "convention"
    assert (second.form, second.how) == (form, "usage") and "lexicon" in second.reason


@pytest.mark.parametrize(
    ("name", "target"), [("Антон Иванов", "en"), ("Георгий", "en"), ("Майкл", "az"), ("Akop", "de")]
)
def test_other_names_do_not_come_back(name, target):
    source = "en" if name.isascii() else "ru"
    assert "usage" not in {c.how for c in candidates(name, source, target, home=home)}
