from __future__ import annotations

import pytest

from stockpile.domain.custodians import (
    Handover,
    demand_signed,
    hand_over,
    inherited,
    inventory,
    is_inside,
    up_from,
)
from stockpile.domain.errors import (
    CustodianSame,
    CustodianUnsigned,
    HandoverNeedsCount,
    ReasonMissing,
)
from stockpile.domain.facts import (
    CustodyHandedOver,
    InvestigationClosed,
    InvestigationOpened,
    StocktakeClosed,
    StocktakeOpened,
)
from stockpile.domain.people import Officer
from stockpile.domain.places import Place
from stockpile.domain.references import Head, Reference
from stockpile.domain.values import Digest, OfficerId, PlaceId

ROOM, RACK = PlaceId("room"), PlaceId("rack")
OLD, NEW, OTHER = OfficerId("old"), OfficerId("new"), OfficerId("other")
INCOMING = Officer(NEW, "N. New", ("storekeeper",), b"")
CLOSED = StocktakeClosed(expected=2, seen=2, missing=0, unexpected=0)


def reference(subject, opened, now, at):
    first = Head(Digest(f"{subject}1"), (1, "n", 1), opened)
    last = Head(Digest(f"{subject}2"), (at, "n", at), now)
    return Reference(subject, first, (last,))


def count(at=5, closed=CLOSED, **said):
    opened = StocktakeOpened(**{"scope": "place", "basis": "serial", "place": ROOM, **said})
    return reference(f"count{at}", opened, closed, at)


def handed(at, incoming=OLD):
    body = CustodyHandedOver(RACK, incoming)
    return reference("custodian:rack", body, body, at)


def told(remarks=""):
    return Handover(Place(RACK, "Rack 4", "rack", ROOM), INCOMING, remarks)


def test_a_whole_count_by_serial_since_the_last_handover_will_do():
    above = [RACK, ROOM]
    assert inventory([count(5), count(7)], above, handed(3)).subject == "count7"
    assert inventory([count(5)], above, None).subject == "count5"
    assert inventory([count(place=None)], above, None) is not None
    assert inventory([count(5)], above, handed(6)) is None


@pytest.mark.parametrize(
    "said",
    [
        {"basis": "quantity"}, {"basis": "type"}, {"percent": 10}, {"types": ("ASR",)},
        {"place": PlaceId("elsewhere")}, {"answers": "count1"},
        {"closed": StocktakeOpened("place", "serial", ROOM)},
    ],
)  # fmt: skip
def test_less_than_that_will_not_do(said):
    assert inventory([count(**said)], [RACK, ROOM], None) is None


def test_both_sign_and_the_line_is_drawn():
    body = hand_over(told(), handed(3), count(5), (OLD, NEW), ("case1",)).body
    assert body == CustodyHandedOver(RACK, NEW, OLD, "count5", ("case1",))


def test_what_a_handover_lacks_is_said():
    with pytest.raises(HandoverNeedsCount):
        hand_over(told(), handed(3), None, (OLD, NEW), ())
    with pytest.raises(CustodianSame):
        hand_over(told(), handed(3, NEW), count(5), (OLD, NEW), ())
    with pytest.raises(CustodianUnsigned):
        hand_over(told(), handed(3), count(5), (OLD, OTHER), ())
    with pytest.raises(ReasonMissing):
        hand_over(told(), handed(3), count(5), (OTHER, NEW), ())
    body = hand_over(told("fell ill"), handed(3), count(5), (OTHER, NEW), ()).body
    assert (body.outgoing, body.remarks) == (OLD, "fell ill")


def test_what_is_open_there_is_inherited_and_nothing_else():
    def case(name, now=None, **said):
        opened = InvestigationOpened("missing", "count5", **said)
        return reference(name, opened, now or opened, 5)

    found = inherited(
        [
            case("here", place=RACK), case("elsewhere", place=PlaceId("x")),
            case("ours", weapon="w1"), case("theirs", weapon="w2"),
            case("closed", InvestigationClosed("found", (), "there"), place=RACK),
        ],
        lambda place: place == RACK,
        lambda weapon: weapon == "w1",
    )  # fmt: skip
    assert found == ("here", "ours")


def test_a_place_is_in_what_is_around_it_and_a_circle_ends():
    places = {
        RACK: Place(RACK, "Rack", "rack", ROOM), ROOM: Place(ROOM, "Room", "room", RACK),
    }  # fmt: skip
    assert up_from(RACK, lambda one: places[one].within) == [RACK, ROOM]
    assert is_inside(RACK, ROOM, places)
    assert not is_inside(RACK, PlaceId("x"), places)


def test_who_takes_over_signs_and_the_outgoing_one_or_it_is_said_why_not():
    body = CustodyHandedOver(RACK, NEW, OLD, "count5")
    demand_signed(body, "N. New", (NEW, OLD))
    demand_signed(CustodyHandedOver(RACK, NEW, None, "count5"), "N. New", (OTHER, NEW))
    demand_signed(
        CustodyHandedOver(RACK, NEW, OLD, "count5", remarks="ill"), "N. New", (OTHER, NEW)
    )
    with pytest.raises(CustodianUnsigned):
        demand_signed(body, "N. New", (OLD, OTHER))
    with pytest.raises(ReasonMissing):
        demand_signed(body, "N. New", (NEW, OTHER))
