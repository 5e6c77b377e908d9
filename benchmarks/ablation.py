"""What each part of the augmentation brings: one model, trained on for the same budget, part by part.

    python -m benchmarks.ablation RECIPE.toml --init models/en-es --data en-es.tsv.xz --dev ntrex.tsv \\
        --names ru.tsv.xz --terms wmt25/en-es.jsonl --entities ea_mt/en-es.jsonl --tokens 1000000 --out runs/ablation

Every variant starts from the same weights and sees the lines of the recipe's last stage with the same
seed; it differs only in what its name says. A: the ladder without hints; A+B: with them, for the
variants that were trained to read them. A run that is stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from workbench.training.recipe import Augment, Recipe, Stage, read_recipe

ANNOTATE, SWITCH, GUIDED = 0.38, 0.1, 0.2
NO_NOISE = Augment(quotes=0.0, unknown=0.0)
VARIANTS: dict[str, tuple[Augment, float]] = {  # augmentation, weight of the alignment loss
    "baseline": (NO_NOISE, 0.0),
    "+ entity switch": (replace(NO_NOISE, switch=SWITCH), 0.0),
    "+ annotation": (replace(NO_NOISE, annotate=ANNOTATE), 0.0),
    "+ annotation, masked": (replace(NO_NOISE, annotate=ANNOTATE, masked=1.0), 0.0),
    "+ guided": (NO_NOISE, GUIDED),
    "all": (Augment(annotate=ANNOTATE, switch=SWITCH, lower=0.01, bare=0.01), GUIDED),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures of one variant; shares from 0 to 1, None where nothing was measured."""

    variant: str
    chrf: float
    plain: float | None  # term success without enforcement
    ladder: float | None  # design A
    hints: float | None  # A+B
    plain_rung: float | None  # share of terms settled without forcing: plain, respelling, annotation
    names: float | None  # M-ETA of the plain decode
    aer: float | None


def recipe_of(base: Recipe, variant: str, tokens: int) -> Recipe:
    """The base recipe for a variant: the last stage alone, short warm-up, fall over the last part."""
    augment, guided = VARIANTS[variant]
    stage = Stage(base.stages[-1].name, tokens, base.stages[-1].sources)
    return replace(base, stages=(stage,), augment=augment, guided=guided, warm_up=min(base.warm_up, 100), patience=0)


def trained(given: argparse.Namespace, variant: str) -> Path:
    """The folder of the variant's model, trained where it is not there yet."""
    from workbench.training import export
    from workbench.training.materials import Inputs
    from workbench.training.trainer import Trainer

    folder = given.out / variant.replace("+", "").replace(",", "").strip().replace(" ", "-")
    if not (folder / "model" / "card.toml").exists():
        recipe = recipe_of(read_recipe(given.recipe), variant, given.tokens)
        trainer = Trainer(recipe, Inputs(tuple(given.data), names=tuple(given.names)), folder, given.init)
        if not trainer.run():
            raise SystemExit(130)
        export.write(trainer, folder / "model")
    return folder / "model"


def measured(given: argparse.Namespace, variant: str, folder: Path) -> Outcome:
    from workbench.evaluation import benchmark
    from workbench.evaluation.alignment import alignment, read_aligned
    from workbench.evaluation.quality import chrf
    from workbench.evaluation.rows import Rows
    from workbench.evaluation.testset import read_testset

    base = read_recipe(given.recipe)
    source, target = base.pairs[0]

    def rows(path: Path, mode: str):  # noqa: ANN202
        return read_testset(path, source, target, mode).first(given.first)

    system = Rows(source, target, "ct2", str(folder), beam=1)
    dev = rows(given.dev, "none")
    outputs = [segment.target for segment in system.translate_rows(dev.sources, None).segments]
    success: dict[bool, benchmark.Report] = {}
    if given.terms:
        for annotate in (False, True) if system.engine.annotation else (False,):
            ladder = Rows(source, target, "ct2", str(folder), beam=1, annotate=annotate)
            success[annotate] = benchmark.evaluate(ladder, rows(given.terms, "proper"), benchmark.inflected(target))
    names = None
    if given.entities:
        asked = rows(given.entities, "proper")
        made = [segment.target for segment in system.translate_rows(asked.sources, None).segments]
        names = benchmark.m_eta(made, asked.rows).share
    aligned = read_aligned(None, source, target) if {source, target} == {"en", "es"} else []
    best = success.get(True, success.get(False))
    return Outcome(
        variant,
        chrf(outputs, dev.references).value,
        success[False].plain.terms.success.share if success else None,
        success[False].enforced.terms.success.share if success else None,
        success[True].enforced.terms.success.share if True in success else None,
        sum(list(best.rungs.shares.values())[:3]) if best else None,
        names,
        alignment(system.engine, aligned).error if aligned else None,
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """Markdown, shares in per cent."""

    def cell(share: float | None) -> str:
        return "–" if share is None else f"{100 * share:.1f}"

    lines = [
        "| | chrF dev | terms, plain | A | A+B | without forcing | names (M-ETA) | AER |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in outcomes:
        shares = (one.plain, one.ladder, one.hints, one.plain_rung, one.names, one.aer)
        lines.append(f"| {one.variant} | {one.chrf:.2f} | " + " | ".join(map(cell, shares)) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="What each part of the augmentation brings.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--init", type=Path, required=True, help="the model that every variant starts from")
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--dev", type=Path, required=True, help="TSV with a header of language codes")
    parser.add_argument("--names", type=Path, action="append", default=[])
    parser.add_argument("--terms", type=Path, help="terminology set, as WMT25")
    parser.add_argument("--entities", type=Path, help="EA-MT set")
    parser.add_argument("--tokens", type=int, default=1_000_000, help="target tokens of each variant")
    parser.add_argument("--first", type=int, default=1000, help="rows of each set")
    parser.add_argument("--variants", default="; ".join(VARIANTS), help="some of them, apart by semicolons")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    chosen = [variant.strip() for variant in given.variants.split(";")]
    if unknown := set(chosen) - VARIANTS.keys():
        parser.error(f"no variant {', '.join(sorted(unknown))} (known: {'; '.join(VARIANTS)})")
    from workbench.training.trainer import use_threads

    use_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    outcomes = []
    for variant in chosen:
        outcomes.append(measured(given, variant, trained(given, variant)))
        print(table(outcomes), flush=True)
        settings = {"tokens": given.tokens, "init": given.init.name, "first": given.first}
        record = settings | {"outcomes": [asdict(one) for one in outcomes]}
        (given.out / "ablation.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
