"""The bench: what is due to be looked at, what is unfit, what was mended, what goes along.

A queue empties itself: an inspection that finds a weapon fit takes it off the list of the unfit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stockpile.domain import maintaining, people
from stockpile.domain.facts import KitItem, Serviceability
from stockpile.domain.values import WeaponId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Recorded, Register, RegisterFilter, RegisterRow

MOST = 200
"""So many lines of a queue are shown; the register shows all of them."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """The workshop."""

    books: Books
    register: Register

    def due(self, today: str, most: int = MOST) -> tuple[RegisterRow, ...]:
        """Return weapons whose inspection is due by a day (ISO), by serial."""
        return self.register.page("serial", 0, most, RegisterFilter(inspect_by=today))

    def unfit(self, most: int = MOST) -> tuple[RegisterRow, ...]:
        """Return weapons that an inspection found unfit to be issued, by serial."""
        return self.register.page("serial", 0, most, RegisterFilter(unfit=True))

    def inspect(
        self,
        weapon: WeaponId,
        condition: Serviceability,
        *,
        remarks: str = "",
        due: str = "",
        unfit: bool = False,
        by: SignedIn,
    ) -> Recorded:
        """Write down what a competent person found; raises FieldUnreadable, FieldMissing."""
        people.authorise(by.officer, "inspect")
        stands = self.books.weapon(weapon)
        draft = maintaining.inspected(stands, condition, remarks, due, unfit=unfit)
        return self.books.record([draft], by=by.id)

    def repair(
        self, weapon: WeaponId, condition: Serviceability, work: str, *, by: SignedIn
    ) -> Recorded:
        """Write down what an armourer did; whether it is fit is for an inspection to say."""
        people.authorise(by.officer, "repair")
        draft = maintaining.repaired(self.books.weapon(weapon), condition, work)
        return self.books.record([draft], by=by.id)

    def set_kit(
        self,
        weapons: Sequence[WeaponId],
        items: Sequence[KitItem],
        reason: str = "",
        *,
        by: SignedIn,
    ) -> Recorded:
        """Say what goes with each of these weapons from now on; one act, said once.

        Raises FieldUnreadable.
        """
        people.authorise(by.officer, "correct")
        said = (maintaining.kit_set(one, items, reason) for one in self.books.weapons(weapons))
        drafts = [draft for draft in said if draft is not None]
        return self.books.record(drafts, by=by.id) if drafts else Recorded((), ())
