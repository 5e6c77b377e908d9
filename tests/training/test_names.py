"""Name lists as training pairs."""

import json
import lzma

import pytest

from workbench.engines.cache import sha256
from workbench.errors import InputError
from workbench.fileformats import read_toml
from workbench.training import known
from workbench.training.names import Named, alphabet, fault, held_out, read_names, tags
from workbench.training.vocabulary import character_vocabulary, load_vocabulary
from workbench.transliteration.known import KnownNames, SeenNames


@pytest.fixture
def lists(tmp_path):
    def put(name, rows, header="split\tlatin\tother\tcount"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with lzma.open(path, "wt", encoding="utf-8") as file:
            file.write("\n".join([header, *("\t".join(map(str, row)) for row in rows)]) + "\n")

    put("netranslit/ru.tsv.xz", [("train", "falla", "фалья", 20), ("dev", "tooke", "тук", 3)])
    put("netranslit/katakana.tsv.xz", [("train", "pash", "パッシュ", 1)])
    put(
        "deepchar/ru.tsv.xz",
        [("train", "tooke", "туке", 1), ("train", "horio", "хорио", 1), ("train", "x" * 31, "икс", 1)],
    )
    put(
        "names_translator_uk_ru.tsv.xz",
        [("first", 0, "Хміль", "Хмиль"), ("first", 1, "Хміль", "Хмель")],
        "pool\trank\tuk\tru",
    )
    place = {"names": {"hy": ["Նորաշեն"], "ru": ["Норашен"], "az": ["Göllü"], "en": ["Norashen"], "fr": ["Norashen"]}}
    with lzma.open(tmp_path / "places.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(place) + "\n")
    return tmp_path


def by_way(corpus):
    return {key.origin: pairs for key, pairs in corpus.pairs.items()}


def test_pairs_go_both_ways_and_a_frequent_one_more_often(lists):
    pairs = by_way(read_names(lists))
    assert [(p.source, p.target) for p in pairs["en-ru"]].count((">>ru<<<en>falla", "фалья")) == 1 + 2  # ln 20
    assert (">>en<<<ru>фалья", "falla") in [(p.source, p.target) for p in pairs["ru-en"]]
    assert [p.target for p in pairs["en-ja"]] == ["パッシュ"]


def test_development_names_stay_out_of_every_list_and_direction(lists):
    corpus = read_names(lists)
    assert not any(
        "tooke" in p.source or p.target in ("tooke", "тук") for pairs in corpus.pairs.values() for p in pairs
    )
    assert corpus.dropped["in a development split"] == 1
    assert corpus.dropped["length"] == 1
    assert held_out(lists)["en-ru"] == {">>ru<<<en>tooke": {"тук", "туке"}}


def test_other_names_of_one_place_are_no_pair_and_second_ranks_are_left(lists):
    pairs = by_way(read_names(lists))
    assert [p.target for p in pairs["hy-ru"]] == ["норашен"]
    assert not {"az-hy", "az-en", "az-ru"} & pairs.keys()
    assert [p.target for p in pairs["uk-ru"]] == ["хмиль"]


@pytest.mark.parametrize(
    ("latin", "language", "other", "why"),
    [
        ("picard", "ar", "بيكار", ""),
        ("đoković", "he", "ג'וקוביץ'", ""),
        ("varzhapeti\ufe20a\ufe21n", "hy", "վարժապետյան", ""),
        ("agbaje", "el", "αγκμπάζε", ""),
        ("sukemitsu", "ru", "хонда", "two names"),
        ("wingate", "fa", "دبلیو", "two names"),
        ("(singer)", "fa", "(خواننده)", "no name"),
        ("17th", "ar", "إدوارد", "no name"),
        ("x" * 31, "ru", "икс", "length"),
    ],
)
def test_a_pair_of_two_names_is_told_from_one_name(latin, language, other, why):
    assert fault(Named("en", language, latin, other)) == why


def test_a_pair_seen_twice_is_believed():
    assert fault(Named("en", "ru", "sukemitsu", "хонда", 2)) == ""


def test_known_names_do_not_hold_what_development_names_would_answer(lists, tmp_path):
    found = known.known_names(lists)
    assert found["en"] == {"falla": 20, "horio": 1, "pash": 1, "tooke": 1, "norashen": 2}  # places: of each language
    assert "туке" not in found["ru"] and found["ru"]["фалья"] == 20 and found["ru"]["хмиль"] == 1
    assert found["hy"] == {"նորաշեն": 2} and "ja" not in found
    model = tmp_path / "model"
    model.mkdir()
    (model / "card.toml").write_text("[sha256]\n", encoding="utf-8")
    known.write(lists, model)
    assert dict(KnownNames(model).of("en")) == found["en"] and not KnownNames(model).of("ja")
    card = read_toml(model / "card.toml")
    assert card["sha256"]["known.en.tsv.xz"] == sha256(model / "known.en.tsv.xz")
    assert SeenNames(model).of("ru", "en")["фалья"] == {"falla": 20} and "тук" not in SeenNames(model).of("ru", "en")
    assert SeenNames(model).of("en", "ru")["tooke"] == {"туке": 1} and not SeenNames(model).of("ru", "hy")


def test_a_vocabulary_of_characters_keeps_tags_whole(lists, tmp_path):
    corpus = read_names(lists)
    character_vocabulary(alphabet(corpus), tags(corpus), tmp_path / "run")
    pieces = load_vocabulary(tmp_path / "run")
    assert pieces.encode(">>ru<<<en>falla", out_type=str) == [">>ru<<", "<en>", *"falla"]
    assert pieces.decode(pieces.encode("фалья")) == "фалья"
    ids = json.loads((tmp_path / "run" / "vocab.json").read_text(encoding="utf-8"))
    assert ids["<pad>"] == pieces.get_piece_size() and ids[">>hy<<"] == pieces.piece_to_id(">>hy<<")


def test_a_folder_without_lists_is_said(tmp_path):
    with pytest.raises(InputError, match="no folder netranslit"):
        read_names(tmp_path)
