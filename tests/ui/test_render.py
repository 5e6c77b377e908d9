"""HTML around the editor: counts, account, errors; nothing that people typed becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

from workbench.enforcement.outcomes import Occurrence, Segment, State, Translation
from workbench.glossary.model import Entry, Glossary, Kind, Term
from workbench.spans import Span
from workbench.ui import editing, render
from workbench.words import speaking

HOSTILE = "<img src=x onerror=boom()>${boom()}{{value}}\"'&"


class Tags(HTMLParser):
    """The tags and the text of HTML."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: set[str] = set()
        self.data: dict[str, str] = {}
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.data |= {name: value or "" for name, value in attributes}

    def handle_data(self, data: str) -> None:
        self.said += data


def term(entry: str, source: str, target: str, state: State, at: int = 0) -> Occurrence:
    span = Span(at, at + len(source)) if source else Span(0, 0)
    return Occurrence(entry, span, source, Span(0, len(target)) if target else None, target, state, 0)


def translation(*segments: Segment, **facts: object) -> Translation:
    return Translation("en", "es", segments, models=("toy",), **facts)  # type: ignore[arg-type]


def test_counts_name_states_and_the_way() -> None:
    made = translation(
        Segment("A b", "A b", (term("a", "A", "A", State.KEPT), term("b", "b", "", State.FLAGGED, 2))),
        detected=True, pivot="fr",
    )  # fmt: skip
    said = Tags(render.summary(made)).said
    for words in (
        "English (detected)",
        "Spanish (via French)",
        "sentences: 1",
        "terms: 2, entries: 2",
        "kept: 1",
        "flagged: 1",
    ):
        assert words in said


def test_the_account_has_a_row_for_each_entry_with_counted_forms() -> None:
    made = translation(
        Segment("M", "N", (term("m", "M", "N", State.KEPT),)),
        Segment("M", "N", (term("m", "M", "N", State.REPAIRED),)),
        Segment("k", "", (term("k", "k", "", State.FLAGGED),)),
    )
    html = render.account(made, Glossary((Entry("m", Kind.PERSON, (Term("en", "Em"),)),)))
    assert html.count("<tr>") == 3
    said = Tags(html).said
    assert "Em m" in said and "×2" in said and "none" in said


def test_nothing_becomes_markup() -> None:
    made = translation(Segment(HOSTILE, HOSTILE, (term(HOSTILE, HOSTILE, HOSTILE, State.FLAGGED),)))
    glossary = Glossary((Entry(HOSTILE, Kind.PERSON, (Term("en", HOSTILE),)),))
    for html in (render.summary(made), render.account(made, glossary), render.problem(HOSTILE)):
        assert "img" not in Tags(html).tags
    assert HOSTILE in Tags(render.problem(HOSTILE)).said


def test_the_handover_is_data_and_gives_back_every_letter() -> None:
    import json

    made = translation(Segment(HOSTILE, HOSTILE, (term("x", HOSTILE, "", State.FLAGGED),), before="\n\n"))
    html = Tags(editing.handover(made, ["caucasus"], None))
    assert html.tags == {"div"}
    sent = json.loads(html.data["data-document"])
    assert sent["lines"][0]["source"] == HOSTILE and sent["lines"][0]["before"] == "\n\n"
    assert sent["lines"][0]["doubts"][0]["text"] == HOSTILE


def test_the_head_leads_to_the_other_languages_from_each() -> None:
    html = render.banner("Workbench", speaking("es"), "es", "..")
    assert 'href="../ru/"' in html and 'href="../?lang=en"' in html
    assert 'hreflang="es" aria-current="page"' in html
