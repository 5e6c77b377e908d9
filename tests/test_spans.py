"""Places stay true through edits."""

from workbench.spans import Span, carry, replace


def test_edits_replace_from_the_right():
    assert replace("one two three", [(Span(0, 3), "1"), (Span(8, 13), "3")]) == "1 two 3"


def test_a_span_is_carried_by_edits_around_it():
    text, edits = "one two three", [(Span(0, 3), "first"), (Span(8, 13), "3")]
    assert carry(Span(4, 7), edits).of(replace(text, edits)) == "two"


def test_an_edited_span_grows_with_its_edit():
    text, edits = "one two three", [(Span(4, 7), "twenty-two")]
    assert carry(Span(4, 7), edits).of(replace(text, edits)) == "twenty-two"


def test_an_insertion_before_a_span_moves_it():
    text, edits = "one two", [(Span(4, 4), "and ")]
    assert carry(Span(4, 7), edits).of(replace(text, edits)) == "two"
