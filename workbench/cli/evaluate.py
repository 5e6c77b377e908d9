"""`workbench evaluate`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import options


@click.command("evaluate")
@click.argument("pair", metavar="PAIR")
@click.option(
    "--set",
    "testset",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="TSV with a header of language codes, or JSONL with source, reference and terms.",
)
@click.option(
    "--mode",
    type=click.Choice(["proper", "random", "none"]),
    default="proper",
    show_default=True,
    help="Which terms of a terminology set.",
)
@click.option("--engine", type=click.Choice(["ct2", "torch"]), default="ct2", show_default=True)
@click.option("--model", metavar="PATH|NAME")
@click.option("--beam", type=click.IntRange(1, 32), default=4, show_default=True)
@click.option("--first", type=click.IntRange(1), metavar="N", help="Only the first N rows.")
@click.option(
    "--resamples",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Bootstrap resamples for intervals; 0: none.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the translations, one a line.")
@click.option("--into-card", is_flag=True, help="Write the scores of the plain decode into the model's card.")
@options.as_json
def command(
    pair: str, testset: Path, mode: str, engine: str, model: str | None, beam: int, first: int | None,
    resamples: int, output: Path | None, into_card: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Score PAIR (as en-es) on a test set: quality, terms, rungs and time, with plain decoding beside it.

    \b
    Example:
      workbench evaluate en-es --set ntrex.tsv --json
    """
    from workbench.evaluation import benchmark, cards
    from workbench.evaluation.rows import Rows
    from workbench.evaluation.testset import read_testset
    from workbench.languages import language

    source, _, target = pair.partition("-")
    if not target:
        raise click.UsageError(f"'{pair}' is no pair; write it as en-es")
    source, target = language(source), language(target)
    rows = read_testset(testset, source, target, mode)
    if first:
        rows = rows.first(first)
    translator = Rows(source, target, engine, model, beam)
    report = benchmark.evaluate(translator, rows, benchmark.inflected(target), resamples)
    if output is not None:
        options.write(output, "".join(f"{line}\n" for line in translator.last))
    if into_card:
        cards.record(report, translator.engine.path)
    click.echo(report.as_json() if as_json else report.as_table())
