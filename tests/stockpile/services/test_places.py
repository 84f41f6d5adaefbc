"""Places are opened once and found by what people call them."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import OfficerNotAuthorised, PlaceUnknown


def test_a_place_is_opened_once(house):
    places, site = house.stockpile.places, house.stockpile.people.site()
    recorded, rack = places.open("Rack 4", "rack", site, "R4", by=house.officer)
    again, same = places.open("rack-4", "rack", site, by=house.officer)
    assert (len(recorded.facts), again.facts, same) == (1, (), rack)
    assert places.named("r4") == rack
    assert [one.name for one in places.all()] == ["Kampala Central", "Rack 4"]


def test_an_unknown_place_is_said(house):
    with pytest.raises(PlaceUnknown):
        house.stockpile.places.named("Rack 9")


def test_a_clerk_opens_no_places(house):
    people = house.stockpile.people
    people.appoint("P. Ilunga", ("clerk",), "1357", by=house.officer)
    clerk = people.sign_in("P. Ilunga", "1357")
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.places.open("Rack", "rack", people.site(), by=clerk)
