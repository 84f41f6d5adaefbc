"""What comes in and goes out: hand-ins, gate passes, waybills."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from stockpile.domain.facts.parts import Licence, PartApart, Wrong
from stockpile.domain.values import Digest, PersonId, PlaceId, WeaponId


@dataclass(frozen=True, slots=True)
class RoundsHanded:
    """Ammunition handed in: its calibre as written, and how many rounds."""

    calibre: str
    quantity: int
    serviceable: bool = True


@dataclass(frozen=True, slots=True)
class CollectionReceived:
    """A person handed weapons or ammunition in and got a receipt (IDDRS 4.10, 6.2).

    Who is not eligible gets one too, with ``reason``, and ``appeal`` to refer to (6.1.1).
    ``under_18`` with ``child_protection``, the officer present throughout. ``proof`` is the photo
    of a drawn signature, a thumbprint or the signed paper; ``unsigned`` is why there is none.
    ``where`` says how the site came about. ``withdrawn`` is why the hand-in was taken back.
    """

    number: str
    place: PlaceId
    weapons: tuple[WeaponId, ...] = ()
    participant: PersonId | None = None
    on: str = ""
    category: str = ""
    rounds: tuple[RoundsHanded, ...] = ()
    eligible: bool = True
    reason: str = ""
    appeal: str = ""
    under_18: bool = False
    child_protection: str = ""
    how: Literal["drawn", "thumbprint", "paper", "unsigned"] = "unsigned"
    proof: str = ""
    remarks: str = ""
    where: Literal["", "static_site", "pick_up_point", "mobile", "spontaneous"] = ""
    unsigned: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class GatePassIssued:
    """Weapons may leave the premises through the gate: which, with whom, until when.

    ``about`` is the number of the hand receipt or waybill under which they go; ``until`` is a
    local minute as written.
    """

    number: str
    weapons: tuple[WeaponId, ...]
    bearer: str
    out_of: PlaceId | None = None
    to: str = ""
    purpose: str = ""
    vehicle: str = ""
    about: str = ""
    until: str = ""
    goods: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class GatePassClosed:
    """The gate noted what went through, or the pass was taken back."""

    outcome: Literal["left", "withdrawn"]
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class WaybillOpened:
    """A transfer: who sends what to whom, on whose authority, how it travels, when it is due.

    ``to`` is a place on record, ``to_name`` what stands on the paper where it is none.
    ``planned`` and ``due`` are dates as written; ``papers`` are digests of attached papers.
    """

    number: str
    weapons: tuple[WeaponId, ...]
    out_of: PlaceId
    to: PlaceId | None = None
    to_name: str = ""
    purpose: Literal["move", "loan", "repair", "destruction", "civilian", "export"] = "move"
    authority: str = ""
    carrier: str = ""
    vehicle: str = ""
    route: str = ""
    escort: str = ""
    seals: tuple[str, ...] = ()
    planned: str = ""
    due: str = ""
    apart: tuple[PartApart, ...] = ()
    papers: tuple[Digest, ...] = ()
    licence: Licence = field(default_factory=Licence)
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class WaybillReceived:
    """A transfer arrived and was checked by scanning: what came, what did not, what else came.

    ``unknown`` is what was read from weapons that stand on no record. A second receipt of the same
    waybill (what was short came later) replaces this one and says all of it anew.
    """

    received: tuple[WeaponId, ...]
    short: tuple[WeaponId, ...] = ()
    over: tuple[WeaponId, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    unknown: tuple[str, ...] = ()
    seals_intact: bool = True
    broken_seals: tuple[str, ...] = ()
    declaration: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class WaybillReversed:
    """The transfer came back whole."""

    reason: str
