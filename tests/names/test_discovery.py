"""Names that no glossary lists: found by capitals and by what is known, brought together, proposed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from workbench.cli import cli
from workbench.glossary import reading
from workbench.glossary.model import Glossary, Review
from workbench.morphology.bases import bases, nominative
from workbench.names.discovery import Text, discover
from workbench.names.mentions import mentions
from workbench.names.proposing import proposals
from workbench.spans import Span

EN = (
    "Yesterday Aram Voskanyan met Leyla Sadiqli in Brno. The talks were short. Voskanyan said that Brno is quiet, "
    "and Voskanian's friends agreed. Talks go on."
)
RU = "Вчера Арам Восканян встретился с Лейлой Садыглы. Восканяна ждали в Брно. Журналисты спросили Восканяну."
HY = "Երեկ Արամ Ոսկանյանը հանդիպեց Լեյլա Սադըղլիի հետ։ Ոսկանյանի խոսքով՝ ամեն ինչ լավ է։"
KA = "გუშინ არამ ვოსკანიანი იქ იყო. ვოსკანიანმა თქვა."
TEXTS = [Text(EN, "en", "a"), Text(RU, "ru", "b"), Text(HY, "hy", "c"), Text(KA, "ka", "d")]


def unknown(text: str, language: str) -> list[Span]:
    return []


def found(text: str, language: str = "en") -> list[str]:
    return [m.text for m in mentions([text], language, lambda _: [], bases=bases)]


def test_words_that_only_open_sentences_are_no_names():
    assert found(EN) == ["Aram Voskanyan", "Leyla Sadiqli", "Brno", "Voskanyan", "Brno", "Voskanian"]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("President Voskanyan spoke on Tuesday.", "en", ["Voskanyan"]),
        ("He said: «Peace». Then J. R. Voskanyan left the EU.", "en", ["J. R. Voskanyan"]),
        ("Ludwig van Straten sah die Regierung in der Stadt.", "de", ["Straten"]),
        ("A WORD SHOUTED. Nobody heard it.", "en", []),
        ("Peace came. The peace was long.", "en", []),
        ("Президент Восканян уехал.", "ru", ["Восканян"]),
        ("", "en", []),
    ],
)
def test_titles_days_nouns_and_shouting_are_no_names(text, language, names):
    said = found(text, language)
    assert [name for name in said if name in names] == names
    assert not {"President", "Tuesday", "Peace", "EU", "Президент"} & set(said)


def test_what_the_glossary_explains_is_not_found_again():
    text = "Aram Voskanyan met Leyla Sadiqli."
    at = text.index("Leyla Sadiqli")
    said = mentions([text], "en", lambda _: [Span(at, at + len("Leyla Sadiqli"))])
    assert [m.text for m in said] == ["Aram Voskanyan"]
    assert said[0].span.of(text) == "Aram Voskanyan"


def test_spellings_forms_and_languages_come_together():
    clusters = discover(TEXTS, unknown, bases)
    first = clusters[0]
    assert {(s.text, s.language) for s in first.spellings} == {
        ("Aram Voskanyan", "en"), ("Voskanyan", "en"), ("Voskanian", "en"), ("Арам Восканян", "ru"),
        ("Восканян", "ru"), ("Արամ Ոսկանյան", "hy"), ("Ոսկանյան", "hy"), ("არამ ვოსკანიანი", "ka"),
        ("ვოსკანიანი", "ka"),
    }  # fmt: skip
    assert first.count == 10
    assert first.dominant("en").text == "Aram Voskanyan"
    assert first.dominant("ru", short=True).count == 2
    for spelling in first.spellings:
        for place in spelling.places:
            text = next(t.text for t in TEXTS if t.name == place.name)
            assert place.span.of(text) == place.text


def test_near_names_stay_in_clusters_of_their_own():
    text = Text("So Mirzoyan met Mirzakhanyan. Then Aliyev met Aliyeva, and Mirzoian slept.", "en")
    said = [{s.text for s in c.spellings} for c in discover([text], unknown, bases)]
    assert sorted(map(sorted, said)) == [["Aliyev"], ["Aliyeva"], ["Mirzakhanyan"], ["Mirzoian", "Mirzoyan"]]


def test_a_surname_of_two_people_is_left_in_doubt():
    text = Text("So Aram Voskanyan met Leyla Voskanyan. Then Voskanyan left.", "en")
    (alone,) = [c for c in discover([text], unknown, bases) if len(c.spellings) == 1 and c.doubt]
    assert alone.spellings[0].text == "Voskanyan" and "Leyla Voskanyan" in alone.doubt


def test_proposed_entries_are_under_review_and_say_where_each_form_is_from():
    clusters = discover(TEXTS, unknown, bases)
    entry = proposals(clusters, ["es", "fr", "ru"], Glossary()).entries[0]
    assert entry.id == "aram-voskanyan" and entry.review is Review.PROPOSED and entry.kind.value == "person"
    assert entry.preferred("fr").text == "Aram Voskanian" and entry.preferred("fr").source == "convention"
    assert entry.preferred("ru").text == "Арам Восканян" and entry.preferred("ru").source == "texts"
    short = next(t for t in entry.terms if t.language == "en" and t.type.value == "short")
    assert short.text == "Voskanyan" and short.variants == ("Voskanian",)


def test_the_command_writes_what_the_store_imports(tmp_path):
    (tmp_path / "a.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(RU, encoding="utf-8")
    out, store = tmp_path / "p.yaml", tmp_path / "s.db"
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--lang", "en", "--lang", "ru"]
    run = CliRunner().invoke(cli, ["names", *files, "--to", "es,hy", "-o", str(out), "--json"])
    assert run.exit_code == 0, run.output
    facts = json.loads(run.stdout)
    assert facts[0]["dominant"]["en"] == "Aram Voskanyan"
    assert {c["language"] for c in facts[0]["candidates"]} == {"es", "hy"}
    assert all(entry.review is Review.PROPOSED for entry in reading.load(out).entries)
    run = CliRunner().invoke(cli, ["glossary", "import", str(out), "--db", str(store), "--why", "test"])
    assert run.exit_code == 0 and "aram-voskanyan" in run.output
    again = CliRunner().invoke(cli, ["names", *files, "--glossary", str(store), "--json"])
    assert "Aram Voskanyan" in [s["text"] for s in json.loads(again.stdout)[0]["spellings"]]  # not approved yet


def test_the_command_compares_two_names():
    run = CliRunner().invoke(cli, ["names", "--compare", "Hovhannisyan", "Оганесян"])
    assert run.exit_code == 0 and run.output.startswith("same: listed as one name")
    run = CliRunner().invoke(cli, ["names", "--compare", "Aliyev", "Aliyeva", "--json"])
    assert run.exit_code == 1 and json.loads(run.stdout)["verdict"] == "gender"


@pytest.mark.parametrize(
    ("word", "language", "base"),
    [
        ("Мирзояном", "ru", "Мирзоян"), ("Алиевой", "ru", "Алиева"), ("Испании", "ru", "Испания"),
        ("Мірзояном", "uk", "Мірзоян"), ("Միրզոյանի", "hy", "Միրզոյան"), ("Ինդոնեզիայի", "hy", "Ինդոնեզիա"),
        ("Bakının", "az", "Bakı"), ("მირზოიანმა", "ka", "მირზოიანი"), ("Müllers", "de", "Müller"),
    ],
)  # fmt: skip
def test_an_inflected_name_has_its_base_among_its_bases(word, language, base):
    assert base in bases(word, language) and word not in bases(word, language)


def test_a_single_oblique_form_is_taken_to_the_nominative_that_the_dictionary_has():
    (cluster,) = discover([Text("Он уехал из Испании.", "ru")], unknown, bases, nominative)
    assert cluster.spellings[0].text == "Испания"
