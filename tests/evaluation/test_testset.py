"""Reading test sets: what a row says, whichever way it is read, and what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.evaluation.testset import Row, read_testset

TERMS_ROW = {
    "id": "a1",
    "source": "The rule applies.",
    "reference": "Se aplica la regla.",
    "proper": {"rule": "regla"},
    "random": {"applies": "aplica"},
}
NAMES_ROW = {
    "id": "Q1_0",
    "source": "Who runs White House?",
    "targets": [
        {"translation": "¿Quién dirige la Casa Blanca?", "mention": "Casa Blanca"},
        {"translation": "¿Quién lleva la casa blanca?", "mention": "casa blanca"},
    ],
    "source_locale": "en",
    "target_locale": "es",
}


def jsonl(folder: Path, *rows: object, name: str = "en-es.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def tsv(folder: Path, text: str) -> Path:
    path = folder / "news.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_of_a_table_has_its_document_and_line(tmp_path: Path) -> None:
    path = tsv(tmp_path, "line\tdoc\ten\tes\n7\tbbc.1\tHello.\tHola.\n")
    assert read_testset(path, "es", "en").rows == (Row("7", "Hola.", "Hello.", document="bbc.1"),)


def test_a_line_separator_inside_a_sentence_ends_no_row(tmp_path: Path) -> None:
    path = tsv(tmp_path, "en\tes\r\nOne\u2028two\tUno\u0085dos\r\n")
    assert read_testset(path, "en", "es").rows == (Row("2", "One\u2028two", "Uno\u0085dos"),)


def test_columns_may_bear_english_names_and_terms(tmp_path: Path) -> None:
    path = tsv(tmp_path, 'doc\tseg\tenglish\tfrench\tterms\nC\t6\ta nose\tun nez\t[["nose", ["narine", "nez"]]]\n')
    assert read_testset(path, "en", "fr").rows[0].terms == (("nose", ("narine", "nez")),)
    assert read_testset(path, "fr", "en").rows[0].terms == (("nez", ("nose",)),)
    assert read_testset(path, "en", "fr", "none").rows[0].terms == ()


@pytest.mark.parametrize(
    ("mode", "terms"),
    [("proper", (("rule", ("regla",)),)), ("random", (("applies", ("aplica",)),)), ("none", ())],
)
def test_the_mode_picks_the_terms(tmp_path: Path, mode: str, terms: tuple) -> None:
    path = jsonl(tmp_path, TERMS_ROW)
    assert read_testset(path, "en", "es", mode).rows == (Row("a1", TERMS_ROW["source"], TERMS_ROW["reference"], terms),)


def test_the_other_direction_swaps_texts_and_terms(tmp_path: Path) -> None:
    row = read_testset(jsonl(tmp_path, TERMS_ROW), "es", "en").rows[0]
    assert (row.source, row.reference) == (TERMS_ROW["reference"], TERMS_ROW["source"])
    assert row.terms == (("regla", ("rule",)),)


def test_names_are_what_the_output_must_hold(tmp_path: Path) -> None:
    path = jsonl(tmp_path, NAMES_ROW)
    row = read_testset(path, "en", "es").rows[0]
    assert row.terms == (("", ("Casa Blanca", "casa blanca")),)
    assert row.references == tuple(t["translation"] for t in NAMES_ROW["targets"])
    back = read_testset(path, "es", "en").rows[0]
    assert (back.source, back.reference, back.terms) == (row.reference, row.source, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("en\tfr\nHi.\tSalut.\n", r"news\.tsv:1: no column 'es' \(there are: en, fr\)"),
        ("en\tes\nHi.\tHola.\nBye.\n", r"news\.tsv:3: 1 cells, but the header has 2"),
        ("en\tes\nHi.\t \n", r"news\.tsv:2: column 'es' is empty"),
        ("en\tes\ten\n", r"news\.tsv:1: column named twice: en"),
        ("en\tes\n", r"news\.tsv: no rows"),
        ("", r"news\.tsv:1: no column 'en'"),
        ("en\tes\tterms\nHi.\tHola.\t{\n", r"news\.tsv:2: not JSON"),
    ],
)
def test_a_malformed_table_says_where(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_testset(tsv(tmp_path, text), "en", "es")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([1], r":2: a row must be a JSON object"),
        ({"source": "Hi.", "proper": {}}, r":2: no 'reference' \(there are: source, proper\)"),
        ({"source": "Hi.", "reference": 5, "proper": {}}, r":2: 'reference' must be a text"),
        ({"source": "Hi.", "reference": "Hola."}, r":2: no 'proper' terms"),
        ({"source": "Hi.", "reference": "Hola.", "proper": "hi"}, r":2: 'proper' must map"),
        ({"source": "Hi.", "reference": "Hola.", "proper": [["hi"]]}, r":2: 'proper' must map"),
        ({"source": "Hi.", "reference": "Hola.", "proper": {"hi": []}}, r":2: 'proper' has a term without"),
        ({"source": "Hi.", "reference": "Hola.", "proper": {"hi": 3}}, r":2: 'proper' has a term without"),
        ({"source": "Hi.", "targets": []}, r":2: 'targets' must be a list"),
        ({"source": "Hi.", "targets": [{"translation": "Hola."}]}, r":2: no 'mention'"),
        (NAMES_ROW | {"target_locale": "fr"}, r":2: holds en-fr, not en-es"),
    ],
)
def test_a_malformed_row_says_where(tmp_path: Path, row: object, message: str) -> None:
    with pytest.raises(InputError, match=r"en-es\.jsonl" + message):
        read_testset(jsonl(tmp_path, TERMS_ROW, row), "en", "es")


def test_a_file_of_another_pair_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds en-es, not en-ru"):
        read_testset(jsonl(tmp_path, TERMS_ROW), "en", "ru")


def test_broken_json_says_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "en-es.jsonl"
    path.write_text('{"source": \n', encoding="utf-8")
    with pytest.raises(InputError, match=r"en-es\.jsonl:1: not JSON \(.* at column \d+\)"):
        read_testset(path, "en", "es")


def test_another_encoding_says_line_and_way_out(tmp_path: Path) -> None:
    path = tmp_path / "news.tsv"
    path.write_bytes("en\tes\nTomorrow\tmañana\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"news\.tsv:2: not UTF-8 \(byte 0xf1\); save the file as UTF-8"):
        read_testset(path, "en", "es")


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.tsv: cannot be read"):
        read_testset(tmp_path / "gone.tsv", "en", "es")
    with pytest.raises(InputError, match=r"no test set format '\.csv' \(known: \.tsv, \.jsonl\)"):
        read_testset(tmp_path / "set.csv", "en", "es")
    with pytest.raises(InputError, match="no mode 'improper'"):
        read_testset(tmp_path / "set.tsv", "en", "es", "improper")


def test_a_file_named_after_its_pair_is_called_by_its_folder_too(tmp_path: Path) -> None:
    assert read_testset(jsonl(tmp_path, TERMS_ROW), "en", "es").name == f"{tmp_path.name}/en-es"
