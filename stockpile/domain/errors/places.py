"""What stands against opening, changing or filling a place."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class PlaceUnknown(Refused):
    """No place of this name is on record."""

    text: str


@dataclass(eq=False)
class PlaceAmbiguous(Refused):
    """Several places are called so; name one by its code."""

    text: str
    places: tuple[str, ...]


@dataclass(eq=False)
class PlaceCodeTaken(Refused):
    """Another place has this code."""

    code: str
    name: str


@dataclass(eq=False)
class PlaceWithinItself(Refused):
    """A place would stand in itself."""

    name: str


@dataclass(eq=False)
class PlaceOccupied(Refused):
    """A place that holds weapons, or places, is not closed."""

    name: str
    weapons: int
    places: int
