"""Hints beside the terms of a source, through both engines and the ladder."""

import numpy
import pytest
from toy import ToyEngine

from workbench.enforcement.demands import Terms
from workbench.enforcement.ladder import ANNOTATION, Ladder
from workbench.engines import registry
from workbench.engines.annotation import Annotation, Hint, annotated, from_card
from workbench.engines.engine import Options
from workbench.engines.piece import Piece
from workbench.errors import InputError
from workbench.spans import Span

PIECES = (Piece("▁Old", 0, 3), Piece("▁Yere", 4, 8), Piece("van", 8, 11), Piece("▁met", 12, 15), Piece(".", 15, 16))


def encode(text):
    return [f"▁{word}" for word in text.split()]


def test_a_hint_stands_behind_its_term():
    read, fold = annotated(PIECES, [Hint(Span(4, 11), "Ereván")], Annotation(), encode)
    begin, middle, end, _ = Annotation().pieces
    assert read == [
        "▁Old",
        begin,
        "▁Yere",
        "van",
        middle,
        "▁Ereván",
        end,
        "▁met",
        ".",
    ]
    attention = numpy.zeros((1, len(read) + 1), dtype=numpy.float32)
    attention[0, [0, 2, 5, 7, 9]] = 0.2
    assert numpy.allclose(attention @ fold, [[0.2, 0.3, 0.1, 0.2, 0, 0.2]])


def test_a_masked_term_is_not_read_and_its_hint_stands_for_it():
    read, fold = annotated(PIECES, [Hint(Span(4, 11), "Ereván")], Annotation(masked=True), encode)
    begin, middle, end, mask = Annotation().pieces
    assert read == ["▁Old", begin, mask, middle, "▁Ereván", end, "▁met", "."]
    assert numpy.allclose(fold.sum(1), 1)
    assert numpy.allclose((numpy.eye(9, dtype=numpy.float32) @ fold)[4], [0, 1, 0, 0, 0, 0])


def test_hints_that_overlap_or_cover_nothing_are_left_out():
    hints = [Hint(Span(4, 11), "Ereván"), Hint(Span(8, 11), "van"), Hint(Span(11, 12), "x"), Hint(Span(0, 3), "viejo")]
    read, _ = annotated(PIECES, hints, Annotation(), encode)
    assert [piece for piece in read if piece in ("▁Ereván", "▁van", "▁x", "▁viejo")] == ["▁viejo", "▁Ereván"]


def test_a_card_says_how_a_model_is_asked():
    assert from_card(None, "card.toml") is None
    assert from_card({"masked": True}, "card.toml") == Annotation(masked=True)
    with pytest.raises(InputError, match="card.toml: 'annotation'"):
        from_card({"colour": "red"}, "card.toml")


class Obedient(ToyEngine):
    """Writes each hint in the place of its source."""

    annotation = Annotation()

    def decode(self, sentences, options=Options(), prefixes=None, hints=None):
        if hints is not None:
            words = {hint.span.of(s): hint.text for s, of in zip(sentences, hints, strict=True) for hint in of}
            return [ToyEngine(self.table | words).decode([s], options)[0] for s in sentences]
        return super().decode(sentences, options, prefixes)


def test_the_ladder_asks_with_hints_before_it_forces(en_es: Terms):
    sentence = "Pashinyan signs a ceasefire."
    engine = Obedient({"signs": "firma", "a": "un", "ceasefire": "cese"})
    made = Ladder(engine, Options()).render([sentence], [en_es])[0]
    assert made.plain == "Pashinyan firma un cese." and made.target == "Pashinián firma un alto el fuego."
    assert {term.entry: term.rung for term in made.terms}["ceasefire"] == ANNOTATION
    deaf = Ladder(engine, Options(), annotate=False).render([sentence], [en_es])[0]
    assert ANNOTATION not in {term.rung for term in deaf.terms}


@pytest.mark.model
def test_both_engines_read_the_same_hints():
    card = registry.find("en", "es")
    sentences = ["The minister met Pashinyan in Yerevan.", "Nothing is asked here."]
    hints = [[Hint(Span(17, 26), "Pashinián"), Hint(Span(30, 37), "Ereván")], []]
    found = []
    for backend in ("ct2", "torch"):
        options = {"quantization": "float32"} if backend == "ct2" else {}
        engine = registry.BACKENDS[backend](card.path, "en", "es", annotation=Annotation(), **options)
        found.append([h[0] for h in engine.decode(sentences, Options(), hints=hints)])
    for one, other, sentence in zip(*found, sentences, strict=True):
        assert one.text == other.text
        assert one.attention.shape == (len(one.pieces), len(engine.pieces(sentence)) + 1)
        assert numpy.allclose(one.attention, other.attention, atol=1e-3)
        assert numpy.allclose(one.attention.sum(1), 1, atol=1e-3)
    with pytest.raises(ValueError, match="reads no annotations"):
        registry.BACKENDS["torch"](card.path, "en", "es").decode(sentences, hints=hints)
