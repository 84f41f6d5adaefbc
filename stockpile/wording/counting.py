"""In words: what stands against a stocktake, its counters and its investigations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.StocktakeUnknown: lambda: _(
            "No stocktake is called {text}. Look at the list of stocktakes for its number."
        ),
        errors.StocktakeIsClosed: lambda: _(
            "Stocktake {number} is signed off, so nothing more can be counted in it. Open a new one."
        ),
        errors.CountersTooFew: lambda: _(
            "A stocktake needs at least {least} counters, so that nobody counts alone. Name another"
            " officer."
        ),
        errors.CounterNotIndependent: lambda: _(
            "{name} cannot be the independent counter: they do not count here, or answer for this"
            " place themselves. Name another counter."
        ),
        errors.PlaceNotCounted: lambda: _(
            "{place} is not part of this stocktake. Nothing was counted. Scan the card of a place that"
            " is, or open a stocktake of this one."
        ),
        errors.WeaponNotSeen: lambda: _(
            "Weapon {weapon} was not seen in this stocktake, so there is no place to move its record"
            " to. Scan it first."
        ),
        errors.InvestigationUnknown: lambda: _(
            "No investigation is called {text}. Look at the list of open investigations."
        ),
        errors.InvestigationIsClosed: lambda: _(
            "Investigation {text} was closed before. Nothing was changed."
        ),
        errors.EvidenceMissing: lambda: _(
            "Words alone do not close an investigation. Name what proves it: a later count, a move, a"
            " report, a photo or a paper."
        ),
        errors.EvidenceUnfit: lambda: _(
            "{evidence} is not on record, or proves nothing about this. Choose among what is suggested,"
            " or add a photo or a paper."
        ),
        errors.ListNamesNobody: lambda: _(
            "No column of {name} is headed Name. Write Name above the column with the names, and bring the"
            " list in again."
        ),
    }
)
