"""Which format a file has: by what a person says, else by its content and suffix."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from pathlib import Path

from workbench.documents.document import Format
from workbench.errors import InputError

HEAD = 4096  # bytes looked at


@dataclass(frozen=True, slots=True)
class Kind:
    """A format by name. `content`: what the first bytes (as text) must hold, None for any."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    about: str
    content: re.Pattern[str] | None = None

    @property
    def zipped(self) -> bool:
        return self.content is not None and self.content.match("PK") is not None


def _kind(name: str, module: str, suffixes: str, about: str, content: str | None = None) -> Kind:
    return Kind(name, module, tuple(suffixes.split()), about, content and re.compile(content))


# A suffix is believed unless another format's content says otherwise; the first that fits wins.
KINDS = (
    _kind("docx", "docx", "docx docm dotx", "Word", "^PK"),
    _kind("pptx", "pptx", "pptx pptm ppsx", "PowerPoint", "^PK"),
    _kind("odt", "odt", "odt ott odp", "LibreOffice Writer and Impress", "^PK"),
    _kind("xliff", "xliff", "xlf xliff mxliff sdlxliff", "XLIFF 1.2 and 2.x", r"<(\w+:)?xliff\b"),
    _kind("tmx", "tmx", "tmx", "Translation Memory eXchange", r"<tmx\b"),
    _kind("html", "html", "html htm xhtml", "web pages", r"(?i)<(!doctype html|html|body|p|div|h1)\b"),
    _kind("po", "po", "po pot", "gettext", r"(?m)^msgid "),
    _kind("vtt", "subtitles", "vtt", "WebVTT subtitles", r"^\ufeff?WEBVTT"),
    _kind("srt", "subtitles", "srt", "SubRip subtitles", r"\d\d:\d\d:\d\d[,.]\d{3} --> \d\d:"),
    _kind("jsonl", "json_lines", "jsonl ndjson", "JSON Lines, a field of each", r"^\ufeff?\s*\{"),
    _kind("csv", "table", "csv", "tables, chosen columns"),
    _kind("tsv", "table", "tsv tab", "tables, chosen columns"),
    _kind("md", "markdown", "md markdown mkd", "Markdown"),
    _kind("txt", "plain", "txt text", "plain text"),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(name: str, head: bytes, said: str | None = None) -> Kind:
    """The kind of a file from its name and first bytes; `said`: a name of KINDS that overrides both.

    A file without a known suffix is told by its content, else it is plain text. InputError for a
    format that we do not know, a suffix of something else (pdf), or content that contradicts it.
    """
    if said is not None:
        if said not in BY_NAME:
            raise InputError(f"no format '{said}' (known: {', '.join(BY_NAME)})")
        return BY_NAME[said]
    suffix = Path(name).suffix.lower().lstrip(".")
    text = _text(head)
    named = next((kind for kind in KINDS if suffix in kind.suffixes), None)
    zipped = head.startswith(b"PK\3\4") and not (named is not None and named.zipped)
    if named is not None and not zipped and (named.content is None or named.content.search(text) or not text.strip()):
        return named
    if zipped or (b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise InputError(f"{name}: not a document that we read; say which format it has: --format NAME")
    seen = (kind for kind in KINDS if kind.content is not None and kind.content.search(text))
    return next(seen, named or BY_NAME["txt"])


def format_of(kind: Kind) -> Format:
    return importlib.import_module(f"workbench.documents.formats.{kind.module}")  # type: ignore[return-value]


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.decode("utf-8", "replace")
