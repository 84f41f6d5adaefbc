"""What the books tell of the weapons of a count: gathered for a sheet, and kept up fact by fact."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import counting, facts, weapons
from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.counting import Case, Ground, Line, Scope
from stockpile.domain.facts import Fact, Horizon, PlaceChanged, PlaceOpened
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, NodeId, PlaceId, WeaponId
from stockpile.domain.weapons import Custody, Weapon
from stockpile.services.ports import Books, Register, RegisterFilter

_PAGE: Final = 1000
_WEAPON_KINDS: Final = frozenset(typing.get_args(facts.WeaponBody))
_COUNTED: Final = (facts.WeaponCounted, facts.StrangerCounted, facts.QuantityCounted)
_MOVING: Final = (
    facts.WeaponRegistered, facts.WeaponCollected, facts.WeaponFound, facts.WeaponSeized,
    facts.WeaponRelocated, facts.WeaponIssued, facts.WeaponReturned, facts.WeaponDispatched,
    facts.WeaponReceived, facts.DispatchReversed, facts.WeaponLost, facts.WeaponRecovered,
    facts.CustodySettled, facts.WeaponDestroyed, facts.WeaponAbsorbed, facts.WeaponWithdrawn,
)  # fmt: skip
"""Every kind that ``weapons.custody_of`` answers."""


@dataclass(frozen=True, slots=True)
class CountedCases:
    """The reader of the stocktake desk."""

    books: Books
    register: Register

    def ground(self) -> Ground:
        """Return the places as they lie in one another, closed ones too."""
        known = self.books.references(PlaceOpened)
        return Ground({PlaceId(one.subject): _within(one) for one in known})

    def sheet(self, stocktake: Stocktake, until: Sequence[Horizon] | None) -> CountSheet:
        """Return the sheet that the facts make, by all that is known or up to a horizon."""
        scope = Scope(stocktake.id, stocktake.opened, self.ground())
        known = self.books.since(stocktake.opened.horizon, (*_MOVING, *_COUNTED))
        told = known if until is None else _within_horizon(known, until)
        about = [fact for fact in known if type(fact.body) in _WEAPON_KINDS]
        moved = {WeaponId(one.subject) for one in about if weapons.custody_of(one.body)}
        met = {WeaponId(one.subject) for one in about} | self._in_places(scope) | self._disputed()
        stands = self.books.weapons(sorted(met))
        cases = [
            Case(one.id, one.type, self._before(scope, one) if one.id in moved else _heads(one))
            for one in stands
        ]
        return CountSheet(scope, _with_facts(scope, cases, told), told)

    def catch_up(self, sheet: CountSheet, weapon: Weapon) -> tuple[Line, ...]:
        """Bring a sheet up to a weapon as it stands on record; return the lines that changed."""
        case = sheet.case(weapon.id)
        heads = {one.fact for one in _heads(weapon)}
        if case is not None and heads == {one.fact for one in case.now}:
            return ()
        return self.learn(sheet, self.books.history(weapon.id), weapon)

    def learn(
        self, sheet: CountSheet, known: Iterable[Fact], weapon: Weapon | None = None
    ) -> tuple[Line, ...]:
        """Take facts into a sheet, whoever recorded them; return the lines that changed."""
        changed: dict[WeaponId, Line] = {}
        for fact in known:
            if type(fact.body) in _MOVING or type(fact.body) in _COUNTED:
                met = self._met(sheet, fact, weapon)
                changed |= {one.weapon: one for one in sheet.take(fact, met)}
        return tuple(changed.values())

    def _met(self, sheet: CountSheet, fact: Fact, weapon: Weapon | None) -> Case | None:
        """Return what stood on record at the opening, where the sheet does not know it yet.

        That is a weapon it never met, or one of which another node knew more at the opening.
        """
        subject = WeaponId(fact.subject)
        is_late = type(fact.body) in _MOVING and sheet.scope.knew(fact)
        if type(fact.body) not in _WEAPON_KINDS or (sheet.case(subject) and not is_late):
            return None
        stands = weapon if weapon and weapon.id == subject else self.books.weapon(subject)
        return Case(subject, stands.type, self._before(sheet.scope, stands))

    def _before(self, scope: Scope, weapon: Weapon) -> tuple[Custody, ...]:
        """Return the custody of a weapon as it was known when the count was opened."""
        known = [
            fact
            for fact in self.books.history(weapon.id)
            if scope.knew(fact) and type(fact.body) in _WEAPON_KINDS
        ]
        return _heads(weapons.folded(weapon.id, known))

    def _in_places(self, scope: Scope) -> set[WeaponId]:
        """Return the weapons that are on record in the places of the count now."""
        among = RegisterFilter(place=scope.opened.place or "")
        found: set[WeaponId] = set()
        for page in range(-(-self.register.count(among) // _PAGE)):
            found |= {one.id for one in self.register.page("recorded", page, _PAGE, among)}
        return found

    def _disputed(self) -> set[WeaponId]:
        """Return the weapons of whose custody there are two accounts: lists show them nowhere."""
        forks = (one for one in self.books.conflicts() if one.kind == "custody_fork")
        return {weapon for one in forks for weapon in one.weapons}


def _with_facts(scope: Scope, cases: Sequence[Case], told: Iterable[Fact]) -> list[Case]:
    """Return the cases with the acts and sightings that came since the opening."""
    by_weapon = {case.weapon: case for case in cases}
    for fact in told:
        move, seen = counting.move_of(fact), counting.seen_by(fact, scope.stocktake)
        case = by_weapon.get(WeaponId(fact.subject))
        if case is None:
            continue
        if move is not None:
            case = case.with_move(move)
        if seen is not None:
            case = case.with_seen(seen)
        by_weapon[case.weapon] = case
    return list(by_weapon.values())


def _within_horizon(told: Iterable[Fact], until: Sequence[Horizon]) -> tuple[Fact, ...]:
    known: dict[NodeId, int] = {one.node: one.seq for one in until}
    return tuple(fact for fact in told if fact.seq <= known.get(fact.node, 0))


def _heads(weapon: Weapon) -> tuple[Custody, ...]:
    every = (*weapon.custody, *weapon.echoes)
    return tuple(sorted(every, key=_fact_of)) if len(every) > 1 else every


def _fact_of(custody: Custody) -> Digest:
    return custody.fact


def _within(reference: Reference) -> PlaceId | None:
    """Return what a place lies in; of a closed one, what it lay in last."""
    bodies = (*(one.body for one in reversed(reference.standing)), reference.opened)
    said = (one for one in bodies if isinstance(one, PlaceOpened | PlaceChanged))
    return next((one.within for one in said), None)
