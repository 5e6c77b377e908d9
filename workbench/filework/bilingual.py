"""Source and target side by side for a reviewer: XLIFF 2.1 or TMX 1.4, written as the work goes."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from workbench.documents.document import Mark, woven
from workbench.documents.whole import NOT_XML
from workbench.enforcement.outcomes import Occurrence, State
from workbench.errors import InputError
from workbench.spans import Span
from workbench.translation.passages import Passage

TERM = "term:"  # what keys of marks over terms begin with
BREAK = 'type="fmt" subType="xlf:lb"'
XLIFF_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" \
srcLang={source} trgLang={target}>
<file id="f1" original={original}>
"""
TMX_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="workbench-for-names" creationtoolversion={version} segtype="block" o-tmf="workbench" \
adminlang="en" srclang={source} datatype="unknown"/>
<body>
"""
Write = Callable[[Iterable[Passage]], None]


def writer(path: Path, file: BinaryIO, original: str, source: str, target: str) -> tuple[Write, Callable[[], None]]:
    """What writes passages, and what ends the file. InputError for a suffix that is neither."""
    suffix = path.suffix.lower()
    if suffix not in (".xlf", ".xliff", ".tmx"):
        raise InputError(f"{path}: a bilingual file is .xlf or .tmx; choose one of them")
    unit, head, tail = (_tmx_unit, TMX_HEAD, "</body>\n</tmx>\n") if suffix == ".tmx" else (
        _xliff_unit, XLIFF_HEAD, "</file>\n</xliff>\n")  # fmt: skip
    about = {"source": source, "target": target, "original": original, "version": _version()}
    file.write(head.format(**{name: quoteattr(value) for name, value in about.items()}).encode())
    number = 0

    def write(passages: Iterable[Passage]) -> None:
        nonlocal number
        for passage in passages:
            if passage.target.origin != "none":
                number += 1
                file.write(_clean(unit(number, passage, source, target)).encode())

    return write, lambda: file.write(tail.encode()) and None


def _version() -> str:
    try:
        return importlib.metadata.version("workbench-for-names")
    except importlib.metadata.PackageNotFoundError:
        return "0"


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return NOT_XML.sub("", text)


# -- XLIFF ---------------------------------------------------------------------------------


def _xliff_unit(number: int, passage: Passage, source: str, target: str) -> str:
    terms = list(_terms(passage))
    kept = {mark.key: mark for mark in passage.segment.marks}
    entries = "".join(_glossary_entry(i, term) for i, (term, _, _) in enumerate(terms, 1))
    here = _marked(passage.segment.source, passage.segment.marks, [a for _, a, _ in terms])
    there = _marked(passage.target.text, passage.target.marks, [b for _, _, b in terms])
    state = 'state="translated"' + (' subState="workbench:check"' if passage.target.flagged else "")
    notes = [("machine", passage.target.text), ("origin", passage.target.origin), ("context", passage.segment.context)]
    notes += [("check", why) for why in reasons(passage)]
    said = "".join(f"<note category={quoteattr(name)}>{escape(text)}</note>" for name, text in notes if text)
    return (
        f'<unit id="u{number}" name={quoteattr(passage.segment.key)}>\n'
        + (f"<gls:glossary>{entries}</gls:glossary>\n" if entries else "")
        + f"<notes>{said}</notes>\n"
        + f'<segment id="s1" {state}>\n'
        + f'<source xml:space="preserve">{_xliff_text(passage.segment.source, here, kept)}</source>\n'
        + f'<target xml:space="preserve">{_xliff_text(passage.target.text, there, kept)}</target>\n'
        + "</segment>\n</unit>\n"
    )


def _glossary_entry(number: int, term: Occurrence) -> str:
    translation = term.target_text or (term.wanted[0] if term.wanted else "")
    return (
        f'<gls:glossEntry id="g{number}" ref="#t{number}"><gls:term>{escape(term.source_text)}</gls:term>'
        f"<gls:translation id={quoteattr(f'w{number}')} source={quoteattr(term.entry)}>{escape(translation)}"
        "</gls:translation></gls:glossEntry>"
    )


def _xliff_text(text: str, marks: Sequence[Mark], kept: dict[str, Mark]) -> str:
    def rendered(mark: Mark, inside: str) -> str:
        if mark.key.startswith(TERM):
            return f'<mrk id="t{mark.key[len(TERM) :]}" type="term">{inside}</mrk>'
        if mark.keep and mark.span.of(text) == "\n":
            return f'<ph id="{mark.key}" {BREAK}/>'
        if mark.keep:
            return f'<pc id="{mark.key}"><mrk id="k{mark.key}" translate="no">{inside}</mrk></pc>'
        return f'<pc id="{mark.key}">{inside}</pc>' if len(kept[mark.key].span) else f'<ph id="{mark.key}"/>'

    return woven(text, marks, escape, rendered)


def reasons(passage: Passage) -> Iterator[str]:
    """Why a person should look at a passage."""
    for term in (t for sentence in passage.sentences for t in sentence.terms):
        if term.state is State.FLAGGED:
            yield f"{term.source_text} → {term.target_text or '?'} ({term.entry}: {term.note})"
    for text in passage.lost:
        yield f"'{text}' does not stand in the translation as it should"
    for origin in passage.origins:
        if origin.startswith("memory") and origin != "memory 100":
            yield f"from a near match of the {origin.split()[0]}, {origin.split()[1]} % alike"


# -- TMX -----------------------------------------------------------------------------------


def _tmx_unit(number: int, passage: Passage, source: str, target: str) -> str:
    terms = list(_terms(passage))
    here = _marked(passage.segment.source, passage.segment.marks, [a for _, a, _ in terms])
    there = _marked(passage.target.text, passage.target.marks, [b for _, _, b in terms])
    properties = [("x-key", passage.segment.key), ("x-origin", passage.target.origin)]
    properties += [("x-state", "check" if passage.target.flagged else "translated")]
    properties += [("x-term", f"{term.entry}={term.target_text}") for term, _, _ in terms]
    said = "".join(f"<prop type={quoteattr(name)}>{escape(text)}</prop>" for name, text in properties)
    return (
        f'<tu tuid="{number}">{said}\n'
        f"<tuv xml:lang={quoteattr(source)}><seg>{_tmx_text(passage.segment.source, here)}</seg></tuv>\n"
        f"<tuv xml:lang={quoteattr(target)}><seg>{_tmx_text(passage.target.text, there)}</seg></tuv>\n</tu>\n"
    )


def _tmx_text(text: str, marks: Sequence[Mark]) -> str:
    numbers = {mark.key: i for i, mark in enumerate((m for m in marks if not m.key.startswith(TERM)), 1)}

    def rendered(mark: Mark, inside: str) -> str:
        if mark.key.startswith(TERM):
            return f'<hi type="term">{inside}</hi>'
        number = numbers[mark.key]
        if not len(mark.span):
            return f'<ph x="{number}"/>'
        return f'<bpt i="{number}" x="{number}"/>{inside}<ept i="{number}"/>'

    return woven(text, marks, escape, rendered)


# -- terms as marks --------------------------------------------------------------------------


def _terms(passage: Passage) -> Iterator[tuple[Occurrence, Span | None, Span | None]]:
    """Terms of a passage with their places in the whole source and target."""
    source = target = 0
    for sentence in passage.sentences:
        source, target = source + len(sentence.before), target + len(sentence.before)
        for term in sentence.terms:
            place = term.target_span.shift(target) if term.target_span is not None else None
            yield term, term.source_span.shift(source), place
        source, target = source + len(sentence.source), target + len(sentence.target)


def _marked(text: str, marks: Sequence[Mark], terms: Sequence[Span | None]) -> list[Mark]:
    """The marks with one more for each term that lies wholly inside or outside of each of them."""
    made = list(marks)
    for number, span in enumerate(terms, 1):
        if span is None or not len(span) or any(m.span.overlaps(span) and not _nested(m.span, span) for m in made):
            continue
        around = [m for m in made if len(m.span) and m.span.holds(span)]
        if any(m.keep or m.span == span and m.key.startswith(TERM) for m in around):
            continue
        depth = {m.key: _depth(m, made) for m in around}
        parent = max(around, key=lambda m: depth[m.key]).key if around else ""
        key = f"{TERM}{number}"
        inner = {m.key for m in made if m.parent == parent and len(m.span) and span.holds(m.span) and m.span != span}
        inner |= {m.key for m in made if m.parent == parent and span.start < m.span.start == m.span.end < span.end}
        made = [replace(m, parent=key) if m.key in inner else m for m in made]
        made.append(Mark(key, span, parent=parent))
    return made


def _nested(one: Span, other: Span) -> bool:
    return one.holds(other) or other.holds(one)


def _depth(mark: Mark, marks: Sequence[Mark]) -> int:
    parents = {m.key: m.parent for m in marks}
    depth, key = 0, mark.parent
    while key:
        depth, key = depth + 1, parents[key]
    return depth
