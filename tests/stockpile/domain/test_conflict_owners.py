from __future__ import annotations

from stockpile.domain.conflict_owners import owner_of
from stockpile.domain.values import PlaceId
from tests.helpers.every import every

HQ, NORTH, SOUTH, POST, ALONE = (PlaceId(one) for one in ("hq", "north", "south", "post", "alone"))
WITHIN = {HQ: None, NORTH: HQ, SOUTH: HQ, POST: NORTH, ALONE: None}


@every([
    ((), None), ((POST,), POST), ((POST, POST), POST), ((POST, NORTH), NORTH),
    ((NORTH, POST), NORTH), ((POST, SOUTH), HQ), ((NORTH, SOUTH, HQ), HQ), ((NORTH, ALONE), None),
    ((PlaceId("unheard of"), NORTH), None),
])  # fmt: skip
def test_the_higher_site_owns_it_and_the_registry_where_none_stands_above(case):
    sites, owner = case
    assert owner_of(sites, WITHIN) == owner
    assert owner_of(tuple(reversed(sites)), WITHIN) == owner


def test_places_that_lie_in_each_other_end_somewhere():
    circle = {NORTH: SOUTH, SOUTH: NORTH}
    assert owner_of((NORTH, SOUTH), circle) in (NORTH, SOUTH)
