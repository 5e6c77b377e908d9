"""Pieces know their places: in the sentence they are cut from, in the text they are joined to."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from workbench.engines.pieces import Vocabulary, join
from workbench.errors import InputError, MissingModel

SENTENCES = [
    "The ministers met in Geneva.",
    "  Two  spaces, one at each end. ",
    "Café naïve — “Genève”…",
    "漢字 and 😀😀 and Փաշինյա՞նը",
    "e\u0301 is two code points; \u200b is none to see",
    "ﬁne ½ №5 ①",  # NFKC makes more characters of each
    "a",
    "\u00a0\u2003",
    "lone \ud800 surrogate",
    "nul \0 and tab\tand <unk> </s> <0xC3> >>fra<<",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("model", ["joint", "tagged"])
def test_source_pieces_lie_in_order_inside_their_sentence(sentence, model, request):
    pieces = Vocabulary(request.getfixturevalue(model), "fr").pieces(sentence)
    place = 0
    for piece in pieces:
        assert place <= piece.start <= piece.end <= len(sentence)
        assert sentence[piece.start : piece.end] == sentence[piece.start : piece.end].strip()
        place = piece.start


def test_a_piece_stands_for_its_own_letters(joint):
    sentence = "Café in  Genève, 漢 Փ"
    found = Vocabulary(joint, "fr").pieces(sentence)
    for piece in found:
        if not piece.text.startswith("<0x"):
            assert sentence[piece.start : piece.end] == piece.text.removeprefix("▁")
    covered = {i for piece in found for i in range(piece.start, piece.end)}
    assert covered == {i for i, c in enumerate(sentence) if c != " "}


def test_bytes_share_the_span_of_their_character(joint):
    found = Vocabulary(joint, "fr").pieces("x漢😀y")
    spans = [(p.start, p.end) for p in found if p.text.startswith("<0x")]
    assert spans == [(1, 2)] * 3 + [(2, 3)] * 4


def test_joining_target_pieces_gives_the_text_and_their_places(joint):
    text = "Genève, 漢 😀 et l’accord"
    pieces = Vocabulary(joint, "fr").target_pieces(text)
    joined, placed = join(pieces)
    assert joined == text
    assert [p.text for p in placed] == list(pieces)
    for piece in placed:
        here = joined[piece.start : piece.end]
        assert here == ("漢" if piece.start == 8 else "😀") if piece.text.startswith("<0x") else here in piece.text


def test_what_makes_no_character_is_joined_all_the_same():
    text, placed = join(["▁a", "<0xE6>", "<0xBC>", "▁b", "<0xA2>", "<0x0A>", "<unk>", "▁"])
    assert text == "a\ufffd\ufffd b\ufffd ⁇"
    assert [(p.start, p.end) for p in placed] == [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (7, 7), (7, 8), (8, 8)]
    assert join([]) == ("", ())
    assert join(["▁", "▁"])[0] == ""


def test_pieces_that_vocab_json_lacks_are_unknown(tagged):
    known = Vocabulary(tagged, "fr")
    pieces = known.pieces("The 漢 river")
    assert known.unknown in known.ids(piece.text for piece in pieces)


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
@pytest.mark.parametrize("model", ["joint", "tagged"])
def test_ids_are_those_of_transformers(model, request):
    from transformers import MarianTokenizer

    folder = request.getfixturevalue(model)
    known = Vocabulary(folder, "fr")
    theirs = MarianTokenizer(*(str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")))
    for sentence in SENTENCES[:7]:
        ours = [*known.ids(piece.text for piece in known.pieces(sentence)), known.end]
        whole = theirs((known.tag or "") + sentence).input_ids[:-1]
        assert ours == [*whole[: known.positions - 1], known.end], sentence
        target = known.target_pieces(sentence)
        assert known.ids([*target, "</s>"]) == theirs(text_target=sentence).input_ids, sentence
        if model == "joint":
            assert join(target)[0] == theirs.convert_tokens_to_string(list(target)).strip(), sentence


def test_the_tag_of_the_target_opens_the_source(tagged, joint):
    assert Vocabulary(tagged, "fr").pieces("The river")[0] == (">>fra<<", 0, 0)
    assert Vocabulary(tagged, "it", tag="spa").pieces("The river")[0].text == ">>spa<<"
    assert Vocabulary(joint, "fr").tag is None
    with pytest.raises(InputError, match=">>fra<<, >>spa<<"):
        Vocabulary(tagged, "it")
    with pytest.raises(InputError, match="no tag >>fra<<"):
        Vocabulary(joint, "fr", tag="fra")


def test_too_long_a_sentence_is_cut_with_a_warning(joint, caplog):
    with caplog.at_level(logging.WARNING):
        assert len(Vocabulary(joint, "fr").pieces("The river. " * 40)) == 31
    assert "cut to 31" in caplog.text


def test_a_folder_without_its_files_says_which(joint, tmp_path):
    half = shutil.copytree(joint, tmp_path / "half")
    (half / "target.spm").unlink()
    with pytest.raises(MissingModel, match=r"half: no target\.spm"):
        Vocabulary(half, "fr")
    (half / "target.spm").write_bytes(b"no model")
    with pytest.raises(InputError, match="not a SentencePiece model"):
        Vocabulary(half, "fr")
    (half / "vocab.json").write_text('{"</s>": 0}')
    with pytest.raises(InputError, match="does not fit"):
        Vocabulary(Path(half), "fr")
