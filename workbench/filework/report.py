"""Outcomes for people and programs: the JSON report and the summary lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from workbench.checking.marking import Mark, Marks
from workbench.checking.unlisted import UnlistedName
from workbench.enforcement.outcomes import RUNGS, Finding, Occurrence, Segment, Translation
from workbench.glossary.model import Entry
from workbench.matching.matcher import Match


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`, `1,200 entries`."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"


def _occurrence(term: Occurrence) -> dict[str, Any]:
    return {
        "entry": term.entry,
        "source_span": list(term.source_span),
        "target_span": list(term.target_span) if term.target_span else None,
        "source_text": term.source_text,
        "target_text": term.target_text,
        "state": term.state.value,
        "rung": RUNGS[term.rung],
        "how": term.how,
        "wanted": list(term.wanted),
        "note": term.note,
    }


def _segment(segment: Segment) -> dict[str, Any]:
    terms = [_occurrence(term) for term in segment.terms]
    return {"source": segment.source, "target": segment.target, "terms": terms, "lost": list(segment.lost)}


def report_json(translation: Translation) -> dict[str, Any]:
    """`segments` and `summary`; spans are code points within the segment, half-open."""
    return {"segments": [_segment(segment) for segment in translation.segments], "summary": translation.summary}


def summary_lines(translation: Translation) -> Iterable[str]:
    """The account of a translation in a few lines, for the end of a command."""
    facts = translation.summary
    states, rungs = facts["states"], facts["rungs"]
    way = f" through {translation.pivot}" if translation.pivot else ""
    guessed = " (detected)" if translation.detected else ""
    yield (
        f"{translation.source_language}{guessed} → {translation.target_language}{way}: "
        f"{counted(facts['segments'], 'segment')}, {', '.join(translation.models)} ({translation.engine})"
    )
    for number, segment in enumerate(translation.segments, 1):
        for text in segment.lost:
            yield f"  look at segment {number}: '{text}' does not stand in the translation as it should"
    if not facts["terms"]:
        yield "no glossary terms in the text"
        return
    by_rung = ", ".join(f"{rungs[rung]} by {rung}" for rung in RUNGS[1:-1] if rungs[rung])
    repaired = f"{states['repaired']} repaired" + (f" ({by_rung})" if by_rung else "")
    found = f"{counted(facts['terms'], 'occurrence')} of {counted(facts['entries'], 'entry')}"
    yield f"{found}: {states['kept']} kept, {repaired}, {states['flagged']} flagged"
    for number, segment in enumerate(translation.segments, 1):
        for term in segment.terms:
            if term.state.value == "flagged":
                made = f"{term.source_text} → {term.target_text or '?'}"
                yield f"  look at segment {number}: {made} ({term.entry}: {term.note})"


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "entry": finding.entry,
        "line": finding.line,
        "source_span": list(finding.source_span) if finding.source_span else None,
        "source_text": finding.source_text,
        "target_span": list(finding.target_span) if finding.target_span else None,
        "target_text": finding.target_text,
        "wanted": list(finding.wanted),
        "message": finding.message,
    }


def match_json(match: Match) -> dict[str, Any]:
    return {
        "entry": match.entry.id,
        "span": list(match.span),
        "text": match.text,
        "how": match.how.value,
        "term": match.term.text,
        "status": match.term.status.value,
        "kind": match.entry.kind.value,
        "form": match.label,
        "others": list(match.others),
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    """Without empty fields."""
    terms = [
        {name: value for name, value in asdict(term).items() if value}
        | {"status": term.status.value, "type": term.type.value}
        for term in entry.terms
    ]
    facts = {name: getattr(entry, name) for name in ("gender", "keep", "subject", "definition", "note", "sources")}
    named = {"id": entry.id, "kind": entry.kind.value, "review": entry.review.value, "terms": terms}
    return named | {name: value for name, value in facts.items() if value}


def marks_json(marks: Marks) -> dict[str, Any]:
    """Spans in code points."""
    return {
        "source": [_mark(mark) for mark in marks.source],
        "target": [_mark(mark) for mark in marks.target],
        "warnings": [asdict(warning) for warning in marks.warnings],
        "doubtful": marks.doubtful,
    }


def unlisted_json(name: UnlistedName) -> dict[str, Any]:
    """Places as sentence, start, end in code points."""
    places = [[number, *span] for number, span in name.places]
    return asdict(name) | {"kind": name.kind.value, "places": places}


def _mark(mark: Mark) -> dict[str, Any]:
    return asdict(mark) | {"span": list(mark.span), "colour": mark.colour.value}
