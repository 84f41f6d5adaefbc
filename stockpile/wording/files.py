"""In words: why a file or a list does not come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.FileUnreadable: lambda: _("{path} cannot be read ({why}). Nothing was taken in."),
        errors.FileHostile: lambda: _(
            "{path} would unfold into more than any honest list holds ({why}). It was not opened."
        ),
        errors.LayoutUnknown: lambda: _(
            "The columns of {path} are not understood. Say which is which. It has: {columns}."
        ),
        errors.DocumentUnknown: lambda: _(
            "No list that came in answers to {text}, or several do. Name it by its digest."
        ),
        errors.ProfileShipped: lambda: _(
            "{name} is a list that the program knows by itself. Choose another name."
        ),
    }
)
