"""A look at the dev set in the middle of a run: greedy translations and their score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import sentencepiece
import torch
from transformers import MarianMTModel

from workbench.errors import InputError
from workbench.training.pairs import Pair
from workbench.training.parallel import Languages, read_parallel

LINES = 200  # of the dev set, evenly over it, for each language pair
BATCH = 40  # lines decoded together
Score = Callable[[Sequence[str], Sequence[str]], float]  # of outputs against references


class Validator:
    """The same lines every time. `score`: a corpus measure, higher is better."""

    def __init__(
        self,
        path: Path,
        pairs: Sequence[Languages],
        score: Score,
        pieces: sentencepiece.SentencePieceProcessor,
        tags: dict[str, int],
    ):
        """InputError: a language pair of which the file has no line."""
        self._score, self._pieces, self._tags = score, pieces, tags
        self._rows: dict[Languages, list[Pair]] = {pair: [] for pair in pairs}
        for row in read_parallel(path, pairs):
            self._rows[row.languages].append(row)
        for pair, rows in self._rows.items():
            if not rows:
                raise InputError(f"{path}: no lines of {'-'.join(pair)} to validate on")
            self._rows[pair] = rows[:: -(-len(rows) // LINES)]

    def __call__(self, model: MarianMTModel, bf16: bool) -> float:
        """The mean over the language pairs. The model is in evaluation mode meanwhile."""
        training = model.training
        model.eval()
        scores = []
        for rows in self._rows.values():
            outputs = self._translated(model, rows, bf16)
            scores.append(self._score(outputs, [row.target for row in rows]))
        model.train(training)
        return sum(scores) / len(scores)

    def _translated(self, model: MarianMTModel, rows: Sequence[Pair], bf16: bool) -> list[str]:
        end, pad = self._pieces.eos_id(), model.config.pad_token_id
        ids = []
        for row in rows:
            tag = self._tags.get(row.languages[1])
            ids.append([*([] if tag is None else [tag]), *self._pieces.encode(row.source)[:200], end])
        outputs = [""] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: len(ids[i]))
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            width = max(len(ids[i]) for i in part)
            source = torch.tensor([ids[i] + [pad] * (width - len(ids[i])) for i in part], device=model.device)
            with torch.no_grad(), torch.autocast(model.device.type, dtype=torch.bfloat16, enabled=bf16):
                made = model.generate(
                    input_ids=source,
                    attention_mask=(source != pad).long(),
                    max_new_tokens=width + width // 2 + 10,
                    max_length=None,
                    num_beams=1,
                    do_sample=False,
                )
            for i, numbers in zip(part, made[:, 1:].tolist(), strict=True):
                kept = numbers[: numbers.index(end)] if end in numbers else numbers
                outputs[i] = self._pieces.decode([n for n in kept if n != pad])
        return outputs
