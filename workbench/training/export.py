"""A finished model as others read it: a transformers folder with half-precision weights and a card."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from workbench.training.trainer import Trainer

VOCABULARY = ("source.spm", "target.spm", "vocab.json")
# Licence of each collection that may train a model that ships.
LICENCES = {
    "tatoeba-manythings": "CC BY 2.0 FR; sentences of tatoeba.org",
    "un-testset": "UN terms (free use with acknowledgement); United Nations Parallel Corpus",
    "microsoft-cpp-docs": "CC BY 4.0; Microsoft C++ documentation",
    "php-docs": "CC BY 3.0; the PHP documentation group",
    "python-docs": "CC0 (translation), PSF licence (English); Python documentation",
    "gnome-user-docs": "CC BY 3.0; the GNOME documentation project",
    "tldr-pages": "CC BY 4.0; tldr-pages contributors",
    "tico-19": "CC0; Translation Initiative for COVID-19",
    "wmt": "released for research; past WMT news test sets, used for the news-like end of the curriculum",
}


def write(trainer: Trainer, folder: Path) -> None:
    """Weights (fp16 safetensors of the averaged model), vocabulary, generation settings, and a card
    without scores: `workbench evaluate --into-card` writes those that it measured."""
    model = trainer.averaged().to("cpu", torch.float16)
    norm = float(model.get_input_embeddings().weight[trainer.pad].detach().float().norm())
    if norm:
        raise AssertionError(f"the <pad> row has norm {norm}; CTranslate2 would disagree with transformers")
    folder.mkdir(parents=True, exist_ok=True)
    model.config.architectures = ["MarianMTModel"]
    model.save_pretrained(folder)
    for name in VOCABULARY:
        shutil.copy(trainer.folder / name, folder / name)
    recipe = trainer.recipe
    tokens = {"source_lang": recipe.source, "target_lang": recipe.target, "tokenizer_class": "MarianTokenizer",
              "model_max_length": 512, "separate_vocabs": False}  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(tokens, indent=2) + "\n", encoding="utf-8")
    (folder / "card.toml").write_text(_card(trainer, folder), encoding="utf-8")


def _card(trainer: Trainer, folder: Path) -> str:
    recipe, done = trainer.recipe, trainer.progress
    files = ["model.safetensors", *VOCABULARY]
    facts: dict[str, Any] = {
        "name": recipe.name,
        "source": recipe.source,
        "target": recipe.target,
        "licence": "CC-BY-4.0",
        "kind": "MarianMT",
        "parameters": sum(p.numel() for p in trainer.model.parameters()),
        "vocabulary": trainer.pad + 1,
        "precision": "float16",
        "alignment": "guided: last decoder layer, head 0" if recipe.guided else "not guided",
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    training: dict[str, Any] = {
        "seed": recipe.seed,
        "steps": done.step,
        "target_tokens": done.tokens,
        "hours": round(done.seconds / 3600, 2),
        "hardware": _hardware(trainer),
        "shape": " ".join(f"{k}={getattr(recipe.shape, k)}" for k in recipe.shape.__slots__),
        "stages": [f"{s.name}: {s.tokens} target tokens" for s in recipe.stages],
    }
    lines += ["", "[training]", *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in training.items())]
    for origin, pairs in trainer.corpus.pairs.items():
        shares = [str(stage.sources.get(origin, 0)) for stage in recipe.stages]
        licence = json.dumps(LICENCES.get(origin, "see the source"), ensure_ascii=False)
        lines += ["", "[[data]]", f'name = "{origin}"', f"rows = {len(pairs)}"]
        lines += [f'times_per_epoch = "{", ".join(shares)}"', f"licence = {licence}"]
    lines += ["", "[sha256]", *(f'"{name}" = "{_digest(folder / name)}"' for name in files)]
    return "\n".join(lines) + "\n"


def _hardware(trainer: Trainer) -> str:
    if trainer.device.type == "cuda":
        return torch.cuda.get_device_name()
    return f"{torch.get_num_threads()} CPU thread{'s' if torch.get_num_threads() > 1 else ''}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
