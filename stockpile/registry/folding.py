"""What entries in the ledger do to the register: folded as they come in, or all of them anew.

An entry without right to what it says is not folded; accepted by those who may, it is. What was
folded is told on: to the numbers taken, and to those it matters to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from stockpile.domain import codec
from stockpile.domain.facts import EntryJudged, Fact
from stockpile.domain.values import Digest, NodeId
from stockpile.registry import (
    alike,
    authority,
    beneath,
    causes,
    feeds,
    find_rows,
    hot_list,
    register,
    scopes,
    taken,
    verdicts,
)
from stockpile.registry.rows import Checked, Known, known_node, placed_between, raws_at
from stockpile.registry.scopes import Heard
from stockpile.registry.steps import NONE, Foreseen
from stockpile.registry.tables import LEAF
from stockpile.registry.verdicts import Rolls, Unheeded

_ENTRIES_AT_ONCE: Final = 500

Placed = Iterable[tuple[int, Checked]]
"""Entries with the places where their facts lie."""


def fold(
    connection: Connection, own: NodeId, known: Known, placed: Placed,
    short: Mapping[int, Unheeded], ahead: Foreseen = NONE,
) -> list[Heard]:  # fmt: skip
    """Fold entries in, all but those without right to what they say; return what was folded.

    ``ahead`` is what was foreseen of them.
    """
    heard = list(_heard(connection, own, known, placed, short))
    facts = [fact for one in heard for fact in one.facts]
    register.fold_in(connection, facts, ahead)
    taken.follow(connection, own, facts)
    return heard


def decide(connection: Connection, own: NodeId, facts: Sequence[Fact]) -> list[Heard]:
    """Heed what these facts accepted, and settle the conflicts of what they decided.

    Returns the entries that count only now.
    """
    heard: list[Heard] = []
    for entry in sorted({one.subject for one in facts if isinstance(one.body, EntryJudged)}):
        one = verdicts.decided(connection, Digest(entry))
        if one is None:
            continue
        raws = raws_at(connection, [one.pos])[one.pos]
        known = [codec.decode(raw) for raw in raws]
        register.raise_about(connection, one.hash, verdicts.conflict_of(one, known))
        if one.judged == "accepted":
            register.fold_in(connection, known, again=True)
            taken.follow(connection, own, known)
            hot_list.follow(connection, known)
            writer = known_node(connection, one.node)
            heard.append(_heard_of(own, writer, one.pos, known))
            heard += decide(connection, own, known)
    return heard


def derive(connection: Connection, own: NodeId) -> int:
    """Derive verdicts, register and feeds from the ledger alone; return the number of facts."""
    register.forget(connection)
    taken.forget(connection)
    scopes.forget(connection)
    short = {one.pos: one for one in judged_anew(connection)}
    total = highest = 0
    for known, placed in _portions(connection):
        heard = fold(connection, own, known, placed, short)
        scopes.learn(connection, scopes.map_of(connection), heard)
        total += sum(len(one.facts) for _pos, one in placed)
        highest = max(highest, causes.heard_in(one for _pos, one in placed))
    causes.keep(connection, highest)
    hot_list.renew(connection)
    find_rows.concern_again(connection)
    alike.concern_again(connection)
    feeds.make_all(connection, known_node(connection, own).row)
    return total


def follow_matters(connection: Connection, own: NodeId) -> None:
    """Learn from the ledger what matters to whom, where it was written before there were scopes.

    Where that was learnt already, mergers are learnt that came in before they were followed.
    """
    short = {one.pos: one for one in verdicts.all_unheeded(connection)}
    where = scopes.map_of(connection)
    is_anew = where.sites and not scopes.is_followed(connection)
    is_more = False
    for known, placed in _portions(connection, () if is_anew else beneath.KINDS):
        counting = [(pos, one) for pos, one in placed if _counts(short.get(pos))]
        heard = [_entry_heard(own, known, *one) for one in counting]
        _before, fresh = scopes.learn(connection, where, heard)
        is_more = is_more or bool(fresh)
    if is_more:
        feeds.complete(connection, known_node(connection, own).row)


def judged_anew(connection: Connection) -> tuple[Unheeded, ...]:
    """Judge every entry again, before anything is folded that hangs on it."""
    verdicts.forget(connection)
    rolls = Rolls(from_the_start=True)
    for known, placed in _portions(connection, verdicts.KINDS):
        lacks = rolls.shortfalls(connection, known, [one for _pos, one in placed])
        verdicts.keep(connection, known, placed, lacks)
    authority.cut_all(connection)
    verdicts.settle(connection)
    return verdicts.all_unheeded(connection)


def _heard(
    connection: Connection, own: NodeId, known: Known, placed: Placed, short: Mapping[int, Unheeded]
) -> Iterator[Heard]:
    for pos, one in placed:
        fallen = short.get(pos)
        if fallen is not None:
            raised = verdicts.conflict_of(fallen, one.facts)
            register.raise_about(connection, fallen.hash, raised)
        if _counts(fallen):
            yield _entry_heard(own, known, pos, one)


def _counts(fallen: Unheeded | None) -> bool:
    return fallen is None or fallen.judged == "accepted"


def _entry_heard(own: NodeId, known: Known, pos: int, one: Checked) -> Heard:
    return Heard(pos, known.site, one.header.f, one.facts, is_own=known.node == own)


def _heard_of(own: NodeId, writer: Known, pos: int, facts: Sequence[Fact]) -> Heard:
    return Heard(pos, writer.site, facts[0].seq, tuple(facts), is_own=writer.node == own)


def _portions(
    connection: Connection, kinds: Sequence[str] = ()
) -> Iterator[tuple[Known, list[tuple[int, Checked]]]]:
    last = connection.execute(select(func.max(LEAF.c.pos))).scalar() or 0
    for first in range(1, last + 1, _ENTRIES_AT_ONCE):
        yield from placed_between(connection, first, first + _ENTRIES_AT_ONCE, kinds)
