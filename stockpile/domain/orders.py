"""Marking orders: which weapons are to be marked, in which order, and how far the work has come.

1. How a weapon of an order stands is read from its own marks, so that a power cut loses nothing.
2. A weapon that bears the scheme's mark, or may bear it, is left out when the order is opened.
3. What is set aside keeps its reason; brought back, it waits again at its old place in the order.
4. A closed order is not gone on with; a new one is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, Literal

from stockpile.domain.errors import NothingToMark, OrderIsClosed, OrderLacks, ReasonMissing
from stockpile.domain.facts import Draft, MarkingOrderChanged, MarkingOrdered, SetAside
from stockpile.domain.numbers import paper_number
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, SchemeId, WeaponId, tidied
from stockpile.domain.weapons import GONE, Applied, Weapon

LineStanding = Literal["waiting", "marked", "verified", "open_question", "aside", "gone"]
"""How a weapon of an order stands: "marked" is what the machine said and nobody has read back."""
Standing = Literal["open", "paused", "closed"]
_PREFIX: Final = "MO"
_NOT_HERE: Final = GONE | {"lost", "in_transit"}
_IN_QUESTION: Final = frozenset({"begun", "unknown"})


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it was opened and as it was changed last, without how its weapons stand."""

    id: str
    opened: MarkingOrdered
    changed: MarkingOrderChanged = field(default_factory=MarkingOrderChanged)
    heads: tuple[Digest, ...] = ()

    @property
    def state(self) -> Standing:
        """Whether it goes on, rests, or is over."""
        return self.changed.state

    @property
    def name(self) -> str:
        """What people call it by."""
        return self.opened.name


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A weapon of an order: how it stands, the text of its mark, and why it is set aside."""

    weapon: WeaponId
    state: LineStanding
    text: str = ""
    why: str = ""
    problem: bool = False


@dataclass(frozen=True)
class OrderState:
    """An order with all its weapons, in the order in which they are to be marked."""

    order: Order
    lines: tuple[OrderLine, ...]

    @property
    def id(self) -> str:
        """The order's id."""
        return self.order.id

    @property
    def opened(self) -> MarkingOrdered:
        """What was ordered."""
        return self.order.opened

    @property
    def state(self) -> Standing:
        """Whether it goes on, rests, or is over."""
        return self.order.state

    @property
    def done(self) -> int:
        """How many weapons bear their mark, read back or not."""
        return self._count("verified") + self._count("marked")

    @property
    def left(self) -> int:
        """How many weapons are still to be marked; what is set aside or gone is not."""
        return self._count("waiting") + self._count("open_question")

    @property
    def open_questions(self) -> int:
        """How many marks somebody has to look at."""
        return self._count("open_question")

    @property
    def aside(self) -> int:
        """How many weapons are set aside."""
        return self._count("aside")

    @property
    def total(self) -> int:
        """How many weapons can be marked at all: those of the order that are not gone."""
        return len(self.lines) - self._count("gone")

    def line(self, weapon: WeaponId) -> OrderLine | None:
        """Return the line of a weapon; None where the order does not have it."""
        at = self._places.get(weapon)
        return None if at is None else self.lines[at]

    def with_line(self, line: OrderLine) -> OrderState:
        """Return the order with one line as it stands now."""
        at = self._places.get(line.weapon)
        if at is None or self.lines[at] == line:
            return self
        return OrderState(self.order, (*self.lines[:at], line, *self.lines[at + 1 :]))

    def next_weapon(self) -> WeaponId | None:
        """Return the first weapon that waits; None when none does."""
        return next((one.weapon for one in self.lines if one.state == "waiting"), None)

    def waiting(self, most: int) -> tuple[WeaponId, ...]:
        """Return the first weapons that wait, at most so many."""
        found = [one.weapon for one in self.lines if one.state == "waiting"]
        return tuple(found[:most])

    def _count(self, state: LineStanding) -> int:
        return self._tally.get(state, 0)

    @cached_property
    def _tally(self) -> dict[str, int]:
        tally: dict[str, int] = {}
        for one in self.lines:
            tally[one.state] = tally.get(one.state, 0) + 1
        return tally

    @cached_property
    def _places(self) -> dict[WeaponId, int]:
        return {one.weapon: at for at, one in enumerate(self.lines)}


@dataclass(frozen=True, slots=True)
class SortedOut:
    """Weapons for an order: those to mark, and those left out with the reason.

    ``bear`` have the scheme's mark already, ``in_question`` may have it until somebody has looked,
    ``gone`` are no longer here to be marked.
    """

    to_mark: tuple[WeaponId, ...]
    bear: tuple[WeaponId, ...] = ()
    in_question: tuple[WeaponId, ...] = ()
    gone: tuple[WeaponId, ...] = ()

    @property
    def left_out(self) -> int:
        """How many are left out."""
        return len(self.bear) + len(self.in_question) + len(self.gone)


def sort_out(weapons: Iterable[Weapon], scheme: SchemeId) -> SortedOut:
    """Tell the weapons that an order may have from those that it leaves out; each stands once."""
    found: dict[str, dict[WeaponId, None]] = {}
    for weapon in weapons:
        found.setdefault(standing_of(weapon, scheme)[0], {})[weapon.id] = None
    bear = {**found.get("verified", {}), **found.get("marked", {})}
    return SortedOut(
        tuple(found.get("waiting", ())),
        tuple(bear),
        tuple(found.get("open_question", ())),
        tuple(found.get("gone", ())),
    )


def standing_of(weapon: Weapon, scheme: SchemeId) -> tuple[LineStanding, str]:
    """Return how a weapon stands towards a scheme, with the text of the mark that decides it.

    A partial mark decides nothing: the weapon waits for a new one at another spot.
    """
    ours = [one for one in weapon.standing_marks if one.scheme == scheme]
    for state, wanted in _RANKED:
        found = _last(ours, wanted)
        if found is not None:
            return state, found.text
    return ("gone" if is_gone(weapon) else "waiting"), ""


def is_gone(weapon: Weapon) -> bool:
    """Say whether the weapon is not here to be marked: no longer ours, lost, or under way."""
    return not weapon.registered or weapon.status in _NOT_HERE


def line_of(weapon: Weapon, order: Order) -> OrderLine:
    """Return how a weapon of an order stands now."""
    state, text = standing_of(weapon, order.opened.scheme)
    aside = next((one for one in order.changed.aside if one.weapon == weapon.id), None)
    if aside is not None and state == "waiting":
        return OrderLine(weapon.id, "aside", text, aside.why, aside.problem)
    return OrderLine(weapon.id, state, text)


def number(site: str, at: Instant, taken: Iterable[str]) -> str:
    """Return what the next order is called where nobody gives it a name: ``MO-KLA-26-0001``."""
    return paper_number(_PREFIX, site, datetime.fromtimestamp(at / 1000, UTC).year, taken)


def order_of(reference: Reference) -> Order | None:
    """Return the order that a reference is; None for what is none."""
    opening = reference.opening
    if opening is None or not isinstance(opening.body, MarkingOrdered):
        return None
    now = reference.now
    changed = now if isinstance(now, MarkingOrderChanged) else MarkingOrderChanged()
    return Order(reference.subject, opening.body, changed, reference.heads)


def open_order(order: str, said: MarkingOrdered, sorted_out: SortedOut) -> Draft:
    """Open an order for the weapons that it may have; raises NothingToMark when there are none."""
    if not sorted_out.to_mark:
        raise NothingToMark(len(sorted_out.bear), len(sorted_out.in_question))
    return Draft(order, replace(said, name=tidied(said.name), weapons=sorted_out.to_mark))


def set_aside(order: Order, weapon: WeaponId, why: str, *, problem: bool) -> Draft:
    """Set a weapon aside with the reason; raises OrderIsClosed, OrderLacks, ReasonMissing."""
    _demand_in(order, weapon)
    if not why.strip():
        raise ReasonMissing("order_marking")
    aside = [one for one in order.changed.aside if one.weapon != weapon]
    aside.append(SetAside(weapon, why.strip(), problem))
    return _changed(order, aside, order.state, order.changed.reason)


def bring_back(order: Order, weapon: WeaponId) -> Draft:
    """Let a weapon wait again; raises OrderIsClosed, OrderLacks."""
    _demand_in(order, weapon)
    aside = [one for one in order.changed.aside if one.weapon != weapon]
    return _changed(order, aside, order.state, order.changed.reason)


def put(order: Order, state: Standing, reason: str) -> Draft:
    """Let an order rest, go on or end; raises OrderIsClosed, and ReasonMissing to end it."""
    _demand_open(order)
    if state == "closed" and not reason.strip():
        raise ReasonMissing("order_marking")
    return _changed(order, order.changed.aside, state, reason.strip())


_RANKED: Final[tuple[tuple[LineStanding, frozenset[str]], ...]] = (
    ("open_question", _IN_QUESTION),
    ("verified", frozenset({"verified"})),
    ("marked", frozenset({"marked"})),
)


def _last(marks: Sequence[Applied], states: frozenset[str]) -> Applied | None:
    return next((one for one in reversed(marks) if one.state in states), None)


def _changed(order: Order, aside: Sequence[SetAside], state: Standing, reason: str) -> Draft:
    return Draft(order.id, MarkingOrderChanged(tuple(aside), state, reason), order.heads)


def _demand_open(order: Order) -> None:
    if order.state == "closed":
        raise OrderIsClosed(order.name)


def _demand_in(order: Order, weapon: WeaponId) -> None:
    _demand_open(order)
    if weapon not in order.opened.weapons:
        raise OrderLacks(order.name, weapon)
