"""The glossary at 10,000, 100,000 and a million entries: import, search, matching, export, memory, beside its peers.

    python -m benchmarks.glossary [--entries 10000 100000 1000000] [--languages en ru] [--json FILE]

Invented names in ten languages, with variants (`invented.py`). Every step runs in a process of its own, so that
its memory is its own. Peers: a plain pyahocorasick automaton over all forms of the same terms, over the same
text in small letters; the same one made to give whole words with their entries; spaCy's PhraseMatcher.
`pip install 'workbench-for-names[bench]'`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import invented

SENTENCES = 6_000
ROUNDS = 3
BATCH = 25_000  # entries of one import
SEARCHES = 90
SHARES = (("no names", 0.0), ("a third", 1 / 3), ("all", 1.0))  # of sentences with a listed name
TIMES = ("first ", "new ", "")  # that sentences are met
PATIENCE = 60.0  # seconds of searching at most
SPACY_UP_TO = 100_000  # entries; beyond, its matcher takes more memory than most machines have
WHOLE = "pyahocorasick, whole words"
EXPORTS = ("tbx", "csv", "jsonl")
KEPT_EXPORT = "jsonl"  # which is then read again
PREVIEW_UP_TO = 100_000  # entries; a preview holds all of them, old and new, as values

Figures = dict[str, float]


def alone(work: Callable[..., Figures], *given: Any) -> Figures:
    """What a function measures in a new process, and the most memory that this took."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_told, args=(queue, work, given))
    process.start()
    found = queue.get()
    process.join()
    if "failed" in found:
        raise RuntimeError(f"{work.__name__}: {found['failed']}")
    return found


def _told(queue: Any, work: Callable[..., Figures], given: tuple[Any, ...]) -> None:
    try:
        queue.put({**work(*given), "peak MB": peak()})
    except BaseException as wrong:
        queue.put({"failed": repr(wrong)})
        raise


def peak() -> float:
    """MB; Linux counts in KiB, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    made = work()
    return time.perf_counter() - began, made


def costs(name: str, work: Callable[[], Any]) -> Figures:
    """Seconds by the clock, and of the processor: on a busy machine the second tells more."""
    began = time.process_time()
    wall, _ = timed(work)
    return {f"{name} s": wall, f"{name} CPU s": time.process_time() - began}


def rate(sentences: list[str], work: Callable[[str], Any], rounds: int = ROUNDS) -> float:
    """Sentences a second of processor time, so that what else the machine does counts less; the best of the rounds."""
    rates = []
    for _ in range(rounds):
        began = time.process_time()
        for sentence in sentences:
            work(sentence)
        rates.append(len(sentences) / (time.process_time() - began))
    return max(rates)


def rates(language: str, count: int, work: Callable[[str], Any]) -> Figures:
    """Of the first sentences of all, of others of which most words were met, and of the same ones again."""
    figures: Figures = {}
    for name, share in SHARES:
        first, others = (invented.sentences(SENTENCES, language, count, share, seed) for seed in (3, 4))
        figures[f"first sentences/s, {name}"] = rate(first, work, 1)
        figures[f"new sentences/s, {name}"] = rate(others, work, 1)
        figures[f"sentences/s, {name}"] = rate(others, work)
    return figures


# -- our side --------------------------------------------------------------------------------------


def imported(url: str, count: int) -> Figures:
    from workbench.glossary.store import Store

    store, entries, seconds, spent = Store(url), invented.entries(count), 0.0, 0.0
    while batch := list(islice(entries, BATCH)):
        took = costs("put", lambda batch=batch: store.put(batch, "bench", what="import"))
        seconds, spent = seconds + took["put s"], spent + took["put CPU s"]
    size = sum(path.stat().st_size for path in Path(url).parent.glob(Path(url).name + "*"))
    return {"seconds": seconds, "CPU s": spent, "entries/s": count / seconds, "MB": size / 1e6}


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


def exported(url: str, suffix: str) -> Figures:
    from workbench.glossary import reading
    from workbench.glossary.store import Store

    glossary, out = Store(url).glossary(), Path(url).with_name(f"out.{suffix}")
    figures = costs("write", lambda: reading.save(glossary, out))
    figures["MB"] = out.stat().st_size / 1e6
    if suffix != KEPT_EXPORT:
        out.unlink()
    return figures


def previewed(url: str) -> Figures:
    """The file that was exported, read and held against the store that has all of it."""
    from workbench.glossary import importing, reading
    from workbench.glossary.store import Store

    file, found = str(Path(url).with_name(f"out.{KEPT_EXPORT}")), []
    figures = costs("read", lambda: found.append(reading.survey(file)))
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


# -- peers -----------------------------------------------------------------------------------------


def plain(language: str, count: int) -> Figures:
    """pyahocorasick: every place of every form, in words and across them, with no look at their edges."""
    import ahocorasick

    automaton = ahocorasick.Automaton()

    def build() -> None:
        for number, form in enumerate(forms):
            automaton.add_word(form, number)
        automaton.make_automaton()

    forms = [form.casefold() for form in invented.writings(count, language)]
    before = peak()
    figures = {**costs("build", build), "forms": len(forms), "automaton MB": peak() - before}
    return {**figures, **rates(language, count, lambda sentence: list(automaton.iter(sentence.casefold())))}


def whole_words(language: str, count: int) -> Figures:
    """The same automaton made to answer as a matcher must: hits that are words, the longest of those that overlap, each
    with its entries. It knows neither case nor endings that are not listed."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    listed: dict[str, list[int]] = {}
    for at, number, one, term in invented.Invented(count, language).terms(language):
        for form in (*(form.text for form in invented.forms.forms(one, term)), *term.variants):
            listed.setdefault(form.casefold(), []).append(at * 100 + number)

    def build() -> None:
        for form, owners in listed.items():
            automaton.add_word(form, (len(form), owners))
        automaton.make_automaton()

    def find(sentence: str) -> list[tuple[int, int, list[int]]]:
        text, hits = sentence.casefold(), []
        for last, (length, owners) in automaton.iter(text):
            start, end = last - length + 1, last + 1
            if not text[end : end + 1].isalnum() and not (start and text[start - 1].isalnum()):
                hits.append((start, end, owners))
        if len(hits) < 2:
            return hits
        kept, free = [], 0
        for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if hit[0] >= free:
                kept.append(hit)
                free = hit[1]
        return kept

    return {**costs("build", build), **rates(language, count, find)}


def phrases(language: str, count: int) -> Figures:
    """spaCy: whole words in any case; its tokenizer and its matcher."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank(language)
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")

    def build() -> None:
        forms = invented.writings(count, language)
        while part := list(islice(forms, 10_000)):
            matcher.add("term", [blank.make_doc(form) for form in part])

    before = peak()
    figures = {**costs("build", build), "automaton MB": peak() - before}
    return {**figures, **rates(language, count, lambda sentence: matcher(blank.make_doc(sentence)))}


# -- all of it -------------------------------------------------------------------------------------


def measure(
    count: int,
    languages: list[str],
    spacy_up_to: int = SPACY_UP_TO,
    store: bool = True,
    preview_up_to: int = PREVIEW_UP_TO,
) -> dict[str, Figures]:
    results: dict[str, Figures] = {}

    def take(name: str, work: Callable[..., Figures], *given: Any) -> None:
        results[name] = alone(work, *given)
        said = ", ".join(f"{what} {_short(value)}" for what, value in results[name].items())
        print(f"{count:>9,} {name:<28} {said}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBENCH_CACHE"] = str(Path(folder) / "cache")
        url = str(Path(folder) / "glossary.db")
        if store:
            take("import", imported, url, count)
            take("search", searched, url, count)
            take("snapshot", snapshot, url)
            for suffix in EXPORTS:
                take(f"export {suffix}", exported, url, suffix)
            if count <= preview_up_to:
                take("preview", previewed, url)
        for language in languages:
            take(f"match {language}", matched, url if store else "", language, count)
            if find_spec("ahocorasick"):
                take(f"pyahocorasick {language}", plain, language, count)
                take(f"{WHOLE} {language}", whole_words, language, count)
            if find_spec("spacy") and count <= spacy_up_to:
                take(f"spaCy PhraseMatcher {language}", phrases, language, count)
    return results


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def compare(results: dict[int, dict[str, Figures]], languages: list[str]) -> None:
    """Goals, and how cost grows with size."""
    for count, found in results.items():
        print(f"\n{count:,} entries")
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
    parser.add_argument("--spacy-up-to", type=int, default=SPACY_UP_TO, help="entries")
    parser.add_argument("--preview-up-to", type=int, default=PREVIEW_UP_TO, help="entries")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    for peer in ("ahocorasick", "spacy"):
        if not find_spec(peer):
            print(f"{peer} is not installed and left out: pip install 'workbench-for-names[bench]'")
    results = {
        count: measure(count, given.languages, given.spacy_up_to, not given.no_store, given.preview_up_to)
        for count in given.entries
    }
    compare(results, given.languages)
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
