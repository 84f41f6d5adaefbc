"""From a calibre as written to the catalogue's: the grammar's sizes met with the table's names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain.catalogue import Term
from stockpile.domain.normalising.answers import (
    BY_ALIAS,
    BY_GRAMMAR,
    BY_LIKENESS,
    BY_PART,
    BY_SPELLING,
    GUESSED,
    SURE,
    Normal,
    Why,
    unanswered,
)
from stockpile.domain.normalising.bore_habits import habit
from stockpile.domain.normalising.calibre_sizes import Reading, readings
from stockpile.domain.normalising.calibre_words import form_of, known_forms, prepared
from stockpile.domain.normalising.spelling import Speller
from stockpile.domain.normalising.unknowns import nothing_said
from stockpile.domain.normalising.wordings import all_of, folded

_BETWEEN: Final = re.compile(r"\s*[/;|+&]\s*|,\s+|\s+(?:e|y|et|and|ou|or|o|и|и/или|و)\s+")
_RIMS: Final = re.compile(r"(?<=\d)(?:r|sr|rb|b)$")
_LOOSE: Final = re.compile(r"(?<!\d) | (?!\d)")
_BARE: Final = re.compile(r"\.?\d+(?:\.\d+)?(?:mm)?")
_TUBE_FROM: Final = 20
"""A bore in millimetres from here on says enough: mortars, rockets, grenades."""
_BORE_APART: Final = 0.11
_LENGTH_APART: Final = 0.6
_MAKERS: Final = all_of(
    "auto glock uzi colt sig sauer ruger marlin remington winchester browning springfield s&w fal"
    " g3 fn savage hk ak akm ak47 mas garand barrett"
)
"""Words beside a bore that as well may name the weapon's maker or model."""
_FOR_BOTH: Final = {frozenset((".223-rem", "5.56x45")): ".223-556"}
"""Two cartridges with a chamber of its own that takes both."""
_AMBIGUOUS: Final = 0.4
_ALTERNATIVE: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Match:
    """A reading's calibre, and how it came to it."""

    code: str
    confidence: float
    why: Why

    @property
    def is_sure(self) -> bool:
        return self.why != "ambiguous"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A size's words that mean one calibre; ``shared`` where another calibre has the same."""

    words: frozenset[str]
    code: str
    shared: bool = False


class CalibreTable:
    """The calibres of a catalogue, met by any writing of their names, sizes and dimensions."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {term.code: term for term in terms}
        self._texts: dict[str, tuple[str, Why]] = {}
        self._entries: dict[str, list[_Entry]] = {}
        for term in self._terms.values():
            self._learn_names(term)
        for term in self._terms.values():
            self._learn_sizes(term)
        self._rimless = self._without_rims()
        self._pairs = {size: pair for size in self._entries if (pair := _dimensions(size))}
        self._telling = _telling(self._entries.values())
        own = {word for each in self._entries.values() for one in each for word in one.words}
        self._words = {word: form_of(word) for word in own | known_forms() if form_of(word)}
        self._speller = Speller(self._words)

    def read(self, text: str, type_code: str = "") -> Normal:
        """Return the calibre that a text says; with a weapon's type, of what such weapons fire."""
        if why := nothing_said(text):
            return unanswered(text, why)
        if known := self._texts.get(_key(text)):
            return self._answer(
                text, _Match(known[0], SURE if known[1] == "exact" else BY_ALIAS, known[1])
            )
        found = self._read_all(text, type_code)
        several = self.read_several(text, type_code) if self._may_be_several(text, found) else ()
        if both := self._terms.get(_FOR_BOTH.get(frozenset(one.code for one in several), "")):
            return self._answer(text, _Match(both.code, BY_GRAMMAR, "grammar"))
        if len(several) > 1:
            return replace(several[0], value=text, confidence=_ALTERNATIVE, why="several")
        return self._answer(text, found) if found else unanswered(text, "not_understood")

    def read_several(self, text: str, type_code: str = "") -> tuple[Normal, ...]:
        """Return every calibre of a text that names more than one: 36/.22LR, 9mm/.357."""
        parts = [one for one in _BETWEEN.split(_outside(text)) if any(map(str.isdigit, one))]
        found: dict[str, Normal] = {}
        for part in parts:
            match = self._read_all(part, type_code)
            if match:
                found.setdefault(match.code, self._answer(part, match))
        return tuple(found.values())

    def _may_be_several(self, text: str, found: _Match | None) -> bool:
        if found is not None and found.why == "grammar":
            size_read = next((one for one in readings(text)), None)
            return (
                size_read is not None and size_read.more and not self._joins(size_read, found.code)
            )
        return sum(any(map(str.isdigit, one)) for one in _BETWEEN.split(_outside(text))) > 1

    def _joins(self, reading: Reading, code: str) -> bool:
        """Say whether the two numbers were read as one size, such as .30-06."""
        joined = (size for size in reading.sizes if "-" in size or "x" in size)
        return any(one.code == code for size in joined for one in self._entries.get(size, ()))

    def _answer(self, text: str, match: _Match) -> Normal:
        name = self._terms[match.code].name
        return Normal(text, match.code, name, name, match.confidence, match.why)

    def _read_all(self, text: str, type_code: str) -> _Match | None:
        """Return the best of what stands outside brackets and within them."""
        found = [match for one in readings(text) if (match := self._read(one, type_code))]
        if not found:
            return None
        main, *notes = found
        sure = [one for one in notes if one.is_sure and one.code != main.code]
        if not main.is_sure and sure:
            return replace(sure[0], confidence=min(sure[0].confidence, BY_GRAMMAR), why="part")
        return main

    def _read(self, reading: Reading, type_code: str) -> _Match | None:
        match = self._match(reading, type_code)
        if match and match.why not in ("part", "ambiguous"):
            return match
        spelt = self._spelt(reading)
        if spelt.words != reading.words and (again := self._match(spelt, type_code)):
            better = match is None or again.confidence > match.confidence
            return (
                replace(again, confidence=min(again.confidence, BY_SPELLING), why="spelling")
                if (better and again.is_sure)
                else match or again
            )
        return match or self._least(reading)

    def _match(self, reading: Reading, type_code: str) -> _Match | None:
        rank, found = self._best(reading)
        sizes = reading.sizes if found is None else reading.sizes[: 0 if found.words else rank + 1]
        meant = None if reading.words & self._telling else self._habit(sizes, type_code)
        if meant or found is None:
            return meant
        if self._is_bore(found.code) or found.shared:
            return _Match(found.code, GUESSED, "ambiguous")
        left = reading.words - found.words
        if left:
            doubted = left & self._telling and "x" not in reading.sizes[rank]
            return _Match(found.code, GUESSED if doubted else BY_PART, "part")
        return _Match(found.code, BY_GRAMMAR, "grammar")

    def _best(self, reading: Reading) -> tuple[int, _Entry | None]:
        """Return the entry with the most of the words, of the likeliest size, and that size."""
        ranked = (
            (len(entry.words), -rank, -place, entry)
            for rank, size in enumerate(reading.sizes)
            for place, entry in enumerate(self._entries.get(size, ()))
            if entry.words <= reading.words
        )
        best = max(ranked, key=lambda one: one[:3], default=None)
        return (-best[1], best[3]) if best else (0, None)

    def _habit(self, sizes: tuple[str, ...], type_code: str) -> _Match | None:
        for size in sizes:
            meant = habit(size, type_code)
            if meant and meant.code in self._terms:
                return _Match(meant.code, meant.confidence, "ambiguous")
        return None

    def _is_bore(self, code: str) -> bool:
        if self._terms[code].sort != "bore":
            return False
        return not (code.endswith("mm") and float(code[:-2]) >= _TUBE_FROM)

    def _spelt(self, reading: Reading) -> Reading:
        """Return the reading with its unknown words spelt as known ones."""
        return replace(reading, words=frozenset(map(self._spelt_word, reading.words)))

    def _spelt_word(self, word: str) -> str:
        known = word if word in self._words else self._speller.nearest(word)
        return self._words.get(known or "", word)

    def _least(self, reading: Reading) -> _Match | None:
        """Return what a size alone leads to: without its rim, the only one, the nearest."""
        for size in reading.sizes:
            codes = self._rimless.get(_RIMS.sub("", size), ())
            if len(codes) == 1:
                return _Match(codes[0], BY_PART, "grammar")
            if codes and _dimensions(size):
                return _Match(codes[0], _AMBIGUOUS, "ambiguous")
        return next(filter(None, map(self._near, reading.sizes)), None)

    def _near(self, size: str) -> _Match | None:
        """Return the calibre whose dimensions are as good as these: 9x19.2, 7.9x57."""
        written = _dimensions(size)
        if written is None:
            return None
        codes = {
            entry.code
            for one, (bore, length) in self._pairs.items()
            if abs(bore - written[0]) <= _BORE_APART and abs(length - written[1]) <= _LENGTH_APART
            for entry in self._entries[one]
        }
        return _Match(codes.pop(), BY_LIKENESS, "similar") if len(codes) == 1 else None

    def _learn_names(self, term: Term) -> None:
        self._texts[_key(term.name)] = term.code, "exact"
        if not _BARE.fullmatch(term.code):
            self._texts.setdefault(_key(term.code), (term.code, "exact"))
        for alias in term.aliases:
            if any(map(str.isalpha, _key(alias))):
                self._texts.setdefault(_key(alias), (term.code, "alias"))

    def _learn_sizes(self, term: Term) -> None:
        code = () if _BARE.fullmatch(term.code) else (term.code,)
        for text in (*term.names, *code):
            for one in readings(text):
                if not one.idle:
                    self._learn(one.sizes[0], one.words, term.code)

    def _learn(self, size: str, words: frozenset[str], code: str) -> None:
        entries = self._entries.setdefault(size, [])
        for place, known in enumerate(entries):
            if known.words == words:
                shared = known.shared or known.code != code
                entries[place] = replace(known, shared=shared and "x" in size)
                return
        entries.append(_Entry(words, code))

    def _without_rims(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for size, entries in self._entries.items():
            codes = found.setdefault(_RIMS.sub("", size), {})
            codes.update(dict.fromkeys(one.code for one in entries))
        return {size: tuple(codes) for size, codes in found.items()}


def _key(text: str) -> str:
    """Return a text for word-by-word comparing: without spaces, but for those between numbers."""
    return _LOOSE.sub("", folded(prepared(text)))


def _telling(entries: Iterable[list[_Entry]]) -> frozenset[str]:
    """Return the words that tell cartridges apart: one of them speaks against a mere habit."""
    return frozenset(word for each in entries for one in each for word in one.words) - _MAKERS


def _outside(text: str) -> str:
    return prepared(text).partition("(")[0]


def _dimensions(size: str) -> tuple[float, float] | None:
    """Return the bore and the case length of a metric size, in millimetres."""
    bore, times, length = _RIMS.sub("", size).partition("x")
    if not times or "-" in size or bore.startswith("."):
        return None
    return float(bore), float(length)
