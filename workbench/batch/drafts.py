"""What the model made of a shard, packed for the journal: passages without their segments."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from workbench.documents.document import Mark, Segment, Target
from workbench.enforcement.outcomes import Occurrence, State
from workbench.enforcement.outcomes import Segment as Sentence
from workbench.spans import Span
from workbench.translation.passages import Passage


def packed(passages: Sequence[Passage]) -> bytes:
    return squeezed(
        [
            [_target(p.target), [_sentence(s) for s in p.sentences], list(p.origins), list(p.lost),
             [_term(term) for term in p.verbatim]]
            for p in passages
        ]
    )  # fmt: skip


def unpacked(data: bytes, segments: Sequence[Segment]) -> list[Passage]:
    """The passages of these segments, which must be those of the shard."""
    return [
        Passage(
            segment,
            _to_target(target),
            tuple(map(_to_sentence, sentences)),
            tuple(origins),
            tuple(lost),
            tuple(map(_to_term, verbatim)),
        )
        for segment, (target, sentences, origins, lost, verbatim) in zip(segments, loosened(data), strict=True)
    ]


def squeezed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii"), 6)


def loosened(data: bytes) -> Any:
    return json.loads(zlib.decompress(data))


def _target(target: Target) -> list[Any]:
    marks = [[mark.key, *mark.span, mark.keep, mark.parent] for mark in target.marks]
    return [target.text, marks, target.flagged, target.origin]


def _to_target(row: list[Any]) -> Target:
    text, marks, flagged, origin = row
    return Target(text, tuple(Mark(key, Span(a, b), *rest) for key, a, b, *rest in marks), flagged, origin)


def _sentence(s: Sentence) -> list[Any]:
    return [s.source, s.target, [_term(term) for term in s.terms], s.plain, s.before]


def _to_sentence(row: list[Any]) -> Sentence:
    source, target, terms, plain, before = row
    return Sentence(source, target, tuple(map(_to_term, terms)), plain, before)


def _term(t: Occurrence) -> list[Any]:
    place = t.target_span and list(t.target_span)
    return [t.entry, list(t.source_span), t.source_text, place, t.target_text, t.state.value, t.rung, t.how,
            list(t.wanted), t.note]  # fmt: skip


def _to_term(row: list[Any]) -> Occurrence:
    entry, source, text, place, written, state, rung, how, wanted, note = row
    return Occurrence(entry, Span(*source), text, place and Span(*place), written, State(state), rung, how,
                      tuple(wanted), note)  # fmt: skip
