"""Two engines, one model: the fast one is held against the reference.

In 32-bit floats they must agree piece by piece, and within rounding in scores and attention.
8-bit weights move every log-probability a little (about .02 a piece in these random models, where
no piece is much likelier than another), so that another piece may win: there the score that the
reference gives to the fast engine's translations is compared, not the translations.
"""

from __future__ import annotations

import math

import numpy
import pytest

from benchmarks.random_model import sentences
from tests.engines.toy_models import reweighted, toy
from workbench import bundled
from workbench.engines.ct2 import Ct2Engine
from workbench.engines.engine import Options
from workbench.engines.marian import MarianEngine
from workbench.engines.registry import cards, load

TEXT = [
    "The ministers met in Geneva.",
    "",
    "Click the button to open the settings of the printer, 漢 😀.",
    "Prices rose.",
    *sentences(8, seed=5, words=3),
    " ",
]
GREEDY = Options(max_pieces=20)
BEAM = Options(beam=4, nbest=3, max_pieces=20)


@pytest.fixture(params=["joint", "tagged"])
def model(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def torch_engine(model):
    return MarianEngine(model, "en", "fr")


@pytest.fixture
def exact(model):
    return Ct2Engine(model, "en", "fr", quantization="float32", cores=2)


@pytest.fixture(params=[MarianEngine, Ct2Engine], ids=["torch", "ct2"])
def engine(request, model):
    """Either engine, as it is by default."""
    return request.param(model, "en", "fr")


def prefixes_of(engine):
    """Of different lengths, none and a long one among them."""
    return [engine.target_pieces("la ville et ses jardins")[: i % 5] for i in range(len(TEXT))]


def assert_same(ours, theirs):
    for sentence, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        assert [h.pieces for h in mine] == [h.pieces for h in other], sentence
        assert [h.score for h in mine] == pytest.approx([h.score for h in other], abs=1e-4), sentence
        for a, b in zip(mine, other, strict=True):
            numpy.testing.assert_allclose(a.attention, b.attention, atol=1e-3)


@pytest.mark.parametrize("options", [GREEDY, BEAM], ids=["greedy", "beam"])
def test_both_engines_decode_the_same(torch_engine, exact, options):
    assert_same(exact.decode(TEXT, options), torch_engine.decode(TEXT, options))


def test_both_engines_go_on_alike_after_a_forced_prefix(torch_engine, exact):
    prefixes = prefixes_of(exact)
    assert_same(exact.decode(TEXT, GREEDY, prefixes), torch_engine.decode(TEXT, GREEDY, prefixes))


def test_a_beam_after_a_forced_prefix_is_at_least_as_good(torch_engine, exact):
    """There the fast engine holds one hypothesis more, so that it may find better ones, with true scores."""
    prefixes = prefixes_of(exact)
    found = exact.decode(TEXT, BEAM, prefixes)
    reference = torch_engine.decode(TEXT, BEAM, prefixes)
    for sentence, ours, theirs in zip(TEXT, found, reference, strict=True):
        assert ours[0].score >= theirs[0].score - 1e-4
        for one in ours if sentence.strip() else ():
            (again,) = torch_engine.decode(
                [sentence], Options(max_pieces=len(one.pieces) + 1), [[piece.text for piece in one.pieces]]
            )[0]
            numpy.testing.assert_allclose(one.attention, again.attention[: len(one.pieces)], atol=1e-3)
        same = {h.pieces: h.score for h in theirs}
        assert all(h.score == pytest.approx(same[h.pieces], abs=1e-4) for h in ours if h.pieces in same)


@pytest.mark.parametrize("options", [GREEDY, BEAM], ids=["greedy", "beam"])
def test_results_have_the_form_of_the_protocol(engine, options):
    prefixes = prefixes_of(engine)
    results = engine.decode(TEXT, options, prefixes)
    assert len(results) == len(TEXT)
    for sentence, prefix, hypotheses in zip(TEXT, prefixes, results, strict=True):
        assert 1 <= len(hypotheses) <= options.nbest
        scores = [h.score for h in hypotheses]
        assert scores == sorted(scores, reverse=True)
        assert len({h.pieces for h in hypotheses}) == len(hypotheses)
        for found in hypotheses:
            assert tuple(p.text for p in found.pieces[: len(prefix)]) == prefix
            assert len(found.pieces) <= options.max_pieces
            assert found.score <= 0
            assert found.attention.dtype == numpy.float32
            assert found.attention.shape == (len(found.pieces), len(engine.pieces(sentence)) + 1)
            numpy.testing.assert_allclose(found.attention.sum(1), 1, atol=1e-4)
            place = 0
            for piece in found.pieces:
                assert place <= piece.start <= piece.end <= len(found.text)
                place = piece.start


def test_the_score_leaves_the_prefix_out(model):
    """The reference's score of the whole is the score of what was forced and of what was not, by their lengths."""
    engine = MarianEngine(model, "en", "fr")
    prefix = engine.target_pieces("la ville")
    (found,) = engine.decode([TEXT[0]], Options(max_pieces=12), [prefix])[0]
    target = (*(piece.text for piece in found.pieces), "</s>")[:12]
    source = (*(piece.text for piece in engine.pieces(TEXT[0])), "</s>")
    count, forced = len(target), len(prefix)
    forbid = [engine.vocabulary.pad, engine.vocabulary.unknown]
    (whole,) = engine._measure([(source, target)], 0, forbid, False)
    (opening,) = engine._measure([(source, prefix)], 0, forbid, False)
    expected = (whole.score * count - opening.score * forced) / (count - forced)
    assert found.score == pytest.approx(expected, abs=1e-4)


def test_both_engines_score_the_same(torch_engine, exact):
    targets = ["Les prix.", "", "Genève 漢", *["la ville et ses jardins"] * (len(TEXT) - 3)]
    ours, theirs = exact.score(TEXT, targets), torch_engine.score(TEXT, targets)
    assert ours == pytest.approx(theirs, abs=1e-4)
    assert all(score < 0 for score in ours)
    assert exact.score([], []) == torch_engine.score([], []) == []


@pytest.mark.parametrize("backend", [MarianEngine, Ct2Engine])
def test_an_order_of_sentences_and_batches_changes_nothing(backend, joint):
    engine = backend(joint, "en", "fr", **({"quantization": "float32"} if backend is Ct2Engine else {}))
    alone = [engine.decode([sentence], BEAM)[0] for sentence in TEXT]
    assert_same(alone, engine.decode(TEXT, BEAM))
    small = Options(beam=4, nbest=3, max_pieces=20, batch_pieces=40)
    assert_same(alone[::-1], engine.decode(TEXT[::-1], small))


def test_eight_bits_are_nearly_as_good(joint):
    fast, reference = Ct2Engine(joint, "en", "fr"), MarianEngine(joint, "en", "fr")
    found = [h[0] for h in fast.decode(TEXT, BEAM)]
    best = [h[0] for h in reference.decode(TEXT, BEAM)]
    for sentence, ours, theirs in zip(TEXT, found, best, strict=True):
        assert ours.score == pytest.approx(theirs.score, abs=0.15), sentence
    targets = ["la ville et ses jardins"] * len(TEXT)
    assert fast.score(TEXT, targets) == pytest.approx(reference.score(TEXT, targets), abs=0.05)


def test_an_empty_sentence_has_an_empty_translation(engine):
    (found,) = engine.decode(["  "], BEAM)[0]
    assert (found.text, found.pieces, found.score, found.attention.shape[0]) == ("", (), 0.0, 0)
    assert engine.decode([], BEAM) == []
    assert engine.decode(["Prices rose."], Options(attention=False, max_pieces=5))[0][0].attention is None


def test_what_is_too_long_is_cut_not_refused(engine):
    long = "The river. " * 60
    (found,) = engine.decode([long], Options(max_pieces=999), [engine.target_pieces("la ville " * 60)])[0]
    room = engine.vocabulary.positions
    assert found.attention.shape[1] == room
    assert room - 1 <= len(found.pieces) <= room
    assert math.isfinite(engine.score([long], [long])[0])


def test_options_that_contradict_each_other_are_refused(engine):
    with pytest.raises(ValueError, match="nbest 2"):
        engine.decode(["a"], Options(beam=1, nbest=2))
    with pytest.raises(ValueError, match="1 prefixes"):
        engine.decode(["a", "b"], Options(), [["a"]])
    with pytest.raises(ValueError):
        engine.score(["a", "b"], ["a"])


def test_a_pad_row_that_training_moved_starts_both_decoders(tmp_path):
    """CTranslate2 would start from zero: the row changes the translations, and for both alike."""
    folder = toy(tmp_path / "moved", pad=3.0)
    moved = MarianEngine(folder, "en", "fr").decode(TEXT, BEAM)
    assert_same(Ct2Engine(folder, "en", "fr", quantization="float32").decode(TEXT, BEAM), moved)
    reweighted(folder, end=1.5, pad=0.0)
    still = MarianEngine(folder, "en", "fr").decode(TEXT, BEAM)
    assert [h[0].score for h in still] != pytest.approx([h[0].score for h in moved], abs=1e-3)


GOLDEN = {
    "en": ["The meeting will be held in Geneva on Monday.", "Tom has two brothers.", "Open the file and click Save."],
    "es": ["La reunión se celebrará en Ginebra el lunes.", "Tom tiene dos hermanos.", "Abra el archivo."],
    "fr": ["La réunion aura lieu à Genève lundi.", "Tom a deux frères.", "Ouvrez le fichier."],
    "ru": ["Встреча состоится в Женеве в понедельник.", "У Тома два брата.", "Откройте файл."],
}
BUNDLED = [card for card in cards() if card.origin == "bundled" and card.source in GOLDEN]


@pytest.mark.skipif(not BUNDLED, reason=f"no bundled model in {bundled.folder('models')}")
@pytest.mark.parametrize("card", BUNDLED, ids=lambda card: card.name)
def test_bundled_models_translate_alike_in_both_engines(card):
    text = GOLDEN[card.source]
    reference = load(card, "torch")
    pad = reference._model.get_input_embeddings().weight[reference.vocabulary.pad]
    assert not pad.any(), "the <pad> row of an exported model is zero"
    options = Options(beam=2, nbest=2)
    theirs = reference.decode(text, options)
    assert_same(load(card, "ct2", quantization="float32").decode(text, options), theirs)
    eight = load(card, "ct2")
    written = [hypotheses[0].text for hypotheses in theirs]
    assert eight.score(text, written) == pytest.approx(reference.score(text, written), abs=0.05)
    for sentence, ours, other in zip(text, eight.decode(text, options), theirs, strict=True):
        assert ours[0].text.strip()
        assert reference.score([sentence], [ours[0].text])[0] == pytest.approx(other[0].score, abs=0.3)
