"""The files for a reviewer, valid and read back; the names that he corrects."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from documents.samples import HTML, MARKDOWN, XLIFF_1, XLIFF_2, sample
from lxml import etree
from toy import ToyEngine

from workbench.documents.document import Choices
from workbench.documents.formats.tmx import pairs
from workbench.documents.kinds import BY_NAME, format_of
from workbench.enforcement.demands import Terms
from workbench.engines.engine import Options
from workbench.errors import InputError
from workbench.filework import review, single
from workbench.filework.single import FileAccount
from workbench.glossary.model import Glossary, Review
from workbench.glossary.store import Store
from workbench.translation.passages import Passages
from workbench.translation.translation import Translator

# The OASIS schemas, as Debian's package php-symfony-translation has them.
SCHEMAS = Path(os.environ.get("WORKBENCH_SCHEMAS", "/usr/share/php/Symfony/Component/Translation/Resources/schemas"))
TEXT = (
    b"# The talks\n\nThe minister **Mirzoyan** came to [Karabakh](https://x.org) & said <5: `run x`.  \n"
    b"The *ceasefire* began with Tomlinson.\n"
)
TABLE = {"The": "El", "minister": "ministro", "came": "vino", "to": "a", "said": "dijo", "began": "empezó",
         "Mirzoyan": "Mirzojan", "with": "con", "Karabakh": "Karabaj"}  # fmt: skip


def translated(folder, data, name, glossary, beside):
    source = folder / name
    source.write_bytes(data)
    kind = single.kind_of_file(source)
    engine = ToyEngine(TABLE)
    work = Passages([Translator(engine, Terms(glossary, "en", "es"), Options())])
    account = FileAccount(source, folder / f"made.{name}", kind.name, "en", "es")
    return single.translate_file(account, kind, Choices(), work, beside and folder / beside)


def schema(name):
    path = SCHEMAS / name
    if not path.exists():
        pytest.skip(f"no {name}: WORKBENCH_SCHEMAS or Debian's php-symfony-translation")
    parser = etree.XMLParser(no_network=True)

    class Near(etree.Resolver):
        def resolve(self, url, public, context):
            near = SCHEMAS / url.rsplit("/", 1)[-1]
            return self.resolve_filename(str(near), context) if near.exists() else None

    parser.resolvers.add(Near())
    return etree.XMLSchema(etree.parse(str(path), parser))


def valid(name, data):
    known = schema(name)
    known.assertValid(etree.fromstring(data))


@pytest.mark.parametrize(("name", "data"), [("a.md", TEXT), ("b.md", MARKDOWN), ("c.html", HTML), ("d.docx", None)])
def test_the_xliff_for_a_reviewer_is_valid_and_gives_the_translation_back(tmp_path, glossary, name, data):
    data = data or sample("docx")[1]
    account = translated(tmp_path, data, name, glossary, "review.xlf")
    made = (tmp_path / "review.xlf").read_bytes()
    again = tmp_path / "again"
    said = review.read(tmp_path / "review.xlf")
    kind = single.kind_of_file(account.source)
    count = single.apply(said, tmp_path / said.original, again, kind, Choices(), tmp_path / "review.xlf")
    assert again.read_bytes() == account.target.read_bytes()
    assert count == len(said.units) > 0 and review.corrections(said.units) == []
    valid("xliff-core-2.0.xsd", made)


def test_terms_are_marked_and_states_are_set(tmp_path, glossary):
    translated(tmp_path, TEXT, "a.md", glossary, "review.xlf")
    made = (tmp_path / "review.xlf").read_text(encoding="utf-8")
    assert '<pc id="1"><mrk id="t1" type="term">Mirzoyán</mrk></pc>' in made
    assert '<gls:translation id="w1" source="mirzoyan">Mirzoyán</gls:translation>' in made
    assert 'state="translated"' in made and '<note category="origin">model</note>' in made


def test_the_tmx_is_a_memory_for_the_next_time(tmp_path, glossary):
    translated(tmp_path, TEXT, "a.md", glossary, "review.tmx")
    made = dict(pairs(tmp_path / "review.tmx", "en", "es"))
    assert made["The talks"] == "El talks"
    root = etree.parse(str(tmp_path / "review.tmx")).getroot()
    assert {p.text for p in root.iter("prop") if p.get("type") == "x-term"} >= {"mirzoyan=Mirzoyán", "karabakh=Karabaj"}


def test_a_bilingual_file_needs_a_suffix_and_a_place_of_its_own(tmp_path, glossary):
    with pytest.raises(InputError, match=".xlf or .tmx"):
        translated(tmp_path, TEXT, "a.md", glossary, "review.doc")
    with pytest.raises(InputError, match="is the input"):
        translated(tmp_path, XLIFF_1, "a.xlf", glossary, "a.xlf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "a.xlf"]


@pytest.mark.parametrize(("data", "name"), [(XLIFF_1, "xliff-core-1.2-strict.xsd"), (XLIFF_2, "xliff-core-2.0.xsd")])
def test_a_translated_xliff_is_valid(tmp_path, data, name):
    account = translated(tmp_path, data, "a.xlf", Glossary(), None)
    made = account.target.read_bytes()
    assert b"translated" in made and b">Hecho</target>" in made
    valid(name, made)


def reviewed(folder, *changes):
    path = folder / "review.xlf"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        parts = text.split("<target")
        text = parts[0] + "".join("<target" + part.replace(old, new) if old in part.split("</target>")[0] else
                                  "<target" + part for part in parts[1:])  # fmt: skip
    path.write_text(text, encoding="utf-8")
    return review.read(path)


def test_corrected_names_are_offered_to_the_store(tmp_path, glossary):
    translated(tmp_path, TEXT, "a.md", glossary, "review.xlf")
    said = reviewed(tmp_path, (">Mirzoyán<", ">Mirzoian<"), ("Tomlinson", "Tómlinson"), ("vino", "llegó"))
    found = review.corrections(said.units)
    assert [(c.entry, c.source, c.old, c.new, c.times) for c in found] == [
        ("mirzoyan", "Mirzoyan", "Mirzoyán", "Mirzoian", 1), ("", "Tomlinson", "Tomlinson", "Tómlinson", 1),
    ]  # fmt: skip
    store = Store(str(tmp_path / "store.db"))
    store.put(review.proposals(found, said, glossary), "a reviewer")
    held = store.glossary()
    assert [entry.review for entry in held.entries] == [Review.PROPOSED] * 2
    assert Terms(held, "en", "es").demands("Mirzoyan and Tomlinson") == []  # nothing changes until it is approved
    assert "Mirzoian for Mirzoyán" in store.get("mirzoyan-review-es").entry.note


def test_a_document_that_changed_since_is_refused(tmp_path, glossary):
    account = translated(tmp_path, TEXT, "a.md", glossary, "review.xlf")
    account.source.write_bytes(TEXT.replace(b"talks", b"walks"))
    said = review.read(tmp_path / "review.xlf")
    with pytest.raises(InputError, match="changed since"):
        single.apply(said, account.source, tmp_path / "x", BY_NAME["md"], Choices(), tmp_path / "review.xlf")
    assert not (tmp_path / "x").exists()


def test_an_xliff_for_another_language_is_not_filled():
    documents = list(format_of(BY_NAME["xliff"]).parts(io.BytesIO(XLIFF_2), "a", Choices()))
    from workbench.documents.document import Target

    with pytest.raises(InputError, match="for 'es', not 'fr'"):
        format_of(BY_NAME["xliff"]).write(documents[0], {"1": Target("x")}, "fr")
