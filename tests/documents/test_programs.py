"""Files of real programs, translated and opened by them again."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from documents.samples import HTML, PO, sample
from toy import ToyEngine

from workbench.documents.document import Choices
from workbench.enforcement.demands import Terms
from workbench.engines.engine import Options
from workbench.filework import single
from workbench.filework.single import FileAccount
from workbench.translation.passages import Passages
from workbench.translation.translation import Translator

TABLE = {"Hello": "Hola", "friend": "amigo", "you": "usted", "file": "archivo", "files": "archivos", "new": "nuevo"}
office = pytest.mark.skipif(shutil.which("soffice") is None, reason="no soffice: Debian's libreoffice-writer-nogui")


def translated(path, glossary, target):
    kind = single.kind_of_file(path)
    work = Passages([Translator(ToyEngine(TABLE), Terms(glossary, "en", "es"), Options())])
    account = FileAccount(path, target, kind.name, "en", "es")
    single.translate_file(account, kind, Choices(), work)
    return target


def converted(path, suffix, folder):
    """By LibreOffice, with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", folder / "out", path]
    made = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=240)
    out = folder / "out" / f"{path.stem}.{suffix.split(':')[0]}"
    assert out.exists(), made.stdout + made.stderr
    return out


@office
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_a_document_of_libreoffice_opens_there_again_after_translation(tmp_path, glossary, suffix):
    (tmp_path / "page.html").write_bytes(HTML.replace(b"dear</i>", b"dear</i> Mirzoyan"))
    source = converted(
        tmp_path / "page.html", f"{suffix}:{'writer8' if suffix == 'odt' else 'MS Word 2007 XML'}", tmp_path
    )
    made = translated(source, glossary, tmp_path / f"made.{suffix}")
    text = converted(made, "txt:Text", tmp_path).read_text(encoding="utf-8-sig")
    assert "Hola" in text and "Mirzoyán" in text and "amigo" in text and "Hello" not in text


@office
@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_document_of_a_library_opens_in_libreoffice_after_translation(tmp_path, glossary, name):
    source = tmp_path / f"a.{name}"
    source.write_bytes(sample(name)[1])
    made = translated(source, glossary, tmp_path / f"made.{name}")
    assert "Hola" in converted(made, "txt:Text", tmp_path).read_text(encoding="utf-8-sig")


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no msgfmt: gettext")
def test_a_translated_catalogue_compiles_with_every_check(tmp_path, glossary):
    (tmp_path / "a.po").write_bytes(PO.replace(b'"Plural', b'"MIME-Version: 1.0\\n"\n"Plural'))
    made = translated(tmp_path / "a.po", glossary, tmp_path / "made.po")
    said = subprocess.run(
        ["msgfmt", "--check-format", "--check-domain", "--statistics", "-o", tmp_path / "a.mo", made],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "4 translated messages" in said.stderr
    import gettext

    with (tmp_path / "a.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Hello %s, <b>you</b>") == "Hola %s, <b>usted</b>"
    assert catalogue.npgettext("menu", "One file", "%d files", 5) == "%d archivos"
