"""What augmentation does to a pair, and that a seed decides it."""

import itertools
import random
from dataclasses import replace

import pytest
import torch

from workbench.engines.annotation import Annotation, Hint, annotated
from workbench.engines.pieces import Vocabulary
from workbench.errors import InputError
from workbench.spans import Span
from workbench.training import noise
from workbench.training.batches import LONG, _joined, batches
from workbench.training.lemmas import lemma
from workbench.training.materials import Inputs, Materials
from workbench.training.pairs import Pair
from workbench.training.recipe import Augment, read_recipe
from workbench.training.splitting import Splitter
from workbench.training.switching import Name, Names, read_names

WAY = ("en", "es")


@pytest.fixture(scope="module")
def materials(tmp_path_factory, data, recipe):
    shares = Augment(annotate=0.5, unknown=0.0, quotes=0.0)
    return Materials(replace(recipe, augment=shares), Inputs((data,)), tmp_path_factory.mktemp("run"), None)


@pytest.fixture(scope="module")
def aligner(materials):
    return materials.aligner()


def lines_of(materials, augmenter, seed=1):
    rng = random.Random(seed)
    pairs = [pair for group in materials.corpus.pairs.values() for pair in group]
    return [(pair, augmenter(pair, rng)) for pair in pairs]


def test_half_of_the_lines_stay_and_the_others_show_a_form_of_the_target(materials, aligner):
    made = lines_of(materials, materials.augmenter(aligner))
    begin, middle, end, _ = (materials.ids[piece] for piece in Annotation().pieces)
    hinted = [(pair, line) for pair, line in made if begin in line.source]
    assert 25 <= len(hinted) <= 60
    for pair, line in hinted:
        first = line.source.index(middle)
        hint = materials.pieces.decode(line.source[first + 1 : line.source.index(end)])
        assert hint.split()[0].lower()[:2] in pair.target.lower()  # ve and ver, quiere and querer
        assert line.target == materials.pieces.encode(pair.target)
    for pair, line in made:
        if begin not in line.source:
            assert line.source == line.keys == materials.pieces.encode(pair.source)


def test_nothing_is_aligned_to_a_marker_or_a_hint(materials, aligner):
    markers = {materials.ids[piece] for piece in Annotation().pieces}
    for pair, line in lines_of(materials, materials.augmenter(aligner)):
        plain = [key for key in line.keys if key != materials.pad]
        assert plain == materials.pieces.encode(pair.source)
        wanted, _ = aligner(torch.tensor([line.keys]), torch.tensor([line.target]))
        for column, piece in enumerate(line.source):
            if piece in markers or line.keys[column] == materials.pad:
                assert wanted[0, :, column].sum() == 0


def test_a_masked_hint_is_aligned_as_its_term(materials, aligner):
    materials.recipe = replace(materials.recipe, augment=Augment(annotate=0.5, masked=1.0, unknown=0.0, quotes=0.0))
    mask = materials.ids[Annotation().mask]
    masked = [(p, line) for p, line in lines_of(materials, materials.augmenter(aligner)) if mask in line.source]
    assert masked
    for pair, line in masked:
        assert len(line.keys) == len(line.source)
        assert set(line.keys) - {materials.pad} <= set(materials.pieces.encode(pair.source))
        assert line.keys[line.source.index(mask)] == materials.pad


def test_training_and_engine_annotate_alike(materials, aligner, tmp_path_factory, recipe):
    from workbench.training import export
    from workbench.training.trainer import Trainer

    folder = tmp_path_factory.mktemp("model")
    data = materials.corpus
    trainer = Trainer(recipe, Inputs(()), materials.folder, corpus=data)
    export.write(trainer, folder)
    vocabulary = Vocabulary(folder, "es")
    sentence = "The old minister signs the new treaty today."
    hint = Hint(Span(8, 16), "ministro")
    pieces = vocabulary.pieces(sentence)
    read, fold = annotated(pieces, [hint], Annotation(), vocabulary.target_pieces)
    begin, middle, end, _ = Annotation().pieces
    text = "".join(read).replace("▁", " ")
    assert text == f" The old{begin} minister{middle} ministro{end} signs the new treaty today."
    assert [piece for piece in read if piece not in (begin, middle, end)] != [piece.text for piece in pieces]
    assert fold.shape == (len(read) + 1, len(pieces) + 1) and (fold.sum(1) - 1).max() < 1e-6


def test_a_seed_gives_the_same_batches(materials, aligner, recipe):
    def epoch(number):
        stage = recipe.stages[0]
        made = batches(
            materials.corpus, stage, recipe, materials.augmenter(aligner), materials.end, materials.pad, number
        )
        return [batch.source.tolist() for batch in made]

    assert epoch(0) == epoch(0) != epoch(1)


NAMES = Names([Name("Tamamyan", "Tamamyan"), Name("Horio", "Horio")], *WAY)


def test_a_name_is_exchanged_on_both_sides():
    pair = Pair("a", "Then Blinken met the minister.", "Luego Blinken se reunió con el ministro.", WAY)
    made = NAMES.exchanged(pair, random.Random(1))
    (name,) = [word for word in ("Tamamyan", "Horio") if word in made.source]
    assert made.source == f"Then {name} met the minister." and name in made.target and "Blinken" not in made.target
    alone = Pair("a", "Then Blinken met him.", "Luego se reunió con él.", WAY)
    assert NAMES.exchanged(alone, random.Random(1)) == alone


def test_a_name_keeps_its_case_in_russian():
    names = Names([Name("Ivanov", "Иванов"), Name("Mirzoyan", "Мирзоян")], "en", "ru")
    pair = Pair("a", "We saw Ivanov there.", "Мы видели там Иванова.", ("en", "ru"))
    seen = {names.exchanged(pair, random.Random(seed)) for seed in range(8)}
    assert {(p.source, p.target) for p in seen} == {
        ("We saw Ivanov there.", "Мы видели там Иванова."),
        ("We saw Mirzoyan there.", "Мы видели там Мирзояна."),
    }


def test_tables_of_names_are_read_by_their_columns(tmp_path):
    (tmp_path / "ru.tsv").write_text(
        "split\tlatin\tother\tcount\ntrain\thorio\tхорио\t1\ndev\ttooke\tтук\t1\n", "utf-8"
    )
    (tmp_path / "places.jsonl").write_text('{"names": {"en": ["Ardenis"], "ru": ["Арденис"]}}\n', "utf-8")
    paths = [tmp_path / "ru.tsv", tmp_path / "places.jsonl"]
    assert read_names(paths, "en", "ru").listed == [Name("Ardenis", "Арденис"), Name("Horio", "Хорио")]
    assert read_names(paths[:1], "en", "es").listed == [Name("Horio", "Horio")]
    with pytest.raises(InputError, match="no names in en and ka"):
        read_names(paths, "en", "ka")


def test_noise_knows_its_languages():
    pair = Pair("a", "İki ışık", "Two lights", ("az", "en"))
    assert noise.shouted(pair).source == "İKİ IŞIK" and noise.shouted(pair).target == "TWO LIGHTS"
    assert noise.lowered(pair._replace(source="IŞIK")).source == "ışık"
    assert noise.bare(Pair("a", "La acción del niño; мой", "x", ("es", "ru"))).source == "La accion del nino; мой"


@pytest.mark.parametrize(
    ("words", "language", "base"),
    [("acuerdos", "es", "acuerdo"), ("fuerzas armadas", "es", "fuerza armada"),
     ("Naciones Unidas", "es", "Naciones Unidas"), ("relaciones nuevas", "es", "relación nueva"),
     ("occupied territories", "en", "occupied territory"),
     ("Ереване", "ru", "Ереван"), ("Երևանում", "hy", "Երևան"), ("Bakıda", "az", "Bakıda")],
)  # fmt: skip
def test_lemmas(words, language, base):
    assert lemma(words.split(), language) == base


def test_half_of_the_lines_must_stay(tmp_path):
    path = tmp_path / "r.toml"
    head = 'name="x"\nsource="en"\ntarget="es"\n'
    stage = '[[stage]]\nname="a"\ntokens=1\nsources={a=1.0}\n'
    path.write_text(head + "[augment]\nannotate=0.4\nswitch=0.2\n" + stage, "utf-8")
    with pytest.raises(InputError, match="60%"):
        read_recipe(path)
    path.write_text(head + "quote_noise = 0.0\n[card]\nnot_for='x'\n" + stage, "utf-8")
    read = read_recipe(path)
    assert read.augment.quotes == 0 and read.card == {"not_for": "x"}


def test_split_pieces_write_the_same_text_and_know_where_they_come_from(materials):
    pieces = materials.pieces
    split = Splitter(pieces, 0.5)
    texts = [pair.source for group in materials.corpus.pairs.values() for pair in group]
    longer = 0
    for number, text in enumerate(texts):
        whole = pieces.encode(text)
        cut = split(whole, random.Random(number))
        assert pieces.decode(cut.ids) == pieces.decode(whole)
        assert [parent for parent, _ in itertools.groupby(cut.parents)] == [i for i, _ in itertools.groupby(whole)]
        assert cut == split(whole, random.Random(number))
        longer += len(cut.ids) > len(whole)
    assert longer > len(texts) / 2


def test_lines_are_split_for_the_model_and_whole_for_the_aligner(materials, aligner):
    made = materials.augmenter(aligner)
    made = type(made)(Augment(split=0.5, quotes=0.0), materials.pieces)
    split = 0
    for pair, line in lines_of(materials, made):
        assert len(line.keys) == len(line.source)
        assert set(line.keys) == set(materials.pieces.encode(pair.source))
        split += line.source != line.keys
    assert split


def test_short_sentences_are_joined_with_others_of_their_collection(materials, recipe):
    (group,) = (group for group in materials.corpus.pairs.values())
    joined = _joined(group, 0, 1.0, random.Random(1))
    parts = [pair for pair in group if pair.source in joined.source and pair.target in joined.target]
    assert group[0] in parts and len(parts) > 1 and len(joined.source) >= LONG
    headline = [Pair("x", "No end", "Sin fin"), *group]
    assert _joined(headline, 0, 1.0, random.Random(1)) == headline[0]
    assert _joined(group, 0, 0.0, random.Random(1)) == group[0]
