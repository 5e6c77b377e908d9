"""Findings in a finished translation, by the same matcher that enforces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy

from workbench.enforcement.demands import Demand, Terms
from workbench.enforcement.draft import Draft
from workbench.enforcement.outcomes import Finding
from workbench.enforcement.verification import verify
from workbench.errors import InputError
from workbench.glossary.model import Status
from workbench.matching.matcher import Match
from workbench.spans import Span
from workbench.text import words

KINDS = {Status.DEPRECATED: "deprecated", Status.SUPERSEDED: "deprecated", Status.FORBIDDEN: "forbidden"}


def check(source: str, target: str, terms: Terms) -> list[Finding]:
    """Findings line by line: line n of the target translates line n of the source.

    Empty lines are passed over on both sides. InputError when the counts of lines differ.
    """
    findings: list[Finding] = []
    written: dict[str, dict[str, list[tuple[int, Match]]]] = defaultdict(lambda: defaultdict(list))
    for number, line, _, other in paired(source, target):
        demands = terms.demands(line)
        findings += _line(number, other, demands, terms)
        for claim in terms.target.find(other):
            written[claim.entry.id][claim.term.text].append((number, claim))
    return sorted([*findings, *_inconsistent(written)], key=lambda f: (f.line, f.target_span or Span(0, 0)))


def paired(source: str, target: str) -> list[tuple[int, str, int, str]]:
    """Number and text of each line of the source that holds any, and of the line that translates it; from 1."""
    sources = [(n, line) for n, line in enumerate(source.splitlines(), 1) if line.strip()]
    targets = [(n, line) for n, line in enumerate(target.splitlines(), 1) if line.strip()]
    if len(sources) != len(targets):
        raise InputError(
            f"source has {len(sources)} lines with text, target {len(targets)}: "
            "line n of one must translate line n of the other"
        )
    return [(*one, *other) for one, other in zip(sources, targets, strict=True)]


def _line(number: int, target: str, demands: list[Demand], terms: Terms) -> Iterator[Finding]:
    standing = verify(flat(target), demands, terms)
    wrong = {stray.span for stray in standing.strays}
    for stray in standing.strays:
        demand = next(d for d in demands if d.match.entry.id == stray.entry.id)
        status = stray.term.status if stray.term.language == terms.target_language else Status.DEPRECATED
        kind = KINDS.get(status, "inconsistent")
        yield _finding(kind, number, demand, stray, f"'{stray.text}' stands for '{demand.match.text}'")
    spoiled = {stray.entry.id for stray in standing.strays}
    for i in standing.missing:
        if demands[i].match.entry.id not in spoiled:
            yield _finding("missing", number, demands[i], None, f"nothing stands for '{demands[i].match.text}'")
    for claim in terms.target.find(target):  # a forbidden form is wrong with or without its source
        if claim.term.status is Status.FORBIDDEN and claim.span not in wrong:
            wanted = claim.entry.preferred(terms.target_language, claim.term.type)
            yield Finding(
                "forbidden", claim.entry.id, number, None, "", claim.span, claim.text,
                (wanted.text,) if wanted else (), f"'{claim.text}' is forbidden",
            )  # fmt: skip


def _finding(kind: str, number: int, demand: Demand, stray: Match | None, what: str) -> Finding:
    return Finding(
        kind,
        demand.match.entry.id,
        number,
        demand.span,
        demand.match.text,
        stray.span if stray else None,
        stray.text if stray else "",
        demand.wanted,
        f"{what}; write '{demand.wanted[0]}'",
    )


def _inconsistent(written: dict[str, dict[str, list[tuple[int, Match]]]]) -> Iterator[Finding]:
    """Entries that the target writes with several approved terms of one type."""
    for entry, by_term in written.items():
        groups: dict[object, list[tuple[int, Match]]] = defaultdict(list)
        for places in by_term.values():
            groups[places[0][1].term.type] += places
        for places in groups.values():
            preferred = [m for _, m in places if m.term.status is Status.PREFERRED]
            other = [(n, m) for n, m in places if m.term.status is Status.ADMITTED]
            if preferred and other:
                for number, match in other:
                    yield Finding(
                        "inconsistent", entry, number, None, "", match.span, match.text, (preferred[0].term.text,),
                        f"'{match.text}' here, '{preferred[0].text}' elsewhere",
                    )  # fmt: skip


def flat(text: str) -> Draft:
    """A finished text as a draft without alignment."""
    places = tuple(word.span for word in words(text))
    return Draft(text, 0.0, places, numpy.full((len(places), 1), 0.0, dtype=numpy.float32), ())
