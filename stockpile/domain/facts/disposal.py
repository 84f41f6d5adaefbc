"""The end of a weapon: made useless, ordered to be destroyed, destroyed, certified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.values import Digest, WeaponId


@dataclass(frozen=True, slots=True)
class WeaponDeactivated:
    """Made permanently inoperable and certified by a State authority.

    ``components`` are the pressure-bearing parts that were altered, ``mark`` what was put on them.
    """

    certificate: str
    method: str = ""
    authority: str = ""
    on: str = ""
    where: str = ""
    components: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WeaponDestroyed:
    """Gone for good; its applied numbers are never used again."""

    certificate: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class DestructionVerified:
    """Read at the site immediately before it is destroyed under an order, as its paper demands.

    ``order`` is the id of the order. With ``kept`` it is not to be destroyed, and why; with nothing
    read and nothing kept, what was said of it at the site before is taken back.
    """

    order: str
    read: str
    how: Literal["scan", "typed", "photo"] = "scan"
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Attendant:
    """Somebody present at a destruction: of the committee, or an independent witness of it."""

    name: str
    role: Literal["chair", "member", "witness", "monitor"] = "member"
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Exempted:
    """A weapon of a destruction list that was not destroyed, and why."""

    weapon: WeaponId
    reason: str


@dataclass(frozen=True, slots=True)
class DestructionOrdered:
    """Weapons are to be destroyed: on whose order, how, where, when, before whom.

    ``methods`` are in sequence: burning and crushing by vehicle are symbolic only and must be
    followed by another (IDDRS 4.10, annex E). ``planned`` is a date as written.
    """

    number: str
    weapons: tuple[WeaponId, ...]
    authority: str = ""
    methods: tuple[str, ...] = ()
    where: str = ""
    planned: str = ""
    committee: tuple[Attendant, ...] = ()
    reason: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class DestructionCertified:
    """The destruction was done and certified: all that went in was destroyed, or stands as kept.

    ``scrap_kilograms`` is as written; ``photos`` are digests; ``inoperable`` states that nothing
    of what is left can be made to shoot.
    """

    number: str
    destroyed: tuple[WeaponId, ...]
    kept: tuple[Exempted, ...] = ()
    on: str = ""
    where: str = ""
    methods: tuple[str, ...] = ()
    committee: tuple[Attendant, ...] = ()
    scrap_kilograms: str = ""
    scrap_to: str = ""
    photos: tuple[Digest, ...] = ()
    inoperable: bool = False
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class DestructionWithdrawn:
    """An order to destroy was taken back before anything was destroyed."""

    reason: str
