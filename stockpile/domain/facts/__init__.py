"""Every fact the ledger can ever hold: the file to read first.

A fact is an envelope (who, when, about what, replacing what) around a body (what happened). Bodies
are frozen dataclasses, past participles, one for each thing a person at an armoury has a word for.
A new body makes the type checker point at every place that must answer it: the fold
(``weapons.after`` or ``references.after``) and the wording.

Field names are the names on the wire, for ever. A field may be added if it has a default; nothing
is renamed or removed: a body that must change gets a new kind.

A new one is written in the room of its matter, and shows at this door by itself:

parts: the parts that bodies are made of: small shapes and the words of closed lists.
weapons: a weapon's record: what it is, its condition, its photos, and which records are one weapon.
custody: where a weapon is and who answers for it.
marking: marks that we apply: one job from the intent to what stands in the metal.
schemes: what is marked, by which machine and order: schemes, layouts, numbers, machines.
labels: labels, their layouts, and papers that left the program.
disposal: the end of a weapon: made useless, ordered to be destroyed, destroyed, certified.
tracing: requests to trace a weapon, asked and answered.
transfers: what comes in and goes out: hand-ins, gate passes, waybills.
places: places, and who answers for one.
people: officers, holders, what each signed for, and rounds in their hands.
guard: how a site is guarded: its rules, acts that wait for a second officer, inspections.
stock: lists that came in, words of the catalogue, lots of rounds.
counting: stocktakes, what was seen in them, and investigations of what was not.
nodes: nodes, the keys that vouch for them, and their clocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from stockpile.domain.facts.counting import *
from stockpile.domain.facts.custody import *
from stockpile.domain.facts.disposal import *
from stockpile.domain.facts.guard import *
from stockpile.domain.facts.labels import *
from stockpile.domain.facts.marking import *
from stockpile.domain.facts.nodes import *
from stockpile.domain.facts.parts import *
from stockpile.domain.facts.people import *
from stockpile.domain.facts.places import *
from stockpile.domain.facts.schemes import *
from stockpile.domain.facts.stock import *
from stockpile.domain.facts.tracing import *
from stockpile.domain.facts.transfers import *
from stockpile.domain.facts.weapons import *
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId


@dataclass(frozen=True, slots=True)
class Withheld:
    """A detached body that is not here: withheld, erased or not sent yet."""

    kind: str
    digest: Digest


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A kind that a newer program writes: kept whole, passed on, not folded."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unheeded:
    """What an entry says that nobody had the right to: kept whole, passed on, not folded."""

    body: WeaponBody | ReferenceBody
    why: str


WeaponBody = (
    WeaponRegistered | WeaponCorrected | WeaponCollected | WeaponFound | WeaponSeized
    | WeaponRelocated | WeaponIssued | WeaponReturned | WeaponDispatched | WeaponReceived
    | DispatchReversed | WeaponLost | WeaponRecovered | CustodySettled | WeaponCounted
    | WeaponInspected | WeaponRepaired | ComponentSwapped | KitSet | WeaponDeactivated
    | WeaponDestroyed | DestructionVerified
    | WeaponMerged | WeaponsDistinct | WeaponAbsorbed | WeaponWithdrawn | MarkReadBack
    | PhotoAdded | PhotoRemoved | TraceAsked | TraceAnswered | MarkingBegun | MarkingEnded
    | MarkVerified | MarkingResolved | MarkVoided | MarksSettled | TagBound | LabelPrinted
)  # fmt: skip


ReferenceBody = (
    PlaceOpened | PlaceChanged | PlaceClosed | OfficerAppointed | OfficerSuspended | OfficerRetired
    | GuardSet | ActProposed | ActSettled | EntryJudged | InspectionSigned
    | PersonRecorded | PersonDisclosed
    | PersonErased | ReceiptSigned | RoundsIssued | RoundsReturned | WaybillOpened
    | WaybillReceived | WaybillReversed | SchemeSet | BlockGranted | BlockReturned | MachineSet
    | MarkLayoutSet | MarkingOrdered | MarkingOrderChanged
    | DocumentImported | ImportUndone | CatalogueExtended | LotRegistered | LotWithdrawn
    | StocktakeOpened | StocktakeClosed | StrangerCounted | QuantityCounted | InvestigationOpened
    | InvestigationClosed | CountRuleSet | CustodyHandedOver | DayClosed
    | DestructionOrdered | DestructionCertified | DestructionWithdrawn | CollectionReceived
    | GatePassIssued | GatePassClosed | TraceRequestMade | TraceRequestNoted
    | TraceRequestAnswered | PaperIssued | LabelLayoutSet
    | NodeFounded | NodeCertified | NodeRevoked | NodeSucceeded | NodeClosed | ClockObserved
    | RootsSet | KeyNamed | NodeReadmitted | AuditSealed
)  # fmt: skip


Body = WeaponBody | ReferenceBody | Withheld | Unreadable | Unheeded


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule decides: a fact that has no address, author or time yet.

    ``replaces`` names the heads that this fact supersedes; ``saw`` the facts its author knew but
    does not supersede (a count saw the custody it was checked against). One that ``follows``
    supersedes also the fact about its subject before it in the same act, whose hash nobody knows
    yet: a weapon is put on record and handed in at once.
    """

    subject: str
    body: Body
    replaces: tuple[Digest, ...] = ()
    saw: tuple[Digest, ...] = ()
    attachments: tuple[Digest, ...] = ()
    follows: bool = False


class Fact(msgspec.Struct, frozen=True, gc=False):
    """A fact on record: its address (node, seq), its author, its causes and its body.

    ``at`` and ``zone`` (minutes east of Greenwich) are what the machine's clock showed; no rule
    compares the clocks of two nodes. ``lamport`` is one more than the highest the node had seen.
    A struct, not a dataclass: millions are read, each made in a fifth of the time.
    """

    hash: Digest
    node: NodeId
    seq: int
    lamport: int
    at: Instant
    zone: int
    by: OfficerId | None
    witnesses: tuple[OfficerId, ...]
    subject: str
    body: Body
    replaces: tuple[Digest, ...] = ()
    saw: tuple[Digest, ...] = ()
    attachments: tuple[Digest, ...] = ()

    @property
    def order(self) -> tuple[int, str, int]:
        """The tie-break between facts of which neither knew the other: equal on every node."""
        return self.lamport, self.node, self.seq

    def saying(self, body: Body) -> Fact:
        """Return the fact with another body: as others may read it, or as it counts."""
        return replace(self, body=body)

    def without_author(self) -> Fact:
        """Return the fact as it is told where its author's name stands beside it."""
        return replace(self, by=None)
