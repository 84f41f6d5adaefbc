"""What came under a waybill, weapon by weapon: received, short, over, wrong, unknown.

1. Every scan has exactly one verdict against the list; what was expected and never came is short.
2. Over is on record and not on the list; unknown stands on no record at all; wrong came in the
   place of an expected one: another weapon with its serial, or its own label on another serial.
3. Only what was received changes hands. The rest opens an investigation each, which evidence
   closes: nothing is put right by editing a list.
4. What was short may come later: a second receipt says all of it anew and replaces the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain.errors import FieldMissing, WaybillSettled
from stockpile.domain.facts import (
    Draft,
    InvestigationOpened,
    WaybillReceived,
    WeaponReceived,
    Wrong,
)
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import PlaceId, WeaponId, search_key, tidied
from stockpile.domain.weapons import GONE, Weapon

Verdict = Literal["received", "twice", "over", "wrong", "unknown"]
Kind = Literal["short", "over", "wrong", "stranger", "seal"]
_ADDED: Final = frozenset({"received", "over", "wrong", "unknown"})


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan at the lorry: what was read, the weapon that it named, and what that means.

    ``expected`` is the weapon on the list whose place a wrong one took.
    """

    text: str
    verdict: Verdict
    weapon: WeaponId | None = None
    expected: WeaponId | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """What was expected, and the scans so far, in order; each step gives a new one.

    ``serials`` maps the key of each expected weapon's serial to it, ``before`` is what earlier
    receipts of the same waybill took in.
    """

    expected: tuple[WeaponId, ...]
    serials: Mapping[str, WeaponId]
    before: frozenset[WeaponId] = frozenset()
    scans: tuple[Scan, ...] = ()

    def scanned(self, text: str, weapon: Weapon | None) -> tuple[Checklist, Scan]:
        """Return the list after a scan, and the verdict on it; a second look adds nothing."""
        said = tidied(text)
        scan = Scan(said, *self._judged(said, weapon))
        if scan.verdict not in _ADDED:
            return self, scan
        return replace(self, scans=(*self.scans, scan)), scan

    def differing(self, weapon: WeaponId, read: str) -> Checklist:
        """Say that what was scanned as this weapon bears another serial: it is not the one.

        Raises FieldMissing without what was read.
        """
        if not tidied(read):
            raise FieldMissing("read")
        kept = tuple(one for one in self.scans if one.weapon != weapon)
        wrong = Scan(tidied(read), "wrong", weapon, weapon)
        return replace(self, scans=(*kept, wrong))

    def undone(self) -> Checklist:
        """Return the list without the last scan."""
        return replace(self, scans=self.scans[:-1])

    @property
    def received(self) -> tuple[WeaponId, ...]:
        """The expected weapons that are here now or came before, in the order of the list."""
        here = self.before | {one.weapon for one in self.scans if one.verdict == "received"}
        return tuple(one for one in self.expected if one in here)

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """What came in the place of an expected weapon, by that weapon; not if it came as well."""
        here = set(self.received)
        found = {
            one.expected: Wrong(one.expected, one.text)
            for one in self.scans
            if one.verdict == "wrong" and one.expected is not None and one.expected not in here
        }
        return tuple(found.values())

    @property
    def short(self) -> tuple[WeaponId, ...]:
        """The expected weapons that neither came nor had another in their place."""
        gone = {*self.received, *(one.weapon for one in self.wrong)}
        return tuple(one for one in self.expected if one not in gone)

    @property
    def over(self) -> tuple[WeaponId, ...]:
        """The weapons on record that came and were not on the list."""
        found = (one.weapon for one in self.scans if one.verdict == "over")
        return tuple(dict.fromkeys(one for one in found if one is not None))

    @property
    def unknown(self) -> tuple[str, ...]:
        """What was read from weapons that stand on no record."""
        return tuple(one.text for one in self.scans if one.verdict == "unknown")

    def _judged(
        self, text: str, weapon: Weapon | None
    ) -> tuple[Verdict, WeaponId | None, WeaponId | None]:
        if weapon is None:
            known = any(
                one.verdict == "unknown" and search_key(one.text) == search_key(text)
                for one in self.scans
            )
            return ("twice" if known else "unknown"), None, None
        if any(one.weapon == weapon.id for one in self.scans) or weapon.id in self.before:
            return "twice", weapon.id, None
        if weapon.id in self.expected:
            return "received", weapon.id, None
        namesake = self.serials.get(weapon.serial.key)
        if namesake is not None and namesake not in self.received:
            return "wrong", weapon.id, namesake
        return "over", weapon.id, None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a receipt found beside the weapons: seals, the declaration signed, remarks."""

    broken_seals: tuple[str, ...] = ()
    declaration: str = ""
    remarks: str = ""


def checklist(waybill: Waybill, weapons: Iterable[Weapon]) -> Checklist:
    """Return the empty checklist of a waybill; what earlier receipts took in counts as here.

    ``weapons`` are those of the waybill that stand on record here: the rest can only be unknown.
    """
    before = frozenset(waybill.receipt.received) if waybill.receipt else frozenset[WeaponId]()
    serials = {one.serial.key: one.id for one in weapons if one.serial.key}
    return Checklist(waybill.opened.weapons, serials, before)


def receive(
    waybill: Waybill,
    checked: Checklist,
    found: Finding,
    place: PlaceId,
    weapons: Sequence[Weapon],
    ids: Iterable[str],
    due: str = "",
) -> tuple[Draft, ...]:
    """Take what came into a place, and open an investigation of each difference that is new.

    ``weapons`` are the received ones that were not taken in before, ``ids`` ids for the
    investigations, ``due`` the day by which they must be answered. Raises WaybillSettled where
    nothing of it is on the road any more, and FieldMissing where nothing at all was checked.
    """
    if not waybill.is_under_way:
        raise WaybillSettled(waybill.opened.number, waybill.state)
    if not checked.scans:
        raise FieldMissing("weapons")
    said = _body(waybill, checked, found)
    opened = zip(_investigations(waybill, said, place, due), ids, strict=False)
    return (
        Draft(waybill.id, said, waybill.heads),
        *(
            Draft(one.id, WeaponReceived(waybill.id, place), one.heads.custody)
            for one in weapons
            if may_arrive(one)
        ),
        *(Draft(subject, body) for body, subject in opened),
    )


def may_arrive(weapon: Weapon) -> bool:
    """Say whether a receipt changes the weapon's custody: one that is gone is a case, not stock.

    One reported lost on the way is recovered by its own act, so that its report is closed too.
    """
    return weapon.status not in GONE and all(one.state != "lost" for one in weapon.custody)


def _body(waybill: Waybill, checked: Checklist, found: Finding) -> WaybillReceived:
    """Return the receipt; what an earlier one found beside the list stays said."""
    earlier = waybill.receipt or WaybillReceived(())
    broken = tuple(dict.fromkeys((*earlier.broken_seals, *filter(None, found.broken_seals))))
    here = set(checked.received)
    wrong = {one.weapon: one for one in (*earlier.wrong, *checked.wrong) if one.weapon not in here}
    gone = here | set(wrong)
    return WaybillReceived(
        received=checked.received,
        short=tuple(one for one in checked.expected if one not in gone),
        over=tuple(dict.fromkeys((*earlier.over, *checked.over))),
        wrong=tuple(wrong.values()),
        unknown=tuple(dict.fromkeys((*earlier.unknown, *checked.unknown))),
        seals_intact=not broken,
        broken_seals=broken,
        declaration=found.declaration.strip(),
        remarks=found.remarks.strip(),
    )


def _investigations(
    waybill: Waybill, said: WaybillReceived, place: PlaceId, due: str
) -> list[InvestigationOpened]:
    earlier = waybill.receipt or WaybillReceived(())
    told: list[tuple[Kind, str, str]] = []
    told += [("short", one, "") for one in said.short if one not in earlier.short]
    told += [("over", one, "") for one in said.over if one not in earlier.over]
    told += [("wrong", one.weapon, one.read) for one in said.wrong if one not in earlier.wrong]
    told += [("stranger", "", one) for one in said.unknown if one not in earlier.unknown]
    told += [("seal", "", one) for one in said.broken_seals if one not in earlier.broken_seals]
    return [
        InvestigationOpened(kind, waybill.id, weapon, place, text, due)
        for kind, weapon, text in told
    ]
