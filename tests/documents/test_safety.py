"""Files that are wrong, hostile or just strange: one clear error or the right result, in bounded memory."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile

import pytest
from documents.samples import TXT, packed, sample
from documents.test_contract import read, segments, write

from workbench.documents.document import Choices, Target, untouched
from workbench.documents.formats import plain
from workbench.errors import InputError
from workbench.filework import single
from workbench.filework.single import FileAccount, Task
from workbench.workbench import Workbench

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
    + b"]>"
)
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
XLIFF = b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"><file id="f"><unit id="u">\
<segment><source>%s</source></segment></unit></file></xliff>'


def docx(**parts):
    with zipfile.ZipFile(io.BytesIO(sample("docx")[1])) as held:
        members = {name: held.read(name) for name in held.namelist()}
    return packed(members | parts)


def lying():
    """A package whose directory says that a member is small."""
    data = bytearray(docx(**{"word/header9.xml": b"<x>" + b"a" * 5_000 + b"</x>"}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            name = 46 if at == 24 else 30
            if data[place + name : place + name + 16] == b"word/header9.xml":
                data[place + at : place + at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def locked():
    data = bytearray(docx())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


HOSTILE = {
    "a bomb": ("docx", lambda: docx(**{"word/document.xml": b"<x>" + b" " * 5_000_000 + b"</x>"}), "unpacks to"),
    "a member that lies": ("docx", lying, "header9"),
    "a path out": ("docx", lambda: docx(**{"../../evil.xml": b"x"}), "outside the package"),
    "an absolute path": ("odt", lambda: packed({"content.xml": b"<a/>", "/etc/x": b""}), "outside the package"),
    "a password": ("docx", locked, "password"),
    "half a file": ("docx", lambda: docx()[:2000], "zip package"),
    "an entity from outside": ("xliff", lambda: XXE + XLIFF % b"&a;", "entities"),
    "entities of entities": ("xliff", lambda: LAUGHS + XLIFF % b"&m;", "entities|not valid XML"),
    "entities in a part": ("docx", lambda: docx(**{"word/document.xml": XXE + b"<x>&a;</x>"}), "entities"),
    "entities in a memory": ("tmx", lambda: LAUGHS + b"<tmx>&m;</tmx>", "entities|not valid XML"),
    "elements within elements": ("xliff", lambda: XLIFF % (b"<pc id='1'>" * 9999 + b"</pc>" * 9999), "valid XML|deep"),
    "tags within tags": ("html", lambda: b"<b>" * 9999 + b"x" + b"</b>" * 9999, "within each other"),
    "no XML at all": ("xliff", lambda: b"\0\1\2<xliff>", "not valid XML"),
    "an XLIFF of tomorrow": ("xliff", lambda: b'<xliff version="3.0"/>', "3.0"),
    "no JSON": ("jsonl", lambda: b'{"text": "a"}\n{"text": }\n', ":2: not JSON"),
    "objects within objects": ("jsonl", lambda: b'{"a":' * 9999 + b"1" + b"}" * 9999, "not JSON"),
    "an open quote": ("csv", lambda: b'id,text\n1,"He said so and so\n', "open quote"),
    "a line without end": ("txt", lambda: b"a" * 9_000_000, "8 MB"),
    "an old code page": ("txt", lambda: "Встреча в Ереване с министром".encode("cp1251"), "cp1251"),
    "an old code page in a page": ("html", lambda: b"<p>se\xf1or</p>", "cp1252"),
    "no message file": ("po", lambda: b'msgid "a"\nmsgstr b\n', "PO|messages"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_one_clear_error_and_little_memory(what):
    kind, make, message = HOSTILE[what]
    data = make()
    tracemalloc.start()
    with pytest.raises(InputError, match=message) as said:
        read(kind, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "sample." in str(said.value) and "\n" not in str(said.value)
    assert peak < 60_000_000


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("kind", ["txt", "csv", "srt", "html", "md", "po"])
def test_a_byte_order_mark_tells_the_encoding_and_stays(kind, encoding):
    text = {"txt": TXT.decode("utf-8-sig"), "csv": "id,text\r\n1,Señor y señora van\r\n"}.get(
        kind, sample(kind)[1].decode("utf-8-sig")
    )
    data = ("\ufeff" + text).encode(encoding)
    documents = read(kind, data)
    assert segments(documents)
    assert write(kind, documents, {}) == data
    if kind != "po":
        assert write(kind, documents, {s.key: untouched(s) for s in segments(documents)}) == data


def test_an_encoding_may_be_named_and_its_lack_of_a_letter_is_said():
    documents = read("txt", b"caf\xe9\n", Choices(encoding="cp1252"))
    assert [s.source for s in segments(documents)] == ["café"]
    with pytest.raises(InputError, match="save the source as UTF-8"):
        write("txt", documents, {"1": Target("кафе")})
    page = read("html", b'<meta charset="windows-1252"><p>caf\xe9</p>')
    assert write("html", page, {"1": Target("кафе")}).endswith(b"<p>&#1082;&#1072;&#1092;&#1077;</p>")


def test_lone_surrogates_come_out_as_they_went_in():
    data = b'{"text": "a \\ud800 b"}\n'
    documents = read("jsonl", data)
    (segment,) = segments(documents)
    assert write("jsonl", documents, {segment.key: Target(segment.source.upper())}) == b'{"text": "A \\ud800 B"}\n'


@pytest.mark.parametrize(("kind", "line"), [("txt", "A line of text.\n"), ("csv", "7,A line of text that is long\n"),
                                            ("jsonl", '{"text": "A line of text."}\n')])  # fmt: skip
def test_memory_is_flat_for_a_file_of_any_length(kind, line, tmp_path):
    peaks = []
    for count in (4_000, 12_000):
        path = tmp_path / f"{count}.{kind}"
        path.write_text(line * count, encoding="utf-8")
        tracemalloc.start()
        size = 0
        for document in single.parts(path, single.kind_of_file(path), Choices()):
            format = single.format_of(single.kind_of_file(path))
            size += len(format.write(document, {s.key: untouched(s) for s in document.segments}, "es"))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert size == path.stat().st_size
    assert peaks[1] < peaks[0] * 1.2 + 500_000


def test_an_input_is_never_written_to(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("Hello you there.", encoding="utf-8")
    (tmp_path / "link").symlink_to(path)
    (tmp_path / "hard").hardlink_to(path)
    for target in (path, tmp_path / "link", tmp_path / "hard"):
        with pytest.raises(InputError, match="is the input"):
            Workbench().translate_file(path, target, Task("es", "en", glossaries=()))
    assert path.read_text(encoding="utf-8") == "Hello you there."


def test_a_translation_that_fails_leaves_nothing_and_what_was_there(tmp_path):
    source, target = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    source.write_text('{"text": "fine"}\n' * 3000 + "broken\n", encoding="utf-8")
    target.write_text("old", encoding="utf-8")

    class Nothing:
        timings: dict = {}

        def translate(self, segments, *_):
            return []

    account = FileAccount(source, target, "jsonl", "en", "es")
    with pytest.raises(InputError, match="3001"):
        single.translate_file(account, single.kind_of_file(source), Choices(), Nothing())
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


def test_an_empty_file_stays_empty():
    for kind in ("txt", "md", "html", "srt", "csv", "jsonl"):
        documents = read(kind, b"")
        assert write(kind, documents, {}) == b"" and segments(documents) == []


def test_json_keeps_every_other_byte():
    line = b'{ "n" : 1.50 , "text":"Hi you" , "x":[1,{"text":"no"}], "e":"\\u00e9" }\r\n'
    documents = read("jsonl", line)
    assert json.loads(line)["text"] == segments(documents)[0].source
    assert write("jsonl", documents, {"1.text": Target("Tú")}) == line.replace(b"Hi you", b"T\\u00fa")


def test_plain_text_in_parts_is_the_whole():
    data = b"".join(b"line %d\r\n" % i for i in range(5001))
    documents = list(plain.parts(io.BytesIO(data), "a", Choices()))
    assert len(documents) == 3 and write("txt", documents, {}) == data
