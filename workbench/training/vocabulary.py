"""The pieces a model reads and writes: one joint SentencePiece vocabulary for both languages."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

END, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
# Marks that news text needs and that a sample of the corpus may lack: never bytes, never unknown.
REQUIRED = "«»“”‘’„‹›—–…¿¡ªº°€£%&'\"()[]/-+=:;,.!?0123456789"


def train_vocabulary(sentences: Iterable[str], size: int, folder: Path, symbols: Iterable[str] = ()) -> None:
    """Write source.spm, target.spm (the same model) and vocab.json as MarianTokenizer reads them.

    Unigram with byte fallback, and no normalisation by SentencePiece itself: decoding what
    was encoded gives the text back, apart from repeated spaces. Ids: `</s>` 0, `<unk>` 1,
    pieces from 2, `<pad>` last. `symbols`: pieces that stand for themselves, as tags of languages.
    """
    _write(
        sentences,
        folder,
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=0.9999,
        required_chars=REQUIRED,
        user_defined_symbols=list(symbols),
    )


def character_vocabulary(words: Iterable[str], tags: Iterable[str], folder: Path) -> None:
    """The same files with one piece a character, and `tags` as pieces of their own."""
    _write(
        words,
        folder,
        vocab_size=20_000,
        hard_vocab_limit=False,
        model_type="char",
        character_coverage=0.9999,
        user_defined_symbols=list(tags),
        add_dummy_prefix=False,
    )


def _write(sentences: Iterable[str], folder: Path, **settings: object) -> None:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        normalization_rule_name="identity",
        bos_id=-1,
        eos_id=0,
        unk_id=1,
        pad_id=-1,
        input_sentence_size=250_000,
        shuffle_input_sentence=True,
        num_threads=2,
        minloglevel=2,
        **settings,
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(model.getvalue())
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    ids = {pieces.id_to_piece(i): i for i in range(pieces.get_piece_size())}
    ids[PAD] = len(ids)
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False, indent=0), encoding="utf-8")


def tag_of(language: str) -> str:
    """The piece that opens a source whose target language it names."""
    return f">>{language}<<"


def load_vocabulary(folder: Path) -> sentencepiece.SentencePieceProcessor:
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
