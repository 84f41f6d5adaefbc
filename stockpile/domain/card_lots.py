"""The card of a lot of which more rounds went out than were in it: what each site gave out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from stockpile.domain.card_parts import Choice, Side
from stockpile.domain.facts import Draft, Fact, LotRegistered, RoundsIssued, RoundsReturned
from stockpile.domain.lots import left_of


def overdrawn(
    lot: str, facts: Sequence[Fact], is_doubted: Callable[[Fact], bool]
) -> tuple[list[Side], list[Choice]]:
    """Return what was put on record, what each site gave out and got back, and the one way out.

    Rounds that went out were there: the lot held at least as many.
    """
    on_record = [one for one in facts if one.subject == lot and isinstance(one.body, LotRegistered)]
    replaced = {cause for one in on_record for cause in one.replaces}
    heads = sorted(
        (one for one in on_record if one.hash not in replaced), key=lambda one: one.order
    )
    moved = [
        one
        for one in facts
        if isinstance(one.body, RoundsIssued | RoundsReturned) and one.body.lot == lot
    ]
    if not heads:
        return [], []
    sides = [_registered(heads[-1], doubted=is_doubted(heads[-1]))]
    for node in sorted({one.node for one in moved}):
        own = sorted((one for one in moved if one.node == node), key=lambda one: one.seq)
        sides.append(_moved(own, doubted=any(map(is_doubted, own))))
    held = -left_of(lot, 0, [one.body for one in moved if isinstance(one.body, _MOVEMENTS)])
    make = partial(_put_right, lot, heads, held)
    return sides, [Choice("lot_held", "correct", about=str(held), make=make)]


_MOVEMENTS = (RoundsIssued, RoundsReturned)


def _registered(fact: Fact, *, doubted: bool) -> Side:
    assert isinstance(fact.body, LotRegistered)
    said = (("registered", str(fact.body.quantity)),)
    return Side(said, fact, entries=(fact,), clock_doubted=doubted)


def _moved(own: Sequence[Fact], *, doubted: bool) -> Side:
    went = sum(one.body.quantity for one in own if isinstance(one.body, RoundsIssued))
    came = sum(one.body.quantity for one in own if isinstance(one.body, RoundsReturned))
    said = (("issued", str(went)), ("returned", str(came)))
    return Side(said, own[-1], entries=tuple(own), clock_doubted=doubted)


def _put_right(lot: str, heads: Sequence[Fact], held: int, reason: str) -> list[Draft]:
    body = heads[-1].body
    assert isinstance(body, LotRegistered)
    said = "\n".join(one for one in (body.remarks, reason) if one)
    right = replace(body, quantity=held, remarks=said)
    return [Draft(lot, right, tuple(one.hash for one in heads))]
