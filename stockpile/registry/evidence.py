"""Entries kept beside a node's chain, one by one: what each says, who signed it, why it is kept.

1. Nothing of it counts, whoever looks. No fact makes an entry count that stands in no chain: what
   of it is true, the site writes down again, or its whole history joins the chain when the node is
   trusted again.
2. Two officers may say of the entry with which another history begins that this one does not
   count; it is kept all the same.
3. An entry is proved anew each time it is shown: the node's signature, the seal over its facts, and
   the officers' signatures, by the keys with which the node's own chain ever appointed them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, and_, or_, select

from stockpile.domain import codec, ledger, wire
from stockpile.domain.errors import (
    ChainBroken,
    EntryNotInDoubt,
    EvidenceUnknown,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, EntryJudged, Fact, OfficerAppointed
from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.language import _
from stockpile.plan_words import PlanLine, plan_lines
from stockpile.registry import branches
from stockpile.registry.naming import reference_of
from stockpile.registry.nodes_heard import Evidence
from stockpile.registry.rows import Known, known_node
from stockpile.registry.tables import CM, EV, FORK
from stockpile.registry.texts import key_of

_APPOINTED: Final = "officer.appointed"
_DIGITS: Final = 15
Holds = Literal["holds", "wrong", "unknown"]
"""How a signature stands: good, not by that key, or by nobody whom the node's chain appointed."""


@dataclass(frozen=True, slots=True)
class Signed:
    """An officer's signature under an entry, and how it stands."""

    officer: OfficerId
    holds: Holds


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is kept: which, why and since when, what it says, and how it is proved.

    ``written`` is the time by its author's clock. ``before`` is the hash of the entry that it
    follows, ``before_is_kept`` says that this one is kept too. ``stands`` is the hash of what
    stands under its number in the chain; its own where it joined the chain later.
    """

    number: int
    hash: Digest
    why: str
    received: Instant
    written: Instant
    program: str
    before: Digest
    before_is_kept: bool
    stands: str
    is_proved: bool
    signed: tuple[Signed, ...]
    is_rejected: bool
    facts: tuple[Fact, ...]
    entry: Entry

    @property
    def has_joined(self) -> bool:
        """Say whether it stands in the chain by now: the node was trusted again."""
        return self.stands == self.hash

    @property
    def begins_another(self) -> bool:
        """Say whether another history begins with it than the one in the chain."""
        return bool(self.stands) and not self.has_joined and not self.before_is_kept


def listed(
    connection: Connection, node: NodeId, after: str = "", limit: int = 100
) -> tuple[Evidence, ...]:
    """Return what is kept of a node, by number; ``after`` is the key of the last one before."""
    known = known_node(connection, NodeId(key_of(node)))
    asked = select(FORK.c.no, FORK.c.why, FORK.c.received, FORK.c.hash)
    asked = asked.where(FORK.c.node == known.row).order_by(FORK.c.no, FORK.c.hash).limit(limit)
    number, _dot, digest = after.partition(".")
    if number.isdecimal() and len(number) <= _DIGITS:
        last = int(number)
        same = and_(FORK.c.no == last, FORK.c.hash > key_of(digest))
        asked = asked.where(or_(FORK.c.no > last, same))
    return tuple(Evidence(*row) for row in connection.execute(asked))


def key_in_list(one: Evidence) -> str:
    """Return what to ask for to go on after an entry of the list."""
    return f"{one.number}.{one.hash}"


def kept(connection: Connection, node: NodeId, digest: str) -> Kept:
    """Return one entry that is kept of a node; raises NodeUnknown, EvidenceUnknown."""
    known = known_node(connection, NodeId(key_of(node)))
    key = key_of(digest)
    asked = select(FORK).where(FORK.c.node == known.row, FORK.c.hash == key)
    row = connection.execute(asked).one_or_none()
    if row is None:
        raise EvidenceUnknown(digest[: len(ledger.GENESIS)])
    return _kept(connection, known, row)


def told(facts: Sequence[Fact], names: Mapping[str, str]) -> tuple[PlanLine, ...]:
    """Return what facts say, each value in words, as if nothing else were known of their subjects.

    What stands on record is another matter: it may say just the same, from another history.
    """
    return plan_lines(_Nothing(), names, facts)


def why_words(why: str) -> str:
    """Return in words why an entry is kept beside a chain."""
    return _WHYS[why]() if why in _WHYS else why


def rejection(connection: Connection, node: NodeId, one: Kept, reason: str) -> Draft:
    """Return what two officers sign to say that the history which begins with an entry counts not.

    The same as a desk's card says of it. Raises EntryNotInDoubt where none begins with it, or where
    it was said already.
    """
    if not one.begins_another or one.is_rejected:
        raise EntryNotInDoubt(one.hash)
    body = EntryJudged(node, one.number, accepted=False, reason=reason.strip())
    return Draft(one.hash, body, reference_of(connection, one.hash).heads)


class _Nothing:
    """What stands where nothing is known."""

    def weapon(self, weapon: WeaponId, /) -> Weapon:
        """Raise WeaponUnknown."""
        raise WeaponUnknown(weapon)

    def reference(self, _subject: str, /) -> None:
        """Return nothing."""


def _kept(connection: Connection, known: Known, row: Row[Any]) -> Kept:
    entry = wire.unpack(bytes(row.entry), ledger.MOST_FACTS)[0]
    header = ledger.read_header(entry.header)
    digest = Digest(row.hash)
    before = select(FORK.c.hash).where(FORK.c.node == known.row, FORK.c.hash == header.p)
    same = select(CM.c.hash).where(CM.c.node == known.row, CM.c.no == row.no)
    stands = connection.execute(same).scalar()
    return Kept(
        row.no, digest, row.why, row.received, header.t, header.app, Digest(header.p),
        connection.execute(before).scalar() is not None,
        "" if stands is None else bytes(stands).hex(),
        _is_proved(entry, known.public_key), _signatures(connection, known, entry),
        branches.is_rejected(connection, digest), tuple(map(codec.decode, entry.facts)), entry,
    )  # fmt: skip


def _is_proved(entry: Entry, public_key: bytes) -> bool:
    try:
        ledger.check_alone(entry, public_key)
    except ChainBroken:
        return False
    return True


def _signatures(connection: Connection, known: Known, entry: Entry) -> tuple[Signed, ...]:
    """Return who of the node's officers signed an entry, each once proved."""
    keys = _keys(connection, known, {one.officer for one in entry.officer_signatures})
    message = ledger.officer_message(entry.header)
    found = []
    for one in entry.officer_signatures:
        by = keys.get(one.officer, frozenset())
        is_good = any(ledger.signed_by(key, message, one.signature) for key in by)
        found.append(Signed(one.officer, "holds" if is_good else "wrong" if by else "unknown"))
    return tuple(found)


def _keys(
    connection: Connection, known: Known, officers: set[OfficerId]
) -> Mapping[OfficerId, frozenset[bytes]]:
    """Return the keys with which a node's chain ever appointed officers."""
    found = {}
    for officer in officers:
        asked = select(EV.c.payload).where(
            EV.c.node == known.row, EV.c.subj == key_of(officer), EV.c.kind == _APPOINTED
        )
        said = (codec.decode(bytes(raw)).body for raw in connection.execute(asked).scalars())
        found[officer] = frozenset(
            bytes.fromhex(one.public_key) for one in said if isinstance(one, OfficerAppointed)
        )
    return {officer: keys for officer, keys in found.items() if keys}


_WHYS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "fork": lambda: _("Another entry stands under this number"),
        "quarantined": lambda: _("Sent while in quarantine"),
        "revoked": lambda: _("Sent after it was revoked"),
    }
)
