"""How a sentence and a translation that somebody is writing stand to the glossary, place by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import regex

from workbench.checking.checks import flat
from workbench.enforcement.demands import Demand, Terms
from workbench.enforcement.verification import verify
from workbench.glossary.model import Status
from workbench.matching.forms import targets
from workbench.matching.matcher import Match
from workbench.spans import Span


class Colour(Enum):
    WAITING = "waiting"  # a term of the source that the translation does not have yet
    USED = "used"  # an approved form stands there
    WRONG = "wrong"  # a forbidden or another form stands there
    UNKNOWN = "unknown"  # a name that no glossary lists, or not in this language


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the source or of the translation; spans are code points.

    `pair` is the same for a term of the source and what stands for it, -1 where nothing is tied.
    `doubt`: why a person should look, '' where nothing speaks for it.
    """

    span: Span
    text: str
    colour: Colour
    entry: str = ""
    pair: int = -1
    how: str = ""
    status: str = ""
    wanted: tuple[str, ...] = ()
    doubt: str = ""
    others: tuple[str, ...] = ()  # ids of entries with the same right to the place


@dataclass(frozen=True, slots=True)
class Warning:
    """`kind`: longer, shorter or untouched. `text`: the place of the source that it is about, '' for the whole;
    `share`: length of the translation as a share of the source's."""

    kind: str
    message: str
    text: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Marks:
    source: tuple[Mark, ...]
    target: tuple[Mark, ...]
    warnings: tuple[Warning, ...]

    @property
    def doubtful(self) -> bool:
        return any(mark.doubt for mark in (*self.source, *self.target)) or not self.obeys

    @property
    def obeys(self) -> bool:
        """Every term stands there in an approved form, and no other form does."""
        return not any(mark.colour in (Colour.WAITING, Colour.WRONG) for mark in (*self.source, *self.target))


def marks(source: str, target: str, terms: Terms, names: Iterable[Span] = ()) -> Marks:
    """Every term of both sides. Nothing is wrong in an empty translation: its terms wait.

    `names`: where names stand in the source that no glossary lists; a term in their place goes before them.
    """
    demands = terms.demands(source)
    standing = verify(flat(target), demands, terms)
    left, right = [], []
    for pair, (demand, place) in enumerate(zip(demands, standing.places, strict=True)):
        left.append(_asked(pair, demand, place is not None))
        if place is not None:
            right.append(
                Mark(
                    place,
                    place.of(target),
                    Colour.USED,
                    demand.match.entry.id,
                    pair,
                    status=demand.terms[0].status.value,
                    wanted=demand.wanted,
                )  # fmt: skip
            )
    right += _wrong(target, demands, standing.strays, terms)
    left += [*_lacking(source, terms), *_unlisted(source, names)]
    warnings = (*_length(source, target), *_untouched(source, target)) if target.strip() else ()
    return Marks(tuple(_apart(left)), tuple(_apart(right)), warnings)


def _asked(pair: int, demand: Demand, met: bool) -> Mark:
    match = demand.match
    doubt = f"also claimed by {', '.join(match.others)}" if match.others else ""
    return Mark(
        match.span, match.text, Colour.USED if met else Colour.WAITING, match.entry.id, pair, match.how.value,
        demand.terms[0].status.value, demand.wanted, doubt, match.others,
    )  # fmt: skip


def _wrong(target: str, demands: Sequence[Demand], strays: Sequence[Match], terms: Terms) -> Iterator[Mark]:
    """Forms that may not stand there, then forbidden ones that nothing in the source asks for."""
    for stray in strays:
        pair = next(i for i, demand in enumerate(demands) if demand.match.entry.id == stray.entry.id)
        wanted = demands[pair].wanted
        yield Mark(
            stray.span, stray.text, Colour.WRONG, stray.entry.id, pair, stray.how.value,
            stray.term.status.value, wanted, f"write '{wanted[0]}'",
        )  # fmt: skip
    seen = {stray.span for stray in strays}
    for claim in terms.target.find(target):
        if claim.term.status is Status.FORBIDDEN and claim.span not in seen:
            best = claim.entry.preferred(terms.target_language, claim.term.type)
            yield Mark(
                claim.span, claim.text, Colour.WRONG, claim.entry.id, -1, claim.how.value, claim.term.status.value,
                (best.text,) if best else (), "forbidden" + (f"; write '{best.text}'" if best else ""),
            )  # fmt: skip


def _lacking(source: str, terms: Terms) -> Iterator[Mark]:
    """Names that the glossary lists and has no form for in the target language."""
    for match in terms.source.find(source):
        if match.named and not targets(match.entry, terms.target_language, match.term.type, match.text):
            yield Mark(
                match.span, match.text, Colour.UNKNOWN, match.entry.id, how=match.how.value,
                doubt="the glossary has no form of it in this language",
            )  # fmt: skip


def _unlisted(source: str, names: Iterable[Span]) -> Iterator[Mark]:
    for span in names:
        yield Mark(span, span.of(source), Colour.UNKNOWN, doubt="no glossary lists this name")


def _apart(found: Iterable[Mark]) -> list[Mark]:
    """Without overlaps, in the order of the text; the first of equals stays."""
    chosen: list[Mark] = []
    for mark in found:
        if len(mark.span) and not any(mark.span.overlaps(other.span) for other in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda mark: mark.span)


# --- warnings -----------------------------------------------------------------------------

COUNTED = 20  # code points of a source from which its length tells anything
LONGER, SHORTER = 2.2, 0.4  # shares of the source's length; en to ru grows by a third, to zh shrinks to a third
_UNTOUCHED = regex.compile(
    r"https?://[^\s<>\"'»)\]]+(?<![.,;:!?])|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|%\([\w.]+\)[sdfr]|%\d*\$?[sd](?!\w)|\{[\w.]*\}|\$\{[\w.]+\}|</?[a-zA-Z][^<>]*>"  # placeholders, tags
    r"|\p{N}[\p{N}.,\u00a0\u202f:/-]*\p{N}|\p{N}"  # numbers
)


def _length(source: str, target: str) -> Iterator[Warning]:
    share = len(target.strip()) / max(len(source.strip()), 1)
    if len(source.strip()) < COUNTED:
        return
    if share > LONGER:
        yield Warning("longer", f"{share:.1f} times as long as the source", share=round(share, 2))
    elif share < SHORTER and not any(_dense(text) for text in (source, target)):
        yield Warning("shorter", f"only {share:.0%} of the length of the source", share=round(share, 2))


def _dense(text: str) -> bool:
    return regex.search(r"\p{Han}|\p{Hiragana}|\p{Katakana}|\p{Hangul}", text) is not None


def _untouched(source: str, target: str) -> Iterator[Warning]:
    """Addresses, placeholders, tags and numbers that must come over as they are; numbers by their digits alone."""
    there = [_plain(found) for found in _UNTOUCHED.findall(target)]
    for found in _UNTOUCHED.findall(source):
        if _plain(found) in there:
            there.remove(_plain(found))
        else:
            yield Warning("untouched", f"'{found}' is missing", found)


def _plain(found: str) -> str:
    return regex.sub(r"\P{N}", "", found) if regex.fullmatch(r"[\p{N}\W]+", found) else found
