"""What each kind of body says of a weapon besides heads, custody and dates: one case a kind."""

from __future__ import annotations

from typing import Final, assert_never

from stockpile.domain import facts
from stockpile.domain.facts import Fact
from stockpile.domain.weapons.descriptions import (
    corrected,
    read_back,
    registered,
    swapped,
    with_photo,
    without_photo,
)
from stockpile.domain.weapons.marks import begun, job_became, resolved, settled
from stockpile.domain.weapons.sameness import absorbed, merged, told_apart
from stockpile.domain.weapons.sightings import counted
from stockpile.domain.weapons.states import Changes, ReadBack, Weapon

ONLY_CUSTODY: Final = frozenset(
    {
        facts.WeaponRelocated, facts.WeaponIssued, facts.WeaponDispatched, facts.WeaponReceived,
    }
)  # fmt: skip
"""Most of what happens to a weapon; looked up, as the row of cases is long."""


def told(weapon: Weapon, fact: Fact) -> Changes:  # noqa: C901, PLR0911, PLR0912 - flat: one case a kind
    """Return what the body changes besides heads, custody and dates."""
    match fact.body:
        case facts.WeaponCounted() as body:
            return counted(weapon, fact, body)
        case facts.WeaponReturned() as body:
            return {"condition": body.condition or weapon.condition}
        case facts.WeaponRegistered() as body:
            return registered(body, fact.by)
        case facts.WeaponCorrected() as body:
            return corrected(body)
        case facts.ComponentSwapped() as body:
            return swapped(weapon, body)
        case facts.KitSet() as body:
            return {"kit": body.items}
        case facts.MarkingBegun() as body:
            return begun(weapon, fact, body)
        case facts.MarkingEnded() as body:
            return job_became(weapon, body.job, body.outcome)
        case facts.MarkVerified() as body:
            return job_became(weapon, body.job, "verified")
        case facts.MarkingResolved() as body:
            return resolved(weapon, body)
        case facts.MarkVoided() as body:
            return job_became(weapon, body.job, "voided")
        case facts.MarksSettled() as body:
            return settled(weapon, body)
        case facts.WeaponInspected() as body:
            return {"condition": body.condition, "unfit": body.unfit, "inspect_by": body.due}
        case facts.WeaponRepaired() as body:
            return {"condition": body.condition}
        case facts.WeaponDeactivated():
            return {"deactivated": True}
        case facts.WeaponMerged() as body:
            return merged(weapon, body.other)
        case facts.WeaponsDistinct() as body:
            return told_apart(weapon, body.other)
        case facts.WeaponAbsorbed() as body:
            return absorbed(weapon, body.into)
        case facts.MarkReadBack() as body:
            return read_back(weapon, ReadBack(body.text, body.read, fact.by, fact.at))
        case facts.PhotoAdded() as body:
            return with_photo(weapon, body.photo)
        case facts.PhotoRemoved() as body:
            return without_photo(weapon, body.digest)
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
