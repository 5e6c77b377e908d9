"""Where a form counts as standing in a text, and who gets which place."""

from __future__ import annotations

from itertools import pairwise, product
from random import Random

import pytest

from workbench.evaluation.places import Compare, assign, places, without
from workbench.spans import Span


@pytest.mark.parametrize(
    ("text", "form", "compare", "stands"),
    [
        ("la regla vale", "regla", Compare.FOLDED, True),
        ("las reglas valen", "regla", Compare.FOLDED, False),
        ("las reglas valen", "regla", Compare.SUBSTRING, True),
        ("La REGLA vale", "regla", Compare.FOLDED, True),
        ("La REGLA vale", "regla", Compare.EXACT, False),
        ("Мирзояна", "Мирзоян", Compare.FOLDED, False),
        ("мои книги", "мой", Compare.FOLDED, False),
        ("हिन्दी", "हिन", Compare.FOLDED, False),
        ("Die STRASSE", "Straße", Compare.FOLDED, True),
        ("C++ and C", "C++", Compare.FOLDED, True),
        ("Paşinyan'ın sözü", "Paşinyan", Compare.FOLDED, True),
        ("他在北京工作", "北京", Compare.FOLDED, True),
        ("Փաշինյա՞նը", "Փաշինյանը", Compare.FOLDED, True),
        ("Փաշինյա՞նը", "Փաշինյա", Compare.FOLDED, False),
        ("30\u00a0GB of RAM", "30 GB", Compare.EXACT, True),
        ("30\u00a0GB of RAM", "30 GB", Compare.VERBATIM, False),
        ("cafe\u0301", "caf\u00e9", Compare.EXACT, True),
        ("cafe\u0301", "caf\u00e9", Compare.VERBATIM, False),
        ("کتاب‌ها", "کتاب", Compare.FOLDED, False),
    ],
)
def test_a_form_stands_between_word_edges(text: str, form: str, compare: Compare, stands: bool) -> None:
    assert bool(places(text, [form], compare)) is stands


def test_an_empty_form_stands_nowhere() -> None:
    assert places("text", ["", " "]) == ()


def test_both_terms_find_room_where_the_first_come_would_take_it() -> None:
    """'Union' comes first and would take the one inside 'European Union'."""
    text = "European Union and the Union"
    spans = assign([places(text, ["Union"]), places(text, ["European Union"])])
    assert spans == (Span(23, 28), Span(0, 14))


def test_one_place_serves_one_term() -> None:
    text = "the European Union"
    spans = assign([places(text, ["European Union"]), places(text, ["Union"])])
    assert sum(span is not None for span in spans) == 1


def test_a_middle_place_is_left_for_two_neighbours() -> None:
    """Longest first takes 'b c' and starves two terms."""
    text = "a b c d"
    options = [places(text, ["b c"]), places(text, ["a b"]), places(text, ["c d"])]
    assert assign(options) == (None, Span(0, 3), Span(4, 7))


def test_the_longest_form_of_a_term_is_its_place() -> None:
    assert assign([places("the European Union acts", ["Union", "European Union"])]) == (Span(4, 18),)


def test_terms_alike_share_what_is_there() -> None:
    spans = assign([places("x x", ["x"])] * 3)
    assert sorted(s for s in spans if s) == [Span(0, 1), Span(2, 3)]


def test_many_terms_alike_are_settled_at_once() -> None:
    text = "x " * 30
    assert None not in assign([places(text, ["x"])] * 30)


def test_no_assignment_beats_ours() -> None:
    """Against trying everything, on small instances of every shape."""
    random = Random(7)
    for _ in range(300):
        options = []
        for _ in range(random.randint(1, 4)):
            starts = [random.randint(0, 8) for _ in range(random.randint(0, 3))]
            options.append(tuple(Span(s, s + random.randint(1, 5)) for s in starts))
        ours = assign(options)
        taken = [span for span in ours if span is not None]
        assert all(span is None or span in given for span, given in zip(ours, options, strict=True))
        assert disjoint(taken)
        assert len(taken) == max(
            sum(s is not None for s in choice)
            for choice in product(*((None, *given) for given in options))
            if disjoint([s for s in choice if s is not None])
        )


def disjoint(spans: list[Span]) -> bool:
    spans = sorted(spans)
    return all(a.end <= b.start for a, b in pairwise(spans))


def test_text_without_places_keeps_single_spaces() -> None:
    assert without("the European Union acts", [Span(4, 18), None]) == "the acts"
