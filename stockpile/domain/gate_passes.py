"""May weapons leave through the gate, and how does a pass stand?

1. A pass is for a bearer and a list, for a time; it moves no weapon: the hand receipt or waybill
   that it names does. What is lost, gone or disputed passes no gate.
2. It is open until the gate notes that it left, or until it is taken back; then it is no use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from stockpile.domain.custody import demand_in_account
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    GatePassSettled,
    ReasonMissing,
    WeaponElsewhere,
)
from stockpile.domain.facts import Draft, GatePassClosed, GatePassIssued
from stockpile.domain.issuing import is_overdue, read_due
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, WeaponId, tidied
from stockpile.domain.weapons import Weapon

State = Literal["open", "left", "withdrawn"]
Closing = Literal["left", "withdrawn"]
CLOSINGS: Final[tuple[Closing, ...]] = get_args(Closing)


@dataclass(frozen=True, slots=True)
class GatePass:
    """A pass as it stands; ``closed`` is how it ended."""

    id: str
    issued: GatePassIssued
    heads: tuple[Digest, ...]
    closed: GatePassClosed | None = None

    @property
    def state(self) -> State:
        """Return how it stands."""
        return self.closed.outcome if self.closed else "open"

    def is_expired(self, now: str) -> bool:
        """Say whether it is open past its time, at a local minute ``YYYY-MM-DD HH:MM``."""
        return self.closed is None and is_overdue(self.issued.until, now)

    def standing(self, now: str) -> Literal["open", "expired", "left", "withdrawn"]:
        """Return how it stands at a local minute, in one word."""
        return "expired" if self.is_expired(now) else self.state


def gate_pass_of(reference: Reference) -> GatePass | None:
    """Return the pass that a reference stands for; None while its opening has not come.

    Of two ends that did not know each other, what has left has left.
    """
    opened = reference.opened
    if not isinstance(opened, GatePassIssued):
        return None
    ends = [one.body for one in reference.standing if isinstance(one.body, GatePassClosed)]
    left = next((one for one in ends if one.outcome == "left"), None)
    return GatePass(
        reference.subject, opened, reference.heads, left or (ends[-1] if ends else None)
    )


def issue(pass_id: str, said: GatePassIssued, weapons: Iterable[Weapon], now: str) -> Draft:
    """Let weapons, or goods named in words, leave with a bearer.

    Raises FieldMissing (weapons, bearer), FieldUnreadable for an end that is no time (until),
    CustodyDisputed, WeaponGone, WeaponElsewhere for one that is reported lost.
    """
    known = tuple(weapons)
    if not known and not said.goods.strip():
        raise FieldMissing("weapons")
    if not said.bearer.strip():
        raise FieldMissing("bearer")
    for one in known:
        demand_in_account(one)
        if one.status == "lost":
            raise WeaponElsewhere(one.serial.text or one.id, "lost")
    body = replace(
        said,
        weapons=tuple(dict.fromkeys(WeaponId(one.id) for one in known)),
        bearer=tidied(said.bearer),
        to=tidied(said.to),
        purpose=tidied(said.purpose),
        vehicle=tidied(said.vehicle),
        about=tidied(said.about),
        until=_until(said.until, now),
        goods=said.goods.strip(),
        remarks=said.remarks.strip(),
    )
    return Draft(pass_id, body)


def close(stands: GatePass, outcome: Closing, remarks: str) -> Draft:
    """Note that it left, or take it back with a reason; raises GatePassSettled, ReasonMissing."""
    if stands.closed is not None:
        raise GatePassSettled(stands.issued.number)
    if outcome == "withdrawn" and not remarks.strip():
        raise ReasonMissing("pass_gate")
    return Draft(stands.id, GatePassClosed(outcome, remarks.strip()), stands.heads)


def read_closing(text: str) -> Closing:
    """Return how a pass ends; raises FieldUnreadable for neither of the two."""
    wanted = text.strip().casefold()
    for one in CLOSINGS:
        if one == wanted:
            return one
    raise FieldUnreadable("outcome", text)


def _until(text: str, now: str) -> str:
    try:
        return read_due(text, now)
    except FieldUnreadable as error:
        raise FieldUnreadable("until", error.text) from error


def at_gate(known: Iterable[GatePass], now: str) -> tuple[GatePass, ...]:
    """Return the open passes, those past their time first, then by their end."""
    open_ones = (one for one in known if one.closed is None)
    return tuple(
        sorted(open_ones, key=lambda one: (not one.is_expired(now), one.issued.until or "9"))
    )
