"""Racking: the card of a rack says where, every weapon scanned after it stands there from then on.

1. Each weapon is one durable fact; a weapon that stands there already is not written again.
2. A weapon that is out by the record is not put into a rack: taking it back is an act of its own.
3. What does not fit or does not belong is said and done: it stands there, whoever likes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from stockpile.domain import people
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons import GONE, STORED, Weapon
from stockpile.services.people import SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import Recorded, Register, RegisterFilter, RegisterRow
from stockpile.services.receiving import Receiving
from stockpile.services.scanning import ScanKind, Scanned, Scanning

StepKind = Literal[
    "rack", "moved", "stands", "no_rack", "out", "lost", "hot_list", "disputed", "gone", "unknown",
    "several", "person", "paper", "command",
]  # fmt: skip
NOTHING = Recorded((), ())


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one scan.

    ``rack`` is where scans go from now on, ``before`` where a moved weapon stood, ``over`` how many
    more the rack holds now than fit, ``is_stranger`` whether it holds other types or models;
    ``scanned`` is what was scanned.
    """

    kind: StepKind
    text: str
    rack: Place | None = None
    line: RegisterRow | None = None
    before: PlaceId | None = None
    over: int = 0
    is_stranger: bool = False
    several: tuple[str, ...] = ()
    scanned: Scanned | None = None


@dataclass(frozen=True, slots=True)
class Racking:
    """The scanner between the racks. Everything runs on the books lane."""

    register: Register
    places: Places
    receiving: Receiving
    scanning: Scanning

    def scan(self, text: str, rack: PlaceId | None, *, by: SignedIn) -> tuple[Recorded, Step]:
        """Take one scan in: the rack from now on, or a weapon that stands in it from now on.

        Raises PlaceUnknown where the rack was closed meanwhile.
        """
        people.authorise(by.officer, "move")
        scanned = self.scanning.read(text)
        recorded, step = self._step(scanned, rack, by)
        return recorded, replace(step, scanned=scanned)

    def _step(self, scanned: Scanned, rack: PlaceId | None, by: SignedIn) -> tuple[Recorded, Step]:
        if scanned.place is not None:
            return NOTHING, Step("rack", scanned.text, self.places.one(scanned.place))
        now = self.places.one(rack) if rack is not None else None
        if scanned.weapon is None:
            return NOTHING, Step(_unnamed(scanned), scanned.text, now, several=scanned.several)
        (line,) = self.register.rows([scanned.weapon.id])
        kind = _standing(scanned, scanned.weapon, now)
        if kind is not None or now is None:
            return NOTHING, Step(kind or "no_rack", scanned.text, now, line)
        return self._put(scanned.weapon, line, now, by)

    def put_back(self, step: Step, *, by: SignedIn) -> Recorded:
        """Put the weapon of a step back where it stood before."""
        if step.line is None or step.before is None:
            return NOTHING
        return self.receiving.move((step.line.id,), step.before, by=by)

    def _put(
        self, weapon: Weapon, line: RegisterRow, rack: Place, by: SignedIn
    ) -> tuple[Recorded, Step]:
        recorded = self.receiving.move((weapon.id,), rack.id, by=by)
        (stands,) = self.register.rows([weapon.id])
        over = self._over(rack)
        strange = not rack.takes(line.type, line.model)
        return recorded, Step("moved", line.serial, rack, stands, weapon.place, over, strange)

    def _over(self, rack: Place) -> int:
        if not rack.capacity:
            return 0
        count = self.register.count
        lost = count(RegisterFilter(place=rack.id, status="lost"))
        return max(0, count(RegisterFilter(place=rack.id)) - lost - rack.capacity)


def _unnamed(scanned: Scanned) -> StepKind:
    kinds: dict[ScanKind, StepKind] = {
        "person": "person", "several": "several", "document": "paper", "command": "command",
    }  # fmt: skip
    return kinds.get(scanned.kind, "unknown")


def _standing(scanned: Scanned, weapon: Weapon, rack: Place | None) -> StepKind | None:
    """Return why a weapon is not moved; None where it is. An alarm comes before everything."""
    if scanned.alarm:
        return scanned.alarm
    if len(weapon.custody) > 1:
        return "disputed"
    if weapon.status in GONE:
        return "gone"
    if weapon.status not in STORED:
        return "out"
    return "stands" if rack is not None and weapon.place == rack.id else None
