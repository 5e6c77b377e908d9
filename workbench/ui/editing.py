"""The segment editor as the server sees it: an empty shell with its words, and a translation handed over to it.

The editor itself is editor.js: it keeps the draft in the browser and asks the API how each line stands.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from secrets import token_hex

from workbench import languages
from workbench.enforcement.outcomes import State, Translation
from workbench.ui.render import attribute, text
from workbench.words import Say

WORDS = (
    "All", "Doubtful", "Edited", "Show", "Next doubtful", "Undo", "Copy", "Copied", "Download text",
    "Download as…", "Discard",
    "Accept", "Accepted", "Close", "Insert", "Use everywhere", "Another form", "Kind", "Entry", "Forms", "Note",
    "Reason", "Match", "Status", "Write", "Avoid",
    "sentences: {count}", "doubtful: {count}", "accepted: {count}", "edited: {count}", "doubtful", "used", "missing",
    "wrong form", "not in the glossary", "Looking for forms…", "No form was found; write one.",
    "Used everywhere (sentences changed: {count}) and proposed to the glossary.",
    "Used everywhere (sentences changed: {count}); it could not be proposed: {error}",
    "The draft of your last visit is back.", "The page cannot reach the server: {error}",
    "person", "place", "organisation", "work", "term", "preferred", "admitted", "deprecated", "superseded", "forbidden",
    "exact", "variant", "inflected", "folded", "Sentence {number}", "{share} times as long as the source",
    "only {share} of the length of the source", "'{text}' is missing", "Keys", "write '{form}'",
    "next doubtful", "previous doubtful", "accept and go on", "forms of the first doubtful name", "undo",
    "forms for the selected name", "Discard this draft?", "Sign out", "also claimed by {entries}", "In this text",
    "times: {count}", "Also spelled", "Part of", "may be any of {names}", "no form in this language",
    "stands in the translation, times: {count}",
)  # fmt: skip


def shell(say: Say, root: str, ready: bool) -> str:
    """What stands there before the first translation. `ready`: some pair can be translated."""
    words = json.dumps({word: say(word) for word in WORDS}, ensure_ascii=False)
    rtl = json.dumps(sorted(languages.RIGHT_TO_LEFT))
    return (
        f'<div class="wb-editor" data-root="{attribute(root)}" data-words="{attribute(words)}" '
        f'data-rtl="{attribute(rtl)}" data-busy><div class="wb-empty">{_empty(say, ready)}</div></div>'
    )


def _empty(say: Say, ready: bool) -> str:
    if not ready:
        return (
            f"<p><b>{text(say('No translation model is installed.'))}</b> "
            f"{text(say('Put a model folder into models/ and start again.'))}</p>"
        )
    legend = "".join(
        f'<li><span class="wb-mark wb-{colour}">{text(say(word))}</span> {text(say(says))}</li>'
        for colour, word, says in (
            ("used", "used", "an approved form stands in the translation"),
            ("waiting", "missing", "a term that the translation does not have yet"),
            ("wrong", "wrong form", "a forbidden or another form stands there"),
            ("unknown", "not in the glossary", "a name without an entry: press it for its forms"),
        )
    )
    promise = say(
        "The translation will stand here, sentence beside sentence; every name and term is marked while you write."
    )
    return f"<p>{text(promise)}</p><ul>{legend}</ul>"


def handover(translation: Translation, glossaries: Sequence[str], style: str | None) -> str:
    """The translation for the editor, as data that is never run."""
    lines = [
        {
            "before": segment.before,
            "source": segment.source,
            "target": segment.target,
            "doubts": [
                {"entry": term.entry, "text": term.source_text, "note": term.note}
                for term in segment.terms
                if term.state is State.FLAGGED
            ],
        }
        for segment in translation.segments
    ]
    document = {
        "id": token_hex(8),
        "source": translation.source_language,
        "target": translation.target_language,
        "sourceName": languages.name(translation.source_language),
        "targetName": languages.name(translation.target_language),
        "glossaries": list(glossaries),
        "style": style,
        "after": translation.after,
        "lines": lines,
    }
    return (
        f'<div class="wb-handover" hidden data-document="{attribute(json.dumps(document, ensure_ascii=False))}"></div>'
    )
