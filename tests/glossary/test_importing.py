"""What an import would do, told before it is done; all of it or nothing."""

from dataclasses import replace

import pytest

from workbench.errors import GlossaryError
from workbench.glossary import importing, reading
from workbench.glossary.importing import Verdict
from workbench.glossary.model import Entry, Glossary, Kind, Preference, Status, Style, Term
from workbench.glossary.revisions import Conflict

YEREVAN = Entry("yerevan", Kind.PLACE, (Term("en", "Yerevan"),))
GYUMRI = Entry("gyumri", Kind.PLACE, (Term("en", "Gyumri"),))
VANADZOR = Entry("vanadzor", Kind.PLACE, (Term("en", "Vanadzor"),))

FILE = """name: towns
entries:
  - id: yerevan
    kind: place
    note: capital
    terms: {en: [Yerevan]}
  - id: gyumri
    kind: place
    terms: {en: [Gyumri]}
  - id: vanadzor
    kind: place
    terms: {en: [Vanadzor]}
  - id: broken
    kind: plaice
    terms: {en: [X]}
  - id: erevan
    kind: place
    terms: {en: [yerevan]}
"""


@pytest.fixture
def filled(store):
    store.put([YEREVAN, GYUMRI], "anna")
    return store


def verdicts(preview):
    return {row.id: row.verdict.value for row in preview.rows}


def test_every_entry_of_a_file_gets_its_verdict_and_line(filled, write):
    preview = importing.preview(filled, reading.survey(write(FILE)))
    assert [(row.id, row.line, row.verdict.value) for row in preview.rows] == [
        ("yerevan", 3, "changed"),
        ("gyumri", 7, "same"),
        ("vanadzor", 10, "new"),
        ("", 14, "refused"),
        ("erevan", 16, "conflicting"),
    ]
    assert preview.counts == {"new": 1, "changed": 1, "same": 1, "conflicting": 1, "refused": 1}
    assert [(d.place, d.after) for d in preview.rows[0].differences] == [("note", "capital")]
    assert "did you mean 'place'" in preview.rows[3].reason
    assert "is a name of 'yerevan' too" in preview.rows[4].reason
    assert filled.revision() == 1


def test_an_import_is_refused_whole_unless_told_what_to_leave_out(filled, write):
    preview = importing.preview(filled, reading.survey(write(FILE)))
    with pytest.raises(GlossaryError, match="nothing was imported, 2 of 5 entries .* line 14: unknown kind"):
        importing.apply(filled, preview, "bob")
    assert filled.revision() == 1
    assert importing.apply(filled, preview, "bob", skip=True) == 2
    assert [entry.id for entry in filled.glossary().entries] == ["yerevan", "gyumri", "vanadzor"]
    assert (filled.log(1)[0].what, filled.log(1)[0].size) == ("import", 3)


def test_a_conflicting_entry_may_be_taken_by_name(filled, write):
    preview = importing.preview(filled, reading.survey(write(FILE.replace("plaice", "place"))))
    importing.apply(filled, preview, "bob", take=["erevan"])
    assert "erevan" in filled.glossary().by_id
    with pytest.raises(GlossaryError, match="'gyumri' is not among the conflicting"):
        importing.apply(filled, preview, "bob", take=["gyumri"])


def test_importing_twice_changes_nothing_the_second_time(store):
    glossary = reading.load("south-caucasus")
    first = importing.preview(store, glossary)
    assert first.counts["new"] == len(glossary)
    assert importing.apply(store, first, "anna") == 1
    assert store.glossary() == glossary
    second = importing.preview(store, glossary)
    assert second.counts["same"] == len(second.rows) == len(glossary)
    assert importing.apply(store, second, "anna") == 1


def test_a_store_that_changed_since_the_preview_is_a_conflict(filled):
    preview = importing.preview(filled, [replace(YEREVAN, note="file")])
    filled.put([replace(YEREVAN, note="store")], "carl")
    with pytest.raises(Conflict):
        importing.apply(filled, preview, "bob")


def test_a_file_that_was_exported_tells_what_only_the_store_changed(filled):
    filled.put([replace(YEREVAN, note="store"), replace(GYUMRI, note="store")], "carl")
    file = [YEREVAN, replace(GYUMRI, note="file"), VANADZOR]
    assert verdicts(importing.preview(filled, file)) == {"yerevan": "changed", "gyumri": "changed", "vanadzor": "new"}
    assert verdicts(importing.preview(filled, file, since=1)) == {
        "yerevan": "same",
        "gyumri": "conflicting",
        "vanadzor": "new",
    }


def test_a_file_that_lacks_a_language_removes_it_only_when_told(filled):
    filled.put([replace(YEREVAN, terms=(*YEREVAN.terms, Term("ru", "Ереван"), Term("hy", "Երևան")))], "carl")
    file = [replace(YEREVAN, note="from a table")]
    (row,) = importing.preview(filled, file).rows
    assert (row.verdict, row.reason) == (
        Verdict.CONFLICTING,
        "the file has no hy, ru, and would remove them from the store",
    )
    importing.apply(filled, importing.preview(filled, file, since=2), "bob")
    assert [term.language for term in filled.glossary()["yerevan"].terms] == ["en"]


def test_trash_and_another_kind_are_conflicting(filled):
    filled.retire("gyumri", "anna")
    preview = importing.preview(filled, [GYUMRI, replace(YEREVAN, kind=Kind.ORGANISATION)])
    assert set(verdicts(preview).values()) == {"conflicting"}
    importing.apply(filled, preview, "bob", take=["gyumri", "yerevan"])
    assert [entry.kind.value for entry in filled.glossary().entries] == ["organisation", "place"]


def test_entries_that_no_file_checked_are_checked(filled):
    preview = importing.preview(filled, [Entry("x"), Entry("y", terms=(Term("en", "\x07"),)), VANADZOR, VANADZOR])
    assert sorted(row.verdict.value for row in preview.rows) == ["new", "refused", "refused", "refused"]
    assert any("U+0007" in row.reason for row in preview.rows if row.verdict is Verdict.REFUSED)


def test_styles_and_credits_come_along_and_are_never_overwritten_in_silence(filled):
    ours, theirs = Style("ian", (Preference("en", "ian$"),)), Style("ian", (Preference("en", "yan$"),))
    filled.put([], "anna", about=Glossary(name="ours", styles=(ours,), sources=(("un", "UN"),)))
    file = Glossary((VANADZOR,), (theirs, Style("new")), "theirs", sources=(("un", "x"), ("gov", "sites")))
    preview = importing.preview(filled, file)
    assert verdicts(preview) == {"vanadzor": "new", "style:ian": "conflicting"}
    importing.apply(filled, preview, "bob", skip=True)
    glossary = filled.glossary()
    assert (glossary.name, glossary.styles) == ("ours", (ours, Style("new")))
    assert dict(glossary.sources) == {"un": "UN", "gov": "sites"}
    importing.apply(filled, importing.preview(filled, file), "bob", take=["style:ian"])
    assert filled.glossary().styles == (theirs, Style("new"))


def test_a_glossary_in_memory_has_a_preview_too():
    preview = importing.preview(Glossary((YEREVAN,)), [YEREVAN, GYUMRI])
    assert (verdicts(preview), preview.base) == ({"yerevan": "same", "gyumri": "new"}, None)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", "id,kind,en\na,place,A\nb,plaice,B\nc,place,C\n", 3),
        (
            "a.tbx",
            '<tbx><text><body>\n<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>A</term></termSec></langSec>'
            '</conceptEntry>\n<conceptEntry id="b"/>\n<conceptEntry id="c"><langSec xml:lang="en"><termSec>'
            "<term>C</term></termSec></langSec></conceptEntry></body></text></tbx>",
            3,
        ),
    ],
)
def test_a_wrong_entry_does_not_hide_the_others_of_a_file(write, name, text, line):
    survey = reading.survey(write(text, name))
    assert [entry.id for entry in survey.glossary.entries] == ["a", "c"]
    assert [refusal.line for refusal in survey.refusals] == [line]
    assert survey.lines == {"a": 2, "c": 4}


RICH = Entry(
    "yerevan",
    Kind.PLACE,
    (
        Term("en", "Yerevan", variants=("Erewan",), forms=(("gen", "Yerevan's"),)),
        Term("en", "Erevan", Status.DEPRECATED),
        Term("ru", "Ереван", pos="proper noun"),
    ),
    note="capital",
    external=(("wikidata", "Q1953"),),
)


def test_a_table_changes_only_what_it_has_columns_for(store, write, tmp_path):
    store.put([RICH], "anna")
    preview = importing.preview(store, reading.survey(write("id,en,hy,Ticket\nyerevan,Yerevan,Երևան,T-1\n", "a.csv")))
    (row,) = preview.rows
    assert [(d.place, d.before, d.after) for d in row.differences] == [
        ("note", "capital", "capital; Ticket: T-1"),
        ("hy Երևան", "", "preferred"),
    ]
    importing.apply(store, preview, "bob")
    assert importing.preview(store, reading.survey(tmp_path / "a.csv")).counts["same"] == 1
    now = store.get("yerevan").entry
    assert (now.kind, now.external, now.terms[:3]) == (RICH.kind, RICH.external, RICH.terms)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl", "a.tbx", "a.yaml"])
def test_what_was_exported_and_not_changed_is_the_same_when_it_comes_back(name, store, tmp_path):
    store.put(reading.load("south-caucasus").entries[:40], "anna", about=Glossary(name="ours"))
    store.put([RICH], "anna")
    reading.save(store.glossary(), tmp_path / name)
    preview = importing.preview(store, reading.survey(tmp_path / name))
    assert preview.counts["same"] == len(preview.rows) == 41, [r for r in preview.rows if r.verdict is not Verdict.SAME]
    assert importing.apply(store, preview, "bob") == store.revision() == 2


def test_a_term_that_leaves_its_column_leaves_the_store(store, write):
    store.put([RICH], "anna")
    table = write("id,en,en:deprecated\nyerevan,Erevan,Yerevan\n", "a.csv")
    importing.apply(store, importing.preview(store, reading.survey(table)), "bob")
    english = [(t.text, t.status.value, t.variants) for t in store.get("yerevan").entry.says("en")]
    assert english == [("Erevan", "preferred", ()), ("Yerevan", "deprecated", ("Erewan",))]


def test_a_table_that_was_exported_tells_what_only_the_store_changed(store, tmp_path):
    store.put([RICH, GYUMRI], "anna")
    reading.save(store.glossary(), tmp_path / "a.csv")
    store.put([replace(RICH, note="store")], "carl")
    preview = importing.preview(store, reading.survey(tmp_path / "a.csv"), since=1)
    assert verdicts(preview) == {"yerevan": "same", "gyumri": "same"}


def test_an_import_tells_how_the_file_was_read(store, write):
    preview = importing.preview(store, reading.survey(write("en;ru\nA;Ж\n".encode("cp1251"), "a.csv")))
    assert preview.format == "csv" and len(preview.remarks) == 2


def test_a_list_that_knows_no_ids_adds_terms_and_removes_none(store, write):
    store.put([RICH, GYUMRI], "anna")
    pairs = reading.survey(write("Yerevan,Ереван,en,ru\nGyumri,Гюмри,en,ru\nErevan,Еревань,en,ru\n", "a.csv"))
    preview = importing.preview(store, pairs)
    assert verdicts(preview) == {"yerevan": "same", "gyumri": "changed", "erevan": "new"}
    table = importing.preview(store, reading.survey(write("en,ru\nYerevan,Ериван\n", "b.csv")))
    assert [(d.place, d.before, d.after) for d in table.rows[0].differences] == [
        ("ru Ереван: status", "preferred", "admitted"),
        ("ru Ериван", "", "preferred"),
    ]


def test_common_words_may_share_a_translation_but_not_all_of_them(store, write):
    survey = reading.survey(write("bank,banco,en,es\nbench,banco,en,es\n", "a.csv"))
    assert verdicts(importing.preview(store, survey)) == {"bank": "new", "bench": "new"}
    store.put([Entry("money-bank", terms=(Term("en", "bank"), Term("es", "banco")))], "anna")
    assert verdicts(importing.preview(store, survey)) == {"bank": "conflicting", "bench": "new"}
