"""The histories of many subjects, each kind in one question: a list costs no question a line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import msgspec
from sqlalchemy import Connection, select

from stockpile.domain.references import Reference, after
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.registry.database import among
from stockpile.registry.register import facts_about
from stockpile.registry.tables import WEAPON
from stockpile.registry.texts import key_of

_decode = msgspec.json.Decoder(Weapon).decode


def references_of(connection: Connection, subjects: Iterable[str]) -> dict[str, Reference]:
    """Return what is no weapon, each as all its facts make it."""
    known = facts_about(connection, subjects)
    return {subject: reduce(after, facts, Reference(subject)) for subject, facts in known.items()}


def weapons_of(connection: Connection, weapons: Iterable[WeaponId]) -> dict[WeaponId, Weapon]:
    """Return the weapons that are on record, each as it stands."""
    keys = sorted({key_of(weapon) for weapon in weapons})
    asked = select(WEAPON.c.state).where(among(connection, WEAPON.c.id, keys))
    states = map(_decode, connection.execute(asked).scalars()) if keys else ()
    return {state.id: state for state in states}
