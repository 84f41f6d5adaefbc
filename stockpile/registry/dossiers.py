"""A weapon's whole file at the registry: what it is, and every fact with who, when and where.

Each fact is told with its place in the log, so that a receipt or a witness can be held against it;
one that was written without right, or that contends with another, says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from stockpile.domain import codec, weapons
from stockpile.domain.clock_doubts import in_doubt
from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Fact, WeaponBody
from stockpile.domain.lives import Fitting, Stay, custody_chain, fittings
from stockpile.domain.values import Digest, Instant, NodeId, WeaponId
from stockpile.domain.views import FieldBook, bound_book
from stockpile.domain.weapons import Weapon
from stockpile.registry import register
from stockpile.registry.database import among
from stockpile.registry.finding import Line, line_of
from stockpile.registry.naming import names_of, node_sites
from stockpile.registry.nodes_heard import comparisons_of
from stockpile.registry.tables import CM, CONFLICT, EV, UNHEEDED
from stockpile.registry.texts import key_of
from stockpile.wording import Names

_ids = msgspec.json.Decoder(tuple[str, ...]).decode

FACTS_FOR_A_LIST: Final = 5_000
"""Facts that are read for the dates of one list: some fifty weapons of a hundred facts each."""


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of a weapon's life: where it lies in its chain and in the log, when it was received.

    ``lack`` says what right its entry lacked, ``judged`` what was decided about that; ``contends``
    that another fact about the same stands beside it; ``clock_doubted`` that something on record
    contradicts the time it shows.
    """

    fact: Fact
    number: int
    position: int
    received: Instant
    lack: str = ""
    judged: str = ""
    contends: bool = False
    clock_doubted: bool = False

    @property
    def is_heeded(self) -> bool:
        """Say whether it is part of what the weapon is."""
        return not self.lack or self.judged == "accepted"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A weapon's file: its state, life, custody, parts, the entries of each field, conflicts."""

    line: Line
    events: tuple[Event, ...]
    custody: tuple[Stay, ...]
    fittings: tuple[Fitting, ...]
    book: tuple[FieldBook, ...]
    conflicts: tuple[Conflict, ...]
    names: Names
    sites: dict[str, tuple[str, str]]

    @property
    def weapon(self) -> Weapon:
        """The weapon as it stands."""
        return self.line.weapon

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that count, in causal order."""
        return tuple(one.fact for one in self.events if one.is_heeded)

    @property
    def doubted(self) -> frozenset[Digest]:
        """The facts whose time is contradicted by something on record."""
        return frozenset(one.fact.hash for one in self.events if one.clock_doubted)


def dossier(connection: Connection, weapon: WeaponId) -> Dossier:
    """Return a weapon's file; raises WeaponUnknown."""
    line = line_of(connection, weapon)
    if line is None:
        raise WeaponUnknown(weapon)
    events = _events(connection, line.weapon)
    known = [one.fact for one in events if one.is_heeded and isinstance(one.fact.body, WeaponBody)]
    raised = conflicts_about(connection, line.weapon)
    ids = {line.keeper, *(one for event in events for one in named_in(event.fact))}
    return Dossier(
        line, events, custody_chain(weapon, known), fittings(weapon, known),
        bound_book(weapon, known), raised, names_of(connection, ids), node_sites(connection),
    )  # fmt: skip


def conflicts_about(connection: Connection, weapon: Weapon) -> tuple[Conflict, ...]:
    """Return the open conflicts that a weapon is part of."""
    own = key_of(weapon.id)
    owners = [f"w:{own}", *(f"m:{key_of(text)}" for text in weapon.own_texts)]
    duplicate = weapons.duplicate_key(weapon)
    owners += [f"d:{key_of(duplicate)}"] if duplicate else []
    asked = select(UNHEEDED.c.hash).join(EV, EV.c.pos == UNHEEDED.c.pos).where(EV.c.subj == own)
    owners += [f"e:{entry}" for entry in connection.execute(asked.distinct()).scalars()]
    held = select(CONFLICT).where(CONFLICT.c.owner.in_(owners)).order_by(CONFLICT.c.id)
    found = register.conflicts_in(connection, held)
    return tuple(one for one in found if weapon.id in one.weapons)


def doubted_of(
    connection: Connection, facts: Collection[Fact], came: Mapping[Digest, Instant]
) -> frozenset[Digest]:
    """Return the facts whose time something on record contradicts; ``came`` is when each did."""
    life = [(fact, came[fact.hash]) for fact in facts]
    return _doubted(life, _compared(connection, facts))


def soon_read(weapons: Iterable[Weapon]) -> Iterator[Weapon]:
    """Give the weapons whose lives are read for a list, as long as they are short together."""
    left = FACTS_FOR_A_LIST
    for one in weapons:
        if one.known <= left:
            left -= one.known
            yield one


def doubted_in(connection: Connection, weapons: Iterable[Weapon]) -> frozenset[Digest]:
    """Return the facts of weapons whose time is contradicted, each as the file of its weapon says.

    A weapon is held against its own life alone: a list and the file say the same of a date. Of a
    life so long that a page would wait for it the file alone says so.
    """
    keys = sorted({key_of(one.id) for one in soon_read(weapons)})
    asked = (
        select(EV.c.subj, EV.c.payload, CM.c.received)
        .join(CM, (CM.c.node == EV.c.node) & (CM.c.pos == EV.c.pos))
        .where(among(connection, EV.c.subj, keys))
    )
    lives: defaultdict[str, list[tuple[Fact, Instant]]] = defaultdict(list)
    for row in connection.execute(asked) if keys else ():
        lives[row.subj].append((codec.decode(bytes(row.payload)), row.received))
    compared = _compared(connection, (fact for life in lives.values() for fact, _came in life))
    return frozenset().union(*(_doubted(life, compared) for life in lives.values()))


def _compared(connection: Connection, facts: Iterable[Fact]) -> Mapping[NodeId, Sequence[Fact]]:
    """Return what the nodes that wrote facts say of their clocks."""
    nodes = {fact.node for fact in facts}
    return comparisons_of(connection, nodes) if nodes else {}


def _doubted(
    life: Collection[tuple[Fact, Instant]], compared: Mapping[NodeId, Sequence[Fact]]
) -> frozenset[Digest]:
    facts = [fact for fact, _came in life]
    nodes = sorted({fact.node for fact in facts})
    said = [one for node in nodes for one in compared.get(node, ())]
    return in_doubt(facts, said, {fact.hash: came for fact, came in life})


def named_in(fact: Fact) -> Iterator[str]:
    """Give every id of a fact that somebody has a name for: officers, node, places, papers."""
    yield fact.node
    yield from (one for one in (fact.by, *fact.witnesses) if one)
    body: Any = fact.body
    for one in fields(body):
        value = getattr(body, one.name)
        if one.name in _NAMED and isinstance(value, str):
            yield value


_NAMED = frozenset({"place", "to", "waybill", "holder", "receipt", "out_of", "stocktake"})


def _events(connection: Connection, weapon: Weapon) -> tuple[Event, ...]:
    asked = (
        select(
            EV.c.payload, CM.c.no, CM.c.leaf_pos, CM.c.received, UNHEEDED.c.lack, UNHEEDED.c.judged
        )
        .join(CM, (CM.c.node == EV.c.node) & (CM.c.pos == EV.c.pos))
        .join(UNHEEDED, UNHEEDED.c.pos == EV.c.pos, isouter=True)
        .where(EV.c.subj == key_of(weapon.id))
    )
    rows = [(codec.decode(bytes(row.payload)), row) for row in connection.execute(asked)]
    placed = {fact.hash: row for fact, row in rows}
    contending = _contending(weapon)
    ordered = weapons.in_causal_order(fact for fact, _row in rows)
    came = {hash_: row.received for hash_, row in placed.items()}
    doubted = doubted_of(connection, ordered, came)
    return tuple(
        Event(
            fact, row.no, row.leaf_pos, row.received, row.lack or "", row.judged or "",
            fact.hash in contending, fact.hash in doubted,
        )
        for fact, row in ((one, placed[one.hash]) for one in ordered)
    )  # fmt: skip


def _contending(weapon: Weapon) -> frozenset[str]:
    """Return the facts of each aspect that stand beside each other."""
    heads = weapon.heads
    several = (
        tuple(one.fact for one in weapon.custody), heads.identity, heads.marking, heads.condition,
    )  # fmt: skip
    return frozenset(one for facts in several if len(facts) > 1 for one in facts)
