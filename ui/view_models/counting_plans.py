"""How a count is begun: what is due, what can be gone on with, and what the fields offer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from stockpile.domain import opening_counts
from stockpile.domain.opening_counts import BASES, Basis, Request, Stocktake
from stockpile.domain.values import OfficerId, PlaceId
from stockpile.services.people import SignedIn
from stockpile.services.ports import RegisterFilter
from stockpile.services.stockpile import Stockpile

WHOLE_SITE: Final = "*"
"""What stands in the field of the place for all of them."""
CLOSED_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that can be counted, by its name after those of what it lies in."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What the fields of a new count offer; officers are ids with their names."""

    places: tuple[Spot, ...] = ()
    types: tuple[str, ...] = ()
    me: tuple[str, str] = ("", "")
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be counted, and with whom."""

    place: str = WHOLE_SITE
    types: tuple[str, ...] = ()
    percent: int = 100
    basis: Basis = "serial"
    blind: bool = False
    second: str = ""
    independent: str = ""
    rule: str = ""

    def request(self, me: OfficerId) -> Request:
        """Return the plan as the service takes it."""
        second = OfficerId(self.second)
        return Request(
            place=None if self.place == WHOLE_SITE else PlaceId(self.place),
            basis=self.basis,
            blind=self.blind,
            types=self.types,
            percent=self.percent,
            counters=(me, second),
            independent=OfficerId(self.independent) if self.independent else None,
            rule=self.rule,
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """A count that was opened, and where."""

    stocktake: Stocktake
    where: str


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule asks for: where, under which name, by which plan, in so many days.

    ``days`` below zero is overdue.
    """

    key: str
    where: str
    name: str
    plan: Plan
    days: int

    @property
    def is_overdue(self) -> bool:
        """Whether its day is past."""
        return self.days < 0


@dataclass(frozen=True, slots=True)
class Start:
    """What there is to count: what is due, what can be gone on with, what was closed last."""

    due: tuple[Due, ...] = ()
    open: tuple[Begun, ...] = ()
    closed: tuple[Begun, ...] = ()
    offer: Offer = Offer()
    usual: Plan = Plan()


def start(stockpile: Stockpile, by: SignedIn, second: str) -> Start:
    """Return how it stands; ``second`` is whoever counted along last: id, or name."""
    names = stockpile.names()
    begun = [Begun(one, names.of(one.opened.place)) for one in stockpile.counting.all()]
    offer = offered(stockpile, by)
    with_ = next((one[0] for one in offer.others if second in one), "")
    alone = offer.others[0][0] if len(offer.others) == 1 else ""
    usual = Plan(second=with_ or alone)
    return Start(
        _due(stockpile, usual),
        tuple(one for one in begun if one.stocktake.closed is None),
        tuple(one for one in begun if one.stocktake.closed is not None)[:CLOSED_SHOWN],
        offer,
        usual,
    )


def _due(stockpile: Stockpile, usual: Plan) -> tuple[Due, ...]:
    """Return what the rules ask for, what is due already first.

    Of what is due the count that asks the most stands first: it answers the others too.
    """
    counting, names = stockpile.counting, stockpile.names()
    today = opening_counts.day(counting.clock.now(), counting.clock.zone())
    site = stockpile.people.site()
    found = [
        Due(
            f"{one.rule.name}:{one.place}",
            names.of(one.place),
            one.rule.name,
            replace(
                usual,
                place=WHOLE_SITE if one.place == site else one.place,
                basis=one.rule.basis,
                percent=one.rule.percent,
                rule=one.rule.name,
            ),
            (date.fromisoformat(one.by) - date.fromisoformat(today)).days,
        )
        for one in stockpile.count_rules.due(today)
    ]
    return tuple(sorted(found, key=_urgency))


def _urgency(due: Due) -> tuple[int, int, int]:
    days = max(0, due.days)
    return days, -BASES.index(due.plan.basis), -due.plan.percent


def offered(stockpile: Stockpile, by: SignedIn) -> Offer:
    """Return what the fields offer: places by their paths, types on record, officers who count."""
    counting = stockpile.counting
    ground, names = counting.cases.ground(), stockpile.names()
    places = stockpile.places.all()
    sites = {one.id for one in places if one.kind == "site"}
    spots = [
        Spot(one.id, _path([names.of(p) for p in ground.path(one.id) if p not in sites]))
        for one in places
        if one.id not in sites
    ]
    officers = [one for one in stockpile.people.officers() if one.may("count")]
    kinds = stockpile.register.values("type", RegisterFilter())
    return Offer(
        tuple(sorted(spots, key=lambda one: one.path)),
        tuple(one.value for one in kinds if one.value),
        (by.id, by.officer.name),
        tuple((one.id, one.name) for one in officers if one.id != by.id),
    )


def _path(names: list[str]) -> str:
    return " › ".join(reversed(names))  # noqa: RUF001 - the sign between a room and its rack
