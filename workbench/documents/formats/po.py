"""PO and POT: messages without a translation, or with a doubtful one; the rest byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import BinaryIO

import polib

from workbench.documents.document import Choices, Document, Segment, Target
from workbench.documents.inline import tagged
from workbench.documents.lines import Text, lines
from workbench.documents.whole import text_of, whole
from workbench.errors import InputError
from workbench.fileformats import read_toml

_KEYWORD = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s+"')


@dataclass(frozen=True, slots=True)
class Message:
    """An entry and where it stands: its first line, those of its flags and of msgstr and what follows, its end."""

    entry: polib.POEntry
    first: int
    strings: int
    end: int


def parts(file: BinaryIO, name: str, choices: Choices) -> Iterator[Document]:
    data = whole(file, name)
    text, content = text_of(data, name, choices.encoding)
    rows = [line for _, line in lines_of(content)]
    catalogue, messages = _messages(content, rows, name)
    language = catalogue.metadata.get("Language", "")
    segments = []
    for number, message in enumerate(messages, 1):
        entry = message.entry
        done = entry.translated() and not choices.again
        sources = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
        for which, source in enumerate(sources):
            said = tagged(source)
            held = entry.msgstr if not entry.msgid_plural else entry.msgstr_plural.get(which, "")
            if said.text.strip():
                context = "; ".join(filter(None, (entry.msgctxt, entry.comment)))
                segments.append(Segment(f"{number}.{which}", said.text, said.marks, not done, context, held))
    skeleton = (text, rows, catalogue, messages)
    yield Document(tuple(segments), skeleton, target_language=language)


def write(document: Document, targets: Mapping[str, Target], language: str) -> bytes:
    text, rows, catalogue, messages = document.skeleton
    rows = list(rows)
    ending = "\r\n" if rows and rows[0].endswith("\r\n") else "\n"
    count = _plural_count(catalogue, language)
    changed = False
    for number, message in reversed(list(enumerate(messages, 1))):
        singular, plural = targets.get(f"{number}.0"), targets.get(f"{number}.1")
        if singular is None and plural is None:
            continue
        new = _strings(message, singular, plural, count)
        if new == _present(message.entry):
            continue
        changed = True
        doubtful = any(t is not None and t.flagged for t in (singular, plural)) or (bool(plural) and count > 2)
        rows[message.first : message.end] = _written(message, rows, new, doubtful, ending)
    made = "".join(rows)
    if changed and not _same(document.target_language, language):
        made = _header(made, catalogue, language)
    return text.bom + text.encode(made)


def lines_of(content: str) -> Iterator[tuple[Text, str]]:
    import io

    return lines(io.BytesIO(content.encode("utf-8", "surrogatepass")), "")


def _messages(content: str, rows: list[str], name: str) -> tuple[polib.POFile, list[Message]]:
    try:
        catalogue = polib.pofile(content if "\n" in content else content + "\n")
    except (OSError, ValueError, IndexError, KeyError) as wrong:
        raise InputError(f"{name}: not readable as PO: {wrong}") from None
    found = []
    starts = _starts(rows)
    entries = [entry for entry in catalogue if not entry.obsolete]
    if catalogue.metadata or catalogue.metadata_is_fuzzy or len(starts) == len(entries) + 1:
        starts = starts[1:]  # the header
    if len(starts) != len(entries):
        raise InputError(
            f"{name}: {len(starts)} messages stand in it, {len(entries)} were read; mend it with msgfmt -c"
        )
    for entry, (first, strings, end) in zip(entries, starts, strict=True):
        found.append(Message(entry, first, strings, end))
    return catalogue, found


def _starts(rows: list[str]) -> list[tuple[int, int, int]]:
    """For each message its first line (comments included), that of its first msgstr, and the line behind it."""
    found = []
    first, strings, opened = 0, -1, False
    for i, row in enumerate([*rows, ""]):
        keyword = _KEYWORD.match(row)
        if strings >= 0 and not row.startswith('"') and not (keyword and keyword[1].startswith("msgstr")):
            found.append((first, strings, i))
            first, strings, opened = i, -1, False
        if keyword and keyword[1].startswith("msgstr") and opened and strings < 0:
            strings = i
        elif keyword:
            opened = True
        elif not opened and (not row.strip() or row.startswith("#~")):
            first = i + 1
    return found


def _present(entry: polib.POEntry) -> dict[int, str]:
    if entry.msgid_plural:
        return {int(k): v for k, v in entry.msgstr_plural.items()}
    return {0: entry.msgstr}


def _strings(message: Message, singular: Target | None, plural: Target | None, count: int) -> dict[int, str]:
    entry = message.entry
    one = tagged(entry.msgid).written(singular) if singular else ""
    if not entry.msgid_plural:
        return {0: one}
    many = tagged(entry.msgid_plural).written(plural) if plural else one
    return {i: one if i == 0 and count > 1 and one else many for i in range(count)}


def _written(message: Message, rows: list[str], new: dict[int, str], doubtful: bool, ending: str) -> list[str]:
    head = rows[message.first : message.strings]
    flags = [flag for flag in message.entry.flags if flag != "fuzzy"] + (["fuzzy"] if doubtful else [])
    kept = [row for row in head if not row.startswith(("#,", "#|"))]
    if flags:
        at = next((i for i, row in enumerate(kept) if not row.startswith("#")), len(kept))
        kept.insert(at, f"#, {', '.join(flags)}{ending}")
    if message.entry.msgid_plural:
        strings = [_string(f"msgstr[{i}]", value, ending) for i, value in new.items()]
    else:
        strings = [_string("msgstr", new[0], ending)]
    return kept + strings


def _string(keyword: str, value: str, ending: str) -> str:
    """A line for each line of the message, as msgcat --no-wrap has it."""
    pieces = value.splitlines(keepends=True) or [""]
    if len(pieces) > 1:
        pieces = ["", *pieces]
    return keyword + " " + "".join(f'"{polib.escape(piece)}"{ending}' for piece in pieces)


@lru_cache(maxsize=1)
def _rules() -> dict[str, str]:
    return read_toml(files("workbench") / "data" / "plurals.toml")["rules"]


def _rule(language: str) -> str:
    return _rules().get(language, _rules()["en"])


def _plural_count(catalogue: polib.POFile, language: str) -> int:
    said = re.search(r"nplurals\s*=\s*(\d)", catalogue.metadata.get("Plural-Forms", ""))
    if said and _same(catalogue.metadata.get("Language", ""), language):
        return int(said[1])
    return int(re.search(r"nplurals=(\d)", _rule(language))[1])  # type: ignore[index]


def _same(said: str, language: str) -> bool:
    return re.split("[-_@.]", said.strip().lower())[0] == language


def _header(content: str, catalogue: polib.POFile, language: str) -> str:
    """With the language and its plural rule, in the lines that name them."""
    rule = _rule(language)
    for field, value in (("Language", language), ("Plural-Forms", rule)):
        line = rf'(?m)^"{field}:(?:[^"\n]|"\r?\n")*?\\n"'
        if re.search(line, content):
            content = re.sub(line, lambda m: f'"{field}: {value}\\n"', content, count=1)  # noqa: B023 - used at once
        elif catalogue.metadata:
            content = re.sub(r'(?m)^("Content-Type:)', lambda m: f'"{field}: {value}\\n"\n{m[1]}', content, count=1)  # noqa: B023
    return content
