"""A real run that is killed without a warning, again and again, ends as one that was not."""

import lzma
import random
import subprocess
import sys
import time

import torch

from workbench.training.checkpoints import Checkpoints

RECIPE = """
name = "toy"
source = "en"
target = "es"
vocabulary = 340
rate = 5e-3
warm_up = 10
batch_tokens = 300
guided = 0.2
validate_every = 1500

[augment]
annotate = 0.3
lower = 0.05

[shape]
encoder_layers = 1
decoder_layers = 1
d_model = 32
ffn = 64
heads = 2

[[stage]]
name = "one"
tokens = 12000
sources = {toy = 1.0}
"""


def test_a_killed_run_ends_as_one_that_was_not(tmp_path, data):
    (tmp_path / "toy.toml").write_text(RECIPE, encoding="utf-8")

    def start(run):
        command = [sys.executable, "-m", "workbench", "train", tmp_path / "toy.toml", "--data", data, "--dev", data]
        command += ["--run", tmp_path / run, "--threads", "1", "--save-every", "0"]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    whole = start("whole")
    assert whole.wait() == 0, whole.stderr.read()
    moments, kills = random.Random(3), 0
    for wanted in (1, 2, 3):  # checkpoints to come before the kill: in the middle of a step, or of a save
        process, before = start("part"), set((tmp_path / "part").glob("step-*.pt"))
        while process.poll() is None and len(set((tmp_path / "part").glob("step-*.pt")) - before) < min(wanted, 2):
            time.sleep(0.01)
        time.sleep(moments.random() * 0.05)
        process.kill()
        kills += process.wait() == -9
    last = start("part")
    assert last.wait() == 0, last.stderr.read()
    assert kills >= 2
    cpu = torch.device("cpu")
    (_, one), (_, other) = (Checkpoints(tmp_path / run).newest(cpu) for run in ("whole", "part"))
    for key in ("step", "tokens", "looks", "best", "losses"):
        assert one["progress"][key] == other["progress"][key]
    for part in ("model", "ema"):
        assert all(torch.equal(weight, other[part][name]) for name, weight in one[part].items())
    best, same = (Checkpoints(tmp_path / run).best(cpu) for run in ("whole", "part"))
    assert best[1] == same[1]
    assert all(torch.equal(weight, same[0][name]) for name, weight in best[0].items())


NAMES = """
name = "names"
source = "mul"
target = "mul"
rate = 5e-3
warm_up = 10
batch_tokens = 200
ema = 0.99
guided = 0.0

[shape]
encoder_layers = 1
decoder_layers = 1
d_model = 32
ffn = 64
heads = 2

[[stage]]
name = "one"
tokens = 12000
sources = {en-ru = 1.0, ru-en = 1.0}
"""


def test_a_killed_run_of_names_ends_as_one_that_was_not(tmp_path):
    (tmp_path / "names.toml").write_text(NAMES, encoding="utf-8")
    (tmp_path / "lists" / "netranslit").mkdir(parents=True)
    syllables = {"ba": "ба", "do": "до", "ri": "ри", "ne": "не", "ku": "ку", "la": "ла"}
    rows = [("train", a + b + c, syllables[a] + syllables[b] + syllables[c], "1")
            for a in syllables for b in syllables for c in syllables]  # fmt: skip
    with lzma.open(tmp_path / "lists" / "netranslit" / "ru.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("split\tlatin\tother\tcount\n" + "".join("\t".join(row) + "\n" for row in rows))

    def start(run):
        command = [sys.executable, "-m", "workbench", "train-names", tmp_path / "names.toml"]
        command += ["--data", tmp_path / "lists", "--run", tmp_path / run, "--threads", "1", "--save-every", "0"]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    whole = start("whole")
    assert whole.wait() == 0, whole.stderr.read()
    part = start("part")
    while part.poll() is None and not list((tmp_path / "part").glob("step-*.pt")):
        time.sleep(0.01)
    part.kill()
    assert part.wait() == -9
    last = start("part")
    assert last.wait() == 0, last.stderr.read()
    cpu = torch.device("cpu")
    (_, one), (_, other) = (Checkpoints(tmp_path / run).newest(cpu) for run in ("whole", "part"))
    assert one["progress"]["tokens"] == other["progress"]["tokens"] >= 12000
    assert all(torch.equal(weight, other["model"][name]) for name, weight in one["model"].items())
