"""`workbench train`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import options

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("train")
@click.argument("recipe", type=_FILE, metavar="RECIPE.toml")
@click.option(
    "--data",
    required=True,
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="Parallel text: TSV, TMX, XLIFF or JSONL, also .xz or .gz; may be repeated.",
)
@click.option("--dev", type=_FILE, metavar="FILE", help="Parallel text to look at in between; the best look is kept.")
@click.option("--names", multiple=True, type=_FILE, metavar="FILE", help="Names to exchange: TSV or JSONL; repeatable.")
@click.option("--glossary", "glossaries", multiple=True, metavar="PATH|NAME", help="Whose terms are annotated too.")
@click.option("--run", required=True, type=_FOLDER, help="Checkpoints and log; a run goes on where it stopped.")
@click.option("--init", type=click.Path(path_type=Path, file_okay=False, exists=True), help="A model to start from.")
@click.option("-o", "--output", type=_FOLDER, help="Where to write the finished model.")
@click.option("--ct2", type=_FOLDER, metavar="DIR", help="Also write the 8-bit copy for CTranslate2 there (with -o).")
@click.option("--threads", type=click.IntRange(1), help="CPU threads; default: all.")
@click.option("--save-every", type=click.FloatRange(0), default=600.0, show_default=True, metavar="SECONDS",
              help="Between two checkpoints.")  # fmt: skip
@click.option("--export-only", is_flag=True, help="Write the model as it stands, without training on.")
def command(
    recipe: Path, data: tuple[Path, ...], dev: Path | None, names: tuple[Path, ...], glossaries: tuple[str, ...],
    run: Path, init: Path | None, output: Path | None, ct2: Path | None, threads: int | None, save_every: float,
    export_only: bool,
) -> None:  # fmt: skip
    """Train a MarianMT model. Ctrl-C saves; the same command goes on.

    \b
    Examples:
      workbench train models/recipes/en-es-first.toml --data en-es.tsv.xz --run runs/en-es -o models/en-es
      workbench train ours.toml --data memory.tmx --init models/en-es --glossary ours.tbx --run runs/ours -o ours
    """
    if ct2 is not None and output is None:
        raise click.UsageError("--ct2 copies the model that -o writes; name one with -o")
    from workbench.training import export
    from workbench.training.materials import Inputs
    from workbench.training.recipe import read_recipe
    from workbench.training.trainer import Trainer, use_threads

    use_threads(threads)
    inputs = Inputs(data, dev, names, glossaries)
    trainer = Trainer(read_recipe(recipe), inputs, run, init, _chrf if dev else None, save_every)
    click.echo(trainer.corpus.as_table(), err=True)
    finished = True
    if not export_only:
        with options.progress("training", "target tokens") as show:
            finished = trainer.run(show)
    if not finished:
        click.echo(f"stopped at step {trainer.progress.step}; the same command goes on", err=True)
        raise SystemExit(130)
    if output is not None:
        export.write(trainer, output, ct2)
        click.echo(f"{output}: written", err=True)


def _chrf(outputs: list[str], references: list[str]) -> float:
    from workbench.evaluation.quality import chrf

    return chrf(outputs, [[reference] for reference in references]).value
