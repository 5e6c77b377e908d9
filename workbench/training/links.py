"""Which words of a pair translate each other, by the table of the run's aligner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy
import regex
import sentencepiece

from workbench.training.aligner import diagonal

LIKELY = 0.15  # lexical chance of a word pair below which it is no link
FREQUENT = 120  # words of a language that count as grammar, not as terms
LONGEST = 3  # words of a term
SPACE = "▁"
_WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'’\-]*")


class Side(NamedTuple):
    """A sentence in pieces: ids, the first piece of each word, the words themselves."""

    ids: list[int]
    starts: numpy.ndarray
    words: list[str]

    def pieces(self, first: int, last: int) -> tuple[int, int]:
        """Half-open piece range of words `first` to `last` - 1."""
        return int(self.starts[first]), int(self.starts[last]) if last < len(self.words) else len(self.ids)

    def covering(self, text: str) -> tuple[int, int] | None:
        """The words that write a text, half-open; None where no whole words do."""
        wanted = text.replace(" ", "")
        for first in range(len(self.words)):
            made = ""
            for last in range(first, len(self.words)):
                made += self.words[last].replace(" ", "")
                if made == wanted:
                    return first, last + 1
                if not wanted.startswith(made):
                    break
        return None


class Term(NamedTuple):
    """Words that translate each other; half-open word ranges of both sides."""

    source: tuple[int, int]
    target: tuple[int, int]


class Linker:
    """Word links of encoded pairs. `table`: float16 (source piece, target piece)."""

    def __init__(self, table: numpy.ndarray, pieces: sentencepiece.SentencePieceProcessor):
        self._table, self._pieces = table, pieces
        self._text = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
        letters = [regex.search(r"[\p{L}\p{M}\p{N}]", t) is not None or t.startswith("<0x") for t in self._text]
        # A word begins at a space, at a mark, and after a mark.
        self._opens = numpy.array([t.startswith(SPACE) or not ok for t, ok in zip(self._text, letters, strict=True)])
        self._marks = numpy.array([not ok and t != SPACE for t, ok in zip(self._text, letters, strict=True)])

    def encoded(self, text: str) -> list[int]:
        return self._pieces.encode(text)

    def side(self, ids: list[int]) -> Side:
        numbers = numpy.asarray(ids)
        opens = self._opens[numpy.minimum(numbers, len(self._opens) - 1)].copy()
        opens[1:] |= self._marks[numbers[:-1]]
        opens[0] = True
        starts = numpy.flatnonzero(opens)
        edges = [*starts.tolist(), len(ids)]
        words = [self._word(tuple(ids[a:b])) for a, b in zip(edges, edges[1:], strict=False)]
        return Side(ids, starts, words)

    @lru_cache(maxsize=200_000)  # noqa: B019 - one linker lives as long as its run
    def _word(self, ids: tuple[int, ...]) -> str:
        return self._pieces.decode(list(ids)).strip()

    def links(self, source: Side, target: Side) -> list[tuple[int, int]]:
        """Pairs of words, each the other's best, in the order of the source."""
        lexical = self._table[numpy.asarray(source.ids)[:, None], numpy.asarray(target.ids)].astype(numpy.float32)
        words = numpy.maximum.reduceat(lexical, source.starts, axis=0)
        sizes = numpy.diff(numpy.append(target.starts, len(target.ids)))
        words = numpy.add.reduceat(words, target.starts, axis=1) / sizes
        near = words * diagonal(len(source.words), len(target.words))
        best, back = near.argmax(1), near.argmax(0)
        return [(i, int(j)) for i, j in enumerate(best) if back[j] == i and words[i, j] > LIKELY]

    def terms(self, source: Side, target: Side, grammar: frozenset[str]) -> list[Term]:
        """Terms of one to LONGEST words: both ends linked content words, nothing inside linked outside."""
        links = self.links(source, target)
        to = dict(links)
        found = []
        for first in to:
            if not _content(source.words[first], grammar):
                continue
            for last in range(first + 1, min(first + LONGEST, len(source.words)) + 1):
                if not _WORD.fullmatch(source.words[last - 1]):
                    break
                if last - 1 not in to or not _content(source.words[last - 1], grammar):
                    continue
                made = _closed(links, (first, last))
                if made and all(_WORD.fullmatch(word) for word in target.words[made.target[0] : made.target[1]]):
                    found.append(made)
        return found


def _closed(links: Iterable[tuple[int, int]], source: tuple[int, int]) -> Term | None:
    first, last = source
    inside = [j for i, j in links if first <= i < last]
    low, high = min(inside), max(inside) + 1
    if high - low > last - first + 2 or any(low <= j < high and not first <= i < last for i, j in links):
        return None
    return Term(source, (low, high))


def _content(word: str, grammar: frozenset[str]) -> bool:
    return len(word) > 2 and word.casefold() not in grammar and _WORD.fullmatch(word) is not None


def grammar_words(texts: Iterable[str]) -> frozenset[str]:
    """The most frequent words of a language, a tenth at most: articles, prepositions, auxiliaries."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.casefold() for word in _WORD.findall(text))
    return frozenset(word for word, _ in counts.most_common(min(FREQUENT, len(counts) // 10)))
