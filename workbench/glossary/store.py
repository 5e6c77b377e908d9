"""The living glossary: every change is a revision with who, when and why; nothing is deleted, only dated.

store = Store("glossary.db")            # or postgresql://user@host/name
here = store.get("yerevan")
store.put([changed], "anna", "new spelling", base=here.revision)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from sqlalchemy import Connection

from workbench.errors import StoreError
from workbench.glossary import difference, finding, joining, ledger, records, snapshot, states
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

    @cached_property
    def id(self) -> str:
        """Tells this store from every other."""
        with self.database.reading() as connection:
            return ledger.fact(connection, "id")

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
        gone: Iterable[str] = (),
    ) -> int:
        """Add entries, or change those that are there; one in the trash comes back.

        `base`: the revision on which the changes were made; raises Conflict when one of the entries was
        changed since, unless to the very same. None: whatever stands there is replaced, and stays in the history.
        An entry that is proposed over an approved one leaves that in use until it is approved itself. One that is
        approved replaces a proposal that waits, which stays in the history.
        `about`: a glossary whose name, title, licence, credits and styles are kept; its entries are not looked at.
        `gone`: ids that go into the trash in the same revision.
        """
        entries = list(entries)
        wanted = {entry.id: State(entry.id, False, states.checked(entry)) for entry in entries}
        if len(wanted) != len(entries):
            twice = next(entry.id for entry in entries if sum(other.id == entry.id for other in entries) > 1)
            raise StoreError(f"'{twice}' stands twice among the entries; keep one of them")
        if about is not None:
            states.printable(replace(about, entries=()), "the description of the glossary")
            wanted[ABOUT] = State(ABOUT, False, records.about_text(about))
        proposed = {entry.id for entry in entries if entry.review is Review.PROPOSED}

        def placed(_: Connection, present: dict[str, State]) -> dict[str, State]:
            above = {id: wanted[id]._replace(over=states.below(present.get(id))) for id in proposed}
            return {**wanted, **above, **{id: states.moved(present[id], True) for id in left}}

        left = states.names(gone)
        made = {wanted[entry.id].body: entry for entry in entries}
        return self._write(author, why, what, base, [*wanted, *left], placed, left, made)

    def retire(self, ids: str | Iterable[str], author: str, why: str = "", base: int | None = None) -> int:
        """Into the trash: no longer in the glossary, still in the history."""
        return self._moved(ids, author, why, base, "retire", True)

    def restore(self, ids: str | Iterable[str], author: str, why: str = "", base: int | None = None) -> int:
        """Out of the trash, as it was."""
        return self._moved(ids, author, why, base, "restore", False)

    def review(
        self, ids: str | Iterable[str], review: Review, author: str, why: str = "", base: int | None = None
    ) -> int:
        """Approve, reject or propose again.

        A proposal that is rejected leaves in use what is approved under it; an approved entry that is rejected
        is no longer used, and one that is proposed again is.
        """
        names = states.names(ids)

        def judged(_: Connection, present: dict[str, State]) -> dict[str, State]:
            return {id: states.judged(present[id], review) for id in names}

        return self._write(author, why, "review", base, names, judged, known=True)

    def merge(self, keep: str, away: str, author: str, why: str = "", base: int | None = None) -> int:
        """Join two entries of one concept, as one change: `keep` says what both said, `away` goes into the trash
        and remains an alias, by which `keep` is found. The same again changes nothing."""
        keep, away = states.names([keep, away]) if keep != away else (keep, keep)
        if keep == away:
            raise StoreError(f"'{keep}' cannot be merged with itself; name another entry")

        def joined(_: Connection, present: dict[str, State]) -> dict[str, State]:
            if present[away].heir == keep:
                return {}
            one, other = (states.settled(present[id]) for id in (keep, away))
            whole = State(keep, False, states.checked(joining.merged(one, other)))
            return {keep: whole, away: present[away]._replace(retired=True, heir=keep)}

        return self._write(author, why, "merge", base, [keep, away], joined, known=True)

    def split(self, id: str, new: Entry, rest: Entry, author: str, why: str = "", base: int | None = None) -> int:
        """Make two entries of one, as one change: `rest` under its old id, and `new`."""
        wanted = {entry.id: State(entry.id, False, states.checked(entry)) for entry in (rest, new)}
        if rest.id != id or new.id == id:
            raise StoreError(f"the parts of '{id}' are '{rest.id}' and '{new.id}'; keep one id and give one new id")

        def parted(_: Connection, present: dict[str, State]) -> dict[str, State]:
            states.settled(present[id])
            if new.id in present and not wanted[new.id].same(present[new.id]):
                raise StoreError(f"there is an entry '{new.id}' already; give the new part another id")
            return wanted

        return self._write(author, why, "split", base, [id, new.id], parted, known={id})

    def resolve(self, id: str) -> str:
        """The id of an entry, also of one that was merged into another, by whatever name it is known."""
        with self.database.reading() as connection:
            return self._heir(connection, id)

    def _heir(self, connection: Connection, id: str) -> str:
        seen: set[str] = set()
        while id not in seen and (state := ledger.now(connection, [id]).get(id)) and state.retired and state.heir:
            seen.add(id)
            id = state.heir
        return id

    def _moved(
        self, ids: str | Iterable[str], author: str, why: str, base: int | None, what: str, retired: bool
    ) -> int:
        names = states.names(ids)
        return self._write(
            author, why, what, base, names,
            lambda _, present: {id: states.moved(present[id], retired) for id in names}, known=True,
        )  # fmt: skip

    def _write(
        self,
        author: str,
        why: str,
        what: str,
        base: int | None,
        ids: Iterable[str],
        wish: Callable[[Connection, dict[str, State]], dict[str, State]],
        known: bool | Collection[str] = False,
        made: Mapping[str, Entry] = MappingProxyType({}),
    ) -> int:
        """One revision: `wish` tells from present states what they shall be. `known`: those that must be there.
        `made`: entries by body."""
        author, why = states.author_of(author), states.reason(why)
        needed = ids if known is True else known or ()
        with self.database.writing() as connection:
            present = ledger.now(connection, ids)
            if missing := [id for id in needed if id not in present]:
                raise self._unknown(connection, missing[0])
            wanted = {id: state for id, state in wish(connection, present).items() if not state.same(present.get(id))}
            if base is not None:
                self._hold(connection, base, present, wanted)
            if not wanted:
                return ledger.last(connection)
            return ledger.append(connection, list(wanted.values()), author, why, what, known=made)

    def _hold(self, connection: Connection, base: int, present: dict[str, State], wanted: dict[str, State]) -> None:
        """Raise Conflict when what shall be changed was changed after `base`."""
        if not 0 <= base <= ledger.last(connection):
            raise StoreError(f"there is no revision {base}; the last one is {ledger.last(connection)}")
        later = [id for id in wanted if id in present and present[id].revision > base]
        if later:
            then = ledger.then(connection, base, later)
            raise Conflict(
                tuple(
                    Clash(id, states.value(then.get(id)), states.value(present[id]), states.value(wanted[id]))
                    for id in later
                ),
                *MEANWHILE,
            )

    def undo(self, revision: int, author: str, why: str = "") -> int:
        """Take back a revision, of one entry or a whole import, as a new revision.

        Raises Conflict when an entry of it was changed later; a later change that was itself taken back does
        not count. Entries that the revision added go into the trash.
        """
        author, why = states.author_of(author), states.reason(why)
        with self.database.writing() as connection:
            done = ledger.of_revision(connection, revision)
            if not done and 0 < revision <= ledger.last(connection):
                return ledger.last(connection)  # of people, not of entries
            if not done:
                raise StoreError(f"there is no revision {revision}; the last one is {ledger.last(connection)}")
            present, earlier = ledger.now(connection, done), ledger.before(connection, revision, done)
            wanted = {id: earlier.get(id) or state._replace(retired=True) for id, state in done.items()}
            wanted = {id: state for id, state in wanted.items() if not state.same(present[id])}
            clashes = tuple(
                Clash(id, states.value(done[id]), states.value(present[id]), states.value(state))
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
        """An entry, even from the trash, with the `base` to change it on; by an alias the one it was merged into."""
        with self.database.reading() as connection:
            id = self._heir(connection, id) if id != ABOUT else id
            found = self._standing(connection, [id])
            if id not in found:
                raise self._unknown(connection, id)
            return found[id]

    def find(self, ids: Iterable[str]) -> dict[str, Standing]:
        """Those of the ids that are there, in the trash too."""
        with self.database.reading() as connection:
            return self._standing(connection, ids)

    def _standing(self, connection: Connection, ids: Iterable[str]) -> dict[str, Standing]:
        revision = ledger.last(connection)
        present = ledger.now(connection, [id for id in ids if id != ABOUT])
        used = ledger.in_use(connection, present)
        found = {}
        for id, state in present.items():
            entry = records.entry_of(used[id].body)
            above = None if used[id] is state else records.entry_of(state.body)
            found[id] = Standing(entry, revision, state.retired, above, state.heir)
        return found

    def glossary(self, at: int | datetime | None = None) -> Glossary:
        """Everything outside the trash as it stands, or as it stood after a revision or at a moment.

        Proposals are in it, marked as such, and work passes over them; but where one waits over an approved
        version, that is in it. A time without zone is local.
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
            standing = ledger.now(connection) if number == last else ledger.then(connection, number)
            standing = ledger.in_use(connection, standing)
        about = standing.pop(ABOUT, None)
        entries = tuple(records.entry_of(state.body) for state in standing.values() if not state.retired)
        described = Glossary() if about is None or about.retired else records.about_of(about.body)
        read = replace(described, entries=entries)
        if number == last:
            self._read = number, read
        return read

    def search(self, text: str = "", filter: Filter = ANYTHING, limit: int = 50, offset: int = 0) -> list[Hit]:
        """Entries that say the text anywhere, in any script, or nearly; the nearest first."""
        with self.database.reading() as connection:
            return finding.search(connection, text, filter, limit, offset)

    def history(self, id: str) -> list[Change]:
        """Every state of an entry, oldest first."""
        with self.database.reading() as connection:
            changes = ledger.states_of(connection, id) if id != ABOUT else []
            if not changes:
                raise self._unknown(connection, id)
            made = {r.number: r for r in ledger.log(connection, revisions.c.number.in_(s.revision for s in changes))}
        return [Change(made[s.revision], records.entry_of(s.body), s.retired, s.heir) for s in changes]

    def then(self, id: str, at: int | datetime) -> Change:
        """The entry as its last change before the end of a revision, or before a moment, left it; StoreError when it
        came later. A time without zone is local."""
        changes = self.history(id)
        if isinstance(at, datetime):
            earlier = [change for change in changes if change.revision.at <= at.astimezone()]
        else:
            earlier = [change for change in changes if change.revision.number <= at]
        if not earlier:
            first = changes[0].revision
            raise StoreError(f"{self.name}: '{id}' was not there yet; it came with revision {first.number}, {first.at}")
        return earlier[-1]

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
        return difference.difference(states.entry(one), states.entry(other))

    def _unknown(self, connection: Connection, id: str) -> StoreError:
        near = [hit.entry.id for hit in finding.search(connection, id, ANYTHING, 5, 0)]
        near += [hit.entry.id for hit in finding.search(connection, id, Filter(retired=True), 5, 0)]
        hint = meant(id, near) if near else ""
        if not hint.startswith("did"):
            hint = "look for it with 'workbench glossary search'"
        if not ledger.last(connection):
            hint = "the store is empty"
        return StoreError(f"{self.name}: no entry '{id}'; {hint}")
