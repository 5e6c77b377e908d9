"""A translation as HTML: both sides, marked terms with their cards, and the account of entries.

Every piece of text that a person or a glossary wrote goes through `text` or `attribute`;
ids in the page are counted here and never taken from data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from workbench.errors import UnknownLanguage
from workbench.glossary.model import Entry, Glossary
from workbench.languages import RIGHT_TO_LEFT
from workbench.languages import name as language_name
from workbench.outcomes import RUNGS, Occurrence, Segment, State, Translation
from workbench.spans import Span
from workbench.ui.palette import colours

STATE_SAYS = {
    State.KEPT: "the model wrote it by itself",
    State.REPAIRED: "put right by the glossary",
    State.FLAGGED: "please look at this place",
}
RUNG_SAYS = {
    "plain": "first translation, left as it was",
    "respelling": "a wrong spelling exchanged in its own place",
    "annotation": "translated again with the wanted form beside it",
    "n-best": "another candidate of the model had it",
    "stand-in": "translated with a stand-in name, then exchanged",
    "prefix": "translated again from this place on",
    "substitution": "exchanged at the aligned place",
    "verbatim": "written in as it stands",
}
HOW_SAYS = {
    "exact": "as the glossary writes it",
    "variant": "a spelling variant",
    "inflected": "an inflected form",
    "folded": "without its accents and marks",
}


class Place(NamedTuple):
    """Where one term stands: `pair` ties both sides, `side` is 's' or 't'."""

    span: Span
    term: Occurrence
    pair: str
    side: str


def text(value: str) -> str:
    return escape(value, quote=True)


attribute = text  # quotes are escaped in both


def language_attributes(code: str) -> str:
    """`lang` and `dir` of a cell."""
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    return f'lang="{attribute(code)}" dir="{direction}"'


def shown(code: str) -> str:
    try:
        return language_name(code)
    except UnknownLanguage:
        return code


def icon(state: State) -> str:
    return f'<span class="wb-icon wb-{state.value}" aria-hidden="true"></span>'


def chip(state: State, count: int) -> str:
    return f'<span class="wb-chip wb-{state.value}">{icon(state)}{count} {state.value}</span>'


# --- segments ---------------------------------------------------------------------------


def apart(places: Iterable[Place], length: int) -> list[Place]:
    """Places that do not overlap, in order of the text: the longest first come, then the leftmost."""
    chosen: list[Place] = []
    for place in sorted(places, key=lambda p: (-len(p.span), p.span.start)):
        inside = 0 <= place.span.start < place.span.end <= length
        if inside and not any(place.span.overlaps(other.span) for other in chosen):
            chosen.append(place)
    return sorted(chosen, key=lambda p: p.span.start)


class Painter:
    """Paints the segments of one translation: knows its entries and their colours."""

    def __init__(self, translation: Translation, glossary: Glossary | None = None):
        self.translation = translation
        self.entries = glossary.by_id if glossary else {}
        self.colour = colours(term.entry for term in translation.terms)

    def row(self, segment: Segment, number: int) -> str:
        pairs = [(f"{number}-{i}", term) for i, term in enumerate(segment.terms)]
        source = [Place(t.source_span, t, pair, "s") for pair, t in pairs]
        target = [Place(t.target_span, t, pair, "t") for pair, t in pairs if t.target_span is not None]
        said = self.translation.source_language, self.translation.target_language
        classes = " ".join(["wb-row", *_gap(segment.before, number), *(["wb-look"] if segment.flagged else [])])
        anchor = f' id="wb-segment-{number}"' if segment.flagged else ""
        return (
            f'<tr class="{classes}"{anchor}>'
            f'<td class="wb-source" {language_attributes(said[0])}>{self.marked(segment.source, source)}</td>'
            f'<td class="wb-target" {language_attributes(said[1])}>{self.marked(segment.target, target)}'
            f"{_without(segment, said[1])}</td></tr>"
        )

    def marked(self, line: str, places: Iterable[Place]) -> str:
        pieces, at = [], 0
        for place in apart(places, len(line)):
            pieces += [text(line[at : place.span.start]), self.mark(place, place.span.of(line))]
            at = place.span.end
        return '<span class="wb-text">' + "".join([*pieces, text(line[at:])]) + "</span>"

    def mark(self, place: Place, words: str) -> str:
        """The words as something to hover, focus or press, and the card it shows."""
        term, id = place.term, f"wb-card-{place.pair}-{place.side}"
        missing = " wb-missing" if term.target_span is None else ""
        return (
            f'<span class="wb-term wb-{term.state.value} wb-c{self.colour[term.entry]}{missing}">'
            f'<span class="wb-mark" role="button" tabindex="0" aria-expanded="false" '
            f'aria-describedby="{id}" data-pair="{place.pair}">{text(words)}</span>'
            f"{self.card(term, id)}</span>"
        )

    def card(self, term: Occurrence, id: str) -> str:
        entry = self.entries.get(term.entry)
        found = f"<bdi>{text(term.target_text)}</bdi>" if term.target_text else "<i>nothing placed</i>"
        rows = [
            ("Entry", f'<span class="wb-id">{text(term.entry)}</span>' + (f" · {entry.kind.value}" if entry else "")),
            ("Write", _wanted(term, entry, self.translation.target_language)),
            ("Avoid", _avoided(entry, self.translation.target_language)),
            ("Rung", f"{term.rung} · {_said(RUNGS[term.rung], RUNG_SAYS)}"),
            ("Match", _said(term.how, HOW_SAYS)),
            ("Note", " · ".join(text(note) for note in (term.note, entry.note if entry else "") if note)),
        ]
        told = "".join(
            f'<span class="wb-key">{key}</span><span class="wb-value">{value}</span>' for key, value in rows if value
        )
        return (
            f'<span class="wb-card" role="tooltip" id="{id}" lang="en" dir="ltr">'
            f'<span class="wb-state wb-{term.state.value}">{icon(term.state)}<b>{term.state.value.capitalize()}</b>'
            f" <span>{STATE_SAYS[term.state]}</span></span>"
            f'<span class="wb-forms"><bdi>{text(term.source_text)}</bdi> → {found}</span>'
            f'<span class="wb-facts">{told}</span></span>'
        )


def _gap(before: str, number: int) -> list[str]:
    """A blank line makes a paragraph, a line break a line."""
    breaks = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") if number else 0
    return ["wb-paragraph"] if breaks > 1 else ["wb-line"] if breaks else []


def _without(segment: Segment, code: str) -> str:
    """What the model writes alone, where it differs; folded away."""
    if not segment.plain or segment.plain == segment.target:
        return ""
    return (
        '<details class="wb-plain"><summary lang="en" dir="ltr">Without the glossary</summary>'
        f"<span {language_attributes(code)}>{text(segment.plain)}</span></details>"
    )


def _said(word: str, sayings: dict[str, str]) -> str:
    return f"{text(word)}: {sayings[word]}" if word in sayings else text(word)


def _wanted(term: Occurrence, entry: Entry | None, code: str) -> str:
    """The form to write, then the other accepted ones, with their status where the glossary names it."""
    terms = [t for t in entry.says(code) if t.status.approved] if entry else []
    status = {t.text: t.status.value for t in terms}
    forms = list(dict.fromkeys([*term.wanted, *status]))
    listed = ", ".join(
        f"<bdi>{text(form)}</bdi>" + (f' <span class="wb-status">{status[form]}</span>' if form in status else "")
        for form in forms[:MOST_FORMS]
    )
    more = len(forms) - MOST_FORMS
    return listed + (f" and {more} more" if more > 0 else "")


def _avoided(entry: Entry | None, code: str) -> str:
    terms = [t for t in entry.says(code) if not t.status.approved] if entry else []
    return ", ".join(f'<bdi>{text(t.text)}</bdi> <span class="wb-status">{t.status.value}</span>' for t in terms)


MOST_FORMS = 6  # a card is read in passing; Russian paradigms have twelve


def segments(translation: Translation, glossary: Glossary | None = None) -> str:
    painter = Painter(translation, glossary)
    rows = "".join(painter.row(segment, i) for i, segment in enumerate(translation.segments))
    said = shown(translation.source_language), shown(translation.target_language)
    heads = "".join(f'<th scope="col">{text(name)}</th>' for name in said)
    return (
        '<table class="wb-segments"><caption class="wb-hidden">Source and translation, sentence by sentence</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


# --- summary and account ----------------------------------------------------------------


def summary(translation: Translation) -> str:
    """One line of counts; the flagged count leads to the first flagged sentence."""
    terms = list(translation.terms)
    states = Counter(term.state for term in terms)
    chips = [chip(state, states[state]) for state in State if states[state]]
    flagged = next((i for i, segment in enumerate(translation.segments) if segment.flagged), None)
    if flagged is not None:
        chips[-1] = f'<a href="#wb-segment-{flagged}" title="Go to the first flagged sentence">{chips[-1]}</a>'
    via = f" via {text(shown(translation.pivot))}" if translation.pivot else ""
    detected = " (detected)" if translation.detected else ""
    way = f"{text(shown(translation.source_language))}{detected} → {text(shown(translation.target_language))}{via}"
    entries = len({term.entry for term in terms})
    counts = [_count(len(translation.segments), "sentence")]
    counts += [f"{_count(len(terms), 'term')} of {_count(entries, 'entry', 'entries')}" if terms else "no listed terms"]
    return f'<p class="wb-summary"><b>{way}</b><span>{" · ".join(counts)}</span>{"".join(chips)}</p>'


def account(translation: Translation, glossary: Glossary | None = None) -> str:
    """A row for each entry: its forms on both sides and their states; in the order of first appearance."""
    groups: dict[str, list[Occurrence]] = {}
    for term in translation.terms:
        groups.setdefault(term.entry, []).append(term)
    if not groups:
        return ""
    colour, entries = colours(groups), glossary.by_id if glossary else {}
    source, target = translation.source_language, translation.target_language
    rows = "".join(
        f'<tr class="wb-c{colour[id]}"><th scope="row"><span class="wb-swatch"></span>'
        f"{_headword(id, entries.get(id), source)}</th>"
        f"<td {language_attributes(source)}>{_forms(t.source_text for t in terms)}</td>"
        f"<td {language_attributes(target)}>{_forms(t.target_text for t in terms)}</td>"
        f"<td>{_states(terms)}</td></tr>"
        for id, terms in groups.items()
    )
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("Entry", "In the source", "In the translation", "State"))
    return (
        '<section class="wb-account"><h2>Names and terms</h2><div class="wb-scroll"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _headword(id: str, entry: Entry | None, code: str) -> str:
    term = entry.preferred(code) if entry else None
    head = f"<bdi {language_attributes(code)}>{text(term.text)}</bdi> " if term else ""
    return f'{head}<span class="wb-id">{text(id)}</span>'


def _forms(found: Iterable[str]) -> str:
    counted = Counter(form for form in found if form)
    return (
        ", ".join(
            f"<bdi>{text(form)}</bdi>" + (f' <span class="wb-times">&times;{n}</span>' if n > 1 else "")
            for form, n in counted.items()
        )
        or '<i lang="en">none</i>'
    )


def _states(terms: Sequence[Occurrence]) -> str:
    states = Counter(term.state for term in terms)
    return " ".join(chip(state, states[state]) for state in State if states[state])


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def made_with(translation: Translation) -> str:
    """Models, engine, glossary and time, for whoever wants to know."""
    seconds = translation.timings.get("total", sum(translation.timings.values()))
    facts = [
        ("model", " + ".join(translation.models)),
        ("engine", translation.engine),
        ("glossary", translation.glossary),
        ("house style", translation.style),
        ("time", f"{seconds:.1f} s" if seconds else ""),
    ]
    told = "".join(f"<span>{name} <b>{text(value)}</b></span>" for name, value in facts if value)
    return f'<p class="wb-made">{told}</p>' if told else ""


# --- whole pieces for the page ----------------------------------------------------------


def result(translation: Translation, glossary: Glossary | None = None) -> str:
    """Everything below the summary line."""
    return (
        '<div class="wb-result"><button type="button" class="wb-copy">Copy translation</button>'
        f'<div class="wb-whole" hidden>{text(translation.text)}</div>'
        f"{segments(translation, glossary)}{account(translation, glossary)}{made_with(translation)}</div>"
    )


def render(translation: Translation, glossary: Glossary | None = None) -> str:
    """Summary, segments, account: the whole translation. `glossary` adds kinds, statuses and notes to the cards."""
    return summary(translation) + result(translation, glossary)


def problem(message: str) -> str:
    """An error as one clear line."""
    return f'<p class="wb-problem" role="alert">{icon(State.FLAGGED)}<span>{text(message)}</span></p>'


def empty(ready: bool = True) -> str:
    """What stands where the result will be. `ready`: some pair can be translated."""
    if not ready:
        return (
            '<div class="wb-empty"><p><b>No translation model is installed.</b> '
            "Put a model folder into <code>models/</code> and start again.</p></div>"
        )
    legend = "".join(
        f'<li><span class="wb-term wb-{state.value} wb-c{i}"><span class="wb-mark">{state.value}</span></span>'
        f" {says}</li>"
        for i, (state, says) in enumerate(STATE_SAYS.items())
    )
    return (
        '<div class="wb-empty"><p><b>The translation will stand here</b>, sentence beside sentence, '
        f"with every listed name and term marked on both sides in one colour.</p><ul>{legend}</ul></div>"
    )
