"""One rifle that a depot wrote down twice, and settled: two records, of which one is kept."""

from __future__ import annotations

from stockpile.domain.values import WeaponId
from tests.helpers.neighbours import Depot


def written_down_twice(depot: Depot, serial: str) -> tuple[WeaponId, WeaponId]:
    """Put one rifle on record twice, correct both, let people say that they are one.

    Returns the record that is kept and the one beneath it.
    """
    twins = [depot.house.register(serial, make=make) for make in ("Izhmash", "Tula")]
    for one in twins:
        depot.stockpile.receiving.correct(one, {"country": "RU"}, "read anew", by=depot.by)
    room = depot.stockpile.conflict_room
    (shown,) = room.shown().cards
    choices = enumerate(shown.card.choices, 1)
    number = next(number for number, one in choices if one.kind == "same_weapon")
    said = "one rifle, listed twice"
    room.settle(shown.id, number, said, shown.card.version, by=depot.by, second=depot.second)
    (other,) = (one for one in twins if depot.stockpile.books.weapon(one).absorbed_into)
    (kept,) = (one for one in twins if one != other)
    return kept, other
