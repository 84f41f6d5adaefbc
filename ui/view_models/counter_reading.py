"""What a scan at the counter turns out to be; read on the books lane, where scans keep order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stockpile.domain import issuing
from stockpile.domain.errors import LotUnknown
from stockpile.domain.holders import Holder
from stockpile.domain.issuing import Objection
from stockpile.domain.lots import Lot
from stockpile.domain.values import PersonId, WeaponId
from stockpile.services.ports import RegisterFilter
from stockpile.services.scanning import Scanned
from stockpile.services.slips import Patrol
from stockpile.services.stockpile import Stockpile
from ui.view_models.counter import Ammunition, Counter, Header, Item, Person, offered

MOST_NAMED = 6
"""So many people are named where a text may mean several."""
_ABOUT_IDS = frozenset({"out_already", "elsewhere"})


class Facing:
    """Who stands at the counter, as the books lane knows it: there scans are read in their order.

    Touched on that lane only. ``waiting`` are the holders of a patrol that is repeated, by weapon.
    """

    def __init__(self) -> None:
        self.holder: Holder | None = None
        self.waiting: dict[WeaponId, Holder] = {}

    def of(self, weapon: WeaponId) -> Holder | None:
        """Return for whom a weapon is that is scanned now."""
        return self.waiting.get(weapon, self.holder)

    def turn(self) -> None:
        """Let nobody stand there."""
        self.holder, self.waiting = None, {}


@dataclass(frozen=True, slots=True)
class Read:
    """What a scanned text turned out to be."""

    scanned: Scanned
    item: Item | None = None
    person: Person | None = None
    lot: Lot | None = None
    rounds: tuple[Ammunition, ...] = ()
    siblings: int = 0
    people: tuple[str, ...] = ()


def read(stockpile: Stockpile, facing: Facing, text: str) -> Read:
    """Return what a scanned text is: what a scanner knows, then a lot, then a person's name."""
    scanned = stockpile.scanning.read(text)
    if scanned.person is not None:
        return _faced(stockpile, facing, scanned, scanned.person)
    if scanned.weapon is not None:
        return _of_weapon(stockpile, facing, scanned)
    if scanned.kind != "unknown":
        return Read(scanned)
    try:
        return Read(scanned, lot=stockpile.ammunition.named(scanned.text))
    except LotUnknown:
        people = stockpile.holders.find(scanned.text, MOST_NAMED)
    if len(people) == 1:
        return _faced(stockpile, facing, scanned, people[0].id)
    return Read(scanned, people=tuple(one.name for one in people))


def read_person(stockpile: Stockpile, facing: Facing, person: PersonId) -> Read:
    """Return somebody who was chosen from a list as if their card had been scanned."""
    return _faced(stockpile, facing, Scanned("person", "", person=person), person)


def read_weapon(stockpile: Stockpile, facing: Facing, weapon: WeaponId) -> Read:
    """Return a weapon that was chosen from a list as if it had been scanned."""
    return _of_weapon(stockpile, facing, stockpile.scanning.weapon(weapon))


def _faced(stockpile: Stockpile, facing: Facing, scanned: Scanned, person: PersonId) -> Read:
    desk, holder = stockpile.issuing, stockpile.holders.one(person)
    facing.holder = holder if holder.is_known else None
    out = desk.out(person)
    held = sum(one.quantity for one in stockpile.ammunition.held(person))
    late = any(one.is_overdue for one in out)
    found = Person(holder, desk.clearances(holder), len(out), held, late)
    return Read(scanned, person=found)


def _of_weapon(stockpile: Stockpile, facing: Facing, scanned: Scanned) -> Read:
    """Return a weapon with its kit; one that is out with who has it, and what went with it."""
    weapon = scanned.weapon
    assert weapon is not None
    out = issuing.whose(weapon)
    if out is None or out.holder is None:
        holder = facing.of(weapon.id)
        against = _named(stockpile, stockpile.issuing.objections(weapon, holder))
        return Read(scanned, Item(weapon, weapon.kit, offered(weapon.kit), holder, against))
    kit = stockpile.issuing.kit_out(weapon)
    holder = stockpile.holders.one(out.holder)
    against = (Objection("out_already", holder.name),)
    rounds = tuple(
        Ammunition(one.lot, holder, one.quantity, one.quantity)
        for one in stockpile.ammunition.held(out.holder)
    )
    item = Item(weapon, kit, offered(kit), holder, against, paper=out.paper)
    return Read(scanned, item, rounds=rounds, siblings=_siblings(stockpile, out.paper))


def _named(stockpile: Stockpile, against: tuple[Objection, ...]) -> tuple[Objection, ...]:
    """Return the objections with the names of the person or the place that they are about."""
    return tuple(
        replace(one, about=_name(stockpile, one)) if one.kind in _ABOUT_IDS else one
        for one in against
    )


def _name(stockpile: Stockpile, objection: Objection) -> str:
    if objection.kind == "out_already":
        return stockpile.holders.one(PersonId(objection.about)).name if objection.about else ""
    return stockpile.names().of(objection.about)


def _siblings(stockpile: Stockpile, receipt: str) -> int:
    """Return how many weapons are out under a receipt."""
    if not receipt:
        return 0
    return stockpile.register.count(RegisterFilter(status="issued", paper=receipt))


def again(stockpile: Stockpile, facing: Facing, patrol: Patrol, header: Header) -> Counter:
    """Return a patrol as it was, each weapon judged anew."""
    counter = Counter("issue", header=header)
    facing.turn()
    for line in patrol.handed.lines:
        weapon = stockpile.books.weapon(line.weapon)
        holder = stockpile.holders.one(line.holder)
        against = _named(stockpile, stockpile.issuing.objections(weapon, holder))
        item = Item(weapon, weapon.kit, offered(weapon.kit), holder, against, waits=True)
        counter = counter.put(item)
        facing.waiting[weapon.id] = holder
    for one in patrol.handed.rounds:
        lot, holder = stockpile.ammunition.one(one.lot), stockpile.holders.one(one.holder)
        counter = counter.put_rounds(Ammunition(lot, holder, one.quantity))
    leader = next((one for one in counter.takers if one.id == patrol.handed.leader), None)
    return replace(counter, leader=leader or counter.leader, chosen="")
