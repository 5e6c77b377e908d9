"""Text inside HTML: found, exchanged, everything else left byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape, unescape

import regex

_TOKEN = regex.compile(r"<!--.*?(?:-->|\Z)|<[!?/]?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", regex.DOTALL)
_NAME = regex.compile(r"</?([a-zA-Z][\w:-]*)")
_KEPT = regex.compile(
    r"\btranslate\s*=\s*[\"']?no\b|\bclass\s*=\s*(?:\"[^\"]*|'[^']*|)\bnotranslate\b", regex.IGNORECASE
)
OPAQUE = frozenset("code kbd pre samp script style textarea var".split())  # never translated
EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())


def exchanged(html: str, translate: Callable[[Sequence[str]], Sequence[str]]) -> str:
    """The HTML with each of its texts as `translate` gives it back; one line of text for each run between two tags.

    What stands in `translate="no"`, class `notranslate` (ITS 2.0, HTML) or code is left alone, and so are
    attributes. Broken markup is no error: what is no tag is text.
    """
    pieces = _pieces(html)
    at = [i for i, (piece, is_text) in enumerate(pieces) if is_text and regex.search(r"\p{L}", piece)]
    made = translate([_line(pieces[i][0]) for i in at]) if at else ()
    parts = [piece for piece, _ in pieces]
    for i, line in zip(at, made, strict=True):
        raw = parts[i]
        head, tail = raw[: len(raw) - len(raw.lstrip())], raw[len(raw.rstrip()) :]
        parts[i] = head + escape(line, quote=False) + tail
    return "".join(parts)


def _line(raw: str) -> str:
    return " ".join(unescape(raw).split())


def _pieces(html: str) -> list[tuple[str, bool]]:
    """(piece, whether it is text to translate), in order; joined they are the HTML."""
    pieces, at, inside = [], 0, 0
    opaque = ""
    for tag in _TOKEN.finditer(html):
        pieces.append((html[at : tag.start()], not opaque))
        pieces.append((tag.group(), False))
        at = tag.end()
        named = _NAME.match(tag.group())
        if named is None:
            continue
        name, closing = named[1].lower(), tag.group().startswith("</")
        if opaque:
            if name == opaque and not tag.group().endswith("/>"):
                inside += -1 if closing else 1
            opaque = opaque if inside > 0 else ""
        elif not closing and name not in EMPTY and not tag.group().endswith("/>"):
            if name in OPAQUE or _KEPT.search(tag.group()):
                opaque, inside = name, 1
    pieces.append((html[at:], not opaque))
    return pieces
