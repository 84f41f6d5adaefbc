"""One door to what written values mean: calibres, makes, models, types, countries and serials."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising.answers import Normal, unanswered
from stockpile.domain.normalising.calibres import CalibreTable
from stockpile.domain.normalising.countries import CountryTable
from stockpile.domain.normalising.makes import MakeTable
from stockpile.domain.normalising.models import ModelTable
from stockpile.domain.normalising.serial_texts import read_serial_text
from stockpile.domain.normalising.types import Goods, TypeTable

_REMEMBERED: Final = 1 << 15
_LONGEST: Final = 300
"""Characters of the longest text that may name one thing; more is a paragraph."""


class Normaliser:
    """What written values mean by a catalogue; every answer is remembered, so lists go fast."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._calibres = CalibreTable(catalogue.terms("calibre"))
        self._countries = CountryTable(catalogue.terms("country"))
        remember = lru_cache(maxsize=_REMEMBERED)
        models = ModelTable(catalogue.terms("model"), lambda text: self.make(text).code)
        self._makes = MakeTable(catalogue.terms("make"), models)
        self._types = TypeTable(catalogue.terms("type"), models.type_of)
        self._make = remember(self._makes.read)
        self._model = remember(models.read)
        self._calibre = remember(self._calibres.read)
        self._several = remember(self._calibres.read_several)
        self._goods = remember(self._types.kind)
        self._type = remember(self._types.read)
        self._country = remember(self._countries.read)
        self._serial = remember(read_serial_text)

    def make(self, text: str) -> Normal:
        """Return the make that a text names."""
        return self._make(text) if len(text) <= _LONGEST else _too_long(text)

    def model(self, text: str, make: str = "") -> Normal:
        """Return the model that a text names; ``make`` is the maker as written, where known."""
        if len(text) > _LONGEST:
            return _too_long(text)
        return self._model(text, make)

    def calibre(self, text: str, type_text: str = "") -> Normal:
        """Return the calibre that a text says; the words for the type settle a bare bore or gauge.

        A bore that several cartridges share is answered as ambiguous: the likeliest where there is
        one, else the bore itself.
        """
        if len(text) > _LONGEST:
            return _too_long(text)
        return self._calibre(text, self.type(type_text).code if type_text else "")

    def calibres(self, text: str, type_text: str = "") -> tuple[Normal, ...]:
        """Return every calibre of a text: two for 36/.22LR, mostly one, or none."""
        one = self.calibre(text, type_text)
        if one.why != "several":
            return (one,) if one.code else ()
        return self._several(text, self.type(type_text).code if type_text else "")

    def type(self, text: str) -> Normal:
        """Return the type of weapon that the words say."""
        return self._type(text) if len(text) <= _LONGEST else _too_long(text)

    def goods(self, class_text: str, type_text: str) -> Goods:
        """Return whether a row is about a weapon, ammunition, a part or other goods.

        A class column decides where it says one, else the words of the type; empty for neither.
        """
        texts = (one for one in (class_text, type_text) if one and len(one) <= _LONGEST)
        return next(filter(None, map(self._goods, texts)), "")

    def country(self, text: str) -> Normal:
        """Return the country or former State that a text names."""
        return self._country(text) if len(text) <= _LONGEST else _too_long(text)

    def serial(self, text: str) -> Normal:
        """Return a serial with its status: read, partial, none, removed or illegible."""
        return self._serial(text)

    def of(self, kind: str, text: str, beside: str = "") -> Normal:
        """Return the answer of a kind; ``beside`` is a model's make or a calibre's type."""
        match kind:
            case "calibre":
                return self.calibre(text, beside)
            case "make":
                return self.make(text)
            case "model":
                return self.model(text, beside)
            case "type":
                return self.type(text)
            case "country":
                return self.country(text)
            case _:
                return self.serial(text)


def _too_long(text: str) -> Normal:
    return unanswered(text, "not_understood")
