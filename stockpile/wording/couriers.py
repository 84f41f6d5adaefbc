"""In words: what can be wrong with a courier file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.CourierForOther: lambda: _(
            "This courier file is locked for {to} and cannot be opened here. Nothing was taken in. Hand"
            " it on."
        ),
        errors.CourierForged: lambda: _(
            "{path} is not what its sender signed ({why}). Nothing of it was taken in. Ask for a new copy"
            " and keep this one as evidence."
        ),
        errors.CourierTooLarge: lambda: _(
            "A courier file of {size} bytes is more than is taken in at once ({most}). Use the registry"
            " for this exchange."
        ),
        errors.CourierIncomplete: lambda: _(
            "This courier file of {name} goes on from entry {first}, but only {have} came. Nothing was"
            " taken in. Load the earlier courier file first."
        ),
        errors.SenderUnknown: lambda: _(
            "Nobody vouches for {name} ({node}). Nothing was taken in. Compare this code with the one on"
            " the paper waybill; a registrar may then introduce the sender."
        ),
        errors.CourierWordsWrong: lambda: _(
            "The words do not open this courier file. They stand on the paper waybill; type all of them."
        ),
    }
)
