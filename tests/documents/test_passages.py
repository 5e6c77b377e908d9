"""Segments translated: verbatim texts through any engine, markup through repairs, the memory before the model."""

from __future__ import annotations

import pytest
from toy import ToyEngine

from workbench import bundled
from workbench.documents.document import Mark, Segment, woven
from workbench.enforcement.demands import Terms
from workbench.engines.engine import Options
from workbench.errors import InputError
from workbench.glossary.model import Glossary
from workbench.spans import Span
from workbench.translation.memory import Memory, load
from workbench.translation.passages import Passages
from workbench.translation.translation import Translator
from workbench.translation.untouchable import lost

model = pytest.mark.skipif(
    not (bundled.folder("models") / "en-es" / "model.safetensors").exists(), reason="no bundled model in this checkout"
)
TABLE = {"the": "el", "red": "rojo", "minister": "ministro", "see": "ver", "and": "y", "people": "personas"}


def passages(table, glossary=Glossary(), memory=None, target="es"):
    engine = ToyEngine(table, "en", target)
    return Passages([Translator(engine, Terms(glossary, "en", target), Options())], memory), engine


def shown(passage):
    return woven(passage.target.text, passage.target.marks, str, lambda m, i: f"<{m.key}>{i}</{m.key}>")


def test_what_must_not_change_never_reaches_the_model():
    work, engine = passages(TABLE)
    source = "see https://x.org/a?b=1 and me@x.org, %s and {name} 👍🏽"
    (made,) = work.translate([Segment("1", source)])
    assert made.target.text == "ver https://x.org/a?b=1 y me@x.org, %s y {name} 👍🏽"
    assert not any("x.org" in sentence or "{" in sentence for sentence in engine.decoded)
    assert made.lost == () and not made.target.flagged


@pytest.mark.parametrize("spoiled", ["", "zzz", "N1", "X1 X1", "Unión"])
def test_an_engine_that_spoils_a_stand_in_loses_nothing(spoiled):
    work, _ = passages(TABLE | {"X1": spoiled, "N1": "www"})
    (made,) = work.translate([Segment("1", "see https://x.org and the red foo_bar")])
    assert made.target.text.count("https://x.org") == 1 and made.target.text.count("foo_bar") == 1
    assert made.lost == ()


@pytest.mark.parametrize("spoiled", ["2.500", "2 500", "many", "", "25"])
def test_a_number_comes_out_as_it_was(spoiled):
    work, _ = passages(TABLE | {"2": spoiled, ",": "", "500": ""})
    (made,) = work.translate([Segment("1", "the 2,500 people")])
    assert "2,500" in made.target.text and made.lost == ()


def test_a_segment_of_nothing_but_verbatim_texts_stays_and_costs_nothing():
    work, engine = passages(TABLE)
    sources = ["https://x.org", "12.5 km/h", "%s: {name}", "—", "👍", "  "]
    made = work.translate([Segment(str(i), source) for i, source in enumerate(sources)])
    assert [p.target.text for p in made] == sources and {p.target.origin for p in made} == {"none"}
    assert engine.decoded == []


def test_white_space_line_breaks_and_a_segment_without_translation_stay():
    work, _ = passages(TABLE)
    made = work.translate([Segment("1", " the red.\nthe minister \n"), Segment("2", "the red", translate=False)])
    assert [p.target.text for p in made] == [" el rojo.\nel ministro \n", "the red"]


def test_markup_follows_its_words_through_a_term_repair(glossary):
    work, _ = passages(TABLE | {"Mirzoyan": "Mirzojan", "Yerevan": "Ereván"}, glossary)
    marks = (Mark("b", Span(4, 16)), Mark("i", Span(17, 25)))
    (made,) = work.translate([Segment("1", "the red minister Mirzoyan and people", marks)])
    assert shown(made) == "el <b>rojo ministro</b> <i>Mirzoyán</i> y personas"
    assert [term.state.value for s in made.sentences for term in s.terms] == ["repaired"]


def test_spans_of_terms_are_true_after_the_stand_ins_are_gone(glossary):
    work, _ = passages(TABLE, glossary)
    (made,) = work.translate([Segment("1", "see https://x.org/a/long/way and Mirzoyan, see www.x.org")])
    (sentence,) = made.sentences
    (term,) = sentence.terms
    assert term.source_span.of(sentence.source) == "Mirzoyan" == term.source_text
    assert term.target_span.of(sentence.target) == "Mirzoyán" == term.target_text


# -- memory ----------------------------------------------------------------------------------


def test_an_exact_match_is_used_before_the_model_and_said_so():
    work, engine = passages(TABLE, memory=Memory([("the red  minister", "el ministro colorado")]))
    (made,) = work.translate([Segment("1", "the red minister")])
    assert (made.target.text, made.target.origin, made.target.flagged) == ("el ministro colorado", "memory 100", False)
    assert engine.decoded == []


def test_a_near_match_is_used_and_flagged_and_its_number_exchanged():
    memory = Memory([("the 12 red people and ministers", "las 12 personas rojas y ministros")])
    work, _ = passages(TABLE, memory=memory)
    (made,) = work.translate([Segment("1", "the 14 red people and ministers")])
    assert made.target.text == "las 14 personas rojas y ministros"
    assert made.target.origin.startswith("memory 9") and made.target.flagged


def test_a_near_match_that_would_lose_a_number_is_not_used():
    memory = Memory([("the red people and ministers", "las personas rojas")], 0.5)
    assert memory.find("the 14 red people and ministers") is None
    assert memory.find("the green people and ministers").likeness < 1
    assert Memory([("the red people and ministers", "x")], 1.0).find("the green people and ministers") is None


def test_a_near_match_of_another_month_is_not_used():
    memory = Memory([("the red people and ministers on May 9, 2020", "las personas rojas el 9 de mayo de 2020")])
    work, _ = passages(TABLE, memory=memory)
    texts = [f"the red people and ministers on {month} 7, 2020" for month in ("May", "July")]
    made = work.translate([Segment(text, text) for text in texts])
    assert made[0].target.text == "las personas rojas el 7 de mayo de 2020"
    assert made[1].target.origin == "model"


def test_a_memory_that_disobeys_the_glossary_is_flagged(glossary):
    work, _ = passages(TABLE, glossary, Memory([("Mirzoyan and the minister", "Mirzojan y el ministro")]))
    (made,) = work.translate([Segment("1", "Mirzoyan and the minister")])
    assert made.target.flagged and made.target.origin == "memory 100"
    assert [term.note for s in made.sentences for term in s.terms] == ["not in this translation"]


def test_a_memory_is_read_from_tmx_by_base_languages(tmp_path):
    path = tmp_path / "m.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="EN-us"><seg>Good <hi>day</hi></seg></tuv>'
        '<tuv xml:lang="es"><seg>Buenos días</seg></tuv></tu><tu><tuv xml:lang="en"><seg>x</seg></tuv></tu></body>'
        "</tmx>",
        encoding="utf-8",
    )
    memory = load([path], "en", "es")
    assert len(memory) == 1 and memory.find("Good day").target == "Buenos días"
    assert load([path], "es", "en").find("Buenos días").target == "Good day"
    path.write_text("<tmx><body>", encoding="utf-8")
    with pytest.raises(InputError, match="TMX"):
        load([path], "en", "es")


# -- the real model ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    from workbench.engines import registry
    from workbench.workbench import Workbench

    bench = Workbench()
    (card,) = registry.route("en", "es", None)
    engine = registry.load(card, "ct2")
    return Passages([Translator(engine, Terms(bench.glossary(), "en", "es"), Options(beam=4))])


SENTENCES = [
    ("The minister Ararat Mirzoyan arrived in Yerevan on Monday.", ["Ararat Mirzoyan", "Yerevan"]),
    ("He said: the ceasefire holds in Nagorno-Karabakh.", ["ceasefire", "Nagorno-Karabakh"]),
    ("Prime Minister Pashinyan did not take part in the talks.", ["Prime Minister Pashinyan"]),
]


@model
@pytest.mark.model
def test_with_the_real_model_a_mark_over_a_term_is_over_its_form(real):
    segments = []
    for number, (source, marked) in enumerate(SENTENCES):
        marks = tuple(
            Mark(str(i), Span(source.index(text), source.index(text) + len(text))) for i, text in enumerate(marked)
        )
        segments.append(Segment(str(number), source, marks))
    repaired = 0
    for made, (_, marked) in zip(real.translate(segments), SENTENCES, strict=True):
        (sentence,) = made.sentences
        for mark, text in zip(made.target.marks, marked, strict=True):
            terms = [term for term in sentence.terms if term.source_text in text]
            assert terms and all(mark.span.holds(term.target_span) for term in terms)
            assert len(mark.span) <= sum(len(term.target_span) for term in terms) + 12
            repaired += sum(term.state.value == "repaired" for term in terms)
    assert repaired >= 3  # so that it is repairs that the marks came through


@model
@pytest.mark.model
def test_with_the_real_model_nothing_verbatim_is_lost(real):
    frames = ["Please visit {} for more information.", "You have {} new messages.", "The price of {} is set.",
              "Write to {} before Monday.", "{} is open.", "We saw {} and then went home."]  # fmt: skip
    items = ["https://www.example.org/a?b=1", "me@x.org", "{name}", "%s", "2,500", "50%", "$1,000", "10:30", "👍🏽",
             "GB82 WEST 1234 5698 7654 32", "run()", "<br/>", "20 °C"]  # fmt: skip
    sources = [frame.format(item) for frame in frames for item in items]
    for source, made in zip(sources, real.translate([Segment(s, s) for s in sources]), strict=True):
        assert made.lost == () and lost(source, made.target.text) == []
        assert "X1" not in made.target.text


def test_over_a_pivot_markup_masks_and_numbers_arrive():
    first = ToyEngine({"the": "el", "red": "rojo", "house": "casa", "see": "ver"}, "en", "es")
    second = ToyEngine({"el": "le", "rojo": "rouge", "casa": "maison", "ver": "voir"}, "es", "fr")
    legs = [Translator(e, Terms(Glossary(), e.source, e.target), Options()) for e in (first, second)]
    marks = (Mark("b", Span(8, 11)), Mark("a", Span(21, 34), True))
    (made,) = Passages(legs).translate([Segment("1", "see the red house at https://x.org 5", marks)])
    assert shown(made) == "voir le <b>rouge</b> maison at <a>https://x.org</a> 5"
    assert made.lost == ()
