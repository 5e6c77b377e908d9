"""The network: made anew, started from a dictionary, and what it is trained to lessen."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch.nn.functional import log_softmax
from transformers import GenerationConfig, MarianConfig, MarianMTModel

from workbench.training.aligner import Aligner
from workbench.training.batches import Batch
from workbench.training.recipe import Recipe


def new_model(recipe: Recipe, vocabulary: int, pad: int, end: int) -> MarianMTModel:
    """An untrained model of the recipe's shape, embeddings tied, `<pad>` row zero."""
    shape = recipe.shape
    config = MarianConfig(
        vocab_size=vocabulary,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        d_model=shape.d_model,
        encoder_ffn_dim=shape.ffn,
        decoder_ffn_dim=shape.ffn,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        dropout=shape.dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        activation_function="relu",
        init_std=0.02,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        max_position_embeddings=512,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=end,
        forced_eos_token_id=end,
        bos_token_id=None,
    )
    config._attn_implementation = "eager"  # gives attention weights, and is no slower on a CPU
    model = MarianMTModel(config)
    model.generation_config = GenerationConfig(
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=end,
        bad_words_ids=[[pad]],
        max_length=512,
        num_beams=1,
    )
    return model


def start_from_dictionary(model: MarianMTModel, aligner: Aligner) -> None:
    """An untrained model that knows the lexicon of the aligner.

    Pieces that translate each other get like embeddings (a random vector plus those of the
    translations), and the cross-attention begins by passing on what it reads, so that the
    decoder sees the words of the source from the first step. Without this a small post-norm
    model spends its first thousands of steps as a language model blind to its source.
    """
    generator = torch.Generator().manual_seed(0)
    size, width = model.get_input_embeddings().weight.shape
    own = torch.randn(size, width, generator=generator)
    lexicon = aligner.table.float()
    lexicon = lexicon + lexicon.T
    lexicon.fill_diagonal_(0.0)
    lexicon /= lexicon.norm(dim=1, keepdim=True) + 1e-6
    with torch.no_grad():
        near = torch.nn.functional.normalize(own + lexicon @ own, dim=1)
        model.get_input_embeddings().weight.copy_(near)
        for layer in model.model.decoder.layers:
            for part in (layer.encoder_attn.v_proj, layer.encoder_attn.out_proj):
                torch.nn.init.eye_(part.weight)


def zero_pad_row(model: MarianMTModel) -> None:
    """CTranslate2 starts the decoder from a zero vector, transformers from the `<pad>` row."""
    with torch.no_grad():
        model.get_input_embeddings().weight[model.config.pad_token_id].zero_()


class Losses(NamedTuple):
    """Per target token: what is stepped on, and the plain cross-entropy in nats."""

    total: torch.Tensor
    nats: torch.Tensor


def loss_of(model: MarianMTModel, batch: Batch, recipe: Recipe, aligner: Aligner | None) -> Losses:
    """Smoothed cross-entropy; with an aligner also the cross-entropy between its soft alignment
    and the alignment head (last decoder layer, head 0), over the target pieces it is sure of."""
    made = model.model(
        input_ids=batch.source,
        attention_mask=batch.mask,
        decoder_input_ids=batch.inputs,
        use_cache=False,
        output_attentions=aligner is not None,
    )
    real = batch.labels != -100
    chances = log_softmax(model.lm_head(made.last_hidden_state[real]).float(), dim=-1)
    nats = -chances.gather(1, batch.labels[real][:, None]).mean()
    total = (1 - recipe.label_smoothing) * nats - recipe.label_smoothing * chances.mean()
    if aligner is not None:
        wanted, sure = aligner(batch.keys, batch.labels)
        head = made.cross_attentions[-1][:, 0][sure].float()
        total = total - recipe.guided * (wanted[sure] * (head + 1e-6).log()).sum(-1).mean().nan_to_num()
    return Losses(total, nats.detach())
