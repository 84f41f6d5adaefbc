"""Custodians: who answers for a place, and the handover that draws the line between two of them.

1. A place has the custodian that was named last for it, else the one of the place that it is in.
2. Custody changes only after a count of every serial there, closed since it changed last: IDDRS
   4.10 section 7.3.1 asks for the count by serial, unit practice for one at every change of
   custodian.
3. Incoming and outgoing custodian both sign. Where the outgoing one cannot, it is said why.
4. What was open on that day is named: it is not the new custodian's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import (
    CustodianSame,
    CustodianUnsigned,
    HandoverNeedsCount,
    ReasonMissing,
)
from stockpile.domain.facts import (
    CustodyHandedOver,
    Draft,
    InvestigationOpened,
    StocktakeClosed,
    StocktakeOpened,
)
from stockpile.domain.people import Officer
from stockpile.domain.places import Place
from stockpile.domain.references import Reference
from stockpile.domain.values import OfficerId, PlaceId, tidied

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Handover:
    """What is agreed: the place, who takes it over, by which count, and what is said of it."""

    place: Place
    incoming: Officer
    remarks: str = ""


def custodian_subject(place: PlaceId) -> str:
    """Return the subject under which a place's custodians stand."""
    return f"custodian:{place}"


def up_from(place: PlaceId | None, within: Callable[[PlaceId], PlaceId | None]) -> list[PlaceId]:
    """Return a place and what it is in, outwards; a circle, which only a merge makes, ends it."""
    found: list[PlaceId] = []
    while place is not None and place not in found:
        found.append(place)
        place = within(place)
    return found


def last_handover(reference: Reference | None) -> CustodyHandedOver | None:
    """Return how a place's custody changed last."""
    body = reference.now if reference else None
    return body if isinstance(body, CustodyHandedOver) else None


def inventory(
    counts: Iterable[Reference], above: Sequence[PlaceId], last: Reference | None
) -> Reference | None:
    """Return the newest count that will do for a handover of a place; None where there is none.

    ``above`` is the place and what it is in. The count was of one of these, or of all; of every
    serial, of every type; and it was closed after the place's last handover.
    """
    since = last.standing[-1].order if last and last.standing else (0, "", 0)
    found = [one for one in counts if _is_whole(one, above) and one.standing[-1].order > since]
    return max(found, key=lambda one: one.standing[-1].order, default=None)


def inherited(
    investigations: Iterable[Reference],
    inside: Callable[[PlaceId], bool],
    belongs: Callable[[str], bool],
) -> tuple[str, ...]:
    """Return the open investigations about a place, or about weapons that belong there."""
    return tuple(
        one.subject
        for one in investigations
        if isinstance(one.now, InvestigationOpened)
        and (
            (one.now.place is not None and inside(one.now.place))
            or bool(one.now.weapon and belongs(one.now.weapon))
        )
    )


def hand_over(
    told: Handover,
    reference: Reference | None,
    count: Reference | None,
    signers: Collection[OfficerId],
    open_ones: tuple[str, ...],
) -> Draft:
    """Return the fact of a handover.

    Raises CustodianSame, CustodianUnsigned, ReasonMissing, HandoverNeedsCount.
    """
    last = last_handover(reference)
    outgoing = last.incoming if last else None
    if told.incoming.id == outgoing:
        raise CustodianSame(told.incoming.name, told.place.name)
    body = CustodyHandedOver(
        told.place.id, told.incoming.id, outgoing, count.subject if count else "", open_ones,
        tidied(told.remarks),
    )  # fmt: skip
    demand_signed(body, told.incoming.name, signers)
    if count is None:
        raise HandoverNeedsCount(told.place.name)
    return Draft(custodian_subject(told.place.id), body, reference.heads if reference else ())


def demand_signed(body: CustodyHandedOver, incoming: str, signers: Collection[OfficerId]) -> None:
    """Refuse a handover that who takes over does not sign, or the outgoing one without a reason.

    ``incoming`` is the new custodian's name. Raises CustodianUnsigned, ReasonMissing.
    """
    if body.incoming not in signers:
        raise CustodianUnsigned(incoming)
    if body.outgoing is not None and body.outgoing not in signers and not body.remarks:
        raise ReasonMissing("hand_over")


def is_inside(place: PlaceId, room: PlaceId, places: dict[PlaceId, Place]) -> bool:
    """Say whether a place is another one, or in it at any depth."""
    return room in up_from(place, lambda one: places[one].within if one in places else None)


def _is_whole(count: Reference, above: Sequence[PlaceId]) -> bool:
    opened, closed = count.opened, count.now
    return (
        isinstance(opened, StocktakeOpened)
        and isinstance(closed, StocktakeClosed)
        and (opened.place is None or opened.place in above)
        and opened.basis == "serial"
        and opened.percent >= _WHOLE
        and not opened.types
        and not opened.answers
    )
