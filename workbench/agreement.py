"""One form through a document for names that no glossary lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from workbench.demands import Terms
from workbench.outcomes import RUNGS, Occurrence, Segment, State
from workbench.spans import Span, carry
from workbench.spans import replace as replaced
from workbench.text import Word, weak_key, words

DOCUMENT = "document:"  # what ids of names that only this document knows begin with
ALIKE = 0.72  # ratio of equal letters from which a target word renders a source name
LETTERS = 4  # shorter names are not compared


def agreed(segments: Sequence[Segment], terms: Terms) -> list[Segment]:
    """Segments with each repeated unlisted name in the form that most of them have.

    A name is a capitalised word, not only at the start of sentences, outside listed terms; its
    rendering is the capitalised target word that looks like it. Ties go to the source's own
    spelling, then to the first seen. A changed place is accounted for as an occurrence of the
    entry `document:NAME`; nothing else changes. Without a glossary nothing changes at all.
    """
    if not terms.glossary.entries or not _cased(terms.source_language) or not _cased(terms.target_language):
        return list(segments)
    names = _names(segments)
    renderings: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[tuple[int, str], list[Word]] = {}
    for number, segment in enumerate(segments):
        for name in {word.key for word in _free(segment, source=True)} & names.keys():
            found = [w for w in _free(segment, source=False) if _alike(w, name)]
            places[number, name] = found
            renderings[name].update(word.text for word in found)
    made = list(segments)
    for (number, name), found in places.items():
        forms = renderings[name]
        if len(forms) < 2:
            continue
        best = max(forms, key=lambda form: (forms[form], form == names[name], -list(forms).index(form)))
        made[number] = _edited(made[number], name, [word for word in found if word.text != best], best)
    return made


def _cased(language: str) -> bool:
    return language not in {"ar", "fa", "he", "ja", "ko", "ka", "zh", "hi"}


def _names(segments: Sequence[Segment]) -> dict[str, str]:
    """Keys of repeated capitalised words with their spelling; none that also occurs in lower case."""
    seen: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    inside: set[str] = set()
    lower: set[str] = set()
    for segment in segments:
        for word in _free(segment, source=True, any_case=True):
            if word.text[:1].isupper():
                seen[word.key] += 1
                spelled.setdefault(word.key, word.text)
                if word.span.start:
                    inside.add(word.key)
            else:
                lower.add(word.key)
    return {k: spelled[k] for k, n in seen.items() if n > 1 and len(k) >= LETTERS and k in inside and k not in lower}


def _free(segment: Segment, source: bool, any_case: bool = False) -> list[Word]:
    """Capitalised words outside the listed terms of a side."""
    text = segment.source if source else segment.target
    taken = [t.source_span if source else t.target_span for t in segment.terms]
    return [
        word
        for word in words(text)
        if (any_case or word.text[:1].isupper()) and not any(t is not None and t.overlaps(word.span) for t in taken)
    ]


def _alike(word: Word, name: str) -> bool:
    a, b = word.weak, weak_key(name)
    return a[0] == b[0] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _edited(segment: Segment, name: str, wrong: list[Word], best: str) -> Segment:
    """The segment with `best` in the wrong places, and an occurrence for each."""
    if not wrong:
        return segment
    edits: list[tuple[Span, str]] = [(word.span, best) for word in wrong]
    target = replaced(segment.target, edits)
    terms = [
        replace(term, target_span=carry(term.target_span, edits)) if term.target_span else term
        for term in segment.terms
    ]
    mentions = [word for word in _free(segment, source=True) if word.key == name]
    for mention, word in zip(mentions, wrong, strict=False):
        place = carry(word.span, edits)
        terms.append(
            Occurrence(
                entry=f"{DOCUMENT}{mention.text}",
                source_span=mention.span,
                source_text=mention.text,
                target_span=place,
                target_text=place.of(target),
                state=State.REPAIRED,
                rung=RUNGS.index("respelling"),
                wanted=(best,),
                note="not in the glossary; written as elsewhere in this document",
            )
        )
    return replace(segment, target=target, terms=tuple(sorted(terms, key=lambda term: term.source_span)))
