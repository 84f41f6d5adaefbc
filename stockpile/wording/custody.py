"""In words: why a weapon or rounds do not change hands at the counter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.NotToBeIssued: lambda: _(
            "{weapon} cannot be handed out: {objection}. Nothing was issued. Take it off the counter and"
            " look at its record."
        ),
        errors.OverrideMissing: lambda: _(
            "Something stands against handing out {weapon}: {objection}. Take it off the counter, or"
            " let an officer who may do so give the reason."
        ),
        errors.WeaponNotOut: lambda: _(
            "{weapon} is not out with anybody. Nothing has to be taken back."
        ),
        errors.CounterEmpty: lambda: _(
            "Nothing lies on the counter. Scan a person and a weapon first."
        ),
        errors.ReceiptsMixed: lambda: _(
            "One voucher lists hand-overs or returns, not both. Make out one of each."
        ),
        errors.ReceiptUnknown: lambda: _("There is no receipt {number} on record here."),
        errors.ReceiptStale: lambda: _(
            "Something on receipt {number} changed while it was signed. Nothing was written. Look at the"
            " counter and sign again."
        ),
        errors.ReceiptForged: lambda: _(
            "Receipt {number} does not say what was signed. Do not rely on it; keep the paper and tell"
            " the registrar."
        ),
        errors.LotUnknown: lambda: _(
            "No lot of ammunition called {lot} is on record. Type the lot number as it stands on the box."
        ),
        errors.LotShort: lambda: _(
            "Lot {lot} has {left} rounds left, {wanted} are wanted. Take fewer, or the rest of another lot."
        ),
        errors.RoundsTooMany: lambda: _(
            "{said} rounds of lot {lot} cannot be accounted for: only {held} are out with this person."
            " Count again."
        ),
        errors.QuantityUnreadable: lambda: _(
            "{text} is no quantity. Type how many, as a whole number above zero."
        ),
    }
)
OBJECTIONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "not_cleared": lambda: _("not cleared for this weapon"),
        "clearance_expired": lambda: _("clearance has expired"),
        "unfit": lambda: _("found unfit for use"),
        "inspection_overdue": lambda: _("inspection is overdue"),
        "holder_overdue": lambda: _("has something overdue"),
        "hot": lambda: _("on the list of lost and stolen weapons"),
        "elsewhere": lambda: _("not in this store"),
        "out_already": lambda: _("out already"),
        "lost": lambda: _("reported lost or stolen"),
        "disputed": lambda: _("two accounts of where it is"),
    }
)
