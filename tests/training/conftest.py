"""A language that a model learns in seconds."""

from __future__ import annotations

import itertools

import pytest

from workbench.training.recipe import Recipe, Shape, Stage

NOUNS = {"minister": "ministro", "president": "presidente", "treaty": "tratado", "city": "ciudad", "house": "casa"}
VERBS = {"sees": "ve", "signs": "firma", "leaves": "deja", "wants": "quiere"}


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """100 good lines of one grammar, and one each of what cleaning leaves out."""
    lines = ["tier\tsource\tenglish\tother"]
    for (a, x), (v, w), (b, y) in itertools.product(NOUNS.items(), VERBS.items(), NOUNS.items()):
        lines.append(f"A\ttoy\tThe old {a} {v} the new {b} today.\tEl viejo {x} {w} el nuevo {y} hoy.")
    lines.append("A\ttoy\tThe old minister sees the new city today.\tEl viejo ministro ve el nuevo ciudad hoy.")
    lines.append("A\ttoy\tThe old minister sees the new city, today!\tEl viejo ministro ve el nuevo ciudad, ¡hoy!")
    lines.append("C\ttoy\tMachine text is left out here.\tEl texto de máquina se deja fuera.")
    lines.append("A\ttoy\tIn 1991 it was.\tEn 1992 fue.")
    path = tmp_path_factory.mktemp("data") / "toy.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def recipe():
    return Recipe(
        name="toy",
        source="en",
        target="es",
        stages=(Stage("one", 4000, {"toy": 1.0}), Stage("two", 2500, {"toy": 0.5})),
        shape=Shape(encoder_layers=1, decoder_layers=1, d_model=32, ffn=64, heads=2, dropout=0.1),
        vocabulary=340,
        rate=5e-3,
        warm_up=10,
        batch_tokens=300,
        guided=0.2,
    )
