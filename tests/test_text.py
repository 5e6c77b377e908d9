"""Characters, words, sentences."""

import pytest

from workbench import text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ПАШИНЯН", "Пашинян"),
        ("İlham", "ilham"),
        ("Семён", "Семен"),
        ("և", "եւ"),
        ("և", "եվ"),
        ("Փաշինյա՞նը", "Փաշինյանը"),
        ("ﬁne", "fine"),
        ("Pashi\u200bnyan", "Pashinyan"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_writings_of_one_word_have_one_key(one, other):
    assert text.key(one) == text.key(other)


@pytest.mark.parametrize(("one", "other"), [("мой", "мои"), ("क्या", "कया"), ("Мирзоян", "Мирзоев")])
def test_marks_that_make_another_word_stay(one, other):
    assert text.key(one) != text.key(other)
    assert text.weak_key(one) != text.weak_key(other)


def test_latin_diacritics_fold_in_the_weak_key():
    assert text.weak_key("Paşinyan") == text.weak_key("Pasinyan")
    assert text.weak_key("Əliyev") == text.weak_key("Eliyev")


def test_words_keep_their_places():
    line = "«Փաշինյա՞նը» — 北京, Paşinyan'ın"
    assert [w.span.of(line) for w in text.words(line)] == ["Փաշինյա՞նը", "北", "京", "Paşinyan", "ın"]


@pytest.mark.parametrize(
    ("line", "together"),
    [
        ("Alma Ata", True),
        ("Alma-Ata", True),
        ("«Alma» Ata", True),
        ("Alma, Ata", False),
        ("Alma. Ata", False),
        ("U. S", True),
        ("Alma\n\nAta", False),
    ],
)
def test_what_may_stand_inside_a_term(line, together):
    first, second = text.words(line)
    assert text.joined(line, first, second) is together


SAMPLE = "The U.S. said so. «Mr. Blinken came,» he said.\r\n\r\n  Next paragraph!\n\tLast\n"


def test_sentences_join_to_the_text_again():
    pieces, after = text.sentences(SAMPLE, "en")
    assert "".join(p.before + p.text for p in pieces) + after == SAMPLE
    assert [p.text for p in pieces] == ["The U.S. said so.", "«Mr. Blinken came,» he said.", "Next paragraph!", "Last"]


@pytest.mark.parametrize("line", ["word " * 1000, "x" * 5000, "a, " * 900])
def test_very_long_sentences_are_cut_without_loss(line):
    pieces, after = text.sentences(line, "en")
    assert "".join(p.before + p.text for p in pieces) + after == line
    assert max(len(p.text) for p in pieces) <= text.LONGEST


def test_clean_text_maps_back():
    made = text.clean("Mirzo\u200byan came")
    assert made.text == "Mirzoyan came"
    assert made.places[made.text.index("y")] == 6
