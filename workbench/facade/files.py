"""The façade's part for files: documents, reviewers' files, batches."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from workbench import languages
from workbench.documents.document import Choices
from workbench.documents.kinds import Kind
from workbench.engines.engine import Engine, Options
from workbench.errors import InputError
from workbench.facade.drafts import terms_of
from workbench.filework import review, single
from workbench.filework.review import Correction
from workbench.filework.single import FileAccount, Task
from workbench.glossary.model import Glossary
from workbench.translation import memory
from workbench.translation.memory import Memory
from workbench.translation.passages import Passages
from workbench.translation.translation import Progress, Translator

if TYPE_CHECKING:
    from workbench.batch.account import BatchAccount
    from workbench.batch.parcel import Delivered, Parcel, Tell
    from workbench.batch.running import Doors, Order
    from workbench.glossary.desk import Desk


class Files:
    """`glossary`, `detect`, `pairs` and `_engines` are those of the façade that this is a part of."""

    if TYPE_CHECKING:
        glossary: Callable[..., Glossary]
        detect: Callable[[str], str]
        pairs: Callable[[], list[tuple[str, str]]]
        _engines: Callable[..., list[Engine]]

    def translate_file(
        self,
        source: Path,
        target: Path,
        task: Task,
        format: str | None = None,
        choices: Choices = Choices(),
        bilingual: Path | None = None,
        keep: bool = False,
        progress: Callable[[int], None] | None = None,
        sentences: Progress | None = None,
    ) -> FileAccount:
        """A document of any format that we know into another file of the same format, which appears whole.

        `format`: a name of `documents.kinds`, None: told by suffix and content. `bilingual`: a file for a
        reviewer, .xlf or .tmx. `keep`: the account holds every passage. `progress`: called with the
        number of segments done; `sentences`: with those done and all of the part at hand, whose errors end
        the work. Raises WorkbenchError; the input is never written to.
        """
        kind = single.kind_of_file(source, format)
        passages, account = self.passages(task, source, target, kind, choices)
        account.passages = [] if keep else None
        return single.translate_file(account, kind, choices, passages, bilingual, progress, sentences)

    def lines(self, path: Path, most: int) -> list[tuple[str, str]]:
        """The passages of a document, each on one line, with the translations that it holds itself ('' where none).

        InputError for more than `most` characters.
        """
        kind, found, size = single.kind_of_file(path), [], 0
        for document in single.parts(path, kind, Choices(again=True)):
            for segment in document.segments:
                size += len(segment.source)
                if size > most:
                    raise InputError(f"{path.name}: more than {most:,} characters are too many here")
                found.append((" ".join(segment.source.split()), " ".join(segment.target.split())))
        return found

    def deliver(self, parcel: Parcel, tell: Tell, stop: Event) -> Delivered:
        """Several files into several languages, each as `translate_file` does, until `stop` is set.

        One that fails spoils no other. The report is that of a batch; what people see names no folder.
        """
        from workbench.batch import parcel as parcels

        return parcels.deliver(parcel, self.translate_file, tell, stop)

    def apply(self, reviewed: Path, target: Path, document: Path | None = None, format: str | None = None,
              choices: Choices = Choices()) -> tuple[int, list[Correction]]:  # fmt: skip
        """A reviewer's XLIFF, as `translate_file` wrote it, back into the document.

        `document` None: where the XLIFF says. Gives the number of segments written and the names that
        the reviewer corrected, for `review.proposals`.
        """
        said = review.read(reviewed)
        source = document or reviewed.parent / said.original
        kind = single.kind_of_file(source, format)
        count = single.apply(said, source, target, kind, choices, reviewed)
        return count, review.corrections(said.units)

    def passages(
        self, task: Task, source: Path, target: Path, kind: Kind, choices: Choices
    ) -> tuple[Passages, FileAccount]:
        """What translates the segments of a file, and the account that it will fill."""
        if not 1 <= task.beam <= 32:
            raise InputError(f"beam {task.beam} is out of range (1 to 32)")
        to = languages.language(task.target)
        from_ = languages.language(task.source) if task.source else self._language_of(source, kind, choices)
        if from_ == to:
            raise InputError(f"{source} is {languages.name(from_)} already; choose another target language")
        glossary = self.glossary(task.glossaries, task.style)
        glossary = single.brought(source, kind, choices, terms_of(glossary, from_, to))
        legs = [
            Translator(engine, terms_of(glossary, engine.source, engine.target), Options(beam=task.beam))
            for engine in self._engines(from_, to, task.model, task.backend)
        ]
        account = FileAccount(
            source, target, kind.name, from_, to, tuple(leg.engine.name for leg in legs),
            glossary.fingerprint if glossary.entries else "", engine=legs[0].engine.backend,
            pivot=legs[0].engine.target if len(legs) > 1 else "", style=task.style or "", detected=not task.source,
        )  # fmt: skip
        return Passages(legs, _memory(task.memory, _stamps(task.memory), from_, to, task.threshold)), account

    def propose_corrections(
        self, reviewed: Path, desk: Desk, glossaries: Sequence[str | Path] | None = None
    ) -> list[str]:
        """The names that a reviewer corrected, put before the editors as proposals; their ids. `glossaries`:
        those that the document was translated with."""
        said = review.read(reviewed)
        made = review.proposals(review.corrections(said.units), said, self.glossary(glossaries))
        if made:
            desk.put(made, f"corrections of a reviewer, {reviewed.name}")
        return [entry.id for entry in made]

    def batch(self, order: Order, doors: Doors) -> BatchAccount:
        """Many files into many languages, with a journal in the output folder from which a stopped job goes on."""
        from workbench.batch import running

        source = order.task.source and languages.language(order.task.source)
        order = replace(order, task=replace(order.task, source=source))
        glossary = self.glossary(order.task.glossaries, order.task.style)
        return running.run(order, glossary, self._language_of, frozenset(self.pairs()), doors)

    def _language_of(self, source: Path, kind: Kind, choices: Choices) -> str:
        """What a file says of its language, else what its first part looks like."""
        first = next(single.parts(source, kind, choices), None)
        if first is not None and first.source_language:
            return languages.language(first.source_language)
        return self.detect("\n".join(s.source for s in first.segments if s.translate) if first else "")

    def translate_html(
        self,
        html: str,
        source: str,
        target: str,
        glossaries: Sequence[str | Path] | None = None,
        style: str | None = None,
    ) -> str:
        """HTML, a page or a piece of one, translated as a document is: inline markup follows the words."""
        with tempfile.TemporaryDirectory() as folder:
            given, made = Path(folder, "given.html"), Path(folder, "made.html")
            given.write_text(html, encoding="utf-8")
            self.translate_file(
                given,
                made,
                Task(target, source, None if glossaries is None else tuple(map(str, glossaries)), style),
                "html",
            )
            return made.read_text(encoding="utf-8")


def _stamps(paths: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple(single.stamp(Path(path)) for path in paths)


@lru_cache(maxsize=4)
def _memory(
    paths: tuple[str, ...], stamps: tuple[tuple[int, int], ...], source: str, target: str, threshold: float
) -> Memory | None:
    return memory.load(paths, source, target, threshold) if paths else None
