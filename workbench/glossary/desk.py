"""The desk: the store as one person may use it. The one place that knows what each role may do; every door that
changes a glossary, command line, page and API, does it here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import Forbidden
from workbench.glossary import joining, mending, people
from workbench.glossary.difference import Difference, difference
from workbench.glossary.model import Entry, Glossary, Review, Term
from workbench.glossary.people import Identity, Role
from workbench.glossary.reconcile import reconcile
from workbench.glossary.revisions import Change, Conflict
from workbench.glossary.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.glossary.importing import Preview
    from workbench.glossary.lint import Finding

MAY = {  # deeds by role; each role may also do what stands before it
    Role.READER: {"read"},
    Role.TRANSLATOR: {"propose"},
    Role.EDITOR: {"change", "approve", "remove", "merge", "undo", "import"},
    Role.ADMIN: {"manage people"},
}


@dataclass(frozen=True, slots=True)
class Step:
    """A change of an entry with what it changed, field by field."""

    change: Change
    differences: tuple[Difference, ...]


class Desk:
    """Its methods are the store's, signed with the name of the one who asks; they raise Forbidden.

    `store` is there to be read.
    """

    def __init__(self, store: Store, identity: Identity) -> None:
        self.store, self.identity = store, identity

    def may(self, deed: str) -> bool:
        """`deed`: a word of MAY."""
        roles = list(Role)
        return any(deed in MAY[role] for role in roles[: roles.index(self.identity.role) + 1])

    def _ask(self, deed: str) -> str:
        """The name to sign with."""
        if not self.may(deed):
            needed = next(role for role in Role if deed in MAY[role])
            raise Forbidden(
                f"'{self.identity.name}' is {self.identity.role.value} and may not {deed}; ask one who is "
                f"{needed.value}"
            )
        return self.identity.name

    def require(self, deed: str) -> None:
        """Forbidden for whoever may not: for deeds that lead to a change of the glossary and are none yet."""
        self._ask(deed)

    # -- entries ---------------------------------------------------------------------------

    def put(
        self,
        entries: Iterable[Entry],
        why: str = "",
        base: int | None = None,
        about: Glossary | None = None,
        gone: Collection[str] = (),
    ) -> int:
        """What a translator puts is proposed, whatever it says of itself. `gone`: ids for the trash."""
        if self.may("change"):
            return self.store.put(entries, self.identity.name, why, base, about, gone=gone)
        if about is not None or gone:
            self._ask("change" if about is not None else "remove")
        proposed = [replace(entry, review=Review.PROPOSED) for entry in entries]
        return self.store.put(proposed, self._ask("propose"), why, base, what="propose")

    def settle(self, conflict: Conflict, choice: str, why: str = "") -> int:
        """Write what was chosen of each clash: 'mine', 'theirs', or 'merge', which raises the conflict again when
        both changed the same field."""
        present = self.store.revision()
        standing = self.store.find([clash.id for clash in conflict.clashes])
        chosen = []
        for clash in conflict.clashes:
            here = standing.get(clash.id)
            theirs = None if here is None or here.retired else here.proposal or here.entry
            if not isinstance(clash.yours, Entry) or isinstance(clash.base, Glossary):
                raise conflict
            if choice == "mine":
                chosen.append(clash.yours)
            elif choice == "merge":
                made = reconcile(clash.base, theirs, clash.yours)
                if made.contests or made.entry is None:
                    raise conflict
                chosen.append(made.entry)
        return self.put(chosen, why, present) if chosen else present

    def remove(self, ids: str | Iterable[str], why: str = "", base: int | None = None) -> int:
        return self.store.retire(ids, self._ask("remove"), why, base)

    def restore(self, ids: str | Iterable[str], why: str = "", base: int | None = None) -> int:
        return self.store.restore(ids, self._ask("remove"), why, base)

    def review(self, ids: str | Iterable[str], review: Review, why: str = "", base: int | None = None) -> int:
        return self.store.review(ids, review, self._ask("approve"), why, base)

    def merge(self, keep: str, away: str, why: str = "", base: int | None = None) -> int:
        return self.store.merge(keep, away, self._ask("merge"), why, base)

    def split(
        self, id: str, new: str, moved: Collection[Term], copied: Collection[Term] = (), why: str = "",
        base: int | None = None,
    ) -> int:  # fmt: skip
        """Terms of an entry into a new one; see `joining.split`."""
        here = self.store.get(id)
        rest, part = joining.split(here.entry, new, moved, copied)
        return self.store.split(here.entry.id, part, rest, self._ask("merge"), why, base or here.revision)

    def undo(self, revision: int, why: str = "") -> int:
        return self.store.undo(revision, self._ask("undo"), why)

    def apply(self, preview: Preview, why: str = "", skip: bool = False, take: Collection[str] = ()) -> int:
        """An import that was previewed; a translator's entries are proposed."""
        from workbench.glossary import importing

        if not self.may("import"):
            self._ask("propose")
            rows = tuple(
                replace(row, new=replace(row.new, review=Review.PROPOSED)) if row.new else row for row in preview.rows
            )
            preview = replace(preview, rows=rows, about=replace(self.store.glossary(), entries=()))
        return importing.apply(self.store, preview, self.identity.name, why, skip, take)

    def mend(self, why: str = "mended", ids: Collection[str] | None = None) -> int:
        """Every safe mend of the lint, as one revision; `ids`: of these entries only."""
        glossary, base = self.store.glossary(), self.store.revision()
        meant = [entry for entry in glossary.entries if ids is None or entry.id in ids]
        changed = [better for entry in meant if (better := mending.mended(entry)) != entry]
        return self.store.put(changed, self._ask("change"), why, base, what="mend")

    # -- looking ---------------------------------------------------------------------------

    def deeds(self) -> list[str]:
        """Every word of MAY that this person may do."""
        return [deed for role in Role for deed in sorted(MAY[role]) if self.may(deed)]

    def findings(self) -> list[Finding]:
        """What the lint says of the store as it stands."""
        from workbench.glossary.lint import lint

        return lint(self.store.glossary())

    def past(self, id: str) -> list[Step]:
        """Every change of an entry, latest first, with what it changed."""
        changes = self.store.history(id)
        states: list[Entry | None] = [None, *(None if change.retired else change.entry for change in changes)]
        steps = [Step(c, difference(states[i], states[i + 1])) for i, c in enumerate(changes)]
        return steps[::-1]

    def preview(self, file: Path | str, format: str = "") -> Preview:
        """What an import would do, entry by entry; nothing is written."""
        from workbench.glossary import importing, reading

        self._ask("propose")
        return importing.preview(self.store, reading.survey(file, format))

    # -- people ----------------------------------------------------------------------------

    def add_person(self, name: str, role: Role) -> bool:
        return people.add(self.store, name, role, self._ask("manage people"))

    def set_role(self, name: str, role: Role) -> bool:
        return people.set_role(self.store, name, role, self._ask("manage people"))

    def remove_person(self, name: str) -> bool:
        return people.remove(self.store, name, self._ask("manage people"))

    def set_password(self, name: str, password: str) -> None:
        """One's own, or as an admin anybody's."""
        by = self.identity.name if name == self.identity.name else self._ask("manage people")
        people.set_password(self.store, name, password, by)

    def make_key(self, name: str) -> str:
        """One's own, or as an admin anybody's."""
        by = self.identity.name if name == self.identity.name else self._ask("manage people")
        return people.make_key(self.store, name, by)

    def drop_key(self, id: str) -> bool:
        own = [
            key for person in people.everyone(self.store) if person.name == self.identity.name for key in person.keys
        ]
        by = self.identity.name if id in own else self._ask("manage people")
        return people.drop_key(self.store, id, by)
