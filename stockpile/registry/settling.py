"""The conflict room at the registry: the same cards as on a desk, and how one is settled.

Settling writes facts of the registry's own chain, signed by the officer who settles; nothing is
lost, and another officer may settle it otherwise by more facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from stockpile.domain import card_records, cards, codec
from stockpile.domain.card_parts import Card, Choice
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import ConflictChanged, ConflictUnknown, HistoryUndecided
from stockpile.domain.facts import Fact, WeaponBody
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.domain.weapons import Weapon
from stockpile.registry import (
    branches,
    card_sites,
    clock_entries,
    fork_cards,
    lots,
    raising,
    register,
)
from stockpile.registry.card_times import dated
from stockpile.registry.dossiers import conflicts_about
from stockpile.registry.histories import weapons_of
from stockpile.registry.nodes_heard import comparisons
from stockpile.registry.register import facts_about
from stockpile.registry.rows import raws_at
from stockpile.registry.tables import CONFLICT, FORK, NODE, UNHEEDED
from stockpile.registry.texts import key_of

MOST_SORTED: Final = 200
"""Open conflicts that are sorted by age as one list; more are read a page at a time by their id."""
MOST_PORTIONS: Final = 25
"""Portions of so many that are read for one page, where few of them are of the site asked for."""
_FORK: Final = "node_fork"


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
    found = raising.open_by_class(connection)
    forked = fork_cards.count(connection)
    return {**found, _FORK: forked} if forked else found


def room(
    connection: Connection, kind: str = "", site: str = "", after: str = "", limit: int = 25
) -> Room:
    """Return cards of open conflicts, the oldest first as far as they are one list.

    ``site`` leaves those with a weapon that a node of that site keeps, or a side that one wrote.
    Where many are open it is read on until there are enough to show, within a bound: a page may be
    short then, and what comes after it is asked for as ever.
    """
    begins = not after and kind in ("", _FORK)
    forks = fork_cards.forks(connection, site) if begins else []
    made, last = _read_on(connection, kind, site, after, limit)
    return Room(_ranked([*forks, *made]), last)


def room_about(
    connection: Connection, weapons: Sequence[Weapon], kind: str = "", site: str = ""
) -> Room:
    """Return cards of all open conflicts that any of these weapons is part of."""
    found = {one.id: one for each in weapons for one in _about(connection, each)}
    of_kind = [one for one in found.values() if kind in ("", one.kind)]
    return Room(_ranked(_cards_of(connection, of_kind, site)))


def _read_on(
    connection: Connection, kind: str, site: str, after: str, limit: int
) -> tuple[list[Card], str]:
    """Return cards from a place on, and the place to go on from; all where they are one list."""
    made: list[Card] = []
    at = after
    for _portion in range(MOST_PORTIONS):
        read = _read(connection, kind, at)
        is_last = len(read) <= MOST_SORTED
        wanted = card_sites.perhaps_of(connection, read[:MOST_SORTED], site)
        if is_last and at == after:
            return _cards_of(connection, wanted, site), ""
        for start in range(0, len(wanted), limit):
            some = wanted[start : start + limit]
            made += _cards_of(connection, some, site)
            if len(made) >= limit:
                is_end = is_last and start + limit >= len(wanted)
                return made, "" if is_end else some[-1].id
        if is_last:
            return made, ""
        at = read[MOST_SORTED - 1].id
    return made, at


def _read(connection: Connection, kind: str, after: str) -> list[Conflict]:
    asked = select(CONFLICT).where(CONFLICT.c.id > after.replace("\x00", ""))
    if kind:
        asked = asked.where(CONFLICT.c.kind == kind.replace("\x00", ""))
    return register.conflicts_in(connection, asked.order_by(CONFLICT.c.id).limit(MOST_SORTED + 1))


def _ranked(made: Sequence[Card]) -> tuple[Card, ...]:
    return tuple(sorted(made, key=lambda one: (one.since, one.conflict.id)))


def card(connection: Connection, conflict: str) -> Card:
    """Return the card that shows an open conflict; raises ConflictUnknown."""
    asked = select(CONFLICT).where(CONFLICT.c.id == conflict.replace("\x00", "")).limit(1)
    found = register.conflicts_in(connection, asked)
    if found:
        return _cards(connection, [clock_entries.standing_for(connection, found[0])])[0]
    for one in fork_cards.forks(connection):
        if one.conflict.id == conflict:
            return one
    raise ConflictUnknown(conflict[:64])


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
        last = card_records.judged_last(choice.drafts(choice.kind))
        _demand_one_history(connection, last.node, last.number)
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
    groups = clock_entries.gathered(connection, found)
    made = iter(_singly(connection, [one for each in groups for one in each.conflicts]))
    return [
        card_records.together(list(islice(made, len(each.conflicts))), each.more) for each in groups
    ]


def _singly(connection: Connection, found: Sequence[Conflict]) -> list[Card]:
    states_of = partial(weapons_of, connection)
    shown = [cards.weapons_on(one, states_of) for one in found]
    weapons = {weapon for some in shown for weapon in some}
    standing, about = weapons_of(connection, weapons), facts_about(connection, weapons)
    lives = {
        weapon: [one for one in known if isinstance(one.body, WeaponBody)]
        for weapon, known in about.items()
    }
    clocks = cache(partial(comparisons, connection))
    made = [
        _card(connection, one, [standing.get(weapon) or Weapon(weapon) for weapon in some],
              lives, clocks)
        for one, some in zip(found, shown, strict=True)
    ]  # fmt: skip
    return dated(connection, made)


def _card(
    connection: Connection, conflict: Conflict, shown: Sequence[Weapon],
    lives: Mapping[str, list[Fact]], clocks: Callable[[str], list[Fact]],
) -> Card:  # fmt: skip
    known = _known(connection, conflict, shown, lives)
    nodes = sorted({one.node for one in known})
    compared = [one for node in nodes for one in clocks(node)]
    return cards.card_of(conflict, known, shown, clocks=compared)


def _known(
    connection: Connection, conflict: Conflict, shown: Sequence[Weapon],
    lives: Mapping[str, list[Fact]],
) -> list[Fact]:  # fmt: skip
    """Return the facts that the sides of a card are made of."""
    if conflict.kind == "authority":  # what it registers stands on no record yet
        return entry_in_doubt(connection, Digest(conflict.about[0]))
    if conflict.kind == "lot_overdrawn":
        return _lot(connection, conflict.about[0])
    known = [one for weapon in shown for one in lives[weapon.id]]
    if conflict.kind == "count_missing":
        known += [fact for one in conflict.about for fact in register.facts_of(connection, one)]
    if conflict.kind == "mark_outside":
        known += register.facts_of(connection, conflict.about[1])
    return known


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


def _about(connection: Connection, weapon: Weapon) -> list[Conflict]:
    """Return the open conflicts of a weapon, also of an investigation that waits for it."""
    named = msgspec.json.encode((weapon.id,)).decode()
    missed = select(CONFLICT).where(CONFLICT.c.kind == "count_missing", CONFLICT.c.weapons == named)
    return [*conflicts_about(connection, weapon), *register.conflicts_in(connection, missed)]


def _cards_of(connection: Connection, found: Sequence[Conflict], site: str) -> list[Card]:
    """Return the cards of conflicts; where a site is named, of those that it has a part in."""
    return card_sites.of_site(connection, _cards(connection, found), site)
