"""`workbench names`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli import options
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.names.discovery import Cluster, Spelling, Text


@click.command("names")
@click.argument("files", metavar="FILE|-...", nargs=-1, required=True)
@click.option(
    "--lang", "langs", metavar="LANG", multiple=True,
    help="Language of the files: one for all, or one a file in order; detected when left out.",
)  # fmt: skip
@click.option("--to", "targets", metavar="LANG[,LANG...]", default="", help="Propose forms for these languages.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="Write proposed entries (.yaml, .csv, .tbx) for `workbench glossary import`.",
)  # fmt: skip
@click.option(
    "--compare", is_flag=True, help="Instead: the two arguments are names; say whether they are one, and why."
)
@click.option("--least", type=click.IntRange(1), default=1, show_default=True, help="Mentions that a name must have.")
@options.glossary
@click.option("--no-glossary", is_flag=True, help="List known names too.")
@options.as_json
def command(
    files: tuple[str, ...],
    langs: tuple[str, ...],
    targets: str,
    output: Path | None,
    compare: bool,
    least: int,
    glossaries: tuple[str, ...],
    no_glossary: bool,
    as_json: bool,
) -> None:
    """Find names in FILES that the glossary does not know; spellings of one name are shown together.

    Nothing is adopted by itself: -o writes entries under review, to be imported and approved.

    \b
    Examples:
      workbench names article.en.txt --lang en
      workbench names a.en.txt a.ru.txt a.hy.txt --lang en --lang ru --lang hy --to es,fr -o proposals.yaml
      workbench glossary import proposals.yaml --why "names of this week"
      workbench names --compare Hovhannisyan Оганесян
    """
    if compare:
        _compare(files, as_json)
        return
    from workbench.glossary.reading import save, writable
    from workbench.workbench import Workbench

    if output is not None:
        writable(output)
    bench, chosen = Workbench(), options.chosen(glossaries, no_glossary)
    texts = _texts(bench, files, langs)
    clusters = [cluster for cluster in bench.names(texts, chosen) if cluster.count >= least]
    wanted = [code.strip() for code in targets.split(",") if code.strip()]
    proposed = bench.proposals(clusters, wanted, chosen, least) if output is not None or wanted else None
    if output is not None and proposed is not None:
        save(proposed, output)
    if as_json:
        entries = proposed.entries if proposed is not None else (None,) * len(clusters)
        options.say_json([_facts(c) | _offered(e) for c, e in zip(clusters, entries, strict=True)])
        return
    for number, cluster in enumerate(clusters):
        click.echo(_line(cluster))
        for term in proposed.entries[number].terms if proposed is not None else ():
            if term.source != "texts" and term.status.value == "preferred":
                click.echo(f"    {term.language}: {term.text}  ({term.note})")
    click.echo(f"{len(clusters)} name{'' if len(clusters) == 1 else 's'} that the glossary does not know", err=True)
    if output is not None:
        click.echo(f"proposed entries are in {output}; adopt them with: workbench glossary import {output}", err=True)


def _compare(names: tuple[str, ...], as_json: bool) -> None:
    """Exit code 1 when they are not one name."""
    from workbench.names.comparison import same_name
    from workbench.names.keys import keys

    if len(names) != 2:
        raise InputError(f"--compare takes two names, not {len(names)}")
    verdict = same_name(*names)
    if as_json:
        shared = sorted(keys(names[0]) & keys(names[1]))
        options.say_json(
            {"verdict": verdict.kind.value, "reason": verdict.reason, "cost": verdict.cost, "shared_keys": shared}
        )
    else:
        click.echo(f"{verdict.kind.value}: {verdict.reason}")
    sys.exit(0 if verdict.same else 1)


def _texts(bench: Any, files: tuple[str, ...], langs: tuple[str, ...]) -> list[Text]:
    from workbench.languages import language
    from workbench.names.discovery import Text

    if len(langs) not in (0, 1, len(files)):
        raise InputError(f"{len(langs)} languages for {len(files)} files; give --lang once, or once for each file")
    made = []
    for number, file in enumerate(files):
        whole = options.read(file)
        named = langs[number if len(langs) > 1 else 0] if langs else bench.detect(whole)
        made.append(Text(whole, language(named), file))
    return made


def _line(cluster: Cluster) -> str:
    """Tigran Hakobyan (en 3, hy 1); variants: Hakopian (en 1)."""
    said = ", ".join(_counted(spelling) for spelling in cluster.spellings)
    return f"{cluster.count:>4}  {said}" + (f"  [{cluster.doubt}]" if cluster.doubt else "")


def _counted(spelling: Spelling) -> str:
    return f"{spelling.text} ({spelling.language} {spelling.count})"


def _facts(cluster: Cluster) -> dict[str, Any]:
    dominant = {code: found.text for code in cluster.languages if (found := cluster.dominant(code))}
    return {
        "count": cluster.count,
        "dominant": dominant,
        "doubt": cluster.doubt,
        "spellings": [
            {
                "text": spelling.text,
                "language": spelling.language,
                "count": spelling.count,
                "short": spelling.short,
                "places": [{"file": p.name, "span": list(p.span), "text": p.text} for p in spelling.places],
            }
            for spelling in cluster.spellings
        ],
    }


def _offered(entry: Any) -> dict[str, Any]:
    if entry is None:
        return {}
    return {
        "entry": entry.id,
        "kind": entry.kind.value,
        "candidates": [
            {
                "language": t.language,
                "form": t.text,
                "how": t.source,
                "reason": t.note,
                "short": t.type.value == "short",
            }
            for t in entry.terms
            if t.source != "texts"
        ],
    }
