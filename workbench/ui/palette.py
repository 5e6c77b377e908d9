"""Which entry wears which colour: the same one on both sides and, as far as it goes, in every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from zlib import crc32

COLOURS = 10  # classes wb-c0 … wb-c9 in page.css


def colours(entries: Iterable[str]) -> dict[str, int]:
    """A colour for each entry id, 0 … COLOURS - 1.

    An id's own colour comes from its checksum; when that is taken, the next one worn least.
    So up to COLOURS entries of one text all look different.
    """
    worn: Counter[int] = Counter()
    chosen: dict[str, int] = {}
    for entry in dict.fromkeys(entries):
        own = crc32(entry.encode("utf-8", "surrogatepass")) % COLOURS
        turn = [(own + step) % COLOURS for step in range(COLOURS)]
        chosen[entry] = min(turn, key=lambda colour: worn[colour])  # the first of equals
        worn[chosen[entry]] += 1
    return chosen
