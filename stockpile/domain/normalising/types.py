"""From the words for a kind of weapon to its type: the table's phrases and where they stand.

A word decides by its place: a "pistola semiautomática" is a pistol because it begins so, a
"semi-automatic pistol" because it ends so, "RIFLE,5.56 MILLIMETER" is a rifle, and a "MOUNT,RIFLE"
is a part: in a supply catalogue the noun comes before the comma.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

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
from stockpile.domain.normalising.type_nouns import (
    AMMUNITION,
    ANY_WEAPON,
    CRAFTED,
    DUMMIES,
    GENERAL,
    JOINING,
    OTHER_GOODS,
    PARTS,
)
from stockpile.domain.normalising.unknowns import nothing_said
from stockpile.domain.normalising.wordings import folded, plainly
from stockpile.domain.weapon_types import TYPES

Goods = Literal["weapon", "ammunition", "part", "other", ""]
"""What a row is about; empty where its words tell nothing."""
_BRACKETS: Final = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_SERVED: Final = re.compile(
    r"\b(?:mortars?|morteiros?|morteros?|mortiers?|миномет\w*|міномет\w*|havan|هاون|مدفع هاون)\b"
    r"|迫击炮|迫擊炮"
)
_MILLIMETRES: Final = re.compile(r"\d+(?:[.,]\d+)?")
_MORTARS: Final = ((75, "MO1"), (100, "MO2"))
"""Below how many millimetres a mortar is of which type (UN Register, category III from 75 mm)."""
_HEAVY_MORTAR: Final = "MO3"
_FINER: Final = {
    "RIF": ("ASR", "SNP", "PAT"), "GPM": ("LMG", "HMG", "PAA"), "PST": ("PSS", "SMG"),
    "GRL": ("ATL",),
}  # fmt: skip
"""A general word first, a finer one last: rifle AK-47, machine gun DShK."""
_ANY_BAGS: Final = frozenset(frozenset(one.split()) for one in ANY_WEAPON if " " in one)
_STOCK_NAME: Final = "desc "


@dataclass(frozen=True, slots=True)
class _Found:
    code: str
    confidence: float
    why: Why


class TypeTable:
    """The types of a catalogue, met by the words of many languages."""

    def __init__(self, terms: Iterable[Term], type_of_model: Callable[[str], str]) -> None:
        terms = tuple(terms)
        self._names = {term.code: term.name for term in terms}
        self._model = type_of_model
        self._codes: dict[str, str] = {}
        for term in terms:
            for words in term.names:
                self._codes.setdefault(folded(words), term.code)
        self._words = {words: code for words, code in self._codes.items() if " " not in words}
        self._speller = Speller(self._words)
        self._bags = {
            frozenset(words.split()): code for words, code in self._codes.items() if " " in words
        }
        self._parts = {words for words, code in self._codes.items() if code == "PRT"} | PARTS

    def read(self, text: str) -> Normal:
        """Return the type that the words say: no type for ammunition, nor for "firearm" alone."""
        if why := nothing_said(text):
            return unanswered(text, why)
        code = text.strip().upper()
        if code in TYPES:
            return Normal(text, code, code, self._names.get(code, code), SURE, "exact")
        words = folded(text).removeprefix(_STOCK_NAME)
        if why := self._no_type(words):
            return unanswered(text, why)
        found = self._found(text, words)
        if found is None:
            return unanswered(text, "not_understood")
        name = self._names.get(found.code, found.code)
        return Normal(text, found.code, found.code, name, found.confidence, found.why)

    def kind(self, text: str) -> Goods:
        """Return what sort of goods the words are about; empty where they tell nothing."""
        answer = self.read(text)
        if answer.code:
            return "part" if answer.code == "PRT" else "weapon"
        if answer.why == "unspecific":
            return "weapon"
        if answer.why != "not_a_weapon":
            return ""
        words = folded(text)
        longest = _beginning(words, OTHER_GOODS)
        return "ammunition" if longest in AMMUNITION else "other"

    def _no_type(self, words: str) -> Why | None:
        if words in self._codes:
            return None
        if words in ANY_WEAPON or frozenset(words.split()) in _ANY_BAGS:
            return "unspecific"
        other = _beginning(words, OTHER_GOODS)
        longer = max(map(len, (_beginning(words, self._codes), _beginning(words, self._parts))))
        return "not_a_weapon" if len(other) > longer else None

    def _found(self, text: str, words: str) -> _Found | None:
        outside = folded(_BRACKETS.sub(" ", plainly(text)))
        return (
            self._named(words)
            or self._part(text, words, outside or words)
            or self._mortar(words)
            or self._placed(outside or words, words)
            or self._spelt(outside or words)
            or self._model_named(text)
            or self._within(words)
        )

    def _named(self, words: str) -> _Found | None:
        code = self._codes.get(words) or self._in_any_order(words)
        return (
            _Found(code, SURE if words == folded(self._names[code]) else BY_ALIAS, "alias")
            if code
            else None
        )

    def _in_any_order(self, words: str) -> str:
        """Return the type of a phrase in another order, or of letters with points between."""
        letters = words.replace(" ", "") if all(len(one) == 1 for one in words.split()) else ""
        return self._codes.get(letters) or self._bags.get(frozenset(words.split()), "")

    def _mortar(self, words: str) -> _Found | None:
        if not _SERVED.search(words):
            return None
        sizes = [float(one) for one in _MILLIMETRES.findall(words)]
        if not sizes:
            return _Found("MO2", GUESSED, "ambiguous")
        code = next((code for below, code in _MORTARS if min(sizes) < below), _HEAVY_MORTAR)
        return _Found(code, BY_GRAMMAR, "grammar")

    def _part(self, text: str, words: str, outside: str) -> _Found | None:
        if len(_beginning(words, self._parts)) > len(_beginning(words, self._codes)):
            return _Found("PRT", BY_GRAMMAR, "grammar")
        noun, comma, _ = plainly(text).partition(",")
        if comma and _ending(folded(noun), self._parts):
            return _Found("PRT", BY_GRAMMAR, "grammar")
        joined = not JOINING.isdisjoint(words.split())
        if not joined and not comma and _ending(outside, self._parts):
            return _Found("PRT", BY_PART, "part")
        return None

    def _placed(self, words: str, all_words: str) -> _Found | None:
        first, last = _beginning(words, self._codes), _ending(words, self._codes)
        if not first and not last:
            return None
        code = self._codes[first or last]
        finer = self._codes.get(last, "")
        if first in GENERAL and finer and finer != "PRT":
            return self._shaded(all_words, finer, BY_GRAMMAR, "grammar")
        modelled = self._model(words[len(first) :].strip()) if first else ""
        finest = next((one for one in (finer, modelled) if one in _FINER.get(code, ())), code)
        return self._shaded(all_words, finest, BY_GRAMMAR, "grammar")

    def _shaded(self, words: str, code: str, confidence: float, why: Why) -> _Found:
        """Return the type, unless the rest says that it is a replica or made by hand."""
        if code in ("CRF", "REP", "PRT"):
            return _Found(code, confidence, why)
        if any(one in DUMMIES for one in _runs(words)):
            return _Found("REP", BY_PART, "part")
        if any(one in CRAFTED for one in _runs(words)):
            return _Found("CRF", BY_PART, "part")
        return _Found(code, confidence, why)

    def _spelt(self, words: str) -> _Found | None:
        """Return the type after the spelling of each unknown word is put right."""
        spelt = " ".join(map(self._spelt_word, words.split()))
        if spelt == words:
            return None
        found = self._named(spelt) or self._placed(spelt, spelt)
        return _Found(found.code, BY_LIKENESS, "similar") if found else None

    def _spelt_word(self, word: str) -> str:
        return word if word in self._words else self._speller.nearest(word) or word

    def _model_named(self, text: str) -> _Found | None:
        code = self._model(text)
        return _Found(code, BY_LIKENESS, "model") if code else None

    def _within(self, words: str) -> _Found | None:
        """Return the type of the longest phrase that stands anywhere in the words."""
        phrases = (one for one in _runs(words) if one in self._codes)
        longest = max(phrases, key=len, default="")
        if longest:
            return self._shaded(words, self._codes[longest], BY_LIKENESS, "part")
        if any(one in DUMMIES for one in _runs(words)):
            return _Found("REP", GUESSED, "part")
        return None


def _beginning(words: str, phrases: Collection[str]) -> str:
    """Return the longest phrase with which the words begin."""
    parts = words.split()
    candidates = (" ".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((one for one in candidates if one in phrases), "")


def _ending(words: str, phrases: Collection[str]) -> str:
    """Return the longest phrase with which the words end."""
    parts = words.split()
    candidates = (" ".join(parts[start:]) for start in range(len(parts)))
    return next((one for one in candidates if one in phrases), "")


def _runs(words: str) -> Iterator[str]:
    """Yield every run of one to four words."""
    parts = words.split()
    for start in range(len(parts)):
        for end in range(start + 1, min(start + 4, len(parts)) + 1):
            yield " ".join(parts[start:end])
