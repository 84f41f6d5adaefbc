"""Every fact in the user's language, as a line of a life: what happened, where, by whom.

A body without a sentence cannot pass the type checker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import assert_never

from stockpile import wording
from stockpile.domain import clocks, facts
from stockpile.domain.facts import Fact
from stockpile.language import _, figure, isolated, listed, ngettext
from stockpile.terms import term
from stockpile.wording import Names


def fact_sentence(fact: Fact, names: Names) -> str:
    """Return what happened, as a line of a weapon's life."""
    body = fact.body
    if isinstance(body, facts.NodeCertified) and fact.replaces:
        sentence = _told_of(body)
    else:
        sentence = _body_sentence(body, names)
    who = names.of(fact.by)
    return _("{what} ({who})").format(what=sentence, who=who) if who else sentence


def _told_of(body: facts.NodeCertified) -> str:
    """Return what a node is told of, where its certificate was changed."""
    sites = listed(map(isolated, body.scope)) or _("the whole country")
    return _("{name} is told of {sites}").format(name=isolated(body.name), sites=sites)


def _body_sentence(body: facts.Body, names: Names) -> str:  # noqa: C901, PLR0911, PLR0912, PLR0915
    # long and flat: one sentence for each kind of fact
    match body:
        case facts.WeaponRegistered():
            return _at(_("Put on record"), body.place, names)
        case facts.WeaponCorrected():
            return _("Record corrected: {reason}").format(reason=body.reason)
        case facts.WeaponCollected():
            return _at(_("Handed in"), body.place, names)
        case facts.WeaponFound():
            return _at(_("Found"), body.place, names)
        case facts.WeaponSeized():
            return _at(_("Seized"), body.place, names)
        case facts.WeaponRelocated():
            return _at(_("Moved"), body.place, names)
        case facts.WeaponIssued():
            return _issued(body)
        case facts.WeaponReturned():
            return _at(_("Returned"), body.place, names)
        case facts.WeaponDispatched():
            return _("Dispatched under {waybill}").format(waybill=isolated(names.of(body.waybill)))
        case facts.WeaponReceived():
            return _at(_("Received"), body.place, names)
        case facts.DispatchReversed():
            return _at(_("Shipment came back"), body.place, names)
        case facts.WeaponLost():
            return _("Reported lost or stolen")
        case facts.WeaponRecovered():
            return _at(_("Recovered"), body.place, names)
        case facts.CustodySettled():
            return _("Custody settled: {reason}").format(reason=body.reason)
        case facts.WeaponCounted():
            return _at(_("Seen in a count"), body.place, names)
        case facts.WeaponInspected():
            return _("Inspected: {condition}").format(condition=wording.condition(body.condition))
        case facts.WeaponRepaired():
            return _("Repaired: {condition}").format(condition=wording.condition(body.condition))
        case facts.ComponentSwapped():
            return _swap(body, names)
        case facts.KitSet():
            return _("What goes with it set: {kit}").format(kit=kit_words(body.items))
        case facts.WeaponDeactivated():
            return _("Deactivated, certificate {certificate}").format(
                certificate=isolated(body.certificate)
            )
        case facts.WeaponDestroyed():
            return _("Destroyed, certificate {certificate}").format(
                certificate=isolated(body.certificate)
            )
        case facts.DestructionVerified():
            return _at_the_site(body)
        case facts.WeaponMerged():
            return _("Found to be the same weapon as another record: {reason}").format(
                reason=body.reason
            )
        case facts.WeaponsDistinct():
            return _("Found to be another weapon than its look-alike: {reason}").format(
                reason=body.reason
            )
        case facts.WeaponAbsorbed():
            return _("Joined to another record of the same weapon: {reason}").format(
                reason=body.reason
            )
        case facts.WeaponWithdrawn():
            return _("Record withdrawn: {reason}").format(reason=body.reason)
        case facts.MarkReadBack():
            return _("Read by a second person: {read}").format(read=isolated(body.read))
        case facts.PhotoAdded():
            return _("Photo added")
        case facts.PhotoRemoved():
            return _("Photo removed: {reason}").format(reason=body.reason)
        case facts.TraceAsked():
            return _("Trace asked: {request}").format(request=isolated(body.request))
        case facts.TraceAnswered():
            return _("Trace answered: {request}").format(request=isolated(body.request))
        case facts.MarkingBegun():
            return _("About to mark {text}").format(text=isolated(body.text))
        case facts.MarkingEnded():
            return _MARKED[body.outcome]()
        case facts.MarkVerified():
            return _("Mark read back: {read}").format(read=isolated(body.read))
        case facts.MarkingResolved():
            return _("Doubtful marking settled: {reason}").format(reason=body.reason)
        case facts.MarkVoided():
            return _("Mark voided: {reason}").format(reason=body.reason)
        case facts.MarksSettled():
            return _("Marks settled: {reason}").format(reason=body.reason)
        case facts.TagBound():
            return _("Tag {tag} given").format(tag=isolated(body.tag))
        case facts.LabelPrinted():
            return _("Label printed, copy {copy}").format(copy=body.copy)
        case facts.PlaceOpened():
            return _("Place opened: {name}").format(name=body.name)
        case facts.PlaceChanged():
            return _("Place changed: {name}").format(name=body.name)
        case facts.PlaceClosed():
            return _("Place closed: {reason}").format(reason=body.reason)
        case facts.OfficerAppointed():
            return _("Officer appointed: {name}").format(name=body.name)
        case facts.OfficerSuspended():
            return _("Officer suspended: {reason}").format(reason=body.reason)
        case facts.GuardSet():
            return _("Rules of the guard set")
        case facts.ActProposed():
            return _("Signed by one, to be confirmed by a second: {act}").format(
                act=wording.act(body.act)
            )
        case facts.ActSettled():
            return _SETTLED[body.outcome]()
        case facts.EntryJudged():
            return _judged(body)
        case facts.InspectionSigned():
            return _("Inspected by {inspector}, a sample of {count}").format(
                inspector=isolated(body.inspector), count=figure(len(body.sample))
            )
        case facts.PersonDisclosed():
            return _("What is held of a person was given to {to}").format(to=body.to)
        case facts.OfficerRetired():
            return _("Officer left office: {reason}").format(reason=body.reason)
        case facts.PersonRecorded():
            return _("Person recorded")
        case facts.PersonErased():
            return _("What was recorded of a person was erased: {reason}").format(
                reason=body.reason
            )
        case facts.ReceiptSigned():
            return _RECEIPTS[body.way]().format(number=isolated(body.number))
        case facts.RoundsIssued():
            return _("{count} rounds issued").format(count=figure(body.quantity))
        case facts.RoundsReturned():
            return _("{count} rounds returned").format(count=figure(body.quantity))
        case facts.WaybillOpened():
            return _("Waybill {number} made out").format(number=isolated(body.number))
        case facts.WaybillReceived():
            return _("Shipment received: {count} weapons").format(count=len(body.received))
        case facts.WaybillReversed():
            return _("Shipment taken back: {reason}").format(reason=body.reason)
        case facts.SchemeSet():
            return _("Marking scheme set: {name}").format(name=body.name)
        case facts.BlockGranted():
            return _("Marking numbers {lo} to {hi} granted").format(lo=body.lo, hi=body.hi)
        case facts.BlockReturned():
            return _("Marking numbers {lo} to {hi} returned").format(lo=body.lo, hi=body.hi)
        case facts.MachineSet():
            return _("Marking machine set up: {name}").format(name=body.name)
        case facts.MarkLayoutSet():
            return _("Marking layout set: {name}").format(name=body.name)
        case facts.MarkingOrdered():
            return ngettext(
                "Marking order {name}: {count} weapon",
                "Marking order {name}: {count} weapons",
                len(body.weapons),
            ).format(name=isolated(body.name), count=len(body.weapons))
        case facts.MarkingOrderChanged():
            return _ORDERS[body.state]()
        case facts.DocumentImported():
            return _("List taken in: {name}").format(name=isolated(body.name))
        case facts.ImportUndone():
            return _("List taken back: {reason}").format(reason=body.reason)
        case facts.CatalogueExtended():
            return _("Added to the catalogue: {name}").format(name=body.name)
        case facts.LotRegistered():
            return _("Ammunition put on record")
        case facts.LotWithdrawn():
            return _("Record of ammunition withdrawn: {reason}").format(reason=body.reason)
        case facts.StocktakeOpened():
            return _("Stocktake opened")
        case facts.StocktakeClosed():
            return _("Stocktake closed")
        case facts.StrangerCounted():
            return _("Counted, but on no record: {read}").format(read=isolated(body.read))
        case facts.QuantityCounted():
            return _at(
                _("{count} weapons counted").format(count=figure(body.quantity)), body.place, names
            )
        case facts.InvestigationOpened():
            return _("Investigation opened")
        case facts.InvestigationClosed():
            return _("Investigation closed: {reason}").format(reason=body.reason)
        case facts.CountRuleSet():
            return _("Rule for counts set: {name}").format(name=body.name)
        case facts.CustodyHandedOver():
            return _at(_("Custody handed over"), body.place, names)
        case facts.DayClosed():
            return _("Day closed: {on}").format(on=isolated(body.on))
        case facts.DestructionOrdered():
            return _("Destruction {number} ordered").format(number=isolated(body.number))
        case facts.DestructionCertified():
            return _("Destruction certified: {number}").format(number=isolated(body.number))
        case facts.DestructionWithdrawn():
            return _("Order to destroy taken back: {reason}").format(reason=body.reason)
        case facts.CollectionReceived():
            return _("Hand-in {number} received").format(number=isolated(body.number))
        case facts.GatePassIssued():
            return _("Gate pass {number} issued").format(number=isolated(body.number))
        case facts.GatePassClosed():
            return _GATES[body.outcome]()
        case facts.TraceRequestMade():
            return _("Request to trace {number}").format(number=isolated(body.number))
        case facts.TraceRequestNoted():
            return _STEPS[body.step]()
        case facts.TraceRequestAnswered():
            return _("Request to trace answered")
        case facts.PaperIssued():
            return _("Paper {number} issued").format(number=isolated(body.number))
        case facts.LabelLayoutSet():
            return _("Label layout set: {name}").format(name=isolated(body.name))
        case facts.NodeFounded():
            return _("Stockpile founded: {name}").format(name=body.name)
        case facts.NodeCertified():
            return _("Node enrolled: {name}").format(name=body.name)
        case facts.NodeRevoked():
            return _("Node revoked: {reason}").format(reason=body.reason)
        case facts.NodeReadmitted():
            return _("Node trusted again: {reason}").format(reason=isolated(body.reason))
        case facts.RootsSet():
            return _("The authority's keys set, version {version}").format(version=body.version)
        case facts.KeyNamed(withdrawn=True):
            return _("The authority withdrew the key of {name}").format(name=isolated(body.name))
        case facts.KeyNamed():
            return _("The authority named the key of {name}").format(name=isolated(body.name))
        case facts.AuditSealed():
            return _("The registry's audit log stands at row {number}").format(number=body.number)
        case facts.NodeSucceeded():
            return _("This stockpile continues node {node}").format(node=isolated(body.node))
        case facts.NodeClosed():
            return _("Node closed: {reason}").format(reason=body.reason)
        case facts.ClockObserved(source=clocks.PERSON):
            return _("The clock was looked at and found right")
        case facts.ClockObserved():
            return _compared(body, names)
        case facts.Withheld():
            return _("A personal record, kept apart")
        case facts.Unreadable():
            return _("Written by a newer version of the program ({kind})").format(kind=body.kind)
        case facts.Unheeded():
            return _("Not accepted, for want of the right to it: {what}").format(
                what=_body_sentence(body.body, names)
            )
        case _:
            assert_never(body)


_SHOWN = 8
"""Letters of a node's id that name it where nobody said what it is called."""
_SETTLED: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "confirmed": lambda: _("Confirmed by a second officer"),
        "refused": lambda: _("Refused by a second officer"),
        "withdrawn": lambda: _("Taken back by who proposed it"),
    }
)
_MARKED: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "marked": lambda: _("The machine reports the mark as done"),
        "not_started": lambda: _("The machine did not start; nothing was marked"),
        "unknown": lambda: _("Nobody knows yet whether the mark is on the metal"),
    }
)


def _judged(body: facts.EntryJudged) -> str:
    if body.accepted:
        return _("Entry {number} accepted after all: {reason}").format(
            number=body.number, reason=body.reason
        )
    return _("Entry {number} not accepted: {reason}").format(number=body.number, reason=body.reason)


def _swap(body: facts.ComponentSwapped, names: Names) -> str:
    """Return what happened to a part; without marks nobody said which one came or went."""
    match bool(body.fitted), bool(body.removed):
        case True, False:
            said = _("Component fitted: {component}")
        case False, True:
            said = _("Component removed: {component}")
        case _:
            said = _("Component swapped: {component}")
    return said.format(component=names.component(body.component))


def _at_the_site(body: facts.DestructionVerified) -> str:
    """Return what was said of a weapon at the site where it was to be destroyed."""
    if body.kept:
        return _("Kept from destruction: {reason}").format(reason=body.kept)
    if body.read:
        return _("Read before it is destroyed: {read}").format(read=isolated(body.read))
    return _("To be read again before it is destroyed")


def _at(what: str, place: str | None, names: Names) -> str:
    if not place:
        return what
    return _("{what}: {place}").format(what=what, place=names.of(place))


def _compared(body: facts.ClockObserved, names: Names) -> str:
    """Return with whose clock a computer's own was compared, and how far off it was."""
    if not clocks.is_off(body.offset):
        said = _("Clock compared with {source}: right")
    elif body.offset > 0:
        said = _("Clock compared with {source}: {time} behind")
    else:
        said = _("Clock compared with {source}: {time} ahead")
    time = isolated(wording.duration(abs(body.offset)))
    return said.format(source=_node(body.source, names), time=time)


def _node(node: str, names: Names) -> str:
    """Return what a node is called, or the beginning of its id: nobody reads all of one."""
    name = names.of(node)
    return isolated(name if name != node else node[:_SHOWN])


def kit_words(items: Sequence[facts.KitItem]) -> str:
    """Return what goes with a weapon, as one line."""
    said = (
        _("{count} x {what}").format(count=figure(one.count), what=term("kit", one.kind))
        for one in items
    )
    return listed(said) or _("nothing")


def _issued(body: facts.WeaponIssued) -> str:
    said = _("Assigned") if body.use == "assignment" else _("Issued")
    if body.due:
        said = _("{what}, due back {due}").format(what=said, due=isolated(body.due))
    if body.override:
        said = _("{what}, although something stood against it: {reason}").format(
            what=said, reason=body.override
        )
    return said


_ORDERS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "open": lambda: _("Marking order goes on"),
        "paused": lambda: _("Marking order paused"),
        "closed": lambda: _("Marking order closed"),
    }
)
_RECEIPTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "issue": lambda: _("Hand receipt {number} signed"),
        "return": lambda: _("Return {number} signed"),
    }
)
_GATES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "left": lambda: _("Left through the gate"),
        "withdrawn": lambda: _("Gate pass taken back"),
    }
)
_STEPS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "sent": lambda: _("Request to trace sent"),
        "acknowledged": lambda: _("Request to trace acknowledged"),
        "reminded": lambda: _("Reminded of the request to trace"),
        "withdrawn": lambda: _("Request to trace withdrawn"),
    }
)
