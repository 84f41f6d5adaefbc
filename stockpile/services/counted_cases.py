"""What the books tell of the weapons of a count: gathered for a sheet, and kept up fact by fact."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import counting, facts
from stockpile.domain.count_sheet import CountSheet
from stockpile.domain.counting import Case, Ground, Line, Scope
from stockpile.domain.facts import Fact, Horizon, PlaceChanged, PlaceOpened
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.references import Reference
from stockpile.domain.values import NodeId, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon
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
        moved = {WeaponId(one.subject) for one in known if type(one.body) in _MOVING}
        seen = {WeaponId(one.subject) for one in told if type(one.body) is facts.WeaponCounted}
        met = moved | seen | self._in_places(scope) | self._disputed()
        cases = {one.id: self._case(scope, one, moved, until) for one in self._stand(met)}
        for fact in told:
            case = cases.get(WeaponId(fact.subject))
            if case is not None and case.weapon not in moved:
                cases[case.weapon] = case.with_fact(scope, fact)
        return CountSheet(scope, cases.values(), told)

    def catch_up(self, sheet: CountSheet, weapon: Weapon) -> tuple[Line, ...]:
        """Bring a sheet up to a weapon as it stands on record; return the lines that changed."""
        case = sheet.case(weapon.id)
        heads = {one.fact for one in counting.heads_of(weapon)}
        if case is not None and heads == {one.fact for one in case.now}:
            return ()
        return self.learn(sheet, self.books.history(weapon.id), weapon)

    def learn(
        self, sheet: CountSheet, known: Iterable[Fact], weapon: Weapon | None = None
    ) -> tuple[Line, ...]:
        """Take facts into a sheet, whoever recorded them; return the lines that changed.

        What the sheet never met and is on record elsewhere stays unknown to it, so that a list of
        thousands may come in while a count goes on.
        """
        changed: dict[WeaponId, Line] = {}
        for fact in known:
            if not _is_told(fact) or _is_elsewhere(sheet, fact):
                continue
            met = self._met(sheet, fact, weapon)
            for each in (fact,) if met is None else self.books.history(fact.subject):
                changed |= {one.weapon: one for one in sheet.take(each, met)}
        return tuple(changed.values())

    def _met(self, sheet: CountSheet, fact: Fact, weapon: Weapon | None) -> Case | None:
        """Return what stood on record at the opening, where the sheet does not know it yet.

        That is a weapon it never met, or one of which another node knew more at the opening.
        """
        subject = WeaponId(fact.subject)
        is_late = type(fact.body) in _MOVING and sheet.scope.knew(fact)
        if type(fact.body) not in _WEAPON_KINDS or (sheet.case(subject) and not is_late):
            return None
        known = [one for one in self.books.history(subject) if sheet.scope.knew(one)]
        stands = weapon if weapon and weapon.id == subject else self.books.weapon(subject)
        return replace(counting.case_of(sheet.scope, subject, known), type=stands.type)

    def _case(
        self,
        scope: Scope,
        weapon: Weapon,
        moved: set[WeaponId],
        until: Sequence[Horizon] | None,
    ) -> Case:
        """Return the case of a weapon; what did not move since stands as it stood."""
        if weapon.id not in moved:
            return Case(weapon.id, weapon.type, counting.heads_of(weapon))
        known = self.books.history(weapon.id)
        told = known if until is None else _within_horizon(known, until)
        return counting.case_of(scope, weapon.id, told)

    def _stand(self, met: Iterable[WeaponId]) -> Iterator[Weapon]:
        """Return the weapons as they stand, some at a time."""
        ids = sorted(met)
        for start in range(0, len(ids), _PAGE):
            yield from self.books.weapons(ids[start : start + _PAGE])

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


def _is_told(fact: Fact) -> bool:
    """Say whether a count may have to do with a fact of this kind."""
    return type(fact.body) in _MOVING or type(fact.body) in _COUNTED


def _is_elsewhere(sheet: CountSheet, fact: Fact) -> bool:
    """Say whether a fact puts a weapon that the sheet never met where nobody counts."""
    move = counting.move_of(fact)
    if move is None or sheet.case(WeaponId(fact.subject)) is not None:
        return False
    return not sheet.scope.holds(move.custody)


def _within_horizon(told: Iterable[Fact], until: Sequence[Horizon]) -> tuple[Fact, ...]:
    known: dict[NodeId, int] = {one.node: one.seq for one in until}
    return tuple(fact for fact in told if fact.seq <= known.get(fact.node, 0))


def _within(reference: Reference) -> PlaceId | None:
    """Return what a place lies in; of a closed one, what it lay in last."""
    bodies = (*(one.body for one in reversed(reference.standing)), reference.opened)
    said = (one for one in bodies if isinstance(one, PlaceOpened | PlaceChanged))
    return next((one.within for one in said), None)
