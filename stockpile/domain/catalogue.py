"""The open reference table of types, makes, models, calibres and countries, and its search.

The table helps people to write the same thing in the same way; it never forbids another word.
Terms come in the order in which programmes meet them: of two that fit as well, the first is meant.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final, Literal, get_args

Kind = Literal["type", "make", "model", "calibre", "country"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the table.

    ``code`` is stable: "taurus", "9x19", "RIF", "BR", "taurus:pt-92"; ``name`` is as people write
    it. ``within`` is a model's make, ``type``, ``action`` and ``calibres`` are a model's own,
    ``country`` is a make's or model's (ISO 3166-1 alpha-2; former States by ISO 3166-3 alpha-4).
    ``sort`` parts calibres (cartridge, gauge, bore) and countries (former). ``source`` says where
    the row's facts come from.
    """

    kind: Kind
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    within: str = ""
    type: str = ""
    action: str = ""
    calibres: tuple[str, ...] = ()
    country: str = ""
    source: str = ""
    sort: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


class Catalogue:
    """All terms, looked up by code, by name, and while somebody types; it never changes."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_code = {(one.kind, one.code): one for one in terms}
        self._by_code = by_code
        self._terms: dict[Kind, tuple[Term, ...]] = {
            kind: tuple(one for one in by_code.values() if one.kind == kind) for kind in KINDS
        }
        self._named: dict[Kind, dict[str, tuple[Term, ...]]] = {}
        self._search: dict[Kind, _Index] = {}

    def term(self, kind: Kind, code: str) -> Term | None:
        """Return the term of this code, or None."""
        return self._by_code.get((kind, code))

    def terms(self, kind: Kind) -> tuple[Term, ...]:
        """Return every term of a kind, in the table's order."""
        return self._terms[kind]

    def named(self, kind: Kind, text: str) -> tuple[Term, ...]:
        """Return the terms with this name or alias: word for word, else without the spaces."""
        if kind not in self._named:
            self._named[kind] = _by_name(self._terms[kind])
        words = folded(text)
        return self._named[kind].get(words) or self._named[kind].get(_closed(words), ())

    def search(self, kind: Kind, typed: str, limit: int, *, within: str = "") -> tuple[Term, ...]:
        """Return the terms that the typed text may become, best first.

        Each word of the text is the beginning of a word of the term, in any order; a model's make
        and its number without its hyphen count as well. With ``within``, a make's models come
        first.
        """
        if kind not in self._search:
            self._search[kind] = _Index(self._terms[kind], self._extra_words)
        return self._search[kind].search(_typed_words(typed), limit, within)

    def with_terms(self, terms: Iterable[Term]) -> Catalogue:
        """Return the catalogue with more terms; one with a code that is there replaces it."""
        return Catalogue((*self._by_code.values(), *terms))

    def _extra_words(self, term: Term) -> tuple[str, ...]:
        """Return the names by which a term is also found: those of a model's make."""
        make = self.term("make", term.within) if term.within else None
        return make.names if make else ()


def folded(text: str) -> str:
    """Return words as they are compared: lower case, no accents, single spaces, 9x19 in one."""
    return _BETWEEN.sub(" ", _loose(text)).strip()


def code_of(text: str) -> str:
    """Return a text as a code: its folded words, joined by hyphens."""
    return folded(text).replace(" ", "-")


_TIMES: Final = re.compile(r"(?<=\d)\s*[x\u00d7\u0445]\s*(?=\d)")
"""A sign between two numbers: the letter x, the multiplication sign or the Cyrillic letter."""
_BETWEEN: Final = re.compile(r"[\W_]+")
_PARTS: Final = re.compile(r"[^\W\d]+|\d+")
_LAST: Final = "\U0010ffff"
_NAME, _ALIAS, _EXTRA = 0, 2, 4
"""How far from the name itself a word stands; one more where it is not the first word."""
_FARTHEST: Final = 64
_LONGEST: Final = 24
_ALIKE: Final = 4
"""Names whose lengths differ by fewer characters are equally brief."""


def _loose(text: str) -> str:
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(one for one in apart if not unicodedata.combining(one))
    return _TIMES.sub("x", text.casefold())


def _closed(text: str) -> str:
    return _BETWEEN.sub("", text)


def _typed_words(text: str) -> tuple[str, ...]:
    """Return what was typed, word by word; a hyphen or a point parts no words."""
    return tuple(filter(None, map(_closed, _loose(text).split())))


def _by_name(terms: Iterable[Term]) -> dict[str, tuple[Term, ...]]:
    """Return the terms by folded name, and by the same without spaces where nobody has that."""
    exact: dict[str, dict[Term, None]] = {}
    loose: dict[str, dict[Term, None]] = {}
    for term in terms:
        for words in filter(None, map(folded, term.names)):
            exact.setdefault(words, {})[term] = None
            loose.setdefault(_closed(words), {})[term] = None
    return {words: tuple(each) for words, each in {**loose, **exact}.items()}


def _endings(name: str) -> Iterable[tuple[str, int]]:
    """Return what a name is from each of its words and numbers on, and how far in that is."""
    words = folded(name)
    closed = _closed(words)
    place = 0
    for part in _PARTS.findall(words):
        yield closed[place : place + _LONGEST], int(place > 0)
        place += len(part)


class _Index:
    """Every ending of every name that begins at a word, sorted: a typed beginning is a range."""

    def __init__(self, terms: tuple[Term, ...], extra: Callable[[Term], tuple[str, ...]]) -> None:
        self._terms = terms
        self._within = [one.within for one in terms]
        self._order = [
            len(one.name) // _ALIKE * len(terms) + number for number, one in enumerate(terms)
        ]
        self._scale = max(self._order, default=0) + 1
        self._whole: dict[str, set[int]] = {}
        for number, term in enumerate(terms):
            for name in term.names:
                self._whole.setdefault(_closed(folded(name)), set()).add(number)
        entries = sorted(
            (ending, number, far)
            for number, term in enumerate(terms)
            for ending, far in _distances(term, extra(term)).items()
        )
        self._endings = [ending for ending, _number, _far in entries]
        self._found = [(number, far) for _ending, number, far in entries]

    def search(self, words: tuple[str, ...], limit: int, within: str) -> tuple[Term, ...]:
        """Return the best terms in which every word begins a word; all terms fit no words.

        A rank is one number, for speed: models of another make after those of this one, longer
        names after the whole one, then by distance, brevity and the table's order.
        """
        found = self._all_with(words)
        whole = self._whole.get("".join(words), set())
        order = self._order if words else range(len(self._terms))
        ranks = [
            (
                ((bool(within) and self._within[number] != within) * 2 + (number not in whole))
                * _FARTHEST
                + min(far, _FARTHEST - 1)
            )
            * self._scale
            + order[number]
            for number, far in found.items()
        ]
        best = nsmallest(limit, ranks)
        return tuple(self._terms[one % self._scale % len(self._terms)] for one in best)

    def _all_with(self, words: tuple[str, ...]) -> dict[int, int]:
        if not words:
            return dict.fromkeys(range(len(self._terms)), 0)
        found = self._with(words[0])
        for word in words[1:]:
            among = self._with(word)
            found = {one: far + among[one] for one, far in found.items() if one in among}
        return found

    def _with(self, word: str) -> dict[int, int]:
        """Return the terms in which a word begins so, each with its least distance."""
        word = word[:_LONGEST]
        start, end = (bisect_left(self._endings, one) for one in (word, word + _LAST))
        found: dict[int, int] = {}
        for number, far in self._found[start:end]:
            if far < found.get(number, far + 1):
                found[number] = far
        return found


def _distances(term: Term, extra: tuple[str, ...]) -> dict[str, int]:
    """Return the endings of all of a term's names, each with its least distance."""
    named = ((_NAME, (term.name,)), (_ALIAS, term.aliases), (_EXTRA, extra))
    found: dict[str, int] = {}
    for far, names in named:
        for name in names:
            for ending, further in _endings(name):
                found[ending] = min(far + further, found.get(ending, far + further))
    return found
