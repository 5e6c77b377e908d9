import pytest

FULL = r"""name: south-caucasus
title: South Caucasus
licence: CC0-1.0
sources: {wikidata: "https://www.wikidata.org (CC0)", press: the press}
styles:
  - name: ian
    note: "Armenian surnames: with -ian"
    rules:
      - {language: en, kind: person, prefer: 'ian\b'}
      - {language: es, prefer: '  \d "x"'}
  - name: bare
entries:
  - id: ararat-mirzoyan
    kind: person
    gender: m
    keep: false
    subject: politics
    definition: A minister & diplomat <of Armenia>
    note: "kind: place"
    sources: [wikidata, press]
    external: {local: a b, wikidata: Q123, address: "https://example.org/a?b=c"}
    terms:
      en:
        - Ararat Mirzoyan
        - {text: Ararat Mirzoian, status: admitted, styles: [ian, bare], citation: "Minister: Ararat Mirzoian <said>"}
        - {text: Mirzoian, type: short, variants: [Mirzojan, Mirzoján], exact_case: true, source: BBC, note: "form: x"}
        - {text: Mirsojan, type: short, status: forbidden}
        - {text: AM, type: abbreviation, invariable: true}
      no: [No, {text: Null, status: deprecated}, {text: Nul, status: superseded}]
      ru:
        - {text: Арарат Мирзоян, forms: {gen: Арарата Мирзояна, f.pl: x}, pos: proper noun, gender: m, number: pl}
        - {text: Мирзоян, type: short, forms: [Мирзояна, Мирзояну], pos: noun, animacy: animate, fuzzy: true}
      uk:
        - {text: Мірзоян, type: short, forms: [а, {gen: b}, {gen: c}], pos: phrase}
  - id: 2020_x0041_war (Յ)
    keep: yes
    review: proposed
    terms: {ka: "ომი", zh: [一九二〇]}
""".replace("war (Յ)", "war-Յ")


@pytest.fixture
def write(tmp_path):
    """A file with a text; its path."""

    def write(text, name="sample.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def full(write):
    """A glossary that uses everything."""
    return write(FULL)
