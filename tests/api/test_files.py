"""/translate_file as LibreTranslate's clients send it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from api.toys import ToyBench
from starlette.testclient import TestClient

from workbench.api.app import build
from workbench.api.settings import Settings

ODD = "../../<img src=x onerror=boom()>.txt"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return TestClient(build(ToyBench(), Settings(db=str(tmp_path / "glossary.db"), body_bytes=100_000)))


def sent(client: TestClient, name: str, data: bytes, **fields: str) -> tuple[int, dict]:
    answer = client.post(
        "/translate_file", data={"source": "en", "target": "es", **fields}, files={"file": (name, data)}
    )
    return answer.status_code, answer.json()


def test_a_document_goes_there_and_comes_back_in_its_format(client: TestClient) -> None:
    docx = pytest.importorskip("docx")
    given, made = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Mirzoian came to ").add_run("Yerevan").bold = True
    document.save(given)
    status, said = sent(client, "visit.docx", given.getvalue())
    assert status == 200 and list(said) == ["translatedFileUrl"]
    answer = client.get(said["translatedFileUrl"])
    made.write(answer.content)
    assert docx.Document(made).paragraphs[0].text == "Mirzoyán came to Ereván"
    assert 'filename="visit.es.docx"' in answer.headers["content-disposition"]
    assert ".docx" in client.get("/frontend/settings").json()["supportedFilesFormat"]


def test_names_of_clients_are_no_paths_and_results_have_unguessable_names(client: TestClient) -> None:
    status, said = sent(client, ODD, b"Yerevan")
    assert status == 200
    assert client.get(said["translatedFileUrl"]).text == "Ereván"
    assert len(said["translatedFileUrl"].rsplit("/", 1)[1].split(".")[0]) >= 32
    for guess in ("img src_x onerror_boom()_.es.txt", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd"):
        assert client.get(f"/download_file/{guess}").status_code == 404


def test_what_cannot_be_translated_is_told_in_one_line(client: TestClient) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    for name, data, status, words in (
        ("a.docx", b"PK nothing", 400, "a.docx"),
        ("bomb.docx", bomb.getvalue(), 400, "bomb.docx"),
        ("a.pdf", b"%PDF\0", 400, "a.pdf"),
        ("a.txt", b"BREAK", 503, "something went wrong"),
        ("a.txt", b"x" * 200_000, 413, "larger"),
    ):
        answered, said = sent(client, name, data)
        assert answered == status and words in said["error"] and tempfile.gettempdir() not in said["error"], said
    assert sent(client, "a.txt", b"Yerevan", target="xx")[0] == 400
    assert client.post("/translate_file", data={"source": "en", "target": "es"}).status_code == 400
    assert client.post("/translate_file", json={}).json()["error"]
