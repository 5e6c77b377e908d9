"""Names of a job are counted in any order, decided once, and written everywhere with their markup."""

from __future__ import annotations

import itertools

import pytest

from workbench.batch.decisions import Decision, applied, decided, edited, listed, tally
from workbench.batch.drafts import packed, unpacked
from workbench.documents.document import Mark, Segment, Target
from workbench.outcomes import Occurrence, State
from workbench.outcomes import Segment as Sentence
from workbench.passages import Passage
from workbench.spans import Span

ZELENKA = Decision("zelenka", "Zelenka", "Zelenka", "Zelenka", 3, (("Zelenka", 2), ("Zelencka", 1)))


def tallied(*pairs):
    return tally([Sentence(source, target) for source, target in pairs], "en", "es")


SHARDS = (
    tallied(("We met Zelenka.", "Vimos a Zelencka."), ("A Rose fell.", "Cayó una Rosa.")),
    tallied(("We saw Zelenka.", "Vimos a Zelenka."), ("One rose fell on Rose.", "Cayó una rosa en Rosa.")),
    tallied(("Zelenka met Zelenka.", "Zelenka vio a Zelenka."), ("The Only one.", "El Único.")),
)


@pytest.mark.parametrize("shards", list(itertools.permutations(SHARDS)))
def test_the_count_does_not_depend_on_the_order_of_the_shards(shards):
    (only,) = decided(shards)  # Rose is written in lower case too, and Only comes once
    assert only == Decision("zelenka", "Zelenka", "Zelenka", "Zelenka", 4, (("Zelenka", 3), ("Zelencka", 1)))


def test_a_tie_goes_to_the_spelling_of_the_source():
    (only,) = decided([tallied(("a Zelenka", "un Zelencka"), ("a Zelenka", "un Zelenka"))])
    assert only.form == "Zelenka"


def test_languages_without_capitals_have_no_names_to_count():
    assert tally([Sentence("We met Zelenka.", "我们")], "en", "zh") == b""
    assert list(decided([b""])) == []


def test_marks_follow_the_words_and_listed_terms_stay():
    text = "Hoy Zelencka vio a Zelencka Uno."
    listed_term = Occurrence("uno", Span(17, 28), "Zelenka Uno", Span(19, 31), "Zelencka Uno", State.KEPT, 0)
    sentence = Sentence("Today Zelenka saw Zelenka Uno.", text, (listed_term,))
    segment = Segment("1", sentence.source, (Mark("b", Span(6, 13)),))
    marks = (Mark("b", Span(4, 12)), Mark("i", Span(19, 31)))
    made = applied(Passage(segment, Target(text, marks), (sentence,)), {"zelenka": ZELENKA})
    assert made.target.text == "Hoy Zelenka vio a Zelencka Uno."
    assert [mark.span.of(made.target.text) for mark in made.target.marks] == ["Zelenka", "Zelencka Uno"]
    (new, old) = made.sentences[0].terms
    assert (new.entry, new.target_text, new.target_span.of(made.sentences[0].target)) == (
        "document:Zelenka", "Zelenka", "Zelenka"
    )  # fmt: skip
    assert old.target_span.of(made.sentences[0].target) == "Zelencka Uno"


def test_names_are_found_in_a_text_whose_lines_were_broken_anew():
    sentence = Sentence("We met Zelenka there.", "Vimos allí a Zelencka.")
    broken = Passage(Segment("1", sentence.source), Target("Vimos allí\na Zelencka."), (sentence,))
    assert applied(broken, {"zelenka": ZELENKA}).target.text == "Vimos allí\na Zelenka."


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
