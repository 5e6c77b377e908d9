"""The lists of known names that lie beside a names model, drawn from the lists that it is trained on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from workbench.engines.cache import sha256
from workbench.training.names import DEV, TRAIN, fault, read_places, read_tokens, read_uk_ru
from workbench.transliteration import known
from workbench.transliteration.neural import written

# Languages whose list makes a model's forms better; it is the likely targets, not all of the lists.
LANGUAGES = ("en", "ru", "hy", "el", "fa", "ar", "he", "uk")


def known_names(folder: Path) -> dict[str, Counter[str]]:
    """By language, each name with the times it was seen.

    A row of which the other side is a development name of that language is left out: the list would
    hold its answer only because the row was there. That a name is known from other names and other
    languages stays: Anthony, whom only the Arabic part for development has, is in the Russian lists.
    """
    dev: dict[tuple[str, str], set[str]] = {}
    for pair in read_tokens(folder, DEV):
        dev.setdefault((pair.target, "en"), set()).add(written(pair.name, "en"))
        dev.setdefault((pair.target, pair.target), set()).add(written(pair.other, pair.target))
    found: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for pair in read_tokens(folder, TRAIN):
        latin, other = written(pair.name, "en"), written(pair.other, pair.target)
        if fault(pair):
            continue
        if other not in dev.get((pair.target, pair.target), ()):
            found["en"][latin] += pair.count
        if pair.target in found and latin not in dev.get((pair.target, "en"), ()):
            found[pair.target][other] += pair.count
    for pair in (*read_uk_ru(folder), *read_places(folder)):
        for language, name in ((pair.source, pair.name), (pair.target, pair.other)):
            if language in found:
                found[language][written(name, language)] += 1
    return found


def seen_names(folder: Path) -> dict[str, Counter[tuple[str, str]]]:
    """By language, (name there, name in Latin letters) of the training halves with the times it was seen.

    The model itself may know nothing of such a name: whatever a development half names too, it was not
    trained on. So a figure with these pairs says how often a name is found or guessed, not how it guesses.
    """
    found: dict[str, Counter[tuple[str, str]]] = {}
    for pair in read_tokens(folder, TRAIN):
        if not fault(pair):
            key = written(pair.other, pair.target), written(pair.name, "en")
            found.setdefault(pair.target, Counter())[key] += pair.count
    return found


def write(folder: Path, model: Path) -> None:
    """What the name lists in `folder` know, beside a written model, and the hashes into its card, whose last
    table is [sha256]."""
    paths = []
    for language, names in known_names(folder).items():
        paths.append(known.path_of(model, language))
        known.write(names.items(), paths[-1])
    for language, pairs in seen_names(folder).items():
        paths.append(known.seen_path(model, language))
        known.write_seen(pairs, paths[-1])
    hashes = [f"{json.dumps(path.name)} = {json.dumps(sha256(path))}\n" for path in paths]
    with (model / "card.toml").open("a", encoding="utf-8") as card:
        card.writelines(hashes)
