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


def build(room: Room) -> None:
    desks.build(room, "wb-glossary", WORDS, SCRIPTS)
