"""Places and what people call them, what stands in what, and where on the plan."""

from __future__ import annotations

import pytest

from stockpile.domain import places
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    PlaceCodeTaken,
    PlaceOccupied,
    PlaceWithinItself,
    RangeTooLong,
)
from stockpile.domain.facts import Draft, OfficerAppointed, PlaceChanged, PlaceClosed, PlaceOpened
from stockpile.domain.places import Place
from stockpile.domain.references import Reference, after
from stockpile.domain.values import PlaceId
from tests.helpers.builders import RACK, STORE, recorded


def opened(place=RACK, name="Rack 04", kind="rack", within=STORE, **told):
    return places.opened_as(places.told_of(Place(place, name, kind, within), told))


def reference(*drafts):
    made = Reference(drafts[0].subject)
    for fact in recorded(*drafts):
        made = after(made, fact)
    return made


def racks(count, **said):
    return [Place(PlaceId(f"r{n}"), f"Rack {n}", "rack", None, **said) for n in range(1, count + 1)]


def test_a_place_answers_to_its_name_its_code_and_its_id():
    place = places.place_of(reference(opened(name=" Rack  04 ", code="R4")))
    assert (place.name, place.kind, place.within) == ("Rack 04", "rack", STORE)
    assert all(place.answers_to(text) for text in ("rack 04", "RACK-04", "r4", RACK))
    assert not place.answers_to("rack 5")


def test_a_place_without_a_code_does_not_answer_to_nothing():
    assert not places.place_of(reference(opened())).answers_to("")


def test_what_is_said_of_a_place_stands_in_its_fact_and_comes_back():
    told = {"capacity": 20, "holds": (" AKM ", "", "AKM"), "across": 2, "down": 3, "code": "R4"}
    place = places.place_of(reference(opened(**told)))
    assert (place.capacity, place.holds, place.across, place.down) == (20, ("AKM",), 2, 3)
    assert places.place_of(reference(places.opened_as(place))) == place


def test_a_change_says_all_anew_and_keeps_what_was_not_named():
    first = recorded(opened(code="R4", capacity=20))[0]
    stands = places.place_of(after(Reference(RACK), first))
    said = places.told_of(stands, {"name": "Rack 4, north"})
    both = recorded(opened(code="R4", capacity=20), places.changed_to(said, (first.hash,), "moved"))
    made = after(after(Reference(RACK), both[0]), both[1])
    assert places.place_of(made) == said
    assert (said.code, said.capacity, said.name) == ("R4", 20, "Rack 4, north")
    assert places.place_name(made) == "Rack 4, north"


def test_the_name_is_the_last_one_said_even_of_a_closed_place():
    assert places.place_name(reference(Draft(RACK, PlaceOpened("A")))) == "A"
    both = (Draft(RACK, PlaceOpened("A")), Draft(RACK, PlaceOpened("B")))
    assert places.place_name(reference(*both)) == "B"
    changed = Draft(RACK, PlaceChanged("C", "rack"))
    assert places.place_name(reference(*both, changed)) == "C"
    assert places.place_name(reference(*both, Draft(RACK, PlaceClosed("x")))) == "B"
    assert places.place_name(reference(Draft("o", OfficerAppointed("A", (), "")))) is None


def test_a_closed_place_is_no_place():
    (fact,) = recorded(opened())
    both = recorded(opened(), Draft(RACK, PlaceClosed("burnt"), (fact.hash,)))
    assert places.place_of(after(after(Reference(RACK), both[0]), both[1])) is None


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"name": " "}, FieldMissing),
        ({"kind": "shelf"}, FieldUnreadable),
        ({"capacity": -1}, FieldUnreadable),
        ({"across": -1}, FieldUnreadable),
    ],
)
def test_what_cannot_be_of_a_place_is_refused(told, error):
    with pytest.raises(error):
        opened(**told)


def test_a_place_never_stands_within_itself_at_any_depth():
    room = Place(PlaceId("room"), "Room", "room", None)
    rack = Place(PlaceId("rack"), "Rack", "rack", room.id)
    slot = Place(PlaceId("slot"), "Slot", "slot", rack.id)
    among = {one.id: one for one in (room, rack, slot)}
    places.demand_allowed(slot, among)
    for inside in (room.id, rack.id, slot.id):
        with pytest.raises(PlaceWithinItself):
            places.demand_allowed(places.told_of(room, {"within": inside}), among)


def test_a_ring_that_two_nodes_made_ends_the_question_and_hides_no_place():
    one = Place(PlaceId("a"), "A", "room", PlaceId("b"))
    two = Place(PlaceId("b"), "B", "room", PlaceId("a"))
    rack = Place(PlaceId("r"), "Rack", "rack", PlaceId("a"))
    among = {place.id: place for place in (one, two, rack)}
    places.demand_allowed(rack, among)
    assert [tree.place.name for tree in places.trees(among.values(), {})] == ["A", "B"]
    assert places.trees(among.values(), {"r": 3})[0].total == 3
    assert [place.name for place in places.path(rack, among)] == ["B", "A", "Rack"]


def test_a_code_names_one_place():
    mine, other = racks(2, code="")
    taken = places.told_of(other, {"code": "r-4"})
    with pytest.raises(PlaceCodeTaken):
        places.demand_allowed(places.told_of(mine, {"code": "R4"}), {taken.id: taken})
    places.demand_allowed(places.told_of(mine, {"code": ""}), {other.id: other})


def test_a_place_is_closed_when_nothing_is_in_it_and_with_a_reason():
    place = places.place_of(reference(opened()))
    for weapons, within in ((1, 0), (0, 1)):
        with pytest.raises(PlaceOccupied):
            places.closed(place, (), "sold", weapons=weapons, places=within)
    with pytest.raises(FieldMissing):
        places.closed(place, (), " ", weapons=0, places=0)
    assert places.closed(place, (), "sold", weapons=0, places=0).body == PlaceClosed("sold")


def test_a_place_takes_what_belongs_there_and_anything_where_nobody_said():
    (rack,) = racks(1, holds=("ASR", "G3"))
    assert rack.takes("ASR", "AKM")
    assert rack.takes("PIS", "g-3")
    assert not rack.takes("PIS", "Makarov")
    assert racks(1)[0].takes("PIS", "Makarov")


def test_the_tree_counts_what_is_below_and_sorts_numbers_as_numbers():
    room = Place(PlaceId("room"), "Room", "room", None)
    inside = [places.told_of(one, {"within": room.id}) for one in racks(12)]
    (tree,) = places.trees([*inside, room], {"r2": 5, "r10": 7, "room": 1})
    assert (tree.here, tree.total) == (1, 13)
    names = [one.place.name for one in tree.branches]
    assert names[:3] == ["Rack 1", "Rack 2", "Rack 3"]
    assert names[-1] == "Rack 12"


def test_what_stands_in_a_place_is_found_at_any_depth_and_in_a_ring_too():
    room = Place(PlaceId("room"), "Room", "room", PlaceId("slot"))
    rack = Place(PlaceId("rack"), "Rack", "rack", room.id)
    slot = Place(PlaceId("slot"), "Slot", "slot", rack.id)
    other = Place(PlaceId("other"), "Other", "room", None)
    among = (room, rack, slot, other)
    assert places.within(rack.id, among) == {"rack", "slot", "room"}
    assert places.within(other.id, among) == {"other"}


def test_the_plan_keeps_what_was_said_and_lays_the_rest_out_in_order():
    first, second, third, fourth = racks(4)
    said = places.told_of(third, {"across": 1, "down": 1})
    twice = places.told_of(fourth, {"across": 1, "down": 1})
    plan = places.laid_out([first, second, said, twice], 2)
    assert plan[third.id] == (1, 1)
    assert [plan[one.id] for one in (first, second, fourth)] == [(2, 1), (1, 2), (2, 2)]
    assert places.laid_out([], 3) == {}


def test_a_row_of_racks_counts_up_names_and_codes():
    said = {"name": "Rack 9..11", "code": "R09..R11", "capacity": 20}
    assert [(one["name"], one["code"]) for one in places.row_of(said)] == [
        ("Rack 9", "R09"), ("Rack 10", "R10"), ("Rack 11", "R11"),
    ]  # fmt: skip
    assert places.row_of({"name": "Rack 9"}) == ({"name": "Rack 9"},)
    assert [one["code"] for one in places.row_of({"name": "A1..3"})] == [""] * 3
    with pytest.raises(FieldUnreadable):
        places.row_of(said | {"code": "R9"})
    with pytest.raises(RangeTooLong):
        places.row_of({"name": "Rack 1..201"})
