"""MarianMT in torch: the reference that the fast engine is held against."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from workbench.engines.annotation import Annotation, Hint
from workbench.engines.engine import Hypothesis, Options
from workbench.engines.opened import Opened
from workbench.engines.pieces import END
from workbench.engines.requests import Request, batches, hypothesis, limit, nothing, requests
from workbench.errors import InputError, MissingModel

if TYPE_CHECKING:
    import torch
    from transformers import MarianMTModel

LOGITS = 64_000_000  # held at once while scoring: 256 MB


class _Measured(NamedTuple):
    """A given target: mean log-probability, and attention (target pieces, source pieces) as asked."""

    score: float
    attention: numpy.ndarray | None


class MarianEngine(Opened):
    """Weights in 32-bit floats, from a local folder only. See `Engine` for what each method promises.

    At most `options.nbest` hypotheses come back: a beam may hold fewer different ones. `<pad>`
    and `<unk>` are never written, nor an empty translation of a sentence that has pieces;
    probabilities are those among the pieces that are allowed.
    """

    backend = "torch"

    def __init__(
        self,
        path: Path,
        source: str,
        target: str,
        name: str = "",
        tag: str | None = None,
        device: str = "cpu",
        annotation: Annotation | None = None,
    ):
        """Raises MissingModel for a folder without its files, InputError for one that does not fit together."""
        super().__init__(path, source, target, name, tag, annotation)
        self._model = load_model(path).to(device)

    def decode(
        self,
        sentences: Sequence[str],
        options: Options = Options(),
        prefixes: Sequence[Sequence[str]] | None = None,
        hints: Sequence[Sequence[Hint]] | None = None,
    ) -> list[list[Hypothesis]]:
        asked = requests(self.vocabulary, sentences, options, prefixes, self.annotation, hints)
        results = [nothing(request, options) if request.empty else [] for request in asked]
        # Prefixes cannot be padded, so that all of a batch are of one length.
        for length in sorted({len(request.prefix) for request in asked}):
            chosen = [i for i, r in enumerate(asked) if len(r.prefix) == length and not r.empty]
            for batch in batches([len(asked[i].source) for i in chosen], options.batch_pieces):
                indices = [chosen[i] for i in batch]
                for i, found in zip(indices, self._search([asked[i] for i in indices], options), strict=True):
                    results[i] = found
        return results

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        asked = requests(self.vocabulary, sources, Options(), None)
        written = [
            (*self.vocabulary.fitting(self.vocabulary.target_pieces(target), "target"), END) for target in targets
        ]
        pairs = [(request.source, pieces) for request, pieces in zip(asked, written, strict=True)]
        return [found.score for found in self._measure(pairs, skip=0, forbid=[self.vocabulary.pad], attention=False)]

    def _search(self, asked: Sequence[Request], options: Options) -> Iterator[list[Hypothesis]]:
        """Hypotheses of sentences whose prefixes have one length."""
        import torch
        from transformers import GenerationConfig

        known = self.vocabulary
        skip = len(asked[0].prefix)
        forbid = [known.pad, known.unknown]
        config = GenerationConfig(
            max_new_tokens=limit(known, options) - skip,
            min_new_tokens=0 if skip else 1,
            num_beams=options.beam,
            num_return_sequences=options.nbest,
            do_sample=False,
            early_stopping=options.beam > 1,  # at `beam` finished ones, as CTranslate2 does
            length_penalty=1.0,
            suppress_tokens=forbid,
            no_repeat_ngram_size=known.no_repeat or None,
            renormalize_logits=True,
            pad_token_id=known.pad,
            eos_token_id=known.end,
            decoder_start_token_id=known.pad,
        )
        start = torch.tensor([[known.pad, *known.ids(request.prefix)] for request in asked])
        with torch.no_grad():
            found = self._model.generate(
                **self._sources([request.source for request in asked]),
                decoder_input_ids=start.to(self._model.device),
                generation_config=config,
            )
        pairs = []
        for row, numbers in enumerate(found[:, 1:].tolist()):
            request = asked[row // options.nbest]
            # `</s>` may have number 0 and stand in the prefix as well; what follows it is padding.
            end = numbers.index(known.end, skip) + 1 if known.end in numbers[skip:] else len(numbers)
            pairs.append((request.source, (*request.prefix, *known.named(numbers[skip:end]))))
        measured = self._measure(pairs, skip, forbid, options.attention)
        ranked = sorted(
            (row // options.nbest, -score, row, attention) for row, (score, attention) in enumerate(measured)
        )
        hypotheses: list[list[Hypothesis]] = [[] for _ in asked]
        for sentence, score, row, attention in ranked:
            pieces = pairs[row][1]
            pieces = pieces[:-1] if pieces[-1] == END else pieces
            kept = None if attention is None else attention[: len(pieces)]
            hypotheses[sentence].append(hypothesis(pieces, -score, asked[sentence].plain(kept)))
        yield from hypotheses

    def _measure(
        self,
        pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
        skip: int,
        forbid: Sequence[int],
        attention: bool,
    ) -> list[_Measured]:
        """Of given targets, in order; the first `skip` pieces count nothing in the score.

        `forbid`: numbers that take no probability. With a `skip` of 0 and `<unk>` among
        them the first piece is not `</s>` either, as in the search.
        """
        import torch

        known = self.vocabulary
        longest = max((len(target) for _, target in pairs), default=0)
        results: list[_Measured] = [_Measured(0.0, None)] * len(pairs)
        room = max(LOGITS // len(known.piece_ids), longest)
        for batch in batches([len(target) for _, target in pairs], room):
            sources, targets = zip(*(pairs[i] for i in batch), strict=True)
            labels = _padded([known.ids(target) for target in targets], known.pad).to(self._model.device)
            inputs = torch.cat([torch.full_like(labels[:, :1], known.pad), labels[:, :-1]], dim=1)
            with torch.no_grad():
                out = self._model(**self._sources(sources), decoder_input_ids=inputs, output_attentions=attention)
            logits = out.logits  # (targets, pieces, vocabulary)
            logits[:, :, list(forbid)] = -math.inf
            if known.unknown in forbid and not skip:
                logits[:, 0, known.end] = -math.inf
            chosen = logits.gather(2, labels[:, :, None])[:, :, 0]
            chances = (chosen - logits.logsumexp(2)).double().cpu()
            # Head 0 of the last layer: (targets, pieces, source pieces).
            heads = out.cross_attentions[-1][:, 0].float().cpu().numpy() if attention else None
            for row, i in enumerate(batch):
                source, target = pairs[i]
                counted = chances[row, skip : len(target)]
                rows = None if heads is None else heads[row, : len(target), : len(source)].copy()
                results[i] = _Measured(counted.mean().item() if len(counted) else 0.0, rows)
        return results

    def _sources(self, sources: Sequence[Sequence[str]]) -> dict[str, torch.Tensor]:
        rows = [self.vocabulary.ids(source) for source in sources]
        mask = _padded([[1] * len(row) for row in rows], 0)
        return {
            "input_ids": _padded(rows, self.vocabulary.pad).to(self._model.device),
            "attention_mask": mask.to(self._model.device),
        }


def load_model(path: Path) -> MarianMTModel:
    """The weights of a folder as 32-bit floats, ready to translate; nothing is asked of a network.

    `dtype` is given because a checkpoint loads as it was stored (16-bit), eager attention because
    only that returns its weights. Raises MissingModel without weights, InputError where they are
    of another kind or leave a layer of the model empty.
    """
    try:
        import transformers
        from safetensors import SafetensorError  # transformers brings it
        from torch import float32
    except ImportError as error:
        raise InputError(
            f"torch and transformers are not installed ({error}): pip install torch transformers"
        ) from error
    if not any((path / name).is_file() for name in ("model.safetensors", "pytorch_model.bin")):
        raise MissingModel(f"{path}: no weights (model.safetensors or pytorch_model.bin)")
    transformers.utils.logging.disable_progress_bar()
    options: dict[str, Any] = {"dtype": float32, "attn_implementation": "eager", "local_files_only": True}
    try:
        model, loaded = transformers.MarianMTModel.from_pretrained(path, output_loading_info=True, **options)
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        raise InputError(f"{path}: weights that cannot be read: {str(error).splitlines()[0]}") from error
    if loaded["missing_keys"]:
        raise InputError(f"{path}: weights of another kind, without {', '.join(sorted(loaded['missing_keys'])[:3])}")
    # Ours alone count in `generate`: a stored forced </s>, beam or length would fill in what we leave open.
    model.generation_config = transformers.GenerationConfig()
    return model.eval()


def _padded(rows: Sequence[Sequence[int]], fill: int) -> torch.Tensor:
    import torch

    width = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])
