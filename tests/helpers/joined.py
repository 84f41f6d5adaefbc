"""Depots that a line joins to a registry, and their exchanges over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stockpile.services.people import Founding
from stockpile.services.turns import Synced
from tests.helpers.house import House, build_house
from tests.helpers.registries import Registry

WHOLE = ("*",)
"""What a depot is told that is told the whole country."""


def joined(
    folder: Path, registry: Registry, told: Founding, scope: Sequence[str] | None = None
) -> House:
    """Found a depot and enrol it: it is told of its own site, unless another scope is said."""
    house = build_house(folder / told.site, told)
    code = registry.enrolment.make_code(told.name, told.site, scope)
    house.stockpile.exchange.enrol(registry.address, code, told.name, told.site, by=house.officer)
    return house


def sync(*houses: House) -> list[Synced]:
    """Let depots exchange with their registry, one after the other."""
    return [one.stockpile.exchange.sync(by=one.officer) for one in houses]
