"""The living glossary: every change is a revision with who, when and why; nothing is deleted, only dated.

store = Store("glossary.db")            # or postgresql://user@host/name
here = store.get("yerevan")
store.put([changed], "anna", "new spelling", base=here.revision)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from workbench.errors import StoreError
from workbench.glossary import difference, finding, ledger, records, rules, snapshot
from workbench.glossary.database import Database, default_url
from workbench.glossary.difference import Difference
from workbench.glossary.finding import Filter
from workbench.glossary.formats.fields import meant
from workbench.glossary.ledger import ABOUT, State, revisions
from workbench.glossary.model import Entry, Glossary, Review
from workbench.glossary.revisions import Change, Clash, Conflict, Hit, Revision, Standing

ANYTHING = Filter()
MEANWHILE = ("changed meanwhile", "look at both versions, then write on the present revision")
LATER = ("changed again after that revision", "undo the later revisions first, latest first")


class Store:
    """Safe to share between threads; several programs may open one store.

    Every method that writes takes all of its work or none, and waits for other writers. It gives the
    revision that it made, or the last one when there was nothing to change, so it may be repeated.
    """

    def __init__(self, url: str | None = None) -> None:
        """`url`: a path of a SQLite file, made when missing, or a URL of PostgreSQL; None: the usual one."""
        self.database = Database(url or default_url())
        self._read: tuple[int, Glossary] | None = None

    @property
    def name(self) -> str:
        """For a person, without a password."""
        return str(self.database.name)

    def close(self) -> None:
        self.database.close()

    # -- changing --------------------------------------------------------------------------

    def put(
        self,
        entries: Iterable[Entry],
        author: str,
        why: str = "",
        base: int | None = None,
        about: Glossary | None = None,
        what: str = "put",
    ) -> int:
        """Add entries, or change those that are there; one in the trash comes back.

        `base`: the revision on which the changes were made; raises Conflict when one of the entries was
        changed since, unless to the very same. None: whatever stands there is replaced, and stays in the history.
        `about`: a glossary whose name, title, licence, credits and styles are kept; its entries are not looked at.
        """
        entries = list(entries)
        wanted = {entry.id: State(entry.id, False, _checked(entry)) for entry in entries}
        if len(wanted) != len(entries):
            twice = next(entry.id for entry in entries if sum(other.id == entry.id for other in entries) > 1)
            raise StoreError(f"'{twice}' stands twice among the entries; keep one of them")
        if about is not None:
            _shown(replace(about, entries=()), "the description of the glossary")
            wanted[ABOUT] = State(ABOUT, False, records.about_text(about))
        return self._write(author, why, what, base, wanted, lambda _connection, _present: wanted)

    def retire(self, ids: str | Iterable[str], author: str, why: str = "", base: int | None = None) -> int:
        """Into the trash: no longer in the glossary, still in the history."""
        return self._moved(ids, author, why, base, "retire", True)

    def restore(self, ids: str | Iterable[str], author: str, why: str = "", base: int | None = None) -> int:
        """Out of the trash, as it was."""
        return self._moved(ids, author, why, base, "restore", False)

    def review(
        self, ids: str | Iterable[str], review: Review, author: str, why: str = "", base: int | None = None
    ) -> int:
        """Approve, reject or propose again."""
        names = _names(ids)

        def judged(_: Connection, present: dict[str, State]) -> dict[str, State]:
            entries = {id: records.entry_of(present[id].body) for id in names}
            return {
                id: present[id]._replace(body=records.entry_text(replace(entry, review=review)))
                for id, entry in entries.items()
            }

        return self._write(author, why, "review", base, names, judged, known=True)

    def _moved(
        self, ids: str | Iterable[str], author: str, why: str, base: int | None, what: str, retired: bool
    ) -> int:
        names = _names(ids)
        return self._write(
            author, why, what, base, names,
            lambda _, present: {id: present[id]._replace(retired=retired) for id in names}, known=True,
        )  # fmt: skip

    def _write(
        self,
        author: str,
        why: str,
        what: str,
        base: int | None,
        ids: Iterable[str],
        wish: Callable[[Connection, dict[str, State]], dict[str, State]],
        known: bool = False,
    ) -> int:
        """One revision: `wish` tells from present states what they shall be. `known`: each must be there."""
        author, why = _said(author), _reason(why)
        with self.database.writing() as connection:
            present = ledger.now(connection, ids)
            if known and (missing := [id for id in ids if id not in present]):
                raise self._unknown(connection, missing[0])
            wanted = {id: state for id, state in wish(connection, present).items() if not state.same(present.get(id))}
            if base is not None:
                self._hold(connection, base, present, wanted)
            if not wanted:
                return ledger.last(connection)
            return ledger.append(connection, list(wanted.values()), author, why, what)

    def _hold(self, connection: Connection, base: int, present: dict[str, State], wanted: dict[str, State]) -> None:
        """Raise Conflict when what shall be changed was changed after `base`."""
        if not 0 <= base <= ledger.last(connection):
            raise StoreError(f"there is no revision {base}; the last one is {ledger.last(connection)}")
        later = [id for id in wanted if id in present and present[id].revision > base]
        if later:
            then = ledger.then(connection, base, later)
            raise Conflict(
                tuple(Clash(id, _value(then.get(id)), _value(present[id]), _value(wanted[id])) for id in later),
                *MEANWHILE,
            )

    def undo(self, revision: int, author: str, why: str = "") -> int:
        """Take back a revision, of one entry or a whole import, as a new revision.

        Raises Conflict when an entry of it was changed later; a later change that was itself taken back does
        not count. Entries that the revision added go into the trash.
        """
        author, why = _said(author), _reason(why)
        with self.database.writing() as connection:
            done = ledger.of_revision(connection, revision)
            if not done:
                raise StoreError(f"there is no revision {revision}; the last one is {ledger.last(connection)}")
            present, earlier = ledger.now(connection, done), ledger.before(connection, revision, done)
            wanted = {id: earlier.get(id) or state._replace(retired=True) for id, state in done.items()}
            wanted = {id: state for id, state in wanted.items() if not state.same(present[id])}
            clashes = tuple(
                Clash(id, _value(done[id]), _value(present[id]), _value(state))
                for id, state in wanted.items()
                if not done[id].same(present[id])
            )
            if clashes:
                raise Conflict(clashes, *LATER)
            if not wanted:
                return ledger.last(connection)
            return ledger.append(connection, list(wanted.values()), author, why, "undo", revision)

    # -- looking ---------------------------------------------------------------------------

    def revision(self) -> int:
        """The last one; 0 while nothing was ever put."""
        with self.database.reading() as connection:
            return ledger.last(connection)

    def get(self, id: str) -> Standing:
        """An entry, even from the trash, with the `base` to change it on."""
        with self.database.reading() as connection:
            state = ledger.now(connection, [id]).get(id) if id != ABOUT else None
            if state is None:
                raise self._unknown(connection, id)
            return Standing(records.entry_of(state.body), ledger.last(connection), state.retired)

    def find(self, ids: Iterable[str]) -> dict[str, Standing]:
        """Those of the ids that are there, in the trash too."""
        with self.database.reading() as connection:
            revision = ledger.last(connection)
            states = ledger.now(connection, [id for id in ids if id != ABOUT])
            return {id: Standing(records.entry_of(s.body), revision, s.retired) for id, s in states.items()}

    def glossary(self, at: int | datetime | None = None) -> Glossary:
        """Everything outside the trash as it stands, or as it stood after a revision or at a moment.

        Proposals are in it, marked as such; work passes over them. A time without zone is local.
        """
        with self.database.reading() as connection:
            number = last = ledger.last(connection)
            if isinstance(at, datetime):
                earlier = ledger.log(connection, revisions.c.made <= ledger.moment(at), 1)
                number = earlier[0].number if earlier else 0
            elif at is not None:
                number = at
                if not 0 <= at <= last:
                    raise StoreError(f"there is no revision {at}; the last one is {last}")
            if self._read and self._read[0] == number:
                return self._read[1]
            if snapshot.large(connection):
                read = snapshot.taken(connection, self.name, number, last)
                self._read = (number, read) if number == last else self._read
                return read
            states = ledger.now(connection) if number == last else ledger.then(connection, number)
        about = states.pop(ABOUT, None)
        entries = tuple(records.entry_of(state.body) for state in states.values() if not state.retired)
        described = Glossary() if about is None or about.retired else records.about_of(about.body)
        read = replace(described, entries=entries)
        if number == last:
            self._read = number, read
        return read

    def search(self, text: str = "", filter: Filter = ANYTHING, limit: int = 50, offset: int = 0) -> list[Hit]:
        """Entries with a spelling that begins with or holds the text, in any script; the nearest first."""
        with self.database.reading() as connection:
            return finding.search(connection, text, filter, limit, offset)

    def history(self, id: str) -> list[Change]:
        """Every state of an entry, oldest first."""
        with self.database.reading() as connection:
            changes = ledger.states_of(connection, id) if id != ABOUT else []
            if not changes:
                raise self._unknown(connection, id)
            made = {r.number: r for r in ledger.log(connection, revisions.c.number.in_(s.revision for s in changes))}
        return [Change(made[s.revision], records.entry_of(s.body), s.retired) for s in changes]

    def log(self, limit: int | None = 50) -> list[Revision]:
        """Revisions, latest first."""
        with self.database.reading() as connection:
            return ledger.log(connection, limit=limit)

    def diff(self, id: str, a: int, b: int | None = None) -> tuple[Difference, ...]:
        """What became of an entry between the revisions `a` and `b` (None: now), field by field."""
        with self.database.reading() as connection:
            last = ledger.last(connection)
            b = last if b is None else b
            for number in (a, b):
                if not 0 <= number <= last:
                    raise StoreError(f"there is no revision {number}; the last one is {last}")
            one, other = (ledger.then(connection, number, [id]).get(id) for number in (a, b))
            if id == ABOUT or (one is None and other is None and not ledger.states_of(connection, id)):
                raise self._unknown(connection, id)
        return difference.difference(_entry(one), _entry(other))

    def _unknown(self, connection: Connection, id: str) -> StoreError:
        known = [name for name in ledger.now(connection) if name != ABOUT]
        near = meant(id, known) if 0 < len(known) else "the store is empty"
        hint = near if near.startswith(("did", "the")) else "look for it with 'workbench glossary search'"
        return StoreError(f"{self.name}: no entry '{id}'; {hint}")


def _said(author: str) -> str:
    if not author.strip() or rules.unprintable(author):
        raise StoreError("a change needs an author; say who makes it, on one line")
    return author.strip()


def _reason(why: str) -> str:
    """On one line, as a log shows it."""
    why = " ".join(why.split())
    if bad := rules.unprintable(why):
        raise StoreError(f"the reason holds the character U+{ord(bad):04X}; remove it")
    return why


def _names(ids: str | Iterable[str]) -> list[str]:
    names = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
    if ABOUT in names:
        raise StoreError("an empty id; name the entry")
    return names


def _checked(entry: Entry) -> str:
    """The entry as it is stored."""
    for fault in rules.faults(entry):
        raise StoreError(f"{fault.what}; {fault.way_out}")
    _shown(entry, f"'{entry.id}'")
    return records.entry_text(entry)


def _shown(value: Entry | Glossary, name: str) -> None:
    for text in records.texts(value):
        if bad := rules.unprintable(text):
            raise StoreError(f"{name} holds the character U+{ord(bad):04X} in {text[:60]!a}; remove it")


def _entry(state: State | None) -> Entry | None:
    return None if state is None or state.retired else records.entry_of(state.body)


def _value(state: State | None) -> Entry | Glossary | None:
    if state is not None and state.id == ABOUT:
        return None if state.retired else records.about_of(state.body)
    return _entry(state)
