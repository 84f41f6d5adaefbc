"""Whose date of the last count a clock in doubt wrote, of a page's weapons or of a whole country's.

1. The file of a weapon decides (``dossiers``), and is read only where something may speak against
   that date: a comparison found the node's clock off, the count is dated after it came, or the node
   dated a comparison, or something else of this weapon, later before it.
2. Of all others no more is read than who wrote each fact, and when: a fraction of reading it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from stockpile.domain import clocks
from stockpile.domain.clock_doubts import is_dated_after
from stockpile.domain.facts import ClockObserved, Fact
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.domain.weapons import Sighting, Weapon
from stockpile.domain.written import Written, written
from stockpile.registry.database import among, in_lines
from stockpile.registry.dossiers import FACTS_FOR_A_LIST, doubted_in
from stockpile.registry.nodes_heard import CLOCK, comparisons_of
from stockpile.registry.tables import CM, EV, NODE
from stockpile.registry.texts import key_of

MOST_AT_ONCE: Final = FACTS_FOR_A_LIST
_SHORT: Final = 4_096
"""Bytes of a fact: all of one weapon's are one value, and longer ones would make it endless."""
_COUNTS_CAME: Final = (
    select(NODE.c.node, EV.c.seq, CM.c.received)
    .select_from(EV)
    .join(CM, (CM.c.node == EV.c.node) & (CM.c.pos == EV.c.pos))
    .join(NODE, NODE.c.id == EV.c.node)
    .where(EV.c.kind == "weapon.counted")
)


class Clocks:
    """What the nodes say of their clocks: each is asked after once, however long a list is."""

    def __init__(self) -> None:
        self._said: dict[NodeId, Sequence[Fact]] = {}
        self._off: set[NodeId] = set()

    def ask_after(self, connection: Connection, nodes: Collection[NodeId]) -> None:
        """Read what nodes say, of those of which it is not known yet."""
        unknown = [one for one in nodes if one not in self._said]
        found = comparisons_of(connection, unknown) if unknown else {}
        self._said.update({one: found.get(one, ()) for one in unknown})
        self._off.update(one for one in unknown if not all(map(_found_right, self._said[one])))

    def speak_against(self, count: Sighting) -> bool:
        """Say whether a comparison found the clock of a count off, or is dated later before it."""
        _lamport, _node, seq = count.order
        node = _author(count)
        return node in self._off or any(
            one.seq < seq and is_dated_after(one.at, count.at) for one in self._said[node]
        )


def last_counts(weapon: Weapon) -> tuple[Sighting, ...]:
    """Return what the last count saw of a weapon; several where some were at the same instant."""
    last = max((one.at for one in weapon.sightings), default=0)
    return tuple(one for one in weapon.sightings if one.at == last)


def doubted(
    connection: Connection, weapons: Collection[Weapon], nodes: Clocks
) -> frozenset[Digest]:
    """Return facts whose clock is in doubt: every last count of these weapons that is, at least."""
    seen = {key_of(one.id): last_counts(one) for one in weapons if one.sightings}
    nodes.ask_after(connection, {_author(one) for counts in seen.values() for one in counts})
    suspect = {key for key, counts in seen.items() if any(map(nodes.speak_against, counts))}
    suspect.update(_contradicted(connection, {one: seen[one] for one in seen.keys() - suspect}))
    return doubted_in(connection, [one for one in weapons if key_of(one.id) in suspect])


def portions(weapons: Iterable[Weapon]) -> Iterator[list[Weapon]]:
    """Give weapons, so many at a time as are soon read, without those whose life is too long."""
    portion: list[Weapon] = []
    left = MOST_AT_ONCE
    for one in weapons:
        if not is_soon_read(one):
            continue
        if one.known > left:
            yield portion
            portion, left = [], MOST_AT_ONCE
        portion.append(one)
        left -= one.known
    if portion:
        yield portion


def is_soon_read(weapon: Weapon) -> bool:
    """Say whether a weapon's life is short enough to be read for a list."""
    return weapon.known <= MOST_AT_ONCE


def _contradicted(connection: Connection, seen: Mapping[str, Sequence[Sighting]]) -> Iterator[str]:
    """Give the weapons whose last count some fact of theirs speaks against, or may."""
    if not seen:
        return
    is_theirs = among(connection, EV.c.subj, sorted(seen))
    came = {
        (row.node, row.seq): row.received
        for row in connection.execute(_COUNTS_CAME.where(is_theirs))
    }
    is_short = func.length(EV.c.payload) <= _SHORT
    short, long = (
        in_lines(connection, EV.c.payload).filter(is_short),
        func.count().filter(~is_short),
    )
    asked = select(EV.c.subj, short, long).where(is_theirs).group_by(EV.c.subj)
    for key, lines, others in connection.execute(asked):
        life = written(lines or b"")
        if others or any(_speaks_against(one, count, came) for count in seen[key] for one in life):
            yield key


def _speaks_against(one: Written, count: Sighting, came: Mapping[tuple[str, int], Instant]) -> bool:
    if one.kind == CLOCK:  # nobody compares a weapon's clock: who writes so is looked at
        return True
    _lamport, node, seq = count.order
    if one.node != node or one.seq > seq:
        return False
    latest = came.get((node, seq), count.at)
    return is_dated_after(count.at, latest) or is_dated_after(one.at, count.at)


def _author(count: Sighting) -> NodeId:
    return NodeId(count.order[1])


def _found_right(one: Fact) -> bool:
    return isinstance(one.body, ClockObserved) and not clocks.is_off(one.body.offset)
