"""Marking schemes of this node: what ships, what the nation made of it, and each text to be cut.

A scheme by which a mark was begun is never edited: the next version of it is. What was cut by an
earlier version stays on record with the text that it had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import schemes
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    SchemeInUse,
    SchemeUnknown,
)
from stockpile.domain.facts import Draft, Mark, NodeFounded, SchemeSet, SchemeWord
from stockpile.domain.schemes import MOST_DIGITS, Said
from stockpile.domain.seed_schemes import SEED_SCHEMES
from stockpile.domain.values import Digest, SchemeId, tidied
from stockpile.domain.weapons import Weapon
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Clock, Keys, Recorded
from stockpile.services.signing import Second, authorise, sign

_ID: Final = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
_ALPHA3: Final = re.compile(r"[A-Z]{3}")
_EXAMPLE: Final = Said(
    "XX", 0, 1, serial="KB123456", maker="Izhmash", model="AKM", calibre="7.62x39", made_in="SUHH",
    made_year="1974", country3="XXX",
)  # fmt: skip
_EXAMPLE_WORDS: Final = {
    "force": "POL", "agency": "POL", "importer": "Importer", "city": "City", "country": "Country",
    "lic8": "12345678",
}  # fmt: skip
"""What stands in an example for what is known only at the bench; none of it is ever cut."""


@dataclass(frozen=True, slots=True)
class Schemes:
    """The desk for marking schemes. ``catalogue`` knows the three letters of a country."""

    books: Books
    keys: Keys
    clock: Clock
    catalogue: Callable[[], Catalogue]

    # --- what there is ----------------------------------------------------------------------

    def all(self) -> tuple[tuple[SchemeId, SchemeSet], ...]:
        """Return every scheme on record by name, retired ones last."""
        named = (
            (SchemeId(one.subject), schemes.standing_scheme(one))
            for one in self.books.references(SchemeSet)
        )
        found = [(id_, body) for id_, body in named if body is not None]
        found.sort(key=lambda one: (one[1].retired, one[1].name.casefold(), one[0]))
        return tuple(found)

    def offered(self) -> tuple[tuple[SchemeId, SchemeSet], ...]:
        """Return the schemes that ship and are not on record here: a home founded before them."""
        known = {id_ for id_, _body in self.all()}
        return tuple((id_, body) for id_, body in SEED_SCHEMES if id_ not in known)

    def scheme(self, scheme: SchemeId) -> SchemeSet:
        """Return a scheme as it stands; raises SchemeUnknown."""
        for one in self.books.references(SchemeSet):  # they stay in memory
            body = schemes.standing_scheme(one) if one.subject == scheme else None
            if body is not None:
                return body
        raise SchemeUnknown(scheme)

    def is_used(self, scheme: SchemeId) -> bool:
        """Say whether a mark was ever begun by the scheme, on any node."""
        return self.books.count_used(scheme, 0, 10**MOST_DIGITS) > 0

    # --- texts ------------------------------------------------------------------------------

    def text(
        self, scheme: SchemeSet, weapon: Weapon, number: int, words: Sequence[SchemeWord] = ()
    ) -> str:
        """Return the text of a weapon's mark by this scheme, with this number.

        Raises FieldMissing, FieldUnreadable, SchemePatternWrong.
        """
        return schemes.text_of(scheme, self.said(weapon, number, words))

    def said(self, weapon: Weapon, number: int, words: Sequence[SchemeWord] = ()) -> Said:
        """Return what a mark on this weapon can say today."""
        country = self.country()
        return Said(
            country,
            self.clock.now(),
            number,
            tuple(words),
            _serial(weapon.marks),
            weapon.make,
            weapon.model,
            weapon.calibre,
            weapon.country_code or weapon.country,
            weapon.year,
            self._three_letters(country),
        )

    def preview(self, body: SchemeSet, words: Sequence[SchemeWord] = (), number: int = 1) -> str:
        """Return an example of the scheme's text: this country and day, an invented weapon.

        What is chosen at the bench is the first of its choices. Raises SchemePatternWrong,
        FieldMissing for a country that this home does not name, FieldUnreadable.
        """
        country = self.country()
        chosen = {word.part for word in words}
        shown = tuple(
            _example(body, part)
            for part in schemes.parts_of(body.pattern)
            if part in schemes.WORD_PARTS and part not in chosen
        )
        said = replace(
            _EXAMPLE,
            country=country,
            at=self.clock.now(),
            number=number,
            words=(*words, *shown),
            country3=self._three_letters(country),
        )
        return schemes.text_of(body, said)

    def country(self) -> str:
        """Return the code of this home's country."""
        known = self.books.reference(self.keys.node)
        founded = known.opened if known is not None else None
        return founded.country if isinstance(founded, NodeFounded) else ""

    # --- changes ----------------------------------------------------------------------------

    def set(
        self, scheme: SchemeId, body: SchemeSet, *, by: SignedIn, witness: Second | None = None
    ) -> Recorded:
        """Put a scheme, or its next version, on record; the same again changes nothing.

        A new scheme is version 1. One that was never used may be set again as the same version.
        Raises OfficerNotAuthorised, FieldMissing, FieldUnreadable, SchemePatternWrong, SchemeInUse.
        """
        authorise(by, "set_scheme", witness)
        tidy = replace(body, name=tidied(body.name), source=tidied(body.source))
        schemes.check(tidy)
        known = self.books.reference(_demand_id(scheme))
        if known is None:
            return self._write(scheme, replace(tidy, version=1), (), by, witness)
        now = schemes.standing_scheme(known)
        if now is None:
            raise FieldUnreadable("scheme", scheme)
        if now == tidy:
            return Recorded((), ())
        self._demand_version(scheme, now, tidy)
        return self._write(scheme, tidy, known.heads, by, witness)

    def add_offered(self, *, by: SignedIn, witness: Second | None = None) -> Recorded:
        """Put what ships and is missing here on record; raises OfficerNotAuthorised."""
        authorise(by, "set_scheme", witness)
        drafts = [Draft(id_, body) for id_, body in self.offered()]
        if not drafts:
            return Recorded((), ())
        return sign(self.books, "set_scheme", drafts, by=by, second=witness)

    def retire(self, scheme: SchemeId, *, by: SignedIn, witness: Second | None = None) -> Recorded:
        """Take a scheme out of use; its marks stand. Raises OfficerNotAuthorised, SchemeUnknown."""
        authorise(by, "set_scheme", witness)
        body = self.scheme(scheme)
        if body.retired:
            return Recorded((), ())
        known = self.books.reference(scheme)
        heads = known.heads if known is not None else ()
        return self._write(scheme, replace(body, retired=True), heads, by, witness)

    # --- inside -----------------------------------------------------------------------------

    def _demand_version(self, scheme: SchemeId, now: SchemeSet, body: SchemeSet) -> None:
        """Raise SchemeInUse unless this version may follow, or stand for, the one on record."""
        same_again = body.version == now.version and not self.is_used(scheme)
        if not same_again and body.version != now.version + 1:
            raise SchemeInUse(now.name, now.version)

    def _write(
        self,
        scheme: SchemeId,
        body: SchemeSet,
        heads: Sequence[Digest],
        by: SignedIn,
        witness: Second | None,
    ) -> Recorded:
        draft = Draft(scheme, body, tuple(heads))
        return sign(self.books, "set_scheme", [draft], by=by, second=witness)

    def _three_letters(self, country: str) -> str:
        term = self.catalogue().term("country", country)
        found = (name for name in term.aliases if _ALPHA3.fullmatch(name)) if term else iter(())
        return next(found, "")


def _demand_id(scheme: SchemeId) -> SchemeId:
    """Return the id; raise FieldMissing, or FieldUnreadable for one that people could mistype."""
    if not scheme:
        raise FieldMissing("scheme")
    if _ID.fullmatch(scheme) is None:
        raise FieldUnreadable("scheme", scheme)
    return scheme


def _serial(marks: Sequence[Mark]) -> str:
    """Return the serial a weapon is known by, as it stands on the metal."""
    return next((mark.text for mark in marks if mark.is_identity), "")


def _example(body: SchemeSet, part: str) -> SchemeWord:
    listed = schemes.choices(body, part)
    return listed[0] if listed else SchemeWord(part, _EXAMPLE_WORDS[part])
