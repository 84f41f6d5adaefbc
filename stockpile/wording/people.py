"""In words: who may do what, who signs with them, and who holds what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.HandoverNeedsCount: lambda: _(
            "{place} has not been counted whole by serial since it changed hands last. Count it, close"
            " the count, then hand it over."
        ),
        errors.CustodianSame: lambda: _(
            "{officer} is the custodian of {place} already. Nothing was written."
        ),
        errors.CustodianUnsigned: lambda: _(
            "{officer} takes it over and must sign for it. Nothing was written; ask them for their PIN."
        ),
        errors.OfficerUnknown: lambda: _("No officer called {name} holds an office here."),
        errors.OfficerNotAuthorised: lambda: _(
            "The role of {name} does not include this act ({act}). Ask an officer whose role does."
        ),
        errors.OwnOffice: lambda: _(
            "Nobody does this to themselves ({act}). Ask another officer whose role includes it."
        ),
        errors.NobodyAppoints: lambda: _(
            "Without {name} nobody here could appoint officers any more. Nothing was written. Appoint"
            " another commander or registrar first."
        ),
        errors.NotInOffice: lambda: _("{name} is not in office. Put them back into office first."),
        errors.InOfficeAlready: lambda: _("{name} is in office already."),
        errors.BadgeUnknown: lambda: _(
            "This badge is nobody's here. One that was lost and replaced opens nothing any more;"
            " choose the name, or let a new badge be printed."
        ),
        errors.HolderUnknown: lambda: _(
            "Nobody on record answers to {text}. Put them on record first, or look for another name."
        ),
        errors.HolderAmbiguous: lambda: _(
            "Several people answer to {text}: {names}. Name one by the service number or the card."
        ),
        errors.CardTaken: lambda: _(
            "The card {card} is {name}'s. A card names one person: take another, or change theirs first."
        ),
        errors.HolderStillHolds: lambda: _(
            "{name} still answers for weapons ({weapons}) or rounds ({rounds}). Take them back first; then"
            " the person can be erased."
        ),
        errors.HolderWithoutPin: lambda: _(
            "{name} has no PIN here. Give them one, or let them sign by hand."
        ),
    }
)
ROLES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "clerk": lambda: _("Clerk"),
        "armourer": lambda: _("Armourer"),
        "storekeeper": lambda: _("Storekeeper"),
        "marking_operator": lambda: _("Marking operator"),
        "inspector": lambda: _("Inspector"),
        "commander": lambda: _("Commander"),
        "registrar": lambda: _("Registrar"),
        "field_team": lambda: _("Field team"),
        "auditor": lambda: _("Auditor"),
    }
)
