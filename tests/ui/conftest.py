"""A toy workbench, a browser, and a page on a free port."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import InputError
from workbench.glossary.model import Entry, Glossary, Kind, Status, Style, Term
from workbench.outcomes import RUNGS, Occurrence, Segment, State, Translation
from workbench.spans import Span
from workbench.workbench import Progress, Workbench

HOSTILE = "<img src=x onerror=boom()>${boom()}{{value}}"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def person(id: str, english: Sequence[str], spanish: Sequence[str], note: str = "") -> Entry:
    terms = [Term("en", form, Status.ADMITTED if i else Status.PREFERRED) for i, form in enumerate(english)]
    terms += [Term("es", form, Status.ADMITTED if i else Status.PREFERRED) for i, form in enumerate(spanish)]
    return Entry(id, Kind.PERSON, tuple(terms), note=note)


ENTRIES = (
    person("mirzoyan", ["Mirzoyan", "Mirzoian"], ["Mirzoyan", "Mirzoyán"], "Foreign minister since 2021."),
    person("pashinyan", ["Pashinyan", "Pashinian"], ["Pashinyan", "Pashinián"]),
    Entry("yerevan", Kind.PLACE, (
        Term("en", "Yerevan"), Term("es", "Ereván"), Term("es", "Yereván", Status.ADMITTED),
        Term("es", "Erivan", Status.FORBIDDEN),
    )),
    person(HOSTILE, [HOSTILE], [HOSTILE], HOSTILE),
)  # fmt: skip
STATES = {
    "mirzoyan": (State.REPAIRED, RUNGS.index("stand-in"), "a stand-in was found in the accusative"),
    "pashinyan": (State.KEPT, 0, ""),
    "yerevan": (State.FLAGGED, len(RUNGS) - 1, "written in at the best gap"),
    HOSTILE: (State.FLAGGED, len(RUNGS) - 1, HOSTILE),
}


class ToyWorkbench(Workbench):
    """`Translates` by leaving every word but the listed ones, which it exchanges."""

    def pairs(self) -> list[tuple[str, str]]:
        return [("en", "es"), ("es", "en"), ("en", "ar")]

    def detect(self, text: str) -> str:
        return "en"

    def glossary_names(self) -> list[str]:
        return ["caucasus", "second"]

    def glossary(self, glossaries: Sequence[str | Path] | None = None, style: str | None = None) -> Glossary:
        return Glossary(ENTRIES, (Style("agency"), Style("un")), name="caucasus")

    def translate(
        self,
        text: str,
        source: str | None,
        target: str,
        glossaries: Sequence[str | Path] | None = None,
        style: str | None = None,
        progress: Progress | None = None,
        **options: Any,
    ) -> Translation:
        if "broken" in text:
            raise InputError(f"no model says {text}")
        segments, before = [], ""
        entries = ENTRIES if glossaries is None or glossaries else ()
        for block in text.split("\n\n"):
            for line in block.split("\n"):
                segments.append(toy_segment(line, before, target, entries))
                before = "\n"
            before = "\n\n"
            if progress:
                progress(len(segments), len(segments) + 1)
        return Translation(
            source or "en", target, tuple(segments), models=("toy",), engine="toy", glossary="0123456789abcdef",
            style=style or "", detected=source is None, timings={"decode": 0.31, "match": 0.02},
        )  # fmt: skip


def toy_segment(line: str, before: str, target: str, entries: Sequence[Entry]) -> Segment:
    hits = sorted(
        (line.index(form.text), -len(form.text), entry.id, form.text)
        for entry in entries
        for form in entry.says("en")
        if form.text in line
    )
    output, at, terms = "", 0, []
    for start, _, id, form in hits:
        entry = {entry.id: entry for entry in entries}[id]
        wanted = tuple(term.text for term in entry.says("es") if term.status.approved)
        state, rung, note = STATES[id]
        output += line[at:start]
        span = Span(len(output), len(output) + len(wanted[0]))
        output, at = output + wanted[0], start + len(form)
        terms.append(
            Occurrence(id, Span(start, at), form, span, wanted[0], state, rung, "variant", wanted, note)
        )  # fmt: skip
    return Segment(line, output + line[at:], tuple(terms), plain=line if hits else "", before=before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.skip(f"no browser on the path (looked for {', '.join(BROWSERS)})")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve_page() -> Iterator[Callable[[Workbench], str]]:
    """Opens the page for a workbench on a free port and gives its address; closed at the end."""
    page_module = pytest.importorskip("workbench.ui.page", reason="gradio is not installed")
    pages = []

    def serve(workbench: Workbench) -> str:
        pages.append(page_module.open_page(workbench, port=0))
        return str(pages[-1].local_url)

    yield serve
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def toy_page(serve_page: Callable[[Workbench], str]) -> str:
    """Address of the page with the toy workbench."""
    return serve_page(ToyWorkbench())
