"""How a batch grows with its lines, and what it costs beside plain loops over the same model.

    python -m benchmarks.batch [--lines 10000,100000,1000000] [--jobs N] [--glossary] [--words] [--json FILE]

For each number of lines one text file is translated by `workbench batch` in a process of its own:
seconds, most resident memory (MB), sentences a second end to end, share of the engine. Time is
linear when the seconds a line stay the same. The peers translate a sample of the same lines, greedy
like the batch: `MarianMTModel.generate` in a loop, a sentence a call, and `Translator.translate_batch`
of CTranslate2 with the library's own tokenizer, 8 bit, the same cores.

`--words`: an engine that costs next to nothing in place of the model, and no peers: how all the rest grows.
Processor seconds are of the process alone, so that they count also on a machine that does other work; of the
batch its start is among them, of the peers it is not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.__main__ import plain_transformers
from benchmarks.news import DAYS, PEOPLE
from workbench import bundled

SAMPLE = 64  # lines of the slow peer
CT2_SAMPLE = 2000
MOST = 128  # pieces written for a sentence
WHO = "The government;The company;The president;The police;A spokesman;The minister;A doctor;The court".split(";")
SAID = "said;announced;explained;denied;admitted;repeated;confirmed;told reporters".split(";")
KIND = "new;old;small;large;national;local;public;private;common;recent;first;last;free;open".split(";")
WHAT = "law;school;market;bank;hospital;team;plan;report;bridge;road;vote;army;museum;river;city;union".split(";")
DID = "changed;helped;closed;opened;joined;left;stopped;reached;followed;supported;needed;won".split(";")
WHEN = "before the summer;after the war;without any reason;for many years;in the end;once again".split(";")


@dataclass(frozen=True)
class Run:
    """`share`: of the engine in the time of all hands."""

    lines: int
    seconds: float
    processor: float  # seconds
    megabytes: float
    rate: float
    share: float


def write_lines(path: Path, count: int, seed: int = 1) -> None:
    """Lines of news, hardly two alike, without figures: those the batch decodes again until they are right,
    which no plain loop does. A third names somebody of the bundled glossary."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            who = dice.choice(PEOPLE if number % 3 == 0 else WHO)
            file.write(
                f"{who} {dice.choice(SAID)} on {dice.choice(DAYS)} that the {dice.choice(KIND)} {dice.choice(WHAT)} "
                f"{dice.choice(DID)} the {dice.choice(KIND)} {dice.choice(WHAT)} {dice.choice(WHEN)}.\n"
            )


def batch(folder: Path, lines: int, jobs: int, glossary: bool, words: bool = False) -> Run:
    """In a process of its own, so that its memory is its own."""
    source, out = folder / f"{lines}.txt", folder / f"out-{lines}-{jobs}"
    write_lines(source, lines)
    program = "benchmarks.word_engine" if words else "workbench"
    command = [sys.executable, "-m", program, "batch", str(source), "--from", "en", "--to", "es", "-o", str(out),
               "--beam", "1", "--jobs", str(jobs)]  # fmt: skip
    began = time.perf_counter()
    process = subprocess.Popen([*command, *([] if glossary else ["--no-glossary"])], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"the batch of {lines} lines failed ({status})")
    told = json.loads((out / "_workbench" / "report.json").read_text(encoding="utf-8"))["throughput"]
    scale = 1 if sys.platform == "darwin" else 1024
    spent = used.ru_utime + used.ru_stime
    return Run(lines, seconds, spent, used.ru_maxrss * scale / 1e6, lines / seconds, told["engine_share"])


def plain_ct2(model: Path, sentences: list[str], cores: int) -> Callable[[], int]:
    """A loop over batches of sentences as the documentation of CTranslate2 has it."""
    import ctranslate2
    from transformers import MarianTokenizer

    from workbench.engines.ct2 import converted
    from workbench.engines.pieces import Vocabulary

    folder = converted(model, Vocabulary(model, "es", None))
    tokenizer = MarianTokenizer.from_pretrained(model)
    translator = ctranslate2.Translator(
        str(folder), device="cpu", inter_threads=cores, intra_threads=1, compute_type="int8"
    )

    def work() -> int:
        pieces = [tokenizer.convert_ids_to_tokens(tokenizer.encode(text)) for text in sentences]
        found = translator.translate_batch(
            pieces, beam_size=1, max_batch_size=2048, batch_type="tokens", max_decoding_length=MOST
        )
        ids = [tokenizer.convert_tokens_to_ids(result.hypotheses[0]) for result in found]
        return len(tokenizer.batch_decode(ids, skip_special_tokens=True))

    return work


@dataclass(frozen=True)
class Peer:
    """Sentences a second, and a second of the processor."""

    rate: float
    processor: float


def peers(folder: Path, cores: int) -> dict[str, Peer]:
    """The plain loops, without the time in which they load."""
    model = bundled.folder("models") / "en-es"
    write_lines(folder / "sample.txt", CT2_SAMPLE)
    sentences = (folder / "sample.txt").read_text(encoding="utf-8").splitlines()
    rates = {}
    plain = plain_transformers(model, sentences[:SAMPLE], 1, MOST)
    for name, work, count in (
        ("transformers", plain, SAMPLE),
        ("CTranslate2", plain_ct2(model, sentences, cores), CT2_SAMPLE),
    ):
        began, spent = time.perf_counter(), time.process_time()
        work()
        rates[name] = Peer(count / (time.perf_counter() - began), count / (time.process_time() - spent))
    return rates


def main() -> None:
    from workbench.engines.ct2 import usable_cores

    parser = argparse.ArgumentParser(description="A batch beside plain loops.")
    parser.add_argument("--lines", default="10000,100000,1000000")
    parser.add_argument("--jobs", type=int, default=usable_cores())
    parser.add_argument("--glossary", action="store_true", help="with the bundled glossaries; the peers have none")
    parser.add_argument("--words", action="store_true", help="no model and no peers: an engine that costs nothing")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    with tempfile.TemporaryDirectory() as folder:
        rates = {} if given.words else peers(Path(folder), usable_cores())
        runs = [batch(Path(folder), int(n), given.jobs, given.glossary, given.words) for n in given.lines.split(",")]
    heads = ("lines", "seconds", "processor", "ms a line", "MB at most", "sentences/s", "engine")
    print("".join(f"{head:>12}" for head in heads))
    for run in runs:
        print(
            f"{run.lines:>12}{run.seconds:>12.1f}{run.processor:>12.1f}{1000 / run.rate:>12.2f}{run.megabytes:>12.0f}"
            f"{run.rate:>12.1f}{100 * run.share:>10.0f} %"
        )
    for name, peer in rates.items():
        last = runs[-1]
        print(
            f"plain {name:<13} {peer.rate:>8.1f} sentences/s; the batch is {last.rate / peer.rate:.2f} times as fast, "
            f"by processor time {last.lines / last.processor / peer.processor:.2f} times"
        )
    if given.json:
        told = {
            "runs": [asdict(run) for run in runs],
            "peers": {name: asdict(peer) for name, peer in rates.items()},
            "jobs": given.jobs,
            "glossary": given.glossary,
        }
        given.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
