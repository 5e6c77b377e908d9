"""A scheme: letters of one writing to letters of another, by the rules of a data file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import NamedTuple

from workbench.errors import InputError
from workbench.spans import Link, Span
from workbench.transliteration.casing import capital, title, upper
from workbench.transliteration.notation import rule

Pairs = tuple[tuple[str, str], ...]
_MARK = r"\u0300-\u036f\u0653-\u0655\u3099\u309a"
_CLUSTER = re.compile(rf"[^{_MARK}\u1100-\u11ff][{_MARK}]*|[\u1100-\u11ff]+|[\s\S]")  # a letter and its marks; jamo
STRESS = "\u0301"
PRIVATE = 0xF0000  # the first private code point, no letter of any text


class Written(NamedTuple):
    """A text in the other writing; `links` tie each piece of the input to its piece of `text`, in order."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Scheme:
    """Rules with their name, tag and source. Call it with a text; `write` says where each letter came from."""

    id: str
    name: str
    source: str  # language code: az, hy, hyw …
    target: str  # language whose case rules the output follows: 'und', or az
    script: tuple[str, str]  # ISO 15924: Armn, Latn
    standard: str  # who issued it and when
    tag: str  # BCP 47, with extension t
    origin: str  # where the rules were read
    letters: Pairs
    rules: Pairs = ()
    classes: Pairs = ()
    samples: Pairs = ()
    back: Pairs = ()  # rules of the way back that the letters do not give
    reversible: bool = False
    note: str = ""
    module: str = ""  # a writing that no table can give: 'hangul'
    before: Pairs = ()  # rules of a first pass, over the input
    after: Pairs = ()  # rules of a last pass, over the output

    def __call__(self, text: str) -> str:
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        if self.before:
            text = self._first.write(text)
        made = self._table.write(text)
        if self.after:
            made = self._last.write(made)
        return made if made.isascii() else unicodedata.normalize("NFC", made)

    def many(self, names: Iterable[str]) -> list[str]:
        """Each name written; far faster than one by one. A name may not hold a line break."""
        names = list(names)
        made = self("\n".join(names)).split("\n") if names else []
        return made if len(made) == len(names) else [self(name) for name in names]

    def write(self, text: str) -> Written:
        """With links back to the text as it was given, even when that was not NFC."""
        pieces = list(_composed(text))
        for table, used in ((self._first, self.before), (self._table, True), (self._last, self.after)):
            if not used:
                continue
            joined, at, next_pieces = "".join(c for c, _ in pieces), _places(pieces), []
            for span, output in table.pieces(joined):
                first, last = at[span.start], at[span.end - 1]
                over = Span(pieces[first][1].start, max(pieces[last][1].end, pieces[first][1].end))
                next_pieces.append((output, over))
            pieces = next_pieces
        links, made = [], ""
        for output, span in pieces:
            links.append(Link(span, Span(len(made), len(made) + len(output))))
            made += output
        return Written(made, tuple(links)) if unicodedata.is_normalized("NFC", made) else _normal(made, links)

    @cached_property
    def reverse(self) -> Scheme:
        """The way back. InputError when the scheme is not reversible."""
        if not self.reversible:
            raise InputError(f"{self.id} has no way back: it writes different letters alike")
        pairs = dict(self.back)
        for letter, output in (*self.letters, *self.rules):
            if output and not set(letter) & set("^$()"):
                pairs.setdefault(output, letter)
        for output, letter in tuple(pairs.items()):  # ǰ has no capital of one code point
            if len(output) == 1 and len(output.upper()) > 1:
                pairs.setdefault(unicodedata.normalize("NFC", output.upper()), capital(letter, self.source))
        if self.script[0] == "Cyrl":  # stress: а́ came out as one letter, á
            for output, letter in tuple(pairs.items()):
                pairs.setdefault(unicodedata.normalize("NFC", output + STRESS), letter + STRESS)
        longest = sorted(pairs.items(), key=lambda pair: -len(pair[0]))
        return Scheme(
            f"{self.id}-back", f"{self.name}, read back", self.target, self.source, self.script[::-1],
            self.standard, f"{self.source}-{self.script[0]}-t-{self.tag.split('-t-')[0].lower()}", self.origin,
            letters=tuple(p for p in longest if len(p[0]) == 1),
            rules=tuple(p for p in longest if len(p[0]) > 1),
        )  # fmt: skip

    @cached_property
    def _table(self) -> Table:
        if self.module:
            return import_module(f"workbench.transliteration.{self.module}").TABLE
        return Table(self.letters, self.rules, dict(self.classes), self.source, self.target)

    @cached_property
    def _first(self) -> Table:
        return Table((), self.before, dict(self.classes), self.source, self.source)

    @cached_property
    def _last(self) -> Table:
        return Table((), self.after, dict(self.classes), self.target, self.target)


class Table:
    """Rules ready to run: one pass of a regular expression for what depends on its neighbours,
    then `str.translate` for single letters."""

    def __init__(self, letters: Pairs, rules: Pairs, classes: dict[str, str], source: str, target: str) -> None:
        self.source = source
        self.single: dict[str, str] = {}
        expanding = []  # single letters whose case hangs on the next: ЩЕДРИН → SHCHEDRIN, Щедрин → Shchedrin
        for letter, output in letters:
            large = capital(letter, source)
            self.single[letter] = output
            if large != letter:
                self.single.setdefault(large, title(output, target))
                if upper(output, target) != title(output, target):
                    expanding.append((large, output))
            elif upper(output, target) != output:
                expanding.append((letter, output))
        patterns, outputs = [], []
        for key, output in rules:
            made = rule(key, output, classes, source)
            patterns += made.patterns
            outputs += [output] * len(made.patterns)
        capitals = "A-Z" + "".join({re.escape(c) for letter, _ in letters if (c := capital(letter, source)) != letter})
        for letter, output in expanding:
            known = re.escape(letter)
            patterns += [rf"{known}(?=[{capitals}])", rf"{known}(?<=[{capitals}][\s\S])(?![^\W\d_])"]
            outputs += [output, output]
        self.pattern = re.compile("|".join(f"{p}()" for p in patterns)) if patterns else None
        self.outputs = [(output, title(output, target), upper(output, target)) for output in outputs]
        # What the first pass writes stands in private characters, so that the second leaves it alone.
        self.coded = [tuple(chr(PRIVATE + 3 * i + j) for j in range(3)) for i in range(len(outputs))]
        self.codes = {ord(key): output for key, output in self.single.items()}
        self.codes.update({ord(c): o for cs, os in zip(self.coded, self.outputs, strict=True)
                           for c, o in zip(cs, os, strict=True)})  # fmt: skip

    def write(self, text: str) -> str:
        if self.pattern is not None:
            text = self.pattern.sub(self._code, text)
        return text.translate(self.codes)

    def _code(self, match: re.Match[str]) -> str:
        return self.coded[match.lastindex - 1][self._case(match)]  # type: ignore[operator]

    def pieces(self, text: str) -> Iterator[tuple[Span, str]]:
        """Spans of the text, in order, with what is written for each."""
        done = 0
        for match in self.pattern.finditer(text) if self.pattern else ():
            for i in range(done, match.start()):
                yield Span(i, i + 1), self.single.get(text[i], text[i])
            yield Span(*match.span()), self.outputs[(match.lastindex or 0) - 1][self._case(match)]
            done = match.end()
        for i in range(done, len(text)):
            yield Span(i, i + 1), self.single.get(text[i], text[i])

    def _case(self, match: re.Match[str]) -> int:
        """0 as in the rule, 1 with a capital, 2 in capitals, as the letters around a single capital say."""
        found = match.group()
        if found.islower():
            return 0
        first, last = found[0], found[-1]
        if len(found) > 1 and last.isalpha() and first.isupper():
            return 2 if last.isupper() else 1
        text = match.string
        after, before = text[match.end() : match.end() + 1], text[max(0, match.start() - 1) : match.start()]
        whole = after.isupper() or (before.isupper() and not after.isalpha())
        return 2 if whole else int(first.isupper())


def _composed(text: str) -> Iterator[tuple[str, Span]]:
    """Pieces of the text in NFC with the places they came from: й written as и and a breve is one."""
    if unicodedata.is_normalized("NFC", text):
        yield from ((c, Span(i, i + 1)) for i, c in enumerate(text))
        return
    for match in _CLUSTER.finditer(text):
        for c in unicodedata.normalize("NFC", match.group()):
            yield c, Span(*match.span())


def _places(pieces: list[tuple[str, Span]]) -> list[int]:
    """For each character of the joined pieces, the number of its piece."""
    return [number for number, (made, _) in enumerate(pieces) for _ in made]


def _normal(made: str, links: list[Link]) -> Written:
    """NFC again where letters and marks of neighbours met; their links become one."""
    text, joined = "", []
    for link in links:
        piece = link.target.of(made)
        if joined and piece and unicodedata.combining(piece[0]):
            last = joined.pop()
            while joined and not len(last.target):  # a dropped letter stood between
                last = joined.pop()
            whole = unicodedata.normalize("NFC", last.target.of(text) + piece)
            text = text[: last.target.start]
            source = Span(last.source.start, link.source.end)
        else:
            whole, source = unicodedata.normalize("NFC", piece), link.source
        joined.append(Link(source, Span(len(text), len(text) + len(whole))))
        text += whole
    return Written(text, tuple(joined))
