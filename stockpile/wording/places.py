"""In words: what stands against opening, changing or filling a place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.PlaceUnknown: lambda: _("No place called {text} is on record."),
        errors.PlaceAmbiguous: lambda: _(
            "Several places are called {text}: {places}. Name one by its code."
        ),
        errors.PlaceCodeTaken: lambda: _("{name} has the code {code} already. Choose another."),
        errors.PlaceWithinItself: lambda: _("{name} cannot stand within itself. Choose another."),
        errors.PlaceOccupied: lambda: _(
            "{name} is not empty (weapons there or belonging there: {weapons}, places within:"
            " {places}). Move them first."
        ),
    }
)
