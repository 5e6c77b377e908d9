"""An entry as a client sends it, and a file that comes within JSON."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from workbench import languages
from workbench.errors import InputError, WorkbenchError
from workbench.glossary.model import Entry, Kind, Review, Status, Term, Type

Text = Annotated[str, Field(max_length=2000)]
Word = Annotated[str, Field(max_length=200)]
MOST_TERMS = 500
FILE = 6_000_000  # characters of a file in base64, some 4.5 MB


class SentTerm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: str = Field(max_length=35)
    text: Text
    status: Status = Status.PREFERRED
    type: Type = Type.FULL
    variants: list[Word] = Field([], max_length=100)
    forms: list[tuple[Word, Word]] = Field([], max_length=100)
    pos: Word = ""
    gender: Word = ""
    number: Word = ""
    exact_case: bool = False
    invariable: bool = False
    source: Text = ""
    note: Text = ""
    animacy: Word = ""
    fuzzy: bool = False
    styles: list[Word] = Field([], max_length=20)
    citation: Text = ""
    tag: Word = ""

    def term(self) -> Term:
        said = self.model_dump() | {name: tuple(getattr(self, name)) for name in ("variants", "forms", "styles")}
        said["text"] = " ".join(self.text.split())
        return Term(**said | {"language": languages.language(self.language)})


class SentEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=1, max_length=200)
    kind: Kind = Kind.TERM
    terms: list[SentTerm] = Field([], max_length=MOST_TERMS)
    gender: Word = ""
    keep: bool = False
    subject: Word = ""
    definition: Text = ""
    note: Text = ""
    sources: list[Text] = Field([], max_length=50)
    external: list[tuple[Word, Word]] = Field([], max_length=50)
    review: Review = Review.APPROVED

    def entry(self) -> Entry:
        said = self.model_dump() | {"sources": tuple(self.sources), "external": tuple(self.external)}
        return Entry(**said | {"terms": tuple(term.term() for term in self.terms)})


class SentFile(BaseModel):
    name: str = Field(min_length=1, max_length=255)
    content: str = Field(max_length=FILE, description="Base64")

    @contextmanager
    def file(self) -> Iterator[Path]:
        """The file in a folder that is gone afterwards. Only the suffix of the client's name reaches the disk, and
        no message tells where it was."""
        try:
            data = base64.b64decode(self.content, validate=True)
        except ValueError as error:  # letters that are none, or a wrong padding
            raise InputError("the content of the file is no base64; send it again") from error
        suffix = PurePath(self.name.replace("\\", "/")).suffix[:12]
        plain = suffix if suffix[1:].isalnum() and suffix.isascii() else ""
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            path = Path(folder, f"file{plain}")
            path.write_bytes(data)
            try:
                yield path
            except WorkbenchError as error:
                raise InputError(str(error).replace(str(path), self.name)) from error
