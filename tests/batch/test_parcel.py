"""Several files at once: each its own fate, one account, no folder of this machine in what people read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from threading import Event

import pytest
from api.toys import ToyBench

from workbench.batch.parcel import Parcel, Step, zipped
from workbench.errors import InputError
from workbench.filework.single import Task
from workbench.shelf import safe_name


def parcel(folder: Path, files: dict[str, bytes], **options: object) -> Parcel:
    paths = []
    for number, (name, data) in enumerate(files.items()):
        (folder / str(number)).mkdir()
        paths.append(folder / str(number) / name)
        paths[-1].write_bytes(data)
    (folder / "out").mkdir()
    return Parcel(tuple(paths), ("es",), folder / "out", Task("es", "en"), **options)  # type: ignore[arg-type]


def test_each_file_has_its_own_fate_and_the_report_tells_of_all(tmp_path: Path) -> None:
    files = {"a.txt": b"Mirzoian came to Yerevan.\n", "b.html": b"<p>Yerevan and <b>Yerevan</b></p>",
             "bad.docx": b"PK no zip", "break.txt": b"BREAK this one\n"}  # fmt: skip
    steps: list[Step] = []
    delivered = ToyBench().deliver(parcel(tmp_path, files, bilingual=True), steps.append, Event())
    made = {line.name: line for line in delivered.lines}
    assert made["a.txt"].path.read_text(encoding="utf-8") == "Mirzoyán came to Ereván.\n"
    assert made["b.html"].path.read_text(encoding="utf-8") == "<p>Ereván y <b>Ereván</b></p>"
    assert made["bad.docx"].path is None and made["bad.docx"].why and str(tmp_path) not in made["bad.docx"].why
    assert made["break.txt"].broken and "secret" not in made["break.txt"].why
    assert [step.share for step in steps] == sorted(step.share for step in steps) and steps[-1].number == 4
    told = json.loads((delivered.report / "report.json").read_text(encoding="utf-8"))
    assert told["entities"][0]["forms"] == {"Ereván": {"Ereván": 3}}
    assert [failed["file"] for failed in told["files"]["failed"]] == ["bad.docx", "break.txt"]
    names = zipfile.ZipFile(zipped(delivered, tmp_path / "all.zip")).namelist()
    assert names[:3] == ["a.es.txt", "a.es.txt.xlf", "b.es.html"] and "report/report.html" in names
    assert [side.target for side in made["a.txt"].sides] == ["Mirzoyán came to Ereván."]


def test_who_stops_keeps_what_is_finished(tmp_path: Path) -> None:
    stop = Event()

    def tell(step: Step) -> None:
        if step.number == 2:
            stop.set()

    delivered = ToyBench().deliver(parcel(tmp_path, {"a.txt": b"Yerevan", "b.txt": b"Yerevan"}), tell, stop)
    assert delivered.stopped and [line.name for line in delivered.made] == ["a.txt"]
    assert not list(tmp_path.glob("out/.*")), "nothing half written stays"


def test_files_of_one_name_stand_apart_and_too_much_is_refused(tmp_path: Path) -> None:
    given = parcel(tmp_path, {"a.txt": b"Yerevan"})
    twins = Parcel((given.files[0], given.files[0]), ("es",), given.out, given.task)
    assert [line.path.name for line in ToyBench().deliver(twins, lambda step: None, Event()).lines] == [
        "a.es.txt", "a-2.es.txt",
    ]  # fmt: skip
    with pytest.raises(InputError, match="7 characters are too many"):
        ToyBench().deliver(Parcel(given.files, ("es",), given.out, given.task, most=6), lambda step: None, Event())


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\статья 1.docx", "статья 1.docx"),
        ("<img src=x onerror=boom()>.txt", "img src_x onerror_boom()_.txt"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("x" * 300 + ".txt", "x" * 80 + ".txt"),
    ],
)
def test_a_clients_name_never_is_a_path(given: str, safe: str) -> None:
    assert safe_name(given) == safe
