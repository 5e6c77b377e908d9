"""A translation as HTML, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from workbench.glossary.model import Entry, Glossary, Kind, Status, Term
from workbench.outcomes import RUNGS, Occurrence, Segment, State, Translation
from workbench.spans import Span
from workbench.ui import render
from workbench.ui.palette import COLOURS, colours

HOSTILE = "<img src=x onerror=boom()>${boom()}{{value}}"
CSS = Path(render.__file__).with_name("page.css").read_text(encoding="utf-8")


class Tree(HTMLParser):
    """Tags with their attributes, and the text outside cards."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, name: str) -> Iterator[dict[str, str]]:
        """Attributes of every tag of a class."""
        yield from (attrs for _, attrs in self.tags if name in attrs.get("class", "").split())


def occurrence(source: str, word: str, target: str, form: str, entry: str = "mirzoyan", **rest: object) -> Occurrence:
    at, to = source.index(word), target.find(form)
    where = Span(to, to + len(form)) if form and to >= 0 else None
    given = {"state": State.KEPT, "rung": 0, **rest}
    return Occurrence(entry, Span(at, at + len(word)), word, where, form, **given)  # type: ignore[arg-type]


def translation(*segments: Segment, source: str = "en", target: str = "es", **rest: object) -> Translation:
    return Translation(source, target, segments, **rest)  # type: ignore[arg-type]


def simple(state: State = State.KEPT, rung: int = 0, note: str = "") -> Translation:
    source, target = "Mirzoian spoke.", "Mirzoyan habló."
    term = occurrence(
        source, "Mirzoian", target, "Mirzoyan", state=state, rung=rung, how="variant", note=note, wanted=("Mirzoyan",)
    )
    return translation(Segment(source, target, (term,), plain="Mirzoian habló."))


GLOSSARY = Glossary((
    Entry("mirzoyan", Kind.PERSON, (
        Term("en", "Mirzoyan"), Term("es", "Mirzoyan"), Term("es", "Mirzoyán", Status.ADMITTED),
        Term("es", "Mirzoiano", Status.FORBIDDEN),
    ), note="Foreign minister."),
))  # fmt: skip


def test_both_sides_of_a_term_wear_the_same_colour_and_the_same_pair() -> None:
    tree = Tree(render.render(simple()))
    terms = list(tree.of("wb-term"))
    assert len(terms) == 2
    assert len({re.search(r"wb-c\d", term["class"]).group() for term in terms}) == 1  # type: ignore[union-attr]
    assert len({mark["data-pair"] for mark in tree.of("wb-mark")}) == 1


def test_a_mark_can_be_reached_and_names_its_card() -> None:
    tree = Tree(render.render(simple()))
    cards = {card["id"] for card in tree.of("wb-card")}
    assert len(cards) == 2
    for mark in tree.of("wb-mark"):
        assert mark["role"] == "button" and mark["tabindex"] == "0"
        assert mark["aria-describedby"] in cards


def test_a_card_tells_entry_forms_status_rung_match_and_note() -> None:
    html = render.render(simple(State.REPAIRED, RUNGS.index("stand-in"), "found in the accusative"), GLOSSARY)
    card = html[html.index('class="wb-card"') :]
    for told in ("Repaired", "mirzoyan", "person", "preferred", "Mirzoyán", "admitted", "forbidden",
                 "stand-in", "variant", "found in the accusative", "Foreign minister."):  # fmt: skip
        assert told in card


@pytest.mark.parametrize("state", State)
def test_state_is_a_class_and_a_word(state: State) -> None:
    html = render.render(simple(state, 5 if state is State.FLAGGED else 0))
    assert f"wb-{state.value}" in html and f"1 {state.value}" in html
    assert ("wb-look" in html) is (state is State.FLAGGED)


def test_the_flagged_count_leads_to_the_first_flagged_sentence() -> None:
    flagged = simple(State.FLAGGED, 5)
    html = render.render(translation(Segment("One.", "Uno."), *flagged.segments))
    assert 'href="#wb-segment-1"' in html and 'id="wb-segment-1"' in html


def test_hostile_text_stays_text_wherever_it_comes_from() -> None:
    term = occurrence(HOSTILE, HOSTILE, HOSTILE, HOSTILE, entry=HOSTILE, note=HOSTILE, how=HOSTILE, wanted=(HOSTILE,))
    entry = Entry(HOSTILE, terms=(Term("en", HOSTILE), Term("es", HOSTILE)), note=HOSTILE)
    html = render.render(
        translation(
            Segment(HOSTILE, HOSTILE, (term,), plain="other " + HOSTILE), source='"><b>', target="'x onload=boom()",
            models=(HOSTILE,), engine=HOSTILE, glossary=HOSTILE, style=HOSTILE, pivot=HOSTILE,
        ),
        Glossary((entry,)),
    ) + render.problem(HOSTILE)  # fmt: skip
    tree = Tree(html)
    assert "<img" not in html and "onload=boom()" in "".join(tree.words)
    assert not [tag for tag, attrs in tree.tags if tag in ("img", "script") or any(k.startswith("on") for k in attrs)]
    assert tree.words.count(HOSTILE) > 10


def test_of_overlapping_terms_the_longest_is_marked_and_no_word_is_lost() -> None:
    source = "the Republic of Armenia today"
    terms = (
        occurrence(source, "Armenia", "", "", entry="armenia"),
        occurrence(source, "Republic of Armenia", "", "", entry="republic"),
        occurrence(source, "the Republic", "", "", entry="odd"),
        Occurrence("broken", Span(20, 400), "?", Span(3, 3), "", State.FLAGGED, 5),
    )
    painter = render.Painter(translation(Segment(source, "", terms)))
    html = painter.marked(source, [render.Place(t.source_span, t, str(i), "s") for i, t in enumerate(terms)])
    assert re.findall(r'data-pair="(\d)"', html) == ["1"]
    outside = re.sub(r'<span class="wb-card".*?</span></span></span>', "", html)
    assert re.sub(r"<[^>]*>", "", outside) == source


def test_a_term_that_stands_nowhere_is_marked_missing_in_the_source() -> None:
    source = "Mirzoian spoke."
    term = occurrence(source, "Mirzoian", "Habló.", "", state=State.FLAGGED, rung=RUNGS.index("substitution"))
    html = render.render(translation(Segment(source, "Habló.", (term,))))
    assert "wb-missing" in html and "nothing placed" in html


def test_cells_have_language_and_direction() -> None:
    html = render.render(translation(Segment("Hello.", "مرحبا."), target="ar"))
    assert 'lang="en" dir="ltr"' in html and 'lang="ar" dir="rtl"' in html


def test_paragraphs_and_lines_stay_apart() -> None:
    html = render.segments(translation(
        Segment("A.", "A."), Segment("B.", "B.", before=" "), Segment("C.", "C.", before="\n"),
        Segment("D.", "D.", before="\r\n\r\n"),
    ))  # fmt: skip
    assert re.findall(r'<tr class="([^"]*)"', html) == ["wb-row", "wb-row", "wb-row wb-line", "wb-row wb-paragraph"]


def test_words_without_a_hit_are_plain() -> None:
    html = render.render(translation(Segment("A & b.", "A y b.")))
    assert "wb-mark" not in html and "A &amp; b." in html and "no listed terms" in html
    assert "Names and terms" not in html


def test_the_account_counts_forms_and_states() -> None:
    first, second = simple(State.KEPT), simple(State.FLAGGED, 5)
    html = render.account(translation(*first.segments, *second.segments), GLOSSARY)
    assert html.count("<tr") == 2 and "&times;2" in html and "1 kept" in html and "1 flagged" in html


def test_the_summary_tells_a_guessed_language_and_a_pivot() -> None:
    html = render.summary(translation(Segment("a", "b"), source="hy", target="ru", pivot="en", detected=True))
    assert "Armenian (detected) → Russian via English" in html and "1 sentence " in html.replace("<", " ")


def test_what_the_model_writes_alone_is_folded_away() -> None:
    assert "<details" in render.render(simple(State.REPAIRED, 2))
    assert "<details" not in render.render(translation(Segment("a", "b", plain="b")))


def test_the_empty_place_explains_itself() -> None:
    assert all(state.value in render.empty() for state in State)
    assert "models/" in render.empty(ready=False)
    Tree(render.empty()), Tree(render.empty(ready=False))


def test_entries_of_one_text_look_different_as_long_as_colours_last() -> None:
    ids = [f"entry-{i}" for i in range(3 * COLOURS)]
    worn = colours(ids)
    assert sorted(worn[id] for id in ids[:COLOURS]) == list(range(COLOURS))
    assert all(list(worn.values()).count(colour) == 3 for colour in range(COLOURS))
    assert colours(["entry-1"]) == colours(["entry-1", "entry-1"])


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def variables(selector: str) -> dict[str, str]:
    block = re.search(r"^" + re.escape(selector) + r" \{(.*?)\}", CSS, re.M | re.S)
    assert block, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block.group(1)))


@pytest.mark.parametrize(("root", "mode"), [(":root", ""), (".dark", ".dark ")])
def test_colours_can_be_read_in_light_and_dark(root: str, mode: str) -> None:
    page = variables(root)
    for soft in ("wb-ink", "wb-soft", "wb-kept", "wb-repaired", "wb-flagged"):
        assert contrast(page[soft], page["wb-paper"]) >= 4.5, soft
    assert contrast(page["wb-flagged"], page["wb-alarm"]) >= 4.5
    for number in range(COLOURS):
        colour = variables(f"{mode}.wb-c{number}")
        assert contrast(page["wb-ink"], colour["tint"]) >= 7
        assert contrast(colour["line"], page["wb-paper"]) >= 4.5
        assert contrast(colour["line"], colour["tint"]) >= 3
        for state in ("wb-kept", "wb-repaired", "wb-flagged"):
            assert contrast(page[state], colour["tint"]) >= 3, (number, state)
