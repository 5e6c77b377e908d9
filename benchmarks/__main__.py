"""Tokens per second of both engines and of the whole pipeline, beside plain transformers.

    python -m benchmarks [--sentences N] [--shapes bundled,opus] [--json FILE]

Figures are target pieces per second of wall clock, the best of the rounds. The peer is
`MarianMTModel.generate`, greedy, one sentence a call, as most scripts use it; the same in
batches of 16 stands beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.news import GLOSSARY, lines

ROUNDS = 3


def best(work: Callable[[], int]) -> float:
    """Pieces per second of the fastest of the rounds; `work` returns how many it wrote."""
    rates = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        pieces = work()
        rates.append(pieces / (time.perf_counter() - began))
    return max(rates)


def plain_transformers(folder: Path, sentences: list[str], batch: int, most: int) -> Callable[[], int]:
    """Greedy `generate` with the library's own tokenizer, as a script from its documentation."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    tokenizer = MarianTokenizer.from_pretrained(folder)
    model = MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval()

    def work() -> int:
        written = 0
        for first in range(0, len(sentences), batch):
            inputs = tokenizer(sentences[first : first + batch], return_tensors="pt", padding=True)
            with torch.no_grad():
                out = model.generate(**inputs, num_beams=1, do_sample=False, max_new_tokens=most)
            written += int((out[:, 1:] != model.config.pad_token_id).sum())
        return written

    return work


def engine(folder: Path, pair: tuple[str, str], backend: str, sentences: list[str], most: int) -> Callable[[], int]:
    from workbench.engines import registry
    from workbench.engines.engine import Options

    loaded = registry.load(registry.find(*pair, model=folder), backend)
    options = Options(beam=1, attention=False, max_pieces=most)
    return lambda: sum(len(h[0].pieces) + 1 for h in loaded.decode(sentences, options))


def pipeline(
    folder: Path, pair: tuple[str, str], sentences: list[str], glossary: bool
) -> tuple[Callable[[], int], dict[str, float]]:
    """The façade on the whole text; the second value is filled with the timings of the last run."""
    from workbench.engines import registry
    from workbench.workbench import Workbench

    loaded = registry.load(registry.find(*pair, model=folder), "ct2")
    bench, timings = Workbench(), {}

    def work() -> int:
        made = bench.translate("\n".join(sentences), *pair, [GLOSSARY] if glossary else [], model=str(folder), beam=1)
        timings.clear()
        timings.update(made.timings)
        return sum(len(loaded.target_pieces(s.target)) + 1 for s in made.segments)

    return work, timings


def measure(name: str, folder: Path, pair: tuple[str, str], count: int, most: int) -> dict[str, Any]:
    sentences = lines(count)
    slow = sentences[: max(8, count // 8)]  # the peers are slow; rates do not depend on the number
    rates = {
        "transformers greedy, one by one": best(plain_transformers(folder, slow, 1, most)),
        "transformers greedy, batches of 16": best(plain_transformers(folder, slow, 16, most)),
        "our torch engine": best(engine(folder, pair, "torch", slow, most)),
        "our CTranslate2 int8 engine": best(engine(folder, pair, "ct2", sentences, most)),
    }
    if name == "bundled":  # random weights write no text that could be counted again
        work, _ = pipeline(folder, pair, sentences, glossary=False)
        work()
        rates["pipeline, no glossary"] = best(work)
        work, timings = pipeline(folder, pair, sentences, glossary=True)
        work()
        rates["pipeline, glossary, hits in a third"] = best(work)
        layer = sum(timings.get(part, 0.0) for part in ("match", "verify", "respelling", "document"))
        again = sum(timings.get(part, 0.0) for part in ("n-best", "stand-in", "prefix", "verbatim"))
        share = {"glossary layer": layer / timings["total"], "decoding again": again / timings["total"]}
    else:
        share = {}
    return {"model": name, "sentences": count, "rates": rates, "shares": share}


def show(result: dict[str, Any]) -> None:
    peer = result["rates"]["transformers greedy, one by one"]
    print(f"\n{result['model']}: {result['sentences']} sentences, target pieces a second")
    for name, rate in result["rates"].items():
        print(f"  {name:<38} {rate:>9.0f}   {rate / peer:>6.1f} ×")
    for name, share in result["shares"].items():
        print(f"  share of the time: {name:<19} {100 * share:>8.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(description="Tokens per second, beside plain transformers.")
    parser.add_argument("--sentences", type=int, default=480)
    parser.add_argument("--shapes", default="bundled,opus")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    from workbench import bundled

    results = []
    for shape in given.shapes.split(","):
        if shape == "bundled":
            results.append(measure("bundled", bundled.folder("models") / "en-es", ("en", "es"), given.sentences, 128))
        else:
            from benchmarks import random_model

            with tempfile.TemporaryDirectory() as folder:
                made = random_model.make(Path(folder) / "opus-mt-en-es")
                results.append(measure("OPUS-MT shape, random weights", made, ("en", "es"), given.sentences // 8, 30))
        show(results[-1])
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    for result in results:
        rates = result["rates"]
        ours = rates.get("pipeline, no glossary", rates["our CTranslate2 int8 engine"])
        peer = rates["transformers greedy, one by one"]
        print(f"{result['model']}: ours / plain transformers greedy = {ours / peer:.1f} × (goal 6 ×)")


if __name__ == "__main__":
    main()
