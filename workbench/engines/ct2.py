"""CTranslate2: the fast engine, on weights that are converted once and kept in the user's cache."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import numpy

from workbench.engines import cache
from workbench.engines.annotation import Annotation, Hint
from workbench.engines.engine import Hypothesis, Options
from workbench.engines.marian import load_model
from workbench.engines.opened import Opened
from workbench.engines.pieces import END, PAD, UNKNOWN, Vocabulary
from workbench.engines.requests import Request, hypothesis, limit, nothing, requests
from workbench.errors import InputError

if TYPE_CHECKING:
    import ctranslate2

log = logging.getLogger(__name__)

FORM = 1  # of our conversion: another number makes every model convert anew
NEVER = -1e9  # a bias that takes a piece out of every choice
DROPPED = -1e8  # a score below: a beam that CTranslate2 gave up, not a translation
ABANDONED = 3600.0  # seconds after which an unfinished conversion is a dead one
SMALLEST = 128  # pieces of a batch that is not made smaller to keep every core busy


class Ct2Engine(Opened):
    """8-bit weights by default. See `Engine` for what each method promises.

    At most `options.nbest` hypotheses come back: a beam may hold fewer different ones. `<pad>`
    and `<unk>` are never written, nor an empty translation of a sentence that has pieces;
    probabilities are those among the pieces that are allowed.
    """

    backend = "ct2"

    def __init__(
        self,
        path: Path,
        source: str,
        target: str,
        name: str = "",
        tag: str | None = None,
        device: str = "cpu",
        quantization: str = "int8",
        cores: int | None = None,
        annotation: Annotation | None = None,
    ):
        """`quantization`: "int8" or "float32"; `cores` None: all that this process may use.

        The first time takes seconds: torch converts the weights into the cache. Raises
        MissingModel for a folder without its files, InputError for one that does not fit
        together, or a cache that cannot be written.
        """
        super().__init__(path, source, target, name, tag, annotation)
        self._cores = cores or usable_cores()
        self._translator = _open(path, self.vocabulary, quantization, device, self._cores)

    def decode(
        self,
        sentences: Sequence[str],
        options: Options = Options(),
        prefixes: Sequence[Sequence[str]] | None = None,
        hints: Sequence[Sequence[Hint]] | None = None,
    ) -> list[list[Hypothesis]]:
        asked = requests(self.vocabulary, sentences, options, prefixes, self.annotation, hints)
        results = [nothing(request, options) if request.empty else [] for request in asked]
        full = [i for i, request in enumerate(asked) if not request.empty]
        if not full:
            return results
        sources = [list(asked[i].source) for i in full]
        forced = [list(asked[i].prefix) for i in full]
        wanted = options.beam + (options.beam > 1 and any(forced))  # one more, see `_hypotheses`
        found = self._translator.translate_batch(
            sources,
            target_prefix=forced if any(forced) else None,
            max_batch_size=self._batch(sources, options),
            batch_type="tokens",
            beam_size=options.beam,
            patience=wanted / options.beam,
            num_hypotheses=wanted,
            max_decoding_length=limit(self.vocabulary, options),
            no_repeat_ngram_size=self.vocabulary.no_repeat,
            max_input_length=0,
            disable_unk=True,
            return_scores=True,
            return_end_token=True,
            return_attention=options.attention,
        )
        starts = self._starts(sources, options) if options.attention and options.beam > 1 else [None] * len(full)
        for i, result, start in zip(full, found, starts, strict=True):
            results[i] = _hypotheses(asked[i], result, options, start)
        return results

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        asked = [list(request.source) for request in requests(self.vocabulary, sources, Options(), None)]
        known = self.vocabulary
        written = [list(known.fitting(known.target_pieces(target), "target")) for target in targets]
        if len(asked) != len(written):
            raise ValueError(f"{len(written)} targets for {len(asked)} sources")
        found = self._translator.score_batch(
            asked,
            written,
            max_batch_size=self._batch(asked, Options()),
            batch_type="tokens",
            max_input_length=0,
        )
        return [float(numpy.mean(result.log_probs)) for result in found]

    def _starts(self, sources: list[list[str]], options: Options) -> list[numpy.ndarray]:
        """Attention of the first target piece, by greedy search for a single piece.

        In a beam search over several sentences CTranslate2 (4.8.5) gives the first row of one
        sentence to another. It depends on the source alone, so that any search can tell it.
        """
        found = self._translator.translate_batch(
            sources,
            max_batch_size=self._batch(sources, options),
            batch_type="tokens",
            beam_size=1,
            max_decoding_length=1,
            max_input_length=0,
            return_attention=True,
        )
        return [numpy.array(result.attention[0][0], dtype=numpy.float32) for result in found]

    def _batch(self, sources: Sequence[Sequence[str]], options: Options) -> int:
        """Pieces of a batch, such that a short list of sentences still gives each core one."""
        if not options.spread:
            return options.batch_pieces
        share = -(-sum(map(len, sources)) // self._cores)
        return min(options.batch_pieces, max(share, SMALLEST))


def _hypotheses(
    request: Request, result: ctranslate2.TranslationResult, options: Options, start: numpy.ndarray | None
) -> list[Hypothesis]:
    """Best first by the score of the protocol. `start`: the first row of attention, None if it is right as it is.

    CTranslate2 leaves the forced prefix out of the sum of log-probabilities, but divides by a
    length with the prefix (and with `</s>`, since that is returned): undo it, divide anew. So
    their order is not quite ours, and we ask for all that a beam holds. Right after a prefix
    it counts a translation that ends there as found, yet gives it up unless it is the best
    one: hence the one more.
    """
    found = []
    for number, (pieces, mean) in enumerate(zip(result.hypotheses, result.scores, strict=True)):
        if mean < DROPPED / max(len(pieces), 1):
            continue
        count = len(pieces) - len(request.prefix)
        score = mean * len(pieces) / count if count else 0.0
        kept = pieces[:-1] if count and pieces[-1] == END else pieces
        attention = None
        if options.attention:
            width = len(request.source)  # what stands beyond is padding of the batch
            attention = numpy.zeros((len(kept), width), dtype=numpy.float32)
            for row, weights in zip(attention, result.attention[number], strict=False):
                row[:] = weights[:width]
            if start is not None and len(kept):
                attention[0] = start[:width]
        found.append(hypothesis(kept, score, request.plain(attention)))
    return sorted(found, key=lambda one: -one.score)[: options.nbest]


def usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _library() -> ModuleType:
    try:
        import ctranslate2
    except ImportError as error:
        raise InputError("the backend ct2 needs ctranslate2: pip install ctranslate2") from error
    return ctranslate2


def _open(path: Path, vocabulary: Vocabulary, quantization: str, device: str, cores: int) -> ctranslate2.Translator:
    """The converted model; one that was damaged in the cache is made anew."""
    for attempt in (1, 2):
        folder = converted(path, vocabulary, quantization)
        try:
            return _library().Translator(
                str(folder), device=device, inter_threads=cores, intra_threads=1, compute_type=quantization
            )
        except RuntimeError as error:
            if attempt == 2 or device != "cpu":
                raise InputError(f"{path}: CTranslate2 cannot load its weights: {error}") from error
            log.warning("%s: damaged, converted anew (%s)", folder, error)
            shutil.rmtree(folder, ignore_errors=True)
    raise AssertionError("unreachable")


def converted(path: Path, vocabulary: Vocabulary, quantization: str = "int8") -> Path:
    """The folder of the converted weights, made at need.

    Its name is a hash of the weights, configuration and vocabulary, the quantisation and the
    version of CTranslate2. Written beside and renamed: an interrupted conversion leaves no
    folder of that name, and of two processes at once the first one's stays.
    """
    final = cache.folder() / "ct2" / _key(path, quantization)
    if final.is_dir():
        return final
    with _written(final.parent):
        final.parent.mkdir(parents=True, exist_ok=True)
        _sweep(final.parent)
        beside = Path(tempfile.mkdtemp(prefix=".part-", dir=final.parent))
        try:
            _convert(path, vocabulary, quantization, beside / "model")
            for file in (beside / "model").iterdir():
                with file.open("rb+") as written:
                    os.fsync(written.fileno())
            try:
                (beside / "model").rename(final)
            except OSError:
                if not final.is_dir():  # another process was not first: a true failure
                    raise
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return final


def _key(path: Path, quantization: str) -> str:
    weights = next((path / n for n in ("model.safetensors", "pytorch_model.bin") if (path / n).is_file()), None)
    digest = hashlib.sha256(f"{FORM} {quantization} {_library().__version__}".encode())
    for file in (weights, path / "config.json", path / "vocab.json"):
        if file:
            digest.update(cache.sha256(file).encode())
    return digest.hexdigest()[:32]


@contextlib.contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Says what a person can do where the cache cannot be written."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        raise InputError(
            f"{folder}: cannot keep converted weights here ({error.strerror}); "
            "free some space or set WORKBENCH_CACHE to another folder"
        ) from error


def _sweep(folder: Path) -> None:
    """Take away what a killed conversion left."""
    for old in folder.glob(".part-*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - old.stat().st_mtime > ABANDONED:
                shutil.rmtree(old, ignore_errors=True)


def _convert(path: Path, vocabulary: Vocabulary, quantization: str, folder: Path) -> None:
    """Write the weights in CTranslate2's form.

    The row of `<pad>`: transformers starts the decoder from it, CTranslate2 from a zero vector.
    Marian itself starts from zero and OPUS-MT weights have a zero row, so that both agree and
    `<pad>` can go. But training in torch moves the row, through the output layer that shares
    it, and trains the decoder on what it has become. Such a model keeps the row: `<pad>` starts
    the decoder as any other piece would, and a bias forbids it as an output.
    """
    import torch
    from ctranslate2.converters import Converter
    from ctranslate2.converters.transformers import BartLoader, MarianMTLoader

    names = SimpleNamespace(
        get_vocab=lambda: vocabulary.piece_ids,
        bos_token=END,  # stands in the configuration, and nothing reads it
        eos_token=END,
        unk_token=UNKNOWN,
        convert_ids_to_tokens=vocabulary.pieces_by_id.__getitem__,
    )

    class FromFolder(Converter):
        def _load(self):  # noqa: ANN202  (CTranslate2 gives the type no public name)
            model = load_model(path)
            row = model.get_input_embeddings().weight[vocabulary.pad]
            with torch.no_grad():
                if vocabulary.pad == len(vocabulary.piece_ids) - 1 and not row.any():
                    return MarianMTLoader()(model, names)
                log.warning("%s: the %s row is not zero (norm %.2f) and is kept", path, PAD, row.norm())
                model.config.normalize_before = model.config.normalize_embedding = False
                model.final_logits_bias[0, vocabulary.pad] = NEVER
                return BartLoader()(model, names)

    FromFolder().convert(str(folder), quantization=None if quantization == "float32" else quantization)
