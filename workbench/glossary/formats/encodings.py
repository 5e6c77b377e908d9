"""Which encoding a table is in that is not UTF-8: the languages of its header say which code pages are likely, and
words that no one writes so ('мИРЗОЯН', 'rŽpublique') say which are wrong.
"""

from __future__ import annotations

import re

import regex

WEST = ("cp1252", "mac_roman", "cp850")
CENTRE = ("cp1250", "iso8859_2", "cp852")
CYRILLIC = ("cp1251", "koi8_r", "iso8859_5", "cp866")
PAGES = (
    dict.fromkeys(("ca", "da", "de", "es", "fi", "fr", "it", "nl", "no", "pt", "sv"), WEST)
    | dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), CENTRE)
    | dict.fromkeys(("be", "bg", "kk", "ru", "sr"), CYRILLIC)
    | {
        "uk": ("cp1251", "koi8_u", "iso8859_5"),
        "el": ("cp1253", "iso8859_7"),
        "tr": ("cp1254", "iso8859_9"),
        "az": ("cp1254",),
        "he": ("cp1255",),
        "ar": ("cp1256",),
        "fa": ("cp1256",),
        "et": ("cp1257",),
        "lt": ("cp1257",),
        "lv": ("cp1257",),
        "vi": ("cp1258",),
        "ja": ("cp932", "euc_jp"),
        "ko": ("cp949",),
        "zh": ("gb18030", "big5"),
    }
)
HEAD = 200_000  # bytes that are judged
_CODE = re.compile(rb'(?:^|[,;\t"])([A-Za-z]{2})(?=[,;\t":_-]|\r?$)', re.MULTILINE)  # a cell, or how one begins
_WORD = regex.compile(r"[^\s\p{P}\d]+")
_ODD = regex.compile(
    r"\p{Ll}\p{Lu}|[^\p{L}\p{M}]|(?=.*\p{Latin})(?=.*(?:\p{Cyrillic}|\p{Greek}))|^\p{M}", regex.DOTALL
)  # a capital after a small letter, a sign inside, two scripts


def guessed(data: bytes, languages: tuple[str, ...] = ()) -> str:
    """`languages`: of the file, where they are known; else as the cells of the file name them."""
    named = [*languages, *(code.decode().lower() for code in _CODE.findall(data[:HEAD]))]
    likely = list(dict.fromkeys(page for code in named for page in PAGES.get(code, ())))
    odd = {page: count for page in likely if (count := _oddities(data[:HEAD], page)) is not None}
    return min(odd, key=lambda page: odd[page]) if odd else _by_statistics(data)


def _oddities(data: bytes, page: str) -> int | None:
    """Words that look wrong; None when the bytes are none of that page."""
    try:
        text = data.decode(page, errors="strict" if len(data) < HEAD else "ignore")
    except UnicodeDecodeError:
        return None
    return sum(bool(_ODD.search(word)) for word in _WORD.findall(text) if not word.isascii())


def _by_statistics(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best else WEST[0]
