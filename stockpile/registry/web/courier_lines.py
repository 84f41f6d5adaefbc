"""What a courier file would bring, in the words of the registry's page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from stockpile.domain.facts import Fact, WeaponBody, WeaponLost, WeaponRegistered
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import Instant, WeaponId
from stockpile.fact_words import fact_sentence
from stockpile.language import listed
from stockpile.registry.couriers import Preview
from stockpile.registry.dossiers import named_in
from stockpile.registry.finding import lines_of
from stockpile.registry.naming import names_of
from stockpile.registry.web.weapon_rows import WeaponRow, rows


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss or a recovery that a file brings, in words."""

    row: WeaponRow | None
    number: str
    said: str
    why: str
    report: str
    at: Instant
    is_loss: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A new entry in words: its number, when, what it says and of what, how many facts more."""

    number: int
    at: Instant
    says: str
    about: str
    more: int


def losses(connection: Connection, preview: Preview) -> list[Loss]:
    """Return the losses and recoveries that a file brings, losses first."""
    lines = lines_of(connection, [one.subject for one in preview.losses])
    known = dict(zip((one.weapon.id for one in lines), rows(connection, lines), strict=True))
    names = names_of(connection, (name for one in preview.losses for name in named_in(one)))
    return [
        Loss(
            known.get(WeaponId(one.subject)),
            registry_number(WeaponId(one.subject)),
            fact_sentence(one, names),
            getattr(one.body, "circumstances", ""),
            getattr(one.body, "report", ""),
            one.at,
            isinstance(one.body, WeaponLost),
        )
        for one in preview.losses
    ]


def told(connection: Connection, preview: Preview) -> list[Line]:
    """Return the newest entries that a file brings, the last one first."""
    facts: list[Fact] = [one.fact for one in preview.told]
    names = names_of(connection, (name for one in facts for name in named_in(one)))
    return [
        Line(one.number, one.at, fact_sentence(one.fact, names), _called(one.fact), one.count - 1)
        for one in preview.told
    ]


def _called(fact: Fact) -> str:
    """Return which weapon a fact is about: its marks where it comes on record, else its number."""
    body = fact.body
    if isinstance(body, WeaponRegistered):
        return listed(one.text for one in body.marks if one.text)
    return registry_number(WeaponId(fact.subject)) if isinstance(body, WeaponBody) else ""
