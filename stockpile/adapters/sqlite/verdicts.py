"""Entries written without the right to it: found by the domain's rule, kept beside the chains.

A verdict needs the officers and rules that the same chain spoke of before, and nothing else; what
two officers decided about such an entry is looked up by its hash, in whatever order both came.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.adapters.sqlite.store import Connection
from stockpile.domain import authority, codec, mandates
from stockpile.domain.authority import Authority
from stockpile.domain.clock_entries import CLOCK_KIND
from stockpile.domain.facts import EntryJudged, OfficerAppointed
from stockpile.domain.mandates import Roll, Shortfall
from stockpile.domain.values import Digest, NodeId, OfficerId

Judgement = Literal["", "accepted", "rejected"]

_OFFICE_KINDS: Final = (
    "'officer.appointed', 'officer.suspended', 'officer.retired', 'guard.set', 'act.proposed', "
    "'act.settled'"
)
_OFFICES: Final = (
    f"SELECT payload FROM ev WHERE node = ? AND kind IN ({_OFFICE_KINDS}) "  # noqa: S608 - our own
    "AND cno NOT IN (SELECT no FROM unheeded WHERE node = ev.node) ORDER BY seq"
)
_APPOINTED: Final = (
    f"SELECT seq, payload FROM ev WHERE node = ? AND kind IN ({_OFFICE_KINDS}) "  # noqa: S608 - our own words
    "AND kind = 'officer.appointed' ORDER BY seq"
)
_KINDS: Final = ", ".join(
    f"'{kind}'"
    for kind, body in codec.KINDS.items()
    if body in mandates.JUDGED_BODIES or body in mandates.OFFICE_BODIES
)
_AUTHORITY_KINDS: Final = "'roots.set', 'key.named', 'node.revoked', 'node.readmitted'"
_STATEMENTS: Final = (
    f"SELECT payload FROM ev WHERE node = ? AND kind IN ({_AUTHORITY_KINDS}) "  # noqa: S608 - our own words
    "AND cno NOT IN (SELECT no FROM unheeded WHERE node = ev.node AND judged <> 'accepted') "
    "ORDER BY seq"
)
REJECTED: Final = Shortfall("judge_entry", "rejected")
"""Why a fact that came in an excerpt is put aside: two officers rejected its entry."""
_TO_JUDGE: Final = f"SELECT cno, payload FROM ev WHERE node = ? AND kind IN ({_KINDS}) ORDER BY seq"  # noqa: S608 - our own words
_JUDGED: Final = "SELECT node, cno, payload FROM held_fact WHERE subj = ? AND kind = 'entry.judged'"
_OF_CLOCKS: Final = " UNION ALL ".join(
    f"SELECT unheeded.hash, node FROM unheeded CROSS JOIN {entries} AS held USING (node, no) "  # noqa: S608 - our own words
    f"WHERE lack = '{mandates.REVOKED.lack}' AND judged = '' "
    f"AND n = (SELECT count(*) FROM {facts} AS told WHERE told.node = held.node "
    f"AND told.seq BETWEEN first AND first + n - 1 AND told.kind = '{CLOCK_KIND}')"
    for entries, facts in (("cm", "ev"), ("excerpt", "excerpted"))
)
"""Read table by table: through the views every fact that is held would be walked."""
_KEEP: Final = "INSERT INTO unheeded (node, no, hash, act, lack, judged) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Unheeded:
    """An entry that fell short: where it stands, what it lacks, and what was decided about it."""

    node: NodeId
    number: int
    hash: Digest
    shortfall: Shortfall
    judged: Judgement = ""


def roll_of(connection: Connection, node: NodeId) -> Roll:
    """Return the officers and rules at the end of a chain; unheeded entries appoint nobody."""
    raws = connection.execute(_OFFICES, (node,)).fetchall()
    return mandates.after(Roll(), (codec.decode(raw) for (raw,) in raws))


def officer_keys(
    connection: Connection, node: NodeId
) -> dict[OfficerId, tuple[tuple[int, bytes], ...]]:
    """Return every key that a chain ever named for an officer, with the fact's number.

    An appointment without right to it counts here: it says whose signature something is, and
    gives nobody an office.
    """
    found: dict[OfficerId, tuple[tuple[int, bytes], ...]] = {}
    for seq, raw in connection.execute(_APPOINTED, (node,)).fetchall():
        fact = codec.decode(raw)
        if isinstance(fact.body, OfficerAppointed):
            officer, key = OfficerId(fact.subject), read_key(fact.body.public_key)
            if key is not None:
                found[officer] = (*found.get(officer, ()), (seq, key))
    return found


def authority_of(connection: Connection) -> Authority:
    """Return what the registries that this node is enrolled with said of keys and of trust."""
    registries = [
        NodeId(node)
        for (node,) in connection.execute("SELECT DISTINCT node FROM peer ORDER BY node").fetchall()
    ]
    known = [
        codec.decode(raw)
        for node in registries
        for (raw,) in connection.execute(_STATEMENTS, (node,)).fetchall()
    ]
    return authority.authority_of(known, registries)


def read_key(text: str) -> bytes | None:
    """Return a public key as an appointment writes it; None for what is none."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


def keep(connection: Connection, one: Unheeded) -> None:
    """Keep that an entry fell short."""
    said = (one.node, one.number, one.hash, one.shortfall.act, one.shortfall.lack, one.judged)
    connection.execute(_KEEP, said)


def judgement(connection: Connection, entry: Digest) -> Judgement:
    """Return what was decided about an entry by those who may; accepted once is accepted."""
    found: Judgement = ""
    for node, number, raw in connection.execute(_JUDGED, (entry,)).fetchall():
        body = codec.decode(raw).body
        if not isinstance(body, EntryJudged) or is_unheeded(connection, node, number):
            continue
        if body.accepted:
            return "accepted"
        found = "rejected"
    return found


def is_unheeded(connection: Connection, node: NodeId, number: int) -> bool:
    """Say whether an entry fell short and nobody accepted it."""
    row = connection.execute(
        "SELECT judged FROM unheeded WHERE node = ? AND no = ?", (node, number)
    ).fetchone()
    return row is not None and row[0] != "accepted"


def decided(connection: Connection, entry: Digest) -> Unheeded | None:
    """Write down what was decided about an entry; return it where that makes a difference now."""
    row = connection.execute(
        "SELECT node, no, act, lack, judged FROM unheeded WHERE hash = ?", (entry,)
    ).fetchone()
    now = judgement(connection, entry)
    if row is None:
        return _put_aside(connection, entry) if now == "rejected" else None
    if row[4] == now:
        return None
    if row[3] == REJECTED.lack and now != "rejected":
        connection.execute("DELETE FROM unheeded WHERE hash = ?", (entry,))
        return Unheeded(NodeId(row[0]), row[1], entry, REJECTED, "accepted")
    connection.execute("UPDATE unheeded SET judged = ? WHERE hash = ?", (now, entry))
    return Unheeded(NodeId(row[0]), row[1], entry, Shortfall(row[2], row[3]), now)


def _put_aside(connection: Connection, entry: Digest) -> Unheeded | None:
    """Put aside what is held in an excerpt of an entry that was rejected.

    Who held the whole entry and judged it right before they cut it may not have heard.
    """
    row = connection.execute(
        "SELECT node, no FROM excerpt WHERE hash = ?", (bytes.fromhex(entry),)
    ).fetchone()
    if row is None:
        return None
    one = Unheeded(NodeId(row[0]), row[1], entry, REJECTED, "rejected")
    keep(connection, one)
    return one


def drop(connection: Connection, node: NodeId, number: int) -> None:
    """Forget a verdict about an excerpt, whose whole entry is judged now."""
    connection.execute("DELETE FROM unheeded WHERE node = ? AND no = ?", (node, number))


def to_judge(connection: Connection, node: NodeId) -> Iterator[tuple[int, list[bytes]]]:
    """Walk what a verdict may hang on in a chain: an entry's number, and those of its facts."""
    with closing(connection.execute(_TO_JUDGE, (node,))) as rows:
        for number, group in itertools.groupby(rows, key=lambda row: int(row[0])):
            yield number, [row[1] for row in group]


def of_clocks(connection: Connection) -> dict[Digest, NodeId]:
    """Return the entries of revoked nodes that speak of their clock alone, each with its node.

    As far as nobody decided about them; one that is held in part may say more.
    """
    rows = connection.execute(_OF_CLOCKS).fetchall()
    return {Digest(digest): NodeId(node) for digest, node in rows}


def all_unheeded(connection: Connection) -> list[Unheeded]:
    """Return every entry that fell short, in the order of chains."""
    rows = connection.execute(
        "SELECT node, no, hash, act, lack, judged FROM unheeded ORDER BY node, no"
    ).fetchall()
    return [
        Unheeded(NodeId(node), number, Digest(digest), Shortfall(act, lack), judged)
        for node, number, digest, act, lack, judged in rows
    ]
