"""Correcting: what was written wrongly, which records are one weapon, which none; each a fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import custody, merging, people, receiving, settling
from stockpile.domain.errors import FieldUnreadable, ReasonMissing, RecordJoined
from stockpile.domain.facts import (
    Component,
    ComponentSwapped,
    Draft,
    LastImport,
    Mark,
    SafeCheck,
)
from stockpile.domain.values import JobId, PlaceId, WeaponId, search_key
from stockpile.domain.weapons import Weapon
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Recorded
from stockpile.services.signing import Second, authorise, sign

_ABOUT_CUSTODY: Final = frozenset(
    {"custody_fork", "count_mismatch", "count_missing", "act_after_end"}
)
"""Contradictions that are settled by saying where the weapon is."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """The desk where records are put right; nobody edits history here either."""

    books: Books

    def marks(
        self,
        weapon: WeaponId,
        marks: Sequence[Mark],
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Say anew which marks the weapon bears: all of its rows."""
        return self._say(weapon, {"marks": tuple(marks)}, reason, by, witness)

    def components(
        self,
        weapon: WeaponId,
        components: Sequence[Component],
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Say anew which components the weapon had from the start."""
        return self._say(weapon, {"components": tuple(components)}, reason, by, witness)

    def marks_and_components(
        self,
        weapon: WeaponId,
        marks: Sequence[Mark],
        components: Sequence[Component],
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Say both anew in one act; what is the same as before is not said again."""
        authorise(by, "correct", witness)
        stands = self.books.weapon(weapon)
        said = {"marks": tuple(marks), "components": tuple(components)}
        given = {name: rows for name, rows in said.items() if rows != getattr(stands, name)}
        draft = receiving.corrected(stands, reason, given)
        return sign(self.books, "correct", [draft], by=by, second=witness)

    def safety(
        self,
        weapon: WeaponId,
        safe: SafeCheck,
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Say what the safety check found."""
        return self._say(weapon, {"safe": safe}, reason, by, witness)

    def last_import(
        self,
        weapon: WeaponId,
        imported: LastImport,
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Say from where, when and by whom the weapon was last imported."""
        return self._say(weapon, {"imported": imported}, reason, by, witness)

    def swap(
        self,
        weapon: WeaponId,
        component: str,
        *,
        fitted: Sequence[Mark],
        removed: Sequence[Mark],
        reason: str,
        by: SignedIn,
    ) -> Recorded:
        """Fit a part, remove one, or both, by the marks that they carry."""
        people.authorise(by.officer, "repair")
        stands = self.books.weapon(weapon)
        if not reason.strip():
            raise ReasonMissing("repair")
        body = ComponentSwapped(component, tuple(fitted), tuple(removed), reason.strip())
        return self.books.record([Draft(weapon, body, stands.heads.identity)], by=by.id)

    def remove(
        self, weapon: WeaponId, kind: str, mark: str, reason: str, *, by: SignedIn
    ) -> Recorded:
        """Take a part off that is on record, the one that bears the mark where there are several.

        Raises FieldUnreadable where no such part, or more than one, is on it.
        """
        fitted = [one for one in self.books.weapon(weapon).components if one.kind == kind]
        key = search_key(mark)
        borne = [
            one for one in fitted if not key or any(search_key(m.text) == key for m in one.marks)
        ]
        if len(borne) != 1:
            raise FieldUnreadable("component", f"{kind} {mark}".strip())
        marks = borne[0].marks or (Mark("part", "", component=kind),)
        return self.swap(weapon, kind, fitted=(), removed=marks, reason=reason, by=by)

    def withdraw(self, weapons: Sequence[WeaponId], reason: str, *, by: SignedIn) -> Recorded:
        """Take records back that were made in error, in one act; they stay to be read."""
        people.authorise(by.officer, "withdraw")
        drafts = [merging.withdraw(one, reason) for one in self.books.weapons(weapons)]
        return self.books.record(drafts, by=by.id)

    def reinstate(self, weapon: WeaponId, reason: str, *, by: SignedIn) -> Recorded:
        """Put a withdrawn record back into account."""
        people.authorise(by.officer, "withdraw")
        return self.books.record([merging.reinstate(self.books.weapon(weapon), reason)], by=by.id)

    def merge(
        self,
        stays: WeaponId,
        goes: WeaponId,
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Join two records that are one weapon; both lives are kept and read together."""
        return self._of_two(merging.merge, stays, goes, reason, by, witness)

    def part(
        self,
        stays: WeaponId,
        goes: WeaponId,
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Take a merger back."""
        return self._of_two(merging.part, stays, goes, reason, by, witness)

    def tell_apart(
        self,
        one: WeaponId,
        other: WeaponId,
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Say that two look-alike records are two weapons, so that nobody is warned again."""
        return self._of_two(merging.tell_apart, one, other, reason, by, witness)

    def settle_custody(
        self, weapon: WeaponId, place: PlaceId, reason: str, *, by: SignedIn
    ) -> Recorded:
        """Say where the weapon is, over every act and every count that says something else.

        Where nothing contradicts itself it settles nothing: what is gone, joined or out comes back
        by its own act. Raises ReasonMissing, FieldMissing, RecordJoined, WeaponGone,
        WeaponElsewhere.
        """
        people.authorise(by.officer, "move")
        stands = self.books.weapon(weapon)
        if not any(one.kind in _ABOUT_CUSTODY for one in self.books.conflicts(weapon)):
            if stands.status == "merged":
                raise RecordJoined(weapon)
            custody.demand_in_store(stands)
        draft = settling.settle_custody(stands, place, reason)
        return self.books.record([draft], by=by.id)

    def settle_marks(
        self,
        weapon: WeaponId,
        standing: Sequence[JobId],
        reason: str,
        *,
        by: SignedIn,
        witness: Second | None = None,
    ) -> Recorded:
        """Say which of our marks stand on the metal; the others are void for good."""
        authorise(by, "resolve_mark", witness)
        draft = settling.settle_marks(self.books.weapon(weapon), standing, reason)
        return sign(self.books, "resolve_mark", [draft], by=by, second=witness)

    def _of_two(
        self,
        says: Callable[[Weapon, Weapon, str], Sequence[Draft]],
        one: WeaponId,
        other: WeaponId,
        reason: str,
        by: SignedIn,
        witness: Second | None,
    ) -> Recorded:
        authorise(by, "merge", witness)
        first, second = self.books.weapons([one, other])
        return sign(self.books, "merge", says(first, second, reason), by=by, second=witness)

    def _say(
        self,
        weapon: WeaponId,
        given: dict[str, object],
        reason: str,
        by: SignedIn,
        witness: Second | None,
    ) -> Recorded:
        authorise(by, "correct", witness)
        draft = receiving.corrected(self.books.weapon(weapon), reason, given)
        return sign(self.books, "correct", [draft], by=by, second=witness)
