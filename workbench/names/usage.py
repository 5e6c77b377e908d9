"""The usual form of a name in a language that has a script of its own: from the lexicon of equivalences."""

from __future__ import annotations

from workbench.names.lexicon import lexicon
from workbench.spans import replace
from workbench.text import words

SCRIPTS = {"ru": "cyrillic", "hy": "armenian"}  # languages whose first listed form is the usual one
# What stands for the endings of surnames, given in sounds; ев after a vowel or a soft sign.
ENDINGS = {
    "ru": {"Ian": "ян", "Ianc": "янц", "ov": "ов", "ova": "ова", "ev": "ев", "eva": "ева", "Iev": "ев", "Ieva": "ева",
           "zade": "заде", "zada": "заде", "lI": "лы"},
    "hy": {"Ian": "յան", "Ianc": "յանց", "ov": "ով", "ova": "ովա", "ev": "և", "eva": "ևա", "Iev": "և", "Ieva": "ևա",
           "zade": "զադե", "zada": "զադե", "lI": "լի"},
}  # fmt: skip


def usual(name: str, target: str) -> str:
    """Акопян for Hakobyan, Гейдаров for Heydərov; empty where the lexicon lacks a word of the name."""
    script = SCRIPTS.get(target)
    found = words(name)
    if script is None or not found:
        return ""
    edits = []
    for word in found:
        stem, ending = lexicon().usual(word.text, script)
        if not stem or (ending and ending not in ENDINGS[target]):
            return ""
        form = stem + ENDINGS[target].get(ending, "")
        edits.append((word.span, form.upper() if len(word.text) > 1 and word.text.isupper() else form))
    return replace(name, edits)
