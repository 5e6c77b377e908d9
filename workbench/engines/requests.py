"""What both engines do the same way: ask, batch, and put a result into the form of the protocol."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy

from workbench.engines.annotation import Annotation, Hint, annotated
from workbench.engines.engine import Hypothesis, Options
from workbench.engines.pieces import END, Vocabulary, join

log = logging.getLogger(__name__)


class Request(NamedTuple):
    """Pieces for the model. `source` ends with `</s>`; `prefix` is forced."""

    source: tuple[str, ...]
    prefix: tuple[str, ...]
    empty: bool  # nothing to translate
    fold: numpy.ndarray | None = None  # (source pieces, plain source pieces + 1), of an annotated source

    def plain(self, attention: numpy.ndarray | None) -> numpy.ndarray | None:
        """Attention over the source as it was asked for, without annotations."""
        return attention if attention is None or self.fold is None else attention @ self.fold


def requests(
    vocabulary: Vocabulary,
    sentences: Sequence[str],
    options: Options,
    prefixes: Sequence[Sequence[str]] | None,
    annotation: Annotation | None = None,
    hints: Sequence[Sequence[Hint]] | None = None,
) -> list[Request]:
    """One a sentence. A prefix that leaves no room is cut, with a warning. ValueError: wrong options,
    or hints for a model that reads none."""
    if not 1 <= options.nbest <= options.beam:
        raise ValueError(f"nbest {options.nbest} is not within 1 and beam {options.beam}")
    if prefixes is not None and len(prefixes) != len(sentences):
        raise ValueError(f"{len(prefixes)} prefixes for {len(sentences)} sentences")
    if hints is not None and annotation is None:
        raise ValueError(f"{vocabulary.folder.name} reads no annotations")
    room = limit(vocabulary, options) - 1
    made = []
    for i, (sentence, prefix) in enumerate(zip(sentences, prefixes or [()] * len(sentences), strict=True)):
        pieces = vocabulary.pieces(sentence)
        if len(prefix) > room:
            log.warning("%s: a prefix of %d pieces is cut to %d", vocabulary.folder.name, len(prefix), room)
        empty = len(pieces) == (vocabulary.tag is not None)
        source, fold = [piece.text for piece in pieces], None
        if annotation is not None and hints is not None and hints[i]:
            source, fold = annotated(pieces, hints[i], annotation, vocabulary.target_pieces)
        made.append(Request((*vocabulary.fitting(source, "source"), END), tuple(prefix[:room]), empty, fold))
    return made


def limit(vocabulary: Vocabulary, options: Options) -> int:
    """Target pieces of the longest hypothesis, its `</s>` counted."""
    return min(options.max_pieces, vocabulary.positions)


def batches(sizes: Sequence[int], pieces: int) -> Iterator[list[int]]:
    """Indices in batches of at most `pieces` pieces, padding counted; longest first."""
    batch: list[int] = []
    for index in sorted(range(len(sizes)), key=lambda i: -sizes[i]):
        if batch and sizes[batch[0]] * (len(batch) + 1) > pieces:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def hypothesis(pieces: Sequence[str], score: float, attention: numpy.ndarray | None) -> Hypothesis:
    """`pieces` without `</s>`; `score` as the protocol says."""
    text, placed = join(pieces)
    return Hypothesis(text, placed, min(float(score), 0.0), attention)


def nothing(request: Request, options: Options) -> list[Hypothesis]:
    """The one translation of an empty sentence: its prefix, tied to `</s>` of the source, score 0."""
    attention = None
    if options.attention:
        attention = numpy.zeros((len(request.prefix), len(request.source)), dtype=numpy.float32)
        attention[:, -1] = 1.0
    return [hypothesis(request.prefix, 0.0, attention)]
