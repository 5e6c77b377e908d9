"""Alignment error against links made by hand."""

import json

import pytest
from toy import ToyEngine

from workbench.errors import InputError
from workbench.evaluation.alignment import alignment, read_aligned
from workbench.text import words


def test_our_sentences_are_a_hundred_and_every_link_lies_inside():
    rows = read_aligned(None, "en", "es")
    assert len(rows) == 100 and len({row.source for row in rows}) == 100
    for row in rows:
        here, there = len(words(row.source)), len(words(row.target))
        assert all(i < here and j < there for i, j in row.links)
        assert len(row.links) >= here // 2
    assert read_aligned(None, "es", "en")[0].links == frozenset((j, i) for i, j in rows[0].links)


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "aligned.jsonl"
    row = {"source": "Armenia signs treaties", "target": "Armenia firma tratados", "links": [[0, 0], [1, 1], [2, 2]]}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return path


def test_a_word_for_word_engine_errs_where_the_links_cross(lines):
    engine = ToyEngine({})
    found = alignment(engine, read_aligned(lines, "en", "es"))
    assert (found.error, found.precision, found.recall) == (0, 1, 1)
    row = json.loads(lines.read_text("utf-8")) | {"links": [[0, 0], [2, 1], [1, 2]]}
    lines.write_text(json.dumps(row) + "\n", "utf-8")
    assert alignment(engine, read_aligned(lines, "en", "es")).error == pytest.approx(2 / 3)


def test_what_is_wrong_with_a_file_is_said(tmp_path, lines):
    with pytest.raises(InputError, match="no aligned sentences of en-ru"):
        read_aligned(None, "en", "ru")
    lines.write_text('{"source": "a", "target": "b", "links": [[0, 1]]}\n', "utf-8")
    with pytest.raises(InputError, match="aligned.jsonl:1: a link beyond"):
        read_aligned(lines, "en", "es")


@pytest.mark.model
def test_the_bundled_model_looks_where_it_should():
    from workbench.engines import registry

    engine = registry.load(registry.find("en", "es"))
    assert alignment(engine, read_aligned(None, "en", "es")).error < 0.35
