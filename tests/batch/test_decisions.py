"""Names of a job are counted in any order, decided once, and written everywhere with their markup."""

from __future__ import annotations

import itertools

import pytest

from workbench.batch.decisions import Decision, applied, decided, edited, listed, tally
from workbench.batch.drafts import packed, unpacked
from workbench.documents.document import Mark, Segment, Target
from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import Occurrence, State
from workbench.enforcement.outcomes import Segment as Sentence
from workbench.glossary.model import Glossary
from workbench.spans import Span
from workbench.translation.passages import Passage

ZELENKA = Decision("zelenka", "Zelenka", "Zelenka", "Zelenka", 3, (("Zelenka", 2), ("Zelencka", 1)), "why")
CHOSEN = {"zelenka": ZELENKA.agreed}


def tallied(*pairs, source="en", target="es"):
    return tally([Sentence(*pair) for pair in pairs], Terms(Glossary(), source, target))


def passage(source: str, target: str, **segment) -> Passage:
    return Passage(Segment("1", source, **segment), Target(target), (Sentence(source, target),))


SHARDS = (
    tallied(("We met Zelenka.", "Vimos a Zelencka."), ("So Rose fell.", "Cayó una Rose.")),
    tallied(("We saw Zelenka.", "Vimos a Zelenka."), ("One rose fell on Rose.", "Cayó una rosa en Rose.")),
    tallied(("So Zelenka met Zelenka.", "Zelenka vio a Zelenka."), ("The Onliest one.", "El Onliesto.")),
)


@pytest.mark.parametrize("shards", list(itertools.permutations(SHARDS)))
def test_the_count_does_not_depend_on_the_order_of_the_shards(shards):
    (only,) = decided(shards, "es")  # Rose is written in lower case too, and Onliest comes once
    assert (only.key, only.form, only.uses, only.seen) == ("zelenka", "Zelenka", 4, (("Zelenka", 3), ("Zelencka", 1)))
    assert "3 of 4" in only.reason


def test_a_tie_goes_to_the_spelling_of_the_source():
    (only,) = decided([tallied(("a Zelenka", "un Zelencka"), ("a Zelenka", "un Zelenka"))], "es")
    assert only.form == "Zelenka"


RUSSIAN = (
    ("We met Oravecz.", "Мы встретили Оравеца."),
    ("She spoke with Oravecz.", "Она говорила с Оравецем."),
    ("Then Oravecz left.", "Потом Оравец ушёл."),
    ("They wrote to Oravecz.", "Они написали Оравешу."),
    ("Oravecz came.", "Оравеш пришёл."),
)


def test_forms_of_a_case_language_are_one_name_though_each_shard_has_it_once():
    (only,) = decided([tallied(pair, target="ru") for pair in RUSSIAN], "ru")
    assert (only.name, only.form, dict(only.seen)) == ("Oravecz", "Оравец", {"Оравец": 3, "Оравеш": 1})
    made = [applied(passage(*pair), {only.key: only.agreed}, "en", "ru") for pair in RUSSIAN]
    assert [one.target.text for one in made] == [
        "Мы встретили Оравеца.",
        "Она говорила с Оравецем.",
        "Потом Оравец ушёл.",
        "Они написали Оравецу.",
        "Оравец пришёл.",  # at the start of a sentence too, where no capital tells a name
    ]
    (term,) = made[3].sentences[0].terms
    assert (term.entry, term.target_text) == ("document:Oravecz", "Оравецу") and only.reason in term.note


def test_spellings_of_the_sources_are_one_name():
    pairs = (
        [("We met Hakobyan.", "Мы видели Акопяна.")] * 2 + [("We met Hakobian.", "Мы видели Хакобяна.")]
    )  # fmt: skip
    found = {d.name: d for d in decided([tallied(pair, target="ru") for pair in pairs], "ru")}
    assert {name: d.form for name, d in found.items()} == {"Hakobyan": "Акопян", "Hakobian": "Акопян"}
    chosen = {d.key: d.agreed for d in found.values()}
    assert applied(passage(*pairs[2]), chosen, "en", "ru").target.text == "Мы видели Акопяна."


def test_marks_follow_the_words_and_listed_terms_stay():
    text = "Hoy Zelencka vio a Zelencka Uno."
    listed_term = Occurrence("uno", Span(18, 29), "Zelenka Uno", Span(19, 31), "Zelencka Uno", State.KEPT, 0)
    sentence = Sentence("Today Zelenka saw Zelenka Uno.", text, (listed_term,))
    segment = Segment("1", sentence.source, (Mark("b", Span(6, 13)),))
    marks = (Mark("b", Span(4, 12)), Mark("i", Span(19, 31)))
    made = applied(Passage(segment, Target(text, marks), (sentence,)), CHOSEN, "en", "es")
    assert made.target.text == "Hoy Zelenka vio a Zelencka Uno."
    assert [mark.span.of(made.target.text) for mark in made.target.marks] == ["Zelenka", "Zelencka Uno"]
    (new, old) = made.sentences[0].terms
    assert (new.entry, new.target_text, new.target_span.of(made.sentences[0].target)) == (
        "document:Zelenka", "Zelenka", "Zelenka"
    )  # fmt: skip
    assert old.target_span.of(made.sentences[0].target) == "Zelencka Uno"


def test_what_stands_verbatim_is_no_name():
    made = applied(passage("See @Zelencka and Zelenka.", "Vea @Zelencka y Zelencka."), CHOSEN, "en", "es")
    assert made.target.text == "Vea @Zelencka y Zelenka."
    kept = (Mark("code", Span(4, 12), True),)
    lone = Passage(
        Segment("1", "So Zelenka."), Target("Así Zelencka.", kept), (Sentence("So Zelenka.", "Así Zelencka."),)
    )
    assert applied(lone, CHOSEN, "en", "es") == lone


def test_names_are_found_in_a_text_whose_lines_were_broken_anew():
    sentence = Sentence("We met Zelenka there.", "Vimos allí a Zelencka.")
    broken = Passage(Segment("1", sentence.source), Target("Vimos allí\na Zelencka."), (sentence,))
    assert applied(broken, CHOSEN, "en", "es").target.text == "Vimos allí\na Zelenka."


def test_a_passage_comes_back_from_the_journal_as_it_was():
    term = Occurrence("e", Span(0, 1), "A", Span(0, 1), "B", State.FLAGGED, 3, "folded", ("B", "C"), "why")
    lost = Occurrence("n", Span(0, 1), "1", None, "", State.FLAGGED, 0)
    segment = Segment("7", "A \udcff 1.", (Mark("k", Span(0, 1), True),))
    target = Target("B \udcff.", (Mark("k", Span(0, 1), True),), True, "memory 83")
    passage = Passage(segment, target, (Sentence("A", "B", (term,), "b", "\n"),), ("model",), ("1",), (lost,))
    plain = Passage(Segment("8", "-"), Target("-", origin="none"))
    assert unpacked(packed([passage, plain]), [segment, plain.segment]) == [passage, plain]


def test_the_list_gives_back_only_what_was_changed_by_hand(tmp_path):
    path = tmp_path / "d.csv"
    other = Decision("oravecz", 'Oravecz, "the"', "Oravecz", "Oravecz", 2, (("Oravecz", 2),))
    listed(path, {"es": [ZELENKA, other], "fr": [ZELENKA]})
    assert edited(path) == {}
    rows = path.read_text(encoding="utf-8").replace("fr,Zelenka,Zelenka", "fr,Zelenka,Zelenca")
    path.write_text("\ufeff" + rows, encoding="utf-8")
    assert edited(path) == {("fr", "Zelenka"): "Zelenca"}
