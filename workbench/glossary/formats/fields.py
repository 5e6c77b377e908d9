"""What every format checks alike: a readable file, clean texts, known words, the rules between terms."""

from __future__ import annotations

import difflib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from workbench import languages
from workbench.errors import GlossaryError, UnknownLanguage
from workbench.glossary import rules
from workbench.glossary.model import Entry, Status, Type

POS = ("noun", "proper noun", "adjective", "verb", "adverb", "phrase")
ENTRY_GENDERS = ("m", "f")
TERM_GENDERS = ("m", "f", "n")
NUMBERS = ("sg", "pl")
ANIMACIES = ("animate", "inanimate")
LABEL = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")  # of a form: gen, f.pl
_SPACE = re.compile(r"[ \t\r\n]+")  # a no-break space stays


class Place(NamedTuple):
    """A line of a file, counted from 1."""

    path: Path
    line: int

    def error(self, what: str, way_out: str) -> GlossaryError:
        wrong = GlossaryError(f"{self.path}:{self.line}: {what}; {way_out}")
        wrong.line, wrong.reason = self.line, f"{what}; {way_out}"
        return wrong


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


def save(path: Path, text: str | Iterable[str]) -> None:
    """`text`: whole, or part by part, of which no more than one is held."""
    save_bytes(path, (part.encode() for part in ((text,) if isinstance(text, str) else text)))


def save_bytes(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write beside, then rename, so that no reader meets half a file, and a full disk leaves the old one."""
    beside = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
            beside.writelines((data,) if isinstance(data, bytes) else data)
            beside.flush()
            os.fsync(beside.fileno())
        os.chmod(beside.name, 0o644)
        os.replace(beside.name, path)
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be written ({error.strerror}); check the folder and its rights") from None
    finally:
        if beside is not None:
            Path(beside.name).unlink(missing_ok=True)  # what is whole has the other name by now


def tidy(text: str, place: Place) -> str:
    """NFC, trimmed, on one line."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # most texts; the rest goes the long way
    return printable(_SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(), place)


def printable(text: str, place: Place) -> str:
    if bad := rules.unprintable(text):
        raise place.error(f"character U+{ord(bad):04X} cannot be shown", "remove it")
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


_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def tag_of(code: str, place: Place) -> tuple[str, str]:
    """The language of a BCP 47 tag, and the tag in its usual case where it says more: 'hy', ''; 'en', 'en-GB'."""
    language = language_of(code, place)
    written = code.strip().replace("_", "-")
    if "-" not in written:
        return language, ""
    cased = cased_tag(written)
    if not cased:
        raise place.error(f"'{code}' is not a language tag", "write one like en, en-GB or sr-Latn")
    return language, cased


def cased_tag(written: str) -> str:
    """A tag of more than a language in its usual case; '' when it is no tag."""
    if not _TAG.fullmatch(written):
        return ""
    first, *rest = written.split("-")
    cased: list[str] = []
    for part in rest:
        plain = not any(len(before) == 1 for before in cased)  # after a singleton, as in -t-hy-m0-bgn, all is small
        lower = part.lower()
        cased.append(lower.title() if plain and len(part) == 4 and part.isalpha()
                     else lower.upper() if plain and len(part) == 2 else lower)  # fmt: skip
    return "-".join((first.lower(), *cased))


class Given(NamedTuple):
    """What a person says of a file that it does not say itself; empty: to be found out."""

    languages: tuple[str, ...] = ()  # source and target of a list of pairs
    encoding: str = ""
    delimiter: str = ""


class Refusal(NamedTuple):
    """An entry of a file that cannot be taken."""

    line: int
    reason: str


class Scope(NamedTuple):
    """What a file can speak of; what it cannot leaves an entry as it stands. None: of everything."""

    entry: frozenset[str] | None = None  # names of fields
    term: frozenset[str] | None = None
    slots: frozenset[tuple[str, Type, Status]] | None = None  # tag, type, status of terms; empty: adds terms only
    joins_note: bool = False  # a note is one more beside those that stand there


EVERYTHING = Scope()


class Collector:
    """Entries as they are read, held against the rules that look at more than one of them.

    `patient`: an entry that is wrong becomes a refusal; otherwise its error is raised.
    """

    def __init__(self, path: Path, patient: bool = False, given: Given = Given()) -> None:
        self.path, self.patient, self.given = path, patient, given
        self.refusals: list[Refusal] = []
        self.remarks: dict[str, int] = {}  # what a person should know of the reading, and how often
        self.scope = EVERYTHING
        self.entries: list[Entry] = []
        self.lines: dict[str, int] = {}  # where each entry begins

    def remark(self, what: str, times: int = 1) -> None:
        """`what` without the number."""
        self.remarks[what] = self.remarks.get(what, 0) + times

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(what if times == 1 else f"{what} ({times} times)" for what, times in self.remarks.items())

    @contextmanager
    def one(self) -> Iterator[None]:
        """Around the reading of one entry."""
        try:
            yield
        except GlossaryError as wrong:
            if not self.patient or wrong.line is None:
                raise
            self.refusals.append(Refusal(wrong.line, wrong.reason))

    def add(self, entry: Entry, line: int, term_lines: Sequence[int]) -> None:
        """`line`: where the id stands; `term_lines`: one for each term."""
        place = Place(self.path, line)
        if entry.id in self.lines:
            raise place.error(
                f"the id '{entry.id}' stands twice, first in line {self.lines[entry.id]}", "give each entry its own id"
            )
        for fault in rules.faults(entry):
            place = place if fault.term is None else place._replace(line=term_lines[fault.term])
            first = "" if fault.first is None else f", first in line {term_lines[fault.first]}"
            raise place.error(fault.what + first, fault.way_out)
        self.lines[entry.id] = line
        self.entries.append(entry)
