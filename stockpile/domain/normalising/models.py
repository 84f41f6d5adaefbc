"""From a model as written to the catalogue's, within its make where that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from stockpile.domain.catalogue import Term
from stockpile.domain.normalising.answers import (
    BY_ALIAS,
    BY_GRAMMAR,
    BY_LIKENESS,
    BY_PART,
    GUESSED,
    SURE,
    Normal,
    Why,
    unanswered,
)
from stockpile.domain.normalising.spelling import Speller
from stockpile.domain.normalising.unknowns import nothing_said
from stockpile.domain.normalising.wordings import closed, folded, in_latin

_FRAME: Final = re.compile(
    r"^(?:(?:modelo|modele|model|mod|mdl|mle|m|tipo|type|pistola|pistol|pistolet"
    r"|revolver|fuzil|rifle|carabina|fusil|модель|мод|طراز|型) )+"
)
_FAMILIES: Final = frozenset(
    ("ak", "ar", "akm", "ar15", "ak47", "m16", "m4", "sks", "rpg", "g3", "fal")
)
"""Names of patterns that many makers built."""
_TELLING: Final = 2
"""A model's name of fewer characters says nothing without its make."""
_PREFIX: Final = 3


class ModelTable:
    """The models of a catalogue, met by their names with or without the make's."""

    def __init__(self, terms: Iterable[Term], make_code: Callable[[str], str]) -> None:
        self._terms = {term.code: term for term in terms}
        self._make_code = make_code
        self._within: dict[str, dict[str, str]] = {}
        self._everywhere: dict[str, dict[str, None]] = {}
        for term in self._terms.values():
            for name in term.names:
                key = _key(name)
                self._within.setdefault(term.within, {}).setdefault(key, term.code)
                self._everywhere.setdefault(key, {})[term.code] = None
        self._spellers = {make: Speller(own) for make, own in self._within.items()}

    def read(self, text: str, make: str = "") -> Normal:
        """Return the model that the text names; ``make`` is the maker as written, if known."""
        if why := nothing_said(text):
            return unanswered(text, why)
        code = text.strip().lower()
        if code in self._terms:
            return self._answer(text, code, SURE, "exact")
        maker = self._make_code(make) if make else ""
        found = self._of_make(text, maker) if maker else None
        return found or self._anywhere(text, maker) or unanswered(text, "not_understood")

    def type_of(self, text: str) -> str:
        """Return the type of the weapon that the text names by its model; empty for none or two."""
        return self._shared(text, lambda term: term.type)

    def make_of(self, text: str) -> str:
        """Return the make of the one model that the text names."""
        return self._shared(text, lambda term: term.within)

    def is_model(self, text: str) -> bool:
        """Say whether the text is the name of a model, of one make or of several."""
        return _key(text) in self._everywhere or _key(text) in _FAMILIES

    def _shared(self, text: str, part: Callable[[Term], str]) -> str:
        key = _key(text)
        if key.isdigit() or len(key) < _TELLING or (len(key) == _TELLING and key.isalpha()):
            return ""
        codes = self._everywhere.get(key) or self._everywhere.get(_key(in_latin(text)), {})
        meanings = {part(self._terms[code]) for code in codes}
        return meanings.pop() if len(meanings) == 1 else ""

    def _answer(self, text: str, code: str, confidence: float, why: Why) -> Normal:
        name = self._terms[code].name
        return Normal(text, code, name, name, confidence, why)

    def _of_make(self, text: str, maker: str) -> Normal | None:
        own = self._within.get(maker, {})
        for key in _keys(text):
            if code := own.get(key):
                exact = key == _key(self._terms[code].name)
                return self._answer(
                    text, code, SURE if exact else BY_ALIAS, "exact" if exact else "alias"
                )
        for words in (folded(text), _FRAME.sub("", folded(text))):
            if code := self._start(words, own):
                return self._answer(text, code, BY_PART, "part")
        known = self._spellers[maker].nearest(_key(text)) if own else None
        return self._answer(text, own[known], BY_LIKENESS, "similar") if known else None

    def _start(self, words: str, own: dict[str, str]) -> str:
        """Return the model with whose words the text begins or ends: PT 92 AFS-D is a PT 92."""
        parts = words.split()
        for end in range(len(parts) - 1, 0, -1):
            for run in (parts[:end], parts[-end:]):
                key = "".join(run)
                if key in own and (len(key) >= _PREFIX or key.isdigit()):
                    return own[key]
        return ""

    def _anywhere(self, text: str, maker: str) -> Normal | None:
        """Return the model of whatever make that has this name alone, or together with its make."""
        for key in _keys(text):
            codes = tuple(self._everywhere.get(key, ()))
            if len(codes) == 1 and len(key) > _TELLING and not key.isdigit():
                return self._answer(text, codes[0], BY_PART if maker else BY_GRAMMAR, "alias")
            if codes and len(key) > _TELLING and not key.isdigit() and not maker:
                return self._answer(text, codes[0], GUESSED, "ambiguous")
        return self._with_make(text)

    def _with_make(self, text: str) -> Normal | None:
        """Read GLOCK 17 and TAURUS PT 92: the make, then its model."""
        words = folded(text).split()
        for end in range(min(len(words) - 1, 3), 0, -1):
            maker = self._make_code(" ".join(words[:end]))
            found = self._of_make(" ".join(words[end:]), maker) if maker else None
            if found:
                return self._answer(text, found.code, min(found.confidence, BY_GRAMMAR), found.why)
        return None


def _keys(text: str) -> tuple[str, ...]:
    """Return the ways to compare a model: closed up, without the word model, in Latin letters."""
    words = folded(text)
    bare = _FRAME.sub("", words)
    return tuple(dict.fromkeys((closed(text), bare.replace(" ", ""), _key(in_latin(words)))))


def _key(text: str) -> str:
    return closed(text)
