"""One form for each name that no glossary lists, across all files of a job."""

from __future__ import annotations

import contextlib
import csv
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from workbench.agreement import DOCUMENT
from workbench.batch.drafts import loosened, squeezed
from workbench.errors import InputError
from workbench.outcomes import RUNGS, Occurrence, State
from workbench.outcomes import Segment as Sentence
from workbench.passages import Passage
from workbench.spans import Edit, carry
from workbench.spans import replace as replaced
from workbench.text import Word, weak_key
from workbench.text import words as words_of

CASELESS = frozenset({"ar", "fa", "he", "ja", "ko", "ka", "zh", "hi"})  # their scripts do not tell names
LETTERS = 4  # shorter words are not compared
ALIKE = 0.72  # ratio of equal letters from which a target word renders a source name
COLUMNS = ("target", "name", "form", "counted", "uses", "seen")


@dataclass(frozen=True, slots=True)
class Decision:
    """`name` as the sources write it mostly, `key` its folded form. `form`: what to write. `counted`: the form
    that most sentences had. `uses`: of the name in the sources; `seen`: forms with their numbers."""

    key: str
    name: str
    form: str
    counted: str
    uses: int
    seen: tuple[tuple[str, int], ...]

    @property
    def applies(self) -> bool:
        """Whether there may be anything to change."""
        return len(self.seen) > 1 or self.form != self.counted


# -- the first pass: counting ------------------------------------------------------------------


def tally(sentences: Iterable[Sentence], source: str, target: str) -> bytes:
    """Capitalised words outside terms with their renderings, and words in lower case; packed.

    Adds up over shards in any order. As in `agreement`, a name is capitalised not only at the
    start of sentences and never written in lower case.
    """
    if {source, target} & CASELESS:
        return b""
    spelled: dict[str, Counter[str]] = {}
    inside: Counter[str] = Counter()
    made: dict[str, Counter[str]] = {}
    lower: set[str] = set()
    for sentence in sentences:
        here = set()
        for word in _free(sentence, source=True, any_case=True):
            if len(word.key) < LETTERS or not word.text[0].isalpha():
                continue
            if word.text[0].isupper():
                spelled.setdefault(word.key, Counter())[word.text] += 1
                inside[word.key] += word.span.start > 0
                here.add(word.key)
            else:
                lower.add(word.key)
        rendered = _free(sentence, source=False) if here else []
        for key in here:
            made.setdefault(key, Counter()).update(word.text for word in rendered if _alike(word, key))
    return squeezed([{k: [dict(spelled[k]), inside[k], dict(made[k])] for k in sorted(spelled)}, sorted(lower)])


def decided(tallies: Iterable[bytes]) -> Iterator[Decision]:
    """One decision a name, the most used first. Memory stays flat: the counting is done on disk."""
    with contextlib.closing(sqlite3.connect("")) as db:  # an unnamed file that goes with the connection
        db.executescript(
            """CREATE TABLE word (key TEXT PRIMARY KEY, inside INTEGER) WITHOUT ROWID;
            CREATE TABLE lower (key TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE form (key TEXT, side TEXT, text TEXT, n INTEGER, PRIMARY KEY (key, side, text)) WITHOUT ROWID;
            """
        )
        for data in filter(None, tallies):
            _add(db, *loosened(data))
        names = """SELECT key, sum(n) AS uses FROM form JOIN word USING (key)
            WHERE side = 's' AND inside > 0 AND key NOT IN (SELECT key FROM lower)
            GROUP BY key HAVING uses > 1 ORDER BY uses DESC, key"""
        forms = "SELECT text, n FROM form WHERE key = ? AND side = ? ORDER BY n DESC, text"
        for key, uses in db.execute(names):
            seen = tuple(db.execute(forms, (key, "t")).fetchall())
            if not seen:
                continue
            name = db.execute(forms, (key, "s")).fetchone()[0]
            best = min(seen, key=lambda row: (-row[1], row[0] != name, row[0]))[0]
            yield Decision(key, name, best, best, uses, seen)


def _add(db: sqlite3.Connection, words: Mapping[str, list], lower: Sequence[str]) -> None:
    count = "INSERT INTO {} VALUES ({}) ON CONFLICT DO UPDATE SET {} = {} + excluded.{}"
    insides = count.format("word", "?, ?", *["inside"] * 3)
    numbers = count.format("form", "?, ?, ?, ?", *["n"] * 3)
    db.executemany(insides, ((key, inside) for key, (_, inside, _) in words.items()))
    for side, place in (("s", 0), ("t", 2)):
        rows = ((key, side, text, n) for key, counts in words.items() for text, n in counts[place].items())
        db.executemany(numbers, rows)
    db.executemany("INSERT OR IGNORE INTO lower VALUES (?)", ((key,) for key in lower))


# -- the list that a person may edit -----------------------------------------------------------


def listed(path: Path, decisions: Mapping[str, Iterable[Decision]]) -> None:
    """Write the list: `form` may be changed and the file given back; the other columns are for the eye."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for target, found in decisions.items():
            for d in found:
                seen = "; ".join(f"{text}: {n}" for text, n in d.seen)
                out.writerow((target, d.name, d.form, d.counted, d.uses, seen))


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


def applied(passage: Passage, decisions: Mapping[str, Decision]) -> Passage:
    """The passage with every name of the list in its form, marks where their words went.

    Each change is accounted for as an occurrence of the entry `document:NAME`.
    """
    if not decisions:
        return passage
    text, marks = passage.target.text, passage.target.marks
    sentences = list(passage.sentences)
    laid_out = not text.startswith("".join(s.before + s.target for s in sentences))
    at = 0
    for i, sentence in enumerate(sentences):
        at += len(sentence.before)
        for key, wrong in _wrong(sentence, decisions):
            best = decisions[key].form
            words = [word for word in _free(sentences[i], source=False) if word.text in wrong and _alike(word, key)]
            edits = [(word.span.shift(at), best) for word in words]
            if laid_out:
                edits = _found(text, wrong, best, sentence)
            text = replaced(text, edits)
            marks = tuple(replace(mark, span=carry(mark.span, edits)) for mark in marks)
            sentences[i] = _respelled(sentences[i], key, words, best)
        at += len(sentences[i].target)
    if text == passage.target.text:
        return passage
    return replace(passage, target=replace(passage.target, text=text, marks=marks), sentences=tuple(sentences))


def _wrong(sentence: Sentence, decisions: Mapping[str, Decision]) -> list[tuple[str, set[str]]]:
    """Names of a sentence, each with the forms in it that are not the decided one."""
    found = []
    for key in sorted({word.key for word in _free(sentence, source=True)} & decisions.keys()):
        forms = {word.text for word in _free(sentence, source=False) if _alike(word, key)}
        if wrong := forms - {decisions[key].form}:
            found.append((key, wrong))
    return found


def _found(text: str, wrong: set[str], best: str, sentence: Sentence) -> list[Edit]:
    """Edits of a text whose lines were broken after its sentences were joined: by the words themselves."""
    listed_words = {word.text for term in sentence.terms for word in words_of(term.target_text)}
    return [(word.span, best) for word in words_of(text) if word.text in wrong - listed_words]


# -- words ---------------------------------------------------------------------------------------


def _free(sentence: Sentence, source: bool, any_case: bool = False) -> list[Word]:
    """Capitalised words outside the listed terms of a side."""
    taken = [t.source_span if source else t.target_span for t in sentence.terms]
    return [
        word
        for word in words_of(sentence.source if source else sentence.target)
        if (any_case or word.text[:1].isupper()) and not any(t is not None and t.overlaps(word.span) for t in taken)
    ]


def _alike(word: Word, name: str) -> bool:
    """Whether a word of the target renders a name of the source (its key), by its letters."""
    a, b = word.weak, weak_key(name)
    return a[0] == b[0] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _respelled(sentence: Sentence, name: str, wrong: Sequence[Word], best: str) -> Sentence:
    """The sentence with `best` in the wrong places, and an occurrence for each."""
    edits = [(word.span, best) for word in wrong]
    target = replaced(sentence.target, edits)
    terms = [replace(t, target_span=carry(t.target_span, edits)) if t.target_span else t for t in sentence.terms]
    mentions = [word for word in _free(sentence, source=True) if word.key == name]
    for mention, word in zip(mentions, wrong, strict=False):
        place = carry(word.span, edits)
        terms.append(
            Occurrence(
                entry=f"{DOCUMENT}{mention.text}",
                source_span=mention.span,
                source_text=mention.text,
                target_span=place,
                target_text=place.of(target),
                state=State.REPAIRED,
                rung=RUNGS.index("respelling"),
                wanted=(best,),
                note="not in the glossary; written as elsewhere in this job",
            )
        )
    return replace(sentence, target=target, terms=tuple(sorted(terms, key=lambda term: term.source_span)))
