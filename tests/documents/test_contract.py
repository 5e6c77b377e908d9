"""What every format promises: nothing is lost, nothing moves, texts come in order and go back where they stood."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from documents.samples import BILINGUAL, BYTES, MADE, packed, sample

from workbench.documents.document import Choices, Target, untouched
from workbench.documents.kinds import BY_NAME, HEAD, format_of, kind_of
from workbench.errors import InputError
from workbench.spans import Span

EVERY = (*BYTES, *MADE)
TEXTS = {
    "txt": ["Hello there.", "Indented line", "old Mac", "form\x0cfeed and \u2028 separator", "no end"],
    "md": [
        "Hello my friend",
        "A paragraph with bold nested words, a link to page and code here. Also html and , a * star & "
        "https://auto.link. Next line\nafter hard break.",
        "A picture", "Quoted text that goes on here.", "item one", "nested struck item", "Head one", "Head two",
        "cell x one", "two", "Setext head", "See ref and the text. 2 * 3 snake_case_word.",
    ],
    "html": [
        "The & page", "About us", "A picture",
        "Hello my dear friend, see this <page>.\nNext line with some code and Foo Bar.", "Yes please", "One two",
        "Two three", "after pre", "Send it", 'Type "here"', "café 5 < 6",
    ],
    "srt": ["Hello my friend, how are you?", "- Yes.\n- No."],
    "vtt": ["Hello you"],
    "csv": ["Hello, my good friend", "He said so to me", 'He said "no"\nand went away'],
    "jsonl": ["Hello é \n you", "Two of them"],
    "po": ["Hello %s, you", "a new one\n", "One file", "%d files", "done"],
    "xliff": ["Hello my friend, ABC you", "Done", "Not me", "A b.", "C d."],
    "xliff2": ["Hello my friend ABC", "Done"],
    "tmx": ["Hello you", "Good morning"],
    "docx": [
        "Hello my dear friend, how\nare you?\nNew line.", "Cell one", "See this page now.", "Page 3 of the book",
        "Around the box is text", "In the box", "The header", "The footer",
    ],
    "pptx": ["Title here", "First point in bold", "A note for the speaker"],
    "odt": ["The title", "Hello my dear friend, how\nare  you?", "Note text here"],
}  # fmt: skip
# As long as before, so that every mark keeps its place, and full of what formats must escape.
HARD = str.maketrans({"e": "é", "o": "*", "a": "<", "i": "&", "t": '"', "r": "_", "s": "'", "l": "[", "u": "😀"})


def read(kind, data, choices=Choices()):
    return list(format_of(BY_NAME[kind]).parts(io.BytesIO(data), f"sample.{kind}", choices))


def write(kind, documents, targets, language="en"):
    return b"".join(format_of(BY_NAME[kind]).write(document, targets, language) for document in documents)


def segments(documents):
    return [segment for document in documents for segment in document.segments]


def hardened(segment):
    """A target of the same length, the kept places and line breaks as they were."""
    text = list(segment.source.translate(HARD))
    for mark in segment.marks:
        if mark.keep:
            text[mark.span.start : mark.span.end] = segment.source[mark.span.start : mark.span.end]
    text = [old if old.isspace() or old == "%" else new for old, new in zip(segment.source, text, strict=True)]
    return Target("".join(text), segment.marks)


@pytest.mark.parametrize("name", EVERY)
def test_a_file_without_targets_is_the_file_byte_for_byte(name):
    kind, data = sample(name)
    assert write(kind, read(kind, data), {}) == data


@pytest.mark.parametrize("name", [name for name in EVERY if name not in BILINGUAL])
def test_a_file_written_with_its_own_texts_is_the_file_byte_for_byte(name):
    kind, data = sample(name)
    documents = read(kind, data)
    assert write(kind, documents, {s.key: untouched(s) for s in segments(documents)}) == data


@pytest.mark.parametrize("name", EVERY)
def test_segments_come_in_order_with_keys_of_their_own(name):
    kind, data = sample(name)
    found = segments(read(kind, data))
    assert sorted(s.source for s in found if any(c.isalpha() for c in s.source)) == sorted(TEXTS[name])
    if name != "html":  # where the description of a picture comes before the line that it stands in
        assert [s.source for s in found if any(c.isalpha() for c in s.source)] == TEXTS[name]
    assert len({s.key for s in found}) == len(found)


@pytest.mark.parametrize("name", EVERY)
def test_marks_nest_and_lie_within_their_texts(name):
    kind, data = sample(name)
    for segment in segments(read(kind, data)):
        spans = {"": (0, len(segment.source))}
        for mark in segment.marks:
            start, end = spans[mark.parent]
            assert start <= mark.span.start <= mark.span.end <= end
            spans[mark.key] = mark.span


@pytest.mark.parametrize("name", [name for name in EVERY if name not in BILINGUAL])
def test_what_was_written_is_read_again_with_its_marks(name):
    kind, data = sample(name)
    documents = read(kind, data)
    targets = {s.key: hardened(s) for s in segments(documents)}
    again = segments(read(kind, write(kind, documents, targets)))
    assert [s.source for s in again] == [targets[s.key].text for s in segments(documents)]
    before = [[(m.span, m.keep) for m in s.marks] for s in segments(documents)]
    assert [sorted((m.span, m.keep) for m in s.marks) for s in again] == [sorted(marks) for marks in before]


@pytest.mark.parametrize("name", BILINGUAL)
def test_a_translation_is_read_again_as_the_target(name):
    kind, data = sample(name)
    documents = read(kind, data)
    targets = {s.key: hardened(s) for s in segments(documents) if s.translate and not s.target}
    assert targets
    made = write(kind, documents, targets, "es")
    again = {s.key: s for s in segments(read(kind, made, Choices(again=True)))}
    for key, target in targets.items():
        held = again[key].target
        assert (held if kind != "po" else held.replace("<b>", "").replace("</b>", "")) == target.text
    assert [s.source for s in again.values()] == [s.source for s in segments(documents)]
    assert b"Hecho" in made or b"hecho" in made or b"Buenos" in made  # what was done stays


@pytest.mark.parametrize("name", ["docx", "pptx", "odt"])
def test_parts_of_a_package_that_no_text_changed_in_stay_byte_for_byte(name):
    kind, data = sample(name)
    documents = read(kind, data)
    first = segments(documents)[0]
    made = write(kind, documents, {first.key: Target("Changed", first.marks[:0])})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert new.namelist() == old.namelist()
        changed = [part for part in old.namelist() if old.read(part) != new.read(part)]
    assert len(changed) == 1


def test_words_runs_keep_their_formatting():
    import docx

    documents = read("docx", sample("docx")[1])
    made = write("docx", documents, {s.key: Target(s.source.upper(), s.marks) for s in segments(documents)})
    first = docx.Document(io.BytesIO(made)).paragraphs[0]
    assert [(run.text, run.bold, run.italic) for run in first.runs if run.text.strip()] == [
        ("HELLO ", None, None), ("MY DEAR FRIEND", True, None), (", HOW", None, None), ("ARE ", None, None),
        ("YOU", None, True), ("?", None, None), ("NEW LINE.", None, None),
    ]  # fmt: skip


def test_emphasis_that_got_no_words_is_not_written_as_asterisks():
    documents = read("md", b"He **met** her *there*.\n")
    (segment,) = segments(documents)
    marks = (replace(segment.marks[0], span=Span(3, 3)), replace(segment.marks[1], span=Span(3, 9)))
    made = write("md", documents, {segment.key: Target("El la vio.", marks)})
    assert made == b"El *la vio*.\n"


@pytest.mark.parametrize("name", EVERY)
def test_a_format_is_told_by_its_content(name):
    kind, data = sample(name)
    if kind in ("csv", "md", "docx", "pptx", "odt"):
        assert kind_of(f"x.{kind}", data[:HEAD]).name == kind
    else:
        assert kind_of("no suffix", data[:HEAD]).name == kind
    assert kind_of("x.txt", data[:HEAD], kind).name == kind


def test_a_suffix_that_lies_is_overruled_by_the_content_and_both_by_a_person():
    assert kind_of("page.xlf", b"<!DOCTYPE html><html>").name == "html"
    assert kind_of("page.html", b"<!DOCTYPE html><html>", "txt").name == "txt"
    with pytest.raises(InputError, match="--format"):
        kind_of("file.pdf", b"%PDF-1.7\0\0")
    with pytest.raises(InputError, match="--format"):
        kind_of("page.html", b"PK\3\4 a zip with <p in its bytes")
    with pytest.raises(InputError, match="known: docx"):
        kind_of("a.txt", b"", "word")


def test_columns_and_fields_are_chosen_by_name_or_number():
    table = b"id;en;de\n1;Good day;Guten Tag\n"
    assert [s.source for s in segments(read("csv", table, Choices(columns=("en",))))] == ["Good day"]
    assert [s.source for s in segments(read("csv", table, Choices(columns=("2", "3"))))] == [
        "en",
        "de",
        "Good day",
        "Guten Tag",
    ]
    with pytest.raises(InputError, match="there are: id, en, de"):
        read("csv", table, Choices(columns=("fr",)))
    rows = b'{"a": {"b": "Good day"}, "c": "x"}\n'
    assert [s.source for s in segments(read("jsonl", rows, Choices(fields=("a.b",))))] == ["Good day"]
    with pytest.raises(InputError, match="a.b, c"):
        read("jsonl", rows)


def test_its_rules_may_stand_beside_the_page():
    rules = (
        b'<its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0">'
        b'<its:translateRule selector="//h:li" translate="no" xmlns:h="http://www.w3.org/1999/xhtml"/></its:rules>'
    )
    page = b"<ul><li>Stay here</ul><p>Go on</p>"
    assert [s.source for s in segments(read("html", page, Choices(rules=rules)))] == ["Go on"]


def test_the_page_says_its_new_language_and_direction():
    documents = read("html", b'<html lang="en"><p>Hello you</p></html>')
    assert b'<html dir="rtl" lang="ar">' in write("html", documents, {"1": Target("x y")}, "ar")


def test_subtitles_are_wrapped_to_even_lines():
    documents = read("srt", sample("srt")[1])
    long = "Una frase bastante larga que no cabe en una sola línea de la pantalla"
    made = write("srt", documents, {"1": Target(long)}).decode().split("\r\n\r\n")[0].split("\r\n")
    assert made[1] == "00:00:01,000 --> 00:00:04,000"
    assert " ".join(made[2:]) == long and len(made) == 4 and all(len(line) <= 42 for line in made[2:])


def test_a_po_file_gets_the_plural_rule_of_its_new_language_and_doubtful_messages_are_fuzzy():
    data = sample("po")[1].replace(b"Language: es", b"Language: ")
    documents = read("po", data)
    targets = {s.key: Target(s.source, s.marks) for s in segments(documents) if s.translate}
    made = write("po", documents, targets, "ru").decode()
    assert '"Language: ru\\n"' in made and "nplurals=3" in made and 'msgstr[2] "%d files"' in made
    assert made.count("fuzzy") == 1  # the plural, whose middle form is the other one's; the doubtful one is new


def test_a_zip_of_something_else_is_no_document():
    with pytest.raises(InputError, match="word/document.xml"):
        read("docx", packed({"a.txt": b"x"}))
