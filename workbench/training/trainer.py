"""Train a MarianMT model: a loop that can be stopped at any moment and goes on where it was."""

from __future__ import annotations

import itertools
import json
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from transformers import MarianMTModel

from workbench.errors import InputError
from workbench.training.aligner import Aligner
from workbench.training.batches import Batch, batches
from workbench.training.checkpoints import Checkpoints
from workbench.training.corpus import Corpus
from workbench.training.materials import Inputs, Materials
from workbench.training.model import loss_of, new_model, start_from_dictionary, zero_pad_row
from workbench.training.optimizer import Steps
from workbench.training.recipe import Recipe
from workbench.training.validation import Score, Validator

SAVE_EVERY = 600.0  # seconds between checkpoints
SAY_EVERY = 20.0  # seconds between lines of the log
EMA_EVERY = 10  # steps between two updates of the averaged weights


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
    looks: int = 0  # at the dev set
    looked: int = -1  # tokens done at the last look
    best: float = -1.0
    stale: int = 0  # looks since the best one


def use_threads(count: int | None) -> None:
    """CPU threads of this process; None leaves them all."""
    if count:
        torch.set_num_threads(count)


class Trainer:
    """One run in one folder: `vocabulary` files, checkpoints, `log.jsonl`.

    `corpus`: pairs that are not read from `inputs` as parallel text, names for one; its folder then
    holds the vocabulary already.
    """

    def __init__(
        self,
        recipe: Recipe,
        inputs: Inputs,
        folder: Path,
        init: Path | None = None,
        score: Score | None = None,
        save_every: float = SAVE_EVERY,
        corpus: Corpus | None = None,
    ):
        """`init`: a model folder whose weights and vocabulary the run starts from. `score`: of the dev
        set, needed where `inputs` has one. `save_every`: seconds between checkpoints."""
        self.recipe, self.folder, self.save_every = recipe, folder, save_every
        folder.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.bf16 = self.device.type == "cuda" or torch.cpu._is_amx_tile_supported()  # without AMX it is slower
        random.seed(recipe.seed)
        torch.manual_seed(recipe.seed)
        self.materials = Materials(recipe, inputs, folder, init, corpus)
        self.corpus, self.pad = self.materials.corpus, self.materials.pad
        counts = {f"{key.source}-{key.target} {key.origin}": dict(c) for key, c in self.corpus.counts.items()}
        self._say(pairs=len(self.corpus), collections=counts)
        self.validator = None
        if inputs.dev is not None:
            assert score is not None, "a dev set needs a score"
            self.validator = Validator(inputs.dev, recipe.pairs, score, self.materials.pieces, self.materials.tags)
        self.checkpoints = Checkpoints(folder)
        self.model = self._model(init)
        self.aligner: Aligner | None = None
        if recipe.guided and not init and not self.checkpoints.steps():
            self.aligner = self.materials.aligner()
            start_from_dictionary(self.model, self.aligner)
        zero_pad_row(self.model)
        self.optimizer = Steps(self.model, recipe.rate, muon=recipe.muon)
        self.ema = {k: v.detach().clone() for k, v in self.model.state_dict().items() if v.is_floating_point()}
        self.progress = Progress()
        self._stop = False
        self._resume()

    def _model(self, init: Path | None) -> MarianMTModel:
        made = self.materials
        if init is None:
            return new_model(self.recipe, made.pad + 1, made.pad, made.end).to(self.device)
        attention = "eager" if self.recipe.guided else "sdpa"  # the alignment loss reads the weights
        dropout = self.recipe.shape.dropout
        return MarianMTModel.from_pretrained(
            init, dtype=torch.float32, attn_implementation=attention, dropout=dropout
        ).to(self.device)

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
        """Train to the end of the recipe, or until the dev set shows no gain; False when a signal
        stopped it before. `show`: called after every step with the target tokens done and in all."""
        names = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(name, lambda *_: setattr(self, "_stop", True)) for name in names]
        try:
            return self._train(show or (lambda done, total: None))
        finally:
            for name, handler in zip(names, before, strict=True):
                signal.signal(name, handler)

    def _train(self, show: Callable[[int, int], None]) -> bool:
        if self.materials.needs_aligner and self.aligner is None:
            self.aligner = self.materials.aligner()
        augmenter = self.materials.augmenter(self.aligner)
        if self.aligner is not None:
            self.aligner.to(self.device)
        saved = said = time.monotonic()
        clock = time.monotonic()
        self.model.train()
        while self.progress.stage < len(self.recipe.stages) and not self.stale:
            stage = self.recipe.stages[self.progress.stage]
            end = self.materials.end
            epoch = batches(self.corpus, stage, self.recipe, augmenter, end, self.pad, self.progress.epoch)
            for batch in itertools.islice(epoch, self.progress.batch, None):
                loss = self._step(batch)
                show(self.progress.tokens, self.recipe.tokens)
                self._look()
                now = time.monotonic()
                self.progress.seconds += now - clock
                clock = now
                if now - said > SAY_EVERY:
                    said = now
                    self._tell(stage.name, loss)
                if now - saved > self.save_every:
                    self.save()
                    saved = time.monotonic()
                if self._stop:
                    self.save()
                    return False
                if self.progress.stage_tokens >= stage.tokens or self.stale:
                    break
            else:
                if self.progress.batch == 0:
                    raise InputError(f"stage '{stage.name}': no line is shorter than max_pieces")
                self.progress.epoch, self.progress.batch = self.progress.epoch + 1, 0
                continue
            if not self.stale:
                self.progress.stage += 1
                self.progress.epoch = self.progress.batch = self.progress.stage_tokens = 0
                self.save()
        self._look(last=True)
        self._tell("end", self._mean_loss())
        self.save()
        return True

    # -- one step --------------------------------------------------------------------------

    def _step(self, batch: Batch) -> float:
        batch = Batch(*(part.to(self.device) if torch.is_tensor(part) else part for part in batch))
        guide = self.aligner if self.recipe.guided else None
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.bf16):
            loss, nats = loss_of(self.model, batch, self.recipe, guide)
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
        return self._mean_loss()

    def _mean_loss(self) -> float:
        losses = self.progress.losses
        return sum(value for _, value in losses) / max(1, len(losses))

    def _average(self) -> None:
        """Move the averaged weights towards the present ones."""
        count = self.progress.step / EMA_EVERY
        decay = min(self.recipe.ema**EMA_EVERY, count / (count + 10))
        with torch.no_grad():
            for name, weight in self.model.state_dict().items():
                if name in self.ema:
                    self.ema[name].lerp_(weight, 1 - decay)

    # -- looking at the dev set ------------------------------------------------------------

    @property
    def stale(self) -> bool:
        """Whether the recipe's patience with the dev set is over."""
        return bool(self.recipe.patience) and self.progress.stale >= self.recipe.patience

    def _look(self, last: bool = False) -> None:
        """Every `validate_every` tokens and at the end: a snapshot to average, and the dev set's score."""
        done = self.progress
        due = done.tokens // self.recipe.validate_every > done.looks
        if not (due or last) or done.looked == done.tokens:
            return
        done.looks, done.looked = done.tokens // self.recipe.validate_every, done.tokens
        present = {k: v.detach().clone() for k, v in self.model.state_dict().items() if k in self.ema}
        if self.recipe.average:
            self.checkpoints.snapshot(done.tokens, present, self.recipe.average)
        if self.validator is None:
            return
        self.model.load_state_dict(self.ema, strict=False)
        zero_pad_row(self.model)
        score = self.validator(self.model, self.bf16)
        self.model.load_state_dict(present, strict=False)
        self._say(step=done.step, tokens=done.tokens, dev=round(score, 3), best=round(max(score, done.best), 3))
        if score > done.best:
            done.best, done.stale = score, 0
            self.checkpoints.keep_best(self.ema, {"dev": score, "step": done.step, "tokens": done.tokens})
        else:
            done.stale += 1

    # -- telling and keeping ---------------------------------------------------------------

    @property
    def tokens_per_second(self) -> float:
        return self.progress.tokens / max(self.progress.seconds, 1e-9)

    @property
    def peak_memory(self) -> int:
        """MiB: of the GPU where there is one, else of the whole process."""
        if self.device.type == "cuda":
            return torch.cuda.max_memory_allocated() >> 20
        unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit >> 20

    def _tell(self, stage: str, loss: float) -> None:
        done = self.progress
        left = (self.recipe.tokens - done.tokens) / max(self.tokens_per_second, 1e-9)
        self._say(
            stage=stage,
            step=done.step,
            tokens=done.tokens,
            loss=round(loss, 4),
            rate=f"{self._rate():.2e}",
            tokens_per_second=round(self.tokens_per_second),
            peak_mib=self.peak_memory,
            minutes_left=round(max(left, 0.0) / 60, 1),
        )

    def save(self) -> Path:
        """A whole checkpoint or none."""
        state = {
            "fingerprint": self.materials.fingerprint,
            "model": self.model.state_dict(),
            "ema": self.ema,
            "optimizer": self.optimizer.state_dict(),
            "progress": self.progress.__dict__,
            "torch_rng": torch.get_rng_state(),
        }
        if self.device.type == "cuda":
            state["cuda_rng"] = torch.cuda.get_rng_state()
        return self.checkpoints.save(self.progress.step, state)

    def _resume(self) -> None:
        found = self.checkpoints.newest(self.device)
        if found is None:
            return
        path, state = found
        if state["fingerprint"] != self.materials.fingerprint:
            raise InputError(
                f"{path}: made by another recipe or from other data; train into another folder or remove this one"
            )
        self.model.load_state_dict(state["model"])
        self.ema = state["ema"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])
        torch.set_rng_state(state["torch_rng"].cpu())
        if "cuda_rng" in state:
            torch.cuda.set_rng_state(state["cuda_rng"].cpu())

    def averaged(self) -> MarianMTModel:
        """The model to export, `<pad>` row zero: the mean of the newest snapshots where the recipe
        averages them, else the best look at the dev set, else the moving average of the weights."""
        best = self.checkpoints.best(self.device)
        if self.recipe.average:
            weights = self.checkpoints.average(self.recipe.average, self.device)
        else:
            weights = best[0] if best else self.ema
        self.model.load_state_dict(weights or self.ema, strict=False)
        zero_pad_row(self.model)
        return self.model.eval()
