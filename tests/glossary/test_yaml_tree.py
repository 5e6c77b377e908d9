"""The YAML format: what it reads, what it gives back, how it complains."""

import time
import unicodedata

import pytest

from workbench.errors import GlossaryError
from workbench.glossary.formats import yaml_tree
from workbench.glossary.model import Kind, Preference, Status, Term, Type


def entry(line):
    return f"entries:\n  - id: a\n    terms: {{en: [A]}}\n{line}\n"


def term(fields):
    return f"entries:\n  - id: a\n    terms:\n      en:\n        - A\n        - {{{fields}}}\n"


def test_a_bare_string_is_a_preferred_full_term(full):
    ararat = yaml_tree.read(full)["ararat-mirzoyan"]
    assert ararat.terms[0] == Term("en", "Ararat Mirzoyan", Status.PREFERRED, Type.FULL)
    assert (ararat.kind, ararat.gender, ararat.keep) == (Kind.PERSON, "m", False)
    assert ararat.external[1] == ("wikidata", "Q123")


def test_a_term_keeps_all_its_fields(full):
    glossary = yaml_tree.read(full)
    short = glossary["ararat-mirzoyan"].terms[2]
    assert short == Term(
        "en",
        "Mirzoian",
        type=Type.SHORT,
        variants=("Mirzojan", "Mirzoján"),
        exact_case=True,
        source="BBC",
        note="form: x",
    )
    russian = [t for t in glossary["ararat-mirzoyan"].terms if t.language == "ru"]
    assert russian[0].forms == (("gen", "Арарата Мирзояна"), ("f.pl", "x"))
    assert russian[1].forms == (("", "Мирзояна"), ("", "Мирзояну"))
    assert (russian[0].pos, russian[0].gender, russian[0].number) == ("proper noun", "m", "pl")


def test_words_that_yaml_takes_for_values_stay_texts(full):
    terms = [t for t in yaml_tree.read(full)["ararat-mirzoyan"].terms if t.language == "no"]
    assert [t.text for t in terms] == ["No", "Null", "Nul"]


def test_styles_are_read(full):
    glossary = yaml_tree.read(full)
    assert glossary.styles[0].preferences[0] == Preference("en", r"ian\b", Kind.PERSON)
    assert glossary.styles[0].note == "Armenian surnames: with -ian"
    assert glossary.styled("ian")["ararat-mirzoyan"].preferred("en").text == "Ararat Mirzoian"


def test_what_is_written_is_read_back(full, tmp_path):
    glossary = yaml_tree.read(full)
    yaml_tree.write(glossary, tmp_path / "again.yaml")
    yaml_tree.write(glossary, tmp_path / "once more.yaml")
    assert yaml_tree.read(tmp_path / "again.yaml") == glossary
    assert (tmp_path / "again.yaml").read_text() == (tmp_path / "once more.yaml").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.yaml", "once more.yaml", "sample.yaml"]


def test_texts_are_nfc_trimmed_and_on_one_line(write):
    text = unicodedata.normalize("NFD", "Pashinián é")
    glossary = yaml_tree.read(write(f'entries:\n  - {{id: a, terms: {{es: ["  {text}\\n  x "]}}}}\n'))
    assert glossary["a"].terms[0].text == "Pashinián é x"


def test_languages_are_two_letter_codes(write):
    glossary = yaml_tree.read(write("entries: [{id: a, terms: {EN: A, es-MX: B}}]"))
    assert [t.language for t in glossary["a"].terms] == ["en", "es"]


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(write):
    glossary = yaml_tree.read(write(b"\xef\xbb\xbfentries:\r\n  - id: a\r\n    terms: {en: [A]}\r\n"))
    assert (len(glossary), glossary.name) == (1, "sample")


WRONG = {
    "yaml syntax": ("entries:\n  - id: [a\n  - id: b\n", 3, "not valid YAML"),
    "a tab": ("entries:\n\t- id: a\n", 2, "spaces, not tabs"),
    "a colon in a text": ("title: x: y\nentries: []\n", 1, "quotes around"),
    "an unknown key at the top": ("license: x\nentries: []\n", 1, "did you mean 'licence'?"),
    "an unknown key of an entry": (entry("    knid: person"), 4, "did you mean 'kind'?"),
    "an unknown key of a term": (term("text: B, stauts: admitted"), 6, "did you mean 'status'?"),
    "an unknown status": (term("text: B, status: prefered"), 6, "did you mean 'preferred'?"),
    "an unknown type": (term("text: B, type: long"), 6, "known: full, short, abbreviation"),
    "an unknown review": (entry("    review: aproved"), 4, "did you mean 'approved'?"),
    "an unknown animacy": (term("text: B, animacy: anim"), 6, "did you mean 'animate'?"),
    "an unknown style of a term": (
        "styles: [{name: ian}]\n" + term("text: B, styles: [yan]"),
        7,
        "did you mean 'ian'?",
    ),
    "an unknown kind": (entry("    kind: human"), 4, "unknown kind 'human'"),
    "an unknown gender": (entry("    gender: x"), 4, "known: m, f"),
    "an unknown language": ("entries:\n  - id: a\n    terms:\n      xx: [A]\n", 4, "unknown language 'xx'"),
    "an unknown part of speech": (term("text: B, type: short, pos: nuon"), 6, "did you mean 'noun'?"),
    "an unknown source": ("sources: {un: x}\n" + entry("    sources: [uno]"), 5, "did you mean 'un'?"),
    "no id": ("entries:\n  - kind: term\n    terms: {en: [A]}\n", 2, "without id"),
    "an id with a space": ("entries:\n  - id: a b\n    terms: {en: [A]}\n", 2, "has a space"),
    "the same id": (entry("  - id: a\n    terms: {en: [B]}"), 4, "first in line 2"),
    "no terms": ("entries:\n  - kind: term\n    id: a\n", 3, "has no terms"),
    "a term without text": (term("type: short"), 6, "has no 'text'"),
    "an empty term": ('entries:\n  - id: a\n    terms: {en: [""]}\n', 3, "without text"),
    "an empty variant": (term('text: B, type: short, variants: [""]'), 6, "an empty text in 'variants'"),
    "an empty form": (term("text: B, type: short, forms: {gen: }"), 6, "an empty form"),
    "a strange label": (term("text: B, type: short, forms: {a b: x}"), 6, "not a label"),
    "two preferred terms": (term("text: B"), 6, "'A' and 'B', first in line 5"),
    "two preferred short terms": (
        "entries:\n- id: a\n  terms:\n    en:\n    - {text: A, type: short}\n    - {text: B, type: short}\n",
        6,
        "two preferred short terms in 'en'",
    ),
    "two preferred terms of a region": (
        "entries:\n- id: a\n  terms:\n    en-gb: [A]\n    en_GB: [B]\n",
        5,
        "two preferred full terms in 'en-GB'",
    ),
    "the same term twice": (term("text: A, status: forbidden"), 6, "first in line 5"),
    "a bad pattern": (
        "entries: []\nstyles:\n- name: x\n  rules:\n  - {language: en, prefer: '(ian'}\n",
        5,
        "not a regular expression",
    ),
    "a rule without pattern": ("entries: []\nstyles:\n- name: x\n  rules:\n  - {language: en}\n", 5, "no 'prefer'"),
    "a style without name": ("entries: []\nstyles:\n- note: x\n", 3, "no 'name'"),
    "a style twice": ("entries: []\nstyles:\n- name: x\n- name: x\n", 4, "first in line 3"),
    "a key twice": (entry("    id: b"), 4, "the key 'id' stands twice, first in line 2"),
    "a flag that is none": (entry("    keep: maybe"), 4, "neither true nor false"),
    "a list for a text": (entry("    note: [x]"), 4, "'note' is not a text"),
    "a text for a mapping": (entry("  - Yerevan"), 4, "an entry is not a mapping"),
    "entries as a mapping": ("entries:\n  a: {terms: {en: A}}\n", 2, "'entries' is not a list"),
    "terms as a list": ("entries:\n  - id: a\n    terms: [A]\n", 3, "'terms' is not a mapping"),
    "an external key without value": (entry("    external: {wikidata: }"), 4, "has no value"),
    "an anchor": ("entries:\n  - id: &x a\n    terms: {en: [A]}\n", 2, "the anchor '&x'"),
    "an alias": (entry("    note: *x"), 4, "the alias '*x'"),
    "a merge key": (entry("    <<: {note: x}"), 4, "unknown key '<<'"),
    "a Python tag": (entry("    note: !!python/object/apply:os.system [ls]"), 4, "the tag"),
    "a second document": ("entries: []\n---\nentries: []\n", 2, "a second YAML document"),
    "a control character": ("entries: []\n# \x07\n", 2, "U+0007"),
    "an escaped control character": (entry('    note: "\\a"'), 4, "U+0007"),
    "too many levels": ("entries: " + "[" * 100_000, 1, "levels deep"),
    "no entries": ("name: x\n", 1, "no 'entries'"),
    "an empty file": (" \n", 1, "empty"),
    "only a comment": ("# nothing\n", 1, "empty"),
    "a file in cp1251": ("# да\n# Мирзоян\n".encode("cp1251"), 1, "cp1251"),
    "a file in KOI8-R": ("x\n# Мирзоян\n".encode("koi8-r"), 2, "KOI8-R"),
    "a file in Latin-1": ("x\ny\n# Pashinián, Azerbaiyán\n".encode("latin-1"), 3, "Latin-1"),
    "a file in UTF-16": ("entries: []".encode("utf-16"), 1, "UTF-16"),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_mistake_is_told_with_its_line(case, write):
    text, line, says = WRONG[case]
    path = write(text)
    with pytest.raises(GlossaryError) as error:
        yaml_tree.read(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert says in str(error.value)
    assert "; " in str(error.value)


def test_a_billion_laughs_are_refused(write):
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(GlossaryError, match="anchor"):
        yaml_tree.read(write(laughs))


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(GlossaryError, match="no such file"):
        yaml_tree.read(tmp_path / "none.yaml")
    with pytest.raises(GlossaryError, match="cannot be read"):
        yaml_tree.read(tmp_path)


def test_writing_into_a_missing_folder_is_told(full, tmp_path):
    with pytest.raises(GlossaryError, match="cannot be written"):
        yaml_tree.write(yaml_tree.read(full), tmp_path / "none" / "a.yaml")


def test_a_large_glossary_loads_at_once(write):
    lines = ["entries:"]
    for number in range(300):
        lines.append(f"  - id: e{number}\n    kind: person\n    sources: [x]\n    terms:")
        for code in "en es ru hy ka az tr fr de uk".split():
            lines.append(f"      {code}: [{{text: N{number}, variants: [M{number}], forms: {{gen: O{number}}}}}]")
    path = write("\n".join(lines))
    times = []
    for _ in range(3):
        start = time.process_time()
        assert len(yaml_tree.read(path)) == 300
        times.append(time.process_time() - start)
    assert min(times) < 0.4
