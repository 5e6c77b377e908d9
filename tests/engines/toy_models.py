"""Toy models: real in every file, random in their weights, small enough to decode in milliseconds."""

from __future__ import annotations

import io
import json
from pathlib import Path

import sentencepiece
import torch
from transformers import MarianMTModel

from benchmarks.random_model import make, sentences

ENGLISH = [
    "The ministers of the member states met in Geneva.",
    "She said that the agreement would be signed on Monday.",
    "Click the button to open the settings of the printer.",
    "The river runs through the old town and its gardens.",
    "Prices rose by 2.5 per cent in the last quarter.",
]
FRENCH = [
    "Les ministres des États membres se sont réunis à Genève.",
    "Elle a dit que l’accord serait signé lundi.",
    "Cliquez sur le bouton pour ouvrir les réglages de l’imprimante.",
    "La rivière traverse la vieille ville et ses jardins.",
    "Les prix ont augmenté de 2,5 pour cent au dernier trimestre.",
]


def reweighted(folder: Path, end: float = 0.0, pad: float = 0.0) -> Path:
    """Change a model: `end`, a bias that ends translations sooner; `pad`, the norm of the <pad> row."""
    model = MarianMTModel.from_pretrained(folder)
    model.final_logits_bias[0, model.config.eos_token_id] = end
    with torch.no_grad():
        row = torch.ones(model.config.d_model)
        model.get_input_embeddings().weight[model.config.pad_token_id] = pad * row / row.norm()
    model.save_pretrained(folder)
    return folder


def toy(folder: Path, end: float = 1.5, pad: float = 0.0, seed: int = 1) -> Path:
    """Ours in shape: one vocabulary with byte fallback, 32 positions."""
    text = [*ENGLISH, *FRENCH] * 4 + sentences(100)
    make(folder, (2, 2), 32, 420, ffn=64, heads=4, positions=32, text=text, seed=seed)
    return reweighted(folder, end, pad)


def opus_toy(folder: Path) -> Path:
    """OPUS-MT in shape: two SentencePiece models that normalise (NFKC) and have no bytes, two target tags."""
    make(folder, (1, 1), 32, 420, ffn=64, heads=4, positions=64, text=ENGLISH * 9 + sentences(100))
    ids = {"</s>": 0, "<unk>": 1}
    for name, lines in (("source.spm", ENGLISH), ("target.spm", FRENCH)):
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines * 9), model_writer=model, vocab_size=90, hard_vocab_limit=False, minloglevel=2
        )
        (folder / name).write_bytes(model.getvalue())
        pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
        for number in range(3, pieces.get_piece_size()):  # after its own <unk>, <s>, </s>
            ids.setdefault(pieces.id_to_piece(number), len(ids))
    for extra in (">>fra<<", ">>spa<<", *(f"▁filler{i}" for i in range(420))):
        if len(ids) < 419:
            ids.setdefault(extra, len(ids))
    ids["<pad>"] = 419
    (folder / "vocab.json").write_text(json.dumps(ids), encoding="utf-8")
    return folder
