"""A finished model as others read it: a transformers folder with half-precision weights and a card."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from workbench.engines.annotation import Annotation
from workbench.engines.cache import sha256
from workbench.training.corpus import ANY
from workbench.training.materials import FILES
from workbench.training.recipe import Recipe

if TYPE_CHECKING:
    from workbench.training.trainer import Trainer

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
    "netranslit": "CC0 1.0; steveash/NETransliteration-COLING2018",
    "deepchar": "Wikidata labels (CC0), as collected in deepchar/entities, which states no licence",
    "names-translator": "MIT; dchaplinsky/names-translator",
    "whosonfirst": "CC0 and CC BY sources; Who's On First, https://whosonfirst.org/docs/licenses/",
    "wmt": "released for research; past WMT news test sets, used for the news-like end of the curriculum",
}


def write(trainer: Trainer, folder: Path, ct2: Path | None = None) -> None:
    """Weights (fp16 safetensors of the averaged model), vocabulary, generation settings, and a card
    without scores: `workbench evaluate --into-card` writes those that it measured.

    `ct2`: a folder for a copy that CTranslate2 reads, in 8 bits; ours makes its own at first use.
    """
    model = trainer.averaged().to("cpu", torch.float16)
    norm = float(model.get_input_embeddings().weight[trainer.pad].detach().float().norm())
    if norm:
        raise AssertionError(f"the <pad> row has norm {norm}; CTranslate2 would disagree with transformers")
    folder.mkdir(parents=True, exist_ok=True)
    model.config.architectures = ["MarianMTModel"]
    model.save_pretrained(folder)
    for name in FILES:
        shutil.copy(trainer.folder / name, folder / name)
    recipe = trainer.recipe
    tokens = {"source_lang": recipe.source, "target_lang": recipe.target, "tokenizer_class": "MarianTokenizer",
              "model_max_length": 512, "separate_vocabs": False}  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(tokens, indent=2) + "\n", encoding="utf-8")
    (folder / "card.toml").write_text(_card(trainer, folder), encoding="utf-8")
    if ct2 is not None:
        from workbench.engines.ct2 import converted
        from workbench.engines.pieces import Vocabulary

        shutil.copytree(converted(folder, Vocabulary(folder, recipe.pairs[0][1])), ct2, dirs_exist_ok=True)


def _card(trainer: Trainer, folder: Path) -> str:
    """Facts of the model, what the recipe's `[card]` says, the training, the data, hashes of the files."""
    recipe, done = trainer.recipe, trainer.progress
    facts: dict[str, Any] = {
        "name": recipe.name,
        **_languages(recipe),
        "licence": "CC-BY-4.0",
        "kind": "MarianMT",
        "parameters": sum(p.numel() for p in trainer.model.parameters()),
        "vocabulary": trainer.pad + 1,
        "precision": "float16",
        "alignment": "guided: last decoder layer, head 0" if recipe.guided else "not guided",
    }
    lines = [_line(key, value) for key, value in (facts | dict(recipe.card)).items()]
    if recipe.augment.annotate:
        masked = recipe.augment.masked > 0.5
        lines += ["", "[annotation]", *(_line(*item) for item in Annotation(masked=masked).as_table().items())]
    training: dict[str, Any] = {
        "seed": recipe.seed,
        "steps": done.step,
        "target_tokens": done.tokens,
        "hours": round(done.seconds / 3600, 2),
        "tokens_per_second": round(trainer.tokens_per_second),
        "peak_memory_mib": trainer.peak_memory,
        "hardware": _hardware(trainer),
        "shape": " ".join(f"{k}={getattr(recipe.shape, k)}" for k in recipe.shape.__slots__),
        "augmentation": " ".join(f"{k}={v}" for k, v in asdict(recipe.augment).items() if v and recipe.augment.changed),
        "stages": [f"{s.name}: {s.tokens} target tokens" for s in recipe.stages],
        "export": _export(trainer),
    }
    lines += ["", "[training]", *(_line(key, value) for key, value in training.items())]
    for name, rows in trainer.corpus.lists.items():
        lines += ["", "[[data]]", _line("name", name), _line("rows", rows), _line("licence", LICENCES[name])]
    for key, pairs in trainer.corpus.pairs.items() if not trainer.corpus.lists else ():
        lines += ["", "[[data]]", _line("name", key.origin), _line("rows", len(pairs))]
        if len(recipe.pairs) > 1:
            lines.append(_line("pair", f"{key.source}-{key.target}"))
        shares = [str(stage.sources.get(key.origin, stage.sources.get(ANY, 0))) for stage in recipe.stages]
        lines.append(_line("times_per_epoch", ", ".join(shares)))
        lines.append(_line("licence", LICENCES.get(key.origin, "see the source")))
    hashes = {name: sha256(folder / name) for name in ("model.safetensors", *FILES)}
    lines += ["", "[sha256]", *(f'"{name}" = "{digest}"' for name, digest in hashes.items())]
    return "\n".join(lines) + "\n"


def _languages(recipe: Recipe) -> dict[str, Any]:
    """One pair as source and target; of several, the lists."""
    if len(recipe.pairs) == 1:
        return {"source": recipe.source, "target": recipe.target}
    return {"pairs": ["-".join(pair) for pair in recipe.pairs]}


def _export(trainer: Trainer) -> str:
    if trainer.recipe.average:
        return f"mean of the last {trainer.recipe.average} snapshots"
    best = trainer.checkpoints.best(torch.device("cpu"))
    if best:
        return (
            f"moving average at {best[1]['tokens']} target tokens, the best on the dev set (chrF {best[1]['dev']:.2f})"
        )
    return "moving average at the end"


def _line(key: str, value: Any) -> str:
    """One key of TOML; JSON's texts, numbers and lists are TOML's too."""
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _hardware(trainer: Trainer) -> str:
    if trainer.device.type == "cuda":
        return torch.cuda.get_device_name()
    return f"{torch.get_num_threads()} CPU thread{'s' if torch.get_num_threads() > 1 else ''}"
