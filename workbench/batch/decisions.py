"""One form for each name that no glossary lists, across all files of a job.

The three steps are those of `agreement`: every shard collects by itself, what they say is added up on
disk, a form is decided name by name, and written into one passage after the other.
"""

from __future__ import annotations

import contextlib
import csv
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from workbench.batch.drafts import loosened, squeezed
from workbench.enforcement.demands import Terms
from workbench.enforcement.outcomes import Segment as Sentence
from workbench.errors import InputError
from workbench.glossary.model import Glossary
from workbench.names.keys import word_keys
from workbench.names.mentions import is_known
from workbench.spans import Edit, carry
from workbench.spans import replace as replaced
from workbench.text import key as key_of
from workbench.text import words as words_of
from workbench.translation import agreement, deciding, untouchable
from workbench.translation.agreement import Change
from workbench.translation.deciding import Unlisted
from workbench.translation.passages import Passage

COLUMNS = ("target", "name", "form", "counted", "uses", "seen", "reason")


@dataclass(frozen=True, slots=True)
class Decision:
    """`name` as the sources write it mostly, `key` its folded form. `form`: what to write. `counted`: what was
    decided before a person changed it. `uses`: of the name in the sources; `seen`: base forms with their numbers."""

    key: str
    name: str
    form: str
    counted: str
    uses: int
    seen: tuple[tuple[str, int], ...]
    reason: str = ""

    @property
    def applies(self) -> bool:
        """Whether there may be anything to change."""
        return any(form != self.form for form, _ in self.seen) or self.form != self.counted

    @property
    def agreed(self) -> deciding.Decision:
        return deciding.Decision(self.name, self.form, self.reason, self.seen)


# -- the first pass: counting ------------------------------------------------------------------


def tally(sentences: Sequence[Sentence], terms: Terms) -> bytes:
    """What `agreement.collect` says of a shard, and its words in lower case; packed. Adds up in any order."""
    found = agreement.collect(sentences, terms, once=True)
    lower: Counter[str] = Counter()
    for word in (word for sentence in sentences for word in words_of(sentence.source)):
        if not word.text[:1].isupper() and len(word.text) >= agreement.LETTERS and word.text.isalpha():
            lower[word.key] += 1
    named = [[one.name, one.mentions, dict(one.renderings)] for one in found]
    return squeezed([terms.source_language, sorted(named), dict(sorted(lower.items()))])


def decided(tallies: Iterable[bytes], target: str) -> Iterator[Decision]:
    """One decision a name, the most used first. Memory stays flat: the counting is done on disk."""
    with contextlib.closing(sqlite3.connect("")) as db:  # an unnamed file that goes with the connection
        db.executescript(
            """CREATE TABLE name (key TEXT, text TEXT, source TEXT, n INTEGER, PRIMARY KEY (key, text, source))
            WITHOUT ROWID;
            CREATE TABLE form (key TEXT, text TEXT, n INTEGER, PRIMARY KEY (key, text)) WITHOUT ROWID;
            CREATE TABLE lower (key TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
            CREATE TABLE near (sound TEXT, key TEXT, PRIMARY KEY (sound, key)) WITHOUT ROWID;
            CREATE TABLE used (key TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
            CREATE TABLE done (key TEXT PRIMARY KEY) WITHOUT ROWID;
            """
        )
        for data in filter(None, tallies):
            _add(db, *loosened(data))
        # A word that also comes in lower case is no name, but for a quarter of its uses: as `mentions` has it.
        db.execute("""INSERT INTO used SELECT key, sum(name.n) AS uses FROM name LEFT JOIN lower USING (key)
            GROUP BY key HAVING ifnull(max(lower.n), 0) <= uses / 4""")
        for (key,) in db.execute("SELECT key FROM used"):
            rows = ((sound, key) for sound in word_keys(_head(db, key)[0]))
            db.executemany("INSERT OR IGNORE INTO near VALUES (?, ?)", rows)
        for (key,) in db.execute("SELECT key FROM used ORDER BY n DESC, key"):
            if db.execute("SELECT 1 FROM done WHERE key = ?", (key,)).fetchone() is None:
                yield from _together(db, key, target)


def _add(db: sqlite3.Connection, source: str, named: Sequence[list], lower: Mapping[str, int]) -> None:
    count = "INSERT INTO {0} VALUES ({1}) ON CONFLICT DO UPDATE SET n = n + excluded.n"
    db.executemany(count.format("name", "?, ?, ?, ?"), ((key_of(name), name, source, n) for name, n, _ in named))
    forms = ((key_of(name), text, n) for name, _, made in named for text, n in made.items())
    db.executemany(count.format("form", "?, ?, ?"), forms)
    db.executemany(count.format("lower", "?, ?"), lower.items())


def _head(db: sqlite3.Connection, key: str) -> tuple[str, str]:
    """How a name is mostly spelled, and in what language."""
    return db.execute("SELECT text, source FROM name WHERE key = ? ORDER BY n DESC, text, source", (key,)).fetchone()


def _together(db: sqlite3.Connection, key: str, target: str) -> Iterator[Decision]:
    """A name, with the spellings of it that were not decided yet."""
    name, source = _head(db, key)
    alike = """SELECT DISTINCT near.key FROM near AS mine JOIN near USING (sound)
        WHERE mine.key = ? AND near.key != mine.key AND near.key NOT IN (SELECT key FROM done) ORDER BY near.key"""
    others = [other for (other,) in db.execute(alike, (key,)) if deciding.one_name(_head(db, other)[0], name)]
    group: dict[str, Unlisted] = {}
    for one in (key, *others):
        (uses,) = db.execute("SELECT n FROM used WHERE key = ?", (one,)).fetchone()
        forms = tuple(db.execute("SELECT text, n FROM form WHERE key = ? ORDER BY n DESC, text", (one,)))
        group[one] = Unlisted(_head(db, one)[0], uses, forms)
    db.executemany("INSERT INTO done VALUES (?)", ((one,) for one in group))
    if sum(one.mentions for one in group.values()) < 2 and not is_known(name):
        return
    chosen = {d.name: d for d in deciding.decide(list(group.values()), _pair(source, target))}
    for one, unlisted in group.items():
        d = chosen.get(unlisted.name)
        if d is not None:
            yield Decision(one, d.name, d.form, d.form, unlisted.mentions, d.renderings, d.reason)


@lru_cache(maxsize=64)
def _pair(source: str, target: str) -> Terms:
    """Two languages; no terms are asked of it."""
    return Terms(Glossary(), source, target)


# -- the list that a person may edit -----------------------------------------------------------


def listed(path: Path, decisions: Mapping[str, Iterable[Decision]]) -> None:
    """Write the list: `form` may be changed and the file given back; the other columns are for the eye."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for target, found in decisions.items():
            for d in found:
                seen = "; ".join(f"{text}: {n}" for text, n in d.seen)
                out.writerow((target, d.name, d.form, d.counted, d.uses, seen, d.reason))


def edited(path: Path) -> dict[tuple[str, str], str]:
    """What a person has changed in a list: the form by target and name. InputError names the line."""
    changed = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            lacking = {"target", "name", "form"} - set(rows.fieldnames or ())
            if lacking:
                raise InputError(f"{path}:1: no column {', '.join(sorted(lacking))}; the first line names the columns")
            for row in rows:
                form = (row["form"] or "").strip()
                if not form:
                    raise InputError(
                        f"{path}:{rows.line_num}: no form for '{row['name']}'; write one or remove the line"
                    )
                if form != row.get("counted"):
                    changed[row["target"] or "", row["name"] or ""] = form
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise InputError(f"{path}: not a CSV table in UTF-8 ({wrong})") from None
    return changed


# -- the second pass: writing ------------------------------------------------------------------


def applied(passage: Passage, decisions: Mapping[str, deciding.Decision], source: str, target: str) -> Passage:
    """The passage with every name of the list in its form, marks where their words went.

    `decisions`: by key. Each change is accounted for as an occurrence of the entry `document:NAME`.
    """
    if not decisions:
        return passage
    text = passage.target.text
    sentences = list(passage.sentences)
    laid_out = not text.startswith("".join(s.before + s.target for s in sentences))
    kept = [mark.span for mark in passage.target.marks if mark.keep]
    kept += untouchable.opaque(text) if laid_out else []
    edits: list[Edit] = []
    at = 0
    for i, sentence in enumerate(sentences):
        at += len(sentence.before)
        found = agreement.changes(sentence, decisions, _pair(source, target))
        moved = _found(text, found, sentence) if laid_out else [(c.place.shift(at), c.form) for c in found]
        free = [not any(span.overlaps(other) for other in kept) for span, _ in moved]
        if not laid_out:
            found = [change for change, is_free in zip(found, free, strict=True) if is_free]
        edits += [edit for edit, is_free in zip(moved, free, strict=True) if is_free]
        at += len(sentence.target)
        if found:
            sentences[i] = agreement.edited(sentence, found)
    if not edits:
        return passage
    edits = sorted(set(edits))
    marks = tuple(replace(mark, span=carry(mark.span, edits)) for mark in passage.target.marks)
    made = replace(passage.target, text=replaced(text, edits), marks=marks)
    return replace(passage, target=made, sentences=tuple(sentences))


def _found(text: str, found: Sequence[Change], sentence: Sentence) -> list[Edit]:
    """Edits of a text whose lines were broken after its sentences were joined: by the words themselves."""
    listed_words = {word.text for term in sentence.terms for word in words_of(term.target_text)}
    forms = {change.place.of(sentence.target): change.form for change in found}
    return [(w.span, forms[w.text]) for w in words_of(text) if w.text in forms and w.text not in listed_words]
