"""The Names tab: a name in all languages, its kin, and names found in a document; names.js fills it."""

from __future__ import annotations

from workbench.ui.room import Room
from workbench.ui.tabs import desks

TITLE = "Names"
SCRIPTS = ("names.js",)
WORDS = (
    "A name", "Language of the name", "All languages", "Show forms", "Find names in a document", "Adopt",
    "Adopt this form", "Adopt the chosen forms", "Language", "Form", "Forms", "How", "Reason", "Others", "Kind",
    "Entry", "Type a name in any script: its forms stand here, each with its reason.", "Try an example",
    "Proposed to the glossary: {entry}", "Spellings of {name}", "No other spelling is known.", "The same as a list",
    "the same name", "a part of it", "another name", "Looking for names…", "Forms and spellings",
    "Names that the glossary does not know: {count}", "person", "place", "organisation", "work", "term", "glossary",
    "official", "usage", "convention", "standard", "neural", "icu", "unidecode",
)  # fmt: skip


def build(room: Room) -> None:
    desks.build(room, "wb-names", WORDS, SCRIPTS)
