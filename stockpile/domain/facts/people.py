"""Officers, holders, what each signed for, and rounds in their hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.facts.parts import Authorisation, Role
from stockpile.domain.values import PersonId, PlaceId, WeaponId


@dataclass(frozen=True, slots=True)
class OfficerAppointed:
    """An officer took office, with the public key that signs for them.

    Other roles, another key (a PIN forgotten), another badge or an officer who comes back is one
    more appointment that replaces the standing fact. ``badge`` is the SHA-256 of what the badge
    says to a scanner: it names the officer, and the PIN is asked all the same. ``reason`` says why
    a standing appointment was replaced.
    """

    name: str
    roles: tuple[Role, ...]
    public_key: str
    site: PlaceId | None = None
    badge: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OfficerSuspended:
    """An officer may not act until appointed again; what they signed stays valid."""

    reason: str


@dataclass(frozen=True, slots=True)
class OfficerRetired:
    """An officer left office; what they signed stays valid."""

    reason: str


@dataclass(frozen=True, slots=True)
class PersonDisclosed:
    """What is held about a person was handed out: to whom and on what ground."""

    to: str
    ground: str


@dataclass(frozen=True, slots=True)
class PersonRecorded:
    """A holder, participant or witness: a detached body, erasable beside the chain.

    ``reference`` is the service or card number; ``card`` what the person's card says to a scanner;
    ``photo`` a digest; ``public_key`` the key that the person's PIN opens, by which they sign.
    ``sex`` and ``born`` (a date, a year or an age, as said) are asked of who hands weapons in;
    ``language`` is the one they read.
    """

    name: str
    kind: Literal["holder", "participant", "witness"] = "holder"
    reference: str = ""
    rank: str = ""
    unit: str = ""
    card: str = ""
    photo: str = ""
    authorisations: tuple[Authorisation, ...] = ()
    public_key: str = ""
    sex: str = ""
    born: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class PersonErased:
    """What was recorded of the person is erased on every node; what they held stays on record."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptSigned:
    """A hand receipt or return: which weapons, whose signature, and how it was given.

    With a PIN, ``signature`` is the signer's own over the receipt's words (hexadecimal, Ed25519);
    a drawn signature or the scan of a signed paper is a photo, named by ``proof``. ``weapons`` and
    ``holder`` say what was signed for; a patrol's leader may sign for the patrol. ``reason`` says
    why nobody signed.
    """

    number: str
    way: Literal["issue", "return"]
    weapons: tuple[WeaponId, ...]
    holder: PersonId | None = None
    signer: PersonId | None = None
    how: Literal["pin", "drawn", "paper", "unsigned"] = "unsigned"
    proof: str = ""
    public_key: str = ""
    signature: str = ""
    patrol: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoundsIssued:
    """Ammunition went out of a lot with a holder, under a hand receipt."""

    lot: str
    quantity: int
    holder: PersonId | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class RoundsReturned:
    """Ammunition came back to its lot; what was fired, and what nobody can account for."""

    lot: str
    quantity: int
    holder: PersonId | None = None
    receipt: str = ""
    expended: int = 0
    short: int = 0
