"""Small files of many formats, made from templates: what a folder of an office may hold."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path

from benchmarks.news import lines

NAMES = ("Zelenko", "Tarkhanian", "Oravecz", "Kumayri")  # in no glossary
SAID = ("{name} came to the city.", "The minister met {name} and his wife.", "We asked {name} why.")


def _srt(said: list[str]) -> str:
    cues = (f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n" for n, line in enumerate(said, 1))
    return "\n".join(cues)


def _po(said: list[str]) -> str:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(f'\nmsgid {json.dumps(line)}\nmsgstr ""\n' for line in dict.fromkeys(said))


def _html(said: list[str]) -> str:
    body = "".join(f"<p>{_marked(line)}</p>\n" for line in said)
    return f"<!doctype html>\n<html><body>{body}</body></html>\n"


def _marked(line: str) -> str:
    """The last words in a link, and within it in italics."""
    first, *rest = line.rsplit(" ", 2)
    return f'{first} <a href="/x">{rest[0]} <i>{rest[1]}</i></a>' if len(rest) == 2 else line


WRITERS: dict[str, tuple[str, Callable[[list[str]], str]]] = {
    "txt": ("plain", "\n".join),
    "md": ("markdown", lambda said: f"# {said[0]}\n\n" + "\n\n".join(said[1:]) + "\n"),
    "html": ("html", _html),
    "srt": ("subtitles", _srt),
    "po": ("po", _po),
    "csv": ("table", lambda said: "id,text\n" + "".join(f'{n},"{line}"\n' for n, line in enumerate(said))),
    "jsonl": ("json_lines", lambda said: "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(said))),
}


def written(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """`count` files of two to five sentences in a tree of folders, the same ones for a seed; a few are broken."""
    dice = random.Random(seed)
    known = lines(400, seed)
    kinds = [kind for kind, (module, _) in WRITERS.items() if _there(module)]
    made = []
    for number in range(count):
        said = [dice.choice(SAID).format(name=dice.choice(NAMES)) if dice.random() < 0.7 else dice.choice(known)
                for _ in range(dice.randint(2, 5))]  # fmt: skip
        kind = kinds[number % len(kinds)]
        path = folder / f"{number % 7}" / f"{number:04}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WRITERS[kind][1](said), encoding="utf-8")
        made.append(path)
    for number in range(count // 50 + 1):
        (folder / f"broken-{number}.txt").write_bytes(b"caf\xe9 au lait \xff\n" * (number + 1))
    return made


def _there(module: str) -> bool:
    return importlib.util.find_spec(f"workbench.documents.formats.{module}") is not None
