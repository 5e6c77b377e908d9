"""The formats that parallel text comes in."""

import gzip
import lzma

import pytest

from workbench.errors import InputError
from workbench.training.batches import shares
from workbench.training.corpus import Corpus, read_corpus
from workbench.training.pairs import Collection, Pair
from workbench.training.parallel import read_parallel
from workbench.training.recipe import Stage

WAY = [("en", "es")]
BOTH = Pair("news", "A treaty.", "Un tratado.", ("en", "es"))
TMX = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="EN-GB"><seg>A <bpt i="1">&lt;b&gt;</bpt>treaty<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="es"><seg>Un tratado.</seg></tuv><tuv xml:lang="ru"><seg>Договор.</seg></tuv></tu></body></tmx>"""
XLIFF1 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en"
target-language="es-ES"><body><trans-unit id="1"><source>A <g id="1">treaty</g>.</source><target>Un tratado.</target>
</trans-unit><trans-unit id="2"><source>Not yet.</source></trans-unit></body></file></xliff>"""
XLIFF2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="es"><file id="f">
<unit id="1"><segment><source>A treaty.</source><target>Un tratado.</target></segment></unit></file></xliff>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("news.en-es.tsv", "tier\tsource\tenglish\tother\nN\tnews\tA treaty.\tUn tratado.\nC\tnews\tX\tY\n"),
        ("news.tsv", "A treaty.\tUn tratado.\n"),
        ("news.tsv", "id\tes\ten\n1\tUn tratado.\tA treaty.\n"),
        ("news.tmx", TMX),
        ("news.xlf", XLIFF1),
        ("news.xliff", XLIFF2),
        ("news.jsonl", '{"en": "A treaty.", "es": "Un tratado."}\n\n'),
        ("news.jsonl", '{"translation": {"es": "Un tratado.", "en": "A treaty."}}\n'),
        ("news.jsonl", '{"source": "A treaty.", "target": "Un tratado."}\n'),
    ],
)
def test_every_format_gives_the_same_pair(tmp_path, name, text):
    for suffix, opened in (("", open), (".xz", lzma.open), (".gz", gzip.open)):
        path = tmp_path / (name + suffix)
        with opened(path, "wb") as file:
            file.write(text.encode())
        assert list(read_parallel(path, WAY)) == [BOTH]


def test_pairs_without_english_and_several_at_once(tmp_path):
    (tmp_path / "news.tmx").write_text(TMX, "utf-8")
    made = list(read_parallel(tmp_path / "news.tmx", [("ru", "es"), ("es", "ru"), ("en", "fr")]))
    assert [(p.source, p.target, p.languages) for p in made] == [
        ("Договор.", "Un tratado.", ("ru", "es")),
        ("Un tratado.", "Договор.", ("es", "ru")),
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("a.pdf", "x", "no parallel format 'pdf'"), ("a.tsv", "a\tb\tc\n", "expected the columns"),
     ("a.tsv", "a\tb\nc\n", "a.tsv:2: expected 2 cells"), ("a.tmx", "<tmx><tu>", "XML"),
     ("a.jsonl", "{", "a.jsonl:1: not JSON"), ("a.jsonl", '{"en": "x"}', "two language codes")],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(tmp_path, name, text, said):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=said):
        list(read_parallel(tmp_path / name, WAY))


def test_several_files_are_one_corpus_without_repetitions(tmp_path):
    (tmp_path / "a.tsv").write_text("A treaty was signed.\tSe firmó un tratado.\n", "utf-8")
    (tmp_path / "b.tsv").write_text("A treaty was signed!\t¡Se firmó un tratado!\nOne house.\tUna casa.\n", "utf-8")
    corpus = read_corpus([tmp_path / "a.tsv", tmp_path / "b.tsv"], WAY, frozenset({"*"}))
    assert {key.origin: len(pairs) for key, pairs in corpus.pairs.items()} == {"a": 1, "b": 1}
    assert corpus.dropped == {"near-repeated": 1}
    with pytest.raises(InputError, match="no usable lines of missing"):
        read_corpus([tmp_path / "a.tsv"], WAY, frozenset({"a", "missing"}))


def test_temperature_evens_out_the_pairs():
    big, small = Collection("x", "en", "fr"), Collection("x", "en", "hy")
    corpus = Corpus({big: [BOTH] * 900, small: [BOTH] * 100})
    stage = Stage("one", 1, {"x": 1.0})
    assert shares(corpus, stage, 1.0) == {big: 1.0, small: 1.0}
    even = shares(corpus, stage, 5.0)
    assert even[small] > 3 > 1 > even[big]
    assert even[big] * 900 + even[small] * 100 == pytest.approx(1000)
