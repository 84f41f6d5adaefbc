"""Entries written without the right to it: found by the desk's own rule, kept apart from the fold.

1. A verdict needs the officers and rules that the same chain spoke of before, and nothing else; so
   the registry and every node give the same one, in whatever order chains arrive.
2. What two officers decided about such an entry is looked up by its hash, whichever came first.
3. An entry without right stays in the log, word for word: evidence, and no part of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, delete, insert, select, text, update

from stockpile.domain import codec, conflicts, mandates
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import EntryJudged, Fact, WeaponBody
from stockpile.domain.mandates import Roll, Shortfall
from stockpile.domain.values import Digest, NodeId, WeaponId
from stockpile.registry import register
from stockpile.registry.database import fill
from stockpile.registry.rows import Checked, Known
from stockpile.registry.tables import EV, NODE, UNHEEDED, VERDICTS_FOLLOWED

Judgement = Literal["", "accepted", "rejected"]

_OFFICES: Final = text(
    "SELECT payload FROM ev WHERE node = :node AND kind IN ('officer.appointed', "
    "'officer.suspended', 'officer.retired', 'guard.set', 'act.proposed', 'act.settled') "
    "AND pos NOT IN (SELECT pos FROM unheeded WHERE node = :node) ORDER BY seq"
)
"""Kinds written out as in the migration: only so is the index found that stands for just these."""
_JUDGED_KIND: Final = "entry.judged"
_MATTERS: Final = frozenset((*mandates.JUDGED_BODIES, *mandates.OFFICE_BODIES))
KINDS: Final = tuple(kind for kind, body in codec.KINDS.items() if body in _MATTERS)
"""Kinds of facts that a verdict may hang on: an entry without any needs no look."""


@dataclass(frozen=True, slots=True)
class Unheeded:
    """An entry that fell short: where it lies, whose it is, what it lacks, what was decided."""

    pos: int
    node: NodeId
    number: int
    hash: Digest
    shortfall: Shortfall
    judged: Judgement = ""


class Rolls:
    """The officers and rules at the end of each chain, as far as entries were judged with them."""

    def __init__(self, *, from_the_start: bool = False) -> None:
        self._rolls: dict[NodeId, Roll] = {}
        self._from_the_start = from_the_start

    def shortfalls(
        self, connection: Connection, known: Known, batch: Sequence[Checked]
    ) -> dict[int, Shortfall]:
        """Judge entries that continue a chain and are not in the ledger yet: what each lacks."""
        found: dict[int, Shortfall] = {}
        for one in batch:
            if not any(type(fact.body) in _MATTERS for fact in one.facts):
                continue
            roll = self._roll(connection, known)
            lacks = mandates.shortfall(roll, one.entry, one.facts)
            if lacks is None:
                self._rolls[known.node] = mandates.after(roll, one.facts)
            else:
                found[one.header.c] = lacks
        return found

    def _roll(self, connection: Connection, known: Known) -> Roll:
        if known.node not in self._rolls:
            empty = Roll()
            self._rolls[known.node] = (
                empty if self._from_the_start else roll_of(connection, known.row)
            )
        return self._rolls[known.node]


def roll_of(connection: Connection, node: int) -> Roll:
    """Return the officers and rules at the end of a chain; unheeded entries appoint nobody."""
    raws = connection.execute(_OFFICES, {"node": node}).scalars()
    return mandates.after(Roll(), (codec.decode(bytes(raw)) for raw in raws))


def keep(
    connection: Connection,
    known: Known,
    placed: Iterable[tuple[int, Checked]],
    lacks: dict[int, Shortfall],
) -> list[Unheeded]:
    """Keep which entries fell short, with what was decided about them; under the fold lock.

    All of them stand on record before any decision is looked up: one may be no decision itself.
    """
    kept = [
        Unheeded(pos, known.node, one.header.c, one.hash, lacks[one.header.c])
        for pos, one in placed
        if one.header.c in lacks
    ]
    rows = [
        {"pos": one.pos, "node": known.row, "no": one.number, "hash": one.hash,
         "act": one.shortfall.act, "lack": one.shortfall.lack, "judged": one.judged}
        for one in kept
    ]  # fmt: skip
    fill(connection, UNHEEDED, rows)
    return [decided(connection, one.hash) or one for one in kept]


def decided(connection: Connection, entry: Digest) -> Unheeded | None:
    """Write down what was decided about an entry; return it where that makes a difference now."""
    asked = select(UNHEEDED, NODE.c.node.label("owner")).join(NODE, NODE.c.id == UNHEEDED.c.node)
    key = register.key_of(entry)
    row = connection.execute(asked.where(UNHEEDED.c.hash == key)).one_or_none()
    now = _judgement(connection, entry)
    if row is None or row.judged == now:
        return None
    connection.execute(update(UNHEEDED).where(UNHEEDED.c.hash == entry).values(judged=now))
    return Unheeded(row.pos, row.owner, row.no, entry, Shortfall(row.act, row.lack), now)


def settle(connection: Connection) -> None:
    """Look up decisions again until none changes: one may have made another one valid."""
    known = [one.hash for one in all_unheeded(connection)]
    while any(decided(connection, one) for one in known):
        pass


def all_unheeded(connection: Connection) -> tuple[Unheeded, ...]:
    """Return every entry that fell short, by node and number."""
    asked = select(UNHEEDED, NODE.c.node.label("owner")).join(NODE, NODE.c.id == UNHEEDED.c.node)
    rows = connection.execute(asked.order_by(NODE.c.node, UNHEEDED.c.no))
    return tuple(
        Unheeded(
            row.pos, row.owner, row.no, Digest(row.hash), Shortfall(row.act, row.lack), row.judged
        )
        for row in rows
    )


def conflict_of(one: Unheeded, known: Sequence[Fact]) -> Conflict | None:
    """Return the conflict that an entry raises as long as nobody decided about it."""
    if one.judged:
        return None
    subjects = {WeaponId(fact.subject) for fact in known if isinstance(fact.body, WeaponBody)}
    about = (one.node, str(one.number), one.shortfall.act, one.shortfall.lack)
    return conflicts.authority(one.hash, about, subjects)


def begin(connection: Connection) -> bool:
    """Say, once, whether the log holds entries from before verdicts were given here."""
    if connection.execute(select(VERDICTS_FOLLOWED.c.one)).scalar() is not None:
        return False
    connection.execute(insert(VERDICTS_FOLLOWED), {"one": 1})
    return connection.execute(select(EV.c.pos).limit(1)).scalar() is not None


def forget(connection: Connection) -> None:
    """Forget every verdict; the ledger can derive them anew."""
    connection.execute(delete(UNHEEDED))


def _judgement(connection: Connection, entry: Digest) -> Judgement:
    """Return what was decided about an entry by those who may; accepted once is accepted."""
    asked = (
        select(EV.c.payload, UNHEEDED.c.judged)
        .join(UNHEEDED, UNHEEDED.c.pos == EV.c.pos, isouter=True)
        .where(EV.c.subj == register.key_of(entry), EV.c.kind == _JUDGED_KIND)
    )
    found: Judgement = ""
    for payload, judged in connection.execute(asked):
        body = codec.decode(bytes(payload)).body
        if not isinstance(body, EntryJudged) or judged not in (None, "accepted"):
            continue
        if body.accepted:
            return "accepted"
        found = "rejected"
    return found
