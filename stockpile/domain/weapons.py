"""What a weapon is now, given the facts: the one fold.

The state is a function of the *set* of a weapon's facts, never of their order of arrival or of any
clock. Facts are taken in causal order (a fact after those it replaces or saw; ties by Lamport
counter, node, sequence). ``after`` folds one more fact in; ``folded`` folds a whole set;
``extends`` says when the two agree, so that one more fact need not fold the whole set again.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as remade
from types import MappingProxyType
from typing import Any, Final, Literal, assert_never

import msgspec
from msgspec.structs import replace

from stockpile.domain import facts
from stockpile.domain.facts import (
    Acquisition,
    Component,
    CustodyType,
    Fact,
    FrameMaterial,
    KitItem,
    LastImport,
    Mark,
    Photo,
    SafeCheck,
    Serviceability,
    Source,
)
from stockpile.domain.serials import Serial, fold, read_serial
from stockpile.domain.values import (
    Digest,
    Instant,
    JobId,
    NodeId,
    OfficerId,
    PersonId,
    PlaceId,
    WeaponId,
    search_key,
    tidied,
)

Aspect = Literal["identity", "marking", "custody", "condition"]
CustodyState = Literal[
    "in_store", "collected", "found", "seized", "issued", "in_transit", "lost", "recovered",
    "destroyed", "withdrawn", "merged",
]  # fmt: skip
AppliedState = Literal["begun", "marked", "verified", "partial", "unknown", "not_started", "voided"]
NO_WEAPON: Final = frozenset({"withdrawn", "merged"})
"""States of records behind which no weapon of their own stands: no list counts them."""
GONE: Final = frozenset({"destroyed"}) | NO_WEAPON
STORED: Final = frozenset({"in_store", "collected", "found", "seized", "recovered"})
"""States of a weapon that lies in one of our places: a count there expects it."""

_ALL: Final[tuple[Aspect, ...]] = ("identity", "marking", "custody", "condition")


class Heads(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The facts of each aspect that no known fact replaces; more than one is a conflict."""

    identity: tuple[Digest, ...] = ()
    marking: tuple[Digest, ...] = ()
    custody: tuple[Digest, ...] = ()
    condition: tuple[Digest, ...] = ()

    def of(self, aspect: Aspect) -> tuple[Digest, ...]:
        """Return the heads of one aspect."""
        heads: tuple[Digest, ...] = getattr(self, aspect)
        return heads


class Custody(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One answer to where the weapon is: the fact that says so, since when, where, with whom.

    ``paper`` is the id of its hand receipt or waybill, or the number of its certificate or report.
    ``arrived`` are the waybills under which it was received, on the way to this answer.
    """

    fact: Digest
    state: CustodyState
    since: Instant
    place: PlaceId | None = None
    holder: PersonId | None = None
    paper: str = ""
    after_end: bool = False
    due: str = ""
    use: Literal["", "checkout", "assignment"] = ""
    arrived: tuple[str, ...] = ()


class Drawn(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """The block that a mark's number was drawn from, as its writer says: by whom and where.

    ``seq`` is the place of the intent in its node's chain. ``accepted``: somebody decided that the
    number is good whatever the block holds.
    """

    block: str
    node: NodeId
    seq: int
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """A mark of ours on this weapon, or an attempt at one."""

    job: JobId
    scheme: str
    text: str
    number: int
    machine: str
    state: AppliedState
    at: Instant
    component: str = ""
    position: str = ""
    drawn: Drawn | None = None


class Sighting(msgspec.Struct, frozen=True, gc=False):
    """Seen during a count, against the custody that the counter knew."""

    fact: Digest
    place: PlaceId
    saw: tuple[Digest, ...]
    at: Instant
    order: tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a second person read where the record says ``text``; by whom, when."""

    text: str
    read: str
    by: OfficerId | None
    at: Instant

    @property
    def agrees(self) -> bool:
        """Whether both say the same, spaces, dashes and case aside."""
        return bool(self.text) and read_serial(self.text).key == read_serial(self.read).key


class Milestones(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """When each thing that reports count first happened to the weapon; 0 for never.

    Flags, not a status: one weapon is recorded, marked, traced and destroyed, and counted in each.
    """

    marked: Instant = 0
    traced: Instant = 0
    deactivated: Instant = 0
    destroyed: Instant = 0
    lost: Instant = 0
    recovered: Instant = 0


class Weapon(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A weapon as it stands: description, marks, custody, condition, and the heads behind them.

    ``home`` is where it belongs: the last place whose store took it in. ``inspect_by`` is when it
    is to be looked at again, as written. ``echoes`` are the accounts of custody that another one
    bears out: the same journey told from its other end.

    A struct, not a dataclass: every fact makes one anew, in a tenth of the time, and what stands at
    its default takes no room in the register.
    """

    id: WeaponId
    registered: bool = False
    type: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    country: str = ""
    year: str = ""
    action: str = ""
    origin: str = ""
    remarks: str = ""
    marks: tuple[Mark, ...] = ()
    applied: tuple[Applied, ...] = ()
    condition: Serviceability = "unknown"
    custody: tuple[Custody, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    deactivated: bool = False
    acquired: Acquisition = msgspec.field(default_factory=Acquisition)
    source: Source | None = None
    tags: tuple[str, ...] = ()
    labels: int = 0
    same_as: tuple[WeaponId, ...] = ()
    distinct_from: tuple[WeaponId, ...] = ()
    heads: Heads = Heads()
    missing: tuple[Digest, ...] = ()
    known: int = 0
    lamport: int = 0
    recorded_at: Instant = 0
    recorded_by: OfficerId | None = None
    make_code: str = ""
    model_code: str = ""
    calibre_codes: tuple[str, ...] = ()
    country_code: str = ""
    frame: FrameMaterial = "unknown"
    imported: LastImport = msgspec.field(default_factory=LastImport)
    safe: SafeCheck | None = None
    missing_parts: str = ""
    custody_type: CustodyType = "unknown"
    components: tuple[Component, ...] = ()
    photos: tuple[Photo, ...] = ()
    read_backs: tuple[ReadBack, ...] = ()
    absorbed_into: WeaponId | None = None
    dates: Milestones = Milestones()
    home: PlaceId | None = None
    kit: tuple[KitItem, ...] = ()
    unfit: bool = False
    inspect_by: str = ""
    echoes: tuple[Custody, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether a weapon of its own stands behind the record: lists show and count those."""
        return self.registered and self.status not in NO_WEAPON

    @property
    def serial(self) -> Serial:
        """The serial it is known by: the mark flagged as identity, else "none"."""
        seen = next((mark.text for mark in self.marks if mark.is_identity), "")
        return read_serial(seen)

    @property
    def tag(self) -> str:
        """The tag on its label now: the last one bound."""
        return self.tags[-1] if self.tags else ""

    @property
    def place(self) -> PlaceId | None:
        """The place, where custody is undisputed and names one."""
        return self.custody[0].place if len(self.custody) == 1 else None

    @property
    def status(self) -> CustodyState | Literal["disputed", "unregistered"]:
        """Where it stands in one word; disputed while two acts of custody stand together."""
        if len(self.custody) > 1:
            return "disputed"
        return self.custody[0].state if self.custody else "unregistered"

    @property
    def standing_marks(self) -> tuple[Applied, ...]:
        """The marks of ours that are, or may be, on the metal."""
        if not self.applied:
            return ()
        return tuple(one for one in self.applied if one.state not in ("not_started", "voided"))

    @property
    def own_texts(self) -> frozenset[str]:
        """The texts of standing marks that drew a number, and so may stand on no other weapon."""
        if not self.applied:
            return frozenset()
        return frozenset(one.text for one in self.standing_marks if one.number)


_CUSTODY: Final[Mapping[type, CustodyState]] = MappingProxyType(
    {
        facts.WeaponRegistered: "in_store",
        facts.WeaponRelocated: "in_store",
        facts.WeaponReturned: "in_store",
        facts.WeaponReceived: "in_store",
        facts.DispatchReversed: "in_store",
        facts.WeaponCollected: "collected",
        facts.WeaponFound: "found",
        facts.WeaponSeized: "seized",
        facts.WeaponIssued: "issued",
        facts.WeaponDispatched: "in_transit",
        facts.WeaponLost: "lost",
        facts.WeaponRecovered: "recovered",
        facts.WeaponDestroyed: "destroyed",
        facts.WeaponWithdrawn: "withdrawn",
        facts.WeaponAbsorbed: "merged",
    }
)
_ASPECTS: Final[Mapping[type, tuple[Aspect, ...]]] = MappingProxyType(
    dict.fromkeys((*_CUSTODY, facts.CustodySettled), ("custody",))
    | dict.fromkeys((facts.WeaponCorrected, facts.ComponentSwapped, facts.KitSet), ("identity",))
    | dict.fromkeys(
        (
            facts.MarkingBegun, facts.MarkingEnded, facts.MarkVerified, facts.MarkingResolved,
            facts.MarkVoided, facts.MarksSettled,
        ),
        ("marking",),
    )
    | dict.fromkeys(
        (facts.WeaponInspected, facts.WeaponRepaired, facts.WeaponDeactivated), ("condition",)
    )
    | {facts.WeaponRegistered: _ALL}
)  # fmt: skip


def aspects_of(body: facts.Body) -> tuple[Aspect, ...]:
    """Return the aspects of a weapon in which a fact of this body becomes the head."""
    if isinstance(body, facts.WeaponReturned) and body.condition is not None:
        return ("custody", "condition")
    return _ASPECTS.get(type(body), ())


def custody_of(body: facts.Body) -> CustodyState | None:
    """Return the state of custody that a body brings about, if it does."""
    if isinstance(body, facts.CustodySettled):
        return body.state or ("in_store" if body.holder is None else "issued")
    return _CUSTODY.get(type(body))


def folded(weapon_id: WeaponId, known: Iterable[Fact]) -> Weapon:
    """Return the weapon that a set of its facts makes, in whatever order they are given."""
    weapon = Weapon(weapon_id)
    for fact in in_causal_order(known):
        weapon = after(weapon, fact)
    return weapon


def extends(weapon: Weapon, fact: Fact) -> bool:
    """Say whether folding this one fact in equals folding the whole set again.

    True for nearly every fact: it replaces all heads of its aspects, nothing replaced it before it
    came, and in causal order it is the last.
    """
    if _is_plain_beginning(weapon, fact) and fact.lamport > 0:
        return True
    if fact.hash in weapon.missing or fact.lamport <= weapon.lamport:
        return False
    for aspect in aspects_of(fact.body):
        held = weapon.heads.of(aspect)
        if held and held != fact.replaces and not set(fact.replaces).issuperset(held):
            return False
    return True


def in_causal_order(known: Iterable[Fact]) -> list[Fact]:
    """Return each fact once, after all it replaces or saw; ties by Lamport counter, node, seq."""
    by_hash = {fact.hash: fact for fact in known}
    waiting: dict[Digest, int] = {}
    freed: defaultdict[Digest, list[Fact]] = defaultdict(list)
    ready: list[tuple[tuple[int, str, int], Digest]] = []
    for fact in by_hash.values():
        causes = {cause for cause in (*fact.replaces, *fact.saw) if cause in by_hash}
        waiting[fact.hash] = len(causes)
        for cause in causes:
            freed[cause].append(fact)
        if not causes:
            heapq.heappush(ready, (fact.order, fact.hash))
    ordered = []
    while ready:
        _, digest = heapq.heappop(ready)
        ordered.append(by_hash[digest])
        for fact in freed[digest]:
            waiting[fact.hash] -= 1
            if not waiting[fact.hash]:
                heapq.heappush(ready, (fact.order, fact.hash))
    return ordered


def after(weapon: Weapon, fact: Fact) -> Weapon:
    """Return the weapon as it stands after the fact: the one fold in the house."""
    if _is_plain_beginning(weapon, fact):
        return _begun(weapon.id, fact)
    changed = _heads(weapon, fact) | _custody(weapon, fact) | _dates(weapon, fact)
    if type(fact.body) not in _ONLY_CUSTODY:
        changed |= _told(weapon, fact)
    return replace(weapon, **changed)


def _told(weapon: Weapon, fact: Fact) -> _Changes:  # noqa: C901, PLR0911, PLR0912 - flat: one case a kind
    """Return what the body changes besides heads, custody and dates."""
    match fact.body:
        case facts.WeaponCounted() as body:
            seen = Sighting(fact.hash, body.place, fact.saw, fact.at, fact.order)
            older = [one for one in weapon.sightings if one.fact not in fact.saw]
            return {"sightings": _standing((*older, seen), weapon.custody)}
        case facts.WeaponReturned() as body:
            return {"condition": body.condition or weapon.condition}
        case facts.WeaponRegistered() as body:
            return _registered(body, fact.by)
        case facts.WeaponCorrected() as body:
            return _corrected(body)
        case facts.ComponentSwapped() as body:
            return _swapped(weapon, body)
        case facts.KitSet() as body:
            return {"kit": body.items}
        case facts.MarkingBegun() as body:
            begun = Applied(
                body.job, body.scheme, body.text, body.number, body.machine, "begun", fact.at,
                body.component, body.position,
                Drawn(body.block, fact.node, fact.seq) if body.block else None,
            )  # fmt: skip
            return {"applied": (*weapon.applied, begun)}
        case facts.MarkingEnded() as body:
            return _job(weapon, body.job, body.outcome)
        case facts.MarkVerified() as body:
            return _job(weapon, body.job, "verified")
        case facts.MarkingResolved() as body:
            return _resolved(weapon, body)
        case facts.MarkVoided() as body:
            return _job(weapon, body.job, "voided")
        case facts.MarksSettled() as body:
            return _settled(weapon, body)
        case facts.WeaponInspected() as body:
            return {"condition": body.condition, "unfit": body.unfit, "inspect_by": body.due}
        case facts.WeaponRepaired() as body:
            return {"condition": body.condition}
        case facts.WeaponDeactivated():
            return {"deactivated": True}
        case facts.WeaponMerged() as body:
            return _merged(weapon, body.other)
        case facts.WeaponsDistinct() as body:
            return _told_apart(weapon, body.other)
        case facts.WeaponAbsorbed() as body:
            return {**_merged(weapon, body.into), "absorbed_into": body.into}
        case facts.MarkReadBack() as body:
            return _read_back(weapon, ReadBack(body.text, body.read, fact.by, fact.at))
        case facts.PhotoAdded() as body:
            return {"photos": _with_photo(weapon.photos, body.photo)}
        case facts.PhotoRemoved() as body:
            kept = tuple(one for one in weapon.photos if one.digest != body.digest)
            return {"photos": kept}
        case facts.TagBound() as body:
            return {"tags": (*weapon.tags, body.tag)}
        case facts.LabelPrinted() as body:
            return {"labels": max(weapon.labels, body.copy)}
        case (
            facts.WeaponCollected() | facts.WeaponFound() | facts.WeaponSeized()
            | facts.WeaponRelocated() | facts.WeaponIssued() | facts.WeaponDispatched()
            | facts.WeaponReceived() | facts.DispatchReversed() | facts.WeaponLost()
            | facts.WeaponRecovered() | facts.CustodySettled() | facts.WeaponDestroyed()
            | facts.WeaponWithdrawn()
        ):  # fmt: skip
            return {}  # all they say is custody
        case (
            facts.TraceAsked() | facts.TraceAnswered() | facts.DestructionVerified()
            | facts.Unreadable() | facts.Withheld() | facts.Unheeded()
        ):  # fmt: skip
            return {}  # history, not state
        case (
            facts.PlaceOpened() | facts.PlaceChanged() | facts.PlaceClosed()
            | facts.OfficerAppointed() | facts.OfficerSuspended() | facts.OfficerRetired()
            | facts.GuardSet() | facts.ActProposed() | facts.ActSettled() | facts.EntryJudged()
            | facts.InspectionSigned() | facts.PersonDisclosed() | facts.PersonRecorded()
            | facts.PersonErased() | facts.ReceiptSigned() | facts.RoundsIssued()
            | facts.RoundsReturned() | facts.WaybillOpened() | facts.WaybillReceived()
            | facts.WaybillReversed() | facts.SchemeSet() | facts.BlockGranted()
            | facts.BlockReturned() | facts.MachineSet() | facts.MarkLayoutSet()
            | facts.MarkingOrdered() | facts.MarkingOrderChanged() | facts.DocumentImported()
            | facts.ImportUndone() | facts.CatalogueExtended() | facts.LotRegistered()
            | facts.LotWithdrawn() | facts.StocktakeOpened() | facts.StocktakeClosed()
            | facts.StrangerCounted() | facts.QuantityCounted() | facts.InvestigationOpened()
            | facts.InvestigationClosed() | facts.CountRuleSet() | facts.CustodyHandedOver()
            | facts.DestructionOrdered() | facts.DestructionCertified()
            | facts.DestructionWithdrawn() | facts.CollectionReceived() | facts.GatePassIssued()
            | facts.GatePassClosed() | facts.TraceRequestMade() | facts.TraceRequestNoted()
            | facts.TraceRequestAnswered() | facts.PaperIssued() | facts.LabelLayoutSet()
            | facts.DayClosed() | facts.NodeFounded() | facts.NodeCertified()
            | facts.NodeRevoked() | facts.NodeSucceeded() | facts.NodeClosed()
            | facts.ClockObserved() | facts.RootsSet() | facts.KeyNamed()
            | facts.NodeReadmitted() | facts.AuditSealed()
        ):  # fmt: skip
            return {}  # not about weapons: a hostile subject changes nothing
        case _:
            assert_never(fact.body)


def _is_plain_beginning(weapon: Weapon, fact: Fact) -> bool:
    """Say whether the fact is the whole life so far, as nearly every registration is."""
    return (
        not weapon.known
        and type(fact.body) is facts.WeaponRegistered
        and not fact.replaces
        and not fact.saw
    )


def _begun(weapon_id: WeaponId, fact: Fact) -> Weapon:
    """Return what the long way comes to for a plain beginning: a million rows begin so."""
    body = fact.body
    assert isinstance(body, facts.WeaponRegistered)
    alone = (fact.hash,)
    return Weapon(
        id=weapon_id,
        custody=(Custody(fact.hash, "in_store", fact.at, body.place),),
        home=body.place,
        heads=Heads(alone, alone, alone, alone),
        known=1,
        lamport=max(0, fact.lamport),
        recorded_at=fact.at,
        **_registered(body, fact.by),
    )


_Changes = dict[str, Any]
"""New values of a weapon's fields, by name."""
_NO_HEADS: Final = Heads()
_ONLY_CUSTODY: Final = frozenset(
    {
        facts.WeaponRelocated, facts.WeaponIssued, facts.WeaponDispatched, facts.WeaponReceived,
    }
)  # fmt: skip
"""Most of what happens to a weapon; looked up, as the row of cases is long."""
_RESOLVED: Final[dict[Literal["marked", "partial", "unmarked"], AppliedState]] = {
    "marked": "marked",
    "partial": "partial",
    "unmarked": "not_started",
}


def _heads(weapon: Weapon, fact: Fact) -> _Changes:
    aspects = aspects_of(fact.body)
    changed: _Changes = {
        "missing": _still_missing(weapon, fact),
        "known": weapon.known + 1,
        "lamport": max(weapon.lamport, fact.lamport),
        "recorded_at": weapon.recorded_at or fact.at,
    }
    if aspects:
        changed["heads"] = _superseded(weapon.heads, aspects, fact)
    return changed


def _superseded(heads: Heads, aspects: tuple[Aspect, ...], fact: Fact) -> Heads:
    alone = (fact.hash,)
    if heads == _NO_HEADS and len(aspects) == len(_ALL):
        return Heads(alone, alone, alone, alone)
    changed: _Changes = {}
    for aspect in aspects:
        held = heads.of(aspect)
        plain = held == fact.replaces
        changed[aspect] = alone if plain else _replacing(held, fact)
    return replace(heads, **changed)


def _replacing(held: tuple[Digest, ...], fact: Fact) -> tuple[Digest, ...]:
    return tuple(sorted({*held, fact.hash}.difference(fact.replaces)))


def _still_missing(weapon: Weapon, fact: Fact) -> tuple[Digest, ...]:
    """Return the named causes that may still come: a fact among them cannot simply be added last.

    A cause that is no head now was replaced before or has not come yet; one that has come never
    comes again, so keeping both kinds is safe, and in causal order it is equal on every node.
    """
    named, heads = (*weapon.missing, *fact.replaces, *fact.saw), weapon.heads
    if not named or named in (heads.custody, heads.condition, heads.marking):
        return ()
    now = {*heads.identity, *heads.marking, *heads.custody, *heads.condition}
    now.update(one.fact for one in weapon.sightings)
    return tuple(sorted({*named} - now - {fact.hash}))


def _custody(weapon: Weapon, fact: Fact) -> _Changes:
    state = custody_of(fact.body)
    if state is None:
        return {}
    told = (*weapon.custody, *weapon.echoes)
    over = [one for one in told if one.fact in fact.replaces]
    kept = [one for one in told if one.fact not in fact.replaces]
    body = fact.body
    ended = any(one.after_end or one.state in GONE for one in over)
    due, use = (body.due, body.use) if isinstance(body, _ISSUING) else ("", "")
    said = Custody(
        fact.hash, state, fact.at, _place(body, over), getattr(body, "holder", None), _paper(body),
        ended and not isinstance(body, facts.CustodySettled), due, use, _arrived(body, over),
    )  # fmt: skip
    custody, echoes = _borne_out((*kept, said)) if kept else ((said,), ())
    changed: _Changes = {"custody": custody, "sightings": _standing(weapon.sightings, custody)}
    if said.state in STORED and said.place is not None:
        changed["home"] = said.place
    if echoes or weapon.echoes:
        changed["echoes"] = echoes
    return changed


_ISSUING: Final = facts.WeaponIssued, facts.CustodySettled


def _arrived(body: facts.Body, over: list[Custody]) -> tuple[str, ...]:
    """Return the waybills received on the way to a custody: what it replaces tells the rest."""
    here = (body.waybill,) if isinstance(body, facts.WeaponReceived) else ()
    named = [*here, *(waybill for one in over for waybill in one.arrived)]
    return tuple(sorted(set(named))) if named else ()


def _borne_out(told: tuple[Custody, ...]) -> tuple[tuple[Custody, ...], tuple[Custody, ...]]:
    """Part the accounts that stand by themselves from those that another one bears out.

    A dispatch is borne out by an account that came by a receipt of the same waybill; of several
    receipts of one waybill at one place, one stands for all. Equal for any order of the accounts;
    where each would be the echo of another, as only a hostile chain writes it, all of them stand.
    """
    ranked = sorted(told, key=lambda one: one.fact)
    echoes = tuple(one for at, one in enumerate(ranked) if _is_echo(one, ranked[:at], ranked))
    if not echoes or len(echoes) == len(ranked):
        return tuple(ranked), ()
    return tuple(one for one in ranked if one not in echoes), echoes


def _is_echo(one: Custody, before: list[Custody], all_: list[Custody]) -> bool:
    if one.state == "in_transit":
        return any(other is not one and one.paper in other.arrived for other in all_)
    return _is_receipt(one) and any(
        _is_receipt(other) and (other.paper, other.place) == (one.paper, one.place)
        for other in before
    )


def _is_receipt(one: Custody) -> bool:
    """Say whether an account is itself the receipt of a waybill, and no later act."""
    return one.state == "in_store" and bool(one.paper) and one.paper in one.arrived


_PAPER: Final[Mapping[type, str]] = MappingProxyType(
    dict.fromkeys((facts.WeaponDispatched, facts.WeaponReceived, facts.DispatchReversed), "waybill")
    | dict.fromkeys((facts.WeaponIssued, facts.WeaponReturned, facts.WeaponCollected), "receipt")
    | {
        facts.WeaponDestroyed: "certificate",
        facts.WeaponLost: "report",
        facts.CustodySettled: "paper",
    }
)


def _paper(body: facts.Body) -> str:
    """Return the paper under which custody changed: waybill, receipt, certificate or report."""
    named = _PAPER.get(type(body))
    return str(getattr(body, named)) if named else ""


def _place(body: facts.Body, over: list[Custody]) -> PlaceId | None:
    """Return the place that a custody fact names; one that ends custody keeps the last known."""
    named: PlaceId | None = getattr(body, "place", None)
    if named is None and isinstance(body, _KEEPING_PLACE):
        return next((one.place for one in over if one.place is not None), None)
    return named


_KEEPING_PLACE: Final = (
    facts.WeaponLost, facts.WeaponDestroyed, facts.WeaponWithdrawn, facts.WeaponAbsorbed,
)  # fmt: skip


def _standing(
    sightings: tuple[Sighting, ...], custody: tuple[Custody, ...]
) -> tuple[Sighting, ...]:
    """Keep the sightings made against custody that still stands, in the order of all nodes.

    One that a later count knew has been answered by it, and is left to the history.
    """
    if not sightings:
        return ()
    now = {one.fact for one in custody}
    kept = [one for one in sightings if not now.isdisjoint(one.saw)]
    return tuple(sorted(kept, key=lambda one: one.order))


def _registered(body: facts.WeaponRegistered, by: OfficerId | None) -> _Changes:
    return {
        "registered": True,
        "recorded_by": by,
        "type": body.type,
        "make": body.make,
        "model": body.model,
        "calibre": body.calibre,
        "country": body.country,
        "year": body.year,
        "action": body.action,
        "origin": body.origin,
        "remarks": body.remarks,
        "marks": body.marks,
        "condition": body.condition,
        "acquired": body.acquired,
        "source": body.source,
        "make_code": body.make_code,
        "model_code": body.model_code,
        "calibre_codes": body.calibre_codes,
        "country_code": body.country_code,
        "frame": body.frame,
        "imported": body.imported,
        "safe": body.safe,
        "missing_parts": body.missing_parts,
        "custody_type": body.custody,
        "components": body.components,
        "photos": body.photos,
    }


def _corrected(body: facts.WeaponCorrected) -> _Changes:
    given = {name: value for name in CORRECTED if (value := getattr(body, name)) is not None}
    if body.custody is not None:
        given["custody_type"] = body.custody
    return given


CORRECTED: Final = (
    "type", "make", "model", "calibre", "marks", "country", "year", "action", "origin", "remarks",
    "make_code", "model_code", "calibre_codes", "country_code", "frame", "imported", "acquired",
    "safe", "missing_parts", "components",
)  # fmt: skip
"""The fields of a correction that have the same name in the state."""


def _swapped(weapon: Weapon, body: facts.ComponentSwapped) -> _Changes:
    """Take the removed marks off, with the part that bore them, and fit the part that came."""
    gone = set(body.removed)
    kept = [one for one in weapon.components if not _was_removed(one, body.component, gone)]
    if body.fitted:
        kept.append(Component(body.component, body.fitted))
    marks = tuple(mark for mark in weapon.marks if mark not in gone)
    return {"marks": marks, "components": tuple(kept)}


def _was_removed(one: Component, kind: str, gone: set[Mark]) -> bool:
    return one.kind == kind and (gone.issuperset(one.marks) if one.marks else bool(gone))


def _read_back(weapon: Weapon, said: ReadBack) -> _Changes:
    """Keep the second reading; where both agree, the mark is verified by who read it."""
    changed: _Changes = {"read_backs": (*weapon.read_backs, said)}
    if not said.agrees or said.by is None:
        return changed
    changed["marks"] = tuple(
        remade(mark, verified_by=said.by) if mark.text == said.text else mark
        for mark in weapon.marks
    )
    return changed


def _with_photo(photos: tuple[Photo, ...], photo: Photo) -> tuple[Photo, ...]:
    """Add a photo; the same content again takes the place of what was said of it before."""
    return (*(one for one in photos if one.digest != photo.digest), photo)


def _merged(weapon: Weapon, other: WeaponId) -> _Changes:
    apart = tuple(one for one in weapon.distinct_from if one != other)
    return {"same_as": _added(weapon.same_as, other), "distinct_from": apart}


def _told_apart(weapon: Weapon, other: WeaponId) -> _Changes:
    return {
        "distinct_from": _added(weapon.distinct_from, other),
        "same_as": tuple(one for one in weapon.same_as if one != other),
        "absorbed_into": None if weapon.absorbed_into == other else weapon.absorbed_into,
    }


_BY_STATE: Final = MappingProxyType({one: one for one in ("destroyed", "lost", "recovered")})
_BY_KIND: Final[Mapping[type, str]] = MappingProxyType(
    {kind: _BY_STATE[state] for kind, state in _CUSTODY.items() if state in _BY_STATE}
    | {
        facts.MarkVerified: "marked",
        facts.WeaponDeactivated: "deactivated",
        facts.TraceAsked: "traced",
    }
)


def _dates(weapon: Weapon, fact: Fact) -> _Changes:
    name = _milestone(fact.body)
    if not name or getattr(weapon.dates, name):
        return {}
    return {"dates": replace(weapon.dates, **{name: fact.at})}


def _milestone(body: facts.Body) -> str:
    if isinstance(body, facts.MarkingEnded | facts.MarkingResolved):
        return "marked" if body.outcome == "marked" else ""
    if isinstance(body, facts.CustodySettled):
        return _BY_STATE.get(body.state or "", "")
    return _BY_KIND.get(type(body), "")


def _job(weapon: Weapon, job: JobId, state: AppliedState) -> _Changes:
    applied = (remade(one, state=state) if one.job == job else one for one in weapon.applied)
    return {"applied": tuple(applied)}


def _resolved(weapon: Weapon, body: facts.MarkingResolved) -> _Changes:
    """Settle a doubt; a mark that was read as it was sent to settle it has been read back."""
    read = fold(tidied(body.read))
    own = (one for one in weapon.applied if one.job == body.job)
    if body.outcome == "marked" and read and any(fold(tidied(one.text)) == read for one in own):
        return _job(weapon, body.job, "verified")
    return _job(weapon, body.job, _RESOLVED[body.outcome])


def _settled(weapon: Weapon, body: facts.MarksSettled) -> _Changes:
    applied = tuple(
        remade(one, state=_settled_state(one, body), drawn=_accepted(one, body))
        for one in weapon.applied
    )
    return {"applied": applied}


def _settled_state(one: Applied, body: facts.MarksSettled) -> AppliedState:
    """Return what a settlement makes of a mark; one that an earlier settlement voided may stand."""
    if one.job not in body.standing:
        return "voided"
    return "marked" if one.state in ("voided", "not_started") else one.state


def _accepted(one: Applied, body: facts.MarksSettled) -> Drawn | None:
    if one.drawn is None or one.job not in body.accepted:
        return one.drawn
    return replace(one.drawn, accepted=True)


def _added(ids: tuple[WeaponId, ...], other: WeaponId) -> tuple[WeaponId, ...]:
    return tuple(sorted({*ids, other}))


def duplicate_key(weapon: Weapon) -> str:
    """Return what possible duplicates share: serial's fold, model and calibre; empty if unreadable.

    A partial or missing serial makes no duplicate: false alarms teach people not to look.
    """
    serial = weapon.serial
    if serial.status != "read" or not weapon.stands:
        return ""
    return f"{serial.fold}|{fold(weapon.model)}|{search_key(weapon.calibre)}"
