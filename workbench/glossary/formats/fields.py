"""What every format checks alike: a readable file, clean texts, known words, the rules between terms."""

from __future__ import annotations

import difflib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from workbench import languages
from workbench.errors import GlossaryError, UnknownLanguage
from workbench.glossary.model import Entry, Status

POS = ("noun", "proper noun", "adjective", "verb", "adverb", "phrase")
ENTRY_GENDERS = ("m", "f")
TERM_GENDERS = ("m", "f", "n")
NUMBERS = ("sg", "pl")
ANIMACIES = ("animate", "inanimate")
LABEL = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")  # of a form: gen, f.pl
_SPACE = re.compile(r"[ \t\r\n]+")  # a no-break space stays
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Place(NamedTuple):
    """A line of a file, counted from 1."""

    path: Path
    line: int

    def error(self, what: str, way_out: str) -> GlossaryError:
        return GlossaryError(f"{self.path}:{self.line}: {what}; {way_out}")


def bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise GlossaryError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror}); check the path and its rights") from None


def text_of(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    data = bytes_of(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Place(path, 1).error("not UTF-8, it seems to be UTF-16", "save the file as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Place(path, line).error(
            f"not UTF-8, it seems to be {_encoding(data)}", "save the file as UTF-8"
        ) from None
    if not text.strip():
        raise Place(path, 1).error("the file is empty", "write at least one entry")
    return text


def _encoding(data: bytes) -> str:
    """A guess at a one-byte encoding: Cyrillic words are runs of high bytes, Latin accents stand alone."""
    high = re.findall(rb"[\x80-\xff]+", data)
    letters = b"".join(high)
    if len(letters) < 2 * len(high):
        return "Windows-1252 or Latin-1 (cp1252)"
    # Small letters are the many: E0-FF in cp1251, C0-DF in KOI8-R.
    small = sum(byte >= 0xE0 for byte in letters)
    return "Windows-1251 (cp1251)" if 2 * small > len(letters) else "KOI8-R"


def save(path: Path, text: str) -> None:
    """Write beside, then rename, so that no reader meets half a file."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as beside:
            beside.write(text)
        os.chmod(beside.name, 0o644)
        os.replace(beside.name, path)
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be written ({error.strerror}); check the folder and its rights") from None


def tidy(text: str, place: Place) -> str:
    """NFC, trimmed, on one line."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # most texts; the rest goes the long way
    return printable(_SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(), place)


def printable(text: str, place: Place) -> str:
    found = _UNPRINTABLE.search(text)
    if found:
        raise place.error(f"character U+{ord(found.group()):04X} cannot be shown", "remove it")
    return text


def meant(word: str, known: Iterable[str]) -> str:
    """The way out for a word that is not known: the nearest one, else all of them."""
    known = list(known)
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"


def one_of(word: str, known: Iterable[str], what: str, place: Place) -> str:
    known = tuple(known)
    if word not in known:
        raise place.error(f"unknown {what} '{word}'", meant(word, known))
    return word


def language_of(code: str, place: Place) -> str:
    try:
        return languages.language(code)
    except UnknownLanguage:
        raise place.error(f"unknown language '{code}'", meant(code, languages.NAMES)) from None


class Collector:
    """Entries as they are read, held against the rules that look at more than one of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[Entry] = []
        self._lines: dict[str, int] = {}

    def add(self, entry: Entry, line: int, term_lines: Sequence[int]) -> None:
        """`line`: where the id stands; `term_lines`: one for each term."""
        place = Place(self.path, line)
        if not entry.id:
            raise place.error("an entry without id", "give it an id of its own, like 'id: yerevan'")
        if _SPACE.search(entry.id):
            raise place.error(f"the id '{entry.id}' has a space", "write a hyphen instead")
        if entry.id in self._lines:
            raise place.error(
                f"the id '{entry.id}' stands twice, first in line {self._lines[entry.id]}", "give each entry its own id"
            )
        if not entry.terms:
            raise place.error(f"'{entry.id}' has no terms", "write at least one, like 'terms: {en: [Yerevan]}'")
        self._lines[entry.id] = line
        self._agree(entry, term_lines)
        self.entries.append(entry)

    def _agree(self, entry: Entry, term_lines: Sequence[int]) -> None:
        seen: dict[tuple[object, ...], tuple[str, int]] = {}
        for term, line in zip(entry.terms, term_lines, strict=True):
            place = Place(self.path, line)
            if not term.text:
                raise place.error(f"a term of '{entry.id}' without text", "write its text or remove it")
            same = (term.language, term.type, term.text)
            if same in seen:
                raise place.error(
                    f"'{term.text}' stands twice in '{term.language}' of '{entry.id}', first in line {seen[same][1]}",
                    "keep one of them",
                )
            seen[same] = (term.text, line)
            if term.status is not Status.PREFERRED:
                continue
            first = seen.setdefault((term.language, term.type), (term.text, line))
            if first != (term.text, line):
                raise place.error(
                    f"'{entry.id}' has two preferred {term.type.value} terms in '{term.language}': "
                    f"'{first[0]}' (line {first[1]}) and '{term.text}'",
                    "mark one of them 'status: admitted', or give it another type",
                )
