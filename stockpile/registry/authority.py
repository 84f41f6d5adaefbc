"""The authority at the registry: what its own chain says, and what becomes of a revoked node.

1. Statements stand in the registry's own chain: every node reads the same, in the same order.
2. What a revoked node wrote after its last good entry comes out of the register, also what was
   taken in before anybody knew: it stays in the log, and is shown, until two officers decide.
3. Readmitted, a node's entries count again, each by its own right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection, delete, select, update

from stockpile.domain import authority, codec, mandates
from stockpile.domain.authority import Authority
from stockpile.domain.facts import EntryJudged, Fact, NodeReadmitted, NodeRevoked
from stockpile.domain.mandates import Shortfall
from stockpile.domain.values import Digest, NodeId
from stockpile.registry import hot_list, register, taken, verdicts
from stockpile.registry.database import among
from stockpile.registry.rows import Checked, Known, checked_of, known_node, raws_at
from stockpile.registry.tables import CM, EV, NODE, UNHEEDED
from stockpile.registry.verdicts import Rolls

_AT_ONCE: Final = 500
_KINDS: Final = tuple(one for one in authority.KINDS if one != "node.certified")


def standing(connection: Connection, registry: NodeId) -> Authority:
    """Return what the statements in the registry's own chain make.

    Sought by subject, which is indexed: the authority itself, and every node that is known.
    """
    subjects = [authority.SUBJECT, *connection.execute(select(NODE.c.node)).scalars()]
    owner = select(NODE.c.id).where(NODE.c.node == registry).scalar_subquery()
    asked = select(EV.c.payload).where(EV.c.kind.in_(_KINDS), EV.c.node == owner)
    raws = connection.execute(asked.where(among(connection, EV.c.subj, subjects))).scalars()
    return authority.authority_of([codec.decode(bytes(raw)) for raw in raws], {registry})


def own_node(connection: Connection) -> NodeId:
    """Return the registry's own id: the first node that there was."""
    return NodeId(connection.execute(select(NODE.c.node).order_by(NODE.c.id).limit(1)).scalar_one())


def follow(connection: Connection, own: Known, new: Sequence[Checked]) -> None:
    """Cut off and readmit the nodes that new entries of the registry's own chain name.

    Under the fold lock, once the entries stand in the ledger.
    """
    named = {
        fact.body.node
        for one in new
        for fact in one.facts
        if isinstance(fact.body, NodeRevoked | NodeReadmitted)
    }
    if not named or own.node != own_node(connection):
        return
    now = standing(connection, own.node)
    for node in sorted(named):
        _follow_node(connection, own.node, node, now)


def cut_all(connection: Connection) -> None:
    """Write anew which entries stand after a cut, where every other verdict was written anew."""
    now = standing(connection, own_node(connection))
    for node in sorted(now.cuts):
        known = _known(connection, node)
        if known is not None:
            _cut(connection, known, now)


def _follow_node(connection: Connection, registry: NodeId, node: NodeId, now: Authority) -> None:
    known = _known(connection, node)
    if known is None or node == registry:
        return
    _set_status(connection, known, is_cut=node in now.cuts)
    changed = [*_restored(connection, known, now), *_cut(connection, known, now)]
    _fold_anew(connection, registry, changed)


def _known(connection: Connection, node: NodeId) -> Known | None:
    row = connection.execute(select(NODE.c.id).where(NODE.c.node == node)).scalar()
    return None if row is None else known_node(connection, node)


def _set_status(connection: Connection, known: Known, *, is_cut: bool) -> None:
    if is_cut:
        status = "revoked"
    elif known.status in ("revoked", "quarantined"):
        status = "enrolled"
    else:
        return
    connection.execute(update(NODE).where(NODE.c.id == known.row).values(status=status))


def _cut(connection: Connection, known: Known, now: Authority) -> list[Fact]:
    """Keep that every entry after the last good one lacks its node's trust; return their facts."""
    cut = now.cuts.get(known.node)
    if cut is None:
        return []
    held = connection.execute(
        select(UNHEEDED.c.no).where(
            UNHEEDED.c.node == known.row, UNHEEDED.c.lack == mandates.REVOKED.lack
        )
    )
    marked = set(held.scalars())
    changed: list[Fact] = []
    for placed in _chain(connection, known, cut.number - 1):
        after = [
            (pos, one)
            for pos, one in placed
            if one.header.c not in marked and now.cuts_off(known.node, one.header.c, one.hash)
        ]
        _keep(connection, known, after, {one.header.c: mandates.REVOKED for _pos, one in after})
        changed += [fact for _pos, one in after for fact in one.facts]
    return changed


def _restored(connection: Connection, known: Known, now: Authority) -> list[Fact]:
    """Judge by its own right what stood after a cut and stands there no more; return its facts."""
    rows = connection.execute(
        select(UNHEEDED.c.pos, UNHEEDED.c.no, UNHEEDED.c.hash).where(
            UNHEEDED.c.node == known.row, UNHEEDED.c.lack == mandates.REVOKED.lack
        )
    ).all()
    free = {row.no for row in rows if not now.cuts_off(known.node, row.no, Digest(row.hash))}
    if not free:
        return []
    rolls, changed = Rolls(from_the_start=True), []
    for placed in _chain(connection, known, 0):
        lacks = rolls.shortfalls(connection, known, [one for _pos, one in placed])
        back = [(pos, one) for pos, one in placed if one.header.c in free]
        _forget(connection, back)
        _keep(connection, known, back, lacks)
        changed += [fact for _pos, one in back for fact in one.facts]
    return changed


def _keep(
    connection: Connection,
    known: Known,
    placed: Sequence[tuple[int, Checked]],
    lacks: dict[int, Shortfall],
) -> None:
    """Write the verdicts of these entries in the place of others, and what they are shown as."""
    _forget(connection, [one for one in placed if one[1].header.c in lacks])
    by_pos = dict(placed)
    for one in verdicts.keep(connection, known, placed, lacks):
        raised = verdicts.conflict_of(one, by_pos[one.pos].facts)
        register.raise_about(connection, one.hash, raised)


def _forget(connection: Connection, placed: Sequence[tuple[int, Checked]]) -> None:
    for pos, one in placed:
        connection.execute(delete(UNHEEDED).where(UNHEEDED.c.pos == pos))
        register.raise_about(connection, one.hash, None)


def _fold_anew(connection: Connection, registry: NodeId, changed: Sequence[Fact]) -> None:
    """Fold what these facts are about again; what they decided about others is looked up anew."""
    register.fold_in(connection, changed, again=True)
    taken.follow(connection, registry, changed)
    hot_list.follow(connection, changed)
    judged = {one.subject for one in changed if isinstance(one.body, EntryJudged)}
    for entry in sorted(judged):
        one = verdicts.decided(connection, Digest(entry))
        if one is not None:
            known = [codec.decode(raw) for raw in raws_at(connection, [one.pos])[one.pos]]
            register.raise_about(connection, one.hash, verdicts.conflict_of(one, known))
            _fold_anew(connection, registry, known)


def _chain(connection: Connection, known: Known, after: int) -> Iterator[list[tuple[int, Checked]]]:
    """Give a chain's entries after a number, portion by portion, each with its place."""
    while True:
        asked = select(CM).where(CM.c.node == known.row, CM.c.no > after)
        rows = connection.execute(asked.order_by(CM.c.no).limit(_AT_ONCE)).all()
        if not rows:
            return
        raws = raws_at(connection, [row.pos for row in rows])
        yield [(row.pos, checked_of(row, raws[row.pos])) for row in rows]
        after = rows[-1].no
