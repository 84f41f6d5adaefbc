"""What written values mean by the catalogue of this moment, made ready once and then remembered."""

from __future__ import annotations

from collections.abc import Callable

from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising import Normaliser


class CatalogueMeanings:
    """Hands out a normaliser; another one only when the catalogue has become another."""

    def __init__(self, catalogue: Callable[[], Catalogue]) -> None:
        self._catalogue = catalogue
        self._made: tuple[Catalogue, Normaliser] | None = None

    def __call__(self) -> Normaliser:
        """Return the normaliser of the catalogue as it is now."""
        catalogue = self._catalogue()
        if self._made is None or self._made[0] is not catalogue:
            self._made = (catalogue, Normaliser(catalogue))
        return self._made[1]
