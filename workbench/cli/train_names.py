"""`workbench train-names`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import options


@click.command("train-names")
@click.argument("recipe", type=click.Path(path_type=Path, dir_okay=False), metavar="RECIPE.toml")
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of name lists: netranslit/, deepchar/ (split, latin, other, count), places.jsonl.xz.",
)
@click.option(
    "--run",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of checkpoints and log; a run goes on where it stopped.",
)
@click.option(
    "--init", type=click.Path(path_type=Path, file_okay=False, exists=True), help="A names model to start from."
)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to write the model.")
@click.option("--threads", type=click.IntRange(1), help="CPU threads; default: all.")
@click.option("--save-every", type=click.FloatRange(0), default=600.0, show_default=True, metavar="SECONDS",
              help="Between two checkpoints.")  # fmt: skip
@click.option("--export-only", is_flag=True, help="Write the model as it stands, without training on.")
def command(
    recipe: Path, data: Path, run: Path, init: Path | None, output: Path | None, threads: int | None,
    save_every: float, export_only: bool,
) -> None:  # fmt: skip
    """Train the model that writes names, letter by letter. Ctrl-C saves; the same command goes on, from the last
    checkpoint where the run was killed.

    \b
    Example:
      workbench train-names models/recipes/names.toml --data names --run runs/names -o models/names
    """
    from workbench.training import export, known
    from workbench.training.materials import Inputs
    from workbench.training.names import alphabet, read_names, tags
    from workbench.training.recipe import read_recipe
    from workbench.training.trainer import Trainer, use_threads
    from workbench.training.vocabulary import character_vocabulary

    use_threads(threads)
    corpus = read_names(data)
    if init is None and not (run / "vocab.json").exists():
        character_vocabulary(alphabet(corpus), tags(corpus), run)
    trainer = Trainer(read_recipe(recipe), Inputs(()), run, init, save_every=save_every, corpus=corpus)
    finished = True
    if not export_only:
        with options.progress("training", "letters") as show:
            finished = trainer.run(show)
    if not finished:
        click.echo(f"stopped at step {trainer.progress.step}; the same command goes on", err=True)
        raise SystemExit(130)
    if output is not None:
        export.write(trainer, output)
        known.write(data, output)
        click.echo(f"{output}: written", err=True)
