"""A toy workbench, and a browser page with an eye on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from api.toys import Counting

from workbench.enforcement.outcomes import Translation
from workbench.engines.engine import Engine
from workbench.engines.shared import SharedEngine
from workbench.errors import InputError
from workbench.glossary.model import Entry, Glossary, Kind, Status, Style, Term
from workbench.workbench import Workbench

HOSTILE = "<img src=x onerror=boom()>${boom()}{{value}}"


def person(id: str, forms: dict[str, Sequence[str]], note: str = "") -> Entry:
    """The first form of a language is preferred, the others admitted."""
    terms = [
        Term(language, form, Status.ADMITTED if i else Status.PREFERRED)
        for language, said in forms.items()
        for i, form in enumerate(said)
    ]
    return Entry(id, Kind.PERSON, tuple(terms), gender="m", note=note)


ENTRIES = (
    person(
        "mirzoyan",
        {"en": ["Mirzoyan", "Mirzoian"], "es": ["Mirzoyan", "Mirzoyán"], "ru": ["Мирзоян"], "ar": ["ميرزويان"]},
        "Foreign minister since 2021.",
    ),
    person("pashinyan", {"en": ["Pashinyan", "Pashinian"], "es": ["Pashinyan", "Pashinián"], "ru": ["Пашинян"]}),
    Entry("yerevan", Kind.PLACE, (
        Term("en", "Yerevan"), Term("es", "Ereván"), Term("es", "Yereván", Status.ADMITTED),
        Term("es", "Erivan", Status.FORBIDDEN), Term("ru", "Ереван"), Term("ar", "يريفان"),
    )),
    Entry("hostile", Kind.PLACE, (Term("en", "Boomtown"), Term("es", HOSTILE)), note=HOSTILE),
)  # fmt: skip
SETTLED = "[...document.querySelectorAll('[data-busy]')].every(place => place.offsetParent === null)"
STORES: dict[str, str] = {}  # of the pages that are served, by address
GLOSSARY = Glossary(ENTRIES, (Style("agency"), Style("un")), name="caucasus")


class ToyWorkbench(Workbench):
    """The real façade with an engine that copies every word but Yerevan."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = Counting()

    def pairs(self) -> list[tuple[str, str]]:
        return [("en", "es"), ("es", "en"), ("en", "ar"), ("en", "ru")]

    def _engines(self, source: str, target: str, model: str | None, backend: str) -> list[Engine]:
        engine = Counting()
        engine.source, engine.target = source, target
        return [SharedEngine(engine, self.turns)]

    def detect(self, text: str) -> str:
        return "en"

    def glossary_names(self) -> list[str]:
        return ["caucasus", "second"]

    def glossary(self, glossaries: Sequence[str | Path] | None = None, style: str | None = None) -> Glossary:
        return Glossary() if glossaries is not None and not glossaries else GLOSSARY

    def translate(self, text: str, *rest: Any, **options: Any) -> Translation:
        if "broken" in text:
            raise InputError(f"no model says {text}")
        return super().translate(text, *rest, **options)


def open_tab(page: Any, name: str) -> None:
    """A tab by its name; on a phone it may stand behind "More tabs"."""
    shown = page.get_by_role("tab", name=name, exact=True)
    if page.viewport_size["width"] < 640 and not shown.is_visible():
        page.get_by_role("button", name="More tabs").click()
        page.locator(".overflow-dropdown").get_by_role("button", name=name, exact=True).click()
    else:
        shown.click()


class Watched:
    """A browser page, every request it makes, and what went wrong in it."""

    def __init__(self, browser: Any, url: str, **options: Any):
        self.url = url
        self.context = browser.new_context(accept_downloads=True, **{"locale": "en-US", **options})
        self.page = self.context.new_page()
        self.page.set_default_timeout(120_000)  # of a busy machine
        self.hosts: set[str | None] = set()
        self.alarms: list[str] = []
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))
        self.page.on("dialog", self.dialog)
        self.page.on("pageerror", lambda error: self.alarms.append(str(error)))
        self.page.add_init_script("window.boomed = 0; window.boom = () => { window.boomed += 1; }")
        self.open()

    def open(self, path: str = "") -> None:
        self.page.goto(self.url + path)
        self.page.locator("#wb-text textarea").wait_for(timeout=120_000)

    def dialog(self, dialog: Any) -> None:
        if dialog.type == "confirm":
            dialog.accept()
            return
        self.alarms.append(dialog.message)
        dialog.dismiss()

    def translate(self, text: str, patience: float = 120_000) -> None:
        """Until every line is marked."""
        before = self.page.locator(".wb-editor").get_attribute("data-draft")
        self.page.locator("#wb-text textarea").fill(text)
        self.press("Translate")
        another = "before => ![null, undefined, before].includes(document.querySelector('.wb-editor').dataset.draft)"
        self.page.wait_for_function(another, arg=before, timeout=patience)
        self.settle()

    def settle(self) -> None:
        """Until what is shown is the answer to what was last typed or pressed, as the page declares it."""
        self.page.wait_for_function(SETTLED)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def marks(self, side: str) -> list[tuple[str, str]]:
        """Word and state of every marked place of a side."""
        found = self.page.locator(f".wb-lines .wb-{side} .wb-mark")
        return [tuple(pair) for pair in found.evaluate_all(  # type: ignore[misc]
            "all => all.map(m => [m.textContent, m.className.match(/wb-(used|waiting|wrong|unknown)/)[1]])"
        )]  # fmt: skip

    def line(self, number: int) -> Any:
        """The text area of a line, counted from 1."""
        return self.page.get_by_label(f"Sentence {number}", exact=True)

    def targets(self) -> list[str]:
        found = self.page.locator(".wb-area").evaluate_all("all => all.map(area => area.value)")
        return list(found)

    def expect(self, script: str) -> None:
        self.page.wait_for_function(script)

    def told(self, words: str) -> None:
        self.page.locator(".wb-told", has_text=words).wait_for()

    def download(self, name: str) -> str:
        with self.page.expect_download() as waiting:
            self.press(name)
        return Path(waiting.value.path()).read_bytes().decode("utf-8")

    def quiet(self) -> None:
        """No dialog, no script of the text, no error, no host but this one."""
        assert self.alarms == []
        assert self.page.evaluate("window.boomed") == 0
        assert self.page.locator("img[src='x']").count() == 0
        assert self.hosts - {"127.0.0.1", "localhost", None, ""} == set()
