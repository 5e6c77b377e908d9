"""`workbench models`."""

from __future__ import annotations

import os
from typing import Any

import click

from workbench.cli import options


@click.group("models")
def command() -> None:
    """List the models on this machine, or get one."""


@command.command("list")
@options.as_json
def list_(as_json: bool) -> None:
    """List what is there: pair, size, licence, score."""
    from workbench.engines import registry

    cards = registry.cards()
    rows: list[dict[str, Any]] = [
        {
            "name": card.name,
            "task": card.task,
            "from": card.source,
            "to": card.target,
            "megabytes": round(card.size / 1e6, 1),
            "licence": card.licence,
            "score": dict(card.score) if hasattr(card.score, "items") else card.score,
            "origin": card.origin,
            "path": str(card.path),
        }
        for card in cards
    ]
    if as_json:
        options.say_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['name']:<32} {_does(row)}  {row['megabytes']:>6} MB  "
            f"{row['licence'] or 'licence not stated'}  {_score(row['score'])}  [{row['origin']}]"
        )
    if not rows:
        click.echo("no models here; get one: workbench models pull Helsinki-NLP/opus-mt-en-es", err=True)


def _does(row: dict[str, Any]) -> str:
    return f"{row['from']}→{row['to']}" if row["task"] == "translation" else row["task"]


def _score(score: Any) -> str:
    """BLEU and chrF by test set, as `ntrex BLEU 11.4 chrF 38.8`; the card has the rest."""
    if not isinstance(score, dict):
        return str(score or "no score stated")
    sets = [name.removesuffix("_bleu") for name in score if name.endswith("_bleu")]
    shown = [f"{name} BLEU {score[f'{name}_bleu']:.1f} chrF {score.get(f'{name}_chrf', 0.0):.1f}" for name in sets]
    return ", ".join(shown) or "no score stated"


@command.command("pull")
@click.argument("repo", metavar="OWNER/NAME")
@click.option(
    "--endpoint",
    metavar="URL",
    default=lambda: os.environ.get("HF_ENDPOINT"),
    help="Another hub. Default: $HF_ENDPOINT, else the public one.",
)
def pull(repo: str, endpoint: str | None) -> None:
    """Get a model from the hub into the user's cache.

    \b
    Example:
      workbench models pull Helsinki-NLP/opus-mt-en-es
    """
    from workbench.engines import registry

    with options.progress(f"getting {repo}", "bytes") as show:
        card = registry.pull(repo, endpoint, show and (lambda file, done, total: show(done, total)))
    click.echo(f"{card.name}: {card.source or '?'}→{card.target or '?'}, {card.size / 1e6:.1f} MB, in {card.path}")
