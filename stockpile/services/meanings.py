"""What written values mean by the catalogue of this moment, made ready once and then remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising import Normaliser

_HELD = 2
"""So many are kept: the catalogue of the open home, and the one before it."""


class CatalogueMeanings:
    """Hands out a normaliser; another one only when the catalogue has become another."""

    def __init__(self, catalogue: Callable[[], Catalogue]) -> None:
        self._catalogue = catalogue

    def __call__(self) -> Normaliser:
        """Return the normaliser of the catalogue as it is now."""
        return normaliser_of(self._catalogue())


@lru_cache(maxsize=_HELD)
def normaliser_of(catalogue: Catalogue) -> Normaliser:
    """Return the normaliser of a catalogue; it takes two tenths of a second, so it is kept."""
    return Normaliser(catalogue)
