"""Text files read line by line in flat memory, and written back with the same bytes."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, TypeVar

from workbench.errors import InputError
from workbench.fileformats import guess_encoding

LONGEST = 8_000_000  # bytes of one line; beyond, the file is not what it says
CHUNK = 1 << 16
PART = 2000  # rows of one part
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Text(NamedTuple):
    """How a text file is written. `bom`: the bytes before its first character."""

    encoding: str
    bom: bytes = b""

    def encode(self, text: str, name: str = "") -> bytes:
        """InputError for a character that the encoding lacks."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as wrong:
            bad = text[wrong.start]
            raise InputError(
                f"{name}: the translation holds {bad!a}, which {self.encoding} cannot write; save the source as UTF-8"
            ) from None


def sniffed(head: bytes, encoding: str = "", name: str = "") -> Text:
    """From the first bytes. `encoding` overrides; InputError for one that Python does not know."""
    for bom, known in BOMS:
        if head.startswith(bom):
            return Text(known, bom)
    if encoding:
        try:
            codec = codecs.lookup(encoding)
            codec.encode("")
        except (LookupError, TypeError):
            raise InputError(f"{name}: no encoding '{encoding}'; name one as utf-8, utf-16-le, cp1251") from None
        return Text(codec.name)
    return Text("utf-8")


def lines(file: BinaryIO, name: str, encoding: str = "") -> Iterator[tuple[Text, str]]:
    """Every line with its line break, as it stands: `\\n`, `\\r\\n` or `\\r`.

    InputError for bytes that the encoding does not allow, with the line, and for lines without end.
    """
    first = file.read(CHUNK)
    text = sniffed(first, encoding, name)
    decoder = codecs.getincrementaldecoder(text.encoding)()
    data, number = first[len(text.bom) :], 1
    held: list[str] = []  # of a line that is not whole yet
    while True:
        try:
            held.append(decoder.decode(data, final=not data))
        except UnicodeDecodeError:
            if b"\0" in data:
                raise InputError(
                    f"{name}: after line {number}: no text in {text.encoding.upper()}; if it is UTF-16, say so: "
                    "--encoding utf-16-le"
                ) from None
            likely = guess_encoding(data)
            raise InputError(
                f"{name}: after line {number}: not {text.encoding.upper()} (it looks like {likely}); "
                f"name it: --encoding {likely}"
            ) from None
        if not data or "\n" in held[-1] or "\r" in held[-1]:
            whole = _split("".join(held))
            # The last one may go on, and `\r` may be half of `\r\n`.
            held = [whole.pop()] if data and whole else []
            for line in whole:
                yield text, line
            number += len(whole)
        if not data:
            if number == 1:  # a file of nothing but a byte order mark, or of nothing
                yield text, ""
            return
        if sum(map(len, held)) > LONGEST:
            raise InputError(f"{name}:{number}: a line of more than {LONGEST // 1_000_000} MB; break it first")
        data = file.read(CHUNK)


def _split(text: str) -> list[str]:
    """At `\\n`, `\\r\\n` and `\\r` alone: U+2028 and form feeds stay inside a line."""
    return _LINE.findall(text)


T = TypeVar("T")


def grouped(rows: Iterator[T]) -> Iterator[list[tuple[int, T]]]:
    """Rows numbered from 1, as many together as are translated and written at once."""
    numbered = enumerate(rows, 1)
    while group := list(itertools.islice(numbered, PART)):
        yield group
