"""What lies on the counter: who stands before it, which weapons with what, which rounds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from stockpile.domain.facts import KitItem, Serviceability
from stockpile.domain.holders import Clearance, Holder
from stockpile.domain.issuing import Back, Line, Objection, Terms, Use
from stockpile.domain.lots import Lot, RoundsBack, RoundsOut
from stockpile.domain.values import PersonId, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services.slips import HandOver

Mode = Literal["issue", "return"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the counter: who, for what they are cleared, and what they have."""

    holder: Holder
    cleared: tuple[tuple[str, Clearance], ...] = ()
    weapons: int = 0
    rounds: int = 0
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A weapon on the counter.

    ``counts`` says how many there are of each part of its kit. ``waits`` says of a patrol that is
    repeated that the weapon was not scanned yet; ``paper`` is the receipt it is out under.
    """

    weapon: Weapon
    kit: tuple[KitItem, ...] = ()
    counts: tuple[int, ...] = ()
    holder: Holder | None = None
    against: tuple[Objection, ...] = ()
    override: str = ""
    waits: bool = False
    condition: Serviceability | None = None
    remarks: str = ""
    paper: str = ""
    place: PlaceId | None = None

    @property
    def is_barred(self) -> bool:
        """Say whether something stands against it that no reason overrides."""
        return any(not one.may_be_overridden for one in self.against)

    @property
    def is_red(self) -> bool:
        """Say whether it cannot go over the counter as it is."""
        return self.is_barred or bool(self.against and not self.override)

    @property
    def present(self) -> tuple[KitItem, ...]:
        """What of the kit is there."""
        pairs = zip(self.kit, self.counts, strict=True)
        return tuple(KitItem(one.kind, count, one.mark) for one, count in pairs if count)

    @property
    def short(self) -> tuple[KitItem, ...]:
        """What of the kit is not there."""
        pairs = zip(self.kit, self.counts, strict=True)
        lacking = ((one, one.count - count) for one, count in pairs)
        return tuple(KitItem(one.kind, count, one.mark) for one, count in lacking if count)

    def with_less(self, at: int | None = None) -> Item:
        """Return it with one less of a part of its kit; below none it is whole again.

        Without a part, it is the first of which some is there.
        """
        if not self.kit:
            return self
        first = next((n for n, count in enumerate(self.counts) if count), 0)
        at = first if at is None else at
        less = self.counts[at] - 1 if self.counts[at] else self.kit[at].count
        return replace(self, counts=(*self.counts[:at], less, *self.counts[at + 1 :]))


@dataclass(frozen=True, slots=True)
class Ammunition:
    """Rounds of a lot on the counter; on their way back, ``held`` went out with the holder."""

    lot: Lot
    holder: Holder | None = None
    quantity: int = 0
    held: int = 0
    expended: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """What holds for all that is handed over: when it is due, what for, which patrol."""

    due: str = ""
    purpose: str = ""
    patrol: str = ""
    use: Use = "checkout"


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter as it stands. ``chosen`` is the weapon or lot that was touched last."""

    mode: Mode = "issue"
    person: Person | None = None
    items: tuple[Item, ...] = ()
    rounds: tuple[Ammunition, ...] = ()
    header: Header = field(default_factory=Header)
    chosen: str = ""
    place: PlaceId | None = None
    leader: Holder | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing lies there."""
        return not self.items and not self.rounds

    @property
    def item(self) -> Item | None:
        """The weapon touched last."""
        return self.item_of(self.chosen)

    @property
    def ammunition(self) -> Ammunition | None:
        """The lot touched last."""
        return next((one for one in self.rounds if one.lot.id == self.chosen), None)

    @property
    def waiting(self) -> int:
        """How many weapons of a repeated patrol were not scanned yet."""
        return sum(one.waits for one in self.items)

    @property
    def nobodys(self) -> tuple[Item, ...]:
        """The weapons that nobody was named for."""
        return tuple(one for one in self.items if one.holder is None)

    @property
    def red(self) -> tuple[Item, ...]:
        """What cannot go over the counter as it is."""
        return tuple(one for one in self.items if one.is_red)

    @property
    def signer(self) -> Holder | None:
        """Who signs: the leader, where several take something, else the one who takes it."""
        taking = self.takers
        return self.leader if len(taking) > 1 and self.leader else next(iter(taking), None)

    @property
    def takers(self) -> tuple[Holder, ...]:
        """Everybody who takes or brings something, in the order they came."""
        named = (*(one.holder for one in self.items), *(one.holder for one in self.rounds))
        return tuple({one.id: one for one in named if one is not None}.values())

    def item_of(self, weapon: str) -> Item | None:
        """Return what lies there of a weapon."""
        return next((one for one in self.items if one.weapon.id == weapon), None)

    # --- what is done to it ---------------------------------------------------------------------

    def put(self, item: Item) -> Counter:
        """Put a weapon there, or in the place of what was said of it before."""
        key = item.weapon.id
        known = self.item_of(key) is not None
        items = tuple(item if one.weapon.id == key else one for one in self.items)
        leader = self.leader or item.holder
        return replace(
            self, items=items if known else (*items, item), chosen=key, leader=leader
        )  # fmt: skip

    def put_rounds(self, rounds: Ammunition) -> Counter:
        """Put rounds there, or in the place of what was said of the same lot and person before."""
        key = _key(rounds)
        known = any(_key(one) == key for one in self.rounds)
        lots = tuple(rounds if _key(one) == key else one for one in self.rounds)
        whole = lots if known else (*lots, rounds)
        return replace(
            self, rounds=whole, chosen=rounds.lot.id, leader=self.leader or rounds.holder
        )

    def face(self, person: Person) -> Counter:
        """Let somebody step up: what lies there and is nobody's is theirs."""
        holder = person.holder
        if self.mode == "return":
            return replace(self, person=person)
        items = tuple(replace(one, holder=one.holder or holder) for one in self.items)
        rounds = tuple(replace(one, holder=one.holder or holder) for one in self.rounds)
        return replace(
            self, person=person, items=items, rounds=rounds, leader=self.leader or holder
        )  # fmt: skip

    def without(self, key: str) -> Counter:
        """Take a weapon or a lot off the counter."""
        items = tuple(one for one in self.items if one.weapon.id != key)
        rounds = tuple(one for one in self.rounds if one.lot.id != key)
        last = items[-1].weapon.id if items else rounds[-1].lot.id if rounds else ""
        left = replace(self, items=items, rounds=rounds, chosen=last)
        gone = self.leader is not None and self.leader.id not in {one.id for one in left.takers}
        return replace(left, leader=next(iter(left.takers), None)) if gone else left

    def overridden(self, reason: str) -> Counter:
        """Give the reason for the weapon touched last, or for all that need one."""
        chosen = self.item
        red = [chosen] if chosen is not None and chosen.is_red else list(self.red)
        counter = self
        for one in red:
            if not one.is_barred:
                counter = counter.put(replace(one, override=reason))
        return counter

    def with_less(self, part: int | None = None) -> Counter:
        """Say that one less of a part of the last weapon's kit is there."""
        item = self._last
        return self if item is None else self.put(item.with_less(part))

    def noted(self, condition: str, remark: str) -> Counter:
        """Say how the last weapon came back; said once more, it is as if it had not been said."""
        item = self._last
        if item is None or self.mode != "return":
            return self
        if item.remarks == remark:
            return self.put(replace(item, remarks="", condition=None))
        return self.put(replace(item, remarks=remark, condition=condition or None))  # type: ignore[arg-type]  # one of ours

    def counted(self, quantity: int, expended: int, short: int) -> Counter:
        """Say how many rounds of the lot touched last there are."""
        one = self.ammunition or (self.rounds[-1] if self.rounds else None)
        if one is None:
            return self
        return self.put_rounds(replace(one, quantity=quantity, expended=expended, short=short))

    @property
    def _last(self) -> Item | None:
        return self.item or (self.items[-1] if self.items else None)

    def emptied(self, mode: Mode | None = None) -> Counter:
        """Return the counter with nothing on it; what holds for the next one stays."""
        return Counter(mode or self.mode, header=self.header)

    # --- as the services want it ----------------------------------------------------------------

    def hand_over(self) -> HandOver:
        """Return what is handed over; what is nobody's and what waits is not."""
        said = self.header
        lines = tuple(
            Line(one.weapon.id, one.holder.id, one.present, one.override)
            for one in self.items
            if one.holder is not None and not one.waits
        )
        rounds = tuple(
            RoundsOut(one.lot.id, one.holder.id, one.quantity)
            for one in self.rounds
            if one.holder is not None
        )
        leader = self.leader if len(self.takers) > 1 else None
        terms = Terms(said.due, said.purpose, said.use)
        return HandOver(lines, rounds, terms, said.patrol, leader.id if leader else None)

    def backs(self) -> tuple[Back, ...]:
        """Return the weapons that come back."""
        return tuple(
            Back(one.weapon.id, one.place, one.condition, one.short, one.remarks)
            for one in self.items
        )

    def rounds_back(self) -> tuple[RoundsBack, ...]:
        """Return the rounds that come back, were fired, or are short."""
        return tuple(
            RoundsBack(one.lot.id, one.holder.id, one.quantity, one.expended, one.short)
            for one in self.rounds
            if one.holder is not None and one.quantity + one.expended + one.short
        )


def offered(kit: tuple[KitItem, ...]) -> tuple[int, ...]:
    """Return a whole kit, as it is offered."""
    return tuple(one.count for one in kit)


def _key(rounds: Ammunition) -> tuple[str, PersonId | None]:
    return rounds.lot.id, rounds.holder.id if rounds.holder else None


def weapon_ids(counter: Counter) -> tuple[WeaponId, ...]:
    """Return the weapons that lie there."""
    return tuple(one.weapon.id for one in counter.items)
