"""The usual form of a name in a language that has a script of its own: from the lexicon of equivalences."""

from __future__ import annotations

from collections.abc import Mapping

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
# Languages that names come home to: the file of their names and the script of its first forms.
HOMES = {"en": ("given.txt", "latin"), "az": ("azerbaijani.txt", "latin"), "hy": ("armenian.txt", "armenian")}
HOME_ENDINGS = {
    "en": {},
    "az": {
        "ov": "ov",
        "ova": "ova",
        "ev": "yev",
        "eva": "yeva",
        "Iev": "yev",
        "Ieva": "yeva",
        "zade": "zadə",
        "zada": "zadə",
    },
    "hy": ENDINGS["hy"],
}  # fmt: skip


def usual(name: str, target: str) -> str:
    """Акопян for Hakobyan, Гейдаров for Heydərov; empty where the lexicon lacks a word of the name."""
    script = SCRIPTS.get(target)
    return _written(name, script, "", ENDINGS[target]) if script else ""


def home(name: str) -> tuple[str, str]:
    """The language and the form that the lexicon has for a name that came from elsewhere: ('az', 'Ceyhun') for
    Джейхун, ('en', 'Antony') for Энтони; both empty where a word is of no list, or two are of two."""
    for language, (file, script) in HOMES.items():
        form = _written(name, script, file, HOME_ENDINGS[language])
        if form:
            return language, form
    return "", ""


def _written(name: str, script: str, file: str, endings: Mapping[str, str]) -> str:
    """A name of the lexicon in a script, word by word; empty where it lacks one."""
    edits = []
    for word in words(name):
        stem, ending = lexicon().usual(word.text, script, file)
        if not stem or (ending and ending not in endings):
            return ""
        form = stem + endings.get(ending, "")
        edits.append((word.span, form.upper() if len(word.text) > 1 and word.text.isupper() else form))
    return replace(name, edits) if edits else ""
