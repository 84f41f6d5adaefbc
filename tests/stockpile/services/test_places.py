"""Places are opened once, changed, closed when empty, and found by what people and scanners say."""

from __future__ import annotations

import time

import pytest

from stockpile.domain import tags
from stockpile.domain.errors import (
    OfficerNotAuthorised,
    PlaceAmbiguous,
    PlaceCodeTaken,
    PlaceOccupied,
    PlaceUnknown,
    PlaceWithinItself,
)
from stockpile.domain.facts import Draft, PlaceOpened, WeaponIssued, WeaponLost, WeaponReturned
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import PlaceId, new_id
from stockpile.services.places import known_names

TAG = tags.new_tag(lambda count: bytes(range(3, 3 + count)))


def opened(house, name, kind="rack", within=None, code="", **told):
    site = within or house.stockpile.people.site()
    return house.stockpile.places.open(name, kind, site, code, by=house.officer, **told)[1]


def put(house, weapon, place):
    house.stockpile.receiving.move((weapon,), place.id, by=house.officer)
    return weapon


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
    with pytest.raises(PlaceUnknown):
        house.stockpile.places.one(PlaceId("nowhere"))


def test_two_racks_of_one_name_are_told_apart_by_their_rooms(house):
    for name in ("Room 1", "Room 2"):
        opened(house, "Rack 4", within=opened(house, name, "room").id)
    with pytest.raises(PlaceAmbiguous) as refused:
        house.stockpile.places.named("rack 4")
    assert refused.value.places == ("Room 1 / Rack 4", "Room 2 / Rack 4")


def test_a_clerk_opens_no_places(house):
    people = house.stockpile.people
    people.appoint("P. Ilunga", ("clerk",), "1357", by=house.officer)
    clerk = people.sign_in("P. Ilunga", "1357")
    rack = opened(house, "Rack")
    places = house.stockpile.places
    with pytest.raises(OfficerNotAuthorised):
        places.open("Rack", "rack", people.site(), by=clerk)
    with pytest.raises(OfficerNotAuthorised):
        places.change(rack.id, name="Rack 2", by=clerk)
    with pytest.raises(OfficerNotAuthorised):
        places.close(rack.id, "sold", by=clerk)


def test_a_place_that_is_renamed_is_so_everywhere(house):
    rack = opened(house, "Rack 4", code="R4", capacity=10)
    weapon = put(house, house.register(), rack)
    places = house.stockpile.places
    recorded, changed = places.change(rack.id, name="Rack 4 North", by=house.officer)
    assert (changed.code, changed.capacity, len(recorded.facts)) == ("R4", 10, 1)
    assert house.stockpile.register.rows([weapon])[0].place == "Rack 4 North"
    assert known_names(house.stockpile.books)[rack.id] == "Rack 4 North"
    assert house.stockpile.names().of(rack.id) == "Rack 4 North"
    again, _same = places.change(rack.id, name="Rack 4 North", by=house.officer)
    assert again.facts == ()
    house.stockpile.books.rebuild()
    assert house.stockpile.register.rows([weapon])[0].place == "Rack 4 North"
    house.stockpile.books.check(deep=True)


def test_the_site_stays_the_site_when_it_is_changed(house):
    site = house.stockpile.people.site()
    house.stockpile.places.change(site, name="Kampala East", by=house.officer)
    assert house.stockpile.people.site() == site


def test_a_room_is_not_put_into_its_own_rack(house):
    room = opened(house, "Room", "room")
    rack = opened(house, "Rack", within=room.id)
    with pytest.raises(PlaceWithinItself):
        house.stockpile.places.change(room.id, within=rack.id, by=house.officer)


def test_a_place_is_closed_once_nothing_is_in_it_or_belongs_there(house):
    places = house.stockpile.places
    room = opened(house, "Room", "room")
    rack = opened(house, "Rack 1", within=room.id)
    weapon = put(house, house.register(), rack)
    for place in (room, rack):
        with pytest.raises(PlaceOccupied):
            places.close(place.id, "sold", by=house.officer)
    heads = house.stockpile.books.weapon(weapon).heads.custody
    house.stockpile.books.record(
        [Draft(weapon, WeaponIssued("person-1"), heads)], by=house.officer.id
    )
    with pytest.raises(PlaceOccupied):
        places.close(rack.id, "sold", by=house.officer)
    other = opened(house, "Rack 2", within=room.id)
    heads = house.stockpile.books.weapon(weapon).heads.custody
    house.stockpile.books.record(
        [Draft(weapon, WeaponReturned(other.id), heads)], by=house.officer.id
    )
    places.close(rack.id, "sold", by=house.officer)
    assert rack.id not in {one.id for one in places.all()}
    with pytest.raises(PlaceUnknown):
        places.named("Rack 1")


def test_what_is_in_a_place_is_told_in_numbers_and_by_name(house):
    places, books = house.stockpile.places, house.stockpile.books
    room = opened(house, "Room", "room")
    rack = opened(house, "Rack 1", within=room.id, capacity=2, holds=("AKM",))
    here = [put(house, house.register(f"SN{n}"), rack) for n in range(3)]
    pistol = put(house, house.register("P1", type="PST", make="Baikal", model="PM"), rack)
    gone = put(house, house.register("SN8"), rack)
    out = put(house, house.register("SN9"), rack)
    for weapon, body in ((gone, WeaponLost("stolen")), (out, WeaponIssued("person-1"))):
        house.by_two([Draft(weapon, body, books.weapon(weapon).heads.custody)])
    filling = places.filling(rack.id)
    assert (filling.here, filling.out, filling.lost, filling.strangers) == (4, 1, 1, 1)
    assert filling.over == 2
    assert places.fillings(room.id) == (filling,)
    contents = places.contents(rack.id)
    assert {one.id for one in contents.here} == {*here, pistol}
    assert ([one.id for one in contents.out], [one.id for one in contents.lost]) == ([out], [gone])
    (site,) = places.tree()
    assert (site.here, site.total, site.branches[0].total) == (0, 4, 4)


def test_a_scanner_reads_a_card_in_every_form_it_comes(house):
    places = house.stockpile.places
    rack = opened(house, "Rack 4", code="R-4")
    opened(house, "R5")
    tagged = places.change(rack.id, tag=TAG, by=house.officer)[1]
    payload = tags.matrix_payload(TAG, tags.tag_mac(TAG, house.stockpile.keys.mac))
    for text in (TAG, TAG.lower(), tags.grouped(TAG), payload, "r4"):
        assert places.scanned(text) == tagged
    assert places.scanned("R5") is None  # a name is no code
    assert places.scanned("") is None


def test_two_thousand_places_are_scanned_far_faster_than_a_hand_can(house):
    books, places = house.stockpile.books, house.stockpile.places
    site = house.stockpile.people.site()
    drafts = [
        Draft(new_id(1_790_000_000_000 + n, bytes(10)), PlaceOpened(f"Rack {n}", "rack", site,
                                                                     code=f"RK{n}"))
        for n in range(2_000)
    ]  # fmt: skip
    books.record(drafts, by=house.officer.id)
    assert places.scanned("RK1999").name == "Rack 1999"
    weapon = house.register()
    start = time.perf_counter()
    for n in range(0, 2_000, 50):
        rack = places.scanned(f"rk{n}")
        put(house, weapon, rack)
    assert (time.perf_counter() - start) / 40 < 0.05


def test_a_row_of_racks_is_opened_in_one_act_and_only_once(house):
    places = house.stockpile.places
    room = opened(house, "Room", "room")
    said = {"name": "Rack 1..25", "kind": "rack", "code": "R1..25", "capacity": 20}
    recorded, racks = places.open_row(room.id, said, by=house.officer)
    assert (len(recorded.facts), len(racks), len(recorded.entries)) == (25, 25, 1)
    assert places.scanned("R17").name == "Rack 17"
    more, fresh = places.open_row(room.id, said | {"name": "Rack 24..27", "code": ""},
                                  by=house.officer)  # fmt: skip
    assert [one.name for one in fresh] == ["Rack 26", "Rack 27"]
    assert len(more.facts) == 2
    again, none = places.open_row(room.id, said, by=house.officer)
    assert (again.facts, none) == ((), ())
    with pytest.raises(PlaceCodeTaken):
        places.open_row(room.id, said | {"name": "Shelf 1..25"}, by=house.officer)


def test_a_marking_scheme_is_called_by_its_name(house):
    assert known_names(house.stockpile.books)[MOSAIC_IMPORT] == "MOSAIC import mark"
