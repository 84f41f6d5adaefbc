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
        errors.CourierBrokenOff: lambda: _(
            "From some entry on, {path} is not what its sender signed ({why}). What came before it was"
            " taken in and stays; the rest was not. Ask for a new copy and keep this one as evidence."
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
        errors.SenderNotEnrolled: lambda: _(
            "{name} ({node}) is not enrolled here. Nothing was taken in. Enrol that computer first, by a"
            " one-time code or by its request file, then bring the courier file again."
        ),
        errors.CourierTooLargeForPage: lambda: _(
            "This courier file has {size} MB, and this page takes {most} MB at once. Nothing was taken"
            " in. Who keeps the registry takes it in by the command line: stockpile registry courier take."
        ),
        errors.CourierGone: lambda: _(
            "This courier file waits here no more: it was left, or an hour went by. Nothing was taken in."
            " Bring it again."
        ),
        errors.CourierWordsWrong: lambda: _(
            "The words do not open this courier file. They stand on the paper waybill; type all of them."
        ),
    }
)
