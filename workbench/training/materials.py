"""All that a run trains with, made from its inputs: clean pairs, vocabulary, aligner, augmentation."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from workbench.enforcement.demands import Terms
from workbench.errors import InputError
from workbench.glossary import reading
from workbench.glossary.model import Glossary, merged
from workbench.training.aligner import Aligner
from workbench.training.annotate import Annotator
from workbench.training.augment import Augmenter
from workbench.training.corpus import ANY, Corpus, read_corpus
from workbench.training.links import Linker, grammar_words
from workbench.training.recipe import Recipe
from workbench.training.switching import Names, read_names
from workbench.training.vocabulary import PAD, load_vocabulary, tag_of, train_vocabulary

FILES = ("source.spm", "target.spm", "vocab.json")
ALIGN_PAIRS = 40_000  # of each collection, for the aligner
GRAMMAR_LINES = 5_000  # of each collection, to count words in


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files of a run. `names`: tables of names to exchange; `glossaries`: whose terms are annotated
    wherever both sides hold them, beside what the aligner finds."""

    data: tuple[Path, ...]
    dev: Path | None = None
    names: tuple[Path, ...] = ()
    glossaries: tuple[str, ...] = ()


class Materials:
    """`pad`: the id of `<pad>`, the last one; `tags`: ids of the tags by target, none for one target."""

    def __init__(self, recipe: Recipe, inputs: Inputs, folder: Path, init: Path | None, corpus: Corpus | None = None):
        self.recipe, self.folder = recipe, folder
        wanted = frozenset(origin for stage in recipe.stages for origin in stage.sources)
        self.corpus = corpus or read_corpus(inputs.data, recipe.pairs, wanted)
        self._vocabulary(init)
        self.pieces = load_vocabulary(folder)
        self.ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        self.pad, self.end = self.ids[PAD], self.pieces.eos_id()
        missing = [tag_of(target) for target in recipe.tagged if tag_of(target) not in self.ids]
        if missing:
            raise InputError(f"{folder}: the vocabulary has no tag {', '.join(missing)}; start without --init")
        self.tags = {target: self.ids[tag_of(target)] for target in recipe.tagged}
        self.names = self._names(inputs)
        self.terms = {pair: Terms(_glossary(inputs), *pair) for pair in recipe.pairs} if inputs.glossaries else {}
        self.fingerprint = self._fingerprint(inputs)

    def _vocabulary(self, init: Path | None) -> None:
        if all((self.folder / name).exists() for name in FILES):
            return
        if init:
            for name in FILES:
                shutil.copy(init / name, self.folder / name)
            return
        stage = self.recipe.stages[0]
        text = (
            side
            for key, pairs in self.corpus.pairs.items()
            for pair in pairs[: max(20_000, round(stage.sources.get(key.origin, 0.0) * len(pairs)))]
            if key.origin in stage.sources or ANY in stage.sources
            for side in (pair.source, pair.target)
        )
        train_vocabulary(text, self.recipe.vocabulary, self.folder, map(tag_of, self.recipe.tagged))

    def _names(self, inputs: Inputs) -> dict[tuple[str, str], Names]:
        shares = self.recipe.augment
        if not shares.switch and not (shares.annotate and shares.unknown and inputs.names):
            return {}
        if not inputs.names:
            raise InputError("switch in [augment] needs tables of names: --names FILE (or switch = 0)")
        return {pair: read_names(inputs.names, *pair) for pair in self.recipe.pairs}

    def _fingerprint(self, inputs: Inputs) -> str:
        """Of recipe, lines, names and glossaries: a run goes on only with the same."""
        digest = hashlib.sha256(f"{self.recipe.fingerprint} {self.corpus.fingerprint}".encode())
        digest.update("".join(f"{n.source}\t{n.target}\n" for t in self.names.values() for n in t.listed).encode())
        digest.update("".join(terms.glossary.fingerprint for terms in self.terms.values()).encode())
        return digest.hexdigest()[:16]

    @property
    def needs_aligner(self) -> bool:
        return bool(self.recipe.guided or self.recipe.augment.annotate)

    def aligner(self) -> Aligner:
        """Learnt from up to ALIGN_PAIRS pairs of each collection, the same ones on every start."""
        rng = random.Random(self.recipe.seed)
        encode = self.pieces.encode
        chosen = (rng.sample(group, min(len(group), ALIGN_PAIRS)) for group in self.corpus.pairs.values())
        return Aligner([(encode(p.source), encode(p.target)) for group in chosen for p in group], self.pad + 1)

    def augmenter(self, aligner: Aligner | None) -> Augmenter:
        """`aligner` None where nothing is annotated."""
        shares = self.recipe.augment
        annotator = None
        if shares.annotate and aligner is not None:
            linker = Linker(aligner.table.cpu().numpy(), self.pieces)
            annotator = Annotator(linker, self._grammar(), self.ids, self.pad, shares.masked, self.terms)
        return Augmenter(shares, self.pieces, self.names, annotator, self.tags)

    def _grammar(self) -> dict[str, frozenset[str]]:
        texts: dict[str, list[str]] = {}
        for key, pairs in self.corpus.pairs.items():
            texts.setdefault(key.source, []).extend(pair.source for pair in pairs[:GRAMMAR_LINES])
        return {language: grammar_words(lines) for language, lines in texts.items()}


def _glossary(inputs: Inputs) -> Glossary:
    return merged(reading.load(name) for name in inputs.glossaries)
