"""From a country as written to its ISO code: names, former States, codes and adjectives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stockpile.domain.catalogue import Term
from stockpile.domain.normalising.answers import (
    BY_ALIAS,
    BY_LIKENESS,
    BY_PART,
    BY_SPELLING,
    SURE,
    Normal,
    Why,
    unanswered,
)
from stockpile.domain.normalising.spelling import Speller
from stockpile.domain.normalising.unknowns import nothing_said
from stockpile.domain.normalising.wordings import all_of, closed, folded, plainly

_FRAME: Final = all_of("""
    made in manufactured produced republic of the rep republica de del da do dos das la le les
    el republique du des d l kingdom state federal federative reino royaume republika respublika
    industria industry fabrique fabricado hecho en em fabrica origem origin pais country pays ex
    former antiga antigo antigua produkt repubblica republik республика производство сделано в
    країна страна جمهورية دولة صنع في مملكة 制造 产 国
"""
)  # fmt: skip
_PIECES: Final = re.compile(r"[(/,;|\[\]]| - |\)")
_SHORTEST: Final = 4


class CountryTable:
    """The countries of a catalogue, met by names, codes and adjectives in many languages."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._closed: dict[str, str] = {}
        for term in terms:
            self._names[term.code] = term.name
            for name in (term.code, *term.names):
                self._codes.setdefault(folded(name), term.code)
        for words, code in self._codes.items():
            self._closed.setdefault(closed(words), code)
        self._speller = Speller(
            {words: code for words, code in self._codes.items() if len(words) > _SHORTEST}
        )

    def read(self, text: str) -> Normal:
        """Return the country that the text names; former States have codes of four letters."""
        if why := nothing_said(text):
            if code := self._names.get(text.strip().upper()) and text.strip().upper():
                return self._answer(text, code, SURE, "exact")
            return unanswered(text, why)
        return (
            self._whole(text)
            or self._stripped(text)
            or self._piece(text)
            or self._near(text)
            or unanswered(text, "not_understood")
        )

    def _answer(self, text: str, code: str, confidence: float, why: Why) -> Normal:
        return Normal(text, code, code, self._names[code], confidence, why)

    def _whole(self, text: str) -> Normal | None:
        words = folded(text)
        code = self._codes.get(words)
        if code:
            exact = words in (folded(code), folded(self._names[code]))
            return self._answer(
                text, code, SURE if exact else BY_ALIAS, "exact" if exact else "alias"
            )
        code = self._closed.get(closed(text))
        return self._answer(text, code, BY_ALIAS, "spelling") if code else None

    def _stripped(self, text: str) -> Normal | None:
        """Read the text without the frame of a name: Republic of, Made in, Indústria."""
        words = [one for one in folded(text).split() if one not in _FRAME]
        code = self._codes.get(" ".join(words))
        return self._answer(text, code, BY_SPELLING, "part") if code else None

    def _piece(self, text: str) -> Normal | None:
        """Read the first piece that is a country: Rússia (Izhevsk), Herstal - Belgium."""
        for piece in _PIECES.split(plainly(text)):
            words = " ".join(one for one in folded(piece).split() if one not in _FRAME)
            if code := self._codes.get(folded(piece)) or self._codes.get(words):
                return self._answer(text, code, BY_PART, "part")
        return None

    def _near(self, text: str) -> Normal | None:
        known = self._speller.nearest(folded(text))
        return self._answer(text, self._codes[known], BY_LIKENESS, "similar") if known else None
