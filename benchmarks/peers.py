"""What else finds listed names in sentences, over the same forms: pyahocorasick, spaCy."""

from __future__ import annotations

from itertools import islice

from benchmarks import invented
from benchmarks.measuring import Figures, costs, peak, rates


def plain(language: str, count: int) -> Figures:
    """pyahocorasick: every place of every form, in words and across them, with no look at their edges."""
    import ahocorasick

    automaton = ahocorasick.Automaton()

    def build() -> None:
        for number, form in enumerate(forms):
            automaton.add_word(form, number)
        automaton.make_automaton()

    forms = [form.casefold() for form in invented.writings(count, language)]
    before = peak()
    figures = {**costs("build", build), "forms": len(forms), "automaton MB": peak() - before}
    return {**figures, **rates(language, count, lambda sentence: list(automaton.iter(sentence.casefold())))}


def whole_words(language: str, count: int) -> Figures:
    """The same automaton made to answer as a matcher must: hits that are words, the longest of those that overlap, each
    with its entries. It knows neither case nor endings that are not listed."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    listed: dict[str, list[int]] = {}
    for at, number, one, term in invented.Invented(count, language).terms(language):
        for form in (*(form.text for form in invented.forms.forms(one, term)), *term.variants):
            listed.setdefault(form.casefold(), []).append(at * 100 + number)

    def build() -> None:
        for form, owners in listed.items():
            automaton.add_word(form, (len(form), owners))
        automaton.make_automaton()

    def find(sentence: str) -> list[tuple[int, int, list[int]]]:
        text, hits = sentence.casefold(), []
        for last, (length, owners) in automaton.iter(text):
            start, end = last - length + 1, last + 1
            if not text[end : end + 1].isalnum() and not (start and text[start - 1].isalnum()):
                hits.append((start, end, owners))
        if len(hits) < 2:
            return hits
        kept, free = [], 0
        for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if hit[0] >= free:
                kept.append(hit)
                free = hit[1]
        return kept

    return {**costs("build", build), **rates(language, count, find)}


def phrases(language: str, count: int) -> Figures:
    """spaCy: whole words in any case; its tokenizer and its matcher."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank(language)
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")

    def build() -> None:
        forms = invented.writings(count, language)
        while part := list(islice(forms, 10_000)):
            matcher.add("term", [blank.make_doc(form) for form in part])

    before = peak()
    figures = {**costs("build", build), "automaton MB": peak() - before}
    return {**figures, **rates(language, count, lambda sentence: matcher(blank.make_doc(sentence)))}
