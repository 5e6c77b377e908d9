"""Train a MarianMT model: a loop that can be stopped at any moment and goes on where it was."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import torch
from torch.nn.functional import log_softmax
from transformers import GenerationConfig, MarianConfig, MarianMTModel

from workbench.errors import InputError
from workbench.training.aligner import Aligner
from workbench.training.batches import Batch, batches
from workbench.training.corpus import Corpus, read_corpus
from workbench.training.optimizer import Steps
from workbench.training.recipe import Recipe
from workbench.training.vocabulary import load_vocabulary, train_vocabulary

SAVE_EVERY = 600.0  # seconds between checkpoints
SAY_EVERY = 20.0  # seconds between lines of the log
EMA_EVERY = 10  # steps between two updates of the averaged weights
ALIGN_PAIRS = 40_000  # of each collection, for the aligner
KEEP = 2  # newest checkpoints kept


@dataclass
class Progress:
    """Where a run stands; all of it is saved."""

    step: int = 0
    stage: int = 0
    epoch: int = 0
    batch: int = 0  # batches of this epoch already used
    tokens: int = 0  # target tokens of all stages
    stage_tokens: int = 0
    seconds: float = 0.0
    losses: list[tuple[int, float]] = field(default_factory=list)  # (step, nats per token)


def use_threads(count: int | None) -> None:
    """CPU threads of this process; None leaves them all."""
    if count:
        torch.set_num_threads(count)


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
        wanted, sure = aligner(batch.source, batch.labels)
        head = made.cross_attentions[-1][:, 0][sure].float()
        total = total - recipe.guided * (wanted[sure] * (head + 1e-6).log()).sum(-1).mean().nan_to_num()
    return Losses(total, nats.detach())


class Trainer:
    """One run in one folder: `vocabulary` files, checkpoints, `log.jsonl`.

    `corpus`: pairs that are not read from `data` as parallel text, names for one; its folder then
    holds the vocabulary already.
    """

    def __init__(
        self, recipe: Recipe, data: Path, folder: Path, init: Path | None = None, corpus: Corpus | None = None
    ):
        self.recipe, self.data, self.folder = recipe, data, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.bf16 = self.device.type == "cuda" or torch.cpu._is_amx_tile_supported()  # without AMX it is slower
        random.seed(recipe.seed)
        torch.manual_seed(recipe.seed)
        wanted = frozenset(itertools.chain.from_iterable(s.sources for s in recipe.stages))
        self.corpus = corpus or read_corpus(data, flip=recipe.target == "en", wanted=wanted)
        self._say(pairs={k: len(v) for k, v in self.corpus.pairs.items()}, dropped=dict(self.corpus.dropped))
        self._vocabulary(init)
        self.pieces = load_vocabulary(folder)
        self.pad = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))["<pad>"]
        self.model = (
            MarianMTModel.from_pretrained(init, dtype=torch.float32, attn_implementation="eager")
            if init
            else new_model(recipe, self.pad + 1, self.pad, self.pieces.eos_id())
        ).to(self.device)
        self.aligner: Aligner | None = None
        if recipe.guided and not init and not self._checkpoints():
            self.aligner = self._aligner()
            start_from_dictionary(self.model, self.aligner)
        zero_pad_row(self.model)
        self.optimizer = Steps(self.model, recipe.rate, muon=recipe.muon)
        self.ema = {k: v.detach().clone() for k, v in self.model.state_dict().items() if v.is_floating_point()}
        self.progress = Progress()
        self._stop = False
        self._resume()

    def _vocabulary(self, init: Path | None) -> None:
        files = ("source.spm", "target.spm", "vocab.json")
        if all((self.folder / name).exists() for name in files):
            return
        if init:
            for name in files:
                shutil.copy(init / name, self.folder / name)
            return
        text = (
            side
            for origin, share in self.recipe.stages[0].sources.items()
            for pair in self.corpus.pairs[origin][: max(20_000, round(share * len(self.corpus.pairs[origin])))]
            for side in (pair.source, pair.target)
        )
        train_vocabulary(text, self.recipe.vocabulary, self.folder)

    def _aligner(self) -> Aligner:
        """Learnt from up to ALIGN_PAIRS pairs of the run's own corpus, the same ones on every start."""
        rng = random.Random(self.recipe.seed)
        pairs = [
            pair for group in self.corpus.pairs.values() for pair in rng.sample(group, min(len(group), ALIGN_PAIRS))
        ]
        encode = self.pieces.encode
        return Aligner([(encode(pair.source), encode(pair.target)) for pair in pairs], self.pad + 1)

    def _say(self, **facts: object) -> None:
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(facts, ensure_ascii=False) + "\n")

    def _rate(self) -> float:
        """Warm-up, inverse square root, then a straight fall to zero over the last `decay` of the tokens."""
        recipe, step = self.recipe, self.progress.step + 1
        hold = max(recipe.hold, recipe.warm_up)
        rate = recipe.rate * min(1.0, step / recipe.warm_up, (hold / step) ** 0.5)
        left = 1 - self.progress.tokens / recipe.tokens
        return rate * min(1.0, max(left, 0.002) / recipe.decay)

    def run(self, show: Callable[[int, int], None] | None = None) -> bool:
        """Train to the end of the recipe; False when a signal stopped it before. `show`: called after
        every step with the target tokens done and in all."""
        names = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(name, lambda *_: setattr(self, "_stop", True)) for name in names]
        try:
            return self._train(show or (lambda done, total: None))
        finally:
            for name, handler in zip(names, before, strict=True):
                signal.signal(name, handler)

    def _train(self, show: Callable[[int, int], None]) -> bool:
        if self.recipe.guided and self.aligner is None:
            self.aligner = self._aligner()
        saved = said = time.monotonic()
        clock = time.monotonic()
        self.model.train()
        while self.progress.stage < len(self.recipe.stages):
            stage = self.recipe.stages[self.progress.stage]
            epoch = batches(self.corpus, stage, self.recipe, self.pieces, self.pad, self.progress.epoch)
            for batch in itertools.islice(epoch, self.progress.batch, None):
                loss = self._step(batch)
                show(self.progress.tokens, self.recipe.tokens)
                now = time.monotonic()
                self.progress.seconds += now - clock
                clock = now
                if now - said > SAY_EVERY:
                    said = now
                    self._tell(stage.name, loss)
                if now - saved > SAVE_EVERY:
                    self.save()
                    saved = time.monotonic()
                if self._stop:
                    self.save()
                    return False
                if self.progress.stage_tokens >= stage.tokens:
                    break
            else:
                self.progress.epoch, self.progress.batch = self.progress.epoch + 1, 0
                continue
            self.progress.stage += 1
            self.progress.epoch = self.progress.batch = self.progress.stage_tokens = 0
            self.save()
        self.save()
        return True

    def _tell(self, stage: str, loss: float) -> None:
        done = self.progress
        speed = done.tokens / max(done.seconds, 1e-9)
        left = (self.recipe.tokens - done.tokens) / max(speed, 1e-9)
        self._say(
            stage=stage,
            step=done.step,
            tokens=done.tokens,
            loss=round(loss, 4),
            rate=f"{self._rate():.2e}",
            tokens_per_second=round(speed),
            minutes_left=round(left / 60, 1),
        )

    def _step(self, batch: Batch) -> float:
        batch = Batch(*(part.to(self.device) if torch.is_tensor(part) else part for part in batch))
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.bf16):
            loss, nats = loss_of(self.model, batch, self.recipe, self.aligner)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip)
        self.optimizer.step(self._rate())
        zero_pad_row(self.model)
        done = self.progress
        done.step += 1
        done.batch += 1
        done.tokens += batch.tokens
        done.stage_tokens += batch.tokens
        if done.step % EMA_EVERY == 0:
            self._average()
        done.losses.append((done.step, nats.item()))
        del done.losses[:-200]
        return sum(value for _, value in done.losses) / len(done.losses)

    def _average(self) -> None:
        """Move the averaged weights towards the present ones."""
        count = self.progress.step / EMA_EVERY
        decay = min(self.recipe.ema**EMA_EVERY, count / (count + 10))
        with torch.no_grad():
            for name, weight in self.model.state_dict().items():
                if name in self.ema:
                    self.ema[name].lerp_(weight, 1 - decay)

    def save(self) -> Path:
        """A whole checkpoint or none: written beside, synced, renamed. Keeps the newest KEEP."""
        final = self.folder / f"step-{self.progress.step:07d}.pt"
        beside = final.with_suffix(".part")
        state = {
            "fingerprint": self.recipe.fingerprint,
            "model": self.model.state_dict(),
            "ema": self.ema,
            "optimizer": self.optimizer.state_dict(),
            "progress": self.progress.__dict__,
            "torch_rng": torch.get_rng_state(),
        }
        with beside.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(final)
        for old in self._checkpoints()[:-KEEP]:
            with contextlib.suppress(FileNotFoundError):
                old.unlink()
        return final

    def _checkpoints(self) -> list[Path]:
        return sorted(self.folder.glob("step-*.pt"))

    def _resume(self) -> None:
        checkpoints = self._checkpoints()
        if not checkpoints:
            return
        state = torch.load(checkpoints[-1], map_location=self.device, weights_only=True)
        if state["fingerprint"] != self.recipe.fingerprint:
            raise InputError(f"{checkpoints[-1]}: made by another recipe; train into another folder or remove this one")
        self.model.load_state_dict(state["model"])
        self.ema = state["ema"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])
        torch.set_rng_state(state["torch_rng"].cpu())

    def averaged(self) -> MarianMTModel:
        """The model with the moving average of its weights, `<pad>` row zero."""
        self.model.load_state_dict(self.ema, strict=False)
        zero_pad_row(self.model)
        return self.model.eval()
