"""From a maker as written to the catalogue's make: company forms, brackets, slips and scripts."""

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
from stockpile.domain.normalising.models import ModelTable
from stockpile.domain.normalising.spelling import Speller
from stockpile.domain.normalising.type_nouns import CRAFTED
from stockpile.domain.normalising.unknowns import nothing_said
from stockpile.domain.normalising.wordings import all_of, closed, folded, in_latin, plainly

_COMPANY: Final = all_of("""
    sa s a ltda ltd limited ltee gmbh mbh kg ag ab as oy plc inc incorporated co corp
    corporation company cia compania companhia llc lp spa srl sro r o spol sl l sas sarl pty bv
    nv ooo oao zao pao jsc ojsc tov pat dat vat ao doo d dd kk ug ohg eirl me epp arms armas
    armi arme armes firearms firearm weapons weapon guns gun gunmakers gunsmiths ordnance armory
    armoury armament armaments armamentos munitions manufacturing mfg manufacturer manufacture
    manufactura manufacturas manufacturers fabrica fabrique fabricacao industria industrias
    industries industry industrie ind works factory group holding international intl usa u
    america american of the de do da dos del la le les e and y et und der n i sons son hijos
    hermanos irmaos freres fratelli bros brothers silah sanayi sanayii san tic ve ticaret av
    fabrik waffen waffenfabrik jagd sportwaffen gruppe defence defense systems system
    technologies technology tech rifle rifles pistols
    оружие завод концерн \u043e\u043e\u043e \u043e\u0430\u043e
    зао пао \u0430\u043e
    тов пат казенный оружейный
"""
)  # fmt: skip
_NOBODYS: Final = all_of("pmf ghost handmade craftmade selfmade diy 3d printed privately katta")
_PIECES: Final = re.compile(r"[(/;|\[\])]| - |\s-\s|, | by ")
_LONG_ENOUGH: Final = 3
"""So many letters has a name that company words were taken from, before a model."""
_WORTH_A_SEARCH: Final = 4


class MakeTable:
    """The makes of a catalogue, met by any writing of their names."""

    def __init__(self, terms: Iterable[Term], models: ModelTable) -> None:
        self._names: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._make_of_model = models.make_of
        self._is_model = models.is_model
        for term in terms:
            self._names[term.code] = term.name
            for name in (*term.names, term.code):
                self._codes.setdefault(folded(name), term.code)
        self._closed = _unique((closed(words), code) for words, code in self._codes.items())
        self._latin = _unique((in_latin(words), code) for words, code in self._codes.items())
        stripped = ((_stripped(words), code) for words, code in self._codes.items())
        self._bare = _unique((words, code) for words, code in stripped if words)
        self._near = {**self._bare, **self._codes}
        self._speller = Speller(self._near)

    def read(self, text: str) -> Normal:
        """Return the make that the text names; a word for "no make" is understood as that."""
        if why := nothing_said(text):
            return unanswered(text, why)
        return self._make(text) or unanswered(text, self._no_make(text))

    def _make(self, text: str) -> Normal | None:
        return (
            self._whole(text)
            or self._piece(text)
            or self._start(text)
            or self._similar(text)
            or self._by_model(text)
            or self._inside(text)
        )

    def _no_make(self, text: str) -> Why:
        """Return why no make is named: nobody's, for craft-made; a model's name; not understood."""
        words = folded(text).split()
        if any(one in CRAFTED or one in _NOBODYS for one in words) or folded(text) in CRAFTED:
            return "unspecific"
        return "model" if self._is_model(text) else "not_understood"

    def _answer(self, text: str, code: str, confidence: float, why: Why) -> Normal:
        name = self._names[code]
        return Normal(text, code, name, name, confidence, why)

    def _whole(self, text: str) -> Normal | None:
        words = folded(text)
        if code := self._codes.get(words):
            exact = words in (folded(code), folded(self._names[code]))
            return self._answer(
                text, code, SURE if exact else BY_ALIAS, "exact" if exact else "alias"
            )
        if code := self._closed.get(closed(text)) or self._latin.get(in_latin(text)):
            return self._answer(text, code, BY_ALIAS, "spelling")
        if code := self._bare.get(_stripped(words)):
            return self._answer(text, code, BY_ALIAS, "alias")
        return None

    def _piece(self, text: str) -> Normal | None:
        """Read the pieces of a text: ROSSI (AMADEO ROSSI S.A.), TANQUE / OJANGUREN."""
        pieces = [one for one in _PIECES.split(plainly(text)) if one.strip()]
        if len(pieces) < 2:  # noqa: PLR2004 - one piece is the whole
            return None
        found = [answer for one in pieces if not nothing_said(one) and (answer := self._whole(one))]
        if not found:
            return None
        agreed = len({one.code for one in found}) == 1
        return self._answer(text, found[0].code, BY_SPELLING if agreed else BY_LIKENESS, "part")

    def _start(self, text: str) -> Normal | None:
        """Read a make that a model follows: taurus pt 92, cz model 75."""
        words = folded(text).split()
        for end in range(len(words) - 1, 0, -1):
            start = " ".join(words[:end])
            code = self._codes.get(start) or self._bare.get(start)
            if code and (len(start) >= _LONG_ENOUGH or start in self._codes):
                return self._answer(text, code, BY_PART, "part")
        return None

    def _similar(self, text: str) -> Normal | None:
        for words in dict.fromkeys((folded(text), _stripped(folded(text)), in_latin(text))):
            if known := self._speller.nearest(words):
                return self._answer(text, self._near[known], BY_LIKENESS, "similar")
        return None

    def _by_model(self, text: str) -> Normal | None:
        code = self._make_of_model(text)
        return self._answer(text, code, BY_LIKENESS, "model") if code in self._names else None

    def _inside(self, text: str) -> Normal | None:
        """Read a make that stands after other words: pistola taurus."""
        words = folded(text).split()
        for start in range(1, len(words)):
            for end in range(len(words), start, -1):
                run = " ".join(words[start:end])
                if len(run) >= _WORTH_A_SEARCH and (code := self._codes.get(run)):
                    return self._answer(text, code, BY_LIKENESS, "part")
        return None


def _stripped(words: str) -> str:
    """Return a maker's words without those that any company has; empty where none is left."""
    return " ".join(one for one in words.split() if one not in _COMPANY)


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what each word means where it means one thing alone."""
    meanings: dict[str, set[str]] = {}
    for words, code in pairs:
        meanings.setdefault(words, set()).add(code)
    return {words: codes.pop() for words, codes in meanings.items() if words and len(codes) == 1}
