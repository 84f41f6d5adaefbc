"""May this be handed in, and what does its receipt stand for (IDDRS 4.10, 6.2 and 7)?

1. Whoever hands something in gets a receipt, eligible or not; who is not gets the reason, and a
   reference for an appeal (6.1.1). Eligibility is said by an officer, never read off the weapons.
2. Of who is under 18 the child-protection officer is named who was there throughout (6.2).
3. Everything brought is taken in. A weapon that stands on record already is handed in as that
   record, whatever the record says of where it lies; only one that is gone or disputed is not.
4. Weapons are never worth money here: nothing has a price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, get_args

from stockpile.domain import merging
from stockpile.domain.custody import demand_in_account
from stockpile.domain.dates import is_date, read_date
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    HandInEmpty,
    HandInLarge,
    HandInMoved,
    HandInWithdrawn,
    QuantityUnreadable,
    ReasonMissing,
)
from stockpile.domain.facts import (
    Acquisition,
    AcquisitionMode,
    CollectionReceived,
    Draft,
    LotRegistered,
    LotWithdrawn,
    RoundsHanded,
    WeaponCollected,
)
from stockpile.domain.references import Head, Reference
from stockpile.domain.values import Digest, NodeId, PersonId, PlaceId, WeaponId, tidied
from stockpile.domain.weapons import Weapon

How = Literal["drawn", "thumbprint", "paper", "unsigned"]
Where = Literal["", "static_site", "pick_up_point", "mobile", "spontaneous"]
CATEGORIES: Final = ("combatant", "support", "dependant", "child", "civilian", "other")
"""Who a person is to the programme (IDDRS 4.20); a civilian surrenders, the rest are in DDR."""
SITES: Final[tuple[Where, ...]] = tuple(one for one in get_args(Where) if one)
MODES: Final[tuple[AcquisitionMode, ...]] = ("ddr", "surrendered", "found", "seized")
MOST_WEAPONS: Final = 200
"""Weapons on one receipt: a person brings a few, a commander a lorry; more is several receipts."""
MOST_ROUNDS: Final = 10_000_000
OF_AGE: Final = 18
NATURE: Final = "cartridge"
"""What loose small-arms ammunition is called until a specialist says more."""
_COUNTED: Final = re.compile(
    r"(?P<calibre>.*\S)\s*(?:[=:,;]|\s)\s*(?P<count>\d{1,8})\s*", re.DOTALL
)
_AGE: Final = re.compile(r"\d{1,3}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class HandIn:
    """What an officer says of a hand-in beside the person and the weapons.

    ``on`` is a date as written, today where empty; ``temporary`` is dual-key custody, which may end
    in a return; ``mode`` is how new weapons came into account.
    """

    place: PlaceId
    on: str = ""
    category: str = ""
    rounds: tuple[RoundsHanded, ...] = ()
    eligible: bool = True
    reason: str = ""
    appeal: str = ""
    under_18: bool = False
    child_protection: str = ""
    remarks: str = ""
    where: Where = ""
    mode: AcquisitionMode = "ddr"
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """How whoever handed it in signed: ``proof`` is a photo's digest, ``reason`` why none is."""

    how: How = "unsigned"
    proof: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """A hand-in as it stands: its fact, when and on which node it was made, what replaces it."""

    id: str
    node: NodeId
    body: CollectionReceived
    heads: tuple[Digest, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Say whether it was taken back."""
        return bool(self.body.withdrawn)

    @property
    def rounds(self) -> int:
        """How many rounds were handed in, of all calibres."""
        return sum(one.quantity for one in self.body.rounds)


def collected_of(reference: Reference) -> Collected | None:
    """Return the hand-in that a reference stands for; None while its opening has not come."""
    opening: Head | None = reference.opening
    now = reference.now
    if opening is None or not isinstance(now, CollectionReceived):
        return None
    return Collected(reference.subject, NodeId(opening.order[1]), now, reference.heads)


def received(
    receipt: str, number: str, said: HandIn, weapons: Sequence[WeaponId], participant: PersonId,
    sign: Sign,
) -> Draft:  # fmt: skip
    """Return the receipt as a fact; an appeal without a reference of its own has the number.

    Raises FieldMissing, FieldUnreadable, ReasonMissing, HandInEmpty, HandInLarge,
    QuantityUnreadable.
    """
    demand_complete(said, len(weapons))
    demand_signed(sign)
    reason = tidied(said.reason)
    body = CollectionReceived(
        number,
        said.place,
        tuple(weapons),
        participant,
        tidied(said.on),
        said.category,
        tuple(replace(one, calibre=tidied(one.calibre)) for one in said.rounds),
        said.eligible,
        reason,
        "" if said.eligible else tidied(said.appeal) or number,
        said.under_18 or said.category == "child",
        tidied(said.child_protection),
        sign.how,
        sign.proof,
        said.remarks.strip(),
        said.where,
        tidied(sign.reason),
    )
    return Draft(receipt, body, attachments=(Digest(sign.proof),) if sign.proof else ())


def handed_in(weapon: Weapon, said: HandIn, participant: PersonId, receipt: str) -> Draft:
    """Hand in a weapon that stands on record; raises CustodyDisputed, WeaponGone."""
    demand_in_account(weapon)
    body = WeaponCollected(said.place, participant, receipt, said.temporary)
    return Draft(weapon.id, body, weapon.heads.custody)


def handed_in_new(weapon: WeaponId, said: HandIn, participant: PersonId, receipt: str) -> Draft:
    """Hand in a weapon that comes on record by the same act."""
    body = WeaponCollected(said.place, participant, receipt, said.temporary)
    return Draft(weapon, body, follows=True)


def lots(said: HandIn, number: str, ids: Iterable[str]) -> Iterator[Draft]:
    """Put the rounds handed in on record by calibre, so that the store answers for them."""
    acquired = Acquisition(said.mode, tidied(said.on))
    for at, (one, lot) in enumerate(zip(said.rounds, ids, strict=False), 1):
        body = LotRegistered(
            NATURE, tidied(one.calibre), f"{number}/{at}", one.quantity, place=said.place,
            acquired=acquired, remarks="" if one.serviceable else "unserviceable",
        )  # fmt: skip
        yield Draft(lot, body)


def take_back(
    stands: Collected,
    weapons: Sequence[Weapon],
    new: Sequence[WeaponId],
    lots_: Sequence[tuple[str, Sequence[Digest], bool]],
    reason: str,
) -> tuple[Draft, ...]:
    """Take a hand-in back that was recorded in error: the records that it made go with it.

    ``new`` are the weapons that it put on record, ``lots_`` its lots, each with its heads and
    whether rounds of it have moved. Raises ReasonMissing, HandInWithdrawn, and HandInMoved where
    something of it has moved on since, or stood on record before: that is put right by itself.
    """
    if not reason.strip():
        raise ReasonMissing("collect")
    if stands.is_withdrawn:
        raise HandInWithdrawn(stands.body.number)
    for one in weapons:
        if one.id not in new or one.status != "collected":
            raise HandInMoved(stands.body.number, one.serial.text or one.tag or one.id)
    for lot, _heads, moved in lots_:
        if moved:
            raise HandInMoved(stands.body.number, lot)
    said = reason.strip()
    return (
        *(merging.withdraw(one, said) for one in weapons),
        *(Draft(lot, LotWithdrawn(said), tuple(heads)) for lot, heads, _moved in lots_),
        Draft(stands.id, replace(stands.body, withdrawn=said), stands.heads),
    )


def demand_complete(said: HandIn, weapons: int) -> None:
    """Raise what is wrong with a hand-in before anybody is asked to sign it.

    Raises HandInEmpty, HandInLarge, FieldUnreadable, ReasonMissing, FieldMissing,
    QuantityUnreadable.
    """
    if not weapons and not said.rounds:
        raise HandInEmpty
    if weapons > MOST_WEAPONS:
        raise HandInLarge(weapons, MOST_WEAPONS)
    if said.on.strip() and read_date(said.on).status != "read":
        raise FieldUnreadable("on", said.on)
    _demand_known(said)
    if not said.eligible and not said.reason.strip():
        raise ReasonMissing("ineligible")
    if (said.under_18 or said.category == "child") and not said.child_protection.strip():
        raise FieldMissing("child_protection")
    for one in said.rounds:
        _demand_counted(one)


def demand_signed(sign: Sign) -> None:
    """Raise ReasonMissing for a receipt that nobody signed, FieldMissing for a lost proof."""
    if sign.how == "unsigned" and not sign.reason.strip():
        raise ReasonMissing("unsigned")
    if sign.how != "unsigned" and not sign.proof:
        raise FieldMissing("signature")


def is_child(born: str, today: str) -> bool:
    """Say whether who was born then, or is so old, is under 18 on a day (ISO date).

    A year alone counts the whole year: who may be of age by it is not called a child here.
    """
    said = born.strip()
    if _AGE.fullmatch(said):
        return int(said) < OF_AGE
    now = date.fromisoformat(today)
    if _YEAR.fullmatch(said):
        return now.year - int(said) < OF_AGE
    read = read_date(said)
    if read.status != "read" or not is_date(read.text):
        return False
    then = date.fromisoformat(read.text)
    age = now.year - then.year - ((now.month, now.day) < (then.month, then.day))
    return age < OF_AGE


def read_rounds(text: str) -> RoundsHanded:
    """Return ammunition as it is typed: the calibre, then how many: ``7.62x39 mm 60``.

    Raises FieldUnreadable where either is missing, QuantityUnreadable for none or too many.
    """
    found = _COUNTED.fullmatch(text)
    calibre = tidied(found["calibre"]).rstrip("=:,; ") if found else ""
    if found is None or not calibre:
        raise FieldUnreadable("rounds", text)
    rounds = RoundsHanded(calibre, int(found["count"]))
    _demand_counted(rounds)
    return rounds


def with_rounds(known: Sequence[RoundsHanded], more: RoundsHanded) -> tuple[RoundsHanded, ...]:
    """Return the rounds with these counted too: one line for a calibre and a condition."""
    kept: list[RoundsHanded] = []
    for one in known:
        same = (one.calibre.casefold(), one.serviceable)
        if same == (more.calibre.casefold(), more.serviceable):
            more = replace(more, calibre=one.calibre, quantity=one.quantity + more.quantity)
        else:
            kept.append(one)
    return (*kept, more)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came in on one day: people, weapons, rounds; who of them is not eligible."""

    people: int = 0
    weapons: int = 0
    rounds: int = 0
    ineligible: int = 0


def tally(known: Iterable[Collected]) -> Tally:
    """Return what hand-ins come to together; those taken back count for nothing."""
    people = weapons = rounds = ineligible = 0
    for one in known:
        if one.is_withdrawn:
            continue
        people += 1
        weapons += len(one.body.weapons)
        rounds += one.rounds
        ineligible += not one.body.eligible
    return Tally(people, weapons, rounds, ineligible)


def _demand_known(said: HandIn) -> None:
    """Raise FieldUnreadable for a code that is on none of the lists."""
    if said.category not in ("", *CATEGORIES):
        raise FieldUnreadable("category", said.category)
    if said.where not in ("", *SITES):
        raise FieldUnreadable("site", said.where)
    if said.mode not in MODES:
        raise FieldUnreadable("mode", said.mode)


def _demand_counted(rounds: RoundsHanded) -> None:
    if not rounds.calibre.strip():
        raise FieldMissing("calibre")
    if not 0 < rounds.quantity <= MOST_ROUNDS:
        raise QuantityUnreadable(str(rounds.quantity))
