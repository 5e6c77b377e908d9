"""The ladder: each rung settles what it is there for, and nothing else changes."""

import numpy
import pytest
from toy import ToyEngine

from workbench.enforcement.demands import Terms
from workbench.enforcement.ladder import Ladder
from workbench.enforcement.outcomes import RUNGS, State
from workbench.engines.engine import Options
from workbench.glossary.model import Entry, Glossary, Kind, Term
from workbench.spans import Span

WORDS = {"met": "se reunió con", "the": "el", "of": "de", "agreed": "acordaron", "and": "y", "in": "en", "a": "un"}


def render(terms, sentence, table=None):
    engine = ToyEngine(WORDS | (table or {}))
    return Ladder(engine, Options(beam=1)).render([sentence], [terms])[0]


def outcomes(rendering):
    return [(t.target_text, t.state, RUNGS[t.rung]) for t in rendering.terms]


def test_a_sentence_without_terms_is_the_plain_one(en_es):
    made = render(en_es, "They agreed and slept .")
    assert made.target == made.plain == "They acordaron y slept."
    assert made.terms == ()


def test_a_form_that_the_model_writes_itself_is_kept(en_es):
    made = render(en_es, "Mirzoian agreed", {"Mirzoian": "Mirzoyán"})
    assert made.target == made.plain
    assert outcomes(made) == [("Mirzoyán", State.KEPT, "plain")]


def test_a_copied_spelling_is_exchanged_in_place(en_es):
    made = render(en_es, "Mirzoian met Pashinyan")
    assert made.target == "Mirzoyán se reunió con Pashinián"
    assert outcomes(made) == [("Mirzoyán", State.REPAIRED, "respelling"), ("Pashinián", State.REPAIRED, "respelling")]


def test_an_admitted_or_forbidden_term_gives_way_with_its_article(en_es):
    made = render(en_es, "They agreed the ceasefire", {"the": "la", "ceasefire": "tregua"})
    assert made.target == "They acordaron el alto el fuego"
    assert outcomes(made) == [("alto el fuego", State.REPAIRED, "respelling")]


def test_de_el_is_contracted(en_es):
    made = render(en_es, "end of the ceasefire", {"the": "la", "ceasefire": "tregua"})
    assert made.target == "end del alto el fuego"


def test_a_spoilt_name_is_decoded_with_a_stand_in(en_es):
    made = render(en_es, "Mirzoian agreed", {"Mirzoian": "Mirador"})
    assert made.target == "Mirzoyán acordaron"
    assert outcomes(made) == [("Mirzoyán", State.REPAIRED, "stand-in")]


def test_a_term_in_other_words_is_forced_or_substituted(en_es):
    made = render(en_es, "They agreed the ceasefire", {"the": "la", "ceasefire": "paz"})
    assert made.target == "They acordaron el alto el fuego"
    (term,) = made.terms
    assert term.state is State.REPAIRED
    assert RUNGS[term.rung] in ("prefix", "substitution")


def test_two_names_do_not_share_one_place(en_es):
    made = render(en_es, "Mirzoian met Mirzoyan", {"Mirzoian": "Mirzoyán", "Mirzoyan": "él"})
    assert made.target.count("Mirzoyán") == 2
    spans = [t.target_span for t in made.terms]
    assert spans[0] != spans[1]
    assert all(span.of(made.target) == "Mirzoyán" for span in spans)


def test_every_target_span_holds_its_text(en_es):
    made = render(en_es, "the U.S. and Armenian Mirzoian met Pashinian in Nagorno-Karabakh")
    for term in made.terms:
        assert term.target_span.of(made.target) == term.target_text
        assert term.source_span.of(made.source) == term.source_text


def test_a_kept_entry_stands_verbatim(en_es):
    made = render(en_es, "Armenpress met Mirzoyan", {"Armenpress": "Prensa"})
    assert "Armenpress" in made.target


def test_house_style_switches_the_form(glossary):
    terms = Terms(glossary.styled("yan"), "en", "es")
    assert render(terms, "Mirzoian met Pashinian").target == "Mirzoyan se reunió con Pashinyan"


def test_an_ambiguous_name_is_flagged():
    both = Glossary(
        (
            Entry("country", Kind.PLACE, (Term("en", "Georgia"), Term("es", "Georgia"))),
            Entry("state", Kind.PLACE, (Term("en", "Georgia"), Term("es", "Georgia (EE. UU.)"))),
        )
    )
    made = render(Terms(both, "en", "es"), "Georgia agreed")
    assert made.terms[0].state is State.FLAGGED
    assert "also claimed by" in made.terms[0].note


def test_an_invisible_character_does_not_shift_the_source_span(en_es):
    made = render(en_es, "Mirzo\u200bian agreed")
    assert made.target == "Mirzoyán acordaron"
    assert made.terms[0].source_text == "Mirzo\u200bian"


def test_the_guarantee_inserts_and_flags(en_es):
    class Deaf(ToyEngine):
        def decode(self, sentences, options=Options(), prefixes=None, hints=None):
            return super().decode(["."] * len(sentences), options)

    made = Ladder(Deaf({}), Options(beam=1)).render(["Mirzoian agreed"], [en_es])[0]
    assert "Mirzoyán" in made.target
    assert outcomes(made)[0][1:] == (State.FLAGGED, "verbatim")


def test_a_forced_form_ends_where_it_ends(en_es):
    from workbench.enforcement.draft import draft
    from workbench.enforcement.repair import ended
    from workbench.engines.engine import Hypothesis

    made = draft("x", (), Hypothesis("Vino Mirzoyanía hoy", (), -1.0))
    assert ended(made, "Vino Mirzoyan").text == "Vino Mirzoyan hoy"
    assert ended(made, "Vino Mirzoyanía").text == made.text
    assert ended(made, "Otra").text == made.text


def test_a_doubled_form_is_written_once(en_es):
    from workbench.enforcement.draft import draft
    from workbench.enforcement.repair import undoubled
    from workbench.engines.engine import Hypothesis

    asked = en_es.demands("Mirzoyan and Mirzoyan")
    made = draft("x", (), Hypothesis("Vino Mirzoyán Mirzoyán hoy, Mirzoyánes", (), -1.0))
    assert undoubled(made, asked[:1], [Span(5, 13)]).text == "Vino Mirzoyán hoy, Mirzoyánes"
    assert undoubled(made, asked, [Span(5, 13), Span(14, 22)]).text == made.text
    assert undoubled(made, asked[:1], [None]) is made


@pytest.mark.parametrize(
    "text, drawn, made",
    [
        ("Vino Mirzo Mirzoyán.", (0, 0.9, 0.9), "Vino Mirzoyán."),
        ("Vino Mirzoyán Mirzoyás.", (0, 0.9, 0.9), "Vino Mirzoyán."),
        ("Vino Mirzo Mirzoyán.", (0, 0, 0.9), "Vino Mirzo Mirzoyán."),  # another word of the source
        ("Vino Pedro Mirzoyán.", (0, 0.9, 0.9), "Vino Pedro Mirzoyán."),
        ("Vino Mirzo, Mirzoyán.", (0, 0.9, 0.9), "Vino Mirzo, Mirzoyán."),
    ],
)
def test_a_garbled_copy_beside_a_form_goes_away(en_es, text, drawn, made):
    from workbench.enforcement.draft import Draft
    from workbench.enforcement.repair import undoubled
    from workbench.text import words

    source = "Mirzoyan came."
    mass = numpy.zeros((3, len(source) + 1), dtype=numpy.float32)
    mass[:, 0], mass[:, -1] = drawn, 1 - numpy.array(drawn)
    before = Draft(text, -1.0, tuple(word.span for word in words(text)), mass, ())
    at = text.index("Mirzoyán")
    assert undoubled(before, en_es.demands(source), [Span(at, at + 8)]).text == made
