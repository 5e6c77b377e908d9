"""What stands verbatim in every language: addresses, numbers, placeholders, tags, code, emoji.

Two ways: an opaque text (a URL, a placeholder) never reaches the model, a short stand-in takes its
place; a number does, and is demanded as a term that must be kept, a date as one that has its own form in
each language. Both go through the ladder of `enforcement`, whose check is the proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from workbench.enforcement.demands import Demand, Terms
from workbench.glossary.model import Entry, Term
from workbench.matching.forms import Written
from workbench.matching.matcher import How, Match, Matcher, disjoint
from workbench.spans import Edit, Span
from workbench.translation import dates, magnitudes

VERBATIM = "verbatim:"  # what ids of demands for numbers begin with
DATE = "verbatim:date:"
STANDIN = "stand-in:"

# Tokens that the bundled models copied in 16 of 16 sentences, both ways (of 48 that were tried).
TOKENS = ("X1", "N1", "B2", "Z9", "X7", "R2", "T1", "F1", "V8")

# Lengths are bounded and most repetitions possessive: no text takes more than linear time.
_ADDRESS = r"[^\s<>\"“”«»]{1,2000}+"
_URL = rf"\b(?:https?|ftps?|file|git|ssh)://{_ADDRESS}|\b(?:mailto|tel|urn|doi):{_ADDRESS}|\bwww\.{_ADDRESS}"
_TOP = "com|org|net|edu|gov|int|info|io|eu|am|az|ge|ru|es|fr|de|uk"
_DOMAIN = rf"(?<![\w@.-])(?:[a-z0-9-]{{1,63}}+\.){{1,8}}(?:{_TOP})\b(?:/{_ADDRESS})?"
_MAIL = r"(?<![\w.+%-])[\w.+%-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,8}"
_FORMAT = (
    r"(?<![\d%])%(?:\([^()\s]{1,80}\)|\{[^{}\s]{1,80}\}|\d{1,2}\$)?[-+#0]*+(?:\d{1,5}|\*)?(?:\.\d{1,5})?"
    r"(?:hh|h|ll|l|q|j|z|t|L)?[diouxXeEfFgGcrsaAp@](?![\p{L}\p{N}])"
    r"|(?<![\d%])%(?:\([^()\s]{1,80}\)|\d{1,2}\$)[a-zA-Z]|%\{[^{}\s]{1,80}\}|(?<![\d%])%[1-9]\d?\b"
)
_INNER = r"\{[^{}\n]{0,300}+\}"
_MIDDLE = rf"\{{(?:[^{{}}\n]{{1,300}}+|{_INNER}){{0,50}}+\}}"
_BRACES = rf"\$?\{{(?:[^{{}}\n]{{1,300}}+|{_MIDDLE}){{0,50}}+\}}|\$\([^()\n]{{0,300}}+\)|(?<!\w)\$[A-Za-z_]\w*+"
_TAG = r"</?[A-Za-z][^<>\n]{0,500}+>|<!--[^\n]{0,500}?-->|&(?:[A-Za-z]\w{1,20}+|#\d{1,7}|#x[0-9A-Fa-f]{1,6});"
_CODE = (
    r"(?<!`)(?P<ticks>`{1,10}+)[^`\n]{1,300}+(?P=ticks)(?!`)"
    r"|(?<![\w.:])[A-Za-z_]\w{0,80}+(?:(?:\.|::)\w{1,80}+){0,10}+\(\)|\b[A-Za-z][^\W_]{0,80}+_\w++"
    r"|(?<![\w-])--[a-z][\w-]*+|(?<![\w/.:~])(?:~|\.{1,2})?/(?:[\w.-]{1,80}+/){1,20}[\w.-]*+|\b[A-Za-z]:\\[^\s<>\"]{1,300}+"
)
_NOTE = r"\[\^[^\]\[\s]{1,40}+\]:?|(?<!\S)\[[ xX]\](?=\s)"
_HANDLE = r"(?<![\w/&])[@#](?=\p{L})\w++"
_EMOJI = (
    r"\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3"
    r"|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?"
    r"(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?){0,10}[\U000E0020-\U000E007F]{0,10}"
)
# Controls, private use, objects, lone surrogates.
_STRANGE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufffc\ud800-\udfff]+"
_WEB = regex.compile(f"{_URL}|{_DOMAIN}")
_ALL = (_URL, _MAIL, _TAG, _CODE, _BRACES, _FORMAT, _DOMAIN, _NOTE, _HANDLE, _EMOJI, _STRANGE)
_OPAQUE = regex.compile("|".join(f"(?:{pattern})" for pattern in _ALL))
# What all of this needs one of: most sentences have none, which is found out sooner.
_SIGN = re.compile(r"[^\w\s,;!?'’\"“”«»…—–.-]|[\d_]|\.\S|--")
_IBAN = regex.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_UNITS = (
    "%|‰|°[CF]?|km/h|km²|km2|km|cm|mm|m²|m³|m|kg|mg|g|t|ml|cl|l|ha|kWh|MWh|GWh|kW|MW|GW|W|V|A|Hz|kHz|MHz|GHz"
    "|kB|KB|MB|GB|TB|B|px|pt|dpi|€|\\$|£|¥|₽|֏|₾|USD|EUR|AMD|RUB|GBP|°"
)
_SCALE = (
    r"(?!\s*-?(?:hundred|thousand|million|billion|trillion|bn|mn|tn|cientos?|mil|mill(?:ón|ones)|billones"
    r"|тыс|млн|млрд|тысяч|миллион|миллиард|millions?|milliards?|tausend|Million|Milliarden?)\b)"
)
_NUMBER = regex.compile(
    rf"(?:(?<![\p{{L}}\p{{N}}])(?:US|AU|CA)?[$€£¥₽֏₾]\s?)?(?<![\p{{L}}\p{{N}}_.,])(?>[+±−]?\d+(?:[.,:/'’\u00a0\u202f–-]\d+)*)"
    rf"(?:[ \u00a0\u202f]?(?:{_UNITS})(?![\p{{L}}\p{{N}}]))?+(?![\p{{L}}\p{{N}}_]){_SCALE}"
)
_FIGURE = re.compile(r"\d")
_STANDIN = regex.compile(rf"(?<![\p{{L}}\p{{N}}_])(?:{'|'.join(TOKENS)})(?![\p{{L}}\p{{N}}_])")
_SPACE = regex.compile(r"[ \u00a0\u202f]")
TRAILING = ".,;:!?'’…"


def opaque(text: str) -> list[Span]:
    """Places of addresses, placeholders, tags, code and emoji, in order and apart."""
    accounts = [Span(*match.span()) for match in _IBAN.finditer(text) if _is_iban(match.group())]
    if _SIGN.search(text) is None:
        return []
    found = list(accounts)
    for match in _OPAQUE.finditer(text):
        span = Span(match.start(), match.end())
        if _WEB.match(match.group()):
            span = Span(span.start, span.start + len(_bare(match.group())))
        if not any(span.overlaps(other) for other in accounts):
            found.append(span)
    return sorted(found)


def numbers(text: str) -> list[Span]:
    """Places of numbers with the unit or sign that belongs to them; none that a word of scale (million)
    makes part of a number that another language counts differently."""
    if _FIGURE.search(text) is None:
        return []
    return [Span(*match.span()) for match in _NUMBER.finditer(text)]


def _bare(url: str) -> str:
    """Without the punctuation of the sentence around it."""
    while True:
        cut = url.rstrip(TRAILING)
        for left, right in ("()", "[]"):
            if cut.endswith(right) and cut.count(right) > cut.count(left):
                cut = cut[:-1]
        if cut == url:
            return url
        url = cut


def _is_iban(text: str) -> bool:
    """ISO 13616: letters as numbers, the first four characters last, modulo 97."""
    bare = text.replace(" ", "")
    return 15 <= len(bare) <= 34 and int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


# -- stand-ins -----------------------------------------------------------------------------


class Masked(NamedTuple):
    """A text with stand-ins. `edits`: what they replaced, in places of the original text."""

    text: str
    originals: tuple[tuple[str, str], ...] = ()  # (stand-in, what it stands for) in order of the text
    edits: tuple[Edit, ...] = ()


def masked(text: str, kept: Iterable[Span] = ()) -> Masked:
    """`kept`: places that stand verbatim for another reason, as markup says. Line breaks are left alone."""
    spans = [span for span in kept if span.of(text).strip()]
    spans += [span for span in opaque(text) if not any(span.overlaps(other) for other in spans)]
    tokens = [token for token in TOKENS if token not in text]
    if not spans or not tokens:
        return Masked(text)
    edits: list[Edit] = []
    originals = []
    for number, span in enumerate(_together(_grown(text, span) for span in spans)):
        token = tokens[number % len(tokens)]
        edits.append((span, token))
        originals.append((token, span.of(text)))
    made = []
    at = 0
    for span, token in edits:
        made += [text[at : span.start], token]
        at = span.end
    return Masked("".join(made) + text[at:], tuple(originals), tuple(edits))


def _grown(text: str, span: Span) -> Span:
    """With letters and digits that are glued to it: a stand-in must be a word of its own."""
    start, end = span
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return Span(start, end)


def _together(spans: Iterable[Span]) -> list[Span]:
    """In order; those that touch or have grown over each other are one: glued stand-ins would be none."""
    made: list[Span] = []
    for span in sorted(spans):
        if made and span.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(span.end, made[-1].end))
        else:
            made.append(span)
    return made


def unmasking(text: str, originals: Sequence[tuple[str, str]]) -> list[Edit]:
    """Edits that put the originals back: the first stand-in of a kind is the first original of it. One that
    the model wrote once too often goes."""
    left, tokens = list(originals), {token for token, _ in originals}
    edits: list[Edit] = []
    for match in _STANDIN.finditer(text):
        at = next((i for i, (token, _) in enumerate(left) if token == match.group()), None)
        if at is not None:
            edits.append((Span(*match.span()), left.pop(at)[1]))
        elif match.group() in tokens:
            start = match.start() - text[: match.start()].endswith(" ")
            edits.append((Span(start, match.end()), ""))
    return edits


# -- demands -------------------------------------------------------------------------------


class Guard(Matcher):
    """A matcher that also finds numbers, dates and stand-ins; one entry for all writings of one number, so
    that 2.500 for 2,500 is another writing of it and is respelled in its place. Any whole writing of a date is right.

    `into`: language in which a date that is found here is to be written; one that cannot be, without its
    sentence, counts as its numbers.
    """

    def __init__(self, inner: Matcher, figures: bool = True, into: str = ""):
        self.inner, self.language, self.figures, self.into = inner, inner.language, figures, into

    def all(self, text: str) -> list[Match]:
        return sorted([*self.inner.all(text), *self._verbatim(text)], key=lambda m: (m.span.start, -m.span.end))

    def find(self, text: str) -> list[Match]:
        return disjoint(self.all(text))

    def claims(self, text: str) -> list[Match]:
        return [*self.inner.claims(text), *self._verbatim(text)]

    def writes(self, match: Match, term: Term) -> bool:
        id = match.entry.id
        if id.startswith(DATE):
            return not dates.abridged(match.text, dates.Date.of(match.span, id[len(DATE) :]), self.language)
        return self.inner.writes(match, term)

    def _verbatim(self, text: str) -> list[Match]:
        found = [(STANDIN + m.group(), Span(*m.span())) for m in _STANDIN.finditer(text)]
        if self.figures:
            found += [(VERBATIM + number_key(span.of(text)), span) for span in numbers(text)]
        said = dates.dates(text, self.language)
        found += [(DATE + date.key, date.span) for date in said if not self.into or dates.written(date, self.into)]
        return [
            Match(span, span.of(text), Entry(id, keep=True), Term("mul", span.of(text), exact_case=True), How.EXACT)
            for id, span in found
        ]


def number_key(text: str) -> str:
    """The same for all writings of one number."""
    return regex.sub(r"[\s.,'’\u00a0\u202f]", "", text)


class Guarded(Terms):
    """The terms of a pair, with verbatim demands beside them; the matchers themselves are shared.

    `figures` False: without the numbers that are no part of a date.
    """

    def __init__(self, terms: Terms, figures: bool = True):
        self.glossary = terms.glossary
        self.source_language, self.target_language = terms.source_language, terms.target_language
        self.source, self.target = Guard(terms.source, figures, terms.target_language), Guard(terms.target, figures)
        self._terms = terms

    @property
    def without_figures(self) -> Guarded:
        return Guarded(self._terms, figures=False)

    def _demand(self, match: Match) -> Demand | None:
        id = match.entry.id
        if not id.startswith(DATE):
            return super()._demand(match)
        texts = dates.written(dates.Date.of(match.span, id[len(DATE) :]), self.target_language)
        term = Term(self.target_language, texts[0], exact_case=True, invariable=True)
        return Demand(match, (term,), tuple(Written("", text, True) for text in texts))


def is_verbatim(entry: str) -> bool:
    """Whether an occurrence is of this module's making, not of a glossary's."""
    return entry.startswith((VERBATIM, STANDIN))


def is_number(entry: str) -> bool:
    """A number that is no part of a date."""
    return entry.startswith(VERBATIM) and not entry.startswith(DATE)


def lost(source: str, target: str, kept: Iterable[Span] = ()) -> list[str]:
    """The proof for a segment: what must stand verbatim in the target and does not, each as often as
    it is missing; and numbers before a word of scale that the target does not mean (see `magnitudes`)."""
    spans = [span for span in kept if span.of(source).strip()]
    spans += [span for span in opaque(source) if not any(span.overlaps(other) for other in spans)]
    spans += [span for span in numbers(source) if not any(span.overlaps(other) for other in spans)]
    wanted = [span.of(source) for span in spans]
    missing = []
    rest = target
    for text in sorted(wanted, key=len, reverse=True):
        at = rest.find(text)
        if at < 0:
            missing.append(text)
        else:
            rest = rest[:at] + "\0" * len(text) + rest[at + len(text) :]
    return missing + magnitudes.unmatched(source, target)


def bare(text: str, kept: Iterable[Span] = ()) -> str:
    """What is left of a text without everything that stands verbatim, stand-ins too."""
    for span in sorted(_together([*kept, *opaque(text)]), reverse=True):
        text = text[: span.start] + " " + text[span.end :]
    return _NUMBER.sub(" ", _STANDIN.sub(" ", text))
