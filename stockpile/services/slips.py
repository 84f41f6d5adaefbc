"""What goes over the counter at once, and the receipts that it is signed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stockpile.domain.facts import (
    Draft,
    RoundsIssued,
    RoundsReturned,
    WeaponIssued,
    WeaponReturned,
)
from stockpile.domain.issuing import Line, Terms
from stockpile.domain.lots import RoundsOut
from stockpile.domain.receipts import Content, Signature, Way
from stockpile.domain.values import PersonId, WeaponId
from stockpile.services.receipts import Receipt

UNSIGNED = Signature()


@dataclass(frozen=True, slots=True)
class HandOver:
    """All that goes over the counter at once.

    With a ``leader`` one receipt is made out for all of it, which the leader signs; else one for
    each holder.
    """

    lines: tuple[Line, ...] = ()
    rounds: tuple[RoundsOut, ...] = ()
    terms: Terms = field(default_factory=Terms)
    patrol: str = ""
    leader: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt that waits for its signature, with the acts that it stands for."""

    receipt: str
    content: Content
    holder: PersonId | None
    signer: PersonId | None
    patrol: str
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Patrol:
    """A hand-over of several weapons as it was made, to be repeated."""

    receipt: Receipt
    handed: HandOver

    @property
    def name(self) -> str:
        """What it was called, or the number of its receipt."""
        return self.receipt.body.patrol or self.receipt.body.number


def portions(
    handed: HandOver,
) -> Iterator[tuple[PersonId | None, list[Line], list[RoundsOut]]]:
    """Give what goes on one receipt each: all of it under a leader, else each holder's own."""
    named = (*(one.holder for one in handed.lines), *(one.holder for one in handed.rounds))
    holders = sorted(set(named))
    if handed.leader is not None:
        only = holders[0] if len(holders) == 1 else None
        yield only, list(handed.lines), list(handed.rounds)
        return
    for holder in holders:
        own = [one for one in handed.lines if one.holder == holder]
        yield holder, own, [one for one in handed.rounds if one.holder == holder]


def slip_of(
    receipt: str,
    number: str,
    way: Way,
    holder: PersonId | None,
    signer: PersonId | None,
    patrol: str,
    drafts: Sequence[Draft],
) -> Slip:
    """Return a receipt about these acts, ready to be signed."""
    bodies = [(one.subject, one.body) for one in drafts]
    weapons = tuple(
        (WeaponId(subject), body)
        for subject, body in bodies
        if isinstance(body, WeaponIssued | WeaponReturned)
    )
    rounds = tuple(body for _, body in bodies if isinstance(body, RoundsIssued | RoundsReturned))
    content = Content(number, way, weapons, rounds)
    return Slip(receipt, content, holder, signer, patrol, tuple(drafts))


def handed_as(receipt: Receipt) -> HandOver:
    """Return a hand-over as it could be made again: the same people, weapons and rounds."""
    lines = [
        (Line(weapon, body.holder, body.kit), body)
        for weapon, body in receipt.content.weapons
        if isinstance(body, WeaponIssued)
    ]
    rounds = [
        RoundsOut(one.lot, one.holder, one.quantity)
        for one in receipt.content.rounds
        if isinstance(one, RoundsIssued) and one.holder is not None
    ]
    body = receipt.body
    terms = Terms("", lines[0][1].purpose, lines[0][1].use) if lines else Terms()
    only = tuple(line for line, _said in lines)
    return HandOver(only, tuple(rounds), terms, body.patrol, body.signer)
