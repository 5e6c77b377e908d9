"""The glossary at 10,000, 100,000 and a million entries: import, search, matching, export, memory, beside its peers.

    python -m benchmarks.glossary [--entries 10000 100000 1000000] [--languages en ru] [--on postgresql]

Invented names in ten languages, with variants (`invented.py`). Every step runs in a process of its own, so that
its memory is its own. Peers: a plain pyahocorasick automaton over all forms of the same terms, over the same
text in small letters; the same one made to give whole words with their entries; spaCy's PhraseMatcher.
`pip install 'workbench-for-names[bench]'`.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import invented, peers
from benchmarks.measuring import SHARES, TIMES, Figures, alone, costs, peak, rates, timed
from benchmarks.postgres import database, server

BATCH = 25_000  # entries of one import
SEARCHES = 90
PATIENCE = 60.0  # seconds of searching at most
SPACY_UP_TO = 100_000  # entries; beyond, its matcher takes more memory than most machines have
WHOLE = "pyahocorasick, whole words"
EXPORTS = ("tbx", "csv", "jsonl")  # the last is then read again
PREVIEW_UP_TO = 100_000  # entries; a preview holds all of them, old and new, as values


def imported(url: str, count: int) -> Figures:
    from workbench.glossary.store import Store

    store, entries, seconds, spent = Store(url), invented.entries(count), 0.0, 0.0
    while batch := list(islice(entries, BATCH)):
        took = costs("put", lambda batch=batch: store.put(batch, "bench", what="import"))
        seconds, spent = seconds + took["put s"], spent + took["put CPU s"]
    return {"seconds": seconds, "CPU s": spent, "entries/s": count / seconds, "MB": size_of(url) / 1e6}


def size_of(url: str) -> int:
    """Bytes of the whole database."""
    if "://" not in url:
        return sum(path.stat().st_size for path in Path(url).parent.glob(Path(url).name + "*"))
    import psycopg

    with psycopg.connect(url) as connection:
        return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0]


def searched(url: str, count: int) -> Figures:
    """Whole names, beginnings and mistyped ones, in turn, in turn of the languages."""
    from workbench.glossary.store import Store

    store, languages = Store(url), invented.languages()
    waits: list[float] = []
    spent: list[float] = []
    until = time.perf_counter() + PATIENCE
    first, _ = timed(lambda: store.search("one that loads what a search needs"))
    for number in range(SEARCHES):
        name = invented.entry(number * 7_919 % count).terms[number % len(languages)].text
        asked = (name, name[: max(3, len(name) // 2)], name[:3] + name[4:])[number % 3]
        took = costs("search", lambda asked=asked: store.search(asked, limit=20))
        waits.append(took["search s"])
        spent.append(took["search CPU s"])
        if time.perf_counter() > until:
            break
    figures = {"searches": len(waits), "first ms": 1000 * first}
    for name, seconds in (("", sorted(waits)), (" CPU", sorted(spent))):
        figures[f"p50{name} ms"] = 1000 * seconds[len(seconds) // 2]
        figures[f"p95{name} ms"] = 1000 * seconds[min(len(seconds) - 1, len(seconds) * 95 // 100)]
    return figures


def snapshot(url: str) -> Figures:
    from workbench.glossary.store import Store

    first, _ = timed(lambda: Store(url).glossary())
    again, glossary = timed(lambda: Store(url).glossary())
    return {"seconds": first, "again s": again, "entries": len(glossary)}


def exported(url: str, out: Path) -> Figures:
    from workbench.glossary import reading
    from workbench.glossary.store import Store

    glossary = Store(url).glossary()
    figures = costs("write", lambda: reading.save(glossary, out))
    return {**figures, "MB": out.stat().st_size / 1e6}


def previewed(url: str, file: Path) -> Figures:
    """The file that was exported, read and held against the store that has all of it."""
    from workbench.glossary import importing, reading
    from workbench.glossary.store import Store

    found: list[Any] = []
    figures = costs("read", lambda: found.append(reading.survey(str(file))))
    figures["read peak MB"] = peak()
    figures |= costs("preview", lambda: found.append(importing.preview(Store(url), found[0])))
    return {**figures, "same": found[1].counts["same"]}


def matched(url: str, language: str, count: int) -> Figures:
    """`url` '': without a store, of entries in this language alone."""
    from workbench.glossary.model import Glossary
    from workbench.glossary.store import Store
    from workbench.matching.matcher import Matcher

    glossary = Store(url).glossary() if url else Glossary(invented.Invented(count, language))
    figures = costs("build", lambda: Matcher(glossary, language))
    figures["built peak MB"] = peak()
    opened, matcher = timed(lambda: Matcher(glossary, language))
    kept = Path(os.environ["WORKBENCH_CACHE"]).glob(f"glossaries/*/automaton-*-{language}/*.npy")
    figures |= {"open s": opened, "automaton MB": sum(path.stat().st_size for path in kept) / 1e6}
    return {**figures, **rates(language, count, matcher.find)}


# -- all of it -------------------------------------------------------------------------------------


@contextmanager
def place(on: str) -> Iterator[tuple[Path, str]]:
    """An empty folder, which holds the caches too, and the URL of an empty store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["WORKBENCH_CACHE"] = str(folder / "cache")
        if on == "sqlite":
            yield folder, str(folder / "glossary.db")
        else:
            with server() as url:
                yield folder, database(url)


def measure(
    count: int,
    languages: list[str],
    spacy_up_to: int = SPACY_UP_TO,
    store: bool = True,
    preview_up_to: int = PREVIEW_UP_TO,
    on: str = "sqlite",
) -> dict[str, Figures]:
    results: dict[str, Figures] = {}

    def take(name: str, work: Callable[..., Figures], *given: Any) -> None:
        results[name] = alone(work, *given)
        said = ", ".join(f"{what} {_short(value)}" for what, value in results[name].items())
        print(f"{count:>9,} {name:<28} {said}", flush=True)

    with place(on) as (folder, url):
        if store:
            take("import", imported, url, count)
            take("search", searched, url, count)
            take("snapshot", snapshot, url)
            for suffix in EXPORTS:
                take(f"export {suffix}", exported, url, folder / f"out.{suffix}")
            if count <= preview_up_to:
                take("preview", previewed, url, folder / f"out.{EXPORTS[-1]}")
        for language in languages:
            take(f"match {language}", matched, url if store else "", language, count)
            if find_spec("ahocorasick"):
                take(f"pyahocorasick {language}", peers.plain, language, count)
                take(f"{WHOLE} {language}", peers.whole_words, language, count)
            if find_spec("spacy") and count <= spacy_up_to:
                take(f"spaCy PhraseMatcher {language}", peers.phrases, language, count)
    return results


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


# What must hold: step, figure, limit, and the seconds of a million entries where the limit is for those.
GOALS = (
    ("import", "seconds", 600.0, 1_000_000),
    ("search", "p95 ms", 50.0, 0),
    ("match", "build s", 60.0, 0),
)


def judge(count: int, found: dict[str, Figures], languages: list[str]) -> None:
    """The goals beside what was measured, by the clock and of the processor."""
    for step, what, limit, of in GOALS:
        for name in [f"{step} {language}" for language in languages] if step == "match" else [step]:
            if name in found:
                most = limit * count / of if of else limit
                unit = what.rsplit(" ", 1)[-1] if " " in what else "s"
                spent = found[name]["CPU s" if what == "seconds" else what.replace(unit, f"CPU {unit}")]
                held = "held" if found[name][what] <= most else "held by the processor" if spent <= most else "MISSED"
                said = f"{_short(found[name][what])} {unit}, of the processor {_short(spent)}"
                print(f"  {name}, {what}: {said}; goal ≤ {_short(most)}: {held}")


def compare(results: dict[int, dict[str, Figures]], languages: list[str]) -> None:
    """Goals, and how cost grows with size."""
    for count, found in results.items():
        print(f"\n{count:,} entries")
        judge(count, found, languages)
        for language in languages:
            ours = found[f"match {language}"]
            for peer in ("pyahocorasick", WHOLE):
                for name, _ in SHARES if f"{peer} {language}" in found else ():
                    theirs = found[f"{peer} {language}"]
                    shares = (
                        100 * ours[f"{what}sentences/s, {name}"] / theirs[f"{what}sentences/s, {name}"]
                        for what in TIMES
                    )
                    print(
                        f"  {language}, names in {name:<9}: of the speed of {peer} (goal 50 %) first of all "
                        "{:.0f} %, new sentences {:.0f} %, the same again {:.0f} %".format(*shares)
                    )
    sizes = sorted(results)
    print(f"\n{'growth of cost, entries':<52}" + "".join(f"{size:>13,}" for size in sizes))
    for step, what in (("import", "CPU s"), ("import", "MB"), ("search", "p95 CPU ms"), ("snapshot", "seconds")):
        _row(f"{step}, {what}", [results[size].get(step, {}).get(what) for size in sizes])
    for language in languages:
        for who in (f"match {language}", f"pyahocorasick {language}", f"spaCy PhraseMatcher {language}"):
            found = [results[size].get(who, {}) for size in sizes]
            for what in ("build CPU s", "peak MB"):
                _row(f"{who}, {what}", [one.get(what) for one in found])
            for time_ in TIMES:
                speeds = [one.get(f"{time_}sentences/s, a third") for one in found]
                _row(f"{who}, µs a {time_}sentence", [speed and 1e6 / speed for speed in speeds])


def _row(name: str, values: list[float | None]) -> None:
    """Nothing where nothing was measured."""
    if any(values):
        print(f"{name:<52}" + "".join(f"{'-' if value is None else _short(value):>13}" for value in values))


def main() -> None:
    parser = argparse.ArgumentParser(description="The glossary at scale.")
    parser.add_argument("--entries", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--languages", nargs="+", default=["en", "ru"])
    parser.add_argument("--no-store", action="store_true", help="matching alone")
    parser.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite", help="where the store lies")
    parser.add_argument("--spacy-up-to", type=int, default=SPACY_UP_TO, help="entries")
    parser.add_argument("--preview-up-to", type=int, default=PREVIEW_UP_TO, help="entries")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    for name in ("ahocorasick", "spacy"):
        if not find_spec(name):
            print(f"{name} is not installed and left out: pip install 'workbench-for-names[bench]'")
    results = {
        count: measure(count, given.languages, given.spacy_up_to, not given.no_store, given.preview_up_to, given.on)
        for count in given.entries
    }
    compare(results, given.languages)
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
