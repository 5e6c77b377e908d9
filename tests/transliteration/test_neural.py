"""Names through a model of letters; the engine here answers from a table."""

import math

import pytest

from workbench.engines.engine import Hypothesis
from workbench.engines.piece import Piece
from workbench.names.keys import word_keys
from workbench.transliteration import known
from workbench.transliteration.neural import Form, NameModel, asked

ANSWERS = {
    ">>ru<<<en>anthony": [("энтони", 0.6), ("антони", 0.3)],
    ">>ru<<<en>smith": [("смит", 0.5), ("смис", 0.1)],
    ">>en<<<ar>علي": [("ali", 0.9)],
    ">>en<<<ru>джейхун": [("jeyhun", 0.5), ("ceyhun", 0.4)],
    ">>en<<<ar>ستيفن": [("stifn", 0.4), ("stifin", 0.3), ("steven", 0.1)],
    ">>ko<<<en>kim": [("\u1100\u1175\u11b7", 0.8)],
}


class Table:
    name = "table"
    alphabet = frozenset("".join(sentence.split(">")[-1] for sentence in ANSWERS)) | {
        f">>{code}<<" for code in ("ru", "en", "ar", "ko")
    }

    def decode(self, sentences, options):
        assert options.nbest <= options.beam
        return [
            [
                Hypothesis(text, tuple(Piece(c, 0, 0) for c in text), math.log(chance) / (len(text) + 1))
                for text, chance in ANSWERS[sentence][: options.nbest]
            ]
            for sentence in sentences
        ]

    def score(self, sources, targets):
        return [BACK.get((source, target), -3.0) for source, target in zip(sources, targets, strict=True)]


BACK = {(">>ar<<<en>steven", "ستيفن"): -0.5, (">>ar<<<en>stifin", "ستيفن"): -0.5}


@pytest.fixture
def model():
    return NameModel(Table())


def test_forms_come_with_their_probabilities_and_capitals(model):
    (found,) = model.forms(["Anthony"], "en", "ru", 2)
    assert [f.text for f in found] == ["Энтони", "Антони"]
    assert found[0].probability == pytest.approx(0.6)


def test_words_and_hyphens_stay_and_combinations_are_ranked(model):
    (found,) = model.forms(["ANTHONY Smith-Smith"], "en", "ru", 3)
    assert [f.text for f in found][:2] == ["ЭНТОНИ Смит-Смит", "АНТОНИ Смит-Смит"]
    assert found[0].probability == pytest.approx(0.6 * 0.5 * 0.5)


def test_a_script_without_capitals_gives_a_name_its_first(model):
    assert model.forms(["علي"], "ar", "en", 1) == [[Form("Ali", pytest.approx(0.9))]]


def test_hangul_is_put_together(model):
    assert model.forms(["Kim"], "en", "ko", 1)[0][0].text == "김"
    assert asked("김", "ko", "en") == ">>en<<<ko>\u1100\u1175\u11b7"


def test_a_known_name_is_weighed_above_likelier_letters(tmp_path):
    known.write([("steven", 40), ("ali", 3)], known.path_of(tmp_path, "en"))
    found = NameModel(Table(), known.KnownNames(tmp_path)).forms(["ستيفن علي"], "ar", "en", 3)[0]
    assert found[0].text == "Steven Ali"
    assert sum(form.probability for form in found) < 1


def test_attested_forms_and_the_letters_of_the_model_are_taken_together(tmp_path):
    known.write_seen({("ستيفن", "stephen"): 3, ("ستيفن", "stiven"): 1}, known.seen_path(tmp_path, "ar"))
    model = NameModel(Table(), seen=known.SeenNames(tmp_path))
    (found,) = model.forms(["ستيفن"], "ar", "en", 4)
    assert [form.text for form in found] == ["Stephen", "Stifn", "Stiven", "Stifin"]
    assert found[0].seen and not found[1].seen and sum(form.probability for form in found) < 1
    assert model.forms(["علي"], "ar", "en", 1)[0][0].probability == pytest.approx(0.9)


def test_without_a_list_of_the_target_nothing_changes(tmp_path):
    known.write([("steven", 40)], known.path_of(tmp_path, "en"))
    weighed = NameModel(Table(), known.KnownNames(tmp_path)).forms(["Anthony"], "en", "ru", 2)
    assert weighed == NameModel(Table()).forms(["Anthony"], "en", "ru", 2)


def test_chances_leave_room_for_none_of_them():
    by = known.Weights(back=0.5, known=3.0, often=0.3, none=-2.0)
    sure, unsure = ([known.Written("ali", math.log(chance))] for chance in (0.9, 0.001))
    assert 0.8 < known.weighed(sure, {}, by)[0][1] < 1 and known.weighed(unsure, {}, by)[0][1] < 0.01
    assert known.weighed(unsure, {"ali": 1}, by)[0][1] > known.weighed(unsure, {}, by)[0][1]
    assert known.weighed([], {}, by) == []


def test_what_it_cannot_read_gets_nothing(model):
    assert model.forms(["Ωmega", "12"], "en", "ru") == [[], []]
    assert not model.reads("Anthony", "en", "hy") and not model.reads("Anthony", "en", "en")
    assert not model.reads("Anthony" * 9, "en", "ru")


def test_neural_candidates_stand_below_rules_and_above_the_last_resort(model):
    from workbench.transliteration.candidates import candidates

    found = candidates("Джейхун", "ru", "en", n=20, neural=model)
    order = [c.how for c in found]
    assert order.index("standard") < order.index("neural")
    (first, second) = [c for c in found if c.how == "neural" and c.form in ("Jeyhun", "Ceyhun")][:2]
    assert "probability 0.50, 1 of 2" in first.reason and second.form == "Ceyhun" and first.score > second.score


def test_known_names_of_the_same_consonants_are_weighed_where_vowels_are_unwritten(tmp_path):
    known.write([("stephen", 60), ("steven", 40), ("anton", 99), ("żuraw", 5)], known.path_of(tmp_path, "en"))
    names = known.KnownNames(tmp_path, word_keys)
    assert names.alike("ستيفن", "en") == ["stephen", "steven"]
    assert names.alike("زوراو", "en") == ["żuraw"]
    found = [form.text for form in NameModel(Table(), names).forms(["ستيفن"], "ar", "en", 5)[0]]
    assert found[0] == "Steven"
    assert "Stephen" in found and "Anton" not in found  # the search alone finds neither
