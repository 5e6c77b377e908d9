"""A batch from its order to its outputs, with a word-for-word engine."""

from __future__ import annotations

import csv
import errno
import json
import threading
from pathlib import Path

import pytest

from workbench.batch import job, report_files
from workbench.batch.account import Account, BatchAccount, FileLine, Flag
from workbench.batch.job import Stopped
from workbench.errors import InputError, MissingModel


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def decisions(tmp_path) -> list[dict[str, str]]:
    with (tmp_path / "out" / "_workbench" / "decisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tree_is_mirrored_and_terms_stand_in_their_form(run, tree, tmp_path):
    tree(a="Mirzoian said the truth.\n", sub__b="\n  Hello Pashinian.\r\n")
    account = run()
    assert text(tmp_path / "out" / "a.txt") == "Mirzoyán dijo el truth.\n"
    assert (tmp_path / "out" / "sub" / "b.txt").read_bytes() == "\n  Hola Pashinián.\r\n".encode()
    assert [(line.name, line.state) for line in account.lines] == [("a.txt", "made"), ("sub/b.txt", "made")]


def test_a_second_run_asks_the_engine_nothing_and_touches_nothing(run, tree, toy, tmp_path):
    tree(a="Hello Zelenka.", b="Hello you.")
    run()
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.txt")}
    toy.asked.clear()
    account = run()
    assert toy.asked == [] and account.fresh == 0
    assert {line.state for line in account.lines} == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_only_what_changed_is_done_again(run, tree, toy, tmp_path):
    tree(a="Hello one.", b="Hello two.", c="Hello three.")
    run()
    toy.asked.clear()
    tree(b="Hello Zelenka.")
    (tmp_path / "out" / "c.txt").write_text("spoiled by somebody", encoding="utf-8")
    account = run()
    assert [segment.source for shard in toy.asked for segment in shard.segments] == ["Hello Zelenka."]
    assert [(line.name, line.state) for line in account.lines] == [
        ("a.txt", "unchanged"), ("b.txt", "made"), ("c.txt", "made")
    ]  # fmt: skip
    assert text(tmp_path / "out" / "c.txt") == "Hola three."


def test_another_glossary_or_beam_does_everything_again(run, tree, toy):
    tree(a="Hello Pashinian.")
    run()
    toy.asked.clear()
    toy.glossary = type(toy.glossary)(toy.glossary.entries[:1])
    run()
    assert len(toy.asked) == 1
    run(fresh=True)
    assert len(toy.asked) == 2


def test_markup_within_markup_comes_out_once(run, tree, tmp_path):
    tree()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text('<p>Hello <a href="/x">with <b>Zelenka <i>came</i></b></a>.</p>')
    run()
    assert text(tmp_path / "out" / "a.html") == '<p>Hola <a href="/x">con <b>Zelenka <i>vino</i></b></a>.</p>'


def test_bad_files_stop_nothing_and_are_told(run, tree, tmp_path):
    tree(a="Hello.")
    (tmp_path / "in" / "latin.txt").write_bytes(b"caf\xe9 \xff\xfe au lait, s'il vous pla\xeet")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "in" / "program.txt").write_bytes(b"\x7fELF\xff\0\0")
    account = run()
    assert [line.name for line in account.failed] == ["latin.txt", "program.txt"]
    assert "not UTF-8" in account.failed[0].why and "no text in UTF-8" in account.failed[1].why
    assert [name for name, _ in account.left_out] == ["picture.png"]
    assert text(tmp_path / "out" / "a.txt") == "Hola."
    assert not (tmp_path / "out" / "latin.txt").exists()


def test_a_shard_that_fails_fails_its_files_and_is_tried_again(run, tree, toy, tmp_path):
    tree(a="Hello.", b="Hello poison.", c="Hello poison.")
    toy.fails = "poison"
    account = run()
    assert [(line.name, line.why) for line in account.failed] == [(n, "the engine broke") for n in ("b.txt", "c.txt")]
    toy.fails = ""
    assert run().failed == []
    assert text(tmp_path / "out" / "c.txt") == "Hola poison."


def test_a_stopped_batch_goes_on_and_ends_as_one_in_peace(run, tree, toy, tmp_path):
    files = {f"f{n:02}": f"Hello number {n} with Zelenka.\n" * (n % 3 + 1) for n in range(30)}
    tree(**files)
    stop = threading.Event()
    seen = []

    def watcher(now):
        seen.append(now)
        if len(seen) == 9:
            stop.set()

    with pytest.raises(Stopped):
        run(stop=stop, watcher=watcher, jobs=2)
    before = len(toy.asked)
    assert 9 <= before < 20 and not list((tmp_path / "out").glob("*.txt"))
    run()
    keys = [shard.key for shard in toy.asked]
    assert len(keys) == len(set(keys)) == 30
    run(out=tmp_path / "peace", jobs=1)
    for name in files:
        assert (tmp_path / "out" / f"{name}.txt").read_bytes() == (tmp_path / "peace" / f"{name}.txt").read_bytes()


def test_progress_grows_to_the_whole(run, tree):
    tree(**{f"f{n}": "Hello you.\n" * 50 * (n + 1) for n in range(5)})
    seen = []
    run(watcher=seen.append)
    shares = [now.share for now in seen if now.phase == "translating"]
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1.0)
    assert all(now.left is None or now.left >= 0 for now in seen)


def test_languages_without_a_model_are_said_before_and_the_others_done(run, tree, tmp_path):
    tree(a="Hello.")
    told = []
    account = run(to=("fr", "es"), told=told)
    assert [target for target, _ in account.missing] == ["fr"]
    assert "French" in told[0] and "workbench models pull" in told[0]
    assert text(tmp_path / "out" / "es" / "a.txt") == "Hola."
    assert not (tmp_path / "out" / "fr").exists()
    with pytest.raises(MissingModel):
        run(to=("fr",))


def test_two_batches_in_one_folder_are_refused(run, tree, tmp_path):
    from filelock import FileLock

    tree(a="Hello.")
    (tmp_path / "out" / "_workbench").mkdir(parents=True)
    with FileLock(tmp_path / "out" / "_workbench" / "lock"), pytest.raises(InputError, match="another batch"):
        run()


def test_a_full_disk_ends_the_batch_and_loses_nothing(run, tree, toy, tmp_path, monkeypatch):
    tree(a="Hello.", b="Hello you.")

    def full(beside, output):
        raise OSError(errno.ENOSPC, "No space left on device", str(output))

    with monkeypatch.context() as patched:
        patched.setattr(job, "_placed", full)
        with pytest.raises(InputError, match="free some space"):
            run()
    toy.asked.clear()
    assert run().failed == [] and toy.asked == []


def test_a_link_in_the_output_folder_is_not_followed(run, tree, tmp_path):
    tree(a="Hello.", sub__b="Hello.")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "precious.txt").write_text("precious", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "precious.txt")
    account = run()
    assert [line.name for line in account.failed] == ["sub/b.txt"]
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert text(tmp_path / "precious.txt") == "precious" and text(tmp_path / "out" / "a.txt") == "Hola."


def test_long_files_are_cut_the_same_way_each_time(run, tree, toy, tmp_path):
    tree(long="".join(f"Hello number {n}.\n" for n in range(5000)))
    run()
    sizes = [len(shard.segments) for shard in toy.asked]
    assert len(sizes) >= 20 and max(sizes) <= 256
    toy.asked.clear()
    tree(long="".join(f"Hello number {n}.\n" for n in range(5000)) + "Hello end.\n")
    run()
    assert len(toy.asked) == 1  # what was added stands in the last shard
    assert text(tmp_path / "out" / "long.txt").splitlines()[-1] == "Hola end."


# -- names ---------------------------------------------------------------------------------------


@pytest.fixture
def spelled(tree, toy):
    """Three files name Zelenka, and the model spells him otherwise in the third."""
    toy.spoils = {"other": {"Zelenka": "Zelencka"}}
    tree(a="We met Zelenka.", b="We saw Zelenka.", c="The other day we met Zelenka with Mirzoian.")


def test_a_name_has_one_form_in_all_files(run, spelled, tmp_path):
    account = run()
    assert text(tmp_path / "out" / "c.txt") == "The other day we met Zelenka con Mirzoyán."
    (row,) = decisions(tmp_path)
    assert (row["name"], row["form"], row["uses"], row["seen"]) == (
        "Zelenka",
        "Zelenka",
        "3",
        "Zelenka: 2; Zelencka: 1",
    )
    assert account.names == {"es": 1}
    assert any(e.entry == "document:Zelenka" for e in account.entities())


def test_an_edited_list_is_applied_without_the_engine(run, spelled, toy, tmp_path):
    run()
    toy.asked.clear()
    kept = tmp_path / "out" / "_workbench" / "decisions.csv"
    mine = tmp_path / "mine.csv"
    mine.write_text(text(kept).replace("Zelenka,Zelenka,", "Zelenka,Zelenca,", 1), encoding="utf-8")
    run(decisions=mine)
    assert toy.asked == []
    assert text(tmp_path / "out" / "a.txt") == "We met Zelenca."
    run()  # what was written by hand stays
    assert text(tmp_path / "out" / "a.txt") == "We met Zelenca."
    assert [(row["form"], row["counted"]) for row in decisions(tmp_path)] == [("Zelenca", "Zelenka")]


def test_a_list_that_cannot_be_read_names_file_and_line(run, spelled, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("target,name,form\nes,Zelenka,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.csv:2"):
        run(decisions=mine)


# -- reports -------------------------------------------------------------------------------------


def test_the_reports_tell_forms_flags_and_files(run, spelled, tmp_path):
    (tmp_path / "in" / "bad.txt").write_bytes(b"\xff\xff\x00\xfe")
    run(to=("es", "fr"))
    own = tmp_path / "out" / "_workbench"
    told = json.loads(text(own / "report.json"))
    assert told["files"]["made"] == 3 and [f["file"] for f in told["files"]["failed"]] == ["bad.txt"]
    assert told["targets"]["es"]["sentences"] == 3 and told["throughput"]["sentences_translated"] == 3
    mirzoyan = next(e for e in told["entities"] if e["entry"] == "mirzoyan")
    assert mirzoyan["one"] and mirzoyan["forms"] == {"Mirzoyán": {"Mirzoyán": 1}}
    with (own / "report.csv").open(encoding="utf-8", newline="") as file:
        assert {"target": "es", "entry": "mirzoyan", "asked": "Mirzoyán", "written": "Mirzoyán", "count": "1"} in list(
            csv.DictReader(file)
        )
    with (own / "files.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: (row["state"], row["sentences"], row["terms"]) for row in csv.DictReader(file)}
    assert rows == {"a.txt": ("made", "1", "0"), "b.txt": ("made", "1", "0"), "c.txt": ("made", "1", "2"),
                    "bad.txt": ("failed", "0", "0")}  # fmt: skip
    page = text(own / "report.html")
    assert "<svg" in page and "Mirzoyán" in page and "bad.txt" in page
    assert "Zelencka" in page  # what the model wrote of a name that has one form now
    assert "http" not in page and "src=" not in page and "<script" not in page


def test_a_long_list_of_flags_is_cut_on_the_page_and_whole_in_the_table(tmp_path):
    total = Account(segments=700, flags=700)
    line = FileLine("long.txt", "es", "made", total.bare())
    account = BatchAccount(
        (line,), (), (), {"es": total}, {}, (), 2.0, 1.0, 700, 1, "local", ("here:1",), (), {"from": "en", "to": ["es"]}
    )
    flags = [("long.txt", "es", Flag(f"{n}", "<b>Hello", "Hola", "lost: 5")) for n in range(700)]
    (tmp_path / "parts").mkdir()
    report_files.write(account, tmp_path, lambda: iter(flags))
    page = text(tmp_path / "report.html")
    assert page.count("&lt;b&gt;Hello") == 500 and "and 200 more in the tables beside this page" in page
    with (tmp_path / "flagged.csv").open(encoding="utf-8", newline="") as file:
        assert [row["place"] for row in csv.DictReader(file)] == [str(n) for n in range(700)]


def test_the_page_of_a_second_run_tells_of_all_that_stands(run, spelled, tmp_path):
    run()
    first = text(tmp_path / "out" / "_workbench" / "report.csv")
    account = run()
    assert text(tmp_path / "out" / "_workbench" / "report.csv") == first != ""
    assert account.totals["es"].sentences == 3 and account.fresh == 0
    assert "everything was in the journal" in text(tmp_path / "out" / "_workbench" / "report.html")
