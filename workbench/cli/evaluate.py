"""`workbench evaluate`."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import options

if TYPE_CHECKING:
    from workbench.evaluation.report import Report
    from workbench.evaluation.rows import Rows
    from workbench.evaluation.testset import Testset

RESAMPLES = 1000  # of a comparison for which none were asked
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("evaluate")
@click.argument("system", metavar="MODEL|PAIR")
@click.option(
    "--set",
    "testset",
    type=click.Path(path_type=Path),
    help="TSV with a header of language codes, or JSONL (WMT25, EA-MT); for 'names' the folder of name lists.",
)
@click.option("--pair", metavar="PAIR", help="As en-fr, where a model of several pairs does not tell.")
@click.option("--against", metavar="MODEL|PAIR", help="A second system on the same rows, with paired bootstrap.")
@click.option(
    "--mode",
    type=click.Choice(["proper", "random", "none"]),
    default="proper",
    show_default=True,
    help="Which terms of a terminology set.",
)
@click.option("--engine", type=click.Choice(["ct2", "torch"]), default="ct2", show_default=True)
@click.option("--model", metavar="PATH|NAME", help="The model of PAIR.")
@click.option("--beam", type=click.IntRange(1, 32), default=4, show_default=True)
@click.option("--first", type=click.IntRange(1), metavar="N", help="Only the first N rows.")
@click.option("--no-hints", is_flag=True, help="No annotations, also for a model that reads them.")
@click.option(
    "--resamples",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Bootstrap resamples for intervals; 0: none.",
)
@click.option("--aer", is_flag=True, help="Alignment error on our hundred en-es sentences.")
@click.option("--alignments", type=_FILE, help="Alignment error on these: JSONL of source, target, links.")
@click.option("--comet", type=_FILE, metavar="CKPT", help="A COMET checkpoint on this machine.")
@click.option("--samples", type=_FILE, metavar="TSV", help="Write terms with an empty label for a person to fill in.")
@click.option("--labelled", type=_FILE, metavar="TSV", help="Inflection precision of such a file; translates nothing.")
@click.option("--output", type=_FILE, help="Write the translations, one a line.")
@click.option("--into-card", is_flag=True, help="Write the scores of the plain decode into the model's card.")
@options.as_json
def command(
    system: str, testset: Path | None, pair: str | None, against: str | None, mode: str, engine: str,
    model: str | None, beam: int, first: int | None, no_hints: bool, resamples: int, aer: bool,
    alignments: Path | None, comet: Path | None, samples: Path | None, labelled: Path | None,
    output: Path | None, into_card: bool, as_json: bool,
) -> None:  # fmt: skip
    """Score a model on a test set: quality, terms, rungs, alignment and time, with plain decoding beside it.

    \b
    Examples:
      workbench evaluate en-es --set ntrex.tsv --json
      workbench evaluate runs/new --against en-es --set ntrex.tsv
      workbench evaluate en-es --aer
      workbench evaluate names --set names/ --pair ar-en --first 500
    """
    from workbench.evaluation import cards
    from workbench.evaluation.benchmark import inflected
    from workbench.evaluation.comet import ready
    from workbench.evaluation.rows import Rows
    from workbench.evaluation.testset import read_testset
    from workbench.evaluation.versus import versus

    if labelled is not None:
        _labelled(labelled, as_json)
        return
    if system == "names":
        _names(testset, first, pair, as_json)
        return
    if comet is not None:
        ready(comet)
    source, target, named = _named(system, pair)
    translator = Rows(source, target, engine, model or named, beam, not no_hints)
    if aer or alignments:
        _alignment(translator, alignments, as_json)
    if testset is None:
        if not (aer or alignments):
            raise click.UsageError("name a test set: --set FILE (or --aer)")
        return
    rows = read_testset(testset, source, target, mode)
    rows = rows.first(first) if first else rows
    if against is not None:
        other = _named(against, f"{source}-{target}")[2]
        compared = Rows(source, target, engine, other, beam, not no_hints)
        made = versus(translator, compared, rows, inflected(target), resamples or RESAMPLES)
        click.echo(made.as_json() if as_json else made.as_table())
        return
    report = _measured(translator, rows, resamples, comet)
    if samples is not None:
        _samples(samples, translator.last, rows)
    if output is not None:
        options.write(output, "".join(f"{line}\n" for line in translator.last))
    if into_card:
        cards.record(report, translator.engine.path)
    click.echo(report.as_json() if as_json else report.as_table())


def _names(folder: Path | None, first: int | None, pair: str | None, as_json: bool) -> None:
    from workbench.evaluation.names import DEPTHS, compared
    from workbench.workbench import Workbench

    if folder is None:
        raise click.UsageError("name the folder of name lists: --set FOLDER")
    model = Workbench().namer()
    if model is None:
        raise click.UsageError("there is no names model here; train one: workbench train-names --help")
    rows = []
    if not as_json:
        click.echo(f"{'list':<12}{'pair':<8}{'system':<11}" + "".join(f"{f'in {n}':>8}" for n in DEPTHS) + "  names/s")
    for row in compared(folder, model, first or 1000, (pair,) if pair else ()):
        rows.append({"list": row.list, "pair": row.direction, "system": row.system, **row.exactness._asdict()})
        if not as_json:
            hits = "".join(f"{hit:>8.3f}" for hit in row.exactness.hits)
            click.echo(f"{row.list:<12}{row.direction:<8}{row.system:<11}{hits}  {row.exactness.speed:.0f}")
    if as_json:
        options.say_json(rows)


def _named(system: str, pair: str | None) -> tuple[str, str, str | None]:
    """Source, target and model (None: the usual one of the pair) of what stands on the command line."""
    from workbench.engines import registry
    from workbench.languages import NAMES, language

    source, _, target = system.partition("-")
    if not Path(system).is_dir() and source in NAMES and target in NAMES:
        return source, target, None
    if Path(system).is_dir():
        card = registry.read(Path(system), "folder")
    else:
        card = next((c for c in registry.cards() if system in (c.name, c.path.name)), None)
        if card is None:
            raise click.UsageError(f"'{system}' is no pair (as en-es), no folder, and no model of that name")
    if pair:
        codes = pair.split("-")
        if len(codes) != 2:
            raise click.UsageError(f"'{pair}' is no pair; write it as en-es")
        return language(codes[0]), language(codes[1]), str(card.path)
    if not (card.source and card.target):
        raise click.UsageError(f"{system} translates several pairs; name one with --pair")
    return card.source, card.target, str(card.path)


def _measured(translator: Rows, rows: Testset, resamples: int, checkpoint: Path | None = None) -> Report:
    from workbench.evaluation import benchmark

    plain, enforced = benchmark.runs(translator, rows)
    report = benchmark.report(translator.name, rows, plain, enforced, benchmark.inflected(rows.target), resamples)
    if checkpoint is None:
        return report
    from workbench.evaluation.comet import comet

    references = [row.reference for row in rows.rows]
    scored = {
        name: replace(
            getattr(report, name),
            comet=comet([s.target for s in run.segments], rows.sources, references, checkpoint),
        )
        for name, run in (("plain", plain), ("enforced", enforced))
    }
    return replace(report, **scored)


def _alignment(translator: Rows, path: Path | None, as_json: bool) -> None:
    from workbench.evaluation.alignment import alignment, read_aligned

    engine = translator.engine
    found = alignment(engine, read_aligned(path, engine.source, engine.target))
    if as_json:
        click.echo(json.dumps(asdict(found) | {"system": translator.name}, indent=2))
        return
    click.echo(
        f"{translator.name} · {found.sentences} aligned sentences\n"
        f"alignment error {100 * found.error:.1f}  precision {100 * found.precision:.1f}  "
        f"recall {100 * found.recall:.1f}"
    )


def _samples(path: Path, outputs: list[str], rows: Testset) -> None:
    from workbench.evaluation.benchmark import inflected
    from workbench.evaluation.inflection import LABELS, write_samples

    count = write_samples(path, outputs, rows.rows, inflected(rows.target))
    click.echo(f"{path}: {count} occurrences; fill in the column label ({', '.join(LABELS)})", err=True)


def _labelled(path: Path, as_json: bool) -> None:
    from workbench.evaluation.inflection import inflection_precision

    rate = inflection_precision(path)
    share = f"{100 * rate.share:.1f}" if rate.share is not None else "–"
    figures = {"inflection_precision": rate.share, "correct": rate.hits, "judged": rate.total}
    click.echo(json.dumps(figures) if as_json else f"inflection precision {share} ({rate.hits}/{rate.total})")
