"""A whole text: layout, repeated sentences, unlisted names, pivots."""

from toy import ToyEngine

from workbench import text
from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import State, Translation
from workbench.engines.engine import Options
from workbench.filework.report import report_json, summary_lines
from workbench.glossary.model import Glossary
from workbench.translation.translation import Translator, through

EMPTY = Glossary()


def translated(engine, terms, source):
    pieces, after = text.sentences(source, engine.source)
    made = Translator(engine, terms, Options(beam=1)).segments(pieces)
    return Translation(engine.source, engine.target, tuple(made), after)


def test_paragraphs_and_blank_lines_stay(en_es):
    source = "Mirzoian came. He left.\n\n  «Pashinian stayed»\r\n"
    made = translated(ToyEngine({}), en_es, source)
    assert made.text == "Mirzoyán came. He left.\n\n  «Pashinián stayed»\r\n"


def test_a_repeated_sentence_is_decoded_once(en_es):
    engine = ToyEngine({})
    translated(engine, en_es, "Same line.\nSame line.\nSame line.\n")
    assert engine.decoded == ["Same line."]


class Fickle(ToyEngine):
    """Spoils a name where somebody is late."""

    def decode(self, sentences, options=Options(), prefixes=None, hints=None):
        spoilt = [s.replace("Costa", "Cosda") if "late" in s else s for s in sentences]
        return super().decode(spoilt, options, prefixes)


COSTA = "So Costa came. Then Costa was late. Now Costa left."


def test_an_unlisted_name_gets_one_form_and_an_account(en_es):
    made = translated(Fickle({}), en_es, COSTA)
    assert made.text == COSTA
    (term,) = made.terms
    assert (term.entry, term.source_text, term.target_text, term.state) == (
        "document:Costa",
        "Costa",
        "Costa",
        State.REPAIRED,
    )
    assert term.target_span.of(made.segments[1].target) == "Costa"


def test_without_a_glossary_nothing_is_changed():
    made = translated(Fickle({}), Terms(EMPTY, "en", "es"), COSTA)
    assert made.text == COSTA.replace("Then Costa", "Then Cosda")


def test_a_term_lost_in_a_pivot_is_flagged(glossary):
    first = translated(ToyEngine({}, "ru", "en"), Terms(glossary, "ru", "en"), "Мирзоян here.")
    legs = Terms(glossary, "en", "es")
    pieces = [text.Piece("", "Nobody here.")]
    second = Translator(ToyEngine({}), legs, Options(beam=1)).segments(pieces)
    (segment,) = through(first.segments, second, legs)
    assert segment.terms[0].state is State.FLAGGED
    assert "lost on the way" in segment.terms[0].note


def test_a_pivot_keeps_source_and_target(glossary):
    first = translated(ToyEngine({}, "ru", "en"), Terms(glossary, "ru", "en"), "Мирзоян here.")
    legs = Terms(glossary, "en", "es")
    second = Translator(ToyEngine({}), legs, Options(beam=1)).segments([text.Piece("", first.segments[0].target)])
    (segment,) = through(first.segments, second, legs)
    assert (segment.source, segment.target) == ("Мирзоян here.", "Mirzoyán here.")
    assert segment.terms[0].source_text == "Мирзоян"
    assert segment.terms[0].target_text == "Mirzoyán"


def test_the_summary_counts(en_es):
    made = translated(ToyEngine({}), en_es, "Mirzoian came. Mirzoyan left. Nobody.")
    assert made.summary["terms"] == 2
    assert made.summary["entries"] == 1
    assert made.summary["states"] == {"kept": 0, "repaired": 2, "flagged": 0}
    assert made.summary["rungs"]["respelling"] == 2


def test_a_text_keeps_what_must_not_change_and_tells_what_is_lost(monkeypatch):
    from workbench.engines import registry
    from workbench.workbench import Workbench

    engine = ToyEngine({"see": "ver", "people": "personas", "billion": "mil"})
    monkeypatch.setattr(registry, "route", lambda *_: ["card"])
    monkeypatch.setattr(registry, "load", lambda *_: engine)
    text = "  see https://x.org/a?b=1 and 2,500 people.\n\nsee me@x.org, {name} 👍🏽\nsee 3 billion people.\n 5 \n"
    made = Workbench().translate(text, "en", "es", glossaries=())
    assert made.text == (
        "  ver https://x.org/a?b=1 and 2,500 personas.\n\nver me@x.org, {name} 👍🏽\nver 3 mil personas.\n 5 \n"
    )
    assert not any("x.org" in sentence for sentence in engine.decoded)
    assert [segment.lost for segment in made.segments] == [(), (), ("3 billion",), ()]
    assert made.segments[2].flagged and made.summary["lost"] == 1
    assert any("'3 billion'" in line for line in summary_lines(made))
    assert report_json(made)["segments"][2]["lost"] == ["3 billion"]
    alone = Workbench().translate(" 12:30 \n https://x.org \n", "en", "es", glossaries=())
    assert alone.text == " 12:30 \n https://x.org \n" and not any(s.flagged for s in alone.segments)
