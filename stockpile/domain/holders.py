"""Holders: who may hold a weapon, for what they are cleared, and what their card says.

A holder is a person, and what is recorded of them is personal: it stands beside the chain and can
be erased. What stays for ever is an id, which by itself names nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Final, Literal

from stockpile.domain.dates import is_date
from stockpile.domain.errors import FieldMissing, FieldUnreadable, HolderStillHolds, ReasonMissing
from stockpile.domain.facts import Authorisation, Draft, PersonErased, PersonRecorded
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, PersonId, search_key, tidied

HolderKind = Literal["holder", "participant", "witness"]
EVERYTHING: Final = "*"
"""An authorisation for every weapon."""
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Clearance:
    """Whether a holder may be handed a weapon, and until when (ISO date; empty: no end)."""

    kind: Literal["cleared", "expired", "none"]
    until: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether nothing stands against handing the weapon over."""
        return self.kind == "cleared"


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of themselves, or a list says of them, when they are put on record."""

    name: str
    reference: str = ""
    rank: str = ""
    unit: str = ""
    card: str = ""
    photo: str = ""
    authorisations: tuple[Authorisation, ...] = ()
    kind: HolderKind = "holder"
    sex: str = ""
    born: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person as they stand on record; one who was erased, or is of another depot, has no name.

    ``reference`` is the service number, ``photo`` a digest, ``public_key`` (hexadecimal) the key
    that their PIN opens; empty where they have none. ``born`` is a date, a year or an age, as said.
    """

    id: PersonId
    name: str = ""
    reference: str = ""
    rank: str = ""
    unit: str = ""
    card: str = ""
    photo: str = ""
    authorisations: tuple[Authorisation, ...] = ()
    public_key: str = ""
    kind: HolderKind = "holder"
    sex: str = ""
    born: str = ""
    language: str = ""

    @property
    def is_known(self) -> bool:
        """Say whether it is on record here who this is."""
        return bool(self.name)

    @property
    def has_pin(self) -> bool:
        """Say whether they can sign with a PIN."""
        return bool(self.public_key)

    @property
    def details(self) -> Details:
        """What is recorded of them, to be changed and recorded again."""
        return Details(
            self.name, self.reference, self.rank, self.unit, self.card, self.photo,
            self.authorisations, self.kind, self.sex, self.born, self.language,
        )  # fmt: skip

    def is_cleared_for(self, weapon_type: str, model: str, today: str) -> Clearance:
        """Return whether they are cleared for a type or model on a day (ISO date).

        The authorisation that lasts longest counts; the last day is a good day. An end that is no
        date is an end that has come: nobody can say when else.
        """
        wanted = {EVERYTHING, search_key(weapon_type), search_key(model)} - {""}
        ends = [one.until for one in self.authorisations if _what(one) in wanted]
        if not ends:
            return Clearance("none")
        if "" in ends:
            return Clearance("cleared")
        good = max((end for end in ends if is_date(end) and end >= today), default="")
        return Clearance("cleared", good) if good else Clearance("expired", max(ends))


def holder_of(reference: Reference) -> Holder | None:
    """Return the person that a reference stands for; None for one who was erased."""
    body = reference.now
    if not isinstance(body, PersonRecorded):
        return None
    return Holder(
        PersonId(reference.subject), body.name, body.reference, body.rank, body.unit, body.card,
        body.photo, body.authorisations, body.public_key, body.kind, body.sex, body.born,
        body.language,
    )  # fmt: skip


def recorded(
    person: PersonId, details: Details, public_key: str = "", replaces: tuple[Digest, ...] = ()
) -> Draft:
    """Put a person on record, or say anew all that is recorded of them.

    Raises FieldMissing without a name, FieldUnreadable for the end of an authorisation that is no
    ISO date.
    """
    if not tidied(details.name):
        raise FieldMissing("name")
    body = PersonRecorded(
        tidied(details.name), details.kind, tidied(details.reference), tidied(details.rank),
        tidied(details.unit), tidied(details.card), details.photo,
        _authorisations(details.authorisations), public_key, tidied(details.sex),
        tidied(details.born), tidied(details.language),
    )  # fmt: skip
    return Draft(person, body, replaces=replaces)


def erased(
    stands: Holder, reason: str, *, weapons: int, rounds: int, replaces: tuple[Digest, ...]
) -> Draft:
    """Erase what is recorded of a person; what they held stays on record under their id.

    Raises HolderStillHolds while they answer for weapons or rounds, ReasonMissing.
    """
    if weapons or rounds:
        raise HolderStillHolds(stands.name, weapons, rounds)
    if not tidied(reason):
        raise ReasonMissing("erase_person")
    return Draft(stands.id, PersonErased(tidied(reason)), replaces=replaces)


@dataclass(frozen=True, slots=True)
class Sought:
    """A holder as they are sought: the words of their name, those beside it, what names them."""

    holder: Holder
    named: tuple[str, ...]
    beside: tuple[str, ...]
    whole: tuple[str, ...]
    by_name: str


def sought(holder: Holder) -> Sought:
    """Return the holder made ready to be sought many times."""
    whole = tuple(filter(None, (_key(holder.card), _key(holder.reference))))
    beside = (*_words(f"{holder.rank} {holder.unit}"), *whole)
    return Sought(holder, tuple(_words(holder.name)), beside, whole, holder.name.casefold())


def found(known: Iterable[Sought], text: str, limit: int) -> tuple[Holder, ...]:
    """Return the holders whose name, number, rank, unit or card answers to every word typed.

    A word answers as the beginning of one; accents, case and dashes aside. Whoever answers by the
    card or number alone comes first, then whose name begins so, then by name.
    """
    words = _words(text)
    if not words:
        return ()
    whole = _key(text)
    ranked = ((_rank(one, words, whole), one.by_name, one.holder.id, one) for one in known)
    good = nsmallest(limit, (one for one in ranked if one[0]), key=lambda one: one[:3])
    return tuple(one.holder for *_, one in good)


def card_key(text: str) -> str:
    """Return what a card says as it is compared; empty for one that says nothing."""
    return search_key(text)


def _rank(one: Sought, words: list[str], whole: str) -> int:
    """Return how well the holder answers, 1 being best; 0 for not at all."""
    if whole in one.whole:
        return 1
    said = (*one.named, *one.beside)
    for word in words:
        if not any(other.startswith(word) for other in said):
            return 0
    return 2 if one.named and one.named[0].startswith(words[0]) else 3


def _words(text: str) -> list[str]:
    whole = unicodedata.normalize("NFC", text)  # a letter and its accent are one word
    return [key for key in map(_key, _BETWEEN_WORDS.split(whole)) if key]


def _key(text: str) -> str:
    """Return the text as people are sought: accents aside."""
    apart = unicodedata.normalize("NFKD", text)
    return search_key("".join(one for one in apart if not unicodedata.combining(one)))


def _what(authorisation: Authorisation) -> str:
    what = authorisation.what.strip()
    return what if what == EVERYTHING else search_key(what)


def _authorisations(said: Iterable[Authorisation]) -> tuple[Authorisation, ...]:
    kept = []
    for one in said:
        if not tidied(one.what):
            continue
        if one.until and not is_date(one.until):
            raise FieldUnreadable("until", one.until)
        kept.append(replace(one, what=tidied(one.what), paper=tidied(one.paper)))
    return tuple(kept)
