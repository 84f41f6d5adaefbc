"""Where a weapon is and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.facts.parts import IllicitGround, KitItem, Serviceability, SettledState
from stockpile.domain.values import PersonId, PlaceId


@dataclass(frozen=True, slots=True)
class WeaponCollected:
    """Handed in at a disarmament site; the participant is a person beside the chain."""

    place: PlaceId
    participant: PersonId | None = None
    receipt: str = ""
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class WeaponFound:
    """Found without a holder."""

    place: PlaceId
    where: str = ""
    on: str = ""
    grounds: tuple[IllicitGround, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponSeized:
    """Taken by an authority."""

    place: PlaceId
    where: str = ""
    on: str = ""
    case: str = ""
    grounds: tuple[IllicitGround, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponRelocated:
    """Moved to another place under the same custody."""

    place: PlaceId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WeaponIssued:
    """Handed to a holder; due back as written, open when empty.

    An assignment is for long, a checkout for a shift. ``override`` is the reason why it was handed
    out although something stood against it. ``receipt`` is the id of the hand receipt;
    ``crew_served`` says that its type is one for which a site may ask for two officers.
    """

    holder: PersonId
    place: PlaceId | None = None
    due: str = ""
    purpose: str = ""
    use: Literal["checkout", "assignment"] = "checkout"
    receipt: str = ""
    kit: tuple[KitItem, ...] = ()
    override: str = ""
    crew_served: bool = False


@dataclass(frozen=True, slots=True)
class WeaponReturned:
    """Handed back by its holder; ``short`` is what should have come with it and did not."""

    place: PlaceId
    condition: Serviceability | None = None
    receipt: str = ""
    short: tuple[KitItem, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class WeaponDispatched:
    """Left under a waybill, named by its id; in transit until received or reversed."""

    waybill: str
    to: PlaceId
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponReceived:
    """Arrived under a waybill."""

    waybill: str
    place: PlaceId


@dataclass(frozen=True, slots=True)
class DispatchReversed:
    """The shipment came back: the weapon never left its place."""

    waybill: str
    place: PlaceId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WeaponLost:
    """Missing or stolen; cannot stay a local matter.

    ``report`` is the number of the loss report; ``verified`` when and ``discovered`` when and by
    whom are as written; ``incident`` is the police's or INTERPOL's own number.
    """

    how: Literal["lost", "stolen", "unknown"]
    circumstances: str = ""
    discovered: str = ""
    report: str = ""
    verified: str = ""
    discoverer: str = ""
    actions: str = ""
    authorities: str = ""
    incident: str = ""


@dataclass(frozen=True, slots=True)
class WeaponRecovered:
    """A lost weapon is back."""

    place: PlaceId
    where: str = ""
    on: str = ""
    circumstances: str = ""


@dataclass(frozen=True, slots=True)
class CustodySettled:
    """A dispute about where the weapon is was decided, naming every head.

    ``state`` is where it stands by that, in a store or with its holder where nothing is said;
    ``paper`` the waybill, receipt, certificate or report under which it stands so.
    """

    place: PlaceId | None
    reason: str
    holder: PersonId | None = None
    state: SettledState = ""
    paper: str = ""
    due: str = ""
    use: Literal["", "checkout", "assignment"] = ""
