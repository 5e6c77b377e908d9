"""Findings of a check as HTML: line beside line, each finding marked in its place; no gradio."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from workbench.checking import checks
from workbench.enforcement.outcomes import Finding
from workbench.spans import Span
from workbench.ui.render import attribute, language_attributes, text
from workbench.words import Say

MOST_LINES = 500  # beyond, only lines with findings are shown
COLOURS = {"missing": "waiting", "inconsistent": "waiting"}  # the others are wrong


def key(finding: Finding) -> str:
    """What a finding is known by on the page."""
    return json.dumps([finding.line, finding.kind, finding.entry, finding.target_span, finding.source_span])


def said(finding: Finding, say: Say) -> str:
    """`forbidden: tregua; write 'alto el fuego'`."""
    what = finding.target_text or finding.source_text
    wanted = "; " + say("write '{form}'", form=finding.wanted[0]) if finding.wanted else ""
    return f"{say(finding.kind)}: {what}{wanted}"


def table(source: str, target: str, findings: Sequence[Finding], ways: tuple[str, str], say: Say) -> str:
    """`ways`: the two languages."""
    counts = Counter(finding.kind for finding in findings)
    parts = [f"{say(kind)}: {count}" for kind, count in counts.most_common()]
    head = say("findings: {count}", count=len(findings))
    if not findings:
        head = say("Nothing was found: every term is in order.")
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(finding)
    pairs = checks.paired(source, target)
    shown = [pair for pair in pairs if pair[0] in by_line or len(pairs) <= MOST_LINES]
    rows = "".join(_row(pair, by_line.get(pair[0], []), ways, say) for pair in shown)
    title = attribute(say("Findings"))
    return (
        f'<section class="wb-account wb-sides"><h2 role="status">{text(" · ".join([head, *parts]))}</h2>'
        f'<div class="wb-scroll" tabindex="0" role="region" aria-label="{title}"><table><tbody>{rows}</tbody>'
        "</table></div></section>"
    )


def _row(pair: tuple[int, str, int, str], found: list[Finding], ways: tuple[str, str], say: Say) -> str:
    number, source, _, target = pair
    here = _marked(source, ((f.source_span, f.kind) for f in found))
    there = _marked(target, ((f.target_span, f.kind) for f in found))
    items = "".join(_item(finding, say) for finding in found)
    notes = f'<ul class="wb-findings">{items}</ul>' if items else ""
    return (
        f"<tr{' class=wb-look' if found else ''}><td>{number}</td>"
        f"<td {language_attributes(ways[0])}>{here}</td>"
        f"<td><div {language_attributes(ways[1])}>{there}</div>{notes}</td></tr>"
    )


def _item(finding: Finding, say: Say) -> str:
    button = say("Fix") if finding.target_span is not None else say("Translate this line anew")
    what = said(finding, say)
    return (
        f'<li><span>{text(what)}</span> <button type="button" class="wb-small" data-fix="{attribute(key(finding))}" '
        f'aria-label="{attribute(f"{button}: {what}")}">{text(button)}</button></li>'
    )


def _marked(line: str, places: Iterable[tuple[Span | None, str]]) -> str:
    """The first finding of a place colours it."""
    pieces, at = [], 0
    for span, kind in sorted((span, kind) for span, kind in places if span is not None):
        if span.start >= at:
            colour = COLOURS.get(kind, "wrong")
            pieces += [text(line[at : span.start]), f'<span class="wb-mark wb-{colour}">{text(span.of(line))}</span>']
            at = span.end
    return "".join([*pieces, text(line[at:])])
