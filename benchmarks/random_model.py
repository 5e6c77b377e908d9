"""MarianMT folders with random weights: the shape of a real model, for timings that need no download."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

import torch
from transformers import MarianConfig, MarianMTModel

from workbench.training.vocabulary import train_vocabulary

SYLLABLES = [a + b + c for a in "bcdfglmnprstv" for b in "aeiou" for c in ("", "n", "r", "s", "l")]


def sentences(count: int, seed: int = 1, words: int = 12) -> list[str]:
    """Pronounceable nonsense: `count` lines of up to twice `words` words, about `words` on average."""
    dice = random.Random(seed)
    lines = []
    for _ in range(count):
        line = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(dice.randint(1, 2 * words))]
        lines.append(" ".join(line).capitalize() + ".")
    return lines


def make(
    folder: Path,
    layers: tuple[int, int] = (6, 6),
    d_model: int = 512,
    vocab: int = 58_101,
    *,
    ffn: int | None = None,
    heads: int = 8,
    positions: int = 512,
    text: Iterable[str] | None = None,
    seed: int = 1,
    dtype: torch.dtype = torch.float32,
) -> Path:
    """A folder that loads as OPUS-MT ones do. `layers`: of encoder and decoder; `ffn` None: 4 × `d_model`.

    `vocab` counts `<pad>`. SentencePiece learns what it can from `text`, and invented pieces
    that no text is written with fill the vocabulary up to `vocab`. Raises RuntimeError
    (SentencePiece) where `vocab` is smaller than its 256 bytes and the characters of the text.
    """
    torch.manual_seed(seed)
    lines = list(text) if text is not None else sentences(6_000)
    train_vocabulary(lines, min(vocab - 1, 8000), folder)
    pieces: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    pad = pieces.pop("<pad>")
    pieces |= {f"▁filler{number}": number for number in range(pad, vocab - 1)}
    pieces["<pad>"] = pad = vocab - 1
    (folder / "vocab.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    config = MarianConfig(
        vocab_size=vocab,
        encoder_layers=layers[0],
        decoder_layers=layers[1],
        d_model=d_model,
        encoder_ffn_dim=ffn or 4 * d_model,
        decoder_ffn_dim=ffn or 4 * d_model,
        encoder_attention_heads=heads,
        decoder_attention_heads=heads,
        activation_function="swish",
        scale_embedding=True,
        max_position_embeddings=positions,
        init_std=d_model**-0.5,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        bos_token_id=None,
    )
    model = MarianMTModel(config)
    with torch.no_grad():
        model.get_input_embeddings().weight[pad].zero_()
    model.to(dtype).save_pretrained(folder)
    return folder
