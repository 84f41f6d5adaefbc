"""The bench: what is due to be looked at, what is unfit, what was mended, what goes along.

A queue empties itself: an inspection that finds a weapon fit takes it off the list of the unfit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stockpile.domain import maintaining, people
from stockpile.domain.facts import (
    Horizon,
    KitItem,
    Serviceability,
    WeaponInspected,
    WeaponIssued,
    WeaponRepaired,
    WeaponReturned,
)
from stockpile.domain.values import WeaponId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Keys, Recorded, Register, RegisterFilter, RegisterRow

MOST = 200
"""So many lines of a queue are shown; the register shows all of them."""
RECENT = 5000
"""So many last facts are looked through for returns with a remark."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """The workshop."""

    books: Books
    register: Register
    keys: Keys

    def due(self, today: str, most: int = MOST) -> tuple[RegisterRow, ...]:
        """Return weapons whose inspection is due by a day (ISO), by serial."""
        return self.register.page("serial", 0, most, RegisterFilter(inspect_by=today))

    def unfit(self, most: int = MOST) -> tuple[RegisterRow, ...]:
        """Return weapons that an inspection found unfit to be issued, by serial."""
        return self.register.page("serial", 0, most, RegisterFilter(unfit=True))

    def remarked(self) -> tuple[WeaponId, ...]:
        """Return weapons that came back with a remark, and were not looked at since; oldest first.

        Of this depot's last returns only: what nobody looked at for so long is found by its age.
        """
        node, tip = self.keys.node, self.books.tip()
        known = [one for one in self.books.horizons() if one.node != node]
        recent = Horizon(node, max(0, tip.seq - RECENT))
        returns = self.books.since([*known, recent], [WeaponReturned])
        found = dict.fromkeys(
            WeaponId(fact.subject)
            for fact in returns
            if isinstance(fact.body, WeaponReturned) and fact.body.remarks
        )
        return tuple(one for one in found if self._waits(one))

    def _waits(self, weapon: WeaponId) -> bool:
        """Say whether the last return of a weapon had a remark that no inspection answered."""
        for fact in reversed(self.books.history(weapon)):
            if isinstance(fact.body, WeaponInspected | WeaponRepaired | WeaponIssued):
                return False
            if isinstance(fact.body, WeaponReturned):
                return bool(fact.body.remarks)
        return False

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
