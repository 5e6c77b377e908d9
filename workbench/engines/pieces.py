"""Text as the pieces a Marian model reads and writes, each with its place in the text."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import sentencepiece

from workbench.engines.piece import Piece
from workbench.engines.tags import THREE_LETTERS
from workbench.errors import InputError, MissingModel

log = logging.getLogger(__name__)

END, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
SPACE = "▁"
LOST = "⁇"  # how <unk> reads in a text
P = TypeVar("P", Piece, str)
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
_TAG = re.compile(r">>.+<<")


class Vocabulary:
    """The pieces of one model folder: source.spm, target.spm, vocab.json, config.json.

    `positions`: the longest source or target that the model can read, `</s>` included.
    `no_repeat`: no run of so many pieces comes twice in a translation, 0 for no such rule; small
    models that repeat themselves say so in generation_config.json.
    `tag`: the target-language piece that opens every source, None for a model of one pair. An empty
    `tag` asks for none: the texts bring theirs.
    """

    def __init__(self, folder: Path, target: str, tag: str | None = None):
        """`tag` None: found from `target` where vocab.json has tags. Raises MissingModel, InputError."""
        for name in ("config.json", "source.spm", "target.spm", "vocab.json"):
            if not (folder / name).is_file():
                raise MissingModel(f"{folder}: no {name}; a model folder holds one (pull or copy the model again)")
        if (folder / "target_vocab.json").exists():
            raise InputError(f"{folder}: two separate vocabularies (target_vocab.json) are not supported")
        self.folder = folder
        config = _json(folder / "config.json")
        self.piece_ids: dict[str, int] = _json(folder / "vocab.json")
        self.positions: int = config.get("max_position_embeddings", 512)
        settings = folder / "generation_config.json"
        self.no_repeat: int = (_json(settings) if settings.is_file() else {}).get("no_repeat_ngram_size") or 0
        if len(self.piece_ids) != config.get("vocab_size") or not {END, UNKNOWN, PAD} <= self.piece_ids.keys():
            raise InputError(
                f"{folder}: vocab.json ({len(self.piece_ids)} pieces) does not fit config.json "
                f"(vocab_size {config.get('vocab_size')}), or lacks {END}, {UNKNOWN} or {PAD}"
            )
        self.pieces_by_id = {number: piece for piece, number in self.piece_ids.items()}
        self.end, self.unknown, self.pad = (self.piece_ids[p] for p in (END, UNKNOWN, PAD))
        self.tag = self._tag(target, tag)
        self._source = _sentencepiece(folder / "source.spm")
        self._target = _sentencepiece(folder / "target.spm")

    def _tag(self, target: str, wanted: str | None) -> str | None:
        tags = [piece for piece in self.piece_ids if _TAG.fullmatch(piece)]
        if wanted == "":
            return None
        if wanted is not None:
            tag = wanted if wanted.startswith(">>") else f">>{wanted}<<"
            if tag not in self.piece_ids:
                raise InputError(f"{self.folder}: no tag {tag} (tags: {', '.join(sorted(tags)) or 'none'})")
            return tag
        for code in (target, *THREE_LETTERS.get(target, ())):
            if (tag := f">>{code}<<") in self.piece_ids:
                return tag
        if len(tags) > 1:
            raise InputError(f"{self.folder}: no tag for '{target}'; name one of {', '.join(sorted(tags))}")
        return tags[0] if tags else None

    def pieces(self, sentence: str) -> tuple[Piece, ...]:
        """Source pieces with their code points, `</s>` not included; the tag, if any, comes first.

        Spans hold no white space at their ends: `▁world` is `world`, and `▁` alone an empty
        span. Byte pieces share the span of the character that they make together. A sentence
        of more than `positions` - 1 pieces is cut there, with a warning in the log: cutting
        texts into sentences of sound length is the caller's work.
        """
        sentence = sentence.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is `?`
        proto = self._source.encode(sentence, return_type="proto").pieces
        places = _code_points(sentence)
        found: list[Piece] = []
        for piece in proto:
            start, end = _tight(sentence, places[piece.begin], places[piece.end])
            found.append(Piece(piece.piece, start, end))
        for i in range(len(found) - 2, -1, -1):  # the last byte of a character has its span, the others none
            piece, after = found[i], found[i + 1]
            if _BYTE.fullmatch(piece.text) and piece.start == piece.end and _BYTE.fullmatch(after.text):
                found[i] = Piece(piece.text, after.start, after.end)
        if self.tag:
            found.insert(0, Piece(self.tag, 0, 0))
        return tuple(self.fitting(found, "source"))

    def target_pieces(self, text: str) -> tuple[str, ...]:
        """Pieces that a target text is written with, `</s>` not included, not cut."""
        return tuple(self._target.encode(text.encode("utf-8", "replace").decode("utf-8"), out_type=str))

    def fitting(self, pieces: Sequence[P], side: str) -> Sequence[P]:
        """The pieces that the model has positions for, one kept for `</s>`."""
        room = self.positions - 1
        if len(pieces) > room:
            log.warning("%s: a %s of %d pieces is cut to %d", self.folder.name, side, len(pieces), room)
        return pieces[:room]

    def ids(self, pieces: Iterable[str]) -> list[int]:
        """Numbers of the pieces; one that vocab.json lacks is `<unk>`."""
        return [self.piece_ids.get(piece, self.unknown) for piece in pieces]

    def named(self, numbers: Iterable[int]) -> list[str]:
        return [self.pieces_by_id[number] for number in numbers]


def join(pieces: Sequence[str]) -> tuple[str, tuple[Piece, ...]]:
    """The text that target pieces write, and the place of each in it.

    Spans follow the rules of `Vocabulary.pieces`. Bytes that make no character read as
    U+FFFD, control characters as spaces, `<unk>` as ⁇; spaces at the ends of the text are left out.
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []  # in the joined parts
    length = i = 0
    while i < len(pieces):
        count, part = _character(pieces, i)
        if not count:
            count, part = 1, LOST if pieces[i] == UNKNOWN else pieces[i].replace(SPACE, " ")
        parts.append(part)
        places += [(length, length + len(part))] * count
        length += len(part)
        i += count
    whole = "".join(parts)
    text = whole.strip(" ")
    cut = len(whole) - len(whole.lstrip(" ")) if text else 0
    placed = []
    for piece, (start, end) in zip(pieces, places, strict=True):
        start, end = (min(max(place - cut, 0), len(text)) for place in (start, end))
        placed.append(Piece(piece, *_tight(text, start, end)))
    return text, tuple(placed)


def _character(pieces: Sequence[str], first: int) -> tuple[int, str]:
    """(byte pieces from `first` that make one character, the character); (0, "") if it is no byte."""
    lead = _BYTE.fullmatch(pieces[first])
    if not lead:
        return 0, ""
    code = int(lead[1], 16)
    size = 1 if code < 0xC0 else 2 if code < 0xE0 else 3 if code < 0xF0 else 4
    matches = [_BYTE.fullmatch(piece) for piece in pieces[first : first + size]]
    octets = bytes(int(match[1], 16) for match in matches if match)
    try:
        character = octets.decode("utf-8")
    except UnicodeDecodeError:
        return 1, "\ufffd"
    if len(octets) != size:
        return 1, "\ufffd"
    return size, max(character, " ")  # a control character, a line break above all, is a space


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty at its end if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _code_points(text: str) -> Sequence[int]:
    """Code-point offset of each UTF-8 byte offset of a text, its end included."""
    if text.isascii():
        return range(len(text) + 1)
    ends = accumulate(len(c.encode("utf-8")) for c in text)
    places, start = [], 0
    for number, end in enumerate(ends):
        places += [number] * (end - start)
        start = end
    return [*places, len(text)]


def _json(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error})") from error


def _sentencepiece(path: Path) -> sentencepiece.SentencePieceProcessor:
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise InputError(f"{path}: not a SentencePiece model") from error
