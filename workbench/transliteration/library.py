"""The schemes that come with the workbench: read from their files when asked for."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from typing import Any

from workbench.errors import InputError
from workbench.fileformats import read_toml
from workbench.transliteration.scheme import Scheme


@cache
def scheme_ids() -> tuple[str, ...]:
    """In alphabetical order: 'az-cyrl', 'hy-bgn-pcgn-1981' …"""
    folder = resources.files(__package__) / "schemes"
    return tuple(sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".toml")))


@cache
def scheme(id: str) -> Scheme:
    """By its id. InputError names the known ones of the same language."""
    if id not in scheme_ids():
        near = [known for known in scheme_ids() if known.split("-")[0] == id.split("-")[0]] or scheme_ids()
        raise InputError(f"no scheme '{id}' (known: {', '.join(near)})")
    return read_scheme(read_toml(resources.files(__package__) / "schemes" / f"{id}.toml"), id)


def schemes(language: str) -> list[Scheme]:
    """Of a source language, the one to try first at the head."""
    found = [scheme(id) for id in scheme_ids() if id.split("-")[0] == language]
    return sorted(found, key=lambda s: FIRST.index(s.id) if s.id in FIRST else len(FIRST))


def chosen(language: str, standard: str) -> Scheme:
    """`standard` is an id or its end: bgn-pcgn-1981 for hy is hy-bgn-pcgn-1981; hy-iso-9985-back reads it back."""
    forward = standard.removesuffix("-back")
    made = scheme(forward if forward in scheme_ids() else f"{language}-{forward}")
    return made.reverse if forward != standard else made


FIRST = (
    "hy-bgn-pcgn-1981", "hyw-ala-lc", "ru-bgn-pcgn-1947", "uk-national-2010", "ka-national-2002", "el-elot-743",
    "be-national-2007", "bg-law-2009", "kk-bgn-pcgn-1979", "sr-latin", "az-ascii", "ko-revised-2000", "ja-hepburn",
)  # fmt: skip


def read_scheme(data: dict[str, Any], id: str) -> Scheme:
    """From the tables of a file; `like` names a scheme whose letters and rules these add to."""
    letters, rules, classes = dict(data.get("letters", {})), dict(data.get("rules", {})), dict(data.get("classes", {}))
    if "like" in data:
        base = scheme(data["like"])
        letters = {**dict(base.letters), **letters}
        rules = {**rules, **{k: v for k, v in base.rules if k not in rules}}
        classes = {**dict(base.classes), **classes}
    scripts = data.get("script", ["", ""])
    return Scheme(
        id=id,
        name=data["name"],
        source=data["language"],
        target=data.get("target", "und"),
        script=(scripts[0], scripts[1]),
        standard=data.get("standard", ""),
        tag=data["tag"],
        origin=data.get("source", ""),
        letters=_pairs(letters),
        rules=_pairs(rules),
        classes=tuple(classes.items()),
        samples=_pairs(data.get("samples", {})),
        back=_pairs(data.get("back", {})),
        reversible=data.get("reversible", False),
        note=data.get("note", ""),
        module=data.get("module", ""),
        before=_pairs(data.get("before", {})),
        after=_pairs(data.get("after", {})),
    )


def _pairs(table: dict[str, str]) -> tuple[tuple[str, str], ...]:
    normal = unicodedata.normalize
    return tuple((normal("NFC", key), normal("NFC", value)) for key, value in table.items())
