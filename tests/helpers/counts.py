"""A store that several depots write about while it is counted, with the truth beside the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stockpile.domain import counting, facts, weapons
from stockpile.domain.counting import Case, Ground, Scope
from stockpile.domain.facts import Body, Fact, Horizon, StocktakeOpened
from stockpile.domain.values import NodeId, PersonId, PlaceId, WeaponId
from tests.helpers.depots import Depot

STORE, ELSEWHERE = PlaceId("store"), PlaceId("elsewhere")
RACKS = [PlaceId("rack-1"), PlaceId("rack-2"), PlaceId("rack-3")]
SLOT = PlaceId("slot-1a")
PLACES = [*RACKS, SLOT, ELSEWHERE]
HOLDER = PersonId("holder")
GROUND = Ground({STORE: None, ELSEWHERE: None, SLOT: RACKS[0]} | dict.fromkeys(RACKS, STORE))
STOCKTAKE = "stocktake"
SKEWED = (0, 400 * 86_400_000, -400 * 86_400_000)


@dataclass
class Store:
    """Depots that work on the same weapons, where these really are, and one count."""

    depots: list[Depot] = field(
        default_factory=lambda: [
            Depot(name, skew) for name, skew in zip(("aa", "bb", "cc"), SKEWED, strict=True)
        ]
    )
    truth: dict[WeaponId, PlaceId | None] = field(default_factory=dict)
    opened: StocktakeOpened | None = None

    def register(self, depot: Depot, place: PlaceId, type_: str = "ASR") -> WeaponId:
        """A weapon comes on record where it is."""
        weapon = WeaponId(f"weapon-{len(self.truth):03}")
        depot.write(weapon, facts.WeaponRegistered(type=type_, place=place))
        self.truth[weapon] = place
        return weapon

    def act(self, depot: Depot, weapon: WeaponId, place: PlaceId | None) -> Fact:
        """Somebody at a depot moves a weapon to a place, or hands it out, and writes it down."""
        if place is None:
            body: Body = facts.WeaponIssued(HOLDER)
        elif self.truth[weapon] is None:
            body = facts.WeaponReturned(place)
        else:
            body = facts.WeaponRelocated(place)
        self.truth[weapon] = place
        return depot.write(weapon, body)

    def open(self, depot: Depot, **said: object) -> Scope:
        """Open the count of the store with what the depot knows."""
        known = tuple(Horizon(node, seq) for node, seq in sorted(horizon(depot).items()))
        told = {"scope": "place", "basis": "serial", "place": STORE} | said
        self.opened = StocktakeOpened(**told, horizon=known)
        depot.write(STOCKTAKE, self.opened)
        return self.scope

    @property
    def scope(self) -> Scope:
        assert self.opened is not None
        return Scope(STOCKTAKE, self.opened, GROUND)

    def see(self, depot: Depot, weapon: WeaponId, place: PlaceId, round_: int = 1) -> Fact:
        """A counter at a depot scans a weapon at a place."""
        said = facts.WeaponCounted(STOCKTAKE, place, round=round_)
        draft = counting.sighting(depot.weapon(weapon), self.scope, said)
        return depot.write(weapon, draft.body, saw=draft.saw)

    def meet(self, giver: Depot, taker: Depot, last: int | None = None) -> None:
        """One depot learns what another knows: each chain from its beginning, perhaps not all."""
        known = sorted(giver.all_facts(), key=lambda fact: (fact.node, fact.seq))
        taker.learn(known if last is None else [one for one in known if one.seq <= last])

    def meet_all(self) -> None:
        """Everybody learns everything."""
        for giver in self.depots:
            for taker in self.depots:
                if giver is not taker:
                    self.meet(giver, taker)
        for giver in self.depots:
            for taker in self.depots:
                self.meet(giver, taker)


def horizon(depot: Depot) -> dict[NodeId, int]:
    """How far a depot knows each chain."""
    ends: dict[NodeId, int] = {}
    for fact in depot.all_facts():
        ends[fact.node] = max(fact.seq, ends.get(fact.node, 0))
    return ends


def cases(scope: Scope, known: Sequence[Fact]) -> list[Case]:
    """What the count needs to know of every weapon, from all facts that somebody knows."""
    about: dict[WeaponId, list[Fact]] = {}
    for fact in known:
        if fact.subject != STOCKTAKE:
            about.setdefault(WeaponId(fact.subject), []).append(fact)
    return [
        counting.case_of(scope, weapon, weapons.in_causal_order(some))
        for weapon, some in about.items()
    ]
