"""A country as large as wanted, the same at every run: depots whose chains travel as batches.

Each weapon has five facts in as many entries of its depot, ten facts an entry, as imports and
rounds of work write them: put on record, marking begun and ended, label bound, counted. In each
thousand, one is lost and ten leave on a waybill to the next depot; in each two thousand, one has
the serial of a weapon next door. Short serials come again by chance as well, and as often as that
makes possible duplicates: of a fifth of a million weapons six thousand, of more ever more.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from stockpile.domain import codec, ledger, wire
from stockpile.domain.codec import Stamp
from stockpile.domain.facts import (
    Draft,
    Mark,
    MarkingBegun,
    MarkingEnded,
    NodeFounded,
    PlaceOpened,
    TagBound,
    WaybillOpened,
    WeaponCounted,
    WeaponDispatched,
    WeaponLost,
    WeaponRegistered,
)
from stockpile.domain.ledger import Act
from stockpile.domain.tags import new_tag
from stockpile.domain.values import Digest, OfficerId, PlaceId, WeaponId, new_id
from tests.helpers import officers
from tests.helpers.sites import AT, Site, SiteKeys

FACTS_A_WEAPON: Final = 5
AN_ENTRY: Final = 10
ENTRIES_A_BATCH: Final = 200
_DAY: Final = 86_400_000
T = TypeVar("T")
Registered = Callable[[int, int], WeaponRegistered]
"""Gives what puts a depot's weapon of a number on record."""
Named = Callable[[int, int], WeaponId]
"""Gives the id of a depot's weapon of a number."""
_BOTH: Final = (officers.FIRST, officers.SECOND)
_KINDS: Final = (
    ("RIF", "Izhmash", "AKM", "7.62x39", "KL-{:06}"),
    ("RIF", "Norinco", "Type 56", "7.62x39", "{:08}"),
    ("RIF", "FN Herstal", "FAL", "7.62x51", "G{:05} A"),
    ("PST", "CZ", "75", "9x19", "{:04}AB{:02}"),
    ("LMG", "Degtyarev", "PKM", "7.62x54R", "PK{:06}"),
    ("RIF", "Heckler & Koch", "G3", "7.62x51", "{:07}"),
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries as they travel, and the number of their facts."""

    squeezed: bytes
    facts: int


@dataclass
class _Chain(Site):
    """A depot's chain, written at the instants it is told."""

    at: int = AT
    heads: dict[str, Digest] = field(default_factory=dict)
    registered: dict[str, Digest] = field(default_factory=dict)

    def write_at(self, drafts: Sequence[Draft], signed: Sequence[OfficerId] = ()) -> None:
        """Seal drafts into the next entry, a minute after the one before."""
        self.at += 60_000
        first, by = self.tip.seq + 1, next(iter(signed), None)
        made = [
            codec.encode(draft, Stamp(self.node, seq, seq, self.at, 180, by, tuple(signed[1:])))
            for seq, draft in enumerate(drafts, first)
        ]
        act = Act(self.at, "1.0.0", first + len(drafts))
        raws = [one.raw for one in made]
        entry, self.tip = ledger.seal(self.node, self.tip, raws, act, self.keys.sign)
        for officer in signed:
            entry = ledger.countersigned(entry, officer, officers.key(officer).sign)
        self.entries.append(entry)
        self.heads.update((one.fact.subject, one.fact.hash) for one in made)


def keys_of(depot: int) -> SiteKeys:
    """Return the keys of a depot's node."""
    return SiteKeys(hashlib.sha256(b"depot %d" % depot).digest())


def site_of(depot: int) -> str:
    """Return the name of a depot's site."""
    return f"Depot {depot:04}"


def store_of(depot: int) -> PlaceId:
    """Return the place where a depot's weapons lie."""
    return PlaceId(new_id(AT, b"place" + depot.to_bytes(5, "big")))


def weapon_of(depot: int, number: int) -> WeaponId:
    """Return the id of a depot's weapon of this number."""
    seed = hashlib.sha256(b"weapon %d %d" % (depot, number)).digest()
    return WeaponId(new_id(AT - _age(depot) + number, seed[:10]))


def serial_of(depot: int, number: int) -> str:
    """Return what stands on the metal; one in two thousand stands on another one next door."""
    twin = depot - depot % 2 if number % 2_000 == 7 else depot
    drawn = int.from_bytes(hashlib.sha256(b"serial %d %d" % (twin, number)).digest()[:6], "big")
    shape = _KINDS[number % len(_KINDS)][4]
    width = 10_000 if "{:04}" in shape else 10 ** int(shape[shape.index(":0") + 2])
    return shape.format(drawn % width, drawn // width % 100)


def registration(depot: int, number: int) -> WeaponRegistered:
    """Return what puts a depot's weapon of this number on record."""
    type_, make, model, calibre, _shape = _KINDS[number % len(_KINDS)]
    marks = (Mark("serial", serial_of(depot, number), is_identity=True),)
    return WeaponRegistered(type_, make, model, calibre, marks, place=store_of(depot))


def batches(
    depot: int, weapons: int, depots: int, registered: Registered = registration,
    entries: int = ENTRIES_A_BATCH, named: Named = weapon_of,
) -> list[Batch]:  # fmt: skip
    """Return a depot's whole chain: ``weapons`` of its own, some on their way to the next depot.

    ``registered`` says what puts a weapon on record, ``named`` under which id, ``entries`` how many
    go in a batch.
    """
    chain = _Chain(keys_of(depot), at=AT - _age(depot))
    founded = NodeFounded(chain.keys.public_key.hex(), site_of(depot))
    chain.write_at([Draft(chain.node, founded), *officers.in_office()])
    chain.write_at([Draft(store_of(depot), PlaceOpened(f"Store of {site_of(depot)}"))])
    for drafts in _rounds(depot, weapons, chain, registered, named):
        chain.write_at(drafts)
    _leave(depot, (depot + 1) % depots, weapons, chain, named)
    return [
        Batch(wire.squeeze(wire.pack(some)), sum(len(one.facts) for one in some))
        for some in _by(chain.entries, entries)
    ]


def _age(depot: int) -> int:
    return (30 + depot * 37 % 700) * _DAY


def _rounds(
    depot: int, weapons: int, chain: _Chain, registered: Registered, named: Named
) -> Iterator[list[Draft]]:
    """Give what is written round by round, once what it builds on is written."""
    draw = random.Random(depot)
    store, numbers = store_of(depot), range(weapons)

    def of(number: int) -> WeaponId:
        return named(depot, number)

    def head(number: int) -> tuple[Digest, ...]:
        return (chain.heads[of(number)],)

    def begun(number: int) -> MarkingBegun:
        drawn = depot * weapons + number + 1
        return MarkingBegun(f"job-{drawn}", "national", f"UG 26 {drawn:07}", drawn, "bench")

    for some in _by(numbers, AN_ENTRY):
        yield [Draft(of(one), registered(depot, one)) for one in some]
    chain.registered = dict(chain.heads)
    for some in _by(numbers, AN_ENTRY):
        yield [Draft(of(one), begun(one), head(one)) for one in some]
        yield [Draft(of(one), MarkingEnded(begun(one).job, "marked"), head(one)) for one in some]
    for some in _by(numbers, AN_ENTRY):
        yield [Draft(of(one), TagBound(new_tag(draw.randbytes))) for one in some]
    chain.at += draw.randrange(20) * _DAY
    for some in _by(numbers, AN_ENTRY):
        yield [
            Draft(of(one), WeaponCounted("count-1", store), saw=(chain.registered[of(one)],))
            for one in some
        ]


def _leave(depot: int, to: int, weapons: int, chain: _Chain, named: Named) -> None:
    """Write what is lost, and ten of each thousand on a waybill to the next depot."""
    for first in range(0, weapons, 1_000):
        lost = named(depot, first + 3)
        body = WeaponLost("stolen", "The rack was open.", "2026-08-20", f"LR-{depot}-{first}")
        if first + 3 < weapons:
            chain.write_at([Draft(lost, body, (chain.registered[lost],))], _BOTH)
        leaving = tuple(named(depot, one) for one in range(first + 10, min(first + 20, weapons)))
        if not leaving:
            continue
        waybill = new_id(AT, b"%03d%07d" % (depot % 1_000, first // 1_000))
        opened = WaybillOpened(
            f"WB-{depot:04}-{first // 1_000:05}", leaving, store_of(depot), store_of(to),
            due="2026-10-25",
        )  # fmt: skip
        sent = WeaponDispatched(waybill, store_of(to))
        drafts = (Draft(one, sent, (chain.registered[one],)) for one in leaving)
        chain.write_at([Draft(waybill, opened), *drafts], _BOTH)


def _by(some: Sequence[T], count: int = AN_ENTRY) -> Iterator[Sequence[T]]:
    return (some[first : first + count] for first in range(0, len(some), count))
