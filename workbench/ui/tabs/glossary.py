"""The Glossary tab: the store as whoever looks may use it; glossary.js and those beside it fill it."""

from __future__ import annotations

from workbench.ui.room import Room
from workbench.ui.tabs import desks

TITLE = "Glossary"
SCRIPTS = ("glossary_entry.js", "glossary_care.js", "glossary.js")  # what begins stands last
WORDS = (
    "Entries", "To review", "Findings", "Import and export", "Trash", "Add an entry", "Search in any script",
    "Language", "Kind", "Status", "any", "Entry", "Views of the glossary", "Undo", "Taken back.",
    "In the trash: {entry}", "Restored: {entry}", "Approved: {entry}", "Rejected: {entry}", "Mended: {entry}",
    "Remove", "Restore", "Choose", "Restore the chosen", "Remove the chosen", "none", "Nothing was found.",
    "Look at {name}", "The glossary is empty: add an entry, or bring in a file or a bundled glossary.",
    "Nothing waits for review.", "Approve", "Reject", "No field was changed.", "before", "after", "A proposal waits",
    "New entry", "Id", "Gender", "Never translate", "Form", "Forms", "Type", "Variants", "Note", "Add a form",
    "Subject", "Definition", "Reason of the change", "Save", "Propose", "Remove the entry", "Merge with another",
    "Close", "Saved: {entry}", "Proposed to the glossary: {entry}", "Somebody changed this entry meanwhile",
    "Their change", "Your change", "Both changed: {places}", "Keep mine", "Take theirs", "Join both", "Cancel",
    "into the trash", "History", "Findings: {count}", "Mend all that is safe", "Mend", "Compare", "Rule", "Finding",
    "Way out", "Act", "Id of the other entry", "Side by side", "Kept", "Merged into it", "What the kept one gains",
    "Merge them", "Merged into {entry}", "The other way round", "Import a file", "A bundled glossary", "Look at it",
    "Format", "Export", "Reading…", "Import", "Propose all", "Imported: {counts}", "What the import would do", "Take",
    "Verdict", "What", "line", "new", "changed", "same", "conflicting", "refused", "person", "place", "organisation",
    "work", "term", "preferred", "admitted", "deprecated", "superseded", "forbidden", "full", "short", "abbreviation",
    "proposed", "approved", "rejected", "reader", "translator", "editor", "admin", "put", "propose", "retire",
    "restore", "review", "merge", "split", "import", "undo", "mend", "people",
)  # fmt: skip


WORDS += (
    "Nothing was changed.", "Split into two", "Split them", "Id of the new entry", "Place", "stays", "goes",
    "stands in both", "Split: {entry}, {new}",
)  # fmt: skip
# What the checks of a glossary and of an entry say (`glossary.lint`, `glossary.rules`), with their values; the script
# finds the text of which it was made, the first that fits.
WORDS += (
    "untidy", "mixed script", "variant twice", "contradiction", "two preferred", "variant of another", "two entries",
    "near duplicate", "missing language", "unknown style", "not in NFC", "a space too many",
    "a variant of '{term}' that is said already", "a variant of '{term}', and a name of {others}",
    "{status}, and {other} as a {type} form", "preferred beside '{first}', both {type}",
    "stands in {others} too, so a text does not tell which is meant", "may be '{rival}' of '{id}'",
    "nothing to write in this language", "belongs to a house style '{style}' that the glossary does not have",
    "write '{form}'", "type the word again in one script", "remove the variant", "keep one of the two",
    "mark one of them 'status: admitted'", "remove the variant here", "join the entries, or keep it in one of them",
    "if they are one: workbench glossary merge {first} {second}",
    "add a term, like '{language}: [...]', or mark the entry 'keep: true'", "add the style or mend its name",
    "an entry without id", "give it an id of its own, like 'id: yerevan'", "the id '{id}' has a space",
    "write a hyphen instead", "'{id}' has no terms", "write at least one, like 'terms: {en: [Yerevan]}'",
    "a term of '{id}' without text", "write its text or remove it", "'{text}' stands twice in '{language}' of '{id}'",
    "keep one of them", "'{id}' has two preferred {type} terms in '{language}': '{first}' and '{second}'",
    "mark one of them 'status: admitted', or give it another type", "{letters} in '{word}'",
)  # fmt: skip


def build(room: Room) -> None:
    desks.build(room, "wb-glossary", WORDS, SCRIPTS)
