"""The conflict room at the registry: the same cards as on a desk, and how one is settled.

Settling writes facts of the registry's own chain, signed by the officer who settles; nothing is
lost, and another officer may settle it otherwise by more facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from sqlalchemy import Connection, func, select

from stockpile.domain import cards, codec
from stockpile.domain.card_parts import Card, Choice
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import ConflictChanged, ConflictUnknown, HistoryUndecided
from stockpile.domain.facts import Fact, WeaponBody
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.domain.weapons import Weapon
from stockpile.registry import branches, lots, register
from stockpile.registry.database import among
from stockpile.registry.finding_tables import LISTED
from stockpile.registry.histories import weapons_of
from stockpile.registry.register import facts_about
from stockpile.registry.rows import raws_at
from stockpile.registry.tables import CONFLICT, EV, FORK, NODE, UNHEEDED
from stockpile.registry.texts import key_of

MOST_SORTED: Final = 200
"""Open conflicts that are sorted by age as one list; more are read a page at a time by their id."""
_CLOCK: Final = "clock.observed"
_CLOCKS: Final = 50


@dataclass(frozen=True, slots=True)
class Room:
    """Open conflicts as cards; ``after`` is the id to go on from, empty where these are all."""

    cards: tuple[Card, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry kept beside the log: whose, which number, why, when it was received."""

    node: str
    number: int
    why: str
    received: Instant


def counts(connection: Connection) -> dict[str, int]:
    """Return how many conflicts of each class are open."""
    asked = select(CONFLICT.c.kind, func.count()).group_by(CONFLICT.c.kind)
    return {row[0]: row[1] for row in connection.execute(asked)}


def room(
    connection: Connection, kind: str = "", site: str = "", after: str = "", limit: int = 25
) -> Room:
    """Return cards of open conflicts, the oldest first as far as they are one list.

    ``site`` leaves those with a weapon that a node of that site keeps.
    """
    asked = select(CONFLICT).where(CONFLICT.c.id > after).order_by(CONFLICT.c.id)
    if kind:
        asked = asked.where(CONFLICT.c.kind == kind)
    read = register.conflicts_in(connection, asked.limit(MOST_SORTED + 1))
    found = _of_site(connection, read, site) if site else read
    is_whole = len(read) <= MOST_SORTED
    made = _cards(connection, found if is_whole else found[:limit])
    ranked = sorted(made, key=lambda one: (one.since, one.conflict.id))
    if is_whole:
        return Room(tuple(ranked))
    last = found[limit - 1].id if len(found) >= limit else read[MOST_SORTED - 1].id
    return Room(tuple(ranked), last)


def card(connection: Connection, conflict: str) -> Card:
    """Return the card of an open conflict; raises ConflictUnknown."""
    asked = select(CONFLICT).where(CONFLICT.c.id == conflict.replace("\x00", "")).limit(1)
    found = register.conflicts_in(connection, asked)
    if not found:
        raise ConflictUnknown(conflict[:64])
    return _cards(connection, found)[0]


def chosen(connection: Connection, conflict: str, number: int, version: str) -> tuple[Card, Choice]:
    """Return the card and the choice of this number on it, from 1.

    Raises ConflictUnknown where it is settled meanwhile, ConflictChanged where more was written
    about it than the card showed, HistoryUndecided where an entry would be accepted of one of two
    histories: whoever holds the other one would not count it.
    """
    shown = card(connection, conflict)
    if shown.version != version or not 0 < number <= len(shown.choices):
        raise ConflictChanged(shown.conflict.kind)
    choice = shown.choices[number - 1]
    if choice.kind == "accept":
        _entry, node, place = shown.conflict.about[:3]
        _demand_one_history(connection, NodeId(node), int(place))
    return shown, choice


def _demand_one_history(connection: Connection, node: NodeId, number: int) -> None:
    for one in branches.branches(connection, node):
        is_decided = branches.is_rejected(connection, one.entries[0].hash)
        if not one.stands and one.first <= number and not is_decided:
            raise HistoryUndecided(node, one.first)


def states(connection: Connection, conflict: Conflict) -> tuple[Weapon, ...]:
    """Return the weapons of a conflict as they stand, in its order."""
    standing = weapons_of(connection, conflict.weapons)
    return tuple(standing.get(one) or Weapon(one) for one in conflict.weapons)


def evidence(connection: Connection, limit: int) -> tuple[Evidence, ...]:
    """Return the entries kept beside the log, the last received first."""
    asked = (
        select(NODE.c.node.label("owner"), FORK.c.no, FORK.c.why, FORK.c.received)
        .join(NODE, NODE.c.id == FORK.c.node)
        .order_by(FORK.c.received.desc(), FORK.c.no.desc())
        .limit(limit)
    )
    return tuple(
        Evidence(row.owner, row.no, row.why, row.received) for row in connection.execute(asked)
    )


def _cards(connection: Connection, found: Sequence[Conflict]) -> list[Card]:
    """Return the cards of conflicts, what is known of all their weapons asked for at once."""
    states_of = partial(weapons_of, connection)
    shown = [cards.weapons_on(one, states_of) for one in found]
    weapons = {weapon for some in shown for weapon in some}
    standing, about = weapons_of(connection, weapons), facts_about(connection, weapons)
    lives = {
        weapon: [one for one in known if isinstance(one.body, WeaponBody)]
        for weapon, known in about.items()
    }
    clocks = cache(partial(_clocks, connection))
    return [
        _card(connection, one, [standing.get(weapon) or Weapon(weapon) for weapon in some],
              lives, clocks)
        for one, some in zip(found, shown, strict=True)
    ]  # fmt: skip


def _card(
    connection: Connection, conflict: Conflict, shown: Sequence[Weapon],
    lives: Mapping[str, list[Fact]], clocks: Callable[[str], list[Fact]],
) -> Card:  # fmt: skip
    if conflict.kind == "authority":  # what it registers stands on no record yet
        return cards.card_of(conflict, entry_in_doubt(connection, Digest(conflict.about[0])), ())
    if conflict.kind == "lot_overdrawn":
        return cards.card_of(conflict, _lot(connection, conflict.about[0]), ())
    known = [one for weapon in shown for one in lives[weapon.id]]
    nodes = sorted({one.node for one in known})
    known += [one for node in nodes for one in clocks(node)]
    if conflict.kind == "count_missing":
        known += [fact for one in conflict.about for fact in register.facts_of(connection, one)]
    if conflict.kind == "mark_outside":
        known += register.facts_of(connection, conflict.about[1])
    return cards.card_of(conflict, known, shown)


def entry_in_doubt(connection: Connection, entry: Digest) -> list[Fact]:
    """Return what an entry without right says, and what was decided about it."""
    asked = select(UNHEEDED.c.pos).where(UNHEEDED.c.hash == key_of(entry))
    pos = connection.execute(asked).scalar()
    raws = raws_at(connection, [pos]).get(pos, ()) if pos is not None else ()
    return [*map(codec.decode, raws), *register.facts_of(connection, entry)]


def _lot(connection: Connection, lot: str) -> list[Fact]:
    """Return what is known of a lot: its record, and what went out and came back."""
    known = partial(register.facts_of, connection)
    return [*known(lot), *lots.movements(connection, lot, known)]


def _clocks(connection: Connection, node: str) -> list[Fact]:
    """Return a node's last comparisons of its clock with another."""
    asked = (
        select(EV.c.payload)
        .where(EV.c.subj == key_of(node), EV.c.kind == _CLOCK)
        .order_by(EV.c.pos.desc())
        .limit(_CLOCKS)
    )
    return [codec.decode(bytes(raw)) for raw in connection.execute(asked).scalars()]


def _of_site(connection: Connection, found: list[Conflict], site: str) -> list[Conflict]:
    keys = sorted({key_of(weapon) for one in found for weapon in one.weapons})
    kept = (
        select(LISTED.c.weapon)
        .join(NODE, NODE.c.node == LISTED.c.keeper)
        .where(among(connection, LISTED.c.weapon, keys), NODE.c.site == site.replace("\x00", ""))
    )
    here = set(connection.execute(kept).scalars())
    return [one for one in found if any(key_of(weapon) in here for weapon in one.weapons)]
