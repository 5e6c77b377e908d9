"""What came of a translation as HTML: the line of counts and the account of entries; no gradio here.

Every piece of text that a person or a glossary wrote goes through `text` or `attribute`;
ids in the page are counted and never taken from data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from workbench.enforcement.outcomes import Occurrence, State, Translation
from workbench.errors import UnknownLanguage
from workbench.glossary.model import Entry, Glossary
from workbench.languages import RIGHT_TO_LEFT
from workbench.languages import name as language_name
from workbench.words import LANGUAGES, Say, speaking

ENGLISH = speaking("en")


def text(value: str) -> str:
    return escape(value, quote=True)


attribute = text  # quotes are escaped in both


def language_attributes(code: str) -> str:
    """`lang` and `dir` of a cell."""
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    return f'lang="{attribute(code)}" dir="{direction}"'


def shown(code: str, say: Say = ENGLISH) -> str:
    try:
        return say(language_name(code))
    except UnknownLanguage:
        return code


def icon(state: State) -> str:
    return f'<span class="wb-icon wb-{state.value}" aria-hidden="true"></span>'


def chip(state: State, count: int, say: Say = ENGLISH) -> str:
    said = {State.KEPT: "kept: {count}", State.REPAIRED: "repaired: {count}", State.FLAGGED: "flagged: {count}"}[state]
    return f'<span class="wb-chip wb-{state.value}">{icon(state)}{text(say(said, count=count))}</span>'


def banner(title: str, say: Say, language: str, root: str) -> str:
    """The head of the page, with the way to its other languages."""
    ways = []
    for code, name in LANGUAGES.items():
        here = ' aria-current="page"' if code == language else ""
        path = "?lang=en" if code == "en" else f"{code}/"  # or the browser's own wish would lead back
        ways.append(f'<a href="{attribute(root)}/{path}" lang="{code}" hreflang="{code}"{here}>{text(name)}</a>')
    promise = say("Translation that writes every name and term the way your glossary asks.")
    return (
        f'<div class="wb-head"><h1>{text(title)}</h1><p>{text(promise)}</p>'
        f'<nav class="wb-languages" aria-label="{attribute(say("Language of the page"))}">{"".join(ways)}</nav></div>'
    )


def summary(translation: Translation, say: Say = ENGLISH) -> str:
    """One line: the way, counts, the model and the time."""
    terms = list(translation.terms)
    states = Counter(term.state for term in terms)
    chips = [chip(state, states[state], say) for state in State if states[state]]
    source, target = shown(translation.source_language, say), shown(translation.target_language, say)
    detected = f" ({say('detected')})" if translation.detected else ""
    via = f" ({say('via {language}', language=shown(translation.pivot, say))})" if translation.pivot else ""
    counts = [say("sentences: {count}", count=len(translation.segments))]
    entries = len({term.entry for term in terms})
    counts.append(say("terms: {count}, entries: {entries}", count=len(terms), entries=entries) if terms
                  else say("no listed terms"))  # fmt: skip
    seconds = translation.timings.get("total", 0.0)
    made = [*translation.models, *([f"{seconds:.1f} s"] if seconds else [])]
    return (
        f'<p class="wb-summary"><b>{text(source + detected)} → {text(target + via)}</b>'
        f"<span>{text(' · '.join(counts))}</span>{''.join(chips)}"
        f'<span class="wb-made">{text(" · ".join(made))}</span></p>'
    )


def account(translation: Translation, glossary: Glossary | None = None, say: Say = ENGLISH) -> str:
    """A row for each entry: its forms on both sides and their states; in the order of first appearance."""
    groups: dict[str, list[Occurrence]] = {}
    for term in translation.terms:
        groups.setdefault(term.entry, []).append(term)
    if not groups:
        return ""
    entries = glossary.by_id if glossary else {}
    source, target = translation.source_language, translation.target_language
    rows = "".join(
        f'<tr><th scope="row">{_headword(id, entries.get(id), source)}</th>'
        f"<td {language_attributes(source)}>{_forms((t.source_text for t in terms), say)}</td>"
        f"<td {language_attributes(target)}>{_forms((t.target_text for t in terms), say)}</td>"
        f"<td>{_states(terms, say)}</td></tr>"
        for id, terms in groups.items()
    )
    heads = "".join(
        f'<th scope="col">{text(say(head))}</th>' for head in ("Entry", "In the source", "In the translation", "State")
    )
    title = text(say("Names and terms as they were translated"))
    return (
        f'<section class="wb-account"><h2>{title}</h2><div class="wb-scroll" tabindex="0" role="region" '
        f'aria-label="{title}"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


def _headword(id: str, entry: Entry | None, code: str) -> str:
    term = entry.preferred(code) if entry else None
    head = f"<bdi {language_attributes(code)}>{text(term.text)}</bdi> " if term else ""
    return f'{head}<span class="wb-id">{text(id)}</span>'


def _forms(found: Iterable[str], say: Say) -> str:
    counted = Counter(form for form in found if form)
    return (
        ", ".join(
            f"<bdi>{text(form)}</bdi>" + (f' <span class="wb-times">&times;{n}</span>' if n > 1 else "")
            for form, n in counted.items()
        )
        or f"<i>{text(say('none'))}</i>"
    )


def _states(terms: Sequence[Occurrence], say: Say) -> str:
    states = Counter(term.state for term in terms)
    return " ".join(chip(state, states[state], say) for state in State if states[state])


def problem(message: str) -> str:
    """An error as one clear line."""
    return f'<p class="wb-problem" role="alert">{icon(State.FLAGGED)}<span>{text(message)}</span></p>'
