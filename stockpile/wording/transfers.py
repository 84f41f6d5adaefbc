"""In words: what stands against a transfer, a hand-in or a gate pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.WaybillUnknown: lambda: _(
            "No transfer answers to {text}. If it comes from another depot, load its courier file first."
        ),
        errors.WaybillSettled: lambda: _(
            "Waybill {number} cannot be changed so any more: {state}. Make out a new waybill."
        ),
        errors.TooManyWeapons: lambda: _(
            "{count} weapons are more than one waybill may list ({most}). Make out several."
        ),
        errors.LicenceIncomplete: lambda: _(
            "This transfer ({purpose}) needs what its licence says, and lacks: {licence}. Fill it in from"
            " the paper."
        ),
        errors.WeaponsUnmarked: lambda: _(
            "Before this transfer ({purpose}) each weapon needs a mark that names the country. These have"
            " none: {weapons}. Mark them first."
        ),
        errors.HandInEmpty: lambda: _(
            "Nothing was handed in yet. Put a weapon or ammunition on the list first."
        ),
        errors.HandInLarge: lambda: _(
            "{count} weapons are more than one receipt may list ({most}). Make out several."
        ),
        errors.HandInUnknown: lambda: _("There is no hand-in {number} on record here."),
        errors.HandInWithdrawn: lambda: _("Hand-in {number} was taken back already."),
        errors.HandInMoved: lambda: _(
            "{what} of hand-in {number} stood on record before, or has moved since. Put that record"
            " right by itself."
        ),
        errors.GatePassUnknown: lambda: _("There is no gate pass {number} on record here."),
        errors.GatePassSettled: lambda: _("Gate pass {number} is closed. Make out a new one."),
    }
)
WAYBILL_STATES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "open": lambda: _("On the way"),
        "received": lambda: _("Received"),
        "partly": lambda: _("Received in part"),
        "reversed": lambda: _("Came back"),
        "disputed": lambda: _("Disputed"),
    }
)
LICENCE: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "number": lambda: _("licence number"),
        "issued_at": lambda: _("place of issue"),
        "issued_on": lambda: _("date of issue"),
        "expires_on": lambda: _("date of expiry"),
        "exporting": lambda: _("exporting country"),
        "importing": lambda: _("importing country"),
        "transit": lambda: _("transit countries"),
        "recipient": lambda: _("final recipient"),
        "goods": lambda: _("description and quantity"),
    }
)
PURPOSES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {"civilian": lambda: _("to a civilian owner"), "export": lambda: _("export")}
)
