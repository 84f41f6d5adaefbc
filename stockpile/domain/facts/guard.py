"""How a site is guarded: its rules, acts that wait for a second officer, inspections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.values import NodeId, WeaponId


@dataclass(frozen=True, slots=True)
class GuardSet:
    """How a site is guarded, whole, from now on; the subject is the site.

    ``two_officers`` names acts that want a second officer here beside those that always do. A
    screen locks itself after ``lock_after`` minutes without a hand on it (0 never). Details of a
    person with nothing in hand are erased ``retain_persons`` months after their last act (0
    never). ``recovery`` is the authority's age key, to which the keys of a home are sealed.
    ``tracing_allowed`` is false where a peace agreement forbids that weapons are traced.
    """

    two_officers: tuple[str, ...] = ()
    lock_after: int = 10
    retain_persons: int = 0
    recovery: str = ""
    tracing_allowed: bool = True


@dataclass(frozen=True, slots=True)
class ActProposed:
    """A first officer signed an act that wants two, and a second has yet to confirm it.

    ``plan`` are the drafts, as canonical JSON; ``act`` names what they do together. Nothing of it
    has happened until an entry holds the same drafts and a settlement that names this proposal.
    """

    act: str
    plan: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ActSettled:
    """A proposed act was confirmed (the drafts stand beside this), refused or taken back."""

    outcome: Literal["confirmed", "refused", "withdrawn"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntryJudged:
    """Two officers decided about an entry that had been written without the right to it.

    The subject is the entry's hash. One accepted is folded in as if it had always been good; one
    rejected stays evidence.
    """

    node: NodeId
    number: int
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """One weapon of an inspector's sample: what was found where the register said it is."""

    weapon: WeaponId
    finding: Literal["found", "missing", "differs", "not_seen"]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class InspectionSigned:
    """An inspector's visit: the sample drawn, what was found, under the inspector's own key.

    ``head`` is the head code of the ledger that the dossier was made of, ``seed`` what the
    inspector drew the sample with, ``signature`` (hex, Ed25519 by ``public_key``) covers the whole
    result as the inspector's program wrote it. ``register`` is the SHA-256 of the list of weapons
    that it was drawn from.
    """

    inspector: str
    authority: str
    head: str
    seed: str
    sample: tuple[Inspected, ...]
    signed_on: str
    remarks: str
    public_key: str
    signature: str
    register: str = ""
