"""What is held about a person: handed out to whom and why, and for how long details are kept.

1. What is held about somebody is handed out on a ground that is written down, by two officers.
2. A person's last act is the newest fact that names them; a weapon that they brought back counts.
3. Months are those of the calendar: the last day of February stands for the 30th.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from stockpile.domain import facts
from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import Draft, Fact, PersonDisclosed
from stockpile.domain.moments import moment
from stockpile.domain.values import Digest, Instant, tidied

ACTS: Final = (
    facts.PersonRecorded, facts.WeaponIssued, facts.WeaponReturned, facts.WeaponCollected,
    facts.CustodySettled, facts.ReceiptSigned, facts.RoundsIssued,
    facts.RoundsReturned, facts.CollectionReceived,
)  # fmt: skip
"""Kinds of facts by which a person is in touch with the armoury.

A weapon that was counted in somebody's hands is none: they hold it, and its return comes after.
"""
_NAMED_IN: Final = ("holder", "signer", "participant")
_MONTHS: Final = 12


def disclosed(person: str, to: str, ground: str, replaces: tuple[Digest, ...] = ()) -> Draft:
    """Write that what is held about a person was handed out; raises FieldMissing.

    The fact stands beside the person and never in the place of what is recorded of them.
    """
    if not tidied(to):
        raise FieldMissing("disclosed_to")
    if not tidied(ground):
        raise FieldMissing("disclosed_on")
    body = PersonDisclosed(tidied(to), tidied(ground))
    return Draft(disclosure_subject(person), body, replaces=replaces)


def disclosure_subject(person: str) -> str:
    """Return under what it stands to whom a person's details were handed out."""
    return f"disclosed:{person}"


def unnamed(text: str, names: Iterable[str], instead: str) -> str:
    """Return words that stay in the chain for ever without what names a person who may be erased.

    ``names`` are what is recorded of them (name, number, card), however it is capitalised.
    """
    for name in sorted(filter(None, map(tidied, names)), key=len, reverse=True):
        whole = rf"(?<!\w){re.escape(name)}(?!\w)"
        text = re.sub(whole, lambda _found: instead, text, flags=re.IGNORECASE)
    return text


def last_acts(known: Iterable[Fact]) -> dict[str, Instant]:
    """Return when each person was last in touch, given facts of these kinds, chain by chain.

    A weapon's return names nobody: it is the act of who was handed it before, in the same chain.
    """
    last: dict[str, Instant] = {}
    in_hand: dict[str, str] = {}
    for fact in known:
        for person in _named(fact, in_hand):
            last[person] = max(fact.at, last.get(person, 0))
    return last


def returns(history: Iterable[Fact], person: str) -> list[Fact]:
    """Return a weapon's returns by a person, given its facts in causal order: they name nobody."""
    found, holder = list[Fact](), ""
    for fact in history:
        if isinstance(fact.body, facts.WeaponIssued):
            holder = fact.body.holder
        elif isinstance(fact.body, facts.WeaponReturned):
            if holder == person:
                found.append(fact)
            holder = ""
    return found


def is_due(last: Instant, now: Instant, zone: int, months: int) -> bool:
    """Say whether so many months have passed since a last act; never where there is no rule.

    Days are those of a clock ``zone`` minutes east of Greenwich; on the day itself it is due.
    """
    return months > 0 and _day(now, zone) >= later(_day(last, zone), months)


def later(day: date, months: int) -> date:
    """Return the day so many calendar months later; the month's last one where it is shorter."""
    whole = day.month - 1 + months
    year, month = day.year + whole // _MONTHS, whole % _MONTHS + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _day(at: Instant, zone: int) -> date:
    return moment(at, zone).date()


def _named(fact: Fact, in_hand: dict[str, str]) -> set[str]:
    """Return whom a fact names, and remember who has the weapon now."""
    body = fact.body
    if isinstance(body, facts.PersonRecorded | facts.Withheld):
        return {fact.subject}
    if isinstance(body, facts.WeaponReturned):
        return {in_hand.pop(fact.subject, "")} - {""}
    if isinstance(body, facts.WeaponIssued):
        in_hand[fact.subject] = body.holder
    found = {getattr(body, name, None) for name in _NAMED_IN}
    return {one for one in found if one}
