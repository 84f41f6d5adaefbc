"""Who answers for a conflict: the site that made it, or what stands above all sites that did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stockpile.domain.values import PlaceId


def owner_of(sites: Iterable[PlaceId], within: Mapping[PlaceId, PlaceId | None]) -> PlaceId | None:
    """Return the higher of the sites: the one above, or the nearest above them all.

    None is the registry: nothing that is known here stands above all of them.
    """
    lines = [_upwards(one, within) for one in dict.fromkeys(sites)]
    if not lines:
        return None
    shared = set(lines[0]).intersection(*lines[1:])
    return next((one for one in lines[0] if one in shared), None)


def _upwards(place: PlaceId, within: Mapping[PlaceId, PlaceId | None]) -> list[PlaceId]:
    """Return a place and all it lies in; a hostile circle ends where it closes."""
    line: list[PlaceId] = []
    at: PlaceId | None = place
    while at is not None and at not in line:
        line.append(at)
        at = within.get(at)
    return line
