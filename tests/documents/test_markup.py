"""Markup follows its words."""

from __future__ import annotations

import re

import numpy
import pytest
from toy import ToyEngine

from workbench.documents.document import Mark, woven
from workbench.documents.markup import Pair, carried
from workbench.enforcement import alignment
from workbench.spans import Link, Span
from workbench.text import words


def tagged(text):
    """Text and marks of a string with tags; `<x/>` is a point, `<code-…>` is kept."""
    plain, marks, open_ = "", [], []
    for match in re.finditer(r"<(/?)([\w-]+)(/?)>|[^<]+", text):
        close, name, empty = match[1], match[2], match[3]
        if name is None:
            plain += match.group()
        elif empty:
            marks.append(Mark(name, Span(len(plain), len(plain)), parent=open_[-1][0] if open_ else ""))
        elif close:
            key, start, index = open_.pop()
            marks[index] = Mark(key, Span(start, len(plain)), key.startswith("code"), open_[-1][0] if open_ else "")
        else:
            open_.append((name, len(plain), len(marks)))
            marks.append(None)
    return plain, tuple(marks)


def shown(text, marks):
    points = {mark.key for mark in marks if not len(mark.span)}
    return woven(text, marks, str, lambda m, inside: f"<{m.key}/>" if m.key in points and not inside
                 else f"<{m.key}>{inside}</{m.key}>")  # fmt: skip


def linked(source, target, order):
    """Links from the n-th target word to the source word of that number; None for none."""
    here, there = words(source), words(target)
    return [Link(here[i].span, word.span) for word, i in zip(there, order, strict=True) if i is not None]


CASES = [
    ("the <b>red</b> house", "la casa roja", [0, 2, 1], "la casa <b>roja</b>"),
    ("<b>the red house</b>", "la casa roja", [0, 2, 1], "<b>la casa roja</b>"),
    ("a <a>very <i>red</i> house</a> here", "aquí una casa muy roja", [4, 0, 3, 1, 2],
     "aquí una <a>casa muy <i>roja</i></a>"),
    ("See<n/> the house.", "Ver la casa.", [0, 1, 2], "Ver<n/> la casa."),
    ("See the house.<n/>", "Ver la casa.", [0, 1, 2], "Ver la casa.<n/>"),
    ("<b>Note:</b> it is here", "Nota: está aquí", [0, 2, 3], "<b>Nota:</b> está aquí"),
    ("it is <b>(here)</b> now", "está ahora (aquí)", [1, 3, 2], "está ahora <b>(aquí)</b>"),
    ("<b>one</b> <i>two</i>", "dos uno", [1, 0], "<i>dos</i> <b>uno</b>"),
    ("it <b>rains</b> now", "ahora llueve", [2, 1], "ahora <b>llueve</b>"),
    ("nothing <b>here</b>", "nada", [0], "nada<b/>"),
    ("<b>a <i>b</i></b> c", "x y", [None, 2], "<b><i/></b>x y"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "order", "expected"), CASES)
def test_a_mark_goes_where_its_words_went(source, target, order, expected):
    text, marks = tagged(source)
    made = carried(marks, Pair(text, target, linked(text, target, order)))
    assert shown(target, made) == expected


def test_marks_stay_a_tree_whatever_the_links_say():
    random = numpy.random.default_rng(7)
    source = "<a>one <b>two <c>three</c></b> <p/>four</a> five <d>six</d> seven<q/> <e><f>eight</f> nine</e>"
    text, marks = tagged(source)
    given = words(text)
    for _ in range(300):
        size = int(random.integers(1, 14))
        target = " ".join(f"w{i}" for i in range(size))
        links = [
            Link(given[int(random.integers(len(given)))].span, word.span, float(random.random()) + 0.01)
            for word in words(target)
            for _ in range(int(random.integers(0, 3)))
        ]
        made = carried(marks, Pair(text, target, links))
        assert [mark.key for mark in made] == [mark.key for mark in marks]
        spans = {"": Span(0, len(target))} | {mark.key: mark.span for mark in made}
        for mark in made:
            assert spans[mark.parent].holds(mark.span)
        for one in made:
            for other in made:
                if one is not other and one.parent == other.parent:
                    assert not (len(one.span) and len(other.span) and one.span.overlaps(other.span))
        plain = re.sub(r"<[^>]*>", "", shown(target, made))
        assert plain == target


def test_links_come_from_a_forced_translation_that_the_model_did_not_write():
    engine = ToyEngine({"red": "roja", "house": "casa"})
    (links,) = alignment.links(engine, [("the red house", "la roja casa")])
    assert [(link.source.of("the red house"), link.target.of("la roja casa")) for link in links] == [
        ("the", "la"), ("red", "roja"), ("house", "casa"),
    ]  # fmt: skip


def test_links_over_a_pivot_join_their_middles():
    a, b, c = Span(0, 1), Span(5, 7), Span(9, 12)
    assert alignment.through([Link(a, b, 0.5)], [Link(b, c, 0.5), Link(a, c)]) == (Link(a, c, 0.25),)
