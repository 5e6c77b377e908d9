"""Which files are taken, and where they go."""

from __future__ import annotations

import os

import pytest

from workbench.batch.inputs import destination, enclosed, gathered, guarded
from workbench.errors import InputError


@pytest.fixture
def files(tmp_path):
    def files(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x", encoding="utf-8")
        return tmp_path

    return files


def names(found):
    return [source.name for source in found.sources]


def test_a_folder_is_mirrored_without_hidden_files(files):
    root = files("in/b/c.md", "in/a.txt", "in/.git/config", "in/.hidden.txt")
    assert names(gathered([str(root / "in")], root / "out")) == ["a.txt", "b/c.md"]


def test_several_folders_keep_their_names_and_a_file_comes_once(files):
    root = files("x/a.txt", "y/a.txt")
    given = [str(root / "x"), str(root / "y"), str(root / "y" / "a.txt")]
    assert names(gathered(given, root / "out")) == ["x/a.txt", "y/a.txt"]


def test_a_pattern_is_relative_to_its_fixed_part(files):
    root = files("in/a/1.md", "in/b/2.md", "in/b/3.txt")
    assert names(gathered([f"{root}/in/**/*.md"], root / "out")) == ["a/1.md", "b/2.md"]


def test_files_of_one_stem_stay_apart(files):
    root = files("in/a.txt", "in/a.html")
    assert names(gathered([str(root / "in")], root / "out")) == ["a.html", "a.txt"]


def test_an_output_folder_inside_the_input_is_left_out(files):
    root = files("in/a.txt", "in/out/a.txt", "in/out/_workbench/report.html")
    assert names(gathered([str(root / "in")], root / "in" / "out")) == ["a.txt"]


def test_an_input_folder_that_is_the_output_folder_is_told(files):
    root = files("in/a.txt")
    with pytest.raises(InputError, match="choose another output folder"):
        gathered([str(root / "in")], root / "in")


def test_links_to_folders_are_not_followed_and_said(files):
    root = files("in/a.txt", "in/sub/b.txt")
    (root / "in" / "sub" / "loop").symlink_to(root / "in")
    found = gathered([str(root / "in")], root / "out")
    assert names(found) == ["a.txt", "sub/b.txt"]
    assert [path for path, why in found.left_out if "link to a folder" in why] == ["sub/loop"]


def test_a_pipe_is_no_file(files):
    root = files("in/a.txt")
    os.mkfifo(root / "in" / "pipe.txt")
    assert names(gathered([str(root / "in")], root / "out")) == ["a.txt"]


@pytest.mark.parametrize("given", ["none.txt", "none/*.txt"])
def test_an_input_that_is_not_there_is_an_error(tmp_path, given):
    with pytest.raises(InputError, match="none"):
        gathered([str(tmp_path / given)], tmp_path / "out")


def test_names_that_differ_in_case_alone_are_refused(files):
    root = files("in/a.txt", "in/A.txt")
    if len(os.listdir(root / "in")) == 1:
        pytest.skip("this file system knows no case")
    with pytest.raises(InputError, match="case alone"):
        gathered([str(root / "in")], root / "out")


def test_the_name_of_our_own_folder_is_refused(files):
    root = files("in/_workbench/a.txt", "in/b.txt")
    with pytest.raises(InputError, match="_workbench"):
        gathered([str(root / "in")], root / "out")


def test_no_input_is_overwritten(files):
    root = files("in/a.txt")
    (source,) = gathered([str(root / "in" / "a.txt")], root / "in").sources
    with pytest.raises(InputError, match="overwritten"):
        guarded([source], [destination(source, "es", False, root / "in")])
    guarded([source], [destination(source, "es", True, root / "in")])


def test_a_link_that_leads_out_of_the_output_folder_is_refused(files):
    root = files("elsewhere/x", "out/y")
    (root / "out" / "sub").symlink_to(root / "elsewhere")
    with pytest.raises(InputError, match="leads out"):
        enclosed(root / "out" / "sub" / "a.txt", root / "out")
    enclosed(root / "out" / "other" / "a.txt", root / "out")
