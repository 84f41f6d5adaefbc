"""A weapon's file: everything that is known of it, and what a print of it says at its foot."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.facts import Fact
from stockpile.domain.lives import Fitting, Stay
from stockpile.domain.matters import Matter
from stockpile.domain.places import Place
from stockpile.domain.values import Digest, Instant
from stockpile.domain.views import FieldBook
from stockpile.services.ports import RegisterRow
from stockpile.services.tracing import Life
from stockpile.wording import Names


@dataclass(frozen=True, slots=True)
class WeaponFile:
    """All that is known of one weapon, with the records that were joined to it.

    ``joined`` are the lives beneath this one, ``into`` is the record that this one was joined to:
    both as far as they are on record here. ``alike`` are the other records of the contradictions
    that are open, ``inspections`` the visits of inspectors in whose sample it was, ``doubted`` the
    facts of all these whose time is contradicted by something on record.
    """

    life: Life
    names: Names
    book: tuple[FieldBook, ...]
    custody: tuple[Stay, ...]
    fittings: tuple[Fitting, ...]
    matters: tuple[Matter, ...]
    joined: tuple[Life, ...] = ()
    into: RegisterRow | None = None
    alike: tuple[RegisterRow, ...] = ()
    places: tuple[Place, ...] = ()
    inspections: tuple[Fact, ...] = ()
    doubted: frozenset[Digest] = frozenset()

    def field(self, name: str) -> FieldBook | None:
        """Return a field's entries, once anything was written of it."""
        return next((one for one in self.book if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Printing:
    """Who prints, when (``zone`` minutes east of Greenwich), and the ledger's last entry."""

    by: str
    at: Instant
    zone: int
    number: int
    seal: Digest
