"""Training: clean data, a run that goes on where it was stopped, a folder that both engines read."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import torch

from workbench.engines import registry
from workbench.engines.annotation import Annotation
from workbench.engines.engine import Options
from workbench.errors import InputError
from workbench.fileformats import read_toml
from workbench.training import export
from workbench.training.aligner import Aligner
from workbench.training.corpus import fault, read_corpus
from workbench.training.materials import Inputs
from workbench.training.noise import requoted
from workbench.training.pairs import Pair
from workbench.training.recipe import Augment, Stage, read_recipe
from workbench.training.trainer import Trainer


def weights(trainer):
    return torch.cat([value.flatten() for value in trainer.ema.values()])


def test_a_run_stopped_and_resumed_equals_one_that_was_not(tmp_path, data, recipe):
    whole = Trainer(recipe, Inputs((data,)), tmp_path / "whole")
    assert whole.run()
    steps = 0
    for stops in (7, 20, 10_000):
        part = Trainer(recipe, Inputs((data,)), tmp_path / "part")
        assert part.progress.step == steps
        plain_step = part._step

        def counted(batch, part=part, stops=stops, plain_step=plain_step):
            loss = plain_step(batch)
            part._stop = part.progress.step >= stops
            return loss

        part._step = counted
        finished = part.run()
        steps = part.progress.step
    assert finished
    assert part.progress.tokens == whole.progress.tokens
    assert torch.equal(weights(part), weights(whole))


def test_another_recipe_may_not_go_on_with_a_run(tmp_path, data, recipe):
    first = Trainer(recipe, Inputs((data,)), tmp_path / "run")
    first.save()
    with pytest.raises(InputError, match="another recipe"):
        Trainer(replace(recipe, rate=1e-3), Inputs((data,)), tmp_path / "run")


def test_a_half_written_checkpoint_is_not_taken(tmp_path, data, recipe):
    first = Trainer(recipe, Inputs((data,)), tmp_path / "run")
    first.save()
    (tmp_path / "run" / "step-9999999.part").write_bytes(b"cut off")
    assert Trainer(recipe, Inputs((data,)), tmp_path / "run").progress.step == 0


def test_the_export_is_a_model_that_both_engines_read_alike(tmp_path, data, recipe, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    trainer = Trainer(recipe, Inputs((data,)), tmp_path / "run")
    trainer.run()
    export.write(trainer, tmp_path / "toy", tmp_path / "toy-ct2")
    assert (tmp_path / "toy-ct2" / "model.bin").exists()
    card = read_toml(tmp_path / "toy" / "card.toml")
    assert (card["source"], card["target"], card["data"][0]["rows"]) == ("en", "es", 100)
    found = registry.find("en", "es", tmp_path / "toy")
    lines = ["The old minister signs the new treaty today.", "The old house leaves the new president today."]
    exact = registry.load(found, "ct2", quantization="float32").decode(lines, Options())
    torch_ = registry.load(found, "torch").decode(lines, Options())
    assert [h[0].text for h in exact] == [h[0].text for h in torch_]
    weight = registry.load(found, "torch")._model.get_input_embeddings().weight
    assert weight[trainer.pad].abs().max() == 0


def test_cleaning_counts_what_it_leaves_out(data):
    corpus = read_corpus([data], [("en", "es")], frozenset({"toy"}))
    assert len(corpus) == 100
    table = corpus.as_table().splitlines()
    assert table[0].split()[:2] == ["read", "kept"] and table[-1].split()[:3] == ["all", "103", "100"]
    assert corpus.dropped == {"repeated": 1, "near-repeated": 1, "digits differ": 1}


def test_the_other_direction_flips_the_sides(data):
    pair = read_corpus([data], [("es", "en")], frozenset({"toy"})).pairs["toy", "es", "en"][0]
    assert pair.source.startswith("El viejo")


def test_an_unknown_collection_is_refused(data):
    with pytest.raises(InputError, match="no usable lines of nothing"):
        read_corpus([data], [("en", "es")], frozenset({"nothing"}))


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("", "x", "empty side"),
        ("Same", "Same", "identical sides"),
        ("call foo::bar() now", "llama a foo::bar()", "code"),
        ("A short line of text here.", "x" * 80, "length ratio"),
        ("It costs 5 euros.", "Cuesta 6 euros.", "digits differ"),
        ("1,000 people came.", "Vinieron 1 000 personas.", None),
        ("--- *** ---", "*** --- ***", "few letters"),
    ],
)
def test_faults(source, target, why):
    assert fault(Pair("a", source, target)) == why


def test_quotes_change_style_on_both_sides_together():
    made = requoted(Pair("a", 'He said "yes".', "Dijo «sí»."), random.Random(1))
    assert made.source.count("«") == made.target.count("«")
    assert made.source.count("“") == made.target.count("“")
    assert requoted(Pair("a", 'A 5" disk', "Un disco"), random.Random(1)).source == 'A 5" disk'


def test_the_aligner_finds_the_words():
    rng = random.Random(1)
    table = {i: i + 20 for i in range(2, 20)}
    pairs = []
    for _ in range(400):
        source = rng.sample(range(2, 20), 6)
        target = [table[s] for s in source]
        target[0], target[1] = target[1], target[0]
        pairs.append((source, target))
    aligner = Aligner(pairs, 40)
    source, target = pairs[0]
    chances, sure = aligner(torch.tensor([source]), torch.tensor([[*target, -100]]))
    assert sure[0].tolist() == [True] * 6 + [False]
    assert chances[0, :6].argmax(-1).tolist() == [1, 0, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "said"),
    [("name = 'x'", "required"), ("rate = ", "TOML"), ("name='x'\nsource='en'\ntarget='es'\n", r"\[\[stage\]\]"),
     ("name='x'\nsource='en'\ntarget='es'\nspeed=1\n[[stage]]\nname='a'\ntokens=1\nsources={a=1.0}\n", "speed")],
)  # fmt: skip
def test_a_wrong_recipe_is_explained(tmp_path, text, said):
    (tmp_path / "r.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_recipe(tmp_path / "r.toml")


def test_a_model_of_several_targets_is_told_by_tags(tmp_path, data, recipe, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    both = replace(recipe, source="en,es", target="es,en", stages=(Stage("one", 1500, {"*": 1.0}),), temperature=2.0)
    assert both.pairs == (("en", "es"), ("es", "en")) and both.tagged == ("es", "en")
    trainer = Trainer(both, Inputs((data,)), tmp_path / "run")
    assert trainer.run()
    export.write(trainer, tmp_path / "both")
    card = registry.read(tmp_path / "both", "folder")
    assert card.pairs == both.pairs
    engine = registry.load(registry.find("es", "en", tmp_path / "both"), "torch")
    assert engine.pieces("El viejo ministro")[0].text == ">>en<<"
    (made,) = engine.decode(["El viejo ministro firma."], Options(max_pieces=8))[0]
    assert made.attention.shape == (len(made.pieces), len(engine.pieces("El viejo ministro firma.")) + 1)


def test_the_run_ends_when_the_dev_set_shows_no_gain(tmp_path, data, recipe):
    scores = iter([10.0, 12.0, 11.0, 11.5, 99.0])
    watched = replace(recipe, validate_every=500, patience=2, average=2, guided=0.0)
    trainer = Trainer(watched, Inputs((data,), dev=data), tmp_path / "run", score=lambda outputs, golds: next(scores))
    assert trainer.run()
    assert trainer.progress.looks == 4 and trainer.progress.tokens < watched.tokens
    best = trainer.checkpoints.best(torch.device("cpu"))
    assert best[1]["dev"] == 12.0 and best[1]["tokens"] < 1500
    newest = trainer.checkpoints.average(2, torch.device("cpu"))
    averaged = trainer.averaged().state_dict()
    name = "model.encoder.layers.0.fc1.weight"
    assert torch.equal(averaged[name], newest[name])
    log = [line for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines() if '"dev"' in line]
    assert len(log) == 4
    assert '"peak_mib"' in (tmp_path / "run" / "log.jsonl").read_text()


def test_what_is_written_into_the_recipe_stands_in_the_card(tmp_path, data, recipe):
    told = replace(recipe, card={"not_for": "print", "weaknesses": ["few words"]}, augment=Augment(annotate=0.3))
    trainer = Trainer(told, Inputs((data,)), tmp_path / "run")
    export.write(trainer, tmp_path / "toy")
    card = read_toml(tmp_path / "toy" / "card.toml")
    assert (card["not_for"], card["weaknesses"]) == ("print", ["few words"])
    assert registry.read(tmp_path / "toy", "folder").annotation == Annotation()
